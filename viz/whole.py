"""The map of everything, to search and zoom in: every document a newspaper page."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

from viz.layout import ASPECT, Caption, Layout, Panel, Place, measure_size, wrap_title
from viz.views import ROLES, Kind, Node, View

_ROW, _COLUMN, _TOP = 28, 400, 150
_GROUPS = {"indicator": "group.indicator", "policy": "kind.policy", "department": "kind.department"}


def place_whole(view: View) -> Layout:
    """Return the map of everything, set like a newspaper.

    A panel per document: its sections with their tasks in columns, indicators behind their task, then policies and departments.
    """
    documents = view.of_kind("document")
    kinds = {node.id: node.kind for node in view.nodes}
    sheets = _list_rows(view, documents)
    rows = sum(len(sheet) for sheet in sheets) or 1
    square = math.sqrt(rows * _ROW * _COLUMN / ASPECT)
    heights = [max(500.0, square * (0.8 + step / 10)) for step in range(9)]
    return min((_set(documents, sheets, kinds, height) for height in heights), key=measure_size)


def _set(documents: Sequence[Node], sheets: Sequence[Sequence[Sequence[str]]], kinds: dict[str, Kind], height: float) -> Layout:
    places: list[Place] = []
    panels: list[Panel] = []
    captions: list[Caption] = []
    x = 0
    for document, sheet in zip(documents, sheets, strict=True):
        title = Place(document.id, x + 150, 60, 0, wrap_title(document.label))
        flowed, named, width = _flow(sheet, kinds, x, height, document.id)
        places += [title, *flowed]
        captions += named
        bottom = max(place.y for place in (title, *flowed))
        panels.append(Panel(document.label, x, -50, width, bottom + 90, len(flowed), len(flowed), (document.id,)))
        x += width + 40
    return Layout(tuple(places), tuple(panels), tuple(captions))


def _flow(
    rows: Sequence[Sequence[str]], kinds: dict[str, Kind], x: int, height: float, document: str
) -> tuple[list[Place], list[Caption], int]:
    """Return the rows set in columns of that height, the captions before rows of a new kind, and how wide it all is."""
    places: list[Place] = []
    captions: list[Caption] = []
    column, y, last = 0, float(_TOP), ""
    for row in rows:
        kind = kinds[row[0]]
        caption = _GROUPS.get(kind) if kind != last else None
        lead = kind == "section" or caption is not None
        if y > height + _TOP or (lead and y > height + _TOP - 2 * _ROW):
            column, y = column + 1, float(_TOP)
        y += 14 if lead and y > _TOP else 0
        left = x + 30 + column * _COLUMN
        if caption:
            captions.append(Caption(caption, left, round(y), document))
            y += _ROW
        places.append(Place(row[0], left + (0 if kind == "section" else 16), round(y)))
        places += [Place(name, left + 295 + 17 * (index % 5), round(y) + 12 * (index // 5)) for index, name in enumerate(row[1:])]
        y += max(_ROW, 12 * ((len(row) + 3) // 5) + 6)
        last = kind
    return places, captions, (column + 1) * _COLUMN


def _list_rows(view: View, documents: Sequence[Node]) -> list[list[list[str]]]:
    """Return each document's things in reading order: headings, tasks with their indicators, then policies and departments.

    What several documents name stands with the first.
    """
    below: dict[str, list[str]] = defaultdict(list)
    named: dict[str, dict[bool, Counter[str]]] = {node.id: {True: Counter(), False: Counter()} for node in documents}
    for edge in view.edges:
        if edge.relation in ("contains", "indicator"):
            below[edge.source].append(edge.target)
        elif edge.target not in named:
            named[edge.document][edge.relation in ROLES][edge.target] += 1
    claimed: set[str] = set()
    sheets = []
    for document in documents:
        rows = _read_down(document.id, below)
        for bodies in (False, True):
            fresh = [name for name in named[document.id][bodies] if name not in claimed]
            claimed.update(fresh)
            ranked = sorted(fresh, key=lambda name: -named[document.id][bodies][name]) if bodies else fresh
            rows += [[name] for name in ranked]
        sheets.append(rows)
    return sheets


def _read_down(name: str, below: dict[str, list[str]]) -> list[list[str]]:
    """Return what stands below, a row each: a task with its indicators in one row."""
    rows: list[list[str]] = []
    for child in below[name]:
        if child.startswith("section/"):
            rows += [[child], *_read_down(child, below)]
        else:
            rows.append([child, *below[child]])
    return rows
