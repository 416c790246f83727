"""The measures that several screens show, made once for each part of the graph."""

from __future__ import annotations

from kg.analysis import GapCount, Load, count_gaps, measure_loads
from kg.explorer.params import Scope
from kg.explorer.snapshot import Snapshot

WHOLE = Scope()


def loads_of(snapshot: Snapshot, scope: Scope = WHOLE) -> tuple[Load, ...]:
    """Return the load of each body over all documents in view, those with most tasks first."""
    found = snapshot.remember(("loads", scope), lambda: tuple(measure_loads(snapshot.columns(scope))))
    return tuple(load for load in found if load.period is None)


def gap_counts_of(snapshot: Snapshot, scope: Scope = WHOLE) -> tuple[GapCount, ...]:
    """Return how many gaps of each kind there are, the gravest kinds first."""
    return snapshot.remember(("gap counts", scope), lambda: tuple(count_gaps(snapshot.columns(scope))))
