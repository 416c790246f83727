"""Numbers with their units: "200个以上", "8.8万座", "XX万亩", "12.5%"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal, cast

from kg.cues import first, load_cues
from kg.extract.indicator_passages import Passage
from kg.model import Comparator

UnitKind = Literal["percent", "money", "time", "measure", "count", "none"]

# not in PM2.5, 5G, 第2批, 1/3 or a date
NUMBER = re.compile(
    r"(?<![A-Za-z\d.第/~:：-])(?:(?P<low>\d+(?:\.\d+)?)[个家名项%]?(?:[-~至到]+)(?=\d))?"
    r"(?P<figure>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?(?!\d|\.\d|[：:∶]\d)|(?P<hidden>[XＸx×＊*]{2,}|[〇○_]{2,}))(?:多|余|来)?"
)
BARE_END = re.compile(r"(?=$|[，。；、）\s]|以上|以下|以内|左右|的|和|及|并)")
YEAR = re.compile(r"(?:19|20)\d\d年")
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

    @property
    def countable(self) -> bool:
        """Say whether things are counted, so that they may follow the figure: 200个村."""
        return self.kind == "count"


def find_quantities(passage: Passage, start: int, end: int) -> Iterator[Quantity]:
    """Yield the numbers with units of a clause, and numbers without one that end it: an index of 55.

    >>> from kg.extract.indicator_passages import read_passage
    >>> [(str(q.value), q.unit, q.says) for q in find_quantities(read_passage("打造200个以上省级美丽乡村", 2023), 0, 13)]
    [('200', '个', '>=')]
    """
    shape = passage.shape
    position = start
    while match := NUMBER.search(shape, position, end):
        position = match.end()
        unit = _unit(shape, match.end(), end)
        if YEAR.match(shape, match.start()):
            continue
        if unit is None and not BARE_END.match(shape, match.end(), end):
            continue
        unit_end = unit[1] if unit else match.end()
        after = first(load_cues("indicators.toml")["after"], shape[unit_end : min(end, unit_end + 8)])
        stop = unit_end
        if after is not None and (said := after.pattern.search(shape[unit_end : min(end, unit_end + 8)])):
            stop += said.end()
        says = cast(Comparator, after.says) if after else (">=" if match["low"] else None)
        position = max(position, stop)
        value = None if match["hidden"] else Decimal((match["low"] or match["figure"]).replace(",", ""))
        words = passage.text[match.end() : unit_end] or None
        yield Quantity(match.start(), stop, value, words, unit[0] if unit else "none", says, bool(match["hidden"]))


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
