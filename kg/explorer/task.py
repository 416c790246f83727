"""One task: its words, who answers for it, its targets, what it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from kg.explorer.params import Params
from kg.explorer.records import DocumentEntry, NotHereError, Quote
from kg.explorer.snapshot import Row, Snapshot

_TASK = """
SELECT task_id, document_id, number, title, path, measure, quote, quote_start, quote_end, page, rule, file
FROM tasks WHERE iri = $iri
"""
_BODIES = """
SELECT assignments.role, assignments.unit_written, assignments.organization, assignments.inherited, organizations.name
FROM assignments LEFT JOIN organizations USING (organization_id)
WHERE task_id = $task ORDER BY assignments.position
"""


@dataclass(frozen=True, slots=True)
class Duty:
    """A body on a task."""

    role: str
    written: str
    name: str | None  # what it is called; None: not identified
    organization: str | None  # IRI
    inherited: bool


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task."""

    key: str
    number: str | None
    title: str
    path: tuple[str, ...]
    document: DocumentEntry
    quote: Quote
    duties: tuple[Duty, ...]


def gather_task(snapshot: Snapshot, params: Params) -> TaskView:
    """Return a task by its key.

    :raises NotHereError: there is no such task.
    """
    row = next(snapshot.rows(_TASK, iri=snapshot.iri("task", params.key)), None)
    if row is None:
        raise NotHereError("task", params.key)
    document = next(one for one in snapshot.documents.values() if one.number == row["document_id"])
    duties = tuple(_duty(one) for one in snapshot.rows(_BODIES, task=row["task_id"]))
    quote = Quote(row["quote"], document.key, row["quote_start"], row["quote_end"], row["page"], row["rule"], row["file"])
    return TaskView(params.key, row["number"], row["title"], tuple(row["path"]), document, quote, duties)


def list_tasks(snapshot: Snapshot) -> list[str]:
    """Return the keys of all tasks."""
    return [snapshot.key(row["iri"]) for row in snapshot.rows("SELECT iri FROM tasks ORDER BY task_id")]


def _duty(row: Row) -> Duty:
    return Duty(row["role"], row["unit_written"], row["name"], row["organization"], row["inherited"])
