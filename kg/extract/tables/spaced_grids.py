"""Tables whose columns stand apart by tabs or blanks, one row a line, as text taken out of a PDF or a spreadsheet has them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.tables.aligned import align
from kg.extract.tables.cell_fit import CHAPTER, ORDER, cell_costs
from kg.extract.tables.columns import WORDS, Column, assigns, column_of, role_of
from kg.extract.tables.columns import Cell as Words
from kg.model import Cell, Grid, Span

_LINE = re.compile(r"[^\r\n]+")
_FIELD = re.compile(r"[^\s|]+")
_TABBED = re.compile(r"[^\t|]+")
MAX_LINE = 2000
Fields = list[tuple[int, int]]
Row = list[tuple[int, int] | None]
FITS = 8  # what a field costs at most in its column


def find_spaced_grids(text: str) -> Iterator[Grid]:
    r"""Yield the tables whose heading and rows have as many fields.

    >>> text = "序号 重点任务 牵头单位\n1 整治河道 市水利局\n2 建设公园 市园林局\n"
    >>> [[cell.span.of(text) for cell in grid.cells if cell.row == 2] for grid in find_spaced_grids(text)]
    [['2', '建设公园', '市园林局']]
    """
    rows: list[Row] = []
    split = _FIELD
    columns: list[Column] = []
    width = 0
    for line in _LINE.finditer(text):
        words = line[0] if len(line[0]) <= MAX_LINE and "|" not in line[0] else ""
        if heading := _heading(words, line.start()):
            if len(heading[1]) != width:
                yield from _grid(rows, width)
                rows, width = [], len(heading[1])
            split = heading[0]
            columns = [column_of(text[a:b]) or "" for a, b in heading[1]]
            rows.append(list(heading[1]))
        elif width:
            fields = _fields(split, words, line.start())
            if split is _FIELD and len(fields) != width and (fitted := _fitted(text, columns, fields)):
                rows.append(fitted)
                continue
            chapter = len(fields) == 1 and CHAPTER.match(words.strip()) is not None
            if chapter or _is_row(text, fields, width, tabbed=split is _TABBED):
                rows.append(list(fields))
            elif words.strip():
                yield from _grid(rows, width)
                rows, width = [], 0
    yield from _grid(rows, width)


def _heading(words: str, at: int) -> tuple[re.Pattern[str], Fields] | None:
    """Return how a line is cut and where, if its fields are the heading of a table of tasks."""
    for split in (_TABBED, _FIELD):
        fields = _fields(split, words, at)
        if 3 <= len(fields) <= 14:
            columns = [column_of(words[a - at : b - at]) for a, b in fields]
            if assigns(columns) and columns.count(None) <= (1 if split is _FIELD else len(columns) / 2):
                return split, fields
    return None


def _fields(split: re.Pattern[str], words: str, at: int) -> Fields:
    return [(at + m.start(), at + m.end()) for m in split.finditer(words) if m[0].strip()]


def _is_row(text: str, fields: Fields, width: int, *, tabbed: bool) -> bool:
    if tabbed:
        return 2 <= len(fields) <= width
    return len(fields) == width and ORDER.match(text[slice(*fields[0])]) is not None


def _fitted(text: str, columns: list[Column], fields: Fields) -> Row | None:
    """Return a row that lacks fields, or has blanks within its words, under the columns that its fields fit, if all fit well."""
    extra = len(fields) - len(columns)
    if not -2 <= extra <= 3 or len(fields) < 3 or not ORDER.match(text[slice(*fields[0])]) or columns[0] != "order":
        return None
    within = [i for i, column in enumerate(columns) if column in WORDS or role_of(column)] if extra > 0 else [0]
    return next((row for i in within if (row := _placed(text, columns, _merged(fields, i, extra)))), None)


def _merged(fields: Fields, at: int, extra: int) -> Fields:
    """Return the fields with those put together that blanks within one cell have parted."""
    return [*fields[:at], (fields[at][0], fields[at + extra][1]), *fields[at + extra + 1 :]] if extra > 0 else fields


def _placed(text: str, columns: list[Column], fields: Fields) -> Row | None:
    cells = [Words(text[a:b], a, b) for a, b in fields]
    placed = align(text, columns, [*cells, *[None] * (len(columns) - len(cells))])
    if any(cell and cell_costs(text, cell)[column] > FITS for column, cell in zip(columns, placed, strict=True)):
        return None
    return [(cell.start, cell.end) if cell else None for cell in placed]


def _grid(rows: list[Row], width: int) -> Iterator[Grid]:
    """Yield the table that the rows make; a chapter's heading goes across all of it."""
    if sum(len(fields) > 1 for fields in rows) > 2:
        cells = [
            Cell(Span(*field), row, column, 1, width if len(fields) == 1 else 1)
            for row, fields in enumerate(rows)
            for column, field in enumerate(fields)
            if field is not None
        ]
        yield Grid(tuple(cells))
