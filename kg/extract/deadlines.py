"""By when a task is due."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping

from kg.cues import load_cues
from kg.model import Deadline
from kg.sections import number_value
from kg.text import MappedText


def find_deadlines(copy: MappedText, start: int, end: int, year: int | None) -> Iterator[Deadline]:
    """Yield the dates by which something is due, in reading order; ``year`` is that of the document.

    >>> from kg.text import map_text
    >>> copy = map_text("2025年底前完成，2026年6月底前评估。")
    >>> [deadline.due for deadline in find_deadlines(copy, 0, len(copy.text), None)]
    ['2025', '2026-06']
    """
    found: list[tuple[int, Deadline]] = []
    taken = bytearray(end - start)  # characters that a cue before has read
    for cue in load_cues()["deadline"]:
        for match in cue.pattern.finditer(copy.text, start, end):
            a, b = match.start() - start, match.end() - start
            if any(taken[a:b]):
                continue
            parts = match.groupdict()
            stated = int(parts["year"]) if parts.get("year") else year
            due = _due(stated, parts.get("month") or _last_month(parts), parts.get("day"))
            if due is not None:
                taken[a:b] = b"\1" * (b - a)
                found.append((match.start(), Deadline(due, copy.evidence(*match.span(), f"deadline.{cue.id}"))))
    yield from (deadline for _, deadline in sorted(found, key=lambda pair: pair[0]))


def _last_month(parts: Mapping[str, str | None]) -> str | None:
    """Return the month with which a quarter or half of a year ends."""
    quarter, half = parts.get("quarter"), parts.get("half")
    if quarter:
        return str(3 * (number_value(quarter) or 0))
    return {"上": "6", "下": "12"}[half] if half else None


def _due(year: int | None, month: str | None, day: str | None) -> str | None:
    if year is None or (month and not 1 <= int(month) <= 12):
        return None
    if month is None:
        return f"{year}"
    if day is None:
        return f"{year}-{int(month):02d}"
    return f"{year}-{int(month):02d}-{int(day):02d}" if 1 <= int(day) <= calendar.monthrange(year, int(month))[1] else None
