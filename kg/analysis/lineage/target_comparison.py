"""Targets beside those above them: for one metric and year, whether a target is weaker than that of the region around it.

Only what can be set side by side gets a verdict; a false "weaker" accuses somebody, so everything in doubt is *not comparable*,
with its ground. ``queries/measures/target-comparison.sql`` is the rule, ``docs/comparison.md`` tells it in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any, Literal

from kg.analysis.columns import Columns, Period, read_measure
from kg.analysis.lineage.policy_reach import scope_parameters
from kg.analysis.targets.growth import find_growth
from kg.cues import load_cues
from kg.schemes import intensive_units, unit_name

TargetRelation = Literal["region-above", "longer-plan"]
TargetVerdict = Literal["weaker", "equal", "stronger", "not-comparable"]

RELATIONS: Mapping[TargetRelation, str] = {"region-above": "上级地区", "longer-plan": "本地区更长时期规划"}
TARGET_VERDICTS: Mapping[TargetVerdict, str] = {
    "weaker": "低于上位目标",
    "equal": "与上位目标相当",
    "stronger": "高于上位目标",
    "not-comparable": "不可比",
}
GROUNDS: Mapping[str, str] = {  # why two targets are not comparable, in the order in which they are asked
    "no-number": "一方没有数值",
    "unit-unknown": "单位不明",
    "unit-differs": "单位不同类",
    "amount": "绝对数量",
    "no-direction": "不知高好低好",
    "change-and-level": "一为升降幅度，一为水平",
    "unit-unlike-metric": "单位与指标不合",
    "baseline": "基期不同或不明",
    "name": "指标写法不同",
    "scope": "范围不同",
    "range": "目标是区间",
    "several-values": "同一指标有多个目标值",
    "vague": "一方是约数",
    "against-direction": "比较关系与指标方向相反",
}
_OWN = ("relation", "verdict", "ground", "difference", "metric", "metric_name", "direction", "year", "unit")
_KINDS = {"trend": "定性目标", "delegated": "完成上级下达的任务", "placeholder": "数值留空", "milestone": "里程碑"}
_TURNS = ("increase", "decrease")
_SIGNS = {
    "at-least": "≥",
    "above": "＞",
    "at-most": "≤",
    "below": "＜",
    "about": "≈",
    "increase": "提高",
    "decrease": "下降",
}


@dataclass(frozen=True, slots=True)
class Target:
    """A target with where it stands and its words."""

    iri: str
    task: str | None  # IRI; None: in the goals or a table
    document: str  # IRI
    title: str  # of the document
    region_code: str
    region: str | None
    name: str  # of the indicator, as written
    kind: str
    comparator: str | None
    value: str | None  # digits as written
    unit: str | None  # as written
    normal: Decimal | None  # in the base unit
    baseline: int | None  # year
    binding: str | None  # "binding" or "expected"
    quote: str
    start: int
    end: int
    file: str | None

    def show(self, unit: str | None) -> str:
        """Return the number as written, with what it comes to in the common unit, given by its IRI, where that is another.

        ``20万亩`` is shown as ``20万亩＝13333.33公顷``.
        """
        if growth := find_growth(self.kind, self.quote):
            return growth
        if self.value is None:
            return _KINDS.get(self.kind, "没有数值")
        written = f"{_SIGNS.get(self.comparator or '', '')}{self.value}{self.unit or ''}"
        if self.normal is None or unit is None or self.normal == Decimal(self.value):
            return written
        return f"{written}＝{show_number(self.normal)}{unit_name(unit)}"


@dataclass(frozen=True, slots=True)
class TargetComparison:
    """A target (child) and one above it (parent) for the same metric and year, with the verdict."""

    relation: TargetRelation
    verdict: TargetVerdict
    ground: str | None  # key of GROUNDS, where they are not comparable
    difference: Decimal | None  # child - parent in the common unit, where they are
    metric: str  # IRI
    metric_name: str | None
    direction: str | None  # which is better, "higher" or "lower"
    year: int
    unit: str | None  # IRI of the common unit
    child: Target
    parent: Target

    @property
    def reason(self) -> str:
        """The verdict in a sentence, with both numbers and how they were converted."""
        both = self.child.normal is not None and self.parent.normal is not None
        below, above = (target.show(self.unit if both else None) for target in (self.child, self.parent))
        if self.ground is not None:
            return f"{GROUNDS[self.ground]}：{below}；上位目标{above}"
        return f"{below}；上位目标{above}：{self._step()}"

    def _step(self) -> str:
        if not self.difference:
            return "数值相同"
        step = f"{show_number(abs(self.difference))}{self._step_unit()}"
        if self.child.comparator in _TURNS:
            return f"{'多' if self.difference > 0 else '少'}{_SIGNS[self.child.comparator]}{step}"
        better = "越高越好" if self.direction == "higher" else "越低越好"
        return f"{'高' if self.difference > 0 else '低'}{step}，该指标{better}"

    def _step_unit(self) -> str:
        name = unit_name(self.unit) if self.unit else ""
        if name == "%":
            return "个百分点"
        return self.child.unit if self.child.unit and self.child.normal == Decimal(self.child.value or 0) else name


@dataclass(frozen=True, slots=True)
class ComparisonCount:
    """How many pairs of targets have a verdict, and on what ground."""

    relation: TargetRelation
    verdict: TargetVerdict
    ground: str | None
    pairs: int


def compare_with_above(
    columns: Columns,
    verdicts: Iterable[TargetVerdict] = ("weaker",),
    region: str | None = None,
    period: Period | None = None,
    *,
    metric: str | None = None,
    without: Iterable[str] = (),
    top: int | None = None,
    worst_first: bool = False,
) -> Iterator[TargetComparison]:
    """Yield the pairs of a target and one above it that have one of these verdicts, in reading order of the child.

    ``columns`` holds the whole graph; ``region`` (IRI or code) and ``period`` say whose targets are judged by those above them;
    ``metric`` (IRI) leaves the targets of that one. Pairs that cannot be compared on the grounds ``without`` are left out. With
    ``worst_first``, those come first that stand below a binding target (约束性), then those that are furthest from the number
    above, as a share of it. At ten thousand documents there are hundreds of thousands of pairs; they come one by one.
    """
    asked = _parameters(columns, verdicts, region, period) | {
        "metric": metric,
        "without": list(without),
        "top": top,
        "worst_first": worst_first,
    }
    for row in columns.records("target-comparison", **asked):
        child, parent = (_target(row, side) for side in ("child", "parent"))
        yield TargetComparison(**{name: row[name] for name in _OWN}, child=child, parent=parent)


def count_comparisons(columns: Columns, region: str | None = None, period: Period | None = None) -> list[ComparisonCount]:
    """Return how many pairs there are of each verdict and ground, those of regions first, in the order of the verdicts."""
    counted = f"SELECT relation, verdict, ground, count(*) AS pairs FROM ({read_measure('target-comparison')}) GROUP BY ALL"
    found = [ComparisonCount(**row) for row in columns.rows(counted, _parameters(columns, TARGET_VERDICTS, region, period))]
    verdicts, grounds = list(TARGET_VERDICTS), [None, *GROUNDS]
    return sorted(found, key=lambda one: (one.relation != "region-above", verdicts.index(one.verdict), grounds.index(one.ground)))


def _parameters(columns: Columns, verdicts: Iterable[str], region: str | None, period: Period | None) -> dict[str, Any]:
    asked = {"verdicts": list(verdicts), **scope_parameters(columns, region, period)}
    return {**asked, "metric": None, "without": [], "top": None, "worst_first": False, **comparison_rules()}


@cache
def comparison_rules() -> Mapping[str, Any]:
    """Return what the rule needs of seeds/comparison.toml and of the list of units, by parameter."""
    patterns: dict[str, Any] = {cue.id: cue.pattern.pattern for cue in load_cues("comparison.toml")["comparison"]}
    return {**patterns, "scope": patterns["scope"].split("|"), "ratios": list(intensive_units())}


def show_number(value: Decimal) -> str:
    """Return a number with at most two places, and none that say nothing.

    >>> show_number(Decimal("13333.3333333333")), show_number(Decimal("95.0")), show_number(Decimal("0.0041"))
    ('13333.33', '95', '0.0041')
    """
    places = Decimal("0.01") if abs(value) >= 1 else Decimal("0.0001")
    text = f"{value.quantize(places, ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _target(row: Mapping[str, Any], side: str) -> Target:
    names = Target.__dataclass_fields__.keys() - {"iri"}
    return Target(iri=row[side], **{name: row[f"{side}_{name}"] for name in names})
