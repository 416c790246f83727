"""Which lines of a PDF go on with the paragraph above: told by where they stand, where paragraphs are indented.

Without indents nothing is said here; ``kg.lines`` then goes by the width of lines, as with any hard-wrapped text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.lines import BULLET, CLOSED, MARKER
from kg.read.pdf.lines import Line

_INDENT = (1.4, 2.8)  # of a paragraph's first line, in characters
_FLUSH = 0.7
_RAGGED = 1.8  # how far from the margin a full line may end: a sign that must not open a line goes to the next
MIN_INDENTED = 3


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of a page begin and end."""

    left: float
    right: float


def margins(lines: Sequence[Line]) -> Margins:
    """Return the margins of a page's text: where most lines begin, and the furthest that lines reach."""
    if not lines:
        return Margins(0, 0)
    # lines that are continued begin where no line begins further left
    begins = Counter(round(line.left / 3) for line in lines)
    often = [place for place, count in begins.items() if count >= max(2, len(lines) // 8)] or list(begins)
    return Margins(3 * min(often, default=0), max(line.right for line in lines))


def has_indents(pages: Sequence[tuple[Margins, Sequence[Line]]]) -> bool:
    """Say whether paragraphs of a document open with an indent of two characters, as official ones do."""
    lines = [(page, line) for page, found in pages for line in found]
    indented = sum(_INDENT[0] < (line.left - page.left) / line.size < _INDENT[1] for page, line in lines)
    flush = sum(_is_flush(line, page) for page, line in lines)
    return indented >= MIN_INDENTED and flush > 0


def goes_on(line: Line, page: Margins, following: Line, next_page: Margins) -> bool:
    """Say whether the following line goes on with the sentence of a line that reaches the right margin."""
    size = line.size
    if abs(following.size - size) > 0.25 * size or line.right < page.right - _RAGGED * size:
        return False
    opens = MARKER.match(following.text) or BULLET.match(following.text)
    return _is_flush(following, next_page) and not (opens and CLOSED.search(line.text))


def _is_flush(line: Line, page: Margins) -> bool:
    return abs(line.left - page.left) <= _FLUSH * line.size
