"""The sentence of a task in pieces, each with what was read from it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from kg.explorer.records import Quote
from kg.explorer.task.records import Mark, Piece


def mark_words(quote: Quote, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """Return the words of a quote cut wherever a mark begins or ends; marks that lie elsewhere are left out.

    >>> quote = Quote("市水利局年内完成。", "a", 10, 19)
    >>> for piece in mark_words(quote, [Mark("lead", "市水利局", 10, 14), Mark("due", "年内", 14, 16)]):
    ...     print(piece.text, piece.kinds)
    市水利局 ('lead',)
    年内 ('due',)
    完成。 ()
    """
    inside = {mark for mark in marks if quote.start <= mark.start < mark.end <= quote.end}
    widest_first = sorted(inside, key=lambda mark: (mark.start - mark.end, mark.start, mark.kind, mark.label))
    cuts = sorted({quote.start, quote.end, *(mark.start for mark in inside), *(mark.end for mark in inside)})
    pieces = []
    for start, end in pairwise(cuts):
        over = [mark for mark in widest_first if mark.start <= start and end <= mark.end]
        kinds = tuple(dict.fromkeys(mark.kind for mark in over))
        pieces.append(
            Piece(quote.text[start - quote.start : end - quote.start], kinds, tuple(m for m in over if m.start == start))
        )
    return tuple(pieces)
