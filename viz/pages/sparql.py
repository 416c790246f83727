"""The page for questions: named ones with their parameters, SPARQL of one's own, the answer as a table.

Its address holds its whole state. ``/sparql?name=department-tasks&unit=石家庄市生态环境局`` is answered by the server, with or
without a script. ``/sparql?q=SELECT…`` opens the editor, which asks; with ``run``, as the plain form sends it, the server asks.
``query`` is no part of it: that is the protocol's, and never answered with a page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, partial
from typing import Any

from markupsafe import Markup
from pyoxigraph import Literal, NamedNode
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from kg import ask, vocab
from kg.ask.answer import to_python
from kg.ask.forms import headings
from kg.errors import QueryError, ZerenError
from viz.graph import encode_json
from viz.pages.answer import render_local
from viz.pages.entity import ask_page, in_words, local_path
from viz.pages.faults import explain_fault, list_faults
from viz.pages.graph import PageGraph, RefusedQueryError, in_thread
from viz.pages.links import Language
from viz.pages.pictures import Picture, make_picture, names_for
from viz.pages.render import has_editor, language_of, link
from viz.pages.terms import load_terms, shorten_iri
from viz.pages.words import words_of

# one style that the editor's table puts into the page itself: its handles to draw columns wider
_POLICY = "default-src 'self'; style-src 'self' 'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='"
_POLICY += "; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
RESERVED = ("name", "q", "run", "lang", "limit", "show", "x", "y", "snap")  # of the address; no parameter of a query is called so
SHOWN = 500  # rows in a page
_FILE = 64_000_000  # bytes of a result that is sent as CSV
_LONG = 12  # characters from which on a cell wants room
_SCRIPT_WORDS = (
    *("mine_saved", "mine_delete", "mine_undo", "mine_wrong", "mine_full", "picture_waits", "picture_gone"),
    *("show_as", "show_table", "show_bar", "show_line", "show_graph"),
)
EXAMPLE = """\
# 任务最多的部门 The bodies with the most tasks
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX zr: <https://w3id.org/zeren/ns#>
SELECT ?name (COUNT(DISTINCT ?task) AS ?tasks) ?unit
WHERE {
  ?task zr:unit ?unit .
  ?unit skos:prefLabel ?name FILTER(LANG(?name) = "zh")
}
GROUP BY ?unit ?name
ORDER BY DESC(?tasks) ?name
LIMIT 20
"""
_COLUMNS: Mapping[str, Mapping[Language, tuple[str, ...]]] = {  # of answers that have none of their own
    "graph": {"zh": ("主体", "关系", "客体"), "en": ("subject", "relation", "object")},
    "ask": {"zh": ("回答",), "en": ("answer",)},
}
_CLASSES = {  # of the things that a parameter takes, and by what they are called
    "organization": (vocab.ORG.Organization, (vocab.SKOS.prefLabel, vocab.SKOS.altLabel)),
    "region": (vocab.ZR.Region, (vocab.SKOS.prefLabel,)),
    "metric": (vocab.ZR.Metric, (vocab.SKOS.prefLabel, vocab.SKOS.altLabel)),
    "function": (vocab.ZR.Function, (vocab.SKOS.prefLabel,)),
    "policy": (vocab.ZR.Policy, (vocab.DCTERMS.title,)),
    "document": (vocab.ZR.Policy, (vocab.DCTERMS.title,)),
    "task": (vocab.ZR.Task, (vocab.RDFS.label,)),
    "role": (vocab.ZR.Role, (vocab.SKOS.prefLabel,)),
    "level": (vocab.ZR.Level, (vocab.SKOS.prefLabel,)),
    "indicator-kind": (vocab.ZR.IndicatorKind, (vocab.SKOS.prefLabel,)),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in a table."""

    text: str
    href: str = ""
    form: str = ""  # long, number, iri


@dataclass(frozen=True, slots=True)
class Result:
    """An answer as a table, or why there is none."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    total: int = 0
    cut: bool = False  # the query has a limit of its own, and more rows exist
    error: str = ""
    explained: str = ""  # the error in the language of the page
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks: a named query with values, or a text."""

    query: ask.NamedQuery | None  # the named one
    values: Mapping[str, str]
    text: str

    def is_whole(self, params: QueryParams) -> bool:
        """Whether the server shall answer at once: a named query as soon as it has its values, a text when told to."""
        if self.query is None:
            return "run" in params
        return all(param.optional or self.values[param.name].strip() for param in self.query.params)

    @property
    def question(self) -> ask.NamedQuery:
        """The question to the graph."""
        return self.query or ask.NamedQuery("SPARQL", self.text, "", "")


async def sparql_page(request: Request) -> Response:
    """Return the page; :data:`Page` of ``kg.endpoint``."""
    lang, params, status = language_of(request), request.query_params, 200
    try:
        asked = read_address(params)
        answered = await _answer(request, asked, lang) if asked.is_whole(params) else None
    except QueryError as error:
        asked, status = Asked(None, {}, params.get("q") or EXAMPLE), 404
        answered = asked.text, Result(error=str(error), explained=explain_fault(str(error), lang))
    text, result = answered or (asked.text, None)
    page = await render_local(
        "sparql.html",
        request,
        "sparql",
        asked=replace(asked, text=text),
        result=result,
        groups=_list_groups(lang),
        shown=SHOWN,
        local=partial(local_path, base=request.app.state.pool.generation.manifest.base, lang=lang),
        csv=_csv_address(params),
        editor=has_editor(),
        setup=Markup(encode_json(_set_up(request, asked, text, lang))),
    )
    headers = {"Vary": "Accept", "Cache-Control": "no-cache", "Content-Security-Policy": _POLICY}
    return HTMLResponse(page, status, headers)


async def suggest_names(request: Request) -> Response:
    """Answer with names that hold a piece of text, for one type of parameter."""
    type_, part = request.query_params.get("type", ""), request.query_params.get("q", "").strip()
    if type_ not in _CLASSES or not part or len(part) > 100:
        return JSONResponse([])
    class_, namings = _CLASSES[type_]

    def find(graph: PageGraph) -> list[str]:
        bound: dict[str, NamedNode | Literal] = {"class": class_, "part": Literal(part)}
        rows = [row for naming in namings for row in ask_page(graph, "like", naming=naming, **bound)]
        names = dict.fromkeys(row["name"].value for row in rows if isinstance(row["name"], Literal))
        return sorted(names, key=len)[:20]

    try:
        return JSONResponse(await in_thread(request, find))
    except ZerenError:  # it is a help, and the field takes any text without it
        return JSONResponse([])


async def download_csv(request: Request) -> Response:
    """Answer with the rows as a file that Excel opens at a double click."""
    try:
        asked = read_address(request.query_params)
        found = await in_thread(request, lambda graph: ask.ask(graph, asked.question, asked.values, limit=_limit(request)), _FILE)
    except RefusedQueryError as error:
        return PlainTextResponse(f"{error}\n", error.refusal.status)
    except ZerenError as error:
        return PlainTextResponse(f"{error}\n", 400)
    name = f"{asked.query.name if asked.query else 'result'}.csv"
    return Response(
        found.to_csv(bom=True),
        headers={"Content-Type": "text/csv; charset=utf-8", "Content-Disposition": f'attachment; filename="{name}"'},
    )


def read_address(params: QueryParams) -> Asked:
    """Return what the address of the page asks; an example if nothing."""
    name = params.get("name", "")
    if not name:
        return Asked(None, {}, params.get("q") or EXAMPLE)
    query = ask.find_query(name)
    return Asked(query, {param.name: params.get(param.name, "") for param in query.params}, query.text)


def _limit(request: Request) -> ask.Limit | None:
    given = request.query_params.get("limit", "")
    return "all" if given == "all" else int(given) if given.isdecimal() and 0 < len(given) < 10 else None


async def _answer(request: Request, asked: Asked, lang: Language) -> tuple[str, Result]:
    """Return the text that was asked, with its values, and the answer."""
    base = request.app.state.pool.generation.manifest.base

    def find(graph: PageGraph) -> tuple[str, ask.Answer, Picture]:
        found = ask.ask(graph, asked.question, asked.values, limit=_limit(request))
        picture = make_picture(found, request.query_params, lang, names_for(request, found, request.query_params))
        return ask.bind(asked.question, ask.resolve_params(graph, asked.question, asked.values)), found, picture

    try:
        text, found, picture = await in_thread(request, find)
    except ZerenError as error:
        message = str(error).removeprefix(f"{asked.question.name}: ")
        return asked.text, Result(error=message, explained=explain_fault(message, lang))
    columns = _COLUMNS[found.kind][lang] if found.kind in _COLUMNS else found.variables
    if found.kind == "select" and asked.query:
        columns = tuple(headings(found.variables, lang))
    rows = tuple(tuple(_cell(term, base, lang) for term in row) for row in found.terms[:SHOWN])
    return text, Result(columns, rows, len(found), found.cut, picture=picture)


def _cell(term: object, base: str, lang: Language) -> Cell:
    if isinstance(term, NamedNode):
        return Cell(shorten_iri(term.value), local_path(term.value, base, lang), "iri")
    if not isinstance(term, Literal):
        return Cell("" if term is None else str(term))
    text = in_words(term, lang)
    number = isinstance(to_python(term), int | Decimal | float) and term.datatype != vocab.XSD.boolean
    return Cell(text, "", "number" if number else "long" if len(text) > _LONG else "")


def _csv_address(params: QueryParams) -> str:
    given = {name: value for name, value in params.items() if name not in ("run", "lang", "show", "x", "y", "snap")}
    return link("/sparql/csv", "zh", **(given if "name" in given or "q" in given else {"q": EXAMPLE}))


@cache
def _list_groups(lang: Language) -> list[tuple[str, list[ask.NamedQuery]]]:
    """Return the named queries by group, each with title and question in the language."""
    by_group: dict[str, list[ask.NamedQuery]] = {}
    for query in ask.list_queries():
        by_group.setdefault(query.group, []).append(in_language(query, lang))
    return [(ask.GROUPS.get(group, (group, group))[lang == "en"], queries) for group, queries in by_group.items()]


def in_language(query: ask.NamedQuery, lang: Language) -> ask.NamedQuery:
    """Return the query with title and question in the language, where it has them."""
    if lang == "zh":
        return query
    return replace(query, title=query.title_en or query.title, question=query.question_en or query.question)


def _set_up(request: Request, asked: Asked, text: str, lang: Language) -> dict[str, Any]:
    """Return what the script of the page has to know."""
    return {
        "base": request.app.state.pool.generation.manifest.base,
        "prefixes": ask.PREFIXES,
        "text": text,
        "named": asked.query is not None,
        "asks": "q" in request.query_params,
        "classes": _complete("class"),
        "properties": _complete("property"),
        "lang": lang,
        "words": {name: words_of("pages", lang)[name] for name in _SCRIPT_WORDS},
        "faults": [] if lang == "en" else [[fault["pattern"], fault["zh"]] for fault in list_faults()],
    }


@cache
def _complete(kind: str) -> list[str]:
    return sorted(term.iri for term in load_terms().values() if term.kind == kind)
