"""Measures over the graph: load and overload, shared responsibility, gaps; every number leads back to its tasks."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from kg.analysis.columns import Columns, open_columns
from kg.analysis.facts import Body, Duty, Facts, IndicatorFact, Period, TaskFact
from kg.analysis.gaps.found import Gap, GapCount, Reason, count_gaps, iterate_gaps, measure_gaps
from kg.analysis.gaps.kinds import SEVERITIES, GapKind, gap_kinds
from kg.analysis.gathered import read_facts_of_tables
from kg.analysis.load import VERDICTS, Load, RegionLoad, measure_loads, measure_regions
from kg.analysis.sharing.pairs import Pair, join_pairs, measure_pairs

if TYPE_CHECKING:
    from kg.queryable import Queryable
    from kg.store import Generation

__all__ = [
    "SEVERITIES",
    "VERDICTS",
    "Analysis",
    "Body",
    "Columns",
    "Duty",
    "Facts",
    "Gap",
    "GapCount",
    "GapKind",
    "IndicatorFact",
    "Load",
    "Pair",
    "Period",
    "Reason",
    "RegionLoad",
    "TaskFact",
    "analyze",
    "count_gaps",
    "gap_kinds",
    "iterate_gaps",
    "join_pairs",
    "measure_gaps",
    "measure_loads",
    "measure_pairs",
    "measure_regions",
    "open_columns",
    "read_facts_of_tables",
]


@dataclass(frozen=True, slots=True, repr=False)
class Analysis:
    """What the graph says of load, sharing and gaps, in the order in which it matters."""

    documents: int
    tasks: int  # safeguards not counted
    measures: int  # safeguards (保障措施)
    organizations: int  # bodies on at least one task, generic ones not counted
    indicators: int
    loads: tuple[Load, ...]  # each body over all periods in view
    loads_by_period: tuple[Load, ...]  # the same, each period on its own
    regions: tuple[RegionLoad, ...]  # median, spread and concentration over all periods in view
    regions_by_period: tuple[RegionLoad, ...]
    pairs: tuple[Pair, ...]
    gaps: tuple[Gap, ...]
    gap_counts: tuple[GapCount, ...]

    def __repr__(self) -> str:
        counted = f"{self.documents} documents, {self.tasks} tasks, {self.organizations} bodies, {self.indicators} indicators"
        return f"<Analysis of {counted}: {len(self.loads)} loads, {len(self.pairs)} pairs, {len(self.gaps)} gaps>"

    def top_loads(self, limit: int = 10, generic: bool = False) -> list[Load]:
        """Return the most loaded bodies by tasks; 各县（市、区）政府 and the like only if asked for."""
        return [load for load in self.loads if generic or load.kind != "generic"][:limit]

    def top_pairs(self, limit: int = 10, generic: bool = False) -> list[Pair]:
        """Return the pairs with most shared tasks; those with a generic body only if asked for."""
        return [pair for pair in self.pairs if generic or not pair.generic][:limit]

    def overloaded(self) -> list[Load]:
        """Return who bears more than the region's other organizations in a period, the highest score first."""
        found = [load for load in self.loads_by_period if load.verdict in ("overloaded", "heavy")]
        return sorted(found, key=lambda load: (-(load.score or 0.0), load.organization, load.period or (0, 0)))

    def periods(self) -> list[Period]:
        """Return the periods of the documents, the earliest first."""
        return sorted({load.period for load in self.loads_by_period if load.period is not None})

    def gaps_of(self, kind: str) -> list[Gap]:
        """Return the gaps of one kind, by its code: ``no-unit``, ``no-lead`` and so on."""
        return [gap for gap in self.gaps if gap.kind == kind]

    def to_json(self) -> str:
        """Return everything as one JSON object."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


def analyze(
    graph: Queryable | Generation, region: str | None = None, period: Period | None = None, *, tasks: bool = True
) -> Analysis:
    """Return the measures over the whole graph, or over the documents of one region (IRI) or one period (years).

    Without ``tasks``, loads and pairs come without the lists of their tasks, which take memory at ten thousand documents.
    """
    with open_columns(graph, region, period) as columns:
        loads, regions, pairs = measure_loads(columns, tasks=tasks), measure_regions(columns), measure_pairs(columns, tasks=tasks)
        gaps, counts = measure_gaps(columns), count_gaps(columns)
        (totals,) = columns.records("totals")
    return Analysis(
        **totals,
        loads=tuple(load for load in loads if load.period is None),
        loads_by_period=tuple(load for load in loads if load.period is not None),
        regions=tuple(region for region in regions if region.period is None),
        regions_by_period=tuple(region for region in regions if region.period is not None),
        pairs=tuple(pairs),
        gaps=tuple(gaps),
        gap_counts=tuple(counts),
    )
