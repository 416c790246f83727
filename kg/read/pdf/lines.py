"""From characters on a page to lines in reading order; and which lines are page numbers and running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.read.pdf.page import Char

MARGIN = 0.12  # share of a page's height, above and below, in which heads and page numbers stand
_GUTTER = 12.0  # points of white between two columns, at least
_COLUMN = 8  # rows that a column has, at least
_DASH = r"[-—－–·•~～\s]*"
_COUNT = r"第?\s*(?:\d{1,4}|[ivxlc]{1,6}|[IVXLC]{1,6})\s*页?(?:\s*[/／,，共]\s*共?\s*\d{1,4}\s*页?)?"
_NUMBER = re.compile(_DASH + _COUNT + _DASH)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words with its box, and how wide a Han character of it is."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


def find_lines(chars: Iterable[Char], width: float) -> list[Line]:
    """Return the lines of a page in reading order: down the page, in two columns the left one first."""
    rows = _rows(chars)
    gutter = _gutter(rows, width)
    if gutter is None:
        return [_line(row) for row in rows]
    found: list[Line] = []
    right: list[Line] = []
    for row in rows:
        sides = [char for char in row if char.right <= gutter], [char for char in row if char.left >= gutter]
        if len(sides[0]) + len(sides[1]) < len(row):  # it goes across: what stands above it comes first
            found += [*right, _line(row)]
            right.clear()
            continue
        if sides[0]:
            found.append(_line(sides[0]))
        if sides[1]:
            right.append(_line(sides[1]))
    return found + right


def _rows(chars: Iterable[Char]) -> list[list[Char]]:
    """Return the characters by rows from top to bottom, each from left to right."""
    rows: list[tuple[Char, list[Char]]] = []  # the highest character of a row says how far it reaches
    for char in sorted((char for char in chars if char.bottom > char.top), key=lambda char: (char.middle, char.left)):
        # a subscript or a raised sign goes with the row that its middle lies in
        at = next((at for at in range(len(rows) - 1, max(-1, len(rows) - 4), -1) if _reaches(rows[at][0], char)), None)
        if at is None:
            rows.append((char, [char]))
        else:
            highest, row = rows[at]
            row.append(char)
            rows[at] = (max(highest, char, key=lambda one: one.bottom - one.top), row)
    inked = [(highest, row) for highest, row in rows if any(not char.text.isspace() for char in row)]
    inked.sort(key=lambda found: found[0].middle)
    return [sorted(row, key=lambda char: char.left) for _, row in inked]


def _reaches(one: Char, other: Char) -> bool:
    return one.top < other.middle < one.bottom or other.top < one.middle < other.bottom


def _line(row: Sequence[Char]) -> Line:
    words: list[str] = []
    last: Char | None = None
    for char in row:
        if last is not None:
            size = min(char.bottom - char.top, last.bottom - last.top)
            if char.text == last.text and char.left - last.left < 0.3 * size and not char.text.isspace():
                continue  # drawn twice, to look bold
            gap = char.left - last.right
            if gap > (0.22 if char.text.isascii() and last.text.isascii() else 0.8) * size:
                words.append(" ")
        words.append(char.text)
        last = char
    inked = [char for char in row if not char.text.isspace()] or row
    wide = sorted(char.right - char.left for char in inked if not char.text.isascii())
    return Line(
        "".join(words).strip(),
        min(char.left for char in inked),
        min(char.top for char in inked),
        max(char.right for char in inked),
        max(char.bottom for char in inked),
        max(1.0, wide[len(wide) // 2] if wide else max(char.bottom - char.top for char in inked) * 0.8),
    )


def _gutter(rows: Sequence[Sequence[Char]], width: float) -> float | None:
    """Return where the white between two columns runs, or None on a page of one column."""
    inked = [[char for char in row if not char.text.isspace()] for row in rows]
    gaps = [[(a.right, b.left) for a, b in pairwise(row) if b.left - a.right >= _GUTTER] for row in inked]
    if sum(map(bool, gaps)) < _COLUMN:
        return None

    def weigh(spot: int) -> tuple[int, float]:
        both = sum(any(left + 2 <= spot <= right - 2 for left, right in row) for row in gaps)
        reach = sum(row[0].left < spot < row[-1].right for row in inked)  # rows that have words on both sides
        return (both if both > 4 * (reach - both) else 0), -abs(spot - width / 2)

    best = max(range(int(width * 0.38), int(width * 0.62) + 1, 3), key=weigh)
    return float(best) if weigh(best)[0] >= _COLUMN else None


def without_heads(pages: Sequence[tuple[float, Sequence[Line]]]) -> list[list[Line]]:
    """Return the lines of each page (its height, its lines) without page numbers and what stands on many pages alike."""
    repeated: Counter[tuple[str, int]] = Counter()
    for height, lines in pages:
        repeated.update({key for line in lines if _is_marginal(line, height) for key in [_key(line, height)]})
    often = max(3, len(pages) // 4)
    return [[line for line in lines if not _is_head(line, height, lines, repeated, often)] for height, lines in pages]


def _is_head(line: Line, height: float, lines: Sequence[Line], repeated: Counter[tuple[str, int]], often: int) -> bool:
    if not _is_marginal(line, height):
        return False
    text, place = _key(line, height)
    if sum(repeated[text, near] for near in (place - 1, place, place + 1)) >= often:
        return True
    outermost = not any(other.bottom <= line.top for other in lines) or not any(other.top >= line.bottom for other in lines)
    return outermost and _NUMBER.fullmatch(line.text) is not None


def _is_marginal(line: Line, height: float) -> bool:
    return line.bottom < MARGIN * height or line.top > (1 - MARGIN) * height


def _key(line: Line, height: float) -> tuple[str, int]:
    """Return what a line is known by on other pages: its words with any number, and its height on the page in hundredths."""
    return re.sub(r"\d+", "#", re.sub(r"\s+", "", line.text)), round(100 * line.top / max(1.0, height))
