"""The table of places: provinces, cities, counties by code, with former ones; and how documents' numbers abbreviate them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from kg.errors import KnowledgeError
from kg.model import Level, Region

COUNTRY = "100000"
_TAIL = re.compile(r"(?:维吾尔自治区|特别行政区|自治区|自治州|自治县|自治旗|地区|新区|省|市|盟|县|区|旗)$")
# 土家族苗族自治州 → the place without the peoples: 恩施, 延边
_PEOPLES = re.compile(
    r"(?:壮|回|满|蒙古|藏|彝|苗|侗|土家|布依|朝鲜|哈萨克|维吾尔|柯尔克孜|傣|景颇|傈僳|白|哈尼|羌|黎|瑶|畲|各|锡伯|土|撒拉|保安|东乡|裕固|"
    r"达斡尔|鄂温克|鄂伦春|拉祜|佤|纳西|普米|怒|独龙|布朗|仡佬|水|毛南|仫佬|塔吉克|蒙古)族"
    r"|(?:蒙古|哈萨克|柯尔克孜|锡伯|塔吉克)$"  # 伊犁哈萨克自治州
)


@dataclass(frozen=True, slots=True)
class FormerRegion:
    """A place that is no more, or has another name."""

    region: Region
    until: int  # the last year whose list still had it
    successor: str | None  # code


def short_name(name: str) -> str:
    """Return a place's name without its kind, where two characters are left.

    >>> short_name("石家庄市"), short_name("延边朝鲜族自治州"), short_name("赵县"), short_name("内蒙古自治区")
    ('石家庄', '延边', '赵县', '内蒙古')
    """
    stem = _TAIL.sub("", name)
    if stem != name and (people := _PEOPLES.search(stem)) and people.start() >= 2:
        stem = stem[: people.start()]
    return stem if len(stem) >= 2 else name


@dataclass(frozen=True, slots=True)
class Places:
    """What the table of places holds."""

    regions: Mapping[str, Region]  # today's by code, and those that ended without a successor
    former: tuple[FormerRegion, ...]
    since: Mapping[str, int]  # code of a young place → the first year whose list had it
    romanized: Mapping[str, tuple[str, ...]]  # chizhou → codes


def read_regions(path: Path) -> Places:
    """Return the places that a file lists.

    :raises KnowledgeError: the file is missing, or a row contradicts another.
    """
    regions: dict[str, Region] = {}
    former: list[FormerRegion] = []
    young: dict[str, int] = {}
    romanized: dict[str, tuple[str, ...]] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            lines = csv.reader(file)
            rows = [dict(zip(header, line, strict=False)) for header in (next(lines, []),) for line in lines]
    except FileNotFoundError as error:
        raise KnowledgeError(f"{path.name}: not found in {path.parent}; the program is not whole, install it again") from error
    for number, row in zip(count(2), rows, strict=False):
        try:
            region = Region(row["code"], row["name"], cast(Level, row["level"]), row["parent"] or None)
            until, successor, since, spelt = row["until"], row["successor"] or None, row["since"], row["pinyin"]
        except KeyError as error:
            raise KnowledgeError(f"{path.name}: there is no column {error}; the first line must name all eight") from error
        if until:
            former.append(FormerRegion(region, int(until), successor))
        elif region.code in regions:
            raise KnowledgeError(
                f"{path.name}: {region.code} appears twice (second time on line {number}); give the older one `until`"
            )
        else:
            regions[region.code] = region
            if since:
                young[region.code] = int(since)
            if spelt:
                romanized[spelt] = (*romanized.get(spelt, ()), region.code)
    for old in former:
        if old.successor is None:
            regions.setdefault(old.region.code, old.region)
    for region in regions.values():
        if region.parent is not None and region.parent not in regions:
            raise KnowledgeError(f"{path.name}: {region.code} {region.name} lies in {region.parent}, which is not listed; add it")
    return Places(MappingProxyType(regions), tuple(former), MappingProxyType(young), MappingProxyType(romanized))


def is_same(old: Region, new: Region) -> bool:
    """Say whether a place goes on under another name: by its code, its stem, or 滦县 → 滦州市."""
    stems = short_name(old.name) == short_name(new.name) or (len(old.name) == 2 and old.name[0] == new.name[0])
    return old.level == new.level and (old.code == new.code or stems)


def index_places(regions: Mapping[str, Region], former: Iterable[FormerRegion]) -> Mapping[str, tuple[str, ...]]:
    """Return the codes by full name; for provinces and cities by the short one too."""
    places: dict[str, tuple[str, ...]] = {}
    for region in regions.values():
        if not region.code.isdigit():  # 雄安新区: bodies there are known by what their names look like
            continue
        names = {region.name}
        if region.level in ("province", "prefecture"):
            names.add(short_name(region.name))
        if (autonomous := region.name[-3:]) in ("自治州", "自治县", "自治旗"):  # 恩施州, 木里县, 威宁自治县
            names.update((short_name(region.name) + autonomous[-1], short_name(region.name) + autonomous))
        for name in names:
            places[name] = (*places.get(name, ()), region.code)
    for old in former:
        code = old.successor or old.region.code
        if code not in (known := places.get(old.region.name, ())):
            places[old.region.name] = (*known, code)
    return MappingProxyType(places)


def read_abbreviations(tables: Mapping[str, Any], file: str, regions: Mapping[str, Region]) -> Mapping[str, tuple[str, ...]]:
    """Return the codes that the beginning of a document's number stands for: 冀 → 130000."""
    codes = {region.name: region.code for region in regions.values() if region.level != "county" or not region.code.isdigit()}
    found: dict[str, tuple[str, ...]] = {}
    for table in ("provinces", "cities", "national"):
        try:
            rows, source = tables[table]["places"], tables[table]["source"]
        except KeyError as error:
            raise KnowledgeError(f"{file}: {table}: {error} is missing; add it") from error
        if source not in tables.get("sources", {}):
            raise KnowledgeError(f"{file}: {table} has the source '{source}', which [sources] does not explain; add it")
        for row in rows:
            short, _, name = row.partition(" ")
            if name not in codes:
                raise KnowledgeError(f"{file}: {table} '{row}': '{name}' is no province or city of regions.csv; mend the row")
            found[short] = (*found.get(short, ()), codes[name])
    return MappingProxyType(found)
