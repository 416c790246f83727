"""What a scenario changes: loads and gaps before and after, only where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.analysis.gaps.found import Gap, measure_gaps
from kg.analysis.load import Load, measure_loads
from kg.analysis.scenario.steps import Step, apply_scenario

if TYPE_CHECKING:
    from kg.analysis.columns import Columns

Key = tuple[str, object]


@dataclass(frozen=True, slots=True)
class LoadChange:
    """The load of a body over all documents in view, or of a period; ``None``: it bears nothing there."""

    before: Load | None
    after: Load | None

    @property
    def load(self) -> Load:
        """The load that is there, of two the one before."""
        found = self.before or self.after
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class Effect:
    """What a scenario comes to."""

    steps: tuple[Step, ...]
    loads: tuple[LoadChange, ...]  # over all documents first, then by period; whose shared load changes most first
    new_gaps: tuple[Gap, ...]
    closed_gaps: tuple[Gap, ...]


def measure_effect(columns: Columns, without: Iterable[str] = (), moves: Iterable[tuple[str, str]] = ()) -> Effect:
    """Measure loads and gaps, apply the scenario, measure them again, and return what differs.

    :raises QueryError: the scenario does not fit the graph.
    """
    loads, gaps = _index_loads(columns), _index_gaps(columns)
    steps = apply_scenario(columns, without, moves)
    loads_after, gaps_after = _index_loads(columns), _index_gaps(columns)
    changes = [LoadChange(loads.get(key), loads_after.get(key)) for key in {**loads, **loads_after}]
    return Effect(
        tuple(steps),
        tuple(sorted((change for change in changes if _figures(change.before) != _figures(change.after)), key=_most_first)),
        tuple(gap for key, gap in gaps_after.items() if key not in gaps),
        tuple(gap for key, gap in gaps.items() if key not in gaps_after),
    )


def _index_loads(columns: Columns) -> Mapping[Key, Load]:
    return {(load.organization, load.period): load for load in measure_loads(columns)}


def _index_gaps(columns: Columns) -> Mapping[Key, Gap]:
    return {(gap.kind, gap.of): gap for gap in measure_gaps(columns)}


def _figures(load: Load | None) -> tuple[object, ...]:
    """Return what counts as a change; that peers in other cities move by a place does not."""
    if load is None:
        return ()
    roles = (load.tasks, load.led, load.responsible, load.supported, load.inherited, load.indicators)
    return (*roles, load.shared_load, load.score, load.verdict, load.rank)


def _most_first(change: LoadChange) -> tuple[object, ...]:
    def share(load: Load | None) -> float:
        return load.shared_load if load else 0.0

    period = change.load.period
    return (period is not None, period or (0, 0), -abs(share(change.after) - share(change.before)), change.load.organization)
