"""The gaps of a kind as a file: a workbook or CSV, of exactly what the page is restricted to."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg.analysis.gaps.kinds import GapKind, gap_kinds
from kg.errors import ZerenError
from kg.explorer import NotHereError
from kg.explorer.findings.gaps import GapRow, list_gap_rows
from kg.explorer.findings.rows import read_asked
from kg.formulas import guard
from kg.workbook import Sheet, Value, render_sheets
from viz.pages.answer import read_params, shelf_of
from viz.pages.links import Language
from viz.pages.render import language_of
from viz.pages.words import words_of

_ALL = 200_000  # rows; the office's programs slow down long before their limit
_WIDTHS: Mapping[str, int] = {  # of the columns, by the key of their heading
    "file_kind": 18,
    "file_severity": 9,
    "state": 9,
    "file_region": 9,
    "document": 30,
    "file_number": 9,
    "task": 30,
    "indicator": 24,
    "file_sentence": 36,
    "why_so": 30,
    "file_by": 9,
    "file_when": 9,
    "advice": 40,
    "file_quote": 60,
    "file_start": 9,
    "file_end": 9,
    "file_page": 9,
    "file_source": 24,
    "file_id": 14,
    "file_iri": 40,
}
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def download_gaps(request: Request) -> Response:
    """Answer with the gaps of a kind as the page is filtered, all of them."""
    return await run_in_threadpool(_download, request)


def _download(request: Request) -> Response:
    lang, ending = language_of(request), request.path_params["ending"]
    try:
        snapshot = shelf_of(request).current()
        kind = gap_kinds().get(request.path_params["kind"])
        if kind is None or ending not in ("csv", "xlsx"):
            raise NotHereError("finding", f"{request.path_params['kind']}.{ending}")
        found = list_gap_rows(snapshot, kind, read_asked(snapshot, read_params(request)), _ALL)
        t = words_of("finding", lang)
        columns, rows = [t[name] for name in _WIDTHS], (_cells(one, kind, lang) for one in found)
        if ending == "csv":
            text = io.StringIO()
            csv.writer(text).writerows([columns, *([guard(cell) for cell in row] for row in rows)])
            content, type_ = text.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8"
        else:
            widths = {t[name]: width for name, width in _WIDTHS.items()}
            content, type_ = render_sheets([Sheet(kind.titles[lang], columns, rows, widths)], kind.titles[lang]), _WORKBOOK
    except ZerenError as error:
        return PlainTextResponse(f"{error}\n", 404 if isinstance(error, NotHereError) else 503)
    headers = {"Content-Disposition": f'attachment; filename="zeren-{kind.code}.{ending}"', "Cache-Control": "no-cache"}
    return Response(content, media_type=type_, headers=headers)


def _cells(one: GapRow, kind: GapKind, lang: Language) -> tuple[Value, ...]:
    return tuple(_values(one, kind, lang))


def _values(one: GapRow, kind: GapKind, lang: Language) -> Iterator[Value]:
    t = words_of("finding", lang)
    yield from (kind.titles[lang], t[kind.severity], t[f"state_{one.state}"])
    yield from (one.document.region_name, one.document.title, one.number, one.title if one.task else None, one.name)
    yield one.words[lang]
    yield from (one.said.why, one.said.by, one.said.when) if one.said else (None, None, None)
    yield kind.advices[lang]
    quote = one.quote
    yield from (quote.text, quote.start, quote.end, quote.page, quote.file) if quote else (None, None, None, None, None)
    yield from (one.item, one.indicator or one.task)
