"""Tables of tasks: 任务分解表, 责任清单; in Markdown, or flattened to one cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.cues import first, load_cues
from kg.extract.names import Name, is_body, read_names
from kg.model import Role
from kg.text import MARKER, MappedText

Column = str  # order, title, task, detail, lead, responsible, support, person, time or "" (something else)
_UNITS: dict[Column, Role] = {"lead": "lead", "responsible": "responsible", "support": "support"}
_RULE = re.compile(r"^[\s|:：\-—=+]*$")
_ORDER = re.compile(r"^[（(]?\d{1,3}[)）.、．]?$")
_CHAPTER = re.compile(r"[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十]{1,3}[)）]")
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
    piped = [(a, b) for a, b in paragraphs if copy.text.count("|", a, b) > 1]
    tables = [table for lines in _runs(piped) if (table := _read_piped(copy, lines)) is not None]
    if tables:
        return tables
    flat = _read_flat(copy, paragraphs)
    return [flat] if flat else []


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
    words = re.sub(r"[\s*：:]+|20\d\d年度?", "", words)
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
    columns = _titled([_column(cell.text) or "" for cell in grid[at]], grid[at + 1 :])
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


def _titled(columns: list[Column], grid: Sequence[Sequence[Cell]]) -> list[Column]:
    """Say that the task's column holds titles where each row has one of its own beside its details."""
    if columns.count("task") != 1 or "detail" not in columns or columns.index("task") != columns.index("detail") - 1:
        return columns
    at = columns.index("task")
    names = [cells[at].text for cells in grid if len(cells) == len(columns)]
    own = len(names) == len(grid) and all(names) and len(set(names)) == len(names)
    return ["title" if column == "task" else column for column in columns] if own else columns


def _cells(text: str, start: int, end: int) -> list[Cell]:
    """Return the cells of a row; the signs at its ends may be missing."""
    edges = [i for i in range(start, end) if text[i] == "|"]
    left = [start - 1] if text[start] != "|" else []
    right = [end] if text[end - 1] != "|" else []
    return [_cell(text, a + 1, b) for a, b in pairwise([*left, *edges, *right])]


def _cell(text: str, start: int, end: int) -> Cell:
    words = text[start:end]
    left, right = len(words) - len(words.lstrip(" |\n")), len(words.rstrip(" |\n"))
    return Cell(words.strip(" |\n"), start + min(left, right), start + right)


def _read_flat(copy: MappedText, paragraphs: Sequence[tuple[int, int]]) -> TaskTable | None:
    """Read a table that lost its lines: one cell a paragraph, the running number at the head of each row.

    Cells left of the number group several rows; they stand before the first of them only.
    """
    cells = [cell for a, b in paragraphs if (cell := _cell(copy.text, a, b)).text]
    counted = _counted_heading(cells)
    head = counted or _flat_heading(cells)
    if head is None:
        return None
    at, columns = head
    columns = [column for column in columns if column != "order"]
    body = cells[at:]
    if counted:
        marks = _rising(body, len(columns))
        return _flat_table(cells, at, list(_numbered_rows(copy.text, columns, body, marks))) if len(marks) > 1 else None
    marks = _count(body)
    if len(marks) < 2 or marks[0] > len(columns) - 2:
        return None
    return _flat_table(cells, at, list(_grouped_rows(copy.text, columns, body, marks)))


def _flat_table(cells: Sequence[Cell], at: int, rows: Sequence[Row]) -> TaskTable | None:
    return TaskTable(cells[max(0, at - 1)].start, rows[-1].end, tuple(rows)) if rows else None


def _grouped_rows(text: str, columns: Sequence[Column], body: Sequence[Cell], marks: Sequence[int]) -> Iterator[Row]:
    """Yield rows whose first columns, left of the number, hold for several of them."""
    left, right = columns[: marks[0]], columns[marks[0] :]
    group: list[Cell] = list(body[: marks[0]])
    for mark, following in zip(marks, [*marks[1:], len(body)], strict=True):
        content = body[mark + 1 : following]
        row = _row(text, ["order", *left, *right], [body[mark], *group, *_aligned(text, right, content[: len(right) + 2])])
        if row is not None:
            yield row
        behind = content[len(right) :]
        if left and len(behind) >= len(left) and following < len(body):
            group = list(behind[-len(left) :])


def _numbered_rows(text: str, columns: Sequence[Column], body: Sequence[Cell], marks: Sequence[int]) -> Iterator[Row]:
    """Yield rows that open with their number; a chapter's heading between them holds for those below."""
    chapter = next((cell for cell in reversed(body[: marks[0]]) if MARKER.match(cell.text)), None)
    for mark, following in zip(marks, [*marks[1:], len(body)], strict=True):
        content = list(body[mark + 1 : following])
        heading = None
        while len(content) > 1 and _CHAPTER.match(content[-1].text):
            heading = heading or content[-1]
            content.pop()
        own = ["title" if column == "task" and "detail" in columns else column for column in columns]
        row = _row(text, ["order", "task", *own], [body[mark], chapter, *_aligned(text, columns, content)])
        if row is not None:
            yield row
        chapter = heading or chapter


def _aligned(text: str, columns: Sequence[Column], content: Sequence[Cell]) -> list[Cell]:
    """Put cells under their columns where a cell of several paragraphs pushed bodies to the right."""
    at = next((i for i, column in enumerate(columns) if column in _UNITS), len(columns))
    named = next((i for i in range(at, len(content)) if _names_bodies(text, content[i])), at)
    if 0 < at < named < len(content) and len(content) > len(columns):
        first, last = content[at - 1], content[named - 1]
        merged = Cell(text[first.start : last.end], first.start, last.end)
        return [*content[: at - 1], merged, *content[named:]][: len(columns)]
    return list(content[: len(columns)])


def _names_bodies(text: str, cell: Cell) -> bool:
    names = read_names(text, cell.start, cell.end, "responsible")
    return bool(names) and all(is_body(name.name) for name in names)


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


def _counted_heading(cells: Sequence[Cell]) -> tuple[int, list[Column]] | None:
    """Return the same for a heading with columns that say nothing of a task: it runs from 序号 to the first number."""
    for i, cell in enumerate(cells):
        if _column(cell.text) != "order":
            continue
        ahead = range(i + 1, min(len(cells), i + 10))
        end = next((j for j in ahead if _ORDER.match(cells[j].text) or _CHAPTER.match(cells[j].text)), i)
        run = [_column(head.text) or "" for head in cells[i:end]]
        if len(run) >= 3 and _is_heading(run):
            return end, run
    return None


def _rising(cells: Sequence[Cell], width: int) -> list[int]:
    """Return where numbers stand that rise from row to row: 3, 68, 69."""
    marks: list[int] = []
    last = 0
    for i, cell in enumerate(cells):
        value = int(re.sub(r"\D", "", cell.text)) if _ORDER.match(cell.text) else 0
        if value > last and (not marks or i - marks[-1] >= min(3, width)):
            marks.append(i)
            last = value
    return marks


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
        if column == "detail" and "title" in named:
            title = named.pop("title")
            path.append(Cell(text[title.start : cell.end], title.start, cell.end))
        elif column in ("task", "detail"):
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
