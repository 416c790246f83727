"""What tasks leave open: found once for all, looked up for those that a page shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from kg.analysis.gaps.found import Gap, read_gap
from kg.analysis.gaps.kinds import gap_kinds
from kg.explorer.params import Scope
from kg.explorer.snapshot import Snapshot

_FOUND = """
CREATE OR REPLACE TABLE found_gaps AS
SELECT gaps.*, documents.region_code, documents.region_name, documents.sha256, documents.file,
    coalesce(indicators.page, tasks.page) AS page, gaps.justified.correction AS correction,
    row_number() OVER (ORDER BY gaps.document_id, gaps.place, gaps.indicator_position, coalesce(gaps.indicator_id, 0)) AS turn
FROM gaps JOIN documents USING (document_id)
LEFT JOIN tasks ON tasks.task_id = gaps.task_id
LEFT JOIN indicators ON indicators.indicator_id = gaps.indicator_id
"""
_OF_TASKS = """
SELECT * FROM found_gaps WHERE task_id IN (SELECT unnest($tasks)) ORDER BY list_position($kinds, kind), turn
"""


def hold_gaps(snapshot: Snapshot) -> None:
    """See to it that the table ``found_gaps`` holds all gaps, in reading order by ``turn``."""
    snapshot.remember("found gaps", lambda: bool(snapshot.columns(Scope()).execute(_FOUND)))


def find_gaps(snapshot: Snapshot, tasks: Collection[int]) -> Mapping[int, tuple[Gap, ...]]:
    """Return the gaps of those of the tasks that have any, those of their indicators included; the severest first."""
    if not tasks:
        return {}
    hold_gaps(snapshot)
    found: dict[int, list[Gap]] = defaultdict(list)
    for row in snapshot.rows(_OF_TASKS, tasks=sorted(tasks), kinds=list(gap_kinds())):
        found[row["task_id"]].append(read_gap(row))
    return {task: tuple(gaps) for task, gaps in found.items()}
