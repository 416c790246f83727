"""What a chain begins at: a policy, a body, a task or a metric, by its key."""

from __future__ import annotations

from dataclasses import dataclass

from kg.explorer.records import NotHereError
from kg.explorer.snapshot import Snapshot

# columns: title, number, level, here
_LOOKED_UP = {
    "policy": (
        "policy",
        """
        SELECT title, coalesce(number, notice_number) AS number, region_level AS level, key AS here, 0 AS rank
        FROM documents WHERE iri = $iri
        UNION ALL SELECT policy_title, policy_number, policy_level, here.key, 1
        FROM citations LEFT JOIN documents AS here ON here.document_id = cited_document_id
        WHERE policy = $iri AND policy_title IS NOT NULL ORDER BY rank LIMIT 1
        """,
    ),
    "department": (
        "org",
        """
        SELECT coalesce(name, key) AS title, NULL AS number, region_level AS level, NULL AS here
        FROM organizations WHERE iri = $iri
        """,
    ),
    "task": (
        "task",
        """
        SELECT tasks.title, tasks.number, region_level AS level, NULL AS here
        FROM tasks JOIN documents USING (document_id) WHERE tasks.iri = $iri
        """,
    ),
    "indicator": (
        "metric",
        """
        SELECT coalesce(metric_name, name) AS title, NULL AS number, NULL AS level, NULL AS here
        FROM indicators WHERE metric = $iri LIMIT 1
        """,
    ),
}
_ONE_TARGET = "SELECT name AS title, NULL AS number, NULL AS level, NULL AS here FROM indicators WHERE iri = $iri"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a chain begins at."""

    kind: str
    key: str
    iri: str
    title: str
    number: str | None
    level: str | None
    here: str | None  # key of the document, where a policy's text is here


def find_origin(snapshot: Snapshot, address: str) -> Origin:
    """Return what an address such as ``policy/p-6f72`` names.

    :raises NotHereError: there is no such kind of chain, or no such thing.
    """
    kind, _, key = address.partition("/")
    if kind not in _LOOKED_UP or not key:
        raise NotHereError("chain", address)
    name, asked = _LOOKED_UP[kind]
    tried = [(snapshot.iri(name, key), asked)]
    if kind == "indicator":  # one target of one task, rather than a metric
        tried.append((snapshot.iri("indicator", key), _ONE_TARGET))
    for iri, sql in tried:
        row = next(snapshot.rows(sql, iri=iri), None)
        if row is not None:
            return Origin(kind, key, iri, row["title"], row["number"], row["level"], row["here"])
    raise NotHereError(kind, key)
