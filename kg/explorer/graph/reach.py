"""Which tasks and documents are around a thing. A walk passes tasks, sections and indicators; at hubs it ends."""

from __future__ import annotations

from dataclasses import dataclass

from kg.explorer.records import NotHereError
from kg.explorer.snapshot import Snapshot

KINDS = ("task", "org", "indicator", "policy", "section")
MOST = 1000  # tasks named around one thing
MOST_WHOLE = 60  # of these, with everything that they hold: a picture shows no more

MOST_WORDED = 120  # of these, with their words; of the others, their own pages have them


@dataclass(frozen=True, slots=True)
class Reach:
    """What is around a thing: tasks with all that they hold, and others only as far as they touch it."""

    whole: tuple[int, ...] = ()
    touching: tuple[int, ...] = ()
    document: int | None = None  # itself a document, with what stands outside its tasks
    total: int = 0  # tasks that touch it


_TOUCHING = {
    "org": "SELECT DISTINCT task_id FROM assignments WHERE organization = $iri ORDER BY task_id",
    "policy": "SELECT DISTINCT task_id FROM citations WHERE policy = $iri AND task_id IS NOT NULL ORDER BY task_id",
    "section": "SELECT task_id FROM tasks WHERE section = $iri ORDER BY task_id",
    "task": "SELECT task_id FROM tasks WHERE iri = $iri",
    "indicator": "SELECT task_id FROM indicators WHERE iri = $iri AND task_id IS NOT NULL",
}
_OUTSIDE = {  # of tasks
    "policy": "SELECT 1 FROM citations WHERE policy = $iri AND task_id IS NULL LIMIT 1",
    "indicator": "SELECT 1 FROM indicators WHERE iri = $iri AND task_id IS NULL",
}
_BESIDE = """
SELECT task_id FROM tasks WHERE section = (SELECT section FROM tasks WHERE iri = $iri) AND iri <> $iri ORDER BY task_id
"""


def find_reach(snapshot: Snapshot, kind: str, key: str, hops: int) -> Reach:
    """Return what is around a thing.

    :raises NotHereError: the graph has no such thing.
    """
    if kind not in KINDS:
        raise NotHereError(kind, key)
    iri = snapshot.iri(kind, key)
    own = snapshot.documents.get(key) if kind == "policy" else None
    tasks = _numbers(snapshot, _TOUCHING[kind], iri)
    if own is not None:
        inside = "SELECT task_id FROM tasks WHERE document_id = $document ORDER BY task_id"
        rows = snapshot.rows(inside, document=own.number)
        inner = (row["task_id"] for row in rows)
        return Reach((), (*inner, *tasks)[:MOST], own.number, len(tasks) + own.tasks)
    if not tasks and not (kind in _OUTSIDE and _numbers(snapshot, _OUTSIDE[kind], iri)):
        raise NotHereError(kind, key)
    if kind in ("task", "indicator"):
        beside = _numbers(snapshot, _BESIDE, iri) if kind == "task" and hops > 1 else ()
        return Reach(tasks, beside[:MOST_WHOLE], None, len(tasks))
    cut = MOST_WHOLE if hops > 1 else 0  # with a second step, the first ones come with all that they hold
    return Reach(tasks[:cut], tasks[cut:MOST], None, len(tasks))


def _numbers(snapshot: Snapshot, sql: str, iri: str) -> tuple[int, ...]:
    return tuple(next(iter(row.values())) for row in snapshot.rows(sql, iri=iri))
