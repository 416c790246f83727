"""What tasks leave open, looked up by task."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from kg.analysis import Gap, measure_gaps
from kg.explorer.params import Scope
from kg.explorer.snapshot import Snapshot


def gaps_by_task(snapshot: Snapshot) -> Mapping[str, tuple[Gap, ...]]:
    """Return the gaps of each task that has any, those of its indicators included, by the task's IRI; the severest first."""

    def make() -> Mapping[str, tuple[Gap, ...]]:
        found: dict[str, list[Gap]] = defaultdict(list)
        for gap in measure_gaps(snapshot.columns(Scope())):
            if gap.task is not None:
                found[gap.task].append(gap)
        return {task: tuple(gaps) for task, gaps in found.items()}

    return snapshot.remember("gaps by task", make)
