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


def name_in(region: str | None, name: str) -> str:
    """Return the name of a body as it stands beside its region.

    >>> name_in("石家庄市", "石家庄市水利局"), name_in("石家庄市", "各县（市、区）政府（石家庄市）"), name_in(None, "水利部")
    ('水利局', '各县（市、区）政府', '水利部')
    """
    return name.removeprefix(region).removesuffix(f"（{region}）") or name if region else name


def name_things(snapshot: Snapshot, iris: Sequence[str]) -> Mapping[str, str]:
    """Return the names of bodies, documents, tasks, targets, metrics and cited policies, of those that have one."""
    if not iris:
        return {}
    return {row["iri"]: row["name"] for row in snapshot.rows(_NAMES, iris=list(iris)) if row["name"]}
