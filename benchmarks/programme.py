"""What the made-up governments of the corpus want: plans by theme and year, with tasks, bodies and targets by seeded chance."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import accumulate, count, islice
from pathlib import Path
from random import Random
from typing import Any, Literal

from kg.model import Region
from kg.registry import COUNTRY, Registry, load_registry

FIRST, LAST = 2021, 2025  # the years of the five-year plans; yearly plans begin in the second
COUNTIES = ("县", "区")  # what counties are called whose plans are made
Style = Literal["responsible", "lead-support", "single", "spoken"]
STYLES: tuple[Style, ...] = ("responsible", "lead-support", "single", "spoken", "responsible", "lead-support")
TargetKind = Literal["quantitative", "trend", "delegated"]
Gap = Literal["unowned", "vague", "diffuse"]
WHOLE = ("个", "家", "座", "所", "处", "户", "人", "部", "套", "张", "场", "项", "件", "亩", "吨")
VERBS = ("推进", "加强", "深化", "强化", "抓好", "做好", "统筹推进", "扎实推进")


@dataclass(frozen=True, slots=True)
class Plan:
    """A document that is to be written; ``year`` is ``None`` for a five-year plan."""

    region: Region
    theme: str
    year: int | None

    @property
    def last(self) -> int:
        """Return the year by which its targets hold."""
        return self.year or LAST


@dataclass(frozen=True, slots=True)
class Target:
    """A metric's value in the plan's last year, or how it is put without one."""

    metric: str
    value: str | None
    kind: TargetKind


@dataclass(frozen=True, slots=True)
class Aim:
    """A task as it is meant: what to do, who does it, what is to come out."""

    field: str
    noun: str
    verb: str
    actions: tuple[str, ...]
    lead: str  # functions
    support: tuple[str, ...]
    targets: tuple[Target, ...]
    gap: Gap | None = None

    @property
    def title(self) -> str:
        """Return what the task is called."""
        return self.verb + self.noun


@cache
def wording() -> Mapping[str, Any]:
    """Return what corpus.toml says, its themes and fields by key."""
    tables = tomllib.loads(Path(__file__).with_name("corpus.toml").read_text("utf-8"))
    return {name: {row["key"]: row for row in tables[name]} for name in ("theme", "field")} | {
        "short": tables["short"],
        "general": tables["general"],
    }


@cache
def registry() -> Registry:
    """Return what is known of places, bodies, metrics and policies."""
    return load_registry()


def plan_documents(number: int) -> list[Plan]:
    """Return that many plans: blocks of a city each, with its county, its province and the country where they come first."""
    return list(islice(_plans(), number))


def _plans() -> Iterator[Plan]:
    places, themes = registry().regions, list(wording()["theme"])
    seen: set[str] = set()
    for city, county in _cities():
        for n, theme in enumerate(themes):
            yield from (Plan(city, theme, year) for year in (None, *range(FIRST + 1, LAST + 1)))
            for above in (places[COUNTRY], places[str(city.parent)]):
                if f"{above.code}/{theme}" not in seen:
                    seen.add(f"{above.code}/{theme}")
                    yield Plan(above, theme, None)
            if county is not None and n % 2 == 0:
                yield from (Plan(county, theme, year) for year in (2023, 2024))


def _cities() -> Iterator[tuple[Region, Region | None]]:
    """Yield the cities with one of their counties, dispersed over the country, then with further counties for ever."""
    regions = registry().regions
    below: dict[str, list[Region]] = {}
    for region in regions.values():
        if region.level == "county" and region.name.endswith(COUNTIES) and region.code.isdigit():
            below.setdefault(str(region.parent), []).append(region)
    cities = [
        region
        for region in regions.values()
        if region.level == "prefecture" and region.name.endswith("市") and regions[str(region.parent)].name.endswith("省")
    ]
    cities = [cities[i] for i in _dispersed(len(cities))]
    for city in cities:
        yield city, next(iter(below.get(city.code, ())), None)
    for n in count(1):  # beyond some 6,000 documents: counties that make plans like a city's
        rest = [counties[n] for city in cities if len(counties := below.get(city.code, [])) > n]
        if not rest:
            return
        yield from ((county, None) for county in rest)


def _dispersed(length: int) -> list[int]:
    return sorted(range(length), key=lambda i: Random(f"city/{i}").random())


@lru_cache(maxsize=256)
def aims_of(plan: Plan, seed: int) -> tuple[Aim, ...]:
    """Return what a plan wants; a year's plan goes on from the one before, a five-year plan has the aims of the first year."""
    if plan.year is None or plan.year == FIRST:
        return _first_aims(plan, seed)
    chance = Random(f"{seed}/{plan.region.code}/{plan.theme}/{plan.year}")
    before = aims_of(replace(plan, year=plan.year - 1), seed)
    kept = [_go_on(aim, plan, chance) for aim in before if chance.random() > 0.12]
    taken = {aim.noun for aim in before}
    spare = [(field, noun) for field, noun in _nouns(plan.theme) if noun not in taken]
    new = [_aim(plan, field, noun, (), chance) for field, noun in chance.sample(spare, min(chance.randint(1, 5), len(spare)))]
    order = list(_fields(plan.theme))
    return tuple(sorted((*kept, *new), key=lambda aim: order.index(aim.field)))


def style_of(plan: Plan, seed: int) -> Style:
    """Return how a government writes who answers for what; it keeps to one way for a theme."""
    return Random(f"{seed}/style/{plan.region.code}/{plan.theme}").choice(STYLES)


def _first_aims(plan: Plan, seed: int) -> tuple[Aim, ...]:
    chance = Random(f"{seed}/{plan.region.code}/{plan.theme}/{plan.year or 'plan'}")
    size = chance.randint(22, 38) if plan.year else chance.choice((30, 36, 44, 60))
    nouns = list(_nouns(plan.theme))
    weights = [1 / (1 + 0.12 * i) for i in range(len(nouns))]
    chosen = sorted(set(chance.choices(range(len(nouns)), weights, k=3 * size)), key=lambda i: chance.random())[:size]
    aims = []
    for field in _fields(plan.theme):
        mine = [nouns[i][1] for i in sorted(chosen) if nouns[i][0] == field]
        metrics = [list(row) for row in wording()["field"][field]["metrics"] if chance.random() < 0.88]
        chance.shuffle(metrics)
        for n, noun in enumerate(mine):
            aims.append(_aim(plan, field, noun, metrics[n :: len(mine)], chance))
    return tuple(aims)


def _nouns(theme: str) -> Iterator[tuple[str, str]]:
    yield from ((field, noun) for field in _fields(theme) for noun in wording()["field"][field]["tasks"])


def _fields(theme: str) -> Sequence[str]:
    return tuple(wording()["theme"][theme]["fields"])


def _aim(plan: Plan, field: str, noun: str, metrics: Sequence[Sequence[Any]], chance: Random) -> Aim:
    row = wording()["field"][field]
    targets = tuple(_target(metric, low, high, plan, chance) for metric, low, high in metrics)
    gaps: tuple[Gap | None, ...] = (None, "unowned", "vague", "diffuse")
    gap = chance.choices(gaps, (86, 4, 4, 6))[0]
    lead = row["lead"][0] if chance.random() < 0.75 else row["lead"][-1]
    return Aim(
        field, noun, chance.choice(VERBS), tuple(chance.sample(row["actions"], chance.randint(3, 5))),
        lead, _support([name for name in row["support"] if name != lead], chance), targets, gap,
    )  # fmt: skip


def _support(names: Sequence[str], chance: Random) -> tuple[str, ...]:
    """Return some bodies in the field's order; the first ones are asked far more often."""
    weights = list(accumulate(1 / (i + 1) for i in range(len(names))))
    chosen = set(chance.choices(range(len(names)), cum_weights=weights, k=chance.randint(1, 7)))
    return tuple(names[i] for i in sorted(chosen))


def _target(metric: str, low: float, high: float, plan: Plan, chance: Random) -> Target:
    kinds: tuple[TargetKind, ...] = ("quantitative", "trend", "delegated")
    kind = chance.choices(kinds, (72, 18, 10))[0]
    if kind != "quantitative":
        return Target(metric, None, kind)
    return Target(metric, _number(low + (high - low) * chance.random() * 0.8, metric), "quantitative")


def _number(value: float, metric: str) -> str:
    """Write a value as documents do: firms are counted whole, shares and amounts of money are not."""
    counted = metric_words(metric)[1] in WHOLE or value >= 200
    return str(round(value)) if counted else f"{value:.1f}".removesuffix(".0")


def _go_on(aim: Aim, plan: Plan, chance: Random) -> Aim:
    """Return next year's task: the same work in other words, most targets higher, some lower, some dropped."""
    bounds = {metric: (low, high) for metric, low, high in wording()["field"][aim.field]["metrics"]}
    targets = []
    for target in aim.targets:
        low, high = bounds[target.metric]
        if target.value is None:
            targets.append(target)
        elif chance.random() > 0.06:
            better = is_better_high(target.metric)
            step = (high - low) * chance.choice((0.04, 0.08, 0.02, 0, -0.03)) * (1 if better else -1)
            value = min(max(float(target.value) + step, low * 0.8), high)
            targets.append(replace(target, value=_number(value, target.metric)))
    verb = aim.verb if chance.random() < 0.6 else chance.choice(VERBS)
    support = aim.support if chance.random() < 0.85 else aim.support[:-1] or aim.support
    actions = tuple(chance.sample(wording()["field"][aim.field]["actions"], chance.randint(3, 5)))
    return replace(aim, verb=verb, support=support, targets=tuple(targets), actions=actions)


@cache
def _metrics() -> Mapping[str, Any]:
    return {known.metric.key: known for known in registry().metrics}


def is_better_high(metric: str) -> bool:
    """Say whether more of a metric is better."""
    return bool(_metrics()[metric].metric.direction == "higher")


def metric_words(metric: str) -> tuple[str, str]:
    """Return a metric's name and its unit."""
    known = _metrics()[metric]
    return known.metric.label, known.unit or ""
