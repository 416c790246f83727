"""One metric across cities and years: its targets as they are written, each beside those above it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg.analysis.lineage.target_comparison import TARGET_VERDICTS, TargetComparison, compare_with_above
from kg.explorer.indicators.metrics import offered_facets
from kg.explorer.indicators.records import Above, MetricView, TargetRow
from kg.explorer.indicators.scales import make_scales
from kg.explorer.listings.asked import read_asked
from kg.explorer.listings.gather import plain_value, read_thing
from kg.explorer.listings.kinds import INDICATORS
from kg.explorer.listings.made import prepare
from kg.explorer.listings.model import NOT_SAID
from kg.explorer.params import Params, Scope
from kg.explorer.records import Cut, NotHereError, Quote
from kg.explorer.snapshot import Row, Snapshot

MOST = 300  # rows of the table
_VERDICTS = ("weaker", "equal", "stronger", "not-comparable")  # what says most comes first
_TARGETS = """
SELECT * FROM listed_indicators WHERE {where}
ORDER BY region_code = '-', region_code, year NULLS LAST, first_year, document_id, place, id
"""
_NAMES = "SELECT name, count(*) AS n FROM listed_indicators WHERE metric_key = $key GROUP BY name ORDER BY n DESC, name"
_METRIC = """
SELECT any_value(metric) AS name, any_value(direction) AS direction, count(*) AS n,
    count(DISTINCT document_id) AS documents
FROM listed_indicators WHERE metric_key = $key
"""


def gather_metric(snapshot: Snapshot, params: Params) -> MetricView:
    """Return a metric by its key; ``region=``, ``year=``, ``kind=`` and so on leave some of its targets.

    :raises NotHereError: no document sets a target for it.
    """
    prepare(snapshot, INDICATORS)
    known = next(snapshot.rows(_METRIC, key=params.key))
    if not known["n"] or params.key == NOT_SAID:
        raise NotHereError("metric", params.key)
    asked = read_asked(INDICATORS, params)
    asked = replace(asked, chosen={**asked.chosen, "metric": (params.key,)})
    above: Mapping[str, tuple[Above, ...]] = {}
    if known["documents"] > 1:  # nothing is above in the same document
        above = snapshot.remember(("targets above", params.key), lambda: _compare(snapshot, params.key))
    found = snapshot.rows(_TARGETS.format(where=asked.where), None, **asked.parameters)
    rows = [_target(row, above.get(row["iri"], ())) for row in found]
    years = [row.year for row in rows if row.year is not None]
    best = Counter(row.above[0].verdict for row in rows if row.above)
    return MetricView(
        key=params.key,
        name=known["name"],
        direction=known["direction"],
        names=tuple((row["name"], row["n"]) for row in snapshot.rows(_NAMES, key=params.key)),
        facets=offered_facets(snapshot, asked),
        targets=len(rows),
        whole=known["n"],
        regions=len({row.region_code for row in rows} - {NOT_SAID}),
        years=(min(years), max(years)) if years else None,
        verdicts=tuple((verdict, best[verdict]) for verdict in _VERDICTS if best[verdict]),
        scales=make_scales(rows, known["direction"]),
        apart=tuple(row for row in rows if row.value is None)[:MOST],
        rows=tuple(rows[:MOST]),
        cut=Cut(min(len(rows), MOST), len(rows)),
    )


def list_metrics(snapshot: Snapshot) -> Iterator[str]:
    """Yield the keys of the metrics that some document sets a target for."""
    prepare(snapshot, INDICATORS)
    sql = "SELECT DISTINCT metric_key AS key FROM listed_indicators WHERE metric_key <> '-' ORDER BY key"
    yield from (row["key"] for row in snapshot.rows(sql))


def _compare(snapshot: Snapshot, key: str) -> Mapping[str, tuple[Above, ...]]:
    """Return what stands above each target, by its IRI; what says most comes first."""
    found: dict[str, list[Above]] = defaultdict(list)
    for pair in compare_with_above(snapshot.columns(Scope()), TARGET_VERDICTS, metric=snapshot.iri("metric", key)):
        found[pair.child.iri].append(_above(snapshot, pair))
    return {iri: tuple(sorted(all_, key=lambda one: _VERDICTS.index(one.verdict))) for iri, all_ in found.items()}


def _above(snapshot: Snapshot, pair: TargetComparison) -> Above:
    parent = pair.parent
    return Above(
        relation=pair.relation,
        verdict=pair.verdict,
        ground=pair.ground,
        reason=pair.reason,
        region=parent.region,
        title=parent.title,
        document=snapshot.key(parent.document),
        start=parent.start,
        end=parent.end,
    )


def _target(row: Row, above: tuple[Above, ...]) -> TargetRow:
    place = row["quote_start"], row["quote_end"], row["page"], row["rule"], row["file"]
    return TargetRow(
        number=row["id"],
        name=row["name"],
        kind=row["kind"],
        comparator=None if row["comparator"] == NOT_SAID else row["comparator"],
        value=plain_value(row["value"]),
        written=row["value_text"],
        unit=row["unit_written"],
        year=row["year"],
        baseline=plain_value(row["baseline_value"]),
        baseline_year=row["baseline_year"],
        binding=None if row["binding"] == NOT_SAID else row["binding"],
        region=row["region"],
        region_code=row["region_code"],
        document=row["document_key"],
        title=row["document"],
        task=row["task_key"],
        task_title=row["task_title"],
        bodies=tuple(read_thing(one, row["region"]) for one in row["bodies"]),
        as_written=row["as_written"],
        quote=Quote(row["quote"], row["quote_document"], *place),
        above=above,
    )
