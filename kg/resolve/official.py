"""What a body is called officially: from a short form to the full name of its level, place and year."""

from __future__ import annotations

from collections.abc import Mapping

from kg.functions import Function, Name
from kg.model import Region
from kg.registry import Registry, short_name
from kg.resolve.names import Reading, normalize
from kg.resolve.regions import Scope, find_place, name_on
from kg.resolve.ways import is_centre

_CENTRAL = ("国家", "中国", "国务院")
_AS_WRITTEN = ("enterprise", "collaboration", "association")
_OWN_NAMES = ("enterprise", "association", "institution", "military")  # 山东大学: the place is not ours to add
_WORDS: Mapping[str, str] = {"委员会": "委", "办公室": "办"}


def official_label(name: str, read: Reading, function: Function, region: Region | None, scope: Scope, registry: Registry) -> str:
    """Return what the body is called, with its place; what has a name of its own keeps it."""
    if read.how == "compound" or read.embedded or function.kind in _AS_WRITTEN or function.instances:
        if read.embedded or (function.kind in _OWN_NAMES and read.mark is None) or (read.short and function.kind == "zone"):
            return normalize(name)
        return with_place(read.rest if read.mark or read.region else normalize(name), region, scope, registry)
    if region is not None and region.level == "national" and not (read.name and (read.name.group or read.name.own)):
        return function.official.get("national") or normalize(name)
    form = official_form(read, function, region, scope)
    if read.name is not None and read.name.own and find_place(form, registry):  # 北京铁路局 in 河北's document
        return form
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
        return "中共{place}委" + written if alias.text != written else written
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
