"""What the documents in view are set beside: the plans before and after them, the targets above theirs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kg.analysis import open_columns
from kg.analysis.continuity.changes import PlanComparison, compare_plans
from kg.analysis.continuity.plans import find_successions, list_plans, read_contents
from kg.analysis.lineage.target_comparison import ComparisonCount, TargetComparison, compare_with_above, count_comparisons
from kg.report.model import Period
from kg.store import Generation

MOST_PLANS = 6  # pairs of plans that a report compares, those with most tasks
MOST_TARGETS = 5_000  # weaker targets; a workbook of more helps nobody


@dataclass(frozen=True)
class Beside:
    """The comparisons, with how many successions there are in all."""

    continuity: tuple[PlanComparison, ...]
    successions: int
    weaker: tuple[TargetComparison, ...]
    target_counts: tuple[ComparisonCount, ...]


def set_beside(generation: Generation, region: str | None, period: Period | None, own: Collection[str]) -> Beside:
    """Return what the documents with these IRIs are set beside; the whole graph is looked at."""
    with open_columns(generation) as columns:
        found = [pair for pair in find_successions(list_plans(columns)) if pair[0].iri in own or pair[1].iri in own]
        chosen = sorted(found, key=lambda pair: (-pair[0].tasks - pair[1].tasks, pair[0].iri))[:MOST_PLANS]
        chosen.sort(key=lambda pair: (pair[0].region or "", pair[0].period or (0, 0), pair[0].iri))
        contents = read_contents(columns, list(dict.fromkeys(plan for pair in chosen for plan in pair)))
        weaker = []
        for one in compare_with_above(columns, ("weaker",), region, period):
            if one.child.document in own:
                weaker.append(one)
                if len(weaker) == MOST_TARGETS:
                    break
        return Beside(
            continuity=tuple(compare_plans(contents[before.id], contents[after.id]) for before, after in chosen),
            successions=len(found),
            weaker=tuple(weaker),
            target_counts=tuple(count_comparisons(columns, region, period)),
        )
