"""What things are called, by their IRIs: for pages that know the IRIs alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.explorer.snapshot import Snapshot

_NAMES = """
SELECT iri, name FROM organizations WHERE list_contains($iris, iri)
UNION ALL SELECT iri, title FROM documents WHERE list_contains($iris, iri)
UNION ALL SELECT iri, title FROM tasks WHERE list_contains($iris, iri)
UNION ALL SELECT iri, name FROM indicators WHERE list_contains($iris, iri)
UNION ALL SELECT metric, any_value(metric_name) FROM indicators WHERE list_contains($iris, metric) GROUP BY metric
UNION ALL SELECT policy, any_value(policy_title) FROM citations WHERE list_contains($iris, policy) GROUP BY policy
"""


def name_things(snapshot: Snapshot, iris: Sequence[str]) -> Mapping[str, str]:
    """Return the names of bodies, documents, tasks, targets, metrics and cited policies, of those that have one."""
    if not iris:
        return {}
    return {row["iri"]: row["name"] for row in snapshot.rows(_NAMES, iris=list(iris)) if row["name"]}
