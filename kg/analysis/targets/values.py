"""Two targets for one metric: which number is higher, and which target asks for more."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Step = Literal["raised", "lowered", "same"]
Strength = Literal["stronger", "weaker", "equal"]
Reason = Literal["no-number", "unit", "form", "direction", "name", "scope", "baseline", "range", "vague", "against-direction"]

STEPS: dict[Step, str] = {"raised": "提高", "lowered": "降低", "same": "不变"}
STRENGTHS: dict[Strength, str] = {"stronger": "更严", "weaker": "放宽", "equal": "相当"}
REASONS: dict[Reason, str] = {
    "no-number": "没有数值",
    "unit": "单位不同",
    "form": "一为升降幅度，一为水平",
    "direction": "不知高好还是低好",
    "name": "指标写法不同",
    "scope": "范围不同",
    "baseline": "基期不同或不明",
    "range": "目标是区间",
    "vague": "一方是约数",
    "against-direction": "比较关系与指标方向相反",
}
_TURNS = ("increase", "decrease")
_UPWARD = {"at-least": True, "above": True, "at-most": False, "below": False}


@dataclass(frozen=True, slots=True)
class TargetValue:
    """A target as it is compared: the number in the unit's base where the unit is known, else as written."""

    value: Decimal | None
    unit: str | None = None  # the base unit's IRI, or the words of an unknown unit
    comparator: str | None = None  # "at-least", "decrease" …: code in schemes.ttl


@dataclass(frozen=True, slots=True)
class TargetStep:
    """How the second of two targets stands to the first; what cannot be said is ``None``, and ``reason`` says why."""

    step: Step | None  # of the number
    strength: Strength | None  # of the target
    reason: Reason | None = None


def compare_targets(first: TargetValue, second: TargetValue, direction: str | None) -> TargetStep:
    """Return how the second target stands to the first, for a metric that is better when ``higher`` or ``lower``.

    A higher number is the stronger target where more is better, the weaker one where less is better. 下降5%, 增长8% state a
    change: more of it is stronger if the metric is better that way, and it is compared with a change alone, never with a
    level. Where the metric's direction is unknown, 不低于, 不高于 and 下降 tell what is aimed at; a bare number does not.

    >>> at_most = TargetValue(Decimal(38), "µg", "at-most"), TargetValue(Decimal(36), "µg", "at-most")
    >>> compare_targets(*at_most, "lower")
    TargetStep(step='lowered', strength='stronger', reason=None)
    >>> compare_targets(TargetValue(Decimal(3), "%", "decrease"), TargetValue(Decimal(2), "%", "decrease"), "lower").strength
    'weaker'
    >>> compare_targets(TargetValue(Decimal(3), "%", "decrease"), TargetValue(Decimal(40), "%", "at-most"), "lower").reason
    'form'
    """
    if first.value is None or second.value is None:
        return TargetStep(None, None, "no-number")
    if first.unit != second.unit:
        return TargetStep(None, None, "unit")
    if _turn(first) != _turn(second):
        return TargetStep(None, None, "form")
    if first.value == second.value:
        return TargetStep("same", "equal")
    step: Step = "raised" if second.value > first.value else "lowered"
    upward = _is_stronger_upward(first, second, direction)
    if upward is None:
        return TargetStep(step, None, "direction")
    return TargetStep(step, "stronger" if (step == "raised") == upward else "weaker")


def _turn(target: TargetValue) -> str | None:
    return target.comparator if target.comparator in _TURNS else None


def _is_stronger_upward(first: TargetValue, second: TargetValue, direction: str | None) -> bool | None:
    """Return whether the higher number is the stronger target; ``None`` if nothing tells."""
    turn = _turn(first)
    if turn is not None:
        against = {"increase": "lower", "decrease": "higher"}[turn]  # a fall of what should rise: allowed, not aimed at
        return direction != against
    if direction in ("higher", "lower"):
        return direction == "higher"
    aims = {_UPWARD.get(target.comparator or "") for target in (first, second)}
    return aims.pop() if len(aims) == 1 else None
