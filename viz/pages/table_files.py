"""A table as a file for the office: all rows that are filtered, in the order and the columns that are chosen."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg.errors import ZerenError
from kg.explorer.listings import Cell, ColumnView, Thing, read_table
from kg.formulas import guard
from viz.pages.answer import read_params, shelf_of, status_of
from viz.pages.codes import name_code, name_column
from viz.pages.links import Language
from viz.pages.render import language_of
from viz.pages.words import words_of

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_WIDTHS = {"words": 70, "things": 30, "codes": 24, "code": 14, "date": 12}
_WIDE = {
    "task": 40,
    "document": 36,
    "policy": 46,
    "department": 28,
    "indicator": 30,
    "metric": 28,
    "of_task": 36,
    "path": 36,
    "aliases": 36,
}
Written = str | int | float | date | None


async def download_csv(request: Request) -> Response:
    """Answer with a table as CSV: UTF-8 that Excel opens at a double click, no cell a formula."""
    return await run_in_threadpool(_answer, request, "csv")


async def download_workbook(request: Request) -> Response:
    """Answer with a table as a workbook."""
    return await run_in_threadpool(_answer, request, "xlsx")


def _answer(request: Request, form: str) -> Response:
    params, lang = read_params(request, f".{form}"), language_of(request)
    try:
        columns, rows = read_table(shelf_of(request).current(), params)
        name = params.key.partition("/")[0]
        heads = [name_column(lang, name, column.key) for column in columns]
        written = (tuple(write_cell(lang, column, row.cells[column.key]) for column in columns) for row in rows)
        content = _csv(heads, written) if form == "csv" else _workbook(heads, columns, written, words_of("table", lang)[name])
    except ZerenError as error:
        status = status_of(error)
        return PlainTextResponse(f"{error}\n", status)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"', "Cache-Control": "no-cache"}
    return Response(content, headers={"Content-Type": _TYPES[form], **headers})


def write_cell(lang: Language, column: ColumnView, cell: Cell) -> Written:
    """Return what a cell of a file holds: words for codes, names side by side, numbers as such."""
    value = cell.value
    if isinstance(value, tuple):
        return "、".join(one.name if isinstance(one, Thing) else name_code(lang, column.codes, one) for one in value) or None
    if column.form == "code" and isinstance(value, str):
        return name_code(lang, column.codes, value)
    return value  # type: ignore[return-value]  # a decimal is written as a number by both


def _csv(heads: list[str], rows: Iterator[tuple[Written, ...]]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([guard(head) for head in heads])
    writer.writerows([guard(value) for value in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig", "replace")


def _workbook(heads: list[str], columns: tuple[ColumnView, ...], rows: Iterator[tuple[Written, ...]], name: str) -> bytes:
    from kg.workbook import Sheet, render_sheets  # openpyxl takes a while to load

    widths = {head: _WIDE.get(column.key, _WIDTHS.get(column.form, 12)) for head, column in zip(heads, columns, strict=True)}
    return render_sheets([Sheet(name, heads, rows, widths)], name)
