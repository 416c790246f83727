"""The ways to read a name without its place, from the surest to the loosest."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from kg.registry import Registry
from kg.registry.functions import Name, compile_pattern
from kg.resolve.compounds import find_stem, find_topic, split_compound, stems
from kg.resolve.prefixes import Parse
from kg.resolve.regions import Scope

Sort = Literal["function", "generic", "unknown"]
How = Literal["name", "compound", "part", "pattern", "place", "topic"]

_PARTY = re.compile(r"^(?:党?委(?:员会)?(?:[、和]?(?:省|市|区|县|州)?(?:人民)?政府)?|(?:人民)?政府)(?=.{2})")
_BRACKET = re.compile(r"\([^()]*\)$|\([^()]*$|\([^()]*\)(?=(?:局|委|办)$)")
_TEAM = re.compile(r"^(?:综合|行政)*(?:执法|监察|稽查|督察)(?:大队|支队|中队|总队|队)$")  # of any bureau
_PLAIN_OFFICE = re.compile(r"^(?!.*(?:领导小组|指挥部|委员会|专班|联席会议)).{2,6}办$")
_OWN_OFFICE = ("改革办",)  # with the place before it the party's, else an office of a zone or a town
_IN_BRACKET = re.compile(r"\((?:[省市区县州盟旗](?=.{3}))?([^()]+)\)?$")
_MEMBERS = re.compile(r"各?成员(?:单位)?$|办公室$")
_BUREAU = re.compile(r"(?:局|委|厅|署|委员会)$")
_WHOLE = re.compile(r"(?:局|委|厅|部|办|委员会|院|府|总社|联|军分区|警备区)$")  # what has parts: 公安局治安支队
_PART = re.compile(r"(?:[队所站处科股室局院校馆库台段司部办组会厅署园场委]|中心|机构|单位|机关|公司|基地|分行|支行|小区)$")
_GROUPS = ("各", "有关", "相关", "全市", "全县", "全区", "全省")
_CENTRE = re.compile(r"(?:中心|所|站|院|馆|总队|支队|大队|队|处|段|台|集团|公司|企业|基金会|学校|科|股)$")
# 财政部门, 各级公安机关: every office of the function, none in particular
_OFFICES = re.compile(
    r"^(?:县级以上|地方|各级|各地|各|有关|相关)*(.{2,12}?)(?:行政主管|主管|行政管理|行政|监督管理|监管|管理|执法)?(?:部门|机关)$"
)


@dataclass(frozen=True, slots=True)
class Found:
    """What one way of reading makes of a name without its place; the words are those of ``Reading``."""

    function: str | None
    name: Name | None = None
    how: How = "name"
    kind: str | None = None
    extra: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    sort: Sort = "function"


def is_centre(text: str) -> bool:
    """Say whether a name is a centre's or a team's rather than an office's: 大数据中心 beside 数据局.

    >>> is_centre("大数据中心"), is_centre("数据局"), is_centre("生态环境局")
    (True, False, False)
    """
    return bool(_CENTRE.search(text))


def is_team(text: str) -> bool:
    """Say whether a name is that of a team that any bureau can have: 执法大队, but not 城管执法大队."""
    return bool(_TEAM.match(text))


def _offices(parse: Parse, scope: Scope, registry: Registry) -> Found | None:
    """Read 财政部门 as any finance office, 市财政部门 as the city's."""
    if (match := _OFFICES.match(parse.rest)) is None or (function := stems(registry).get(match[1])) is None:
        return None
    if parse.plain:
        return Found(function, how="pattern", kind=f"{function}-offices", sort="generic")
    return Found(function, Name(parse.rest, function)) if match.start(1) == 0 else None


def _exact(parse: Parse, scope: Scope, registry: Registry) -> Found | None:
    rest = parse.rest
    for text in dict.fromkeys(
        (rest, _PARTY.sub("", rest), rest.removesuffix("机关"), rest.removesuffix("党组"), rest.removesuffix("(本级)"))
    ):
        if names := registry.names.get(text):
            name = _valid(names, parse, scope, registry)
            if (text == "委" and parse.plain) or (text in _OWN_OFFICE and parse.plain) or (rest != text and text == "政府"):
                continue
            (_, *more), further = split_compound(text, registry, name.function, scope.year) or (("",), ())
            return Found(name.function, name, further=(*more, *further))
    return None


def _valid(names: tuple[Name, ...], parse: Parse, scope: Scope, registry: Registry) -> Name:
    """Return the name that held in the document's year; a level mark speaks against a central office."""
    if len(names) > 1 and scope.year is not None:
        fitting = [n for n in names if (n.since is None or n.since <= scope.year) and (n.until is None or scope.year <= n.until)]
        names = tuple(fitting) or names
    if len(names) > 1:  # 市金融监管局 is the city's own, 金融监管局 in a national document and 上海金融监管局 the centre's
        central = parse.short or (parse.plain and scope.level == "national")
        names = tuple(n for n in names if (registry.functions[n.function].kind == "vertical") == central) or names
    return names[0]


def _bracketless(parse: Parse, scope: Scope, registry: Registry) -> Found | None:
    """Read 农业农村局(乡村振兴局): the second plate goes with the first."""
    short = _BRACKET.sub("", parse.rest)
    if short == parse.rest or len(short) < 2:
        return None
    if (found := _exact(Parse(short, parse.mark, parse.places), scope, registry)) is None:
        return None
    second = _second_plate(parse, scope, registry)
    return replace(found, further=(*found.further, second.function)) if second and second.function else found


def _second_plate(parse: Parse, scope: Scope, registry: Registry) -> Found | None:
    """Read 治水办(河长办) by what stands in the bracket, where nothing before it is known."""
    if parse.rest.startswith(_GROUPS) or (inside := _IN_BRACKET.search(parse.rest)) is None:
        return None
    return _exact(Parse(inside[1], parse.mark or "city", parse.places), scope, registry)


def _generic(parse: Parse, scope: Scope, registry: Registry) -> Found | None:
    if parse.places and not parse.rest.startswith(("各", "有关", "相关")):
        return None
    for generic in registry.generics:
        if generic.at and scope.level not in (*generic.at, "unknown"):
            continue
        if compile_pattern(generic.pattern).search(parse.rest):
            return Found(None, how="pattern", kind=generic.key, sort="generic")
    return None


def _whole_place(parse: Parse, scope: Scope, registry: Registry) -> Found | None:
    return Found("government", how="place") if parse.places and not parse.rest else None


def _as_group(parse: Parse, scope: Scope, registry: Registry) -> Found | None:
    if (found := _pattern(parse, scope, registry)) and found.kind == "temporary-office":
        return found
    return Found(None, sort="generic")


def _compound(parse: Parse, scope: Scope, registry: Registry) -> Found | None:
    """Read 教体局, 科技和工业信息化局, 农林水务局: several functions in one body."""
    if (found := split_compound(parse.rest, registry, year=scope.year)) is None:
        return None
    (first, *more), further = found
    return Found(first, how="compound", extra=tuple(more), further=further)


def _two_plates(parse: Parse, scope: Scope, registry: Registry) -> Found | None:
    """Read 委社会工委市民政局: one office with a party plate and a government's, written without a comma."""
    for cut in range(2, len(parse.rest) - 2):
        if parse.rest[cut] in "省市区县州盟旗" and parse.mark is not None:
            first = _exact(Parse(parse.rest[:cut], parse.mark), scope, registry)
            other = _exact(Parse(parse.rest[cut + 1 :], parse.mark), scope, registry) if first else None
            if first and other and first.function and other.function and first.function != other.function:
                if registry.functions[first.function].kind == "party":
                    first, other = other, first
                return Found(first.function, first.name, further=(other.function or "",))
    return None


def _other_end(parse: Parse, scope: Scope, registry: Registry) -> Found | None:
    """Read 水务处, 住建办: a known stem with an end that the table does not list."""
    function = None if _TEAM.match(parse.rest) else find_stem(parse.rest, registry)
    return Found(function, Name(parse.rest, function, own=is_centre(parse.rest))) if function else None


def _office(parse: Parse, scope: Scope, registry: Registry) -> Found | None:
    """Read 泉城海关, 水利部长江水利委员会: an office known by its own name or with its ministry's before it."""
    rest = parse.rest
    for start in range(1, len(rest) - 1):
        for name in registry.names.get(rest[start:], ()):
            function = registry.functions[name.function]
            if (function.kind == "vertical" or function.key == "power-supply") and (len(name.text) > 2 or name.text == "海关"):
                return Found(function.key, Name(rest, function.key, own=True), "part")
    return None


def _in_zone(parse: Parse, scope: Scope, registry: Registry) -> Found | None:
    """Read 高新区财政局: the zone's own office, not the city's."""
    rest = parse.rest
    for cut in range(2, len(rest) - 2):
        if rest[cut - 1] in "区园城" and _is_zone(rest[:cut], registry):
            inner = Parse(rest[cut:].removeprefix("管委会"))
            found = _exact(inner, scope, registry) or _compound(inner, scope, registry) or _other_end(inner, scope, registry)
            if found and found.function and registry.functions[found.function].kind != "zone":
                return Found(found.function, Name(rest, found.function, own=True), "part", further=found.extra + found.further)
    return None


def _is_zone(words: str, registry: Registry) -> bool:
    names = registry.names.get(words, ())
    if any(registry.functions[name.function].kind == "zone" for name in names):
        return True
    zone = registry.functions.get("named-zone")
    return zone is not None and bool(zone.pattern) and bool(compile_pattern(zone.pattern or "").search(words))


def _topic(words: str, registry: Registry) -> str | None:
    """Return what a leading group is there for; 安委会各成员单位 by the name of what they are members of."""
    members = registry.names.get(_MEMBERS.sub("", words), ())
    return None if words in _OWN_OFFICE else members[0].function if members else find_topic(words, registry)


def _sort_of_zone(words: str, registry: Registry) -> str | None:
    """Return 高新区 for 东湖高新区管委会; 开发区 alone says nothing more than that it is a zone."""
    for start in range(1, len(words) - 2):
        for name in registry.names.get(words[start:], ()):
            if registry.functions[name.function].kind == "zone" and name.function != "development-zone":
                return name.function
    return None


def _part(parse: Parse, scope: Scope, registry: Registry) -> Found | None:
    """Read 公安局治安支队, 生态环境局长安分局: a part of a known body."""
    rest = parse.rest
    for end in range(len(rest) - 2, 2, -1):
        names = registry.names.get(rest[:end])
        if names and names[0].function != "government" and _is_part(rest, end):
            return Found(names[0].function, Name(rest, names[0].function, own=True), "part")
    return None


def _is_part(words: str, end: int) -> bool:
    """Say whether what follows ``words[:end]`` names a part: not in 国资委深化改革, which runs on into the text."""
    return words[end] not in "、和与及(" and bool(_WHOLE.search(words[:end]) and _PART.search(words))


def _group(parse: Parse, scope: Scope, registry: Registry) -> Found | None:
    """Read 各开放先导区管委会: whatever else it is, it is several."""
    return Found(None, how="pattern", sort="generic") if parse.rest.startswith(_GROUPS) else None


def _named_after(parse: Parse, scope: Scope, registry: Registry) -> Found | None:
    """Read 南水北调中线工程建设管理局: a bureau that no table has, named after what it is there for."""
    if parse.places or not _BUREAU.search(parse.rest) or (function := find_topic(parse.rest, registry, first=True)) is None:
        return None
    return Found(function, Name(parse.rest, function, own=True), "topic")


def _pattern(parse: Parse, scope: Scope, registry: Registry) -> Found | None:
    for kind in registry.kinds:
        if kind.pattern and compile_pattern(kind.pattern).search(parse.rest):
            if parse.places and kind.kind not in ("zone", "territory"):  # 北京银行石家庄分行: the first place says nothing
                return None
            if kind.key == "temporary-office" and parse.plain and scope.region is None and _PLAIN_OFFICE.match(parse.rest):
                kind = registry.functions["internal-division"]  # a town's own office, no leading group's
            function = (
                _topic(parse.rest, registry) if kind.topical or kind.kind == "internal" else _sort_of_zone(parse.rest, registry)
            )
            return Found(function or kind.key, Name(parse.rest, kind.key, own=True), "pattern", kind=kind.key)
    return None


WAYS: tuple[Callable[[Parse, Scope, Registry], Found | None], ...] = (
    _offices, _exact, _bracketless, _generic, _whole_place, _as_group, _compound, _two_plates, _other_end, _second_plate,
    _office, _in_zone, _part, _group, _pattern, _named_after,
)  # fmt: skip
FOR_GROUPS = (_as_group,)  # only where the text says that the name means several or nobody
FROM_THE_WHOLE = (_as_group, _pattern)  # where the name's own mark counts before the name as it stands
