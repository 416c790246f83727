"""What a name means that is no body's: a group of bodies (各县（市、区）政府), or nobody in particular (有关部门)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from kg.model import Organization, Region
from kg.registry import Registry
from kg.registry.functions import Function, Generic
from kg.resolve.names import Reading, normalize
from kg.resolve.regions import Scope

_OPEN_BRACKET = re.compile(r"\([^()]*$")
_ADMINISTRATION = re.compile(r"(?:党工委|管委会|管理委员会|管委)$")
# 省直有关单位, 市政府各部门: whose they are, though the words are read as they stand
_WHOSE = re.compile(r"^(?:(国务院|国家|中央)|(省)|([市州盟])|([县区旗]))(?:直|级(?!以上|市)|属|政府|有关|相关|各|委|$)")
_LEVELS = ("national", "province", "city", "county")
_ALL_BELOW: Mapping[str, str] = {
    "镇": "township-governments", "乡": "township-governments", "街": "subdistricts", "区": "districts", "县": "counties",
    "旗": "counties", "市": "prefecture-governments", "州": "prefecture-governments", "盟": "prefecture-governments",
    "省": "provincial-governments",
}  # fmt: skip


def mark_of_group(name: str) -> str | None:
    """Return the level whose group it is, where the words say it: "province" for 省直有关单位.

    >>> mark_of_group("省级有关单位"), mark_of_group("市属国有企业"), mark_of_group("县级以上人民政府"), mark_of_group("各部门")
    ('province', 'city', None, None)
    """
    match = _WHOSE.match(normalize(name))
    return None if match is None else _LEVELS[(match.lastindex or 1) - 1]


def build_group(name: str, read: Reading, place: str, region: Region | None, registry: Registry) -> Organization:
    """Return the group that a name stands for in a place.

    Words for nobody in particular are one group of a place, the others are called as they are written.
    """
    generic = next((generic for generic in registry.generics if generic.key == read.kind), None)
    words = _words(name, read)
    key, label = read.kind or f"x-{_digest(read.rest)}", words
    if read.function is not None:
        label = f"{registry.functions[read.function].zh}部门"
    elif generic is not None:
        key, label = _named(generic, words)
    return _group(f"{place}/generic/{key}", label, name, read.function, region)


def build_each(name: str, function: Function, read: Reading, scope: Scope) -> Organization:
    """Return 区教育局 in a city's document: each district's, not one."""
    text, code = normalize(name).removeprefix("中共"), scope.region.code if scope.region else scope.anonymous
    if function.key == "government":
        key = _ALL_BELOW.get(text[0], "county-governments")
        return _group(f"{code}/generic/{key}", f"各{_full_width(text)}", name, None, scope.region)
    key = f"{read.mark}-{function.key}"
    return _group(f"{code}/generic/{key}", f"各{_full_width(text)}", name, function.key, scope.region)


def _named(generic: Generic, words: str) -> tuple[str, str]:
    if generic.vague:
        return generic.key, generic.zh
    return (f"{generic.key}-{_digest(_ADMINISTRATION.sub('', words))}" if generic.own else generic.key), words


def _words(name: str, read: Reading) -> str:
    """Return what the text says, without the place where it is said apart."""
    apart = read.region is not None or (read.mark is not None and read.rest.startswith(("各", "有关", "相关", "所有")))
    return _full_width(read.rest if apart and read.rest else normalize(name))


def _full_width(text: str) -> str:
    return _OPEN_BRACKET.sub("", text).replace("(", "（").replace(")", "）").replace(",", "，")


def _group(key: str, label: str, name: str, function: str | None, region: Region | None) -> Organization:
    if region is not None and region.level != "national":
        label = f"{label}（{region.name}）"
    return Organization(key, label, (name,), "generic", function, region.code if region else None)


def _digest(text: str) -> str:
    return hashlib.sha256(normalize(text).encode()).hexdigest()[:10]
