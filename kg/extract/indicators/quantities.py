"""Numbers with their units: "200个以上", "8.8万座", "XX万亩", "12.5%"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal, cast

from kg.cues import load_cues
from kg.extract.indicators.numerals import find_numerals
from kg.extract.indicators.passages import Passage
from kg.model import Comparator

UnitKind = Literal["percent", "money", "time", "measure", "count", "ratio", "none"]

# not in PM2.5, 5G, 第2批, 1/3 or a date
NUMBER = re.compile(
    r"(?<![A-Za-z\d.第/~:：-])(?:(?P<low>\d+(?:\.\d+)?)[个家名项%]?(?:[-~至到]+)(?=\d))?"
    r"(?P<figure>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?(?!\d|\.\d|[：:∶]\d)|(?P<hidden>[XＸx×＊*]{2,}|[〇○_]{2,}))(?:多|余|来)?"
)
BARE_END = re.compile(r"(?=$|[，。；、）\s]|以上|以下|以内|左右|的|和|及|并)")
YEAR = re.compile(r"(?:19|20)\d\d年")
BLANKS = re.compile(r"[ \u3000]{1,2}")
GAP = re.compile(r"^(?:、|和|与|及|以及)$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; ``value`` is None where the number was made unreadable (XX)."""

    start: int
    end: int  # with 以上, 左右
    value: Decimal | None
    unit: str | None  # as written
    kind: UnitKind
    says: Comparator | None  # what 以上, 以内, 左右 say
    hidden: bool = False


def find_quantities(passage: Passage, start: int, end: int) -> Iterator[Quantity]:
    """Yield the numbers with units of a clause, and numbers without one that end it: an index of 55.

    >>> from kg.extract.indicators.passages import read_passage
    >>> [(str(q.value), q.unit, q.says) for q in find_quantities(read_passage("打造200个以上省级美丽乡村", 2023), 0, 13)]
    [('200', '个', '>=')]
    """
    found = [*_in_digits(passage, start, end), *_in_words(passage, start, end)]
    position = start
    for quantity in sorted(found, key=lambda one: one.start):
        if quantity.start >= position:
            position = quantity.end
            yield quantity


def _in_digits(passage: Passage, start: int, end: int) -> Iterator[Quantity]:
    shape = passage.shape
    position = start
    while match := NUMBER.search(shape, position, end):
        position = match.end()
        if YEAR.match(shape, match.start()):
            continue
        blank = BLANKS.match(shape, match.end(), end)
        unit = _unit(shape, match.end(), end) or (_unit(shape, blank.end(), end) if blank else None)
        if unit is None and not BARE_END.match(shape, match.end(), end):
            continue
        says, stop = _bound(shape, unit[1] if unit else match.end(), end)
        position = max(position, stop)
        value = None if match["hidden"] else Decimal((match["low"] or match["figure"]).replace(",", ""))
        words = passage.text[match.end() : unit[1]].strip() if unit else None
        says = says or (">=" if match["low"] else None)
        yield Quantity(match.start(), stop, value, words or None, unit[0] if unit else "none", says, bool(match["hidden"]))


def _in_words(passage: Passage, start: int, end: int) -> Iterator[Quantity]:
    for one in find_numerals(passage, start, end):
        kind, unit, stop = cast(UnitKind, one.kind), one.unit, one.end
        if unit is None:
            found = _unit(passage.shape, one.end, end)
            if found is None:
                continue
            kind, stop = found
            unit = passage.text[one.end : stop]
        says, stop = _bound(passage.shape, stop, end)
        yield Quantity(one.start, stop, one.value, unit, kind, one.says or says)


def _bound(shape: str, start: int, end: int) -> tuple[Comparator | None, int]:
    """Return what 以上 and its like behind a unit say, and where they end."""
    words = shape[start : min(end, start + 8)]
    for cue in load_cues("indicators.toml")["after"]:
        if match := cue.pattern.search(words):
            return cast(Comparator, cue.says), start + match.end()
    return None, start


def _unit(shape: str, start: int, end: int) -> tuple[UnitKind, int] | None:
    for kind, pattern in _units():
        if match := pattern.match(shape, start, end):
            return kind, match.end()
    return None


def unit_at(words: str) -> str | None:
    """Return the unit that words open with: 吨标准煤 of 吨标准煤以上."""
    found = _unit(words, 0, len(words))
    return words[: found[1]] if found else None


@cache
def _units() -> tuple[tuple[UnitKind, re.Pattern[str]], ...]:
    return tuple((cast(UnitKind, cue.says), cue.pattern) for cue in load_cues("indicators.toml")["unit"])


def group_quantities(shape: str, quantities: list[Quantity]) -> Iterator[list[Quantity]]:
    """Yield together the quantities that stand side by side: 95%、97%以上."""
    group: list[Quantity] = []
    for quantity in quantities:
        if group and not GAP.match(shape[group[-1].end : quantity.start]):
            yield group
            group = []
        group.append(quantity)
    if group:
        yield group
