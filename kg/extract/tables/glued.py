"""Tables that run on as one text: 序号项目名称牵头单位配合单位1整治河道。市水利局各街道2……, without a sign between the cells.

Headings are told by their words, rows by their running numbers, persons and bodies at a row's end by what they are
called. A row whose end cannot be told apart is a task without bodies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from kg.cues import pattern
from kg.extract.tables.columns import WORDS, Cell, Column, assigns, column_of, role_of
from kg.extract.units.glued_names import Piece, cover
from kg.extract.units.persons import looks_like_name
from kg.text import MappedText
from kg.weak_marks import MEASURES

_OPENS = re.compile("序号|编号")
_PAGE = re.compile(r"(?P<mark>\d{1,3}、)")  # 2、 where a page begins, as sites number the pages of what they show
_BELOW = re.compile("附件|附表|抄送|主送|备?注[：:]|[（(]此件")
_NOTES = ("备注", "完成情况", "进展情况", "项目类型")
_VERB = re.compile(
    "实施|落实|完成|推进|建成|新建|改建|扩建|改扩建|开展|组织|启动|制定|加快|加强|举办|建立|全[年市县区镇省]|为(?=[全老城困居农学])"
)
HEADING = 8  # characters of a column's heading
TITLE = (4, 20)
ROW = 3000
TAIL = 120
TRIES = 30  # places where a row's number could stand
PAGES = 20
LEADS = 60  # characters before a heading that are the table's title


@dataclass(frozen=True, slots=True)
class GluedRow:
    """A row: its number, its name where the columns have one, its words, the bodies by column, the persons, the date."""

    number: str
    title: str | None
    words: Cell
    bodies: tuple[tuple[Cell, Column], ...]
    persons: tuple[Cell, ...]
    due: Cell | None

    def cells(self) -> Iterator[Cell]:
        """Yield the row's cells."""
        yield self.words
        yield from (cell for cell, _ in self.bodies)
        yield from self.persons
        yield from (self.due,) if self.due else ()


@dataclass(frozen=True, slots=True)
class GluedTable:
    """A table of such rows, and where it stands."""

    start: int
    end: int
    rows: tuple[GluedRow, ...]


@dataclass(frozen=True, slots=True)
class _Strip:
    """A stretch of the working copy without the marks of pages and ends of lines."""

    text: str
    at: tuple[int, ...]  # offset of each character in the working copy
    breaks: tuple[int, ...]  # where its paragraphs end

    def cell(self, start: int, end: int) -> Cell:
        return Cell(self.text[start:end], self.at[start], self.at[end - 1] + 1)


def find_glued_tables(copy: MappedText) -> Iterator[GluedTable]:
    """Yield the tables that run on within a paragraph, and over those that a page's number opens."""
    lines = list(copy.paragraphs())
    for n, (start, end) in enumerate(lines):
        for opens in _OPENS.finditer(copy.text, start, end):
            heading = _heading(copy.text[opens.start() : min(end, opens.start() + 80)])
            if heading is None:
                continue
            columns, width = heading
            last = n
            while last + 1 < min(len(lines), n + PAGES) and re.match(r"\d{1,3}、", copy.text[slice(*lines[last + 1])]):
                last += 1
            strip = _strip(copy, opens.start() + width, lines[last][1])
            rows = tuple(_rows(strip, columns))
            if len({row.number for row in rows}) > 1:
                end = max((cell.end for row in rows for cell in row.cells()), default=end)
                yield GluedTable(start if opens.start() - start <= LEADS else opens.start(), end, rows)
                break


def _strip(copy: MappedText, start: int, end: int) -> _Strip:
    skipped: set[int] = set()
    for below in _BELOW.finditer(copy.text, start, end):
        if "\n" in copy.pinned[copy.offsets[below.start() - 1] : copy.offsets[below.start()]]:
            end = below.start()
            break
    for page in _PAGE.finditer(copy.text, start, end):
        a = page.start("mark")
        if copy.text[a - 1] == "\n" or "\n" in copy.pinned[copy.offsets[a - 1] : copy.offsets[a]]:
            skipped.update(range(*page.span("mark")))
    at = tuple(i for i in range(start, end) if i not in skipped and copy.text[i] != "\n")
    ends = (n for n in range(1, len(at)) if "\n" in copy.text[at[n - 1] : at[n]])
    return _Strip("".join(copy.text[i] for i in at), at, (*ends, len(at)))


def _heading(words: str) -> tuple[tuple[Column, ...], int] | None:
    """Return the columns of a heading whose words are glued, and where it ends: right before the first row's number.

    >>> _heading("序号项目名称区政府分管领导牵头单位配合单位1增加学位")
    (('order', 'task', 'person', 'lead', 'support'), 21)
    """
    first = re.search(rf"1(?=[\u4e00-\u9fff“])(?!1?{MEASURES})", words)
    if first is None or re.search("[，。；：、]", words[: first.start()]):
        return None
    end = first.start()
    best: list[tuple[int, tuple[Column, ...]] | None] = [(0, ()), *[None] * end]
    for i in range(end):
        here = best[i]
        for j in range(i + 1, min(end, i + HEADING) + 1) if here else ():
            column = "" if words[i:j] in _NOTES else None if words[i] in "及和与、号" else column_of(words[i:j])
            cost = (here[0] if here else 0) + 3 + (0 if column == "order" else abs(j - i - 4))  # most have four characters
            held = best[j]
            if here and column is not None and (held is None or cost < held[0]):
                best[j] = (cost, (*here[1], column))
    whole = best[end]
    return (whole[1], end) if whole and len(whole[1]) >= 3 and whole[1][0] == "order" and assigns(whole[1]) else None


def _rows(strip: _Strip, columns: Sequence[Column]) -> Iterator[GluedRow]:
    tail = _tail_columns(columns)
    start, number = 0, 1
    while re.match(rf"{number}(?!\d)", strip.text[start : start + 5]):
        begin = start + len(str(number))
        stop = _next(strip, begin, number + 1, tail)
        yield from _parts(strip, begin, stop, str(number), columns, tail)
        start, number = stop, number + 1


def _tail_columns(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns behind the words; 备注 at the end is mostly empty."""
    last = max(i for i, column in enumerate(columns) if column in WORDS)
    tail = list(columns[last + 1 :])
    while tail and not tail[-1]:
        tail.pop()
    return tuple(tail)


def _next(strip: _Strip, start: int, number: int, tail: Sequence[Column]) -> int:
    """Return where the next row's number stands, behind a row's end; if there is none where the last row ends."""
    count = re.compile(rf"(?<![\d.．]){number}(?=[\u4e00-\u9fff“《])(?!{number}{MEASURES})")
    found = [match.start() for match in islice(count.finditer(strip.text, start, start + ROW), TRIES)]
    ends = [at for at in strip.breaks if start < at <= start + ROW]
    close = next((at for at in (*found, *ends[:PAGES]) if _closing(strip.text, start, at, tail)), None)
    return close or min([*ends[:1], len(strip.text), start + ROW])


def _parts(
    strip: _Strip, start: int, end: int, number: str, columns: Sequence[Column], tail: Sequence[Column]
) -> Iterator[GluedRow]:
    """Yield the row, or its parts where several sentences have persons and bodies of their own behind them."""
    begin = start
    for stop in re.finditer("[。；;]", strip.text[start:end]):
        at = start + stop.end()
        found = _read(strip.text, at, end, tail, whole=False) if at > begin else None
        if found and found.end < end and "person" in tail and found.persons:
            yield _row(strip, begin, at, number, columns if begin == start else (), found)
            begin = found.end
    at = _closing(strip.text, begin, end, tail)
    found = _read(strip.text, at, end, tail, whole=True) if at else None
    if end > begin:
        yield _row(strip, begin, at or end, number, columns if begin == start else (), found)


def _row(strip: _Strip, start: int, end: int, number: str, columns: Sequence[Column], found: _Tail | None) -> GluedRow:
    words = strip.text[start:end]
    name = _VERB.search(words, *TITLE) if sum(column in WORDS for column in columns) > 1 else None
    return GluedRow(
        number,
        words[: name.start()] if name else None,
        strip.cell(start, end),
        tuple((strip.cell(a, b), column) for (a, b), column in found.bodies) if found else (),
        tuple(strip.cell(a, b) for a, b in found.persons) if found else (),
        strip.cell(*found.due) if found and found.due else None,
    )


@dataclass(frozen=True, slots=True)
class _Tail:
    end: int
    bodies: tuple[tuple[Piece, Column], ...]
    persons: tuple[Piece, ...]
    due: Piece | None


def _closing(text: str, start: int, end: int, tail: Sequence[Column]) -> int:
    """Return where the persons and bodies at a row's end begin, as far to the left as they are sure; 0: nowhere."""
    low = max(start + 4, end - TAIL)
    return next((at for at in range(low, end - 2) if _read(text, at, end, tail, whole=True)), 0)


def _read(text: str, start: int, end: int, tail: Sequence[Column], *, whole: bool) -> _Tail | None:
    """Return what stands in the columns at a row's end; ``whole``: nothing may be left over."""
    found: list[_Tail] = []
    for length in (3, 2) if tail[:1] == ("person",) else (0,):
        at = start + length
        if length and not (looks_like_name(text[start:at]) or text[start - 1] in "。；;！"):
            continue  # behind a stop any name will do, if a known body follows
        rest = tail[1:] if length else tail
        pieces = cover(text, at, end, whole=whole and "time" not in rest)
        roles = [column for column in rest if role_of(column)]
        if not pieces or not roles:
            continue
        stop = pieces[-1][1]
        date = pattern("clause", "due").match(text[stop:end]) if "time" in rest else None
        due = (stop, stop + date.end()) if date and date.end() else None
        stop = due[1] if due else stop
        if whole and stop < end:
            continue
        bodies = tuple((piece, roles[min(i, len(roles) - 1)]) for i, piece in enumerate(pieces))
        found.append(_Tail(stop, bodies, ((start, at),) if length else (), due))
    return found[0] if len(found) == 1 else None
