"""Rows of task tables as they are read, and what a table as a whole says of them: their numbers, names and places."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.extract.tables.columns import Cell, role_of
from kg.extract.tables.glued import GluedTable
from kg.extract.units.glued_names import split_glued
from kg.extract.units.names import Name, distinct_names, read_names
from kg.lines import DIGIT_STOP
from kg.sections import Block, heading_of

GAP = 20  # characters between a heading and its table, or two parts of a table
_LED = re.compile(rf"(?P<v>\d{{1,4}}){DIGIT_STOP}")


@dataclass(frozen=True, slots=True)
class Row:
    """One task of a table."""

    number: str | None
    path: tuple[str, ...]  # the chapters above it and what stands in the columns to its left
    title: str | None  # where a column of its own says it
    text: Cell
    names: tuple[Name, ...]
    persons: tuple[Cell, ...]
    due: Cell | None


@dataclass(frozen=True, slots=True)
class TaskTable:
    """A table that says who does what, and where it stands."""

    start: int
    end: int
    rows: tuple[Row, ...]


def tidy_rows(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return the rows with what only the whole table shows: bodies that are glued, numbers within the words."""
    return tuple(_numbered(_unglued(rows)))


def _unglued(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows with the bodies cut apart that stand alone in other cells."""
    kept = list(rows)
    known = Counter(name.name for row in kept for name in row.names)
    for row in kept:
        names = (part for name in row.names for part in split_glued(name, known))
        yield replace(row, names=tuple(distinct_names(list(names))))


def _numbered(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows with the numbers that their words open with, where no column has numbers: 15.建校, 16.修路."""
    kept = list(rows)
    found = [_LED.match(row.title or row.text.text) for row in kept]
    values = [int(match["v"]) for match in found if match]
    rising = len(values) == len(kept) and all(a < b for a, b in pairwise(values))
    if any(row.number is not None for row in kept) or not rising:
        yield from kept
        return
    for row, value in zip(kept, values, strict=True):
        yield replace(row, number=str(value))


def of_glued(table: GluedTable) -> TaskTable:
    """Return a table that ran on as one text."""
    rows = []
    for row in table.rows:
        names = [
            replace(name, start=cell.start, end=cell.end)
            for cell, column in row.bodies
            for name in read_names(cell.text, 0, len(cell.text), role_of(column) or "responsible")[:1]
        ]
        rows.append(Row(row.number, (), row.title, row.words, tuple(distinct_names(names)), row.persons, row.due))
    return TaskTable(table.start, table.end, tuple(rows))


def place_tables(tables: Sequence[TaskTable], blocks: Sequence[Block], text: str) -> list[TaskTable]:
    """Return the tables with the headings that they stand under as the first of their rows' paths."""
    flat = [block for root in blocks for block in root.walk()]
    starts = [block.start for block in flat]
    placed: list[TaskTable] = []
    behind = -1  # where the last table under the same heading ends
    for table in tables:
        at = bisect_right(starts, table.start) - 1
        end = max(flat[at].end, behind if flat[at].start < behind else 0) if at >= 0 else -1
        if at >= 0 and table.start - end <= GAP and not text[end : table.start].strip("|\n "):
            path = tuple(text[above.start : above.mark_end] + heading_of(above, text) for above in flat[at].chain())
            rows = tuple(replace(row, path=(*path, *row.path)) for row in table.rows)
            table, behind = replace(table, rows=rows), table.end
        placed.append(table)
    return placed
