"""A text cut wherever a mark begins or ends, so that marks may overlap and lie within each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol


class Stretch(Protocol):
    """Something that covers a part of a text."""

    @property
    def start(self) -> int:
        """Where it begins, in code points."""

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that the same marks cover from end to end."""

    start: int
    text: str
    marks: tuple[int, ...] = ()  # places in the list of marks, the one that ends first last
    opens: tuple[int, ...] = ()  # those of them that begin here

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        return self.start + len(self.text)


def cut_pieces(text: str, marks: Sequence[Stretch], start: int = 0, end: int | None = None) -> list[Piece]:
    """Return the text from ``start`` to ``end`` as pieces, which joined are that very text.

    >>> [(piece.text, piece.marks) for piece in cut_pieces("由甲牵头。", [Place(0, 4), Place(1, 2), Place(1, 4)])]
    [('由', (0,)), ('甲', (0, 2, 1)), ('牵头', (0, 2)), ('。', ())]
    """
    end = len(text) if end is None else min(end, len(text))
    opening, closing = _boundaries(marks, start, end)
    places = sorted({start, end, *opening, *closing})
    active: dict[int, None] = {}
    pieces = []
    for here, there in pairwise(places):
        for number in closing.get(here, ()):
            active.pop(number, None)
        active |= dict.fromkeys(opening.get(here, ()))
        inside = sorted(active, key=lambda number: (-marks[number].end, marks[number].start, number))
        begun = tuple(number for number in inside if marks[number].start == here)
        pieces.append(Piece(here, text[here:there], tuple(inside), begun))
    return pieces


def _boundaries(marks: Sequence[Stretch], start: int, end: int) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Return which marks begin and which end where, within bounds; those that cover nothing there are left out."""
    opening, closing = defaultdict[int, list[int]](list), defaultdict[int, list[int]](list)
    for number, mark in enumerate(marks):
        first, last = max(mark.start, start), min(mark.end, end)
        if first < last:
            opening[first].append(number)
            closing[last].append(number)
    return opening, closing


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of text without further meaning."""

    start: int
    end: int
