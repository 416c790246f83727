"""Tables that lost their lines: one cell a paragraph, with or without a sign | between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.cues import pattern
from kg.extract.columns import MAX_HEADING, ROLES, WORDS, Cell, Column, assigns, cell_of, column_of
from kg.extract.names import is_body, read_names
from kg.text import MappedText

ORDER = re.compile(r"^[（(]?\d{1,4}[)）.、．]?$")
CHAPTER = re.compile(r"[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十]{1,3}[)）]")
_BLANK = re.compile(r"^[\s—–\-/／无]*$")
_PERSON = re.compile(r"^[\u4e00-\u9fff·]{2,4}(?:[、，,\s/]+[\u4e00-\u9fff·]{2,4})*$")
_END = re.compile(r"(?:附件|附表|附)\s*\d*\s*[：:]?$|(?:抄送|主送|备注|注)[：:]")
MAX_COLUMNS = 14
OUT = 12  # what a cell costs that is no part of the table


@dataclass(frozen=True, slots=True)
class FlatTable:
    """A table found in a row of cells: its columns, its rows (of one cell where it is a chapter's heading), its extent."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    start: int
    end: int


def find_flat_tables(copy: MappedText, cells: Sequence[Cell]) -> Iterator[FlatTable]:
    """Yield the tables in a row of paragraphs; lone signs | are among them."""
    heads = list(_headings(cells))
    at = 0
    while at < len(heads):
        first = heads[at]
        same = at + 1
        while same < len(heads) and heads[same].columns == first.columns:
            same += 1  # the heading stands on every page
        stop = heads[same].start if same < len(heads) else len(cells)
        again = {i for head in heads[at + 1 : same] for i in range(head.start, head.end)}
        body = [cells[i] for i in range(first.end, stop) if i not in again]
        table = _read(copy.text, first.columns, [part for cell in body for part in _lines(copy, cell)], cells[first.start].start)
        if table is not None:
            yield table
        at = same


@dataclass(frozen=True, slots=True)
class _Head:
    start: int
    end: int
    columns: tuple[Column, ...]


def _headings(cells: Sequence[Cell]) -> Iterator[_Head]:
    """Yield where three or more headings of columns follow each other; one among them may say nothing that is known."""
    i = 0
    while i < len(cells):
        head = _heading_at(cells, i) if column_of(cells[i].text) else None
        if head is not None:
            yield head
        i = head.end if head else i + 1


def _heading_at(cells: Sequence[Cell], start: int) -> _Head | None:
    columns: list[Column] = []
    end = start
    for i in range(start, min(len(cells), start + 2 * MAX_COLUMNS)):
        words = cells[i].text
        if not words:
            continue
        column = column_of(words)
        unknown = column is None and (len(words) > 8 or not _goes_on(cells, i, columns) or ORDER.match(words))
        if unknown or CHAPTER.match(words) or len(words) > MAX_HEADING:
            break
        columns.append(column or "")
        end = i + 1
    return _Head(start, end, tuple(columns)) if 3 <= len(columns) <= MAX_COLUMNS and assigns(columns) else None


def _goes_on(cells: Sequence[Cell], at: int, columns: Sequence[Column]) -> bool:
    """Say whether a heading goes on behind a word that is unknown; what opens with 序号 ends at the first number."""
    ahead = [cell.text for cell in cells[at + 1 : at + 8] if cell.text]
    if any(map(column_of, ahead[:1])):
        return True
    counts = next((i for i, words in enumerate(ahead) if ORDER.match(words) or CHAPTER.match(words)), None)
    return "order" in columns and counts is not None and counts <= 2 and all(len(words) <= 8 for words in ahead[:counts])


def _read(text: str, columns: tuple[Column, ...], cells: Sequence[Cell], start: int) -> FlatTable | None:
    """Put the cells under their columns, row by row, so that each fits as well as may be."""
    ruled = sum(not cell.text for cell in cells) > len(cells) / 4
    body = list(_between_signs(text, cells) if ruled else (cell for cell in cells if cell.text))
    ends = next((i for i, cell in enumerate(body) if _END.match(cell.text)), len(body))
    body = body[:ends]
    columns = _counted(columns, body)
    states = _fit(text, columns, body, ruled)
    rows, end = _rows(text, len(columns), body, states)
    told = sum(any(row[i] is not None for i, column in enumerate(columns) if column in WORDS) for row in rows if len(row) > 1)
    return FlatTable(columns, tuple(rows), start, end) if told > 1 else None


def _lines(copy: MappedText, cell: Cell) -> Iterator[Cell]:
    """Yield a cell, cut where a line of its own that names bodies was put to the words before, which had no full stop."""
    a = cell.start
    for i in range(cell.start + 4, cell.end):
        if copy.offsets[i] - copy.offsets[i - 1] > 1 and copy.text[i - 1] not in "、，及和与（(":
            lost = "\n" in copy.pinned[copy.offsets[i - 1] : copy.offsets[i]]
            if lost and names_bodies(copy.text, cell_of(copy.text, i, cell.end)):
                yield cell_of(copy.text, a, i)
                a = i
    yield cell_of(copy.text, a, cell.end) if a > cell.start else cell


def _between_signs(text: str, cells: Sequence[Cell]) -> Iterator[Cell]:
    """Yield what stands between two signs |, of several paragraphs or none."""
    held: list[Cell] = []
    fresh = True
    for cell in cells:
        if cell.text:
            held.append(cell)
        elif held or not fresh:
            yield (
                Cell(text[held[0].start : held[-1].end], held[0].start, held[-1].end)
                if held
                else Cell("", cell.start, cell.start)
            )
            held, fresh = [], False
        else:
            fresh = False
    yield from held


def _counted(columns: tuple[Column, ...], cells: Sequence[Cell]) -> tuple[Column, ...]:
    """Add the column of running numbers where the heading does not name it."""
    if "order" in columns:
        return columns
    at = [i for i, cell in enumerate(cells) if ORDER.match(cell.text)]
    values = [int(re.sub(r"\D", "", cells[i].text)) for i in at[:3]]
    if values[:2] != [1, 2] or at[0] > len(columns) - 2:
        return columns
    return (*columns[: at[0]], "order", *columns[at[0] :])


def _fit(text: str, columns: Sequence[Column], cells: Sequence[Cell], ruled: bool) -> list[int]:
    """Return the column of each cell by the cheapest way through: ``len(columns)`` a chapter, one more: outside."""
    width = len(columns)
    skip = [_skipped(columns, i) for i in range(width)]
    before = [sum(skip[:i]) for i in range(width + 1)]
    after = [sum(skip[i + 1 :]) for i in range(width)]
    chapter, outside = width, width + 1
    costs: list[int] = []
    ways: list[list[int]] = []
    for n, cell in enumerate(cells):
        kinds = _costs(text, cell)
        here = [kinds[column] for column in columns]
        if n == 0:
            costs = [cost + before[i] for i, cost in enumerate(here)] + [_chapter_cost(cell), OUT * 3]
            ways.append([-1] * (width + 2))
            continue
        ended = [costs[i] + after[i] for i in range(width)] + [costs[chapter]]
        done = min(range(width + 1), key=ended.__getitem__)
        new: list[int] = []
        way: list[int] = []
        for i, cost in enumerate(here):
            options = [(ended[done] + before[i], done)]
            options += [(costs[j] + before[i] - before[j + 1], j) for j in range(i)]
            options.append((costs[i] + _repeated(columns[i], cell, ruled), i))
            best = min(options)
            new.append(best[0] + cost)
            way.append(best[1])
        new.append(ended[done] + _chapter_cost(cell))
        way.append(done)
        leave = min((ended[done] + 10, done), (costs[outside], outside))
        new.append(leave[0] + OUT)
        way.append(leave[1])
        costs = new
        ways.append(way)
    return _traced(costs, ways, skip) if cells else []


def _traced(costs: Sequence[int], ways: Sequence[Sequence[int]], skip: Sequence[int]) -> list[int]:
    ends = [cost + sum(skip[i + 1 :]) for i, cost in enumerate(costs)]
    state = min(range(len(ends)), key=ends.__getitem__)
    states = []
    for way in reversed(ways):
        states.append(state)
        state = way[state]
    return states[::-1]


def _skipped(columns: Sequence[Column], at: int) -> int:
    """Return what it costs that a row has nothing in a column; a cell that spans rows stands in the first of them only."""
    column = columns[at]
    if column in WORDS:
        last = all(other not in WORDS for other in columns[at + 1 :])
        return 30 if last else 2 if column == "group" else 8
    return {"order": 30, "lead": 12, "responsible": 12}.get(column.split("+")[0], 8)


def _repeated(column: Column, cell: Cell, ruled: bool) -> int:
    """Return what it costs that a cell goes on in another paragraph."""
    if column == "order":
        return 90
    if len(cell.text) == 1:
        return 0
    return (30 if ruled else 0) + (5 if column in WORDS else 8)


def _chapter_cost(cell: Cell) -> int:
    if len(cell.text) == 1 and not cell.text.isdigit():
        return 3  # one sign a line: 正 式 项 目
    if CHAPTER.match(cell.text) and len(cell.text) <= 40:
        return 3
    return 22 if 1 < len(cell.text) <= 20 and not re.search(r"[。；;，,]|^\d+$", cell.text) else 90


def _costs(text: str, cell: Cell) -> dict[Column, int]:
    """Return how badly a cell's words fit each kind of column."""
    words = cell.text
    if _BLANK.match(words):
        return {
            **dict.fromkeys(WORDS, 9),
            **dict.fromkeys(ROLES, 4),
            **_with_persons(4),
            "order": 60,
            "time": 4,
            "person": 4,
            "": 2,
        }
    number = ORDER.match(words) is not None
    bodies = len(words) <= 400 and names_bodies(text, cell)
    dated = (
        pattern("clause", "due").match(words) is not None or re.search(r"^(?:20\d\d|\d{1,2}月|全年|长期)", words[:4]) is not None
    )
    wordy = 40 if number else 25 if bodies else 18 if dated and len(words) < 12 else 12 if len(words) < 4 else 0
    unit = 0 if bodies else 40 if number or len(words) > 80 else 25
    return {
        "order": 0 if number else 60,
        "group": max(wordy, 2) if len(words) <= 30 else 20,
        "task": wordy,
        "detail": wordy,
        **dict.fromkeys(ROLES, unit),
        **_with_persons(unit),
        "time": 0 if dated else 25,
        "person": 0 if not bodies and _PERSON.match(words) and not dated else 22,
        "": 8,
    }


def _with_persons(cost: int) -> dict[Column, int]:
    """Return the cost for columns of bodies and persons: 责任单位及责任人."""
    return {f"{column}+person": cost for column in ROLES}


def names_bodies(text: str, cell: Cell) -> bool:
    """Say whether a cell names bodies and nothing else."""
    names = read_names(text, cell.start, cell.end, "responsible")
    return bool(names) and all(is_body(name.name) for name in names)


def _rows(text: str, width: int, cells: Sequence[Cell], states: Sequence[int]) -> tuple[list[tuple[Cell | None, ...]], int]:
    """Return the rows that the columns of the cells make, and where the last ends."""
    rows: list[list[Cell | None]] = []
    last, end = -1, 0
    for cell, state in zip(cells, states, strict=True):
        if state > width:
            break
        end = cell.end
        if state == width:
            above = rows[-1][0] if rows and len(rows[-1]) == 1 else None
            if last == width and above and len(cell.text) == 1:
                rows[-1][0] = Cell(above.text + cell.text, above.start, cell.end)
            else:
                rows.append([cell])
        elif state == last and (held := rows[-1][state]) is not None:
            rows[-1][state] = Cell(text[held.start : cell.end], held.start, cell.end)
        else:
            if state <= last or last in (-1, width):
                rows.append([None] * width)
            rows[-1][state] = cell
        last = state
    return [tuple(row) for row in rows], end
