"""Which tasks a chain is about, and which of them are shown: counted and cut in SQL."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.explorer.params import Params
from kg.explorer.records import NotHereError
from kg.explorer.snapshot import Row, Snapshot

ROLES = ("lead", "responsible", "support")
LEVELS = ("national", "province", "prefecture", "county")
# a task rests on what its own sentence names and on what its document names outside its tasks, as queries/measures/
# parent-policies.sql counts it; a policy's own tasks come with it
_OF_POLICY = """
SELECT task_id, document_id = $own AS direct FROM tasks
WHERE document_id = $own OR document_id IN (
    SELECT document_id FROM bases WHERE task_id IS NULL AND policy IN (SELECT unnest($policies))
)
UNION ALL SELECT task_id, policy = $iri FROM bases WHERE task_id IS NOT NULL AND policy IN (SELECT unnest($policies))
"""
_OF_DOCUMENT = "SELECT task_id, true AS direct FROM tasks WHERE document_id = $own"
_OF_BODY = """
SELECT task_id, NOT inherited AS direct FROM assignments
WHERE organization = $iri AND ($duty = '' OR if(inherited, 'inherited', role) = $duty)
"""
_OF_TASK = "SELECT task_id, true AS direct FROM tasks WHERE iri = $iri"
_OF_METRIC = "SELECT task_id, true AS direct FROM indicators WHERE (metric = $iri OR iri = $iri) AND task_id IS NOT NULL"
# a row per document: how many tasks, the first of them (those that name it themselves before others), and those that are kept
_COUNTED = """
SELECT
    document_id, any_value(region_level) AS region_level, any_value(region_code) AS region_code,
    any_value(region_name) AS region_name, count(*) AS tasks,
    (list(task_id ORDER BY direct DESC, position))[:$most] AS first, list(task_id ORDER BY position) FILTER (direct) AS direct,
    coalesce(list(task_id ORDER BY position) FILTER (tasks.iri IN (SELECT unnest($kept))), []) AS kept
FROM (SELECT task_id, bool_or(direct) AS direct FROM ({chosen}) GROUP BY task_id) AS candidates
JOIN tasks USING (task_id) JOIN documents USING (document_id)
WHERE $role = '' OR task_id IN (SELECT task_id FROM assignments WHERE role = $role AND NOT inherited)
GROUP BY document_id
"""
_TASKS = """
SELECT task_id, document_id, iri, document, number, title, due_text, due_kind, due_every, due_date, due_precision,
    due_quote, due_start, due_end, due_rule, due_page, quote, quote_start, quote_end, rule, page, file
FROM tasks WHERE task_id IN (SELECT unnest($tasks)) ORDER BY document_id, position
"""


@dataclass(frozen=True, slots=True)
class Choice:
    """The tasks of a chain, as SQL with its parameters."""

    chosen: str
    values: Mapping[str, Any] = field(default_factory=dict)
    role: str = ""

    def count(self, snapshot: Snapshot, most: int, kept: Sequence[str]) -> list[Row]:
        """Return how many tasks each document has in the chain, the first ``most`` of them, and those of the IRIs ``kept``."""
        asked: dict[str, Any] = {"most": most, "kept": list(kept), "role": self.role, **self.values}
        return list(snapshot.rows(_COUNTED.format(chosen=self.chosen), None, **asked))


def read_tasks(snapshot: Snapshot, tasks: Collection[int]) -> list[Row]:
    """Return the rows of these tasks in reading order."""
    return list(snapshot.rows(_TASKS, tasks=sorted(tasks)))


def choose_tasks(kind: str, iri: str, params: Params, policies: Collection[str], own: int) -> Choice:
    """Return the tasks of a chain; ``policies`` are those at and below a policy, ``own`` its document's number, or 0.

    :raises NotHereError: there is no such kind of chain.
    """
    role = params.choice("role", ROLES)
    if kind == "policy":
        down = params.choice("direction", ("down", "up"), "down") == "down"
        values = {"iri": iri, "own": own, "policies": sorted(policies)}
        return Choice(_OF_POLICY, values, role) if down else Choice(_OF_DOCUMENT, {"own": own}, role)
    if kind == "department":
        return Choice(_OF_BODY, {"iri": iri, "duty": params.choice("role", (*ROLES, "inherited"))})
    if kind == "task":
        return Choice(_OF_TASK, {"iri": iri})
    if kind == "indicator":
        return Choice(_OF_METRIC, {"iri": iri}, role)
    raise NotHereError("chain", kind)
