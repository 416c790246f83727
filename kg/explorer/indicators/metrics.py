"""The metrics that targets are set for, by the function of those who answer for them."""

from __future__ import annotations

from collections.abc import Mapping

from kg.explorer.indicators.records import MetricEntry, MetricGroup, MetricsView
from kg.explorer.listings.asked import Asked, read_asked
from kg.explorer.listings.counts import count_facets
from kg.explorer.listings.kinds import INDICATORS
from kg.explorer.listings.made import prepare
from kg.explorer.listings.model import FacetView
from kg.explorer.params import Params
from kg.explorer.snapshot import Row, Snapshot

SHOWN_FACETS = ("region", "year", "kind", "unit", "binding", "has_value", "has_baseline")
_METRICS = """
SELECT metric_key AS key, any_value(metric) AS name, any_value(direction) AS direction, count(*) AS targets,
    count(value) AS valued, count(*) FILTER (binding = 'binding') AS binding, count(baseline_value) AS baselines,
    count(DISTINCT region_code) FILTER (region_code <> '-') AS regions, count(DISTINCT document_id) AS documents,
    min(year) AS first, max(year) AS last, count(DISTINCT name) AS names,
    list(DISTINCT unit_code ORDER BY unit_code) FILTER (unit_code <> '-') AS units
FROM listed_indicators WHERE {where} AND metric_key <> '-' GROUP BY metric_key
ORDER BY targets DESC, any_value(metric) COLLATE zh, key
"""
# the function of the body that leads or is named first, as most targets have it; of equals, the first in reading order
_GROUPS = """
WITH borne AS (
    SELECT metric_key, organizations.function, function_name, count(*) AS targets, min(id) AS first
    FROM listed_indicators JOIN organizations ON bodies[1].key = organizations.key
    WHERE organizations.function IS NOT NULL GROUP BY ALL
)
SELECT metric_key AS key, arg_max(function, (targets, -first)) AS function, arg_max(function_name, (targets, -first)) AS name
FROM borne GROUP BY metric_key
"""


def gather_metrics(snapshot: Snapshot, params: Params) -> MetricsView:
    """Return the metrics of which some target fits, with how many do; those of one function together."""
    prepare(snapshot, INDICATORS)
    asked = read_asked(INDICATORS, params)
    entries = [_entry(row) for row in snapshot.rows(_METRICS.format(where=asked.where), None, **asked.parameters)]
    whole = next(snapshot.rows("SELECT count(DISTINCT metric_key) AS n FROM listed_indicators WHERE metric_key <> '-'"))["n"]
    return MetricsView(
        groups=_group(entries, _groups(snapshot)),
        facets=offered_facets(snapshot, asked),
        q=params.one("q"),
        metrics=len(entries),
        targets=sum(entry.targets for entry in entries),
        whole=whole,
    )


def offered_facets(snapshot: Snapshot, asked: Asked) -> tuple[FacetView, ...]:
    """Return what targets are chosen by on the pages of metrics."""
    return tuple(facet for facet in count_facets(snapshot, asked) if facet.key in SHOWN_FACETS)


def _groups(snapshot: Snapshot) -> Mapping[str, tuple[str, str]]:
    return snapshot.remember(
        "groups of metrics", lambda: {row["key"]: (row["function"], row["name"]) for row in snapshot.rows(_GROUPS)}
    )


def _group(entries: list[MetricEntry], groups: Mapping[str, tuple[str, str]]) -> tuple[MetricGroup, ...]:
    found: dict[tuple[str, str] | None, list[MetricEntry]] = {}
    for entry in entries:
        found.setdefault(groups.get(entry.key), []).append(entry)
    order = sorted(found, key=lambda group: (group is None, -sum(one.targets for one in found[group]), group or ("", "")))
    return tuple(MetricGroup(group and group[0], group and group[1], tuple(found[group])) for group in order)


def _entry(row: Row) -> MetricEntry:
    years = (row["first"], row["last"]) if row["first"] is not None else None
    names = MetricEntry.__dataclass_fields__.keys() - {"years", "units"}
    return MetricEntry(**{name: row[name] for name in names}, years=years, units=tuple(row["units"] or ()))
