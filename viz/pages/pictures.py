"""The answer to a question as a picture: bars or a line for numbers, columns of boxes for a constructed graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kg import ask
from kg.ask.forms import headings
from kg.errors import ZerenError
from kg.explorer import Snapshot
from kg.explorer.names import name_things
from viz.pages.answer import frame_of, shelf_of
from viz.pages.chart import Chart, draw_chart, list_columns
from viz.pages.entity import local_path
from viz.pages.faults import explain_fault
from viz.pages.graph import PageGraph, in_thread
from viz.pages.layered import MOST, Drawing, draw_graph, list_things
from viz.pages.links import Language
from viz.pages.render import language_of, render

FORMS = ("bar", "line", "graph")  # beside the table


@dataclass(frozen=True, slots=True)
class Picture:
    """What an answer can be shown as, and as what it is shown."""

    forms: tuple[str, ...]
    form: str = ""  # "": as a table alone
    labels: tuple[tuple[str, str], ...] = ()  # columns: variable and heading
    numbers: tuple[tuple[str, str], ...] = ()
    label: str = ""
    number: str = ""
    chart: Chart | None = None
    graph: Drawing | None = None
    why: str = ""  # there is no picture: "no-numbers", "no-graph", "too-many"
    most: int = MOST
    error: str = ""
    explained: str = ""


def make_picture(answer: ask.Answer, params: QueryParams, lang: Language, names: Mapping[str, str]) -> Picture:
    """Return the answer as the picture that the address asks for."""
    asked = params.get("show", "")
    form = asked if asked in FORMS else ""
    if answer.kind == "graph":
        drawn = draw_graph(answer.terms, lang, names) if form == "graph" else None
        why = "no-numbers" if form in ("bar", "line") else "too-many" if drawn and drawn.too_many else ""
        return Picture(("graph",) if len(answer) else (), form, graph=None if why else drawn, why=why)
    labels, numbers = list_columns(answer) if answer.kind == "select" else ([], [])
    if not labels or not numbers:
        return Picture((), form, why="" if not form else "no-graph" if form == "graph" else "no-numbers")
    label = params["x"] if params.get("x") in labels else labels[0]
    others = [name for name in numbers if name != label] or numbers
    number = params["y"] if params.get("y") in numbers else others[0]
    chart = draw_chart(answer, form, label, number) if form in ("bar", "line") else None
    called = dict(zip(answer.variables, headings(answer.variables, lang), strict=True))
    return Picture(
        ("bar", "line"),
        form,
        tuple((name, called[name]) for name in labels),
        tuple((name, called[name]) for name in numbers),
        label,
        number,
        chart,
        why="no-graph" if form == "graph" else "" if chart or not form else "no-numbers",
    )


def names_for(request: Request, answer: ask.Answer, params: QueryParams) -> Mapping[str, str]:
    """Return the names of things in a constructed graph that is to be drawn; none where the tables cannot be read."""
    if answer.kind != "graph" or params.get("show") != "graph":
        return {}
    things = list_things(answer.terms)
    try:
        return name_things(shelf_of(request).current(), things) if len(things) <= MOST else {}
    except ZerenError:
        return {}


async def show_picture(request: Request) -> Response:
    """Answer with the picture of a question alone, for the script of the page to put in."""
    from viz.pages.sparql import read_address

    lang, params = language_of(request), request.query_params

    def find(graph: PageGraph) -> Picture:
        asked = read_address(params)
        found = ask.ask(graph, asked.question, asked.values)
        return make_picture(found, params, lang, names_for(request, found, params))

    try:
        picture = await in_thread(request, find)
    except ZerenError as error:
        picture = Picture((), error=str(error), explained=explain_fault(str(error), lang))
    return HTMLResponse(await in_thread(request, lambda _: _render(request, picture)), headers={"Cache-Control": "no-cache"})


def _render(request: Request, picture: Picture) -> str:
    snapshot: Snapshot | None = None
    try:
        snapshot = shelf_of(request).current()
    except ZerenError:
        snapshot = None
    frame = replace(frame_of(request, snapshot, "sparql"), path="/sparql")
    base = request.app.state.pool.generation.manifest.base
    return render("asked/picture.html", "pages", frame, picture=picture, local=partial(local_path, base=base, lang=frame.lang))
