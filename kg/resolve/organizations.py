"""Which body a name means in a document: its organization, and the reason."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kg.model import Decision, Organization, Region, Unit, Verdict
from kg.model import Reading as DocumentReading
from kg.registry import COUNTRY, Registry
from kg.registry.functions import Function
from kg.resolve.elided import spell_out_elided
from kg.resolve.groups import build_each, build_group, mark_of_group
from kg.resolve.names import Reading, is_central, normalize, read_name
from kg.resolve.official import is_apart, official_label, with_place
from kg.resolve.persons import is_person
from kg.resolve.prefixes import region_of
from kg.resolve.regions import Scope, name_on
from kg.resolve.ways import is_team

_NEW_AREA = re.compile(r"^(?:新区|新城|新片区|示范区)")


@dataclass(frozen=True, slots=True)
class Resolution:
    """One name with the body it was resolved to."""

    name: str
    organization: Organization
    verdict: Verdict
    candidates: tuple[str, ...]
    reason: str


def resolve_units(
    reading: DocumentReading, scope: Scope, registry: Registry
) -> tuple[Mapping[str, Organization], tuple[Decision, ...]]:
    """Return the organization of each unit name in the document, and a decision for each."""
    units = [unit for task in reading.tasks for unit in task.units]
    counts = Counter(unit.name for unit in units if not unit.inherited)
    first = {unit.name: unit for unit in reversed(units)}
    names = dict.fromkeys(unit.name for unit in units)
    full = spell_out_elided(reading)
    found = [
        _resolve_elided(name, full[name], scope, registry)
        if name in full
        else resolve_name(name, scope, registry, group=_is_group(first[name]))
        for name in names
    ]
    bodies = merge_names(found)
    decisions = tuple(
        Decision("unit", f.name, f.verdict, f.organization.key, f.candidates, f.reason, counts[f.name] or 1) for f in found
    )
    return {f.name: bodies[f.organization.key] for f in found}, decisions


def _resolve_elided(name: str, full: Sequence[str], scope: Scope, registry: Registry) -> Resolution:
    """Return the body of a name that lists end for: 江岸 in 「江岸、武昌区人民政府」; left open where they end differently."""
    found = [resolve_name(whole, scope, registry) for whole in full]
    if len(found) == 1:
        return replace(found[0], name=name, reason=f"“{name}”与同列末一机构共用后缀，即“{full[0]}”；{found[0].reason}")
    keys = tuple(dict.fromkeys(f.organization.key for f in found))
    reason = f"“{name}”在不同的列举里共用不同的后缀：{'、'.join(full)}，未定"
    return replace(resolve_name(name, scope, registry), verdict="ambiguous", candidates=keys, reason=reason)


def _is_group(unit: Unit) -> bool:
    return unit.collective or unit.vague


def merge_names(found: Iterable[Resolution]) -> dict[str, Organization]:
    """Return the bodies by key, each with all the names that the document has for it.

    The label is the fullest official form among them: 市自然资源和规划局 before 市自然资源局.
    """
    ordered = sorted(found, key=lambda f: f.organization.key)
    bodies = {}
    for key, group in groupby(ordered, key=lambda f: f.organization.key):
        members = list(group)
        label = max((f.organization.label for f in members), key=lambda text: (len(text), text))
        names = tuple(sorted({f.name for f in members}))
        further = dict.fromkeys(also for f in members for also in f.organization.further)
        bodies[key] = replace(members[0].organization, label=label, names=names, further=tuple(further))
    return bodies


def resolve_name(name: str, scope: Scope, registry: Registry, *, group: bool = False) -> Resolution:
    """Return the body that ``name`` means in a document that speaks from ``scope``.

    >>> from kg.registry import load_registry
    >>> registry = load_registry()
    >>> shijiazhuang = Scope(registry.regions["130100"], "prefecture", 2023, "130100")
    >>> body = resolve_name("市发改委", shijiazhuang, registry).organization
    >>> body.key, body.label
    ('130100/development-reform', '石家庄市发展和改革委员会')
    """
    text = normalize(name)
    read = read_name(text, scope, registry, group=group)
    if read.sort == "generic":
        return _generic(name, read, scope, registry)
    if read.sort == "unknown" or read.function is None:
        return _unknown(name, read, scope, registry)
    return _known(name, read, registry.functions[read.function], scope, registry)


def _place(read: Reading, function: Function | None, scope: Scope, registry: Registry) -> tuple[str, Region | None, bool]:
    """Return the key's first part, the region, and whether each region below is meant."""
    if function is not None and not read.region and is_central(read, function):
        region: Region | None = registry.regions[COUNTRY]
        return COUNTRY, region, False
    if read.region is not None:
        return read.region, registry.regions[read.region], False
    region, each = region_of(read.mark, scope, registry)
    if region is None:
        mark = read.mark or _usual_mark(scope)
        return f"{scope.anonymous}-{mark}" if mark else scope.anonymous, None, False
    return region.code, region, each


def _usual_mark(scope: Scope) -> str | None:
    """Return the mark that an elided prefix stands for in a document whose region is not known."""
    return {"prefecture": "city", "province": "province", "county": "county", "national": "national"}.get(scope.level)


def _generic(name: str, read: Reading, scope: Scope, registry: Registry) -> Resolution:
    whose = replace(read, mark=mark_of_group(name)) if read.mark is None and read.region is None else read
    place, region, _ = _place(whose, None, scope, registry)
    body = build_group(name, read, place, region, registry)
    return Resolution(name, body, "matched", (), f"“{name}”是泛指或一类机构的合称，不指某一个机构")


def _unknown(name: str, read: Reading, scope: Scope, registry: Registry) -> Resolution:
    place, region, _ = _place(read, None, scope, registry)
    text = normalize(read.rest) or normalize(name)
    label = with_place(text, region, scope, registry) if read.mark or read.region else name
    body = Organization(f"{place}/x-{_digest(text)}", label, (name,), "organization", None, region.code if region else None)
    if len(read.places) > 1 and read.region is None:
        candidates = tuple(f"{code}/x-{_digest(text)}" for code in read.places)
        return Resolution(name, body, "ambiguous", candidates, f"“{name}”里的地名不止一处，未定")
    if is_person(text):
        return Resolution(name, body, "unknown", (), f"“{name}”像是人名，不是机构的名称")
    return Resolution(name, body, "unknown", (), f"机构类别表（functions.toml）里没有“{name}”这类机构，单列为一个机构")


def _known(name: str, read: Reading, function: Function, scope: Scope, registry: Registry) -> Resolution:
    place, region, each = _place(read, function, scope, registry)
    if each:
        reason = f"“{name}”在本文件里指下级各地的{function.zh}部门，不指某一个"
        return Resolution(name, build_each(name, function, read, scope), "matched", (), reason)
    open_kind = read.kind or (function.key if function.kind == "internal" else None)
    function = _in_office(_whole(function, read, scope, registry), region, scope, registry)
    alias = read.name
    sort = registry.functions[open_kind] if open_kind is not None else function
    own = sort.instances or (alias is not None and (alias.own or is_apart(alias, function)))
    extra = [_in_office(registry.functions[also], region, scope, registry).key for also in read.extra]
    key = "_".join((sort.key, *sorted({*extra} - {function.key})))
    if own:
        key += f"-{_digest(_instance(read, sort, scope), 6)}"
    kind = "collaboration" if sort.kind == "collaboration" else "organization"
    label = official_label(name, read, sort, region, scope, registry)
    further = tuple(also for also in dict.fromkeys((*extra, *read.further)) if also != function.key)
    code = region.code if region else None
    body = Organization(f"{place}/{key}", label, (name,), kind, function.key, code, further)  # type: ignore[arg-type]
    if len(read.places) > 1 and read.region is None:
        candidates = tuple(f"{code}/{key}" for code in read.places)
        body = replace(body, key=f"{scope.anonymous}/{key}-{_digest(name, 6)}", region=None, label=name)
        return Resolution(name, body, "ambiguous", candidates, f"“{name}”里的地名全国不止一处，未定")
    if region is not None and (above := _zone_runner(read, sort, region, scope)) is not None:
        body = replace(body, key=f"{above.code}/{key}-{place}", region=above.code)
        candidates = (body.key, f"{place}/{key}")
        reason = f"“{name}”以{name_on(region, scope.year, registry)}的地名相称，由{above.name}还是由当地管理，名称看不出"
        return Resolution(name, body, "ambiguous", candidates, reason)
    rivals = [n.function for n in registry.names.get(alias.text, ()) if n.function != function.key] if alias else []
    if rivals and scope.year is None and read.mark is None:
        candidates = tuple(sorted({f"{place}/{key}", *(f"{place}/{rival}" for rival in rivals)}))
        return Resolution(name, body, "ambiguous", candidates, f"“{name}”在不同年份指不同机构，文件年份不明，暂按“{function.zh}”")
    return Resolution(name, body, "matched", (), _reason(name, read, function, region, scope, registry))


def _zone_runner(read: Reading, sort: Function, region: Region, scope: Scope) -> Region | None:
    """Return the city that may run 正定新区, a new area that is named after one of its counties, in the city's document."""
    if sort.key != "named-zone" or not read.short or not _NEW_AREA.search(read.rest) or scope.region is None:
        return None
    return scope.region if region.level == "county" and scope.region.level == "prefecture" else None


def _whole(function: Function, read: Reading, scope: Scope, registry: Registry) -> Function:
    """Return the function of the bureau whose own document names its divisions: 办公室 in one of 市信访局."""
    if scope.issuer is None or not (function.kind == "internal" or (read.mark is None and is_team(read.rest))):
        return function
    issuer = read_name(normalize(scope.issuer), scope, registry).function
    return function if issuer is None or issuer in ("government", "government-office") else registry.functions[issuer]


def _in_office(function: Function, region: Region | None, scope: Scope, registry: Registry) -> Function:
    """Return the function that had taken over by the document's year: 市旅游局 in 2023 is 文化和旅游.

    Localities carry out a reform in the year after the centre.
    """
    grace = 0 if region is not None and region.level == "national" else 1
    while function.until is not None and function.successor and scope.year is not None and scope.year > function.until + grace:
        function = registry.functions[function.successor]
    return function


def _instance(read: Reading, function: Function, scope: Scope) -> str:
    """Return what makes a body of an open kind itself; 循环化工园区 and its 管委会 are one."""
    text = read.rest
    if function.kind == "zone":
        for end in ("党工委管委会", "党工委、管委会", "管理委员会", "党工委", "管委会", "管委"):
            text = text.removesuffix(end) if len(text) > len(end) + 1 else text
    if function.kind == "territory":
        for end in ("办事处", "党工委", "人民政府", "政府", "办"):
            text = text.removesuffix(end) if len(text) > len(end) + 1 else text
    if read.name is not None and read.name.own and text.endswith(read.name.text):  # 省委改革办 and 省改革办 are one
        text = read.name.text.removeprefix("委")
    if function.kind == "internal":
        text = f"{scope.issuer or ''}/{text}"
    return text


def _reason(name: str, read: Reading, function: Function, region: Region | None, scope: Scope, registry: Registry) -> str:
    where = f"，地方为{name_on(region, scope.year, registry)}" if region is not None else "，文件的地方未定"
    if read.region is not None:
        where += "（名称里写明）"
    elif read.mark is None and region is not None:
        where += (
            "（名称省略地方，按本文件的地方）"
            if scope.region is not None and region.code == scope.region.code
            else "（国家机关）"
        )
    sort = registry.functions[read.kind].zh if read.kind is not None else function.zh
    what = {
        "name": f"“{name}”是“{function.zh}”机构的名称",
        "compound": f"“{name}”由“{function.zh}”等几项职能合成",
        "part": f"“{name}”是“{function.zh}”机构的下属单位",
        "pattern": f"“{name}”按名称的样式属于“{sort}”类，单独成一个机构",
        "place": f"“{name}”是地名，指其人民政府",
        "topic": f"“{name}”按名称写明的事项属于“{function.zh}”，单独成一个机构",
    }[read.how]
    if sort != function.zh:
        what += f"，名称写明其职能是“{function.zh}”"
    alias = read.name
    if alias is not None and alias.until is not None and read.how == "name":
        gone = alias.group and scope.year is not None and scope.year > alias.until
        if gone or alias.function != function.key:
            what += f"（旧称，{alias.until}年机构改革后为{function.zh}机构）"
        else:
            what += f"（{alias.until}年机构改革前的名称）"
    return what + where


def _digest(text: str, length: int = 10) -> str:
    return hashlib.sha256(normalize(text).encode()).hexdigest()[:length]
