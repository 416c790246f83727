"""The first picture: documents × departments, a panel per region, as many departments as a reader can take in."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from viz.layout import CARD_EMS, Layout, Panel, Place, measure_ems, measure_size, wrap_title
from viz.views import Node, Survey, View

READABLE = 100  # labels that a screen holds
_FONT, _ROW = 19, 40  # of a department's label, one per row, in the picture's own units
_LABEL_EMS = 9.1  # longer names end in an ellipsis; the panel says them in full
_CARD, _CARD_LINE = round(CARD_EMS * 16) + 24, 23
_FAN = 78  # room for the lines between a document and its departments
_PAD, _HEAD = 16, 46
_NOTE = 380  # the counts beside a region's name
_NO_REGION = "地区未说明"


def place_overview(view: View | Survey, most: int = READABLE) -> Layout:
    """Return documents × departments: one panel per region, documents in its middle, the most loaded departments beside them."""
    blocks = [_Block(region, docs, deps) for region, docs, deps in _group_by_region(view)]
    cap = _find_cap([len(block.departments) for block in blocks], max(most - len(view.of_kind("document")), most // 2))
    drawn = [block.draw(cap) for block in blocks]
    return pack(drawn)


@dataclass(frozen=True, slots=True)
class _Block:
    region: str | None
    documents: tuple[Node, ...]
    departments: tuple[Node, ...]  # most loaded first

    def draw(self, cap: int) -> Layout:
        shown = self.departments[:cap]
        left, right = shown[::2], shown[1::2]  # in turns, so that the rows go from most to least loaded
        cards = _Cards(self.documents)
        body = max(len(left) * _ROW, cards.height)
        start = _PAD + (_measure_column(left) + _FAN if left else 0)
        end = start + cards.width
        places = [
            *cards.draw(start, body),
            *_stand(left, start - _FAN, -1, body),
            *_stand(right, end + _FAN, 1, body),
        ]
        width = end + (_measure_column(right) + _FAN if right else 0) + _PAD
        width = max(width, measure_ems(self.region or _NO_REGION) * 22 + _NOTE)  # its heading
        ids = tuple(node.id for node in self.documents)
        panel = Panel(self.region or "", 0, 0, round(width), round(_HEAD + body + _PAD), len(shown), len(self.departments), ids)
        return Layout(tuple(places), (panel,))


class _Cards:
    """The documents of a region: cards below each other, from the ninth on in a further column."""

    def __init__(self, documents: Sequence[Node]) -> None:
        self.lines = [(node.id, wrap_title(node.label)) for node in documents]
        columns = max(1, math.ceil(len(documents) / 8))
        self.rows = max(1, math.ceil(len(documents) / columns))
        self.step = max((len(lines) for _, lines in self.lines), default=1) * _CARD_LINE + 58
        self.width = columns * _CARD + (columns - 1) * 20
        self.height = self.rows * self.step

    def draw(self, left: float, body: float) -> Iterator[Place]:
        step = body / self.rows
        for index, (node, lines) in enumerate(self.lines):
            x = left + (index // self.rows) * (_CARD + 20) + _CARD / 2
            yield Place(node, round(x), round(_HEAD + (index % self.rows + 0.5) * step), 0, lines)


def _stand(nodes: Sequence[Node], x: float, side: int, body: float) -> Iterator[Place]:
    top = _HEAD + (body - len(nodes) * _ROW) / 2
    for index, node in enumerate(nodes):
        yield Place(node.id, round(x), round(top + (index + 0.5) * _ROW), side)


def _measure_column(nodes: Sequence[Node]) -> float:
    return max((min(measure_ems(node.short), _LABEL_EMS) * _FONT + 30 for node in nodes), default=0)


def place_regions(view: View | Survey, most: int = READABLE) -> dict[str, Layout]:
    """Return the same for each region alone, by its name."""
    blocks = [_Block(region, docs, deps) for region, docs, deps in _group_by_region(view)]
    return {block.region or "": block.draw(max(most - len(block.documents), most // 2)) for block in blocks}


def _group_by_region(view: View | Survey) -> Iterator[tuple[str | None, tuple[Node, ...], tuple[Node, ...]]]:
    """Yield each region with its documents and departments; one from elsewhere stands by the document that names it most."""
    documents = view.of_kind("document")
    homes = {node.id: node.region for node in documents}
    load: Counter[str] = Counter()
    best: dict[str, tuple[int, str]] = {}
    for (department, document), tasks in view.loads().items():
        load[department] += tasks
        best[department] = max(best.get(department, (0, "")), (tasks, document))
    regions = {region: number for number, region in enumerate(dict.fromkeys(homes.values()))}
    members: dict[str | None, list[Node]] = defaultdict(list)
    for node in view.of_kind("department"):
        home = node.region if node.region in regions else homes.get(best[node.id][1])
        members[home].append(node)
    there: dict[str | None, list[Node]] = defaultdict(list)
    for node in documents:
        there[node.region].append(node)
    for region in sorted(regions, key=lambda name: (-len(members[name]), regions[name])):
        ranked = sorted(members[region], key=lambda node: (-load[node.id], node.label, node.id))
        yield region, tuple(there[region]), tuple(ranked)


def _find_cap(sizes: Sequence[int], most: int) -> int:
    """Return how many departments each region may show so that all together are readable; never fewer than three."""
    cap = max(sizes, default=0)
    while cap > 3 and sum(min(size, cap) for size in sizes) > most:
        cap -= 1
    return cap


def pack(blocks: Sequence[Layout], gap: int = 24) -> Layout:
    """Return the blocks in as many columns as make the picture largest on the screen."""
    choices = [_stack(blocks, columns, gap) for columns in range(1, min(len(blocks), 6) + 1)]
    return min(choices, key=measure_size, default=Layout((), ()))


def _stack(blocks: Sequence[Layout], columns: int, gap: int) -> Layout:
    heights = [0] * columns
    stacks: list[list[Layout]] = [[] for _ in range(columns)]
    for block in blocks:
        column = heights.index(min(heights))
        heights[column] += block.panels[0].height + gap
        stacks[column].append(block)
    moved: list[Layout] = []
    x = 0
    for stack in stacks:
        width = max((block.panels[0].width for block in stack), default=0)
        spare = max(heights) - sum(block.panels[0].height + gap for block in stack)
        between = spare // max(len(stack) - 1, 1) if len(stack) > 1 else 0
        y = 0
        for block in stack:
            moved.append(_move(block, x + (width - block.panels[0].width) // 2, y, x, width))
            y += block.panels[0].height + gap + min(between, 40)
        x += width + gap
    return Layout(tuple(place for block in moved for place in block.places), tuple(block.panels[0] for block in moved))


def _move(block: Layout, dx: int, dy: int, x: int, width: int) -> Layout:
    places = tuple(replace(place, x=place.x + dx, y=place.y + dy) for place in block.places)
    return Layout(places, (replace(block.panels[0], x=x, y=dy, width=width),))
