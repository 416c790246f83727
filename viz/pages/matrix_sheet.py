"""The matrix as a workbook: what its page shows, and beside it the tasks in view with their words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.errors import ZerenError
from kg.explorer import NotHereError
from kg.explorer.matrix import Matrix, gather_matrix
from kg.explorer.matrix.records import Cell, Column
from kg.explorer.matrix.words import TaskWords, list_words
from kg.workbook import Sheet, Value, render_sheets
from viz.pages.answer import read_params, shelf_of
from viz.pages.render import language_of
from viz.pages.words import words_of

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LETTERS = {role: f"{role}_letter" for role in ("lead", "responsible", "support", "inherited")}
Words = Mapping[str, str]


async def download_matrix(request: Request) -> Response:
    """Answer with the workbook of the matrix that the address asks for."""
    return await run_in_threadpool(_download, request)


def _download(request: Request) -> Response:
    t = words_of("matrix", language_of(request))
    try:
        snapshot = shelf_of(request).current()
        params = read_params(request)
        content = render_sheets(make_sheets(gather_matrix(snapshot, params), list_words(snapshot, params), t), t["title"])
    except ZerenError as error:
        return JSONResponse({"error": str(error)}, 404 if isinstance(error, NotHereError) else 503)
    headers = {"Content-Disposition": 'attachment; filename="zeren-matrix.xlsx"', "Cache-Control": "no-cache"}
    return Response(content, media_type=_TYPE, headers=headers)


def make_sheets(matrix: Matrix, tasks: Iterator[TaskWords], t: Words) -> list[Sheet]:
    """Return the sheets: the matrix row by row, then its tasks with their words."""
    fixed = [t["body"], t["tasks"], t["lead"], t["responsible"], t["support"], t["inherited"], t["indicators"], t["shared_load"]]
    names = _unique([*fixed, t["verdict"], *(_name(one) for one in matrix.columns)])
    columns = [
        t["number"],
        t["task_title"],
        t["document"],
        t["section"],
        t["bodies_named"],
        t["due"],
        t["words"],
        t["place"],
        t["file"],
    ]
    widths = {t["body"]: 30} | dict.fromkeys(names[len(fixed) + 1 :], 12)
    wide = {
        t["task_title"]: 34,
        t["document"]: 30,
        t["section"]: 30,
        t["bodies_named"]: 34,
        t["words"]: 80,
        t["place"]: 14,
        t["file"]: 24,
    }
    return [
        Sheet(t["sheet_matrix"], names, _matrix_rows(matrix, t), widths),
        Sheet(t["sheet_tasks"], columns, (_task_row(one, t) for one in tasks), wide),
    ]


def _matrix_rows(matrix: Matrix, t: Words) -> Iterator[list[Value]]:
    if matrix.gap_total and not matrix.role:
        blank: list[Value] = [None] * 7
        yield [t["nobody"], matrix.gap_total, *blank, *(n or None for n in matrix.gaps)]
    for row in matrix.rows:
        verdict = t[f"verdict_{row.verdict}"] if row.verdict in ("overloaded", "heavy") else None
        counts: list[Value] = [row.tasks, row.led, row.responsible, row.supported, row.inherited, row.indicators]
        yield [row.label, *counts, row.shared_load, verdict, *(_say(cell, t) for cell in row.cells)]


def _say(cell: Cell, t: Words) -> Value:
    """Return a cell as its page shows it: 牵3."""
    count = cell.tasks or cell.inherited
    return f"{t[_LETTERS[cell.role]]}{count if count > 1 else ''}" if cell.role else None


def _name(column: Column) -> str:
    parts = [column.document.title, column.section_label, column.label]
    return " › ".join(dict.fromkeys(part for part in parts if part))


def _unique(names: list[str]) -> list[str]:
    """Return the names, those that come again with a number: a filter needs to tell columns apart.

    >>> _unique(["保障", "保障"])
    ['保障', '保障 (2)']
    """
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found


def _task_row(one: TaskWords, t: Words) -> list[Value]:
    bodies = "；".join(f"{t[role]}：{'、'.join(names)}" for role, names in one.bodies.items()) or t["nobody"]
    place = f"{one.quote.start}–{one.quote.end}"
    return [one.number, one.title, one.document, " › ".join(one.path), bodies, one.due, one.quote.text, place, one.quote.file]
