"""Whose document is this: its region, from what it says of itself or what a person states."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import PurePosixPath

from kg.cues import pattern
from kg.model import Decision, Document, Level, Reading, Region
from kg.registry import COUNTRY, Registry, Statement, short_name
from kg.resolve.marks import is_towns, mark_of, of_mark, sample_of
from kg.resolve.places import (
    common_parent,
    count_inner,
    count_names,
    count_places,
    find_all_places,
    find_by_number,
    find_in_file_name,
    find_place,
    is_alive,
)
from kg.text import simplify

__all__ = ["Scope", "count_places", "find_place", "find_region", "name_on", "short_places", "state_for"]

Clue = tuple[tuple[str, ...], str, str]  # codes, the words, the reason

_HEAD = 1500  # characters in which issuer and addressee stand
_LINES = 8  # in which a report says so
_OPENING = 60  # characters in which a report says whom it is about
_HIDDEN = re.compile(r"(?:[XxＸ×✕某]{1,4}|\*{2,4}|○{2,3}|[Xx]{2,3})(?=[省市县区州])")


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a document speaks from: what 市 and 省 mean in it, and which names its year allows."""

    region: Region | None
    level: Level
    year: int | None
    anonymous: str  # stands for the region's code where it is not known
    issuer: str | None = None


def find_region(reading: Reading, registry: Registry, statement: Statement | None) -> tuple[Region | None, Decision]:
    """Return the document's region and why; ``None`` where nothing or too much speaks for one.

    Evidence is asked from the strongest to the weakest. What names several places of one name stays open, and only a
    weaker clue to one of them closes it.
    """
    if statement is not None and statement.region is not None:
        region = registry.regions[statement.region]
        reason = statement.words
        return region, Decision("region", reading.profile.title or statement.file, "stated", region.code, (), reason, 1)
    waiting: Clue | None = None
    for codes, mention, why in _evidence(reading, registry):
        if waiting is not None:
            codes = tuple(c for c in waiting[0] if any(c == code or code in registry.lineage(c) for code in codes))
            mention, why = waiting[1], f"{waiting[2]}；{why}"
        if len(codes) == 1:
            region = _as_called(registry.regions[codes[0]], mention, reading, registry)
            return region, Decision("region", mention, "matched", region.code, (), why, 1)
        waiting = waiting or (codes, mention, why)
    for codes, mention, why in _by_sound(reading, registry):
        if len(codes) == 1 and (waiting is None or codes[0] in waiting[0]):  # a guess, for a person to confirm
            region = _as_called(registry.regions[codes[0]], mention, reading, registry)
            return region, Decision("region", mention, "unknown", region.code, codes, why, 1)
        waiting = waiting or (codes, mention, why)
    if waiting is not None:
        codes, mention, why = waiting
        names = "、".join("".join(registry.regions[c].name for c in reversed(registry.lineage(code)[:2])) for code in codes)
        return None, Decision("region", mention, "ambiguous", None, codes, f"{why}；同名地方有多个：{names}，未定", 1)
    hidden = _HIDDEN.search(_head(reading))
    reason = "文中地名已隐去（XX市），须由人声明" if hidden else "题目、发文机关、主送机关和正文都没有写明地方"
    if is_towns(reading):
        reason = "乡镇、街道的文件，正文没有写明属于哪个县（市、区）"
    return None, Decision("region", reading.profile.title or reading.document.path, "unknown", None, (), reason, 1)


def _evidence(reading: Reading, registry: Registry) -> Iterator[Clue]:
    """Yield clues from the strongest to the weakest."""
    profile = reading.profile
    if is_towns(reading):
        yield from _of_town(reading, registry)
        return
    for what, words in (("发文机关", profile.issuer), ("题目", profile.title)):
        if words and not _HIDDEN.search(words):
            yield from _by_words(what, words, reading, registry)
            if what == "发文机关" and profile.number:
                yield from _by_number(profile.number, reading, registry)
    if _HIDDEN.search(profile.title or ""):
        return
    if profile.number and not profile.issuer:
        yield from _by_number(profile.number, reading, registry)
    yield from _by_addressee(reading, registry)
    yield from _by_opening(reading, registry)
    yield from _by_count(reading, registry)
    if profile.title and mark_of(reading) in (None, "国") and pattern("region", "national_title").search(profile.title):
        yield (COUNTRY,), profile.title, f"题目“{_cut(profile.title)}”不冠地名，是国家的文件"
    yield from _by_file(simplify(PurePosixPath(reading.document.path).stem), reading, registry)


def _of_town(reading: Reading, registry: Registry) -> Iterator[Clue]:
    """Yield the county that a town's issuer, title or text names in full; nothing else of it is the town's place."""
    for what, words in (("发文机关", reading.profile.issuer), ("题目", reading.profile.title)):
        codes = find_place(words or "", registry, anywhere=True)
        if words and codes and any(registry.regions[code].name in words for code in codes):
            yield _narrow(codes, reading, registry), words, f"{what}“{_cut(words)}”写明地方"
    counties = [code for code in count_places(sample_of(reading), registry) if registry.regions[code].level == "county"]
    if len(counties) > 1 and reading.profile.number:
        counties = [code for code in counties if code in find_by_number(reading.profile.number, registry)]
    if len(counties) == 1:
        name = registry.regions[counties[0]].name
        yield tuple(counties), name, f"乡镇、街道的文件，正文里县一级的地方只写到“{name}”"


def _by_file(stem: str, reading: Reading, registry: Registry) -> Iterator[Clue]:
    """Yield the place that the source's file name has in words."""
    if pattern("region", "file_title").search(stem) and (codes := find_place(stem, registry, anywhere=True)):
        yield _narrow(codes, reading, registry), stem, f"文中没有写明地方；源文件名“{_cut(stem)}”里有"


def _by_sound(reading: Reading, registry: Registry) -> Iterator[Clue]:
    """Yield the place that the source's file name spells in pinyin: the weakest clue, and no more than a guess."""
    stem = simplify(PurePosixPath(reading.document.path).stem)
    codes = of_mark(find_in_file_name(stem, registry), mark_of(reading), registry)
    if codes and not is_towns(reading) and not _HIDDEN.search(reading.profile.title or ""):
        yield _narrow(codes, reading, registry), stem, f"文中没有写明地方；只凭源文件名“{_cut(stem)}”里的拼音，须由人确认"


def _by_words(what: str, words: str, reading: Reading, registry: Registry) -> Iterator[Clue]:
    """Yield what an issuer or a title says: a national body, or the place that it names first."""
    body = re.split(r"关于|[ 　、，]|(?:印发|转发|发布)", words)[0]
    if (pattern("region", "national_body").search(words) or is_ministry(words, registry)) and not find_place(
        body, registry, anywhere=True
    ):  # 国家税务总局石家庄市税务局 is the city's
        yield (COUNTRY,), words, f"{what}“{_cut(words)}”是国家机关"
    if codes := find_place(words, registry, anywhere=True):
        yield _narrow(codes, reading, registry), words, f"{what}“{_cut(words)}”写明地方"


def is_ministry(words: str, registry: Registry) -> bool:
    """Say whether ``words`` open with the name of a ministry, as in 教育部 财政部关于."""
    for end in range(min(len(words), 16), 2, -1):
        for name in registry.names.get(words[:end], ()):
            national = registry.functions[name.function].official.get("national", "")
            if name.text == national or (national and name.text.endswith(("部", "总局", "署"))):
                return True
    return False


def _by_number(number: str, reading: Reading, registry: Registry) -> Iterator[Clue]:
    """Yield the place that a number's abbreviation stands for, where the text names it or nothing else has it."""
    codes = find_by_number(number, registry)
    if not codes:
        return
    if codes == (COUNTRY,):
        yield codes, number, f"发文字号“{number}”是国家机关的"
        return
    marked = of_mark(codes, mark_of(reading), registry)
    named = _named_in(marked, sample_of(reading), registry)
    if len(named) == 1:
        yield named, number, f"发文字号“{number}”的简称合于{registry.regions[named[0]].name}，正文写到该地"
    elif not named and codes[0] in marked and (len(codes) == 1 or codes[0] in registry.abbreviations.get(number[:1], ())):
        yield codes[:1], number, f"发文字号“{number}”的简称合于{registry.regions[codes[0]].name}"


def _named_in(codes: tuple[str, ...], text: str, registry: Registry) -> tuple[str, ...]:
    """Leave the places that ``text`` names in full, else those whose name without its kind stands there most."""
    names = count_names(text, registry)
    if full := tuple(code for code in codes if registry.regions[code].name in names):
        return full
    counts = {code: text.count(short_name(registry.regions[code].name)) for code in codes}
    best = max(counts.values(), default=0)
    return tuple(code for code in codes if counts[code] and counts[code] * 2 > best)


def _by_addressee(reading: Reading, registry: Registry) -> Iterator[Clue]:
    """Yield whom the document is for: the provinces, or places that one region holds."""
    head = _head(reading)
    if match := pattern("region", "to_provinces").search(head):
        yield (COUNTRY,), match[0], f"主送机关“{_cut(match[0])}”，是国家机关的文件"
        return
    match = pattern("region", "addressee").search(head)
    places = list(find_all_places(match[0], registry)) if match else []
    if match and len(places) > 1 and (parent := common_parent(places, registry)):
        yield (parent,), match[0], f"主送机关“{_cut(match[0])}”都在{registry.regions[parent].name}"


def _by_opening(reading: Reading, registry: Registry) -> Iterator[Clue]:
    """Yield whom a report speaks of first: 近日，生态环境部……."""
    lines = [line.strip() for line in _head(reading).splitlines() if line.strip()][:_LINES]
    match = next((m for line in lines if (m := pattern("region", "opening").match(line[:_OPENING]))), None)
    report = next((m for line in lines[:3] if (m := pattern("profile", "report").search(line))), None)
    if report and match is None and len(report.string) < _OPENING and (codes := find_place(report[0], registry)):
        yield _narrow(codes, reading, registry), report.string, f"标题行“{_cut(report.string)}”写明地方"
    speech = next(
        (m for line in _head(reading).splitlines()[:8] if (m := pattern("profile", "delivered").search(line.strip()))), None
    )
    if speech and (codes := find_place(speech["where"], registry)):
        yield _narrow(codes, reading, registry), speech["where"], f"在“{speech['where']}”的会议上所作"
    if match and (pattern("region", "national_body").search(match["who"]) or is_ministry(match["who"], registry)):
        yield (COUNTRY,), match["who"], f"开头写的“{_cut(match['who'], 12)}”是国家机关"
    elif match and (codes := find_place(match["who"], registry)):
        yield _narrow(codes, reading, registry), match["who"], f"开头写的“{_cut(match['who'], 12)}”写明地方"


def _narrow(codes: tuple[str, ...], reading: Reading, registry: Registry) -> tuple[str, ...]:
    """Leave those of ``codes`` that were there in the document's year, and whose city or province the text speaks of most."""
    if len(codes) < 2:
        return codes
    alive = tuple(code for code in codes if is_alive(registry.regions[code], _year(reading), registry))
    codes = alive or codes
    text = sample_of(reading)
    named: dict[str, int] = {}
    for code in codes:
        above = [registry.regions[up] for up in registry.lineage(code)[1:-1]]
        named[code] = sum(text.count(short_name(up.name)) * (2 if up.level == "prefecture" else 1) for up in above)
    if not any(named.values()):
        inner = count_inner(text, registry)  # 桥西区 beside it: the city that has both
        named = {code: inner.get(registry.regions[code].parent or "", 0) - 1 for code in codes}
    if not any(number > 0 for number in named.values()) and reading.profile.number:
        letters = find_by_number(reading.profile.number, registry)
        named = {code: len(set(registry.lineage(code)) & set(letters)) for code in codes}
    best = max(named.values())
    leading = tuple(code for code in codes if named[code] * 2 > best) if best > 0 else ()
    return leading or codes


def _by_count(reading: Reading, registry: Registry) -> Iterator[Clue]:
    """Yield the place of which the text says most; it must be called what the text calls itself (我市, 市发改委)."""
    text = sample_of(reading)
    counts = count_places(text, registry)
    mark = mark_of(reading)
    if mark == "国":
        yield (COUNTRY,), "责任单位", "责任单位以国务院部门的名义写出（部、总局），是国家机关的文件"
        return
    fitting = Counter({code: n for code, n in counts.items() if of_mark((code,), mark, registry)})
    for code, number in fitting.most_common(1):
        rivals = [other for other, n in fitting.items() if other != code and n * 2 > number]
        rivals = [other for other in rivals if other not in registry.lineage(code) and code not in registry.lineage(other)]
        region = registry.regions[code]
        if number >= 3 and not rivals:
            yield (code,), region.name, f"正文写到“{region.name}”{number}次，多于其他地方"
        elif mark is not None and len(fitting) == 1:
            yield (code,), region.name, f"文中自称“{mark}”，正文里这一级的地方只写到“{region.name}”"
    inner = Counter({code: n for code, n in count_inner(text, registry).items() if n >= 3 and of_mark((code,), mark, registry)})
    for code, number in inner.most_common(1):
        if mark is not None and all(
            n * 2 <= number for other, n in inner.items() if other not in (code, *registry.lineage(code))
        ):
            yield (code,), registry.regions[code].name, f"正文写到{registry.regions[code].name}所辖的{number}个地方"


def _as_called(region: Region, mention: str, reading: Reading, registry: Registry) -> Region:
    """Return the region under the name that it had in the document's year: 静海县 in 2012."""
    gone = [old for old in registry.former if old.successor == region.code and old.region.name in mention]
    gone = [old for old in gone if (_year(reading) or 0) <= old.until + 1 and old.region.level == region.level]
    return replace(region, name=gone[0].region.name if gone else name_on(region, _year(reading), registry))


@lru_cache(maxsize=64)
def short_places(registry: Registry, code: str) -> dict[str, str]:
    """Return the short names of the counties in and around a region: 长安 → 130102."""
    prefix = code[:2] if code[2:6] == "0000" else code[:4]
    return {short_name(r.name): r.code for r in registry.regions.values() if r.level == "county" and r.code.startswith(prefix)}


def name_on(region: Region, year: int | None, registry: Registry) -> str:
    """Return what the place was called in that year: 襄樊市 until 2010, 密云县 until 2015."""
    if year is not None and region.code in registry.regions:
        former = [old for old in registry.former_names(region.code) if year <= old.until]
        if former:
            return min(former, key=lambda old: old.until).region.name
    return region.name


def state_for(document: Document, statements: Iterable[Statement]) -> Statement | None:
    """Return what a person states about exactly this source."""
    return next((s for s in statements if s.sha256 == document.sha256), None)


def _year(reading: Reading) -> int | None:
    profile = reading.profile
    number = re.search(r"[〔\[［(（](20\d\d)", profile.number or "")
    return int(profile.date[:4]) if profile.date else int(number[1]) if number else profile.period[0] if profile.period else None


def _head(reading: Reading) -> str:
    return unicodedata.normalize("NFC", sample_of(reading)[:_HEAD])


def _cut(words: str, length: int = 24) -> str:
    return words if len(words) <= length else words[:length] + "…"
