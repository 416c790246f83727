"""Why an indicator should be looked at by a person: plain reasons, each in words, found from what was read alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.cues import Cue, load_cues

Entry = Mapping[str, Any]
LONGEST = 30  # characters of a name; a longer one has swallowed its sentence


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason; the weightier, the more likely something was read wrongly, not merely left open by the text."""

    name: str
    words: str
    weight: int


def find_doubts(indicator: Entry, document: Entry) -> Iterator[Doubt]:
    """Yield what speaks against an indicator of the ledger, the weightiest first.

    >>> vague = {"name": "目标", "kind": "quantitative", "op": ">=", "value": 90, "unit": None, "year": 2025}
    >>> [doubt.name for doubt in find_doubts(vague, {"period": [2021, 2025]})]
    ['generic-name', 'no-unit']
    """
    found = [Doubt(name, words, weight) for name, words, weight, holds in _RULES if holds(indicator, document)]
    yield from sorted(found, key=lambda doubt: -doubt.weight)


def _says(cue: str) -> Callable[[Entry, Entry], bool]:
    return lambda indicator, document: _cue(cue).pattern.search(indicator["name"]) is not None


@cache
def _cue(name: str) -> Cue:
    return next(cue for cue in load_cues("doubts.toml")["doubt"] if cue.id == name)


def _has_number(indicator: Entry) -> bool:
    """Say whether a number stands in the text; 清零 and 全覆盖 need no unit."""
    return indicator["value"] is not None and indicator["kind"] == "quantitative"


def _unitless(indicator: Entry) -> bool:
    return _cue("unitless").pattern.search(indicator["name"]) is not None


def _over(indicator: Entry, document: Entry) -> bool:
    name, value = indicator["name"], indicator["value"]
    share = indicator["unit"] in ("%", "％") and value is not None and value > 100
    return share and _cue("share").pattern.search(name) is not None


def _out_of_time(indicator: Entry, document: Entry) -> bool:
    period, year = document.get("period"), indicator["year"]
    return period is not None and year is not None and not period[0] - 1 <= year <= period[1] + 30


_RULES: tuple[tuple[str, str, int, Callable[[Entry, Entry], bool]], ...] = (
    ("torn-name", "指标名称像是半句话", 5, _says("torn_name")),
    ("generic-name", "指标名称太笼统，看不出量的是什么", 4, _says("generic_name")),
    ("long-name", f"指标名称超过{LONGEST}字，可能带进了整句话", 4, lambda one, _: len(one["name"]) > LONGEST),
    ("over-whole", "比率超过100%", 4, _over),
    ("out-of-time", "年份不在文件的时期之内", 3, _out_of_time),
    ("no-unit", "有数值而没有单位", 3, lambda one, _: _has_number(one) and not one["unit"] and not _unitless(one)),
    ("no-comparator", "有数值而没有比较关系", 2, lambda one, _: _has_number(one) and not one["op"]),
    ("placeholder", "数值在原文中已隐去", 2, lambda one, _: one["kind"] == "placeholder"),
    ("no-year", "没有年份", 1, lambda one, _: _has_number(one) and one["year"] is None),
)
