"""Whose document is this: its region, from what it says of itself or what a person states."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.model import Decision, Document, Level, Reading, Region
from kg.registry import COUNTRY, Registry, Statement, short_name
from kg.text import simplify

_HEAD = 1500  # characters in which issuer and addressee stand
_SAMPLE = 60_000  # characters in which places are counted
_HIDDEN = re.compile(r"(?:[XxＸ×✕某]{1,4}|\*{2,4}|○{2,3}|[Xx]{2,3})(?=[省市县区州])")
_LATIN = re.compile(r"[A-Za-z]")
_NATIONAL = re.compile(
    r"^(?:中共中央|党中央|国务院|全国人民代表大会|全国人大|全国政协|中华人民共和国|最高人民|中央"
    r"|国家(?!级|重点)[一-鿿]{2,14}(?:委|局|总局|署|办|部|委员会))"
)
# 各省、自治区、直辖市人民政府，国务院各部委: only the centre writes so
_TO_PROVINCES = re.compile(
    r"^[ 　]*各省(?:、自治区、直辖市|（自治区、直辖市）|（区、市）|\(区、市\))[^\n。:：]{0,160}[:：]", re.M
)
_MARK = re.compile(r"[一-鿿]{2,11}?(?:特别行政区|自治区|自治州|自治县|自治旗|地区|省|市|盟|县|区|旗)")
# 市: which level a unit's mark speaks of
_MINISTRY = re.compile(r"^(?:[一-鿿]{2,12}(?:部|总局|署)|人民银行|发展改革委|国资委|税务总局|国家[一-鿿]{2,12})$")
_PARTY_PART = re.compile(r"(?:组织|宣传|统战|工作|武装|社会工作|作战|指挥|项目|事业|干|司令|发展|建设|事务|总|各|相关)部$")


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a document speaks from: what 市 and 省 mean in it, and which names its year allows."""

    region: Region | None
    level: Level
    year: int | None
    anonymous: str  # stands for the region's code where it is not known
    issuer: str | None = None


def find_region(reading: Reading, registry: Registry, statement: Statement | None) -> tuple[Region | None, Decision]:
    """Return the document's region and why; ``None`` where nothing or too much speaks for one."""
    if statement is not None and statement.region is not None:
        region = registry.regions[statement.region]
        reason = statement.words
        return region, Decision("region", reading.profile.title or statement.file, "stated", region.code, (), reason, 1)
    for codes, mention, why in _evidence(reading, registry):
        if len(codes) == 1:
            region = registry.regions[codes[0]]
            return region, Decision("region", mention, "matched", region.code, (), why, 1)
        if codes:
            names = "、".join("".join(registry.regions[c].name for c in reversed(registry.lineage(code)[:2])) for code in codes)
            return None, Decision("region", mention, "ambiguous", None, codes, f"{why}；同名地方有多个：{names}，未定", 1)
    hidden = _HIDDEN.search(_head(reading))
    reason = "文中地名已隐去（XX市），须由人声明" if hidden else "题目、发文机关、主送机关和正文都没有写明地方"
    return None, Decision("region", reading.profile.title or reading.document.path, "unknown", None, (), reason, 1)


def _evidence(reading: Reading, registry: Registry) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Yield (codes, the words, the reason) from the strongest evidence to the weakest."""
    profile = reading.profile
    for what, words in (("发文机关", profile.issuer), ("题目", profile.title)):
        if not words or _HIDDEN.search(words):
            continue
        if _NATIONAL.match(words) or _is_ministry(words, registry):
            yield (COUNTRY,), words, f"{what}“{_cut(words)}”是国家机关"
        if codes := find_place(words, registry, anywhere=True):
            yield _narrow(codes, reading, registry), words, f"{what}“{_cut(words)}”写明地方"
    if _HIDDEN.search(profile.title or ""):
        return
    head = _head(reading)
    if match := _TO_PROVINCES.search(head):
        yield (COUNTRY,), match[0], f"主送机关“{_cut(match[0])}”，是国家机关的文件"
    yield from _by_count(reading, registry)


def _is_ministry(words: str, registry: Registry) -> bool:
    """Say whether ``words`` open with the name of a ministry, as in 教育部 财政部关于."""
    for end in range(min(len(words), 16), 2, -1):
        for name in registry.names.get(words[:end], ()):
            national = registry.functions[name.function].official.get("national", "")
            if name.text == national or (national and name.text.endswith(("部", "总局", "署"))):
                return True
    return False


def find_place(words: str, registry: Registry, *, anywhere: bool = False) -> tuple[str, ...]:
    """Return the codes of the place that ``words`` open with, its districts too: 石家庄市长安区… is 长安区.

    >>> from kg.registry import load_registry
    >>> find_place("河北省石家庄市长安区教育局", load_registry())
    ('130102',)
    """
    for start in range(len(words) if anywhere else 1):
        codes, end = _place_at(words, start, registry)
        if not codes:
            continue
        while end < len(words):  # 石家庄市 → 长安区
            inner, stop = _place_at(words, end, registry)
            inner = tuple(code for code in inner if any(outer in registry.lineage(code)[1:] for outer in codes))
            if not inner:
                break
            codes, end = inner, stop
        return codes
    return ()


def _place_at(words: str, start: int, registry: Registry) -> tuple[tuple[str, ...], int]:
    for end in range(min(len(words), start + 15), start + 1, -1):
        name = words[start:end]
        codes = registry.places.get(name)
        if codes and COUNTRY not in codes and (len(name) > 2 or _whole(name, words, end, registry)):
            return codes, end
    return (), start


def _whole(name: str, words: str, end: int, registry: Registry) -> bool:
    """Say whether two characters are a place and not the beginning of a longer word: 上海 in 上海银监局, not in 上海路."""
    full = all(registry.regions[code].name == name for code in registry.places[name])
    return full or words[end : end + 1] not in set("路街道口大山河江湖海湾洋话药")


def _narrow(codes: tuple[str, ...], reading: Reading, registry: Registry) -> tuple[str, ...]:
    """Leave those of ``codes`` whose province or city the text names too."""
    if len(codes) < 2:
        return codes
    text = _sample(reading)
    named = tuple(code for code in codes if any(registry.regions[up].name in text for up in registry.lineage(code)[1:-1]))
    return named or codes


def _by_count(reading: Reading, registry: Registry) -> Iterator[tuple[tuple[str, ...], str, str]]:
    counts = count_places(_sample(reading), registry)
    level = level_of_units(reading)
    if level == "national":
        yield (COUNTRY,), "责任单位", "责任单位以国务院部门的名义写出（部、总局），是国家机关的文件"
    fitting = Counter({code: n for code, n in counts.items() if level in (None, _mark_level(registry.regions[code]))})
    for code, number in fitting.most_common(1):
        rivals = [other for other, n in fitting.items() if other != code and n * 2 > number]
        rivals = [other for other in rivals if other not in registry.lineage(code) and code not in registry.lineage(other)]
        region = registry.regions[code]
        if number >= 3 and not rivals:
            yield (code,), region.name, f"正文写到“{region.name}”{number}次，多于其他地方"
        elif level is not None and len(fitting) == 1:
            yield (code,), region.name, f"责任单位属于这一级，正文里这一级的地方只写到“{region.name}”"


def count_places(text: str, registry: Registry) -> Counter[str]:
    """Count the places that ``text`` writes in full (石家庄市); of namesakes, the one whose city or province stands there too."""
    found: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for match in _MARK.finditer(text):
        word = match[0]
        name = next((word[i:] for i in range(len(word) - 2) if word[i:] in registry.places), None)
        if name is not None and len(name) > 2:
            names[name] += 1
    for name, number in names.items():
        codes = [code for code in registry.places[name] if code != COUNTRY]
        if len(codes) > 1:
            codes = [code for code in codes if any(registry.regions[up].name in names for up in registry.lineage(code)[1:-1])]
        if len(codes) == 1:
            found[codes[0]] += number
    return found


def level_of_units(reading: Reading) -> Level | None:
    """Return the level that most units' names speak of, where they do: 市发改委 is a city's."""
    names = [unit.name for task in reading.tasks for unit in task.units if not unit.inherited]
    marks = Counter(name[0] for name in names if name[:1] in "省市区县州" and len(name) > 2)
    ministries = sum(bool(_MINISTRY.match(name)) and not _PARTY_PART.search(name) for name in names)
    if ministries >= 3 and ministries > sum(marks.values()):
        return "national"
    if not marks or (top := marks.most_common(1)[0])[1] < 3:
        return None
    return {"省": "province", "市": "prefecture", "州": "prefecture", "区": "county", "县": "county"}[top[0]]  # type: ignore[return-value]


def _mark_level(region: Region) -> Level:
    """Return the level at which a region is called 市, 省 or 区: Shanghai says 市."""
    return "prefecture" if region.level == "province" and region.name.endswith("市") else region.level


@lru_cache(maxsize=64)
def short_places(registry: Registry, code: str) -> dict[str, str]:
    """Return the short names of the counties in and around a region: 长安 → 130102."""
    prefix = code[:2] if code.endswith("0000") else code[:4]
    return {short_name(r.name): r.code for r in registry.regions.values() if r.level == "county" and r.code.startswith(prefix)}


def name_on(region: Region, year: int | None, registry: Registry) -> str:
    """Return what the place was called in that year: 襄樊市 until 2010."""
    if year is not None:
        for old in registry.former:
            if old.region.code == region.code and old.successor == region.code and year <= old.until:
                return old.region.name
    return region.name


def state_for(document: Document, statements: Iterable[Statement]) -> Statement | None:
    """Return what a person states about exactly this source."""
    return next((s for s in statements if s.sha256 == document.sha256), None)


def _head(reading: Reading) -> str:
    return unicodedata.normalize("NFC", _sample(reading)[:_HEAD])


def _sample(reading: Reading) -> str:
    return _simplified(reading.document.text[:_SAMPLE])


@lru_cache(maxsize=4)
def _simplified(text: str) -> str:
    return simplify(text)


def _cut(words: str, length: int = 24) -> str:
    return words if len(words) <= length else words[:length] + "…"
