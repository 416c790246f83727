"""Cities side by side: which targets they set for the same metric, and what departments of the same function bear."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from kg.analysis.continuity.plans import Goal, Plan, read_goals
from kg.analysis.targets.values import compare_targets

if TYPE_CHECKING:
    from kg.analysis.columns import Columns


@dataclass(frozen=True, slots=True)
class CityGoal:
    """A target of a city; ``beside`` are the cities that set a target for the same year that can be compared with it."""

    plan: Plan
    goal: Goal
    task: str | None  # number and title
    task_iri: str | None
    beside: tuple[str, ...]  # names


@dataclass(frozen=True, slots=True)
class MetricBeside:
    """A metric and who sets targets for it."""

    metric: str  # IRI, or the words
    name: str
    direction: str | None
    goals: tuple[CityGoal, ...]

    @property
    def cities(self) -> int:
        """How many cities set a target."""
        return len({one.plan.region for one in self.goals})


@dataclass(frozen=True, slots=True)
class DepartmentLoad:
    """What a department bears in the plans compared."""

    function: str
    function_name: str
    region: str
    region_name: str
    body: str  # IRI
    name: str
    tasks: int
    led: int
    responsible: int
    supported: int
    targets: int
    gaps: int  # of its tasks, those that leave something open
    documents: int
    task_iris: tuple[str, ...]


@dataclass(frozen=True)
class CityComparison:
    """Cities side by side."""

    regions: tuple[tuple[str, str], ...]  # code and name, as they were asked for
    plans: tuple[Plan, ...]
    metrics: tuple[MetricBeside, ...]  # those that most cities set first
    loads: tuple[DepartmentLoad, ...]  # by function and region
    cautions: tuple[str, ...]

    def functions(self) -> Mapping[str, Mapping[str, list[DepartmentLoad]]]:
        """Return the departments by function and region, the functions that most cities have first."""
        found: dict[str, dict[str, list[DepartmentLoad]]] = defaultdict(lambda: defaultdict(list))
        for load in self.loads:
            found[load.function][load.region].append(load)

        def rank(function: str) -> tuple[int, int, str]:
            return -len(found[function]), -sum(load.tasks for loads in found[function].values() for load in loads), function

        return {function: found[function] for function in sorted(found, key=rank)}


def compare_cities(columns: Columns, regions: Sequence[tuple[str, str]], plans: Sequence[Plan]) -> CityComparison:
    """Return the plans of several regions side by side."""
    codes = [code for code, _ in regions]
    chosen = sorted((plan for plan in plans if plan.region in codes), key=lambda plan: codes.index(plan.region or ""))
    metrics = tuple(_line_up(chosen, read_goals(columns, chosen), columns))
    return CityComparison(tuple(regions), tuple(chosen), metrics, read_loads(columns, chosen), tuple(_say_periods(chosen)))


def read_loads(columns: Columns, plans: Sequence[Plan]) -> tuple[DepartmentLoad, ...]:
    """Return what departments bear in these plans, by function and region; only those of the plans' own regions."""
    if not plans:
        return ()
    regions = sorted({plan.region for plan in plans if plan.region})
    rows = columns.records("city-functions", documents=[plan.id for plan in plans], regions=regions)
    return tuple(DepartmentLoad(**row | {"task_iris": tuple(row["task_iris"])}) for row in rows)


def compare_metric(columns: Columns, plans: Sequence[Plan], metric: str) -> MetricBeside | None:
    """Return the targets of these plans for one metric (IRI, or the words); ``None`` if nobody sets any."""
    return next(_line_up(plans, read_goals(columns, plans, metric), columns), None)


def _line_up(plans: Sequence[Plan], goals: Mapping[int, Sequence[Goal]], columns: Columns) -> Iterator[MetricBeside]:
    by_metric: dict[str, list[tuple[Plan, Goal]]] = defaultdict(list)
    for plan in plans:
        for goal in goals.get(plan.id, ()):
            by_metric[goal.metric].append((plan, goal))
    tasks = _name_tasks(columns, {goal.task for found in by_metric.values() for _, goal in found if goal.task is not None})
    lines = []
    for metric, found in by_metric.items():
        beside = _set_beside(found)
        named = (tasks.get(goal.task, (None, None)) for _, goal in found)
        targets = tuple(CityGoal(*one, *task, near) for one, task, near in zip(found, named, beside, strict=True))
        lines.append(MetricBeside(metric, found[0][1].metric_name, found[0][1].direction, targets))
    yield from sorted(lines, key=lambda line: (-line.cities, -len(line.goals), line.name, line.metric))


def _set_beside(goals: Sequence[tuple[Plan, Goal]]) -> list[tuple[str, ...]]:
    """Return for each target the other regions with one that can be compared with it.

    To be comparable is to be of one class: of one year, unit and form; each target is compared with the first of a class.
    """
    classes: list[list[int]] = []
    of: dict[int, list[int]] = {}
    for place, (_, goal) in enumerate(goals):
        if not _are_comparable(goal, goal):
            continue
        own = next((one for one in classes if _are_comparable(goals[one[0]][1], goal)), None)
        if own is None:
            own = []
            classes.append(own)
        own.append(place)
        of[place] = own
    names = {id(one): {(goals[place][0].region, goals[place][0].region_name or "") for place in one} for one in classes}
    return [
        tuple(sorted({name for region, name in names[id(of[place])] if region != plan.region})) if place in of else ()
        for place, (plan, _) in enumerate(goals)
    ]


def _name_tasks(columns: Columns, ids: Collection[int]) -> dict[int | None, tuple[str | None, str | None]]:
    """Return number and title of tasks, and their IRIs."""
    cursor = columns.execute(
        "SELECT task_id, number, title, iri FROM tasks WHERE task_id IN (SELECT unnest($ids))", {"ids": list(ids)}
    )
    return {id_: (f"{number or ''} {title}".strip(), iri) for id_, number, title, iri in cursor.fetchall()}


def _are_comparable(one: Goal, other: Goal) -> bool:
    """Return whether two targets are for one year and can be set against each other."""
    return (
        one.year is not None
        and one.year == other.year
        and compare_targets(one.target, other.target, one.direction).step is not None
    )


def _say_periods(plans: Sequence[Plan]) -> Iterator[str]:
    """Yield what makes the plans hard to compare, once for each kind of trouble."""
    counts = Counter(plan.region_name or "?" for plan in plans if plan.tasks)
    if len(set(counts.values())) > 1:
        several = "、".join(f"{name} {number} 份" for name, number in counts.items())
        yield f"文件份数不同，任务数是各份合计：{several}"
    said: dict[str, list[str]] = defaultdict(list)
    for one, other in combinations(plans, 2):
        if one.region != other.region:
            for what, words in _differences(one, other):
                said[what].append(f"《{one.title}》与《{other.title}》{words}")
    for what, pairs in said.items():
        more = f"等 {len(pairs)} 对" if len(pairs) > 1 else ""
        yield f"{what}：{pairs[0]}{more}"


def _differences(one: Plan, other: Plan) -> Iterator[tuple[str, str]]:
    if one.kind != other.kind:
        yield "文种不同", ""
    if one.period is None or other.period is None:
        yield "至少一份没有写明时期", ""
        return
    lengths = [last - first + 1 for first, last in (one.period, other.period)]
    if lengths[0] != lengths[1]:
        yield "时期长短不同，任务数和目标值不能直接相比", f"（{lengths[0]} 年与 {lengths[1]} 年）"
    elif one.period != other.period:
        yield "时期不同", f"（{one.years} 与 {other.years}）"
