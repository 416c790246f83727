"""The graph's screen: the record as the data of its picture, and as the rows of its table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from kg.explorer import Cut
from kg.explorer.graph import GraphView, Loads
from viz.collect import build_view
from viz.graph import encode_json, look
from viz.overview import place_overview
from viz.pack import KINDS, pack_layout, pack_survey, pack_view
from viz.pages.frame import Frame
from viz.survey import survey_of
from viz.tiles import place_tiles
from viz.views import ROLES, Node, Survey, View

_PAGES = {"task": "/task/~", "org": "/department/~", "policy": "/document/~"}
MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table that stands for the picture: a thing, what it is to the middle, where, and its numbers."""

    kind: str
    name: str
    address: str  # center=…, or region=…
    relation: str = ""
    place: str = ""
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The rows, and what their numbers count."""

    counts: tuple[str, ...]
    lines: tuple[Line, ...]
    cut: Cut


@dataclass(frozen=True, slots=True)
class Picture:
    """The screen as its template needs it."""

    title: str  # what it is about; empty: everything
    table: Table
    data: Markup  # for the scripts


def draw(view: GraphView, frame: Frame) -> Picture:
    """Return the picture of a record."""
    counts: tuple[str, ...] = ()
    if view.around is not None:
        part = build_view({"documents": view.around.entries})
        title = next((node.label for node in part.nodes if node.id == view.around.center), view.around.key)
        drawn, lines = _draw_around(part), list(_list_around(part, view.around.center))
    else:
        survey = survey_of(view.overview or Loads((), (), (), ()))
        title = view.document.title if view.document else view.region.name if view.region else ""
        drawn, (counts, lines) = _draw_overview(survey), _list_overview(survey)
    table = Table(counts, tuple(lines[:MOST_ROWS]), Cut(min(len(lines), MOST_ROWS), len(lines)))
    return Picture(title or "", table, Markup(encode_json({**drawn, "app": _describe(view, frame)})))


def _describe(view: GraphView, frame: Frame) -> dict[str, Any]:
    around = view.around
    return {
        "view": view.view,
        "center": around.center if around else None,
        "hops": around.hops if around else 1,
        "pinned": view.pinned,
        "region": view.region.code if view.region else "",
        "document": view.document.key if view.document else "",
        "tasks": [around.tasks.shown, around.tasks.total] if around else None,
        "pages": {kind: frame.link(path) for kind, path in _PAGES.items()},
    }


def _draw_around(part: View) -> dict[str, Any]:
    return {**pack_view(part), "gaps": [], "kinds": look(*KINDS[:-1])}


def _draw_overview(survey: Survey) -> dict[str, Any]:
    numbers = {node.id: number for number, node in enumerate(survey.nodes)}
    packed = {**pack_survey(survey), "totals": None, "kinds": look(*KINDS)}
    if survey.groups:
        return {**packed, "tiles": pack_layout(place_tiles(survey), numbers)}
    first, everything = place_overview(survey), place_overview(survey, len(survey.nodes))
    everyone = pack_layout(everything, numbers) if everything != first else None
    return {**packed, "overview": pack_layout(first, numbers), "everyone": everyone}


def _list_overview(survey: Survey) -> tuple[tuple[str, ...], list[Line]]:
    """Return what the numbers of the table count, and its rows."""
    if survey.groups:
        regions = sorted(survey.of_kind("region"), key=lambda node: (-node.counts[1], node.id))
        lines = [Line("region", node.label, f"region={node.id.partition('/')[2]}", numbers=node.counts) for node in regions]
        return ("documents", "tasks", "departments"), lines
    return ("tasks", *ROLES, "inherited"), list(_list_bodies(survey))


def _list_bodies(survey: Survey) -> Iterator[Line]:
    sums: dict[str, list[int]] = {}
    for pair in survey.pairs:
        numbers = (pair.tasks, pair.lead, pair.responsible, pair.support, pair.inherited)
        sums[pair.department] = [old + new for old, new in zip(sums.get(pair.department, [0] * 5), numbers, strict=True)]
    nodes, tasks = {node.id: node for node in survey.nodes}, dict(survey.tasks)
    for node in survey.of_kind("document"):
        yield _line(node, numbers=(tasks[node.id], 0, 0, 0, 0))
    for name, total in sorted(sums.items(), key=lambda item: (-item[1][0], item[0])):
        yield _line(nodes[name], numbers=tuple(total))


def _list_around(part: View, center: str) -> Iterator[Line]:
    nodes = {node.id: node for node in part.nodes}
    for relation, other, document in _touching(part, center):
        yield _line(nodes[other], relation, nodes[document].label)


def _touching(view: View, center: str) -> Iterator[tuple[str, str, str]]:
    """Yield relation, neighbour and document of each line that ends in the middle; a relation towards it has another word."""
    for edge in view.edges:
        relation = "inherited" if edge.inherited else edge.relation
        if edge.source == center:
            yield relation, edge.target, edge.document
        elif edge.target == center:
            yield relation if relation in (*ROLES, "inherited") else f"{relation}_of", edge.source, edge.document


def _line(node: Node, relation: str = "", place: str = "", numbers: tuple[int, ...] = ()) -> Line:
    return Line(node.kind, node.label, f"center={node.id}", relation, place or node.region or "", numbers)
