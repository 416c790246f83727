"""Tables that lost their lines: one cell a paragraph, with or without a sign | between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.tables.cell_fit import CHAPTER, ORDER, fit_cells, names_bodies
from kg.extract.tables.columns import MAX_HEADING, WORDS, Cell, Column, assigns, cell_of, column_of
from kg.text import MappedText

_NOTE = re.compile(r"^[（(][^（）()]{1,10}[)）]$")
_END = re.compile(r"(?:附件|附表|附)\s*\d*\s*[：:]?$|(?:抄送|主送|备注|注)[：:]")
MAX_COLUMNS = 14


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
        parts = [part for cell in body for part in _lines(copy, cell)]
        ways = dict.fromkeys((first.columns, _put_together(cells[first.start : first.end]) or first.columns))
        read = [_read(copy.text, columns, parts, cells[first.start].start) for columns in ways]
        found = [one for one in read if one is not None]
        if found:
            yield min(found, key=lambda one: one[0])[1]
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
        head = _heading_at(cells, i) if column_of(cells[i].text) or _broken(cells, i) else None
        if head is not None:
            yield head
        i = head.end if head else i + 1


def _heading_at(cells: Sequence[Cell], start: int) -> _Head | None:
    columns: list[Column] = []
    end = start
    for i in range(start, min(len(cells), start + 2 * MAX_COLUMNS)):
        words = cells[i].text
        if not words or i < end:
            continue
        if columns and _NOTE.match(words):
            end = i + 1  # 责任股室 / （单位）
            continue
        column = column_of(words)
        alone = column is None or (len(words) == 2 and i + 1 < len(cells) and not column_of(cells[i + 1].text))
        if alone and (whole := _broken(cells, i)):
            columns.append(whole)
            end = i + 2
            continue
        unknown = column is None and (len(words) > 8 or not _goes_on(cells, i, columns) or ORDER.match(words))
        if unknown or CHAPTER.match(words) or len(words) > MAX_HEADING:
            break
        columns.append(column or "")
        end = i + 1
    return _Head(start, end, tuple(columns)) if 3 <= len(columns) <= MAX_COLUMNS and assigns(columns) else None


def _broken(cells: Sequence[Cell], at: int) -> Column | None:
    """Return what a heading says that takes two lines: 牵头 / 单位."""
    words = cells[at].text
    behind = cells[at + 1].text if at + 1 < len(cells) else ""
    halves = len(words) == len(behind) == 2  # 重点 / 任务, the second of which is a heading too
    whole = len(words) <= 6 and len(behind) <= 4 and (halves or not column_of(behind))
    return column_of(words + behind) if whole and not re.search(r"\d", words + behind) else None


def _put_together(cells: Sequence[Cell]) -> tuple[Column, ...] | None:
    """Return the columns where two short headings that are one when put together are a heading in two lines: 目标 / 任务."""
    words = [cell.text for cell in cells if cell.text and not _NOTE.match(cell.text)]
    columns: list[Column] = []
    i = 0
    while i < len(words):
        short = i + 1 < len(words) and len(words[i]) == len(words[i + 1]) == 2
        whole = column_of(words[i] + words[i + 1]) if short else None
        columns.append(whole or column_of(words[i]) or "")
        i += 2 if whole else 1
    return tuple(columns) if len(columns) > 2 and assigns(columns) else None


def _goes_on(cells: Sequence[Cell], at: int, columns: Sequence[Column]) -> bool:
    """Say whether a heading goes on behind a word that is unknown; what opens with 序号 ends at the first number."""
    ahead = [cell.text for cell in cells[at + 1 : at + 8] if cell.text]
    if any(map(column_of, ahead[:1])):
        return True
    counts = next((i for i, words in enumerate(ahead) if ORDER.match(words) or CHAPTER.match(words)), None)
    return "order" in columns and counts is not None and counts <= 2 and all(len(words) <= 8 for words in ahead[:counts])


def _read(text: str, columns: tuple[Column, ...], cells: Sequence[Cell], start: int) -> tuple[int, FlatTable] | None:
    """Put the cells under their columns, row by row, so that each fits as well as may be; say how badly they do."""
    ruled = sum(not cell.text for cell in cells) > len(cells) / 4
    body = list(_between_signs(text, cells) if ruled else (cell for cell in cells if cell.text))
    ends = next((i for i, cell in enumerate(body) if _END.match(cell.text)), len(body))
    body = body[:ends]
    columns = _counted(columns, body)
    cost, states = fit_cells(text, columns, body, ruled)
    rows, end = _rows(text, len(columns), body, states)
    told = sum(any(row[i] is not None for i, column in enumerate(columns) if column in WORDS) for row in rows if len(row) > 1)
    return (cost, FlatTable(columns, tuple(rows), start, end)) if told > 1 else None


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
