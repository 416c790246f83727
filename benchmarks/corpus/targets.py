"""Which value a target has: what the plan above wants, or a little more, or less; year by year nearer to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from benchmarks.corpus.plans import LAST, Plan
from benchmarks.corpus.wording import SHARES, is_better_high, metric_words, wording, write_number
from kg.registry import COUNTRY

TargetKind = Literal["quantitative", "trend", "delegated"]
_AMOUNTS = {
    "national": 60.0,
    "province": 8.0,
    "prefecture": 1.0,
    "county": 0.3,
}  # how much a place of a level has, a city being 1
_OTHER = (0.0, 0.0, 0.0, 0.03, 0.06, -0.05)  # beside what the plan above wants, as a share of the range
_YEARLY = (0.04, 0.08, 0.02, 0.0, -0.03)


@dataclass(frozen=True, slots=True)
class Target:
    """A metric's value in the plan's last year, or how it is put without one."""

    metric: str
    value: str | None
    kind: TargetKind


def first_target(metric: str, field: str, plan: Plan, above: Target | None, chance: Random) -> Target:
    """Return what a plan wants of a metric for the first time; ``above`` is what the plan above it wants."""
    kinds: tuple[TargetKind, ...] = ("quantitative", "trend", "delegated")
    kind = chance.choices(kinds, (72, 18, 10))[0]
    if kind != "quantitative":
        return Target(metric, None, kind)
    low, high = _range(metric, field, plan)
    value = low + (high - low) * chance.random() * 0.8
    if above is not None and above.value is not None:
        wanted = float(above.value) + _better(metric) * chance.choice(_OTHER) * (high - low)
        early = 0.0 if plan.year is None else (LAST - plan.year) * 0.04 * (high - low)
        value = _held(wanted - _better(metric) * early, low, high)
    return Target(metric, write_number(value, metric), kind)


def next_target(target: Target, field: str, plan: Plan, chance: Random) -> Target:
    """Return next year's target: mostly more is wanted, sometimes the same, sometimes less."""
    if target.value is None:
        return target
    low, high = _range(target.metric, field, plan)
    value = float(target.value) + _better(target.metric) * chance.choice(_YEARLY) * (high - low)
    return replace(target, value=write_number(_held(value, low, high), target.metric))


def are_alike(metric: str, plan: Plan, above: Plan) -> bool:
    """Say whether a value of one plan says something of the other's: both of one place, or a share."""
    return plan.region == above.region or metric_words(metric)[1] in SHARES


def _range(metric: str, field: str, plan: Plan) -> tuple[float, float]:
    low, high = next((low, high) for name, low, high in wording()["field"][field]["metrics"] if name == metric)
    level = "national" if plan.region.code == COUNTRY else plan.region.level
    times = 1.0 if metric_words(metric)[1] in SHARES else _AMOUNTS.get(level, 1.0)
    return low * times, high * times


def _held(value: float, low: float, high: float) -> float:
    return min(max(value, low * 0.8), high)


def _better(metric: str) -> int:
    return 1 if is_better_high(metric) else -1
