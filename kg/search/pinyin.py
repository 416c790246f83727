"""How Chinese names sound, so that fgw finds 发改委 and 重庆 stands under cq, as its people say it."""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache

from kg import data
from kg.search.fold import fold

READINGS = data.SEEDS / "readings.csv"
_RUNS = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]+")
_SMALL = re.compile("[a-z]+")
_MANY = 200_000  # unique names that are kept: those of 1,000 documents and more


@lru_cache(_MANY)
def spell(text: str) -> str:
    """Return how a text sounds, each syllable with a capital: a letter or digit of its own is one, too.

    Phrases decide: 行 is hang in a bank and xing in what is carried out.

    >>> spell("重庆银行"), spell("PM2.5浓度"), spell("推行河长制")
    ('ChongQingYinHang', 'PM25NongDu', 'TuiXingHeZhangZhi')
    """
    return "".join(run.upper() if run.isascii() else _sound(run) for run in _RUNS.findall(fold(text)))


def initials(text: str) -> str:
    """Return the first letters of a text's syllables, in small letters.

    >>> initials("石家庄市发改委"), initials("长三角一体化")
    ('sjzsfgw', 'csjyth')
    """
    return _SMALL.sub("", spell(text)).lower()


def _sound(run: str) -> str:
    _know_phrases()
    from pypinyin import lazy_pinyin  # late: 0.2 s

    return "".join(syllable.capitalize() for syllable in lazy_pinyin(run))


@cache
def _know_phrases() -> None:
    """Teach the library the phrases that it reads wrongly, or does not know."""
    from pypinyin import load_phrases_dict

    with READINGS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    load_phrases_dict({row["words"]: [[syllable] for syllable in row["pinyin"].split()] for row in rows})
