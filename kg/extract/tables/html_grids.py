"""Tables that stand as HTML within a text, with the rows and columns that their cells span."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.model import Cell, Grid, Span

_TAG = re.compile(r"<(?P<end>/?)(?P<name>table|tr|t[dh])\b(?P<rest>[^<>]{0,300})>", re.I)
_SPAN = re.compile(r"\b(row|col)span\s*=\s*[\"']?(\d{1,3})", re.I)
MAX_COLUMNS = 60


@dataclass(slots=True)
class _Table:
    """A table that is being read."""

    cells: list[Cell] = field(default_factory=list)
    row: int = -1
    open: tuple[int, int, int] | None = None  # where the cell's words begin, and the rows and columns that it spans
    busy: dict[int, int] = field(default_factory=dict)  # column → row from which on it is free
    holds_table: bool = False

    def close_cell(self, end: int) -> None:
        """Note the cell that ends here, in the first column that no cell above reaches into."""
        if self.open is None:
            return
        start, rows, columns = self.open
        self.open = None
        self.row = max(self.row, 0)
        at = 0
        while self.busy.get(at, 0) > self.row and at < MAX_COLUMNS:
            at += 1
        if at == MAX_COLUMNS:
            return
        for column in range(at, min(MAX_COLUMNS, at + columns)):
            self.busy[column] = self.row + rows
        self.cells.append(Cell(Span(start, end), self.row, at, rows, columns))


def find_html_grids(text: str) -> Iterator[Grid]:
    """Yield the tables of a text; one that only holds another one is there for the looks.

    >>> rows = "<table><tr><td rowspan=2>治水</td><td>甲局</td></tr><tr><td>乙局</td></tr></table>"
    >>> [[(cell.span.of(rows), cell.row, cell.column, cell.rows) for cell in grid.cells] for grid in find_html_grids(rows)]
    [[('治水', 0, 0, 2), ('甲局', 0, 1, 1), ('乙局', 1, 1, 1)]]
    """
    stack: list[_Table] = []
    for tag in _TAG.finditer(text):
        name, ends = tag["name"].lower(), bool(tag["end"])
        if name == "table" and not ends:
            for outer in stack[-1:]:
                outer.holds_table = True
            stack.append(_Table())
        elif stack:
            stack[-1].close_cell(tag.start())
            if name == "table":
                yield from _grid(stack.pop())
            elif name == "tr" and not ends:
                stack[-1].row += 1
            elif name != "tr" and not ends:
                spans = {kind.lower(): max(1, int(count)) for kind, count in _SPAN.findall(tag["rest"])}
                stack[-1].open = (tag.end(), spans.get("row", 1), spans.get("col", 1))


def _grid(table: _Table) -> Iterator[Grid]:
    if table.cells and not table.holds_table:
        yield Grid(tuple(table.cells))
