"""What the address of the matrix asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.explorer.params import Params, Scope
from kg.explorer.records import DocumentEntry
from kg.explorer.snapshot import Snapshot

SORTS = ("tasks", "load", "led", "indicators", "name")
MOST_UNASKED = 12  # documents of several regions that are shown together without being asked for
MOST_DOCUMENTS = 40
OPEN_UNASKED = 8  # documents, of which the shorter ones are open at first
COLUMNS_UNASKED = 40
MOST_ROWS, ALL_ROWS = 100, 400
_SECTIONS = (
    "SELECT document_id, count(DISTINCT coalesce(section, iri)) AS sections FROM tasks WHERE NOT measure GROUP BY document_id"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be shown."""

    scope: Scope
    chosen: bool  # the region was chosen for the reader
    role: str
    sort: str
    rows: int
    opened: tuple[str, ...] | None  # keys of documents and sections; None: not said
    cell: str


def read_asked(snapshot: Snapshot, params: Params) -> Asked:
    """Return what an address asks; of many documents, those of the region with most tasks unless it names one.

    ``region=all`` asks for all regions.
    """
    scope = params.scope
    chosen = False
    if scope.region == "all":
        scope = replace(scope, region=None)
    elif (
        scope == replace(scope, region=None, documents=())
        and len(snapshot.documents) > MOST_UNASKED
        and len(snapshot.regions) > 1
    ):
        scope, chosen = replace(scope, region=snapshot.regions[0].code), True
    return Asked(
        scope=scope,
        chosen=chosen,
        role=params.choice("role", ("lead", "responsible", "support", "inherited")),
        sort=params.choice("sort", SORTS, SORTS[0]),
        rows=params.number("rows", MOST_ROWS, least=1, most=ALL_ROWS),
        opened=params.many("open") or None,
        cell=params.one("cell"),
    )


def is_apart(snapshot: Snapshot) -> bool:
    """Return whether regions are shown one by one, since all documents together would be too many."""
    return len(snapshot.documents) > MOST_UNASKED and len(snapshot.regions) > 1


def list_regions(snapshot: Snapshot) -> list[str]:
    """Return the codes of the regions that have a matrix of their own: a folder of files has no queries."""
    return [region.code for region in snapshot.regions] if is_apart(snapshot) else []


def choose_documents(snapshot: Snapshot, scope: Scope) -> tuple[list[DocumentEntry], list[DocumentEntry]]:
    """Return the documents that can be chosen from, and those in view."""
    offered = [
        one for one in snapshot.documents.values() if scope.region in (None, one.region) and scope.period in (None, one.period)
    ]
    return offered, [one for one in offered if not scope.documents or one.key in scope.documents]


def most_tasks(documents: Sequence[DocumentEntry]) -> list[DocumentEntry]:
    """Return as many documents as can be shown, those with most tasks, in their order."""
    kept = sorted(documents, key=lambda one: (-one.tasks, one.key))[:MOST_DOCUMENTS]
    keys = {one.key for one in kept}
    return [one for one in documents if one.key in keys]


def choose_opened(snapshot: Snapshot, asked: Asked, documents: Sequence[DocumentEntry]) -> tuple[set[str], set[str]]:
    """Return the keys of the documents and of the sections that are open.

    Unless the address says which: a single document; of a few, the ones with fewest sections, as long as a window holds them.
    """
    keys = {one.key for one in documents}
    said = set(asked.opened or ())
    if said == {"all"}:
        return keys, set()
    if said == {"none"} or said & keys:
        return keys & said, said - keys
    if len(documents) > OPEN_UNASKED:
        return set(), set()
    sections = snapshot.remember("sections", lambda: {row["document_id"]: row["sections"] for row in snapshot.rows(_SECTIONS)})
    opened: set[str] = set()
    left = COLUMNS_UNASKED - len(documents)
    for one in sorted(documents, key=lambda one: (sections.get(one.number, 0), one.key)):
        left -= sections.get(one.number, 0) - 1
        if left >= 0 or len(documents) == 1:
            opened.add(one.key)
    return opened, set()
