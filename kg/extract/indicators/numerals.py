"""Figures in words and ratios: 百分之八十, 三分之二, 一半, 翻一番, 十个, 2.35∶1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from kg.cues import load_cues
from kg.extract.indicators.passages import Passage
from kg.model import Comparator
from kg.numbering import number_value

HAN = "[一二两三四五六七八九十百]"
ANY = re.compile(r"[一二两三四五六七八九十半番]|\d∶")  # without one of these there is nothing to look for
SHARE = re.compile(
    rf"(?P<base>百|千|[二三四五六七八九十])分之(?P<part>{HAN}+(?:点[零〇一二三四五六七八九]+)?|\d+(?:\.\d+)?)|(?P<half>(?<!每)一半|半数)"
)
TWICE = re.compile(r"翻(?P<times>[一两二三四五\d])?番")
RATIO = re.compile(r"(?<![\d.∶])(?P<left>\d+(?:\.\d+)?)(?P<right>∶\d+(?:\.\d+)?)(?![\d.∶])")
POINTS = re.compile(r"(?<![第十])(?P<number>[一两二三四五六七八九十])(?=个百分点)")
TWO_PLACES = Decimal("0.01")
DIGITS = {"零": "0", "〇": "0", **dict(zip("一二三四五六七八九", "123456789", strict=True))}


class Numeral(NamedTuple):
    """A figure in words; ``unit`` is None where the words behind it say the unit."""

    start: int
    end: int
    value: Decimal
    unit: str | None
    kind: str | None = None
    says: Comparator | None = None


def find_numerals(passage: Passage, start: int, end: int) -> Iterator[Numeral]:
    """Yield the figures of a clause that are not plain digits.

    A share in words is a percentage, as 全部 is 100 %; the value of 2.35∶1 is its first number, ∶1 its unit.

    >>> from kg.extract.indicators.passages import read_passage
    >>> text = "占比达到三分之二，产值翻两番，城乡收入比降至2.35∶1，建成十所学校"
    >>> [(str(n.value), n.unit) for n in find_numerals(read_passage(text, 2025), 0, len(text))]
    [('66.67', '%'), ('2', '番'), ('2.35', '∶1'), ('10', None)]
    """
    shape = passage.shape
    if ANY.search(shape, start, end) is None:
        return
    for match in SHARE.finditer(shape, start, end):
        if (share := _share(match)) is not None:
            yield Numeral(*match.span(), share, "‰" if match["base"] == "千" else "%", "percent")
    for match in TWICE.finditer(shape, start, end):
        yield Numeral(*match.span(), Decimal(_value(match["times"] or "一") or 1), "番", "measure", "+=")
    for match in RATIO.finditer(shape, start, end):
        unit = passage.text[slice(*match.span("right"))]
        yield Numeral(*match.span(), Decimal(match["left"]), unit, "ratio")
    for pattern in (POINTS, *_counts()):
        for match in pattern.finditer(shape, start, end):
            if (value := _value(match["number"])) is not None:
                yield Numeral(*match.span("number"), Decimal(value), None)


def _share(match: re.Match[str]) -> Decimal | None:
    if match["half"]:
        return Decimal(50)
    part = _decimal(match["part"])
    if match["base"] in "百千" or part is None:
        return part
    whole = number_value(match["base"])
    if not whole or part >= whole:
        return None
    share = (100 * part / whole).quantize(TWO_PLACES)
    return Decimal(int(share)) if share == int(share) else share


def _decimal(words: str) -> Decimal | None:
    if words[0].isdigit():
        return Decimal(words)
    whole, _, rest = words.partition("点")
    value = _value(whole)
    if value is None:
        return None
    return Decimal(f"{value}.{''.join(DIGITS[char] for char in rest)}") if rest else Decimal(value)


def _value(words: str) -> int | None:
    return int(words) if words.isdigit() else number_value(words.replace("两", "二"))


@cache
def _counts() -> tuple[re.Pattern[str], ...]:
    return tuple(cue.pattern for cue in load_cues("indicators.toml")["numeral"])
