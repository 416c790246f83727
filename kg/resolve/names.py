"""What a body's name says: of which place or level, and of which function."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from kg.registry import Registry
from kg.registry.functions import Function, Name
from kg.resolve.prefixes import Parse, pick_place, split_prefix
from kg.resolve.regions import Scope
from kg.resolve.ways import FOR_GROUPS, FROM_THE_WHOLE, WAYS, Found, How, Sort

_JUNK = re.compile(r"[\s“”\"'‘’《》<>*#]|等$|[;；。,，、]+$|^[、,，;；]+")
_LONGEST = 80  # no body has a longer name
_NATIONAL_END = ("部", "总局", "署")
_LOCAL_END = ("总部", "管理部", "营业部", "分署")  # 人民银行上海总部
_NATIONAL_START = (
    "中央", "中共中央", "国家", "国务院", "全国", "中国", "中华", "中宣", "中组", "中编", "中纪", "中办", "中农", "中财",
    "国办", "国管", "国铁", "国新", "最高", "党中央", "央行", "全总", "团中央", "军委", "总参", "总政", "总后", "国防部", "国合",
    "武警部队", "长江", "珠江", "黄河水利", "太湖流域", "长航", "珠航",
)  # fmt: skip
_LOCAL_VERTICAL = ("会",)  # 证监会, 银保监会: their local offices are called 局


@dataclass(frozen=True, slots=True)
class Reading:
    """How a name can be read; ``rest`` is what is left once place and level are off."""

    sort: Sort
    function: str | None  # its key
    kind: str | None  # the key of the open kind or of the group that it belongs to, where it is one
    extra: tuple[str, ...]  # further functions of a compound
    further: tuple[str, ...]  # functions that usually go with it, without making it another body
    mark: str | None  # the level that the name speaks of: "city"; None = elided
    region: str | None  # code of the place in the name
    places: tuple[str, ...]  # of namesakes, all
    rest: str
    name: Name | None
    how: How
    embedded: bool = False  # the place stands inside: 人民银行宿州市中心支行
    short: bool = False  # the place goes without its kind: 兰州 in 兰州新区


def normalize(name: str) -> str:
    """Return a name in the form in which names are compared.

    >>> normalize("各县（市、区） 政府等")
    '各县(市、区)政府'
    """
    return _JUNK.sub(
        "", unicodedata.normalize("NFKC", name).replace("〔", "(").replace("〕", ")").replace("[", "(").replace("]", ")")
    )


def read_name(name: str, scope: Scope, registry: Registry, *, group: bool = False) -> Reading:
    """Return the best reading of a normalised name; ``group`` says that the text marks it as a group or as vague."""
    if len(name) > _LONGEST:
        return _reading(Parse(name), Found(None, sort="unknown"), scope, registry)
    parses = list(split_prefix(name, scope, registry))
    # 市水务集团 is the city's 水务集团, 石家庄循环化工园区 the 循环化工园区 of 石家庄
    marked = sorted((parse for parse in parses if not parse.embedded), key=lambda parse: (parse.mark is None, not parse.places))
    for read in WAYS:
        if read in FOR_GROUPS and not group:
            continue
        for parse in marked if read in FROM_THE_WHOLE else parses:
            if found := read(parse, scope, registry):
                return _reading(parse, found, scope, registry)
    return _reading(parses[-1] if len(parses) > 1 else parses[0], Found(None, sort="unknown"), scope, registry)


def _reading(parse: Parse, found: Found, scope: Scope, registry: Registry) -> Reading:
    region = pick_place(parse.places, scope, registry)
    return Reading(
        found.sort, found.function, found.kind, found.extra, found.further,
        parse.mark, region, parse.places, parse.rest, found.name, found.how, parse.embedded,
        parse.short,
    )  # fmt: skip


def is_central(read: Reading, function: Function) -> bool:
    """Say whether the name means the national body in whatever document: 财政部, 税务总局, 证监会."""
    if read.mark == "national":
        return True
    if read.mark is not None or read.places or read.name is None:
        return False
    text = read.name.text
    if text == function.official.get("national") or (function.kind == "vertical" and function.instances):  # 长江水利委员会
        return True
    if text.startswith(_NATIONAL_START):
        return function.kind not in ("enterprise", "zone")
    if "national" not in function.official:
        return False
    ends = _NATIONAL_END + (_LOCAL_VERTICAL if function.kind == "vertical" else ())
    return function.kind in ("government", "vertical") and text.endswith(ends) and not text.endswith(_LOCAL_END)
