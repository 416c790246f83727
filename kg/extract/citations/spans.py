"""Stretches of a text that are taken, none within another."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator


class Spans:
    """Spans that do not overlap, found again in logarithmic time.

    >>> spans = Spans()
    >>> spans.take(3, 5), spans.take(4, 6), spans.take(5, 6)
    (True, False, True)
    """

    def __init__(self) -> None:
        self._spans: list[tuple[int, int]] = []

    def hold(self, a: int, b: int) -> bool:
        """Say whether some of the characters from ``a`` to ``b`` are taken."""
        at = bisect_left(self._spans, (b,))
        return at > 0 and self._spans[at - 1][1] > a

    def take(self, a: int, b: int) -> bool:
        """Take the characters from ``a`` to ``b``; ``False`` where some of them are taken already."""
        if self.hold(a, b):
            return False
        insort(self._spans, (a, b))
        return True

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """Yield the spans in reading order."""
        return iter(self._spans)
