"""A comparison as tables that people read: one for each aspect, with Chinese headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.analysis.continuity.alignment import KINDS
from kg.analysis.continuity.changes import BODY_KINDS, BodyChange, Continuation, GoalChange, PlanComparison
from kg.analysis.continuity.cities import CityComparison, CityGoal, DepartmentLoad
from kg.analysis.continuity.comparison import Comparison
from kg.analysis.continuity.plans import Goal, Item
from kg.analysis.targets.values import REASONS, STEPS, STRENGTHS

Value = str | int | float | None
ROLES = {"lead": "牵头", "responsible": "责任", "support": "配合"}
_DIRECTIONS = {"higher": "越高越好", "lower": "越低越好"}
_SIGNS = {"at-least": "≥", "above": ">", "at-most": "≤", "below": "<", "increase": "增", "decrease": "减", "about": "约"}
_KINDS = {"trend": "只写方向", "delegated": "完成上级任务", "placeholder": "数值隐去", "milestone": "节点"}
_SAME, _WAY = ("相同的话（旧）", "相同的话（新）"), "高好低好"
_WIDE = {
    "旧任务": 24, "新任务": 24, "任务": 24, "机构": 24, "指标": 26, "旧文件": 32, "新文件": 32, "文件": 32, "相同的话（旧）": 32,
    "相同的话（新）": 32, "旧原文": 60, "新原文": 60, "原文": 60, "说明": 20, "注意": 60, "可比的地区": 18, "职能": 14,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; ``brief`` are the headings that a terminal has room for."""

    key: str  # for --aspect
    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    brief: tuple[str, ...] = ()

    def shortened(self) -> tuple[tuple[str, ...], list[list[Value]]]:
        """Return the headings and rows for a terminal."""
        places = [self.columns.index(column) for column in self.brief or self.columns]
        return tuple(self.columns[n] for n in places), [[row[n] for n in places] for row in self.rows]

    @property
    def widths(self) -> dict[str, int]:
        """How wide the columns of a sheet are, in characters."""
        return {column: _WIDE.get(column, 16 if len(column) > 4 else 10) for column in self.columns}


def make_tables(comparison: Comparison) -> list[Table]:
    """Return the tables of a comparison, the summary first."""
    return _city_tables(comparison.cities) if comparison.cities else _plan_tables(comparison.pairs)


def _plan_tables(pairs: Sequence[PlanComparison]) -> list[Table]:
    counted = ("continued", "merged", "split", "dropped", "new")
    headings = *(KINDS[kind] for kind in counted), *(f"目标{words}" for words in (*STEPS.values(), "不能比"))
    summary: list[tuple[Value, ...]] = []
    for pair in pairs:
        counts = *(pair.count(kind) for kind in counted), *_count_steps(pair)
        summary.append((pair.earlier.title, pair.later.title, *counts, "；".join(pair.cautions)))
    return [
        Table("summary", "概况", ("旧文件", "新文件", *headings, "目标新增", "目标取消", "注意"), tuple(summary)),
        Table(
            "tasks",
            "任务去向",
            (
                "时期",
                "去向",
                "旧序号",
                "旧任务",
                "新序号",
                "新任务",
                "分数",
                "相同的话（旧）",
                "相同的话（新）",
                "单位增减",
                "旧原文",
                "新原文",
            ),
            tuple(row for pair in pairs for row in _task_rows(pair)),
            ("去向", "旧序号", "旧任务", "新序号", "新任务", "分数", _SAME[1]),
        ),
        Table(
            "targets",
            "目标变化",
            (
                "时期",
                "指标",
                "变化",
                "力度",
                "说明",
                "旧目标",
                "新目标",
                "越高还是越低好",
                "旧任务",
                "新任务",
                "旧原文",
                "新原文",
            ),
            tuple(row for pair in pairs for row in _goal_rows(pair)),
            ("指标", "变化", "力度", "旧目标", "新目标", "说明"),
        ),
        Table(
            "bodies",
            "单位变化",
            ("时期", "变化", "机构", "旧角色", "新角色", "旧任务", "新任务", "旧称", "新称"),
            tuple(row for pair in pairs for row in _body_rows(pair)),
            ("变化", "机构", "旧角色", "新角色", "旧任务", "新任务"),
        ),
        Table(
            "loads",
            "单位任务数",
            ("时期", "机构", "旧任务数", "新任务数", "增减", "旧牵头数", "新牵头数", "旧沿用数", "新沿用数"),
            tuple(row for pair in pairs for row in _load_rows(pair)),
            ("机构", "旧任务数", "新任务数", "增减", "旧牵头数", "新牵头数"),
        ),
    ]


def _span(pair: PlanComparison) -> str:
    return f"{pair.earlier.years or '?'}→{pair.later.years or '?'}"


def _count_steps(pair: PlanComparison) -> Iterator[int]:
    kept = [goal.step for goal in pair.goals if goal.step is not None]
    for step in (*STEPS, None):
        yield sum(one.step == step for one in kept)
    for kind in ("added", "removed"):
        yield sum(goal.kind == kind for goal in pair.goals)


def _task_rows(pair: PlanComparison) -> Iterator[tuple[Value, ...]]:
    span = _span(pair)
    for link in pair.continuations:
        old, new = link.earlier, link.later
        named = (old.number, old.title, new.number, new.title)
        yield (span, KINDS[link.kind], *named, link.score, *link.words, _say_bodies(link), old.quote, new.quote)
    for item in pair.dropped:
        yield (span, KINDS["dropped"], item.number, item.title, None, None, None, None, None, None, item.quote, None)
    for item in pair.new:
        yield (span, KINDS["new"], None, None, item.number, item.title, None, None, None, None, None, item.quote)


def _say_bodies(link: Continuation) -> str:
    said = {"gained": "＋", "lost": "－", "role": "△"}
    return "、".join(f"{said[change.kind]}{change.name}" for change in link.bodies)


def _goal_rows(pair: PlanComparison) -> Iterator[tuple[Value, ...]]:
    items = {item.id: item for link in pair.continuations for item in (link.earlier, link.later)}
    items |= {item.id: item for item in (*pair.dropped, *pair.new)}
    order = {"kept": 0, "removed": 1, "added": 2}
    for goal in sorted(pair.goals, key=lambda goal: order[goal.kind]):
        tasks = [None if one is None or one.task is None else _name(items.get(one.task)) for one in (goal.before, goal.after)]
        quotes = [None if one is None else one.written for one in (goal.before, goal.after)]
        targets = [None if one is None else say_goal(one) for one in (goal.before, goal.after)]
        way = _DIRECTIONS.get(goal.direction or "")
        yield (_span(pair), goal.metric_name, *_say_step(goal), *targets, way, *tasks, *quotes)


def _name(item: Item | None) -> str | None:
    return None if item is None else f"{item.number or ''} {item.title}".strip()


def _say_step(goal: GoalChange) -> tuple[str, str | None, str | None]:
    """Return what became of the number, of the demand, and why nothing can be said."""
    if goal.step is None:
        return ("新增" if goal.kind == "added" else "取消"), None, None
    step, strength, reason = goal.step.step, goal.step.strength, goal.step.reason
    words = None if reason is None else REASONS[reason]
    if reason == "no-number" and goal.before and goal.after:
        blank = [one.target.value is None for one in (goal.before, goal.after)]
        words = "两份都没有数值" if all(blank) else "旧文件没有数值" if blank[0] else "新文件没有数值"
    return ("不能比" if step is None else STEPS[step]), (None if strength is None else STRENGTHS[strength]), words


def say_goal(goal: Goal) -> str:
    """Return a target as a cell shows it: ≥97%, 数值隐去, 零增长."""
    if goal.growth is not None:
        return goal.growth
    if goal.value_text is None:
        return _KINDS.get(goal.kind, "没有数值")
    return f"{_SIGNS.get(goal.target.comparator or '', '')}{goal.value_text}{goal.unit or ''}"


def _body_rows(pair: PlanComparison) -> Iterator[tuple[Value, ...]]:
    for link in pair.continuations:
        for change in link.bodies:
            yield (
                _span(pair),
                BODY_KINDS[change.kind],
                change.name,
                *_roles(change),
                _name(link.earlier),
                _name(link.later),
                *_called(change),
            )


def _roles(change: BodyChange) -> tuple[str | None, str | None]:
    old, new = (None if duty is None else ROLES[duty.role] for duty in (change.before, change.after))
    return old, new


def _called(change: BodyChange) -> tuple[str | None, str | None]:
    old, new = (None if duty is None else duty.written for duty in (change.before, change.after))
    return old, new


def _load_rows(pair: PlanComparison) -> Iterator[tuple[Value, ...]]:
    for count in pair.bodies:
        more = count.after - count.before
        led = count.led_before, count.led_after
        yield (_span(pair), count.name, count.before, count.after, more, *led, count.inherited_before, count.inherited_after)


def _city_tables(found: CityComparison) -> list[Table]:
    names = tuple(name for _, name in found.regions)
    functions = found.functions()
    return [
        Table(
            "summary",
            "概况",
            ("地区", "文件", "时期", "任务数"),
            tuple((plan.region_name, plan.title, plan.years, plan.tasks) for plan in found.plans),
        ),
        Table(
            "metrics",
            "指标对照",
            ("指标", "设目标的地区数", _WAY, *names),
            tuple(
                (
                    line.name,
                    line.cities,
                    _DIRECTIONS.get(line.direction or ""),
                    *(_cell(line.goals, code) for code, _ in found.regions),
                )
                for line in found.metrics
            ),
            ("指标", *names),
        ),
        Table(
            "functions",
            "职能对照",
            ("职能", *names),
            tuple(
                (next(iter(by.values()))[0].function_name, *(_share(by.get(code, [])) for code, _ in found.regions))
                for by in functions.values()
            ),
        ),
        Table(
            "targets",
            "指标明细",
            ("指标", "地区", "年份", "目标", "可比的地区", "任务", "文件", "时期", "原文"),
            tuple(row for line in found.metrics for row in _city_goal_rows(line.name, line.goals)),
        ),
        Table(
            "departments",
            "职能明细",
            ("职能", "地区", "机构", "任务数", "牵头数", "责任数", "配合数", "指标数", "有缺口的任务数", "文件数"),
            tuple(_load_row(load) for by in functions.values() for code, _ in found.regions for load in by.get(code, [])),
        ),
    ]


def _cell(goals: Iterable[CityGoal], region: str) -> str | None:
    """Return a region's targets for a metric, the latest first, each with its year: ≥97%（2023）."""
    own = sorted((one for one in goals if one.plan.region == region), key=lambda one: -(one.goal.year or 0))
    said = dict.fromkeys(f"{say_goal(one.goal)}{'（' + str(one.goal.year) + '）' if one.goal.year else ''}" for one in own)
    return "；".join(said) or None


def _share(loads: Iterable[DepartmentLoad]) -> str | None:
    return "；".join(f"{load.name} {load.tasks} 项" + (f"，牵头 {load.led}" if load.led else "") for load in loads) or None


def _city_goal_rows(name: str, goals: Iterable[CityGoal]) -> Iterator[tuple[Value, ...]]:
    for one in goals:
        goal, plan = one.goal, one.plan
        beside = "、".join(one.beside)
        yield (name, plan.region_name, goal.year, say_goal(goal), beside, one.task, plan.title, plan.years, goal.written)


def _load_row(load: DepartmentLoad) -> tuple[Value, ...]:
    roles = load.tasks, load.led, load.responsible, load.supported, load.targets, load.gaps, load.documents
    return (load.function_name, load.region_name, load.name, *roles)
