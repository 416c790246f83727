"""What a document calls itself: 市 by its units or by 我市, 国 where ministries are its units, a town's by its title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from kg.cues import pattern
from kg.model import Level, Reading
from kg.registry import Registry
from kg.text import simplify

SAMPLE = 60_000  # characters in which places and marks are counted
_MINISTRY = re.compile(r"^(?:[一-鿿]{2,12}(?:部|总局|署)|人民银行|发展改革委|国资委|税务总局|国家[一-鿿]{2,12})$")
_PARTY_PART = re.compile(r"(?:组织|宣传|统战|工作|武装|社会工作|作战|指挥|项目|事业|干|司令|发展|建设|事务|总|各|相关)部$")
_LEVELS: dict[str, Level] = {
    **dict.fromkeys("省", "province"), **dict.fromkeys("市州盟", "prefecture"), **dict.fromkeys("区县旗", "county"),
}  # fmt: skip


def mark_of(reading: Reading) -> str | None:
    """Return what the document calls itself: 市 by its units (市发改委) or by 我市, 全市; 国 where ministries are its units."""
    names = [unit.name for task in reading.tasks for unit in task.units if not unit.inherited]
    marks = Counter(name[0] for name in names if name[:1] in _LEVELS and len(name) > 2)
    ministries = sum(bool(_MINISTRY.match(name)) and not _PARTY_PART.search(name) for name in names)
    if ministries >= 3 and ministries > sum(marks.values()):
        return "国"
    if marks and (top := marks.most_common(1)[0])[1] >= 3:
        return top[0]
    own = Counter(match["mark"] for match in pattern("region", "own").finditer(sample_of(reading)))
    ranked = own.most_common(2)
    clear = bool(ranked) and ranked[0][1] >= 2 and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1])
    return ranked[0][0] if clear else None


def level_of_units(reading: Reading) -> Level | None:
    """Return the level that the document calls itself by: 市发改委 is a city's."""
    mark = mark_of(reading)
    return None if mark is None else "national" if mark == "国" else _LEVELS[mark]


def of_mark(codes: Iterable[str], mark: str | None, registry: Registry) -> tuple[str, ...]:
    """Leave the places that call themselves so: 我市 is a prefecture, a municipality or a county-level city."""
    return tuple(code for code in codes if mark is None or registry.regions[code].name.endswith(mark))


def is_towns(reading: Reading) -> bool:
    """Say whether the document is a town's, a township's or a subdistrict's: by its issuer, its title, or 我镇, 全乡."""
    profile = reading.profile
    if any(words and pattern("region", "town").search(words) for words in (profile.issuer, profile.title)):
        return True
    text = sample_of(reading)
    towns = sum(1 for _ in pattern("region", "own_town").finditer(text))
    return towns >= 2 and towns > sum(1 for _ in pattern("region", "own").finditer(text))


def sample_of(reading: Reading) -> str:
    """Return the part of the text in which places are counted, in simplified characters."""
    return _simplified(reading.document.text[:SAMPLE])


@lru_cache(maxsize=4)
def _simplified(text: str) -> str:
    return simplify(text)
