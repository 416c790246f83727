"""The text that a reader pins: one paragraph a line, a table as one line of ``| a | b |`` a row, and where its cells stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.model import Cell, Grid, Span

_BREAK = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANKS = re.compile(r"[ \t\xa0]+")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f\ufffe\uffff\ud800-\udfff]")
MAX_COLUMNS = 200  # of a table that still is one; a span in a file may claim a million


@dataclass(frozen=True, slots=True)
class Words:
    """A cell as a format gives it: its words, its place in the grid, and how many rows and columns it spans."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Extract:
    """What a reader takes out of a file: the text to pin, where its pages begin, and its tables."""

    text: str
    whole: bool = True  # its lines are paragraphs
    pages: tuple[int, ...] = ()
    grids: tuple[Grid, ...] = ()


@dataclass(slots=True)
class Writer:
    """Puts paragraphs and tables one below the other.

    >>> writer = Writer()
    >>> writer.add("一、重点任务")
    >>> writer.add_table([Words("强化监管", 0, 0, rows=2), Words("市水利局", 0, 1), Words("市|县", 1, 1)])
    >>> made = writer.extract()
    >>> print(made.text, end="")
    一、重点任务
    | 强化监管 | 市水利局 |
    |  | 市｜县 |
    >>> [(cell.span.of(made.text), cell.row, cell.rows) for cell in made.grids[0].cells]
    [('强化监管', 0, 2), ('市水利局', 0, 1), ('市｜县', 1, 1)]
    """

    whole: bool = True
    _parts: list[str] = field(default_factory=list)
    _grids: list[Grid] = field(default_factory=list)
    _pages: list[int] = field(default_factory=list)
    _at: int = 0

    def add(self, words: str, *, goes_on: bool = False) -> None:
        """Write a paragraph, a line break within it stays one; or a piece of one that goes on with what is written next."""
        if goes_on:
            words = clean(words)
            self._write(words + (" " if words[-1:].isascii() and words[-1:].isalpha() else ""))
            return
        for line in _BREAK.split(words):
            line = clean(line)
            if line:
                self._write(line + "\n")

    def add_table(self, cells: Iterable[Words], turns: Sequence[int] = ()) -> None:
        """Write a table; one with a single column is a frame around paragraphs, and no table.

        ``turns`` are the rows at which a page begins.
        """
        cells = list(cells)
        placed, kept = _compact(cells)
        width = max((cell.column + cell.columns for cell in placed), default=0)
        if width == 1 or width > MAX_COLUMNS:
            self._add_frame(cells, turns)
            return
        rows: dict[int, dict[int, Words]] = {}
        for cell in placed:
            rows.setdefault(cell.row, {})[cell.column] = cell
        found: list[Cell] = []
        begins = [bisect_left(kept, turn) for turn in turns]
        for row in range(len(rows)):
            self._pages += [self._at] * begins.count(row)
            self._write("|")
            for column in range(width):
                here = rows[row].get(column)
                start = self._at + 1
                self._write(f" {here.text if here else ''} |")
                if here:
                    span = Span(start, start + len(here.text))
                    found.append(Cell(span, row, column, here.rows, here.columns))
            self._write("\n")
        self._pages += [self._at] * sum(row >= len(rows) for row in begins)
        if found:
            self._grids.append(Grid(tuple(found)))

    def _add_frame(self, cells: Iterable[Words], turns: Sequence[int]) -> None:
        left = sorted(turns)
        for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
            while left and left[0] <= cell.row:
                self.turn_page()
                left.pop(0)
            self.add(cell.text)
        for _ in left:
            self.turn_page()

    def turn_page(self) -> None:
        """Say that a page begins here."""
        self._pages.append(self._at)

    def extract(self) -> Extract:
        """Return what was written."""
        return Extract("".join(self._parts), self.whole, tuple(self._pages), tuple(self._grids))

    def _write(self, words: str) -> None:
        self._parts.append(words)
        self._at += len(words)


def clean(words: str) -> str:
    """Return a line without what cannot be printed, with one blank for several; full-width blanks at its head stay off."""
    return _BLANKS.sub(" ", _UNPRINTABLE.sub("", words)).strip()


def place(rows: Iterable[Sequence[tuple[str, int, int]]]) -> list[Words]:
    """Return cells at their places, from rows of (words, rows spanned, columns spanned) as HTML gives them.

    >>> [(cell.text, cell.row, cell.column) for cell in place([[("甲", 2, 1), ("乙", 1, 1)], [("丙", 1, 1)]])]
    [('甲', 0, 0), ('乙', 0, 1), ('丙', 1, 1)]
    """
    rows = list(rows)
    taken: dict[int, int] = {}  # by column: the first row that is free again
    cells: list[Words] = []
    for row, given in enumerate(rows):
        column = 0
        for text, down, across in given:
            while taken.get(column, 0) > row:
                column += 1
            down = min(max(down, 1), len(rows) - row)
            across = min(max(across, 1), MAX_COLUMNS)
            cells.append(Words(text, row, column, down, across))
            for covered in range(column, column + across):
                taken[covered] = max(taken.get(covered, 0), row + down)
            column += across
    return cells


def _compact(cells: Iterable[Words]) -> tuple[list[Words], list[int]]:
    """Return the cells that hold words, in a grid without rows and columns in which none begins, and the rows it kept."""
    held = [(cell, text) for cell in cells if (text := _flat(cell.text))]
    rows = sorted({cell.row for cell, _ in held})
    columns = sorted({cell.column for cell, _ in held})
    placed: dict[tuple[int, int], Words] = {}
    for cell, text in held:
        top, left = bisect_left(rows, cell.row), bisect_left(columns, cell.column)
        down, across = bisect_left(rows, cell.row + cell.rows) - top, bisect_left(columns, cell.column + cell.columns) - left
        placed.setdefault((top, left), Words(text, top, left, down, across))
    return [placed[where] for where in sorted(placed)], rows


def _flat(words: str) -> str:
    """Return a cell's words in one line; a | in them would end the cell."""
    return clean(_BREAK.sub(" ", words)).replace("|", "｜")
