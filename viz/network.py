"""The one door to pyvis: its ``Network`` holds the nodes and edges, its copy of vis-network draws them.

Nothing else of pyvis is used. Its own page needs a CDN, lays out in the browser for a minute, writes in the locale's
encoding and runs scripts that stand in titles; ours does none of that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kg.errors import InstallError
from viz.layout import Layout
from viz.views import Kind, View

SHAPES: dict[Kind, tuple[str, str]] = {  # shape and colour (Okabe and Ito: told apart by colour-blind eyes)
    "document": ("box", "#0072B2"),
    "section": ("hexagon", "#6B6B6B"),
    "task": ("square", "#56B4E9"),
    "department": ("dot", "#D55E00"),
    "indicator": ("diamond", "#009E73"),
    "policy": ("triangle", "#CC79A7"),
    "region": ("box", "#5B4B8A"),
}
_LIBRARY = "lib/vis-9.1.2/vis-network"


@dataclass(frozen=True, slots=True)
class Library:
    """The drawing library's text, to stand in the page itself."""

    script: str
    style: str


class _Names(list[str]):
    """Node ids as pyvis keeps them, but looked up at once: it asks for each end of each edge."""

    def __init__(self) -> None:
        super().__init__()
        self._known: set[str] = set()

    def append(self, name: str) -> None:
        super().append(name)
        self._known.add(name)

    def __contains__(self, name: object) -> bool:
        return name in self._known


def build_network(view: View, whole: Layout) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return vis-network's nodes and edges; each node has its place on the map of everything."""
    from pyvis.network import Network  # late: it draws in half of a notebook server

    net = Network(directed=True)  # else pyvis drops a second relation between the same two without a word
    net.node_ids = _Names()
    places = {place.node: place for place in whole.places}
    for node in view.nodes:
        shape, colour = SHAPES[node.kind]
        place = places[node.id]
        net.add_node(node.id, label=node.label, shape=shape, color=colour, x=place.x, y=place.y, kind=node.kind)
    for edge in view.edges:
        net.add_edge(edge.source, edge.target, relation=edge.relation, document=edge.document, inherited=edge.inherited)
    return net.nodes, net.edges


@cache
def read_library() -> Library:
    """Return pyvis' copy of vis-network, without the style rules that only serve pictures of buttons we do not show."""
    found = find_spec("pyvis")  # where it is, without running it
    if found is None or found.origin is None:
        raise InstallError("pyvis, which brings the drawing library of the graph, is not installed; install the program again")
    folder = Path(found.origin).parent
    script = folder.joinpath(f"{_LIBRARY}.min.js").read_text(encoding="utf-8")
    style = folder.joinpath(f"{_LIBRARY}.css").read_text(encoding="utf-8")
    return Library(_close_no_tag(script), _close_no_tag("".join(_drop_pictures(style))))


def _drop_pictures(style: str) -> Iterable[str]:
    return (rule for rule in re.findall(r"[^{}]*\{(?:[^{}]|\{[^{}]*\})*\}", style) if "url(" not in rule)


def _close_no_tag(text: str) -> str:
    return re.sub(r"</(?=script|style)", r"<\\/", text, flags=re.IGNORECASE)
