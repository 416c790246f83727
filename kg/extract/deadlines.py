"""By when a task is due: a date, again and again, or for good."""

from __future__ import annotations

import calendar
import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import cast

from kg import data
from kg.cues import Cue, load_cues
from kg.model import Deadline, Frequency, Precision, Profile
from kg.sections import number_value
from kg.text import MappedText

FILE = "deadlines.toml"
PLANS = {"二": 2015, "三": 2020, "四": 2025, "五": 2030, "六": 2035}  # 十四五 ends with 2025
THIRDS = {"上": 10, "中": 20}  # 上旬 ends on the 10th
FIXED = {"元旦": (1, 1), "五一": (5, 1), "七一": (7, 1), "国庆": (10, 1)}
# the bracket that ends a task; one more within it: （市教育局牵头，各县（市、区）政府配合，6月底前）
BRACKET = re.compile(
    r"[（(〔【［\[](?P<words>(?:[^（）()〔〕【】［］\[\]\n]|[（(〔][^（）()〔〕【】\n]{0,40}[）)〕]){0,300})[）)〕】］\]][。；;\s]*$"
)
AND_THEN = re.compile(r"(\d.*?)[，,、；;]?并?(?:长期|持续|常态).{0,8}$")  # 2024年底前并长期坚持: there is a date
EARLIEST, LATEST = 1990, 2100


@dataclass(frozen=True, slots=True)
class Clock:
    """The years of a document, by which dates without a year are read; ``None`` where it does not say.

    ``this`` is the year that 年底前 means, ``first`` and ``last`` the years that dates may be in, ``begins`` the year before
    which everything is a result.
    """

    this: int | None = None
    first: int | None = None
    last: int | None = None
    begins: int | None = None

    @classmethod
    def of(cls, profile: Profile) -> Clock:
        """Return the years of a document: 年底前 is the end of its one year, or of the year in which a longer plan came out."""
        issued = int(profile.date[:4]) if profile.date else None
        if profile.period is None:
            return cls(issued, issued, None, issued)
        first, last = profile.period
        this = issued if issued is not None and first <= issued <= last else first
        return cls(this, min(first, issued or first), last, first)


def find_deadline(copy: MappedText, start: int, end: int, clock: Clock) -> Deadline | None:
    """Return the task's own deadline.

    A field of its own (完成时限：…) or the bracket that ends the task says it before all others. Of several dates it is the
    last one within the document's years, for only then the whole task is done; a plan's years (“十四五”期间) stand back
    behind a date. What comes back (每月底) and what never ends (长期坚持) count where no date is given.

    >>> from kg.text import map_text
    >>> copy = map_text("6月底前完成摸底，2025年底前建成。每季度通报。")
    >>> find_deadline(copy, 0, len(copy.text), Clock(2025, 2025, 2025)).due
    '2025-12-31'
    """
    for cue in load_cues(FILE)["field"]:
        for match in cue.pattern.finditer(copy.text, start, end):
            if (stated := read_deadline(copy, *match.span("words"), clock)) is not None:
                return stated
    found = list(find_deadlines(copy, start, end, clock))
    last = BRACKET.search(copy.text, max(start, end - 400), end)
    if last is not None:
        within = copy.span(last.start(), last.end())
        own = [one for one in found if within.start <= one.evidence.span.start < within.end]
        found = own or list(_remarks(copy, *last.span("words"), clock)) or found
    return _main(found, clock)


def _remarks(copy: MappedText, start: int, end: int, clock: Clock) -> Iterator[Deadline]:
    """Yield what stands in a bracket as in a cell: 「市教育局，2023年6月」, 「市教育局、市财政局；长期」."""
    cues = load_cues(FILE)
    parts = list(re.finditer("[^，,；;、。]+", copy.text[start:end]))
    for part in parts if len(parts) > 1 else ():  # （2021—2023年） by itself names a plan's years
        a, b = start + part.start(), start + part.end()
        words = part[0].strip()
        if any((match := cue.pattern.search(words)) and _due(match.groupdict(), clock) for cue in cues["cell"]):
            yield from filter(None, [read_deadline(copy, a, b, clock)])
        for cue in cues["remark_continuous"]:
            if cue.pattern.search(words):
                yield Deadline(None, copy.evidence(a, b, f"deadlines.remark_{cue.id}"), kind="continuous")


def read_deadline(copy: MappedText, start: int, end: int, clock: Clock) -> Deadline | None:
    """Return the deadline that a cell or a field holds: 2025年12月, 全年, 每月28日前, 长期坚持.

    >>> from kg.text import map_text
    >>> copy = map_text("三季度")
    >>> read_deadline(copy, 0, 3, Clock(2024)).due
    '2024-09-30'
    """
    raw = copy.text[start:end]
    start, end = start + len(raw) - len(raw.lstrip(" |\n")), end - (len(raw) - len(raw.rstrip(" |\n。；;，,")))
    words = AND_THEN.sub(r"\1", re.sub(r"[\s|]+", "", copy.text[start:end]))
    cues = load_cues(FILE)
    for cue in cues["cell"]:
        if (match := cue.pattern.search(words)) and (due := _due(match.groupdict(), clock)):
            return Deadline(due[0], copy.evidence(start, end, f"deadlines.cell_{cue.id}"), due[1])
    for cue in cues["cell_recurring"]:
        if cue.pattern.search(words):
            evidence = copy.evidence(start, end, f"deadlines.cell_{cue.id}")
            return Deadline(None, evidence, kind="recurring", every=cast(Frequency, cue.says))
    if (main := _main(list(find_deadlines(copy, start, end, clock)), clock)) is not None:
        return main
    for cue in cues["cell_continuous"]:
        if len(words) <= 20 and cue.pattern.search(words):
            return Deadline(None, copy.evidence(start, end, f"deadlines.cell_{cue.id}"), kind="continuous")
    return None


def find_deadlines(copy: MappedText, start: int, end: int, clock: Clock) -> Iterator[Deadline]:
    """Yield all deadlines of a stretch of text, in reading order.

    >>> from kg.text import map_text
    >>> copy = map_text("2025年底前完成，2026年6月底前评估，每月28日前报送。")
    >>> [(one.due, one.precision, one.every) for one in find_deadlines(copy, 0, len(copy.text), Clock())]
    [('2025-12-31', 'year', None), ('2026-06-30', 'month', None), (None, None, 'month')]
    """
    taken = bytearray(end - start)  # characters that a cue before has read
    found: list[tuple[int, Deadline]] = []
    for cue, match in _matches(copy.text, start, end, "recurring", taken):
        evidence = copy.evidence(*match.span(), f"deadlines.{cue.id}")
        found.append((match.start(), Deadline(None, evidence, kind="recurring", every=cast(Frequency, cue.says))))
    for cue, match in _matches(copy.text, start, end, "dated", taken):
        if (due := _due(match.groupdict(), clock)) is not None:
            found.append((match.start(), Deadline(due[0], copy.evidence(*match.span(), f"deadlines.{cue.id}"), due[1])))
    for cue, match in _matches(copy.text, start, end, "continuous", taken):
        found.append((match.start(), Deadline(None, copy.evidence(*match.span(), f"deadlines.{cue.id}"), kind="continuous")))
    yield from (deadline for _, deadline in sorted(found, key=lambda pair: pair[0]))


def _matches(text: str, start: int, end: int, table: str, taken: bytearray) -> Iterator[tuple[Cue, re.Match[str]]]:
    """Yield what the cues of a table find, each character once."""
    cues = load_cues(FILE)
    if not any(hint.pattern.search(text, start, end) for hint in cues["hint"] if hint.id == table):
        return
    for cue in cues[table]:
        for match in cue.pattern.finditer(text, start, end):
            a, b = match.start() - start, match.end() - start
            if not any(taken[a:b]):
                taken[a:b] = b"\1" * (b - a)
                yield cue, match


def _main(found: list[Deadline], clock: Clock) -> Deadline | None:
    dated = [one for one in found if one.due is not None]
    exact = [one for one in dated if not one.evidence.rule.endswith("plan")] or dated
    within = [one for one in exact if clock.last is None or int((one.due or "")[:4]) <= clock.last] or exact
    if within:
        return max(within, key=lambda one: one.due or "")
    return next((one for kind in ("recurring", "continuous") for one in found if one.kind == kind), None)


def _due(parts: Mapping[str, str | None], clock: Clock) -> tuple[str, Precision] | None:
    """Return the last day of what is said, and how exact that is; ``None`` where the year is not known or long past."""
    if parts.get("plan"):
        return f"{PLANS[parts['plan'] or '']}-12-31", "year"
    if number := parts.get("years") or parts.get("years2"):
        return _after_years(number_value(number.replace("两", "二")) or 0, clock)
    stated = parts.get("year") or parts.get("from")
    year = int(stated) if stated else clock.this
    if year is None or not EARLIEST <= year <= LATEST or (stated and clock.first is not None and year < clock.first):
        return None
    if festival := parts.get("festival"):
        return _before(festival, year)
    if quarter := parts.get("quarter"):
        return _month_end(year, 3 * (number_value(quarter) or 4)), "quarter"
    if half := parts.get("half"):
        return _month_end(year, 6 if half == "上" else 12), "half"
    return _in_month(year, parts)


def _in_month(year: int, parts: Mapping[str, str | None]) -> tuple[str, Precision] | None:
    said = parts.get("month") or parts.get("month2")
    if said is None:
        return f"{year}-12-31", "year"
    month, day, third = int(said), parts.get("day"), parts.get("third") or parts.get("third2")
    if not 1 <= month <= 12:
        return None
    if day is None:
        return (f"{year}-{month:02d}-{THIRDS[third]:02d}" if third in THIRDS else _month_end(year, month)), "month"
    return (f"{year}-{month:02d}-{int(day):02d}", "day") if 1 <= int(day) <= calendar.monthrange(year, month)[1] else None


def _month_end(year: int, month: int) -> str:
    return f"{year}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}"


def _after_years(count: int, clock: Clock) -> tuple[str, Precision] | None:
    """Return the end of 三年内: of the document's own years where there are as many, else so many years from its own."""
    if clock.last is not None and clock.first is not None and clock.last - clock.first + 1 == count > 1:
        return f"{clock.last}-12-31", "year"
    return None if clock.this is None or not count else (f"{clock.this + count}-12-31", "year")


def _before(festival: str, year: int) -> tuple[str, Precision] | None:
    """Return the day before a festival; the new year's day of 2024年元旦前 is that of 2024."""
    day = date(year, *FIXED[festival]) if festival in FIXED else _springs().get(year)
    return None if day is None else ((day - timedelta(days=1)).isoformat(), "day")


@cache
def _springs() -> Mapping[int, date]:
    with (data.SEEDS / "festivals.csv").open(encoding="utf-8", newline="") as file:
        return {int(row["year"]): date.fromisoformat(row["spring"]) for row in csv.DictReader(file)}
