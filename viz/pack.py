"""The page's data with every text in it once: names, quotes and titles are places in the sentences that hold them.

Written out, 750 things take 0.7 MB, most of it the same words over and over; packed, less than half. ``static/data.js``
unfolds it. A value is a text as it is (a short one), the number of a text, or ``[number, start, length]`` of a piece of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.search import initials
from viz.layout import Layout
from viz.views import ROLES, Edge, Gap, Kind, Node, Quote, Relation, Survey, View

KINDS: Sequence[Kind] = ("document", "section", "task", "department", "indicator", "policy", "region")
RELATIONS: Sequence[Relation] = ("contains", *ROLES, "indicator", "basis", "creates", "reference")
_SHORT = 4  # characters of a text that is no longer than the way to it
_HEARD = 30  # characters of a name that are put into letters
_SAME = -1  # written as its quote

Packed = str | int | list[int]


@dataclass(slots=True)
class _Texts:
    """Texts by number, as they are met."""

    known: dict[str, int] = field(default_factory=dict)

    def put(self, text: str, within: str = "") -> Packed:
        """Return how a text is said: as it is, or where it stands.

        >>> texts = _Texts()
        >>> texts.put("打好蓝天保卫战。"), texts.put("打好蓝天保卫战", "打好蓝天保卫战。"), texts.put("水利局")
        (0, [0, 0, 7], '水利局')
        """
        if len(text) < _SHORT:
            return text
        start = within.find(text) if within and within != text and _is_counted_alike(within) else -1
        if start >= 0:
            return [self.known.setdefault(within, len(self.known)), start, len(text)]
        return self.known.setdefault(text, len(self.known))


def _is_counted_alike(text: str) -> bool:
    """Tell whether a browser counts the characters as Python does: 𠮷 is two there."""
    return max(text, default="") <= "\uffff"


def pack_view(view: View, spots: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """Return nodes (with their ``spots`` on the map of everything, where there is one), edges and gaps for a page."""
    packer = _Packer(view.nodes, view.edges)
    nodes = [packer.node(node) for node in view.nodes]
    edges = [packer.edge(edge) for edge in view.edges]
    gaps = [packer.gap(gap) for gap in view.gaps]
    place = {"x": [spot["x"] for spot in spots], "y": [spot["y"] for spot in spots]} if spots else {}
    return {"texts": list(packer.texts.known), "owners": packer.owners, "nodes": nodes, "edges": edges, "gaps": gaps, **place}


def pack_survey(survey: Survey) -> dict[str, Any]:
    """Return what the page of a large graph carries; its relations are numbers of tasks."""
    packer = _Packer(survey.nodes)
    nodes = [packer.node(node) for node in survey.nodes]
    numbers = packer.numbers
    roles = ("lead", "responsible", "support", "inherited")
    pairs = [[numbers[p.document], numbers[p.department], p.tasks, *(getattr(p, role) for role in roles)] for p in survey.pairs]
    return {
        "texts": list(packer.texts.known),
        "owners": packer.owners,
        "nodes": nodes,
        "pairs": [_trim_zeros(pair) for pair in pairs],
        "tasks": [[numbers[document], count] for document, count in survey.tasks],
        "groups": [[name, [numbers[one] for one in ids]] for name, ids in survey.groups],
        "totals": dict(survey.totals),
        "gaps": [{"name": name, "count": count} for name, count in survey.gaps],
    }


class _Packer:
    """Holds what is said by its number: texts, nodes, and the documents whose names stand in ids."""

    def __init__(self, nodes: Sequence[Node], edges: Sequence[Edge] = ()) -> None:
        self.texts = _Texts()
        self.numbers = {node.id: number for number, node in enumerate(nodes)}
        self.owners = [node.id.partition("/")[2] for node in nodes if node.kind == "document"]
        self._owners = {owner: number for number, owner in reversed(list(enumerate(self.owners)))}
        self._around = {node.id: node.quotes[0].text for node in nodes if node.kind == "task" and node.quotes}
        for edge in edges:  # an indicator's words stand in its task's
            if edge.relation == "indicator" and edge.source in self._around:
                self._around.setdefault(edge.target, self._around[edge.source])

    def node(self, node: Node) -> list[Any]:
        put, around = self.texts.put, self._around.get(node.id, "")
        short = node.short if node.short != node.label else ""
        names = [put(name, around) for name in node.names if name != node.label]
        return _trim(
            [
                KINDS.index(node.kind),
                self.id(node.id),
                put(node.label, around),
                put(node.region or ""),
                put(short),
                node.form,
                [[put(key), put(value) if isinstance(value, str) else [value]] for key, value in node.facts],
                [self.quote(quote, around) for quote in node.quotes],
                names,
                list(node.stated),
                list(node.corrections),
                list(node.counts),
            ]
        )

    def edge(self, edge: Edge) -> list[Any]:
        around = self._around.get(edge.source, "")
        same = edge.quote is not None and edge.written == edge.quote.text
        return _trim(
            [
                self.numbers[edge.source],
                self.numbers[edge.target],
                2 * RELATIONS.index(edge.relation) + edge.inherited,
                self.numbers[edge.document],
                _SAME if same else self.texts.put(edge.written or "", around),
                self.quote(edge.quote, around) if edge.quote else [],
                list(edge.correction),
            ]
        )

    def quote(self, quote: Quote, around: str) -> list[Any]:
        return [self.texts.put(quote.text, around), quote.start, quote.end, self.texts.put(quote.file)]

    def gap(self, gap: Gap) -> dict[str, Any]:
        notes = [(note.subject, note.words) for note in gap.notes]
        return {"name": gap.name, "members": [self.numbers[member] for member in gap.members], "notes": notes}

    def id(self, name: str) -> str | list[str]:
        """Return an id, its document's part by number: ``task/~3/7``."""
        head, _, rest = name.partition("/")
        parts = rest.split("/")
        for length in range(len(parts), 0, -1):
            owner = "/".join(parts[:length])
            if owner in self._owners and "~" not in name:
                return "/".join([head, f"~{self._owners[owner]}", *parts[length:]])
        return [name] if "~" in name else name


def pack_sounds(nodes: Iterable[Node]) -> list[str]:
    """Return for each node the first letters of its names: 市发展和改革委员会 is found by ``sfzh``, as 市发改委 by ``fgw``.

    >>> pack_sounds([Node("org/1", "department", "石家庄市水利局", "市水利局", None, names=("市水务局",))])
    ['sjzsslj sslj sswj']
    """

    def sounds(node: Node) -> Iterator[str]:
        for name in dict.fromkeys((node.label, node.short, *node.names)):
            yield initials(name[:_HEARD])

    return [" ".join(dict.fromkeys(filter(None, sounds(node)))) for node in nodes]


def pack_layout(layout: Layout, numbers: Mapping[str, int]) -> dict[str, Any]:
    """Return a picture's places, grounds and captions, nodes by their number."""
    return {
        "places": [_trim([numbers[place.node], place.x, place.y, place.side, list(place.lines)]) for place in layout.places],
        "panels": pack_panels(layout, numbers),
    }


def pack_panels(layout: Layout, numbers: Mapping[str, int]) -> list[list[Any]]:
    """Return the grounds of a picture."""
    return [
        [p.title, p.x, p.y, p.width, p.height, p.shown, p.total, [numbers[one] for one in p.documents]] for p in layout.panels
    ]


def _trim(row: list[Any]) -> list[Any]:
    """Return the row without what is empty at its end."""
    while row and row[-1] in ("", []):
        row.pop()
    return row


def _trim_zeros(row: list[int]) -> list[int]:
    """Return the row without the zeros at its end."""
    while row and not row[-1]:
        row.pop()
    return row
