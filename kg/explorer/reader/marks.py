"""What was read in a document, as passages of its pinned text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from kg.explorer.snapshot import Row, Snapshot

Kind = Literal["heading", "task", "deadline", "citation", "indicator", "body"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_TASKS = """
SELECT iri, number, title, quote_start AS start, quote_end AS end, rule, page, iri AS leads,
    due_start, due_end, due_rule, due_page, due_text, due_date
FROM tasks WHERE document_id = $document
"""
_BODIES = """
SELECT min(assignments.iri) AS iri, quote_start AS start, quote_end AS end, role, organization AS leads,
    min(coalesce(name, unit_written)) AS name, min(unit_written) AS said, min(task) AS task,
    min(rule) AS rule, min(page) AS page, min(decision) AS decision
FROM assignments LEFT JOIN organizations USING (organization_id)
WHERE document_id = $document AND quote_start IS NOT NULL AND NOT inherited
GROUP BY quote_start, quote_end, role, organization
"""
_INDICATORS = """
SELECT iri, quote_start AS start, quote_end AS end, coalesce(metric_name, name) AS name, name AS said, as_written AS note,
    rule, page, metric AS leads, task
FROM indicators WHERE document_id = $document
"""
_CITATIONS = """
SELECT iri, quote_start AS start, quote_end AS end, coalesce(policy_title, title_written) AS name, title_written AS said,
    rule, page, policy AS leads, task, decision
FROM citations WHERE document_id = $document
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage, and what was read there."""

    kind: Kind
    start: int  # code points of the pinned text
    end: int  # exclusive
    name: str  # what it was read as
    iri: str  # of what was read
    leads: str | None = None  # IRI of the thing whose page tells more
    task: str | None = None  # IRI of the task that it belongs to
    role: str = ""  # of a body
    note: str = ""
    said: str = ""  # the words that name it, within the passage
    rule: str | None = None
    page: int | None = None
    decision: str | None = None  # IRI

    @property
    def length(self) -> int:
        """How many characters it covers."""
        return self.end - self.start


def find_marks(snapshot: Snapshot, document: int) -> tuple[Mark, ...]:
    """Return the marks of a document in the order of the text; of two that begin together, the one that holds the other first."""
    found = [*_tasks(snapshot, document), *_named(snapshot, document)]
    return tuple(sorted(found, key=lambda mark: (mark.start, -mark.end, KINDS.index(mark.kind), mark.iri)))


def _tasks(snapshot: Snapshot, document: int) -> Iterator[Mark]:
    for row in snapshot.rows(_TASKS, document=document):
        name = f"{row['number'] or ''} {row['title']}".strip()
        yield _mark("task", row, name)
        if row["due_start"] is not None:
            place = {**row, "start": row["due_start"], "end": row["due_end"], "rule": row["due_rule"], "page": row["due_page"]}
            yield _mark("deadline", {**place, "leads": None, "task": row["iri"]}, str(row["due_date"] or row["due_text"] or ""))


def _named(snapshot: Snapshot, document: int) -> Iterator[Mark]:
    asked: tuple[tuple[Kind, str], ...] = (("body", _BODIES), ("indicator", _INDICATORS), ("citation", _CITATIONS))
    for kind, sql in asked:
        yield from (_mark(kind, row, row["name"]) for row in snapshot.rows(sql, document=document))


def _mark(kind: Kind, row: Row, name: str) -> Mark:
    return Mark(
        kind=kind,
        start=row["start"],
        end=row["end"],
        name=name,
        iri=row["iri"],
        leads=row.get("leads"),
        task=row.get("task"),
        role=row.get("role") or "",
        note=row.get("note") or "",
        said=row.get("said") or "",
        rule=row["rule"],
        page=row["page"],
        decision=row.get("decision"),
    )
