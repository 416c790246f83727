"""What an indicator measures: a metric that is the same across documents."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from kg.model import Decision, Metric, Reading
from kg.registry import KnownMetric, Registry, short_name
from kg.resolve.metric_names import forms_of, normalize_metric, same, slips_of
from kg.resolve.regions import Scope

_CHANGE = re.compile(
    r"(?P<change>(?:累计)?(?:下降|降低|减少|削减)(?:率|幅度|比例)?|降幅|(?:增长|增加|提高|提升)(?:率|速度|幅度|比例)?|增速|增幅)$"
)
_FALL = re.compile(r"降|减")
How = Literal["named", "slip", "unknown"]
_REASONS: Mapping[How, str] = {
    "named": "指标目录里的“{}”",
    "slip": "与指标目录里“{}”的一个写法只差一字",
    "unknown": "指标目录里没有，单列为一个指标",
}
_OPPOSITE: Mapping[Literal["higher", "lower"], Literal["higher", "lower"]] = {"higher": "lower", "lower": "higher"}


def resolve_metrics(reading: Reading, scope: Scope, registry: Registry) -> tuple[Mapping[str, Metric], tuple[Decision, ...]]:
    """Return the metric of each indicator's name, and a decision for each."""
    indicators = [*reading.indicators, *(indicator for task in reading.tasks for indicator in task.indicators)]
    metrics: dict[str, Metric] = {}
    decisions = []
    for name, count in Counter(indicator.name for indicator in indicators).items():
        metrics[name], how = _find(name, scope, registry)
        known, reason = how != "unknown", _REASONS[how].format(metrics[name].label)
        decisions.append(Decision("metric", name, "matched" if known else "unknown", metrics[name].key, (), reason, count))
    return metrics, tuple(decisions)


def resolve_metric(name: str, scope: Scope, registry: Registry) -> tuple[Metric, bool]:
    """Return the metric that ``name`` means, and whether the catalogue has it."""
    metric, how = _find(name, scope, registry)
    return metric, how != "unknown"


def _find(name: str, scope: Scope, registry: Registry) -> tuple[Metric, How]:
    """Return the metric of a name, and how it was found.

    A change is a metric of its own: 单位GDP能耗降低率 is better high, 单位GDP能耗 is better low.
    """
    text = normalize_metric(name)
    if scope.region is not None:
        for place in (scope.region.name, short_name(scope.region.name)):
            text = text.removeprefix(place) if len(text) > len(place) + 1 else text
    names = _catalogue(registry)
    for form in forms_of(text):
        if len(form) >= 2 and (known := names.get(form) or names.get(same(form))) is not None:
            return known.metric, "named"
    if match := _CHANGE.search(text):
        base = text[: match.start()]
        if (known := names.get(base) or names.get(same(base))) is not None:
            return _change(known.metric, falls=bool(_FALL.search(match["change"]))), "named"
    slips = {names[form].metric for form in slips_of(text, names)}
    if len(slips) == 1:  # two would be a guess
        return slips.pop(), "slip"
    digest = hashlib.sha256(text.encode()).hexdigest()[:10]
    return Metric(f"m-{digest}", text, None), "unknown"


def _change(metric: Metric, *, falls: bool) -> Metric:
    direction = _OPPOSITE[metric.direction] if falls and metric.direction else metric.direction
    key, word = ("fall", "降幅") if falls else ("rise", "增幅")
    return Metric(f"{metric.key}-{key}", metric.label + word, direction)


@lru_cache(maxsize=4)
def _catalogue(registry: Registry) -> dict[str, KnownMetric]:
    names: dict[str, KnownMetric] = {}
    for known in registry.metrics:
        for name in known.names:
            names.setdefault(normalize_metric(name), known)
    for name, known in list(names.items()):
        names.setdefault(same(name), known)
    return names
