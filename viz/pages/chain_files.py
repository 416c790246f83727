"""The steps of a chain as a file: a workbook or CSV of what its check sheet lists."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from functools import partial
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg import vocab
from kg.errors import ZerenError
from kg.explorer.chain import ChainView, Edge, gather_file
from kg.formulas import guard
from kg.workbook import Sheet, Value, render_sheets
from viz.pages.answer import read_params, shelf_of, status_of
from viz.pages.links import Language
from viz.pages.render import language_of
from viz.pages.terms import name_term
from viz.pages.words import words_of

_WIDTHS = {"task": 30, "step": 14, "from": 30, "to": 30, "detail": 20, "quote": 60, "file": 24, "rule": 18, "reason": 36}
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def download_chain(request: Request) -> Response:
    """Answer with the steps of a chain, restricted as its address says: ``form=xlsx`` or ``form=csv``."""
    return await run_in_threadpool(_download, request)


def _download(request: Request) -> Response:
    lang, params = language_of(request), read_params(request)
    try:
        view = gather_file(shelf_of(request).current(), params)
    except ZerenError as error:
        status = status_of(error)
        return PlainTextResponse(f"{error}\n", status)
    as_csv = params.one("form") == "csv"
    content, kind = (write_csv(view, lang), "text/csv; charset=utf-8") if as_csv else (write_workbook(view, lang), _WORKBOOK)
    name = quote(f"{words_of('sheet', lang)['sheet']} {view.title}.{'csv' if as_csv else 'xlsx'}", safe="")
    return Response(content, media_type=kind, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"})


def write_csv(view: ChainView, lang: Language) -> bytes:
    """Return the steps as CSV that Excel opens as UTF-8; nothing in it runs as a formula."""
    target, words = io.StringIO(), words_of("sheet", lang)
    rows = list(list_steps(view, lang))
    writer = csv.writer(target)
    writer.writerow(words[f"column_{name}"] for name in _NAMES)
    writer.writerows([guard(row[name]) for name in _NAMES] for row in rows)
    return ("\ufeff" + target.getvalue()).encode("utf-8")


def write_workbook(view: ChainView, lang: Language) -> bytes:
    """Return the steps as a workbook."""
    words = words_of("sheet", lang)
    titles = {name: words[f"column_{name}"] for name in _NAMES}
    rows = ([row[name] for name in _NAMES] for row in list_steps(view, lang))
    widths = {titles[name]: width for name, width in _WIDTHS.items()}
    return render_sheets([Sheet(words["sheet"], list(titles.values()), rows, widths)], view.title)


def list_steps(view: ChainView, lang: Language) -> Iterator[dict[str, Value]]:
    """Yield what a file says of each step, by column."""
    words = words_of("sheet", lang)
    titles = {row.key: f"{row.number or ''} {row.title}".strip() for group in view.groups for row in group.rows}
    for number, edge in enumerate(view.edges, 1):
        yield {"n": number, "task": titles[edge.task], "key": edge.task, **_step(edge, words, partial(_named, lang))} | _where(
            edge
        )


_NAMES = (
    "n",
    "task",
    "step",
    "from",
    "to",
    "detail",
    "quote",
    "file",
    "page",
    "start",
    "end",
    "rule",
    "verdict",
    "reason",
    "by",
    "when",
    "why",
    "before",
    "key",
)


def _step(edge: Edge, words: Mapping[str, str], named: partial[str]) -> dict[str, Value]:
    prefix = "step_" if edge.kind in ("task", "indicator") else "kind_"
    said, decision = edge.correction, edge.decision
    found: dict[str, Value] = {
        "step": words[prefix + edge.kind],
        "from": edge.source,
        "to": named("gap", edge.target) if edge.gap else edge.target,
        "detail": f"{edge.detail}（{words['inherited']}）" if edge.inherited else edge.detail,
        "verdict": named("verdict", decision.verdict) if decision else None,
        "reason": decision.reason if decision else None,
        "by": said.by if said else None,
        "when": said.when if said else None,
        "why": said.why if said else None,
        "before": said.before if said else None,
    }
    if edge.gap and edge.gap.reason:
        reason = edge.gap.reason
        found |= {"by": reason.by, "when": reason.when, "why": reason.why}
    return found


def _where(edge: Edge) -> dict[str, Value]:
    one = edge.quote
    if one is None:
        return dict.fromkeys(("quote", "file", "page", "start", "end", "rule"))
    return {"quote": one.text, "file": one.file, "page": one.page, "start": one.start, "end": one.end, "rule": one.rule}


def _named(lang: Language, scheme: str, code: str) -> str:
    return name_term(vocab.concept(scheme, code).value, lang)
