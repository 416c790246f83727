"""The measures that several screens show, made once for each part of the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from kg.analysis import GapCount, Load, Pair, RegionLoad, count_gaps, measure_loads, measure_pairs, measure_regions
from kg.explorer.params import Scope
from kg.explorer.snapshot import Snapshot

WHOLE = Scope()
_GAPS = "SELECT kind, task_id FROM gaps WHERE task_id IS NOT NULL AND justified IS NULL ORDER BY kind, task_id"


def loads_of(snapshot: Snapshot, scope: Scope = WHOLE) -> tuple[Load, ...]:
    """Return the load of each body over all documents in view, those with most tasks first."""
    found = snapshot.remember(("loads", scope), lambda: tuple(measure_loads(snapshot.columns(scope))))
    return tuple(load for load in found if load.period is None)


def regions_of(snapshot: Snapshot, scope: Scope = WHOLE) -> Mapping[str, RegionLoad]:
    """Return how the load lies in each region over all documents in view, by the region's IRI."""
    found = snapshot.remember(("region loads", scope), lambda: tuple(measure_regions(snapshot.columns(scope))))
    return {one.region: one for one in found if one.region is not None and one.period is None}


def pairs_of(snapshot: Snapshot, scope: Scope = WHOLE) -> tuple[Pair, ...]:
    """Return who shares tasks with whom, those with most first."""
    return snapshot.remember(("pairs", scope), lambda: tuple(measure_pairs(snapshot.columns(scope))))


def partners_of(snapshot: Snapshot, body: str) -> tuple[Pair, ...]:
    """Return the pairs that a body (IRI) is in, over the whole graph, those with most shared tasks first."""

    def make() -> Mapping[str, tuple[Pair, ...]]:
        found: dict[str, list[Pair]] = defaultdict(list)
        for pair in pairs_of(snapshot):
            found[pair.a].append(pair)
            found[pair.b].append(pair)
        return {one: tuple(pairs) for one, pairs in found.items()}

    return snapshot.remember("partners", make).get(body, ())


def gap_counts_of(snapshot: Snapshot, scope: Scope = WHOLE) -> tuple[GapCount, ...]:
    """Return how many gaps of each kind there are, the gravest kinds first."""
    return snapshot.remember(("gap counts", scope), lambda: tuple(count_gaps(snapshot.columns(scope))))


def gaps_of_tasks(snapshot: Snapshot) -> Mapping[int, tuple[str, ...]]:
    """Return what each task leaves open, by its number: codes of kinds; what a person justified is left out."""

    def make() -> Mapping[int, tuple[str, ...]]:
        found: dict[int, dict[str, None]] = defaultdict(dict)
        for row in snapshot.rows(_GAPS):
            found[row["task_id"]][row["kind"]] = None
        return {task: tuple(kinds) for task, kinds in found.items()}

    return snapshot.remember("gaps of tasks", make)
