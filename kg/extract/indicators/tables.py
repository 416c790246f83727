"""Targets in tables: those that a format marks, those in lines with signs |, and those that lost their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.indicators.columns import Columns, columns_of, find_columns, part_of
from kg.extract.indicators.found import Found
from kg.extract.indicators.glued import find_glued_rows
from kg.extract.indicators.rows import EMPTY, KNOWN_UNIT, VALUE, Above, clean, is_name, read_binding, read_row, with_full_unit
from kg.extract.indicators.spaced import find_spaced_rows
from kg.extract.tables.columns import Cell, Row, cell_of
from kg.extract.tables.grids import find_matrices
from kg.model import Grid
from kg.text import MappedText

MOST_CELLS = 1500  # of one table
LONGEST_CELL = 60  # characters; a longer paragraph is prose and ends a table without lines
ORDER = re.compile(r"^\d{1,3}[.、．]?$")
GROUP = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十]{1,3}[)）])")
HEADING_ROWS = 8  # among the first rows of a table the heading stands


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """A table of targets, and where it stands; what was found has offsets in the working copy."""

    start: int
    end: int
    found: tuple[Found, ...]


def find_indicator_tables(
    copy: MappedText, grids: Sequence[Grid] = (), year: int | None = None, without: Sequence[tuple[int, int]] = ()
) -> list[IndicatorTable]:
    r"""Return the tables of targets, but for those in the stretches ``without``.

    >>> from kg.text import map_text
    >>> copy = map_text("|指标|2020年|2025年|属性|\n|--|--|--|--|\n|森林覆盖率(%)|34.1|36.5|约束性|")
    >>> [(f.name, str(f.value), f.unit, f.baseline.year, f.binding) for f in find_indicator_tables(copy, (), 2025)[0].found]
    [('森林覆盖率', '36.5', '%', 2020, 'binding')]
    """
    tables = []
    matrices = find_matrices(copy, grids)
    for matrix in matrices:
        if not _within(matrix.start, without):
            found = tuple(_read_rows(matrix.rows, year, marked=matrix.marked))
            tables += [IndicatorTable(matrix.start, matrix.end, found)] if found else []
    taken = [*without, *((matrix.start, matrix.end) for matrix in matrices)]
    lines = [line for line in copy.paragraphs() if not _within(line[0], taken)]
    for rows in find_spaced_rows(copy, lines):
        tables.append(IndicatorTable(rows[0].start, rows[-1].end, tuple(rows)))
        taken.append((rows[0].start, rows[-1].end))
    cells = [cell_of(copy.text, *line) for line in lines if not _within(line[0], taken)]
    tables.extend(_find_flat([cell for cell in cells if cell.text], year))
    for cell in cells:
        if glued := find_glued_rows(copy.text, cell.start, cell.end):
            tables.append(IndicatorTable(glued[0].start, glued[-1].end, tuple(glued)))
    return sorted(tables, key=lambda table: table.start)


def _within(position: int, stretches: Sequence[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in stretches)


def _read_rows(rows: Sequence[Row], year: int | None, *, marked: bool) -> Iterator[Found]:
    """Yield the targets of a table's rows; a heading may stand again on every page."""
    columns: Columns | None = None
    above = Above()
    skip = 0
    for i, row in enumerate(rows):
        if skip:
            skip -= 1
            continue
        head = find_columns(rows[i:], year) if columns is None or i < HEADING_ROWS or _repeats(row) else None
        if head is not None:
            skip, columns, above = head[0] - 1, head[1], Above()
            continue
        if columns is None or len({clean(cell.text) for cell in row if cell and not EMPTY.match(cell.text)}) < 2:
            continue
        for found in read_row(row, columns, above, marked=marked):
            above = _below(above, found, _is_part(row))
            yield with_full_unit(found)


def _below(above: Above, found: Found, is_part: bool) -> Above:
    return Above(above.name, found.binding, above.unit) if is_part else Above(found.name, found.binding, found.unit)


def _repeats(row: Row) -> bool:
    return any(cell is not None and part_of(cell.text) == "name" for cell in row)


def _is_part(row: Row) -> bool:
    return any(cell is not None and cell.text.startswith("其中") for cell in row)


def _find_flat(cells: Sequence[Cell], year: int | None) -> Iterator[IndicatorTable]:
    """Yield the tables of which each cell is a paragraph."""
    i = 0
    while i < len(cells):
        run = i
        while run < len(cells) and run - i < 12 and part_of(cells[run].text) is not None and len(cells[run].text) <= 14:
            run += 1
        heads = [clean(cell.text) for cell in cells[i:run]]
        columns = columns_of(heads, year) if len(heads) >= 3 else None
        if columns is None:
            i += 1
            continue
        end = run
        while (
            end < min(len(cells), run + MOST_CELLS)
            and len(cells[end].text) <= LONGEST_CELL
            and not re.search("[。；]|^注[：:]", cells[end].text)
        ):
            end += 1
        found = tuple(_read_flat(cells[run:end], columns))
        if found:
            yield IndicatorTable(cells[i].start, max(cells[run - 1].end, *(one.end for one in found)), found)
        i = max(run, i + 1)


def _read_flat(cells: Sequence[Cell], columns: Columns) -> Iterator[Found]:
    above = Above()
    for row in _rows(cells, columns):
        aligned = _aligned(row, columns)
        for found in read_row(aligned, columns, above, marked=True):
            above = _below(above, found, _is_part(aligned))
            yield with_full_unit(found)


def _rows(cells: Sequence[Cell], columns: Columns) -> Iterator[list[Cell]]:
    """Yield the cells of each row: from one running number to the next, to the word that says whether it binds, or so many."""
    row: list[Cell] = []
    count = 0
    ordered = "order" in columns.parts
    closes = columns.binding == len(columns.parts) - 1
    for cell in cells:
        words = clean(cell.text)
        if GROUP.match(words):
            continue
        opens = ordered and ORDER.match(words) is not None and int(re.sub(r"\D", "", words)) == count + 1
        if opens:
            if row and count:
                yield row
            row, count = [], count + 1
            continue
        row.append(cell)
        full = closes and read_binding(words) is not None
        if not ordered and (full or (not closes and len(row) == len(columns.parts))):
            yield row
            row = []
    if row and (count or not ordered):
        yield row


def _aligned(row: Sequence[Cell], columns: Columns) -> list[Cell | None]:
    """Put the cells of a row under their columns; where empty ones were lost, by what they look like."""
    places = [i for i, part in enumerate(columns.parts) if part != "order"]
    aligned: list[Cell | None] = [None] * len(columns.parts)
    if len(row) == len(places):
        for place, cell in zip(places, row, strict=True):
            aligned[place] = cell
        return aligned
    name = next((i for i, cell in enumerate(row) if is_name(clean(cell.text)) and not GROUP.match(cell.text)), None)
    if name is None:
        return aligned
    aligned[columns.name] = row[name]
    rest = list(row[name + 1 : name + 1 + len(places)])
    if rest and columns.binding is not None and read_binding(clean(rest[-1].text)):
        aligned[columns.binding] = rest.pop()
    if rest and columns.unit is not None and KNOWN_UNIT.match(clean(rest[0].text)) and not VALUE.match(clean(rest[0].text)):
        aligned[columns.unit] = rest.pop(0)
    values = [i for i in places if i > columns.name and i not in (columns.unit, columns.binding)]
    if len(rest) == 1 and columns.targets:
        values = [columns.targets[-1][0]]
    for place, cell in zip(reversed(values), reversed(rest), strict=False):
        aligned[place] = cell
    return aligned
