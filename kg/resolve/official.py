"""What a body is called officially: from a short form to the full name of its level, place and year."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.model import Region
from kg.registry import Registry, short_name
from kg.registry.functions import Function, Name
from kg.resolve.names import Reading, normalize
from kg.resolve.regions import Scope, find_place, name_on
from kg.resolve.ways import is_centre

_CENTRAL = ("国家", "中国", "国务院")
_AS_WRITTEN = ("enterprise", "collaboration", "association")
_OWN_NAMES = ("enterprise", "association", "institution", "military")  # 山东大学: the place is not ours to add
_ZONE_END = re.compile(r"(?:[、和]?(?:党?工委|管委会|管理委员会|管委))+$")
_OF_PARTY = re.compile(r"^委(?!员|托)(?=.{2})")
_MARK = re.compile("^[省市区县州旗]")
_BUREAU = re.compile(r"(?<!政府)(?:局|厅|委员会|委|部|中心|署)$")
_COMMISSIONS = 2018  # until then the party's commissions were leading groups
_WORDS: Mapping[str, str] = {"委员会": "委", "办公室": "办"}


def official_label(name: str, read: Reading, function: Function, region: Region | None, scope: Scope, registry: Registry) -> str:
    """Return what the body is called, with its place; what has a name of its own keeps it."""
    if function.kind == "internal":  # 池州市信访局办公室, never 池州市办公室
        return (scope.issuer if scope.issuer and _BUREAU.search(scope.issuer) else "") + normalize(name)
    if read.how == "compound" or read.embedded or function.kind in _AS_WRITTEN or function.instances:
        if read.embedded or (function.kind in _OWN_NAMES and read.mark is None) or (read.short and function.kind == "zone"):
            return _spell_out(normalize(name), function)
        return with_place(read.rest if read.mark or read.region else normalize(name), region, scope, registry)
    if region is not None and region.level == "national":
        if read.name and read.name.own:  # 国家药监局医疗器械技术审评检查长三角分中心
            return _in_full(normalize(name), function, scope)
        if not (read.name and read.name.group):
            return function.official.get("national") or normalize(name)
    form = official_form(read, function, region, scope)
    if read.name is not None and read.name.own and find_place(form, registry):  # 北京铁路局 in 河北's document
        return form
    if function.kind == "zone" and read.short and region is not None:  # 立山经济开发区, not 立山区经济开发区
        return short_name(name_on(region, scope.year, registry)) + form
    if region is None and read.mark and (mark := _MARK.match(normalize(name))):  # 市教育局 and 区教育局 where no city is known
        return form.replace("{place}", mark[0]) if "{" in form else mark[0] + form
    return with_place(form, region, scope, registry)


def with_place(form: str, region: Region | None, scope: Scope, registry: Registry) -> str:
    """Return the official form with the place before or inside it, as the place was called in that year."""
    place = "" if region is None or region.level == "national" else name_on(region, scope.year, registry)
    if "{place}" in form or "{short}" in form:
        return form.replace("{place}", place).replace("{short}", short_name(place))
    if region is not None and form.startswith((place, short_name(place))):
        return form
    return place + form


def official_form(read: Reading, function: Function, region: Region | None, scope: Scope) -> str:
    """Return the official name behind what is written, without the place: 自然资源规划局 → 自然资源和规划局."""
    level = region.level if region is not None else scope.level
    alias = read.name
    written = alias.text if alias is not None else read.rest
    if function.kind == "party" and len(written) > 1 and written.startswith("委"):
        written = written[1:]
    if read.how == "place":
        return function.official["province"]
    if alias is not None and (alias.own or is_apart(alias, function)):
        of_party = read.how == "name" and bool(_OF_PARTY.match(read.rest))
        return ("中共{place}委" if of_party else "") + _in_full(_OF_PARTY.sub("", written), function, scope)
    if function.kind == "zone" and read.how == "name":
        return _zone(written, read, function)
    if alias is not None and alias.group and (scope.year is None or alias.until is None or scope.year <= alias.until):
        central = level == "national"
        forms = [form for form in function.before[alias.group - 1] if central or "{" in form or not form.startswith(_CENTRAL)]
        forms.sort(key=lambda form: central and not form.startswith(_CENTRAL))
        return written if written in forms else next((form for form in forms if _shortens(written, form)), written)
    gone = alias is not None and (alias.group > 0 or alias.function != function.key)  # an old name after its time
    usual = function.forms(level)
    if written in (forms := [*usual, *(f for at, f in function.official.items() if at != "national"), *function.also]):
        return written
    fitting = [] if gone else [form for form in forms if _shortens(written, form)]
    if usual and usual[0] in fitting:
        return usual[0]
    if fitting:
        return min(fitting, key=len)
    if usual and (gone or function.kind != "government"):
        return usual[0]
    return written


def _in_full(written: str, function: Function, scope: Scope) -> str:
    """Return 全面深化改革委员会办公室 for 改革办; before 2018 it was a leading group's."""
    full = function.full.get(written, written)
    return full.replace("委员会", "领导小组") if scope.year is not None and scope.year < _COMMISSIONS else full


def _spell_out(name: str, function: Function) -> str:
    """Return 中国人民银行合肥中心支行 for 人行合肥中心支行: the beginning and the end of a name in full."""
    for short, full in function.full.items():
        if name.startswith(short):
            name = full + name.removeprefix(short)
        elif name.endswith(short):
            name = name.removesuffix(short) + full
    return name


def _zone(written: str, read: Reading, function: Function) -> str:
    """Return the zone's administration, of no other rank than is written: 经开区 → 经济开发区管理委员会."""
    named = _ZONE_END.sub("", written)
    full = function.full.get(named, named)
    if not named or (read.short and written == full):  # 立山经济开发区 is a name of its own
        return full or function.official["prefecture"]
    return full if full.endswith("局") else full + "管理委员会"


def _shortens(short: str, form: str) -> bool:
    """Say whether ``short`` is ``form`` with characters left out, and of the same end: 发改委 of 发展和改革委员会."""
    full = form.replace("{place}", "").removeprefix("中共委")
    for long, end in _WORDS.items():  # 委 for 委员会; but 银保监会 keeps its 会
        if short.endswith((long, end)) and full.endswith(long):
            short, full = short.removesuffix(long).removesuffix(end) + end, full.removesuffix(long) + end
    if short[-1:] != full[-1:]:
        return False
    rest = iter(full)
    return all(char in rest for char in short)


def is_apart(alias: Name, function: Function) -> bool:
    """Say whether a name is a centre of its own beside the office: 市大数据中心 beside 市数据局."""
    office = next((form for level, form in function.official.items() if level != "national"), "")
    return function.kind in ("government", "party", "mass") and is_centre(alias.text) and bool(office) and not is_centre(office)
