"""A body's tasks as a file: a workbook or CSV, of exactly what the page is restricted to."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from kg.errors import ZerenError
from kg.explorer.department import gather_department
from kg.explorer.department.records import DepartmentView, Duty
from kg.formulas import guard
from kg.workbook import Sheet, Value, render_sheets
from viz.pages.answer import read_params, shelf_of, status_of
from viz.pages.links import Language
from viz.pages.render import language_of
from viz.pages.words import words_of

_ALL = 1_000_000  # tasks
_COLUMNS = (
    "role",
    "document",
    "number",
    "task",
    "section",
    "due_words",
    "due_day",
    "overdue",
    "indicators",
    "led_by",
    "written_in",
    "quote",
    "start",
    "end",
    "page_number",
    "key",
)
_WIDTHS = {"document": 30, "task": 30, "section": 30, "indicators": 40, "led_by": 20, "written_in": 16, "quote": 60, "key": 20}
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def download_duties(request: Request) -> Response:
    """Answer with the tasks of a body as the page shows them, all of them: ``form=xlsx`` or ``form=csv``."""
    return await run_in_threadpool(_download, request)


async def list_bodies(request: Request) -> Response:
    """Lead from the address without a body to the table of all."""
    query = request.url.query
    return RedirectResponse("/table/departments" + (f"?{query}" if query else ""), 307)


def _download(request: Request) -> Response:
    lang, params = language_of(request), read_params(request)
    try:
        view = gather_department(shelf_of(request).current(), params, most=_ALL)
    except ZerenError as error:
        status = status_of(error)
        return PlainTextResponse(f"{error}\n", status)
    as_csv = params.one("form") == "csv"
    content, kind = (write_csv(view, lang), "text/csv; charset=utf-8") if as_csv else (write_workbook(view, lang), _WORKBOOK)
    name = quote(f"{view.body.name}.{'csv' if as_csv else 'xlsx'}", safe="")
    return Response(content, media_type=kind, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"})


def write_csv(view: DepartmentView, lang: Language) -> bytes:
    """Return the tasks as CSV that Excel opens as UTF-8; nothing in it runs as a formula."""
    target, words = io.StringIO(), words_of("department", lang)
    writer = csv.writer(target)
    writer.writerow(words[f"column_{name}"] for name in _COLUMNS)
    writer.writerows([guard(value) for value in row.values()] for row in list_rows(view, words))
    return ("\ufeff" + target.getvalue()).encode("utf-8")


def write_workbook(view: DepartmentView, lang: Language) -> bytes:
    """Return the tasks as a workbook."""
    words = words_of("department", lang)
    titles = {name: words[f"column_{name}"] for name in _COLUMNS}
    rows = (list(row.values()) for row in list_rows(view, words))
    widths = {titles[name]: width for name, width in _WIDTHS.items()}
    return render_sheets([Sheet(words["duties"], list(titles.values()), rows, widths)], view.body.name)


def list_rows(view: DepartmentView, words: Mapping[str, str]) -> Iterator[dict[str, Value]]:
    """Yield what a file says of each task, by column."""
    for group in view.roles:
        for part in group.documents:
            for duty in part.duties:
                yield {"role": words[duty.role], "document": part.document.title, **_row(duty, words)}


def _row(duty: Duty, words: Mapping[str, str]) -> dict[str, Value]:
    due, day = duty.due, duty.due.day if duty.due else None
    return {
        "number": duty.number,
        "task": duty.title,
        "section": " › ".join(duty.path),
        "due_words": due.text or (words["by_target"] if due.kind == "indicator" else "") if due else None,
        "due_day": day,
        "overdue": words["yes"] if due and due.overdue else None,
        "indicators": "；".join(target.words for target in duty.targets) or None,
        "led_by": "、".join(lead.name for lead in duty.leads) or None,
        "written_in": duty.written,
        "quote": duty.quote.text,
        "start": duty.quote.start,
        "end": duty.quote.end,
        "page_number": duty.quote.page,
        "key": duty.key,
    }
