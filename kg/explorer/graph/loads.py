"""Documents × bodies, of a region or of everything, and regions: how many tasks each has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.explorer.graph.entries import Entry, read_documents
from kg.explorer.records import DocumentEntry
from kg.explorer.snapshot import Row, Snapshot

MOST_DOCUMENTS = 40  # above, and in several regions, a picture shows the regions

_PAIRS = """
SELECT document_id, organization, organizations.key, coalesce(name, other_names[1], min(unit_written)) AS name,
    coalesce(kind, 'unmatched') AS kind, function_name,
    list(DISTINCT unit_written ORDER BY unit_written) AS written,
    count(DISTINCT task_id) AS tasks,
    count(*) FILTER (role = 'lead' AND NOT inherited) AS lead,
    count(*) FILTER (role = 'responsible' AND NOT inherited) AS responsible,
    count(*) FILTER (role = 'support' AND NOT inherited) AS support,
    count(*) FILTER (inherited) AS inherited
FROM assignments LEFT JOIN organizations USING (organization_id)
WHERE document_id IN (SELECT unnest($documents::INTEGER[]))
GROUP BY document_id, organization, organizations.key, name, other_names, kind, function_name,
    CASE WHEN organization IS NULL THEN unit_written END
ORDER BY document_id, min(assignment_id)
"""
_BODIES = """
SELECT region_code, count(DISTINCT organization_id) AS bodies
FROM assignments JOIN documents USING (document_id) GROUP BY region_code
"""


@dataclass(frozen=True, slots=True)
class Load:
    """In how many tasks of a document a body is named, in all and by role; a task may name it twice."""

    document: str  # IRI
    organization: str | None  # IRI
    key: str | None
    name: str
    kind: str  # organization, collaboration, generic, unmatched
    function: str | None
    written: tuple[str, ...]
    tasks: int
    lead: int
    responsible: int
    support: int
    inherited: int


@dataclass(frozen=True, slots=True)
class RegionLoad:
    """A region: how many documents it has, their tasks, and the bodies that these name."""

    code: str  # empty: documents that do not say where they hold
    name: str
    documents: int
    tasks: int
    bodies: int


@dataclass(frozen=True, slots=True)
class Loads:
    """What the overview shows: regions, or documents with their bodies."""

    regions: tuple[RegionLoad, ...]  # by code; empty where documents are shown
    documents: tuple[Entry, ...]  # without what stands in them
    tasks: tuple[int, ...]  # of each document
    loads: tuple[Load, ...]


def read_loads(snapshot: Snapshot, documents: Sequence[DocumentEntry], *, alone: bool) -> Loads:
    """Return the overview of some documents; ``alone`` shows them, however many they are."""
    regions = {one.region for one in documents}
    if not alone and len(documents) > MOST_DOCUMENTS and len(regions) > 1:
        return Loads(_regions(snapshot, documents), (), (), ())
    numbers = sorted(one.number for one in documents)
    entries = read_documents(snapshot, numbers)
    tasks = {one.number: one.tasks for one in documents}
    loads = tuple(_load(row, entries[row["document_id"]]["id"]) for row in snapshot.rows(_PAIRS, documents=numbers))
    return Loads((), tuple(entries.values()), tuple(tasks[number] for number in entries), loads)


def _regions(snapshot: Snapshot, documents: Sequence[DocumentEntry]) -> tuple[RegionLoad, ...]:
    bodies = snapshot.remember("graph bodies", lambda: {row["region_code"]: row["bodies"] for row in snapshot.rows(_BODIES)})
    members: dict[str | None, list[DocumentEntry]] = defaultdict(list)
    for one in documents:
        members[one.region].append(one)
    return tuple(
        RegionLoad(code or "", some[0].region_name or "", len(some), sum(one.tasks for one in some), bodies.get(code, 0))
        for code, some in sorted(members.items(), key=lambda item: item[0] or "")
    )


def _load(row: Row, document: str) -> Load:
    return Load(
        document,
        row["organization"],
        row["key"],
        row["name"],
        row["kind"],
        row["function_name"],
        tuple(row["written"]),
        row["tasks"],
        row["lead"],
        row["responsible"],
        row["support"],
        row["inherited"],
    )
