"""Cities side by side: what bodies of one function bear, or which targets are set for one metric."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from kg.analysis.continuity.cautions import FEWEST_CITIES, Caution, list_city_cautions
from kg.analysis.continuity.cities import CityGoal, DepartmentLoad, MetricBeside, compare_metric, read_loads
from kg.analysis.continuity.plans import Plan
from kg.explorer.compare.choice import known_plans
from kg.explorer.compare.plans import goal_side
from kg.explorer.compare.records import Cities, CityLoad, CityTarget, Subject, Year
from kg.explorer.params import Params, Scope
from kg.explorer.records import Cut, NotHereError
from kg.explorer.snapshot import Snapshot

_ROWS = 300
_SUBJECTS = 200  # in a list
_FIGURES = ("tasks", "led", "responsible", "supported", "targets", "gaps")
_METRICS = """
SELECT metric, any_value(metric_name) AS name, count(DISTINCT region_code) AS cities, count(*) AS number
FROM indicators JOIN documents USING (document_id)
WHERE metric IS NOT NULL AND region_code IS NOT NULL AND list_contains($documents, document_id)
GROUP BY metric ORDER BY cities DESC, number DESC, metric
"""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
LEVELS = ("national", "province", "prefecture", "county")


@dataclass(frozen=True, slots=True)
class Among:
    """Which plans are set beside each other: of a period, of regions of one level, or all."""

    period: tuple[int, int] | None = None
    level: str = ""


def gather_cities(snapshot: Snapshot, params: Params) -> Cities:
    """Return cities side by side by ``function`` or ``metric``; by neither, the functions and metrics they have in common.

    :raises NotHereError: no city has such a function or metric.
    """
    function, metric = params.one("function"), params.one("metric")
    if function:
        return _by_function(snapshot, params, function)
    if metric:
        return _by_metric(snapshot, params, metric)
    return _choose(snapshot, params)


def city_loads(snapshot: Snapshot, within: Among) -> tuple[DepartmentLoad, ...]:
    """Return what departments bear, by function and region, in the plans of a period."""
    return snapshot.remember(
        ("city-loads", within), lambda: read_loads(snapshot.columns(Scope()), list_plans_among(snapshot, within))
    )


def metric_beside(snapshot: Snapshot, within: Among, metric: str) -> MetricBeside | None:
    """Return the targets of all cities for a metric, in the plans of a period."""
    plans = list_plans_among(snapshot, within)
    return snapshot.remember(("city-metric", metric, within), lambda: compare_metric(snapshot.columns(Scope()), plans, metric))


def list_subjects(snapshot: Snapshot) -> list[str]:
    """Return the functions and metrics that several cities have, as keys of parts: ``function/KEY``, ``metric/KEY``."""
    found = _choose(snapshot, Params())
    functions = [f"function/{one.key}" for one in found.functions if one.cities > 1]
    return ["cities", *functions, *(f"metric/{one.key}" for one in found.metrics if one.cities > 1)]


def list_plans_among(snapshot: Snapshot, within: Among) -> list[Plan]:
    """Return the plans with tasks that are set beside each other."""
    plans = known_plans(snapshot).values()
    return [
        plan
        for plan in plans
        if plan.tasks and plan.region and within.period in (None, plan.period) and within.level in ("", plan.level)
    ]


def among(snapshot: Snapshot, params: Params) -> Among:
    """Return what the address restricts the plans to; a period that no document has is none."""
    period = params.scope.period
    return Among(period if period in _periods(snapshot) else None, params.choice("level", _levels(snapshot)))


def _levels(snapshot: Snapshot) -> tuple[str, ...]:
    have = {plan.level for plan in list_plans_among(snapshot, Among())}
    return tuple(level for level in LEVELS if level in have)


def _choose(snapshot: Snapshot, params: Params) -> Cities:
    within, words = among(snapshot, params), params.one("q").casefold()
    functions, metrics = snapshot.remember(("city-subjects", within), lambda: _subjects(snapshot, within))
    chosen = [[one for one in some if words in one.name.casefold()] for some in (functions, metrics)]
    cuts = [Cut(min(len(some), _SUBJECTS), len(some)) for some in chosen]
    return Cities(
        within.period,
        _periods(snapshot),
        within.level,
        _levels(snapshot),
        words=params.one("q"),
        functions=tuple(chosen[0][:_SUBJECTS]),
        metrics=tuple(chosen[1][:_SUBJECTS]),
        subjects=dict(zip(("functions", "metrics"), cuts, strict=True)),
    )


def _subjects(snapshot: Snapshot, within: Among) -> tuple[list[Subject], list[Subject]]:
    by_function: dict[str, list[DepartmentLoad]] = defaultdict(list)
    for load in city_loads(snapshot, within):
        by_function[load.function].append(load)
    functions = [
        Subject(key, loads[0].function_name, len({one.region for one in loads}), sum(one.tasks for one in loads))
        for key, loads in by_function.items()
    ]
    functions.sort(key=lambda one: (-one.cities, -one.number, one.key))
    rows = snapshot.rows(_METRICS, documents=[plan.id for plan in list_plans_among(snapshot, within)])
    return functions, [Subject(snapshot.key(row["metric"]), row["name"], row["cities"], row["number"]) for row in rows]


def _by_function(snapshot: Snapshot, params: Params, key: str) -> Cities:
    within = among(snapshot, params)
    loads = [load for load in city_loads(snapshot, within) if load.function == key]
    name = next((load.function_name for load in city_loads(snapshot, Among()) if load.function == key), None)
    if name is None:
        raise NotHereError("function", key)
    loads.sort(key=lambda load: (-load.tasks, load.region, load.body))
    regions = {load.region for load in loads}
    enough = len(regions) >= FEWEST_CITIES
    return Cities(
        within.period,
        _periods(snapshot),
        within.level,
        _levels(snapshot),
        what="function",
        key=key,
        name=name,
        iri=snapshot.iri("function", key),
        cautions=_cautions(snapshot, within, regions),
        loads=tuple(_load(load) for load in loads[:_ROWS]),
        middles={figure: median(getattr(load, figure) for load in loads) for figure in _FIGURES} if enough else {},
        cut=Cut(min(len(loads), _ROWS), len(loads)),
    )


def _by_metric(snapshot: Snapshot, params: Params, key: str) -> Cities:
    within, iri = among(snapshot, params), snapshot.iri("metric", key)
    found = metric_beside(snapshot, within, iri)
    everywhere = found or metric_beside(snapshot, Among(), iri)
    if everywhere is None:
        raise NotHereError("metric", key)
    goals = sorted(found.goals if found else (), key=_rank)
    return Cities(
        within.period,
        _periods(snapshot),
        within.level,
        _levels(snapshot),
        what="metric",
        key=key,
        name=everywhere.name,
        iri=iri,
        direction=everywhere.direction,
        cautions=_cautions(snapshot, within, {one.plan.region or "" for one in goals}),
        targets=tuple(_targets(goals[:_ROWS])),
        years=tuple(_years(goals)),
        cut=Cut(min(len(goals), _ROWS), len(goals)),
    )


def _periods(snapshot: Snapshot) -> tuple[tuple[int, int], ...]:
    return tuple(sorted({plan.period for plan in list_plans_among(snapshot, Among()) if plan.period}))


def _cautions(snapshot: Snapshot, within: Among, regions: Collection[str]) -> tuple[Caution, ...]:
    plans = [plan for plan in list_plans_among(snapshot, within) if plan.region in regions]
    return tuple(list_city_cautions(plans)) if plans else ()


def _load(load: DepartmentLoad) -> CityLoad:
    figures = load.tasks, load.led, load.responsible, load.supported, load.targets, load.gaps
    return CityLoad(load.region, load.region_name, load.body, load.name, load.documents, *figures)


def _rank(one: CityGoal) -> tuple[int, bool, float, str, str]:
    """Order targets: the latest year first, then the greatest number; those without a number last."""
    value = one.goal.target.value
    return -(one.goal.year or 0), value is None, -float(value or 0), one.plan.region or "", one.goal.iri


def _targets(goals: Sequence[CityGoal]) -> Iterable[CityTarget]:
    greatest: dict[tuple[int | None, str | None], float] = defaultdict(float)
    for one in goals:
        if one.goal.target.value is not None:
            group = one.goal.year, one.goal.target.unit
            greatest[group] = max(greatest[group], abs(float(one.goal.target.value)))
    for one in goals:
        goal, plan = one.goal, one.plan
        number = None if goal.target.value is None else float(goal.target.value)
        most = greatest[goal.year, goal.target.unit]
        part = abs(number) / most if number is not None and most and one.beside else None
        named = plan.region, plan.region_name, plan.key, plan.title, plan.period
        yield CityTarget(*named, goal_side(goal, None), number, one.task, one.task_iri, len(one.beside), part)


def _years(goals: Sequence[CityGoal]) -> Iterable[Year]:
    """Yield of each year the greatest group of targets that can be compared, with its middle."""
    groups: dict[int, dict[tuple[str | None, bool], list[CityGoal]]] = defaultdict(lambda: defaultdict(list))
    for one in goals:
        if one.goal.year is not None and one.beside:
            turn = one.goal.target.comparator in ("increase", "decrease")
            groups[one.goal.year][one.goal.target.unit, turn].append(one)
    for year in sorted(groups, reverse=True):
        group = max(groups[year].values(), key=len)
        cities = len({one.plan.region for one in group})
        units = {one.goal.unit or "" for one in group}
        numbers = [_written(one) for one in group]
        judged = cities >= FEWEST_CITIES and len(units) == 1 and None not in numbers
        middle = median(number for number in numbers if number is not None) if judged else None
        yield Year(year, units.pop() if len(units) == 1 else "", cities, middle)


def _written(one: CityGoal) -> float | None:
    """Return the number as it is written, without the unit; ``None`` for one in characters."""
    text = one.goal.value_text or ""
    return float(text) if _NUMBER.fullmatch(text) else None
