"""Tables of tasks: 任务分解表, 责任清单; in Markdown, or flattened to one cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.cues import first, load_cues
from kg.extract.units import Name, read_names
from kg.model import Role
from kg.text import MappedText

Column = str  # order, task, detail, lead, responsible, support, person, time or "" (something else)
_UNITS: dict[Column, Role] = {"lead": "lead", "responsible": "responsible", "support": "support"}
_RULE = re.compile(r"^[\s|:：\-—=+]*$")
_ORDER = re.compile(r"^[（(]?\d{1,3}[)）.、．]?$")
MAX_HEADING = 14  # characters; a longer cell is content


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's words, with blanks and separators off."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """One task of a table."""

    number: str | None
    path: tuple[str, ...]  # what stands in the columns to its left
    text: Cell
    names: tuple[Name, ...]
    due: Cell | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TaskTable:
    """A table that says who does what, and where it stands."""

    start: int
    end: int
    rows: tuple[Row, ...]


def find_task_tables(copy: MappedText) -> list[TaskTable]:
    """Return the tables whose heading names a task column and a column of bodies."""
    paragraphs = list(copy.paragraphs())
    piped = [(a, b) for a, b in paragraphs if copy.text[a] == "|" and copy.text.find("|", a + 1, b) > 0]
    if piped:
        return [table for lines in _runs(piped) if (table := _read_piped(copy, lines)) is not None]
    table = _read_flat(copy, paragraphs)
    return [table] if table else []


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


def _column(words: str) -> Column | None:
    words = re.sub(r"[\s*：:]+", "", words)
    cue = first(load_cues()["column"], words) if 0 < len(words) <= MAX_HEADING else None
    return cue.says if cue else None


def _is_heading(columns: Sequence[Column | None]) -> bool:
    return any(column in ("task", "detail") for column in columns) and any(column in _UNITS for column in columns)


def _read_piped(copy: MappedText, lines: Sequence[tuple[int, int]]) -> TaskTable | None:
    """Read Markdown rows; an empty cell says what the one above it says, but bodies only where the row names none at all."""
    grid = [_cells(copy.text, a, b) for a, b in lines if not _RULE.match(copy.text[a:b])]
    at = next((i for i, cells in enumerate(grid[:4]) if _is_heading([_column(cell.text) for cell in cells])), None)
    if at is None:
        return None
    columns = [_column(cell.text) or "" for cell in grid[at]]
    rows: list[Row] = []
    above: list[Cell | None] = [None] * len(columns)
    for cells in grid[at + 1 :]:
        if len({cell.text for cell in cells if cell.text}) < 2:
            continue
        aligned = [None] * (len(columns) - len(cells)) + list(cells[-len(columns) :])  # spanning cells slid to the left
        named = any(cell and cell.text for column, cell in zip(columns, aligned, strict=True) if column in _UNITS)
        filled = [
            cell if cell and cell.text else None if column == "order" or (named and column in _UNITS) else above[i]
            for i, (column, cell) in enumerate(zip(columns, aligned, strict=True))
        ]
        above = list(filled)
        row = _row(copy.text, columns, filled)
        if row is not None:
            rows.append(row)
    return TaskTable(lines[0][0], lines[-1][1], tuple(rows)) if rows else None


def _cells(text: str, start: int, end: int) -> list[Cell]:
    cells = []
    edges = [i for i in range(start, end) if text[i] == "|"]
    for a, b in pairwise(edges):
        cells.append(_cell(text, a + 1, b))
    return cells


def _cell(text: str, start: int, end: int) -> Cell:
    words = text[start:end]
    left, right = len(words) - len(words.lstrip(" |\n")), len(words.rstrip(" |\n"))
    return Cell(words.strip(" |\n"), start + min(left, right), start + right)


def _read_flat(copy: MappedText, paragraphs: Sequence[tuple[int, int]]) -> TaskTable | None:
    """Read a table that lost its lines: one cell a paragraph, the running number at the head of each row.

    Cells left of the number group several rows; they stand before the first of them only.
    """
    cells = [cell for a, b in paragraphs if (cell := _cell(copy.text, a, b)).text]
    head = _flat_heading(cells)
    if head is None:
        return None
    at, columns = head
    columns = [column for column in columns if column != "order"]
    body = cells[at:]
    marks = _count(body)
    if len(marks) < 2 or marks[0] > len(columns) - 2:
        return None
    left, right = columns[: marks[0]], columns[marks[0] :]
    rows: list[Row] = []
    group: list[Cell | None] = list(body[: marks[0]])
    for mark, following in zip(marks, [*marks[1:], len(body)], strict=True):
        content = body[mark + 1 : following]
        row = _row(copy.text, ["order", *left, *right], [body[mark], *group, *content[: len(right)]])
        if row is not None:
            rows.append(row)
        behind = content[len(right) :]
        if left and len(behind) >= len(left) and following < len(body):
            group = list(behind[-len(left) :])
    return TaskTable(cells[0].start if at == 0 else cells[at - 1].start, rows[-1].end, tuple(rows)) if rows else None


def _flat_heading(cells: Sequence[Cell]) -> tuple[int, list[Column]] | None:
    """Return where the first row begins and the columns, where three or more headings follow each other."""
    run: list[Column] = []
    for i, cell in enumerate(cells):
        column = _column(cell.text)
        if column is not None:
            run.append(column)
            continue
        if len(run) >= 3 and _is_heading(run):
            return i, run
        run = []
    return None


def _count(cells: Sequence[Cell]) -> list[int]:
    """Return where the running numbers 1, 2, 3 … stand."""
    marks: list[int] = []
    for i, cell in enumerate(cells):
        if _ORDER.match(cell.text) and int(re.sub(r"\D", "", cell.text)) == len(marks) + 1:
            marks.append(i)
    return marks


def _row(text: str, columns: Sequence[Column], cells: Sequence[Cell | None]) -> Row | None:
    named: dict[Column, Cell] = {}
    path: list[Cell] = []
    for column, cell in zip(columns, cells, strict=False):
        if cell is None or not cell.text:
            continue
        if column in ("task", "detail"):
            path.append(cell)
        else:
            named.setdefault(column, cell)
    names = tuple(
        name
        for column, role in _UNITS.items()
        if column in named
        for name in read_names(text, named[column].start, named[column].end, role)
    )
    if not path or len(path[-1].text) < 4:
        return None
    order = named.get("order")
    number = re.sub(r"[（()）.、．]", "", order.text) if order and _ORDER.match(order.text) else None
    present = [cell for cell in cells if cell is not None]
    above = tuple(dict.fromkeys(cell.text for cell in path[:-1]))
    start = path[-1].start
    return Row(number, above, path[-1], names, named.get("time"), start, max(cell.end for cell in present))
