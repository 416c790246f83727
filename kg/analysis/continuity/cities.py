"""Cities side by side: which targets they set for the same metric, and what departments of the same function bear."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from kg.analysis.continuity.plans import Content, Goal, Plan, read_contents
from kg.analysis.targets.values import compare_targets

if TYPE_CHECKING:
    from kg.analysis.columns import Columns


@dataclass(frozen=True, slots=True)
class CityGoal:
    """A target of a city; ``beside`` are the cities that set a target for the same year that can be compared with it."""

    plan: Plan
    goal: Goal
    task: str | None  # number and title
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
    contents = read_contents(columns, chosen)
    rows = columns.records("city-functions", documents=[plan.id for plan in chosen], regions=codes) if chosen else ()
    loads = tuple(DepartmentLoad(**row | {"task_iris": tuple(row["task_iris"])}) for row in rows)
    metrics = tuple(_line_up([contents[plan.id] for plan in chosen]))
    return CityComparison(tuple(regions), tuple(chosen), metrics, loads, tuple(_say_periods(chosen)))


def _line_up(contents: Sequence[Content]) -> Iterator[MetricBeside]:
    by_metric: dict[str, list[tuple[Content, Goal]]] = defaultdict(list)
    for content in contents:
        for goal in content.goals:
            by_metric[goal.metric].append((content, goal))
    lines = []
    for metric, goals in by_metric.items():
        beside: dict[str, set[str]] = defaultdict(set)
        for (one, goal), (other, second) in combinations(goals, 2):
            if one.plan.region != other.plan.region and _are_comparable(goal, second):
                beside[goal.iri].add(other.plan.region_name or "")
                beside[second.iri].add(one.plan.region_name or "")
        found = tuple(
            CityGoal(content.plan, goal, _task(content, goal), tuple(sorted(beside[goal.iri]))) for content, goal in goals
        )
        lines.append(MetricBeside(metric, goals[0][1].metric_name, goals[0][1].direction, found))
    yield from sorted(lines, key=lambda line: (-line.cities, -len(line.goals), line.name, line.metric))


def _are_comparable(one: Goal, other: Goal) -> bool:
    """Return whether two targets are for one year and can be set against each other."""
    return (
        one.year is not None
        and one.year == other.year
        and compare_targets(one.target, other.target, one.direction).step is not None
    )


def _task(content: Content, goal: Goal) -> str | None:
    item = next((item for item in content.items if item.id == goal.task), None)
    return None if item is None else f"{item.number or ''} {item.title}".strip()


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
