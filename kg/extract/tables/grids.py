"""Tables as rows of cells in the working copy: as a format marks them, in HTML, in lines with signs | or with blanks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.extract.tables.columns import Cell, Row, cell_of
from kg.extract.tables.html_grids import MAX_COLUMNS, find_html_grids
from kg.extract.tables.spaced_grids import find_spaced_grids
from kg.model import Grid
from kg.text import MappedText

_RULE = re.compile(r"^[\s|:：\-—=+]*$")


@dataclass(frozen=True, slots=True)
class Matrix:
    """A table's rows; ``marked``: its format says how many rows and columns a cell spans, so that an empty cell is empty."""

    start: int
    end: int
    rows: tuple[Row, ...]
    marked: bool


def find_matrices(copy: MappedText, grids: Sequence[Grid]) -> list[Matrix]:
    """Return the tables of a text in reading order."""
    marked = [*grids, *find_html_grids(copy.pinned)]
    found = [matrix for grid in marked if (matrix := _of_grid(copy, grid)) is not None]
    if not grids:
        found.extend(matrix for grid in find_spaced_grids(copy.pinned) if (matrix := _of_grid(copy, grid)) is not None)
    found.sort(key=lambda matrix: matrix.start)
    taken = [(matrix.start, matrix.end) for matrix in found]
    piped = [line for line in copy.paragraphs() if copy.text.count("|", *line) > 1 and not _within(line, taken)]
    found.extend(_of_lines(copy.text, lines) for lines in _runs(piped))
    return sorted(found, key=lambda matrix: matrix.start)


def _within(line: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    at = bisect_left(taken, (line[1], 0)) - 1
    return at >= 0 and line[0] < taken[at][1]


def _of_grid(copy: MappedText, grid: Grid) -> Matrix | None:
    """Return a table as its format marks it; a merged cell holds for every place that it covers."""
    numbers = sorted({cell.row for cell in grid.cells})
    places = {number: i for i, number in enumerate(numbers)}
    width = min(MAX_COLUMNS, max((cell.column + cell.columns for cell in grid.cells), default=0))
    rows: list[list[Cell | None]] = [[None] * width for _ in numbers]
    start, end = len(copy.text), 0
    for cell in grid.cells:
        a, b = bisect_left(copy.offsets, cell.span.start), bisect_left(copy.offsets, cell.span.end)
        words = cell_of(copy.text, a, b)
        start, end = (min(start, words.start), max(end, words.end)) if words.text else (start, end)
        first = places[cell.row]
        last = bisect_left(numbers, cell.row + cell.rows)
        for row in rows[first:last]:
            for column in range(cell.column, min(width, cell.column + cell.columns)):
                row[column] = words
    return Matrix(start, end, tuple(rows), marked=True) if end else None


def _runs(lines: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Yield lines that follow each other without anything between."""
    run: list[tuple[int, int]] = []
    for line in lines:
        if run and line[0] > run[-1][1] + 2:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _of_lines(text: str, lines: Sequence[tuple[int, int]]) -> Matrix:
    """Return a table that is written in lines."""
    rows = tuple(_cells(text, a, b) for a, b in lines if not _RULE.match(text[a:b]))
    return Matrix(lines[0][0], lines[-1][1], rows, marked=False)


def _cells(text: str, start: int, end: int) -> list[Cell | None]:
    """Return the cells of a line; the signs at its ends may be missing."""
    edges = [i for i in range(start, end) if text[i] == "|"]
    left = [start - 1] if text[start] != "|" else []
    right = [end] if text[end - 1] != "|" else []
    cells: list[Cell | None] = [cell_of(text, a + 1, b) for a, b in pairwise([*left, *edges, *right])]
    return cells[:MAX_COLUMNS]
