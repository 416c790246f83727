"""Rows of a table that have lost cells: put under their columns again by what the cells are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.tables.cell_fit import ORDER, cell_costs
from kg.extract.tables.columns import Cell, Column

CLEAR = 20  # what a row must gain before its cells are moved
_NUMERAL = re.compile(r"^[（(]?[一二三四五六七八九十]{1,3}[)）]?[、．.]?$")


def align(text: str, columns: Sequence[Column], row: Sequence[Cell | None]) -> list[Cell | None]:
    """Return a row as wide as the columns; cells keep their order.

    Cells that span rows are left out where they go on, so that the others slide to the left: 「2.建校 | 县教育局 | 甲某」 under
    类别, 事项, 责任单位, 责任人. Where nothing shows that, they stand at the right.
    """
    width = len(columns)
    missing = max(0, width - len(row))
    as_is = [*[None] * missing, *row[:width]] if len(row) <= width else list(row[-width:])
    cells = [cell for cell in row if cell and cell.text]
    if not 2 <= len(cells) <= width or _NUMERAL.match(cells[0].text):
        return as_is
    costs = [[cell_costs(text, cell)[column] for column in columns] for cell in cells]
    standing = {id(cell): i for i, cell in enumerate(as_is) if cell}
    at = [standing.get(id(cell), 0) for cell in cells]
    before = sum(costs[n][i] for n, i in enumerate(at)) if all(id(cell) in standing for cell in cells) else CLEAR * width
    if columns[0] == "order" and ORDER.match(cells[0].text):
        at = list(range(len(cells)))  # the number is there: what is missing is missing behind
    cost, best = _best(costs, at)
    if before - cost < CLEAR:
        return as_is
    places = dict(zip(best, cells, strict=True))
    return [places.get(i) for i in range(width)]


def _best(costs: Sequence[Sequence[int]], at: Sequence[int]) -> tuple[int, list[int]]:
    """Return the cheapest way to give each cell a column, in order, and what it costs; of equals the one that moves least."""
    width = len(costs[0])
    far = (10**6, 0)
    ways: list[list[int]] = []
    last = [(0, 0)] * width
    for n, row in enumerate(costs):
        new, way = [far] * width, [-1] * width
        best, where = (0, 0) if n == 0 else far, -1
        for i in range(width):
            if n and i and last[i - 1] < best:
                best, where = last[i - 1], i - 1
            if best < far:
                new[i], way[i] = (best[0] + row[i], best[1] + abs(i - at[n])), where
        last = new
        ways.append(way)
    column = min(range(width), key=last.__getitem__)
    cost, path = last[column][0], []
    for way in reversed(ways):
        path.append(column)
        column = way[column]
    return cost, path[::-1]
