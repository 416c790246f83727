"""Duties, targets and bases of tasks, read from the tables: of one task for its page, of many for a chain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from decimal import Decimal
from typing import TypeVar

from kg.explorer.records import Quote
from kg.explorer.snapshot import Row, Snapshot
from kg.explorer.task.records import Basis, Correction, Deadline, Decision, Duty, Target, TaskLink

Fact = TypeVar("Fact")
Key = TypeVar("Key", bound=Hashable)
_DECIDED = """
decisions.verdict, decisions.reason, decisions.candidates, decisions.corrected_by AS decided_by,
decisions.corrected_at AS decided_at, decisions.correction_reason AS decided_why, decisions.correction_before AS decided_before
"""
_DECIDED_BY = ("decided_by", "decided_at", "decided_why", "decided_before")
_SAID = """{0}.corrected_by, {0}.corrected_at, {0}.correction_reason, {0}.correction_before,
    {0}.quote, {0}.quote_start, {0}.quote_end, {0}.rule, {0}.page, {0}.file"""
_DUTIES = f"""
SELECT assignments.iri, task_id, assignments.document, role, unit_written, organization, inherited, collective, vague,
    {_SAID.format("assignments")}, organizations.name, {_DECIDED}
FROM assignments LEFT JOIN organizations USING (organization_id) LEFT JOIN decisions ON decisions.iri = assignments.decision
WHERE task_id IN (SELECT unnest($tasks)) ORDER BY task_id, assignments.position
"""
# 下同 stands in an earlier task: the one around the words
_ORIGINS = """
SELECT assignments.iri AS duty, tasks.iri, tasks.number, tasks.title
FROM assignments JOIN tasks ON tasks.document_id = assignments.document_id
    AND assignments.quote_start >= tasks.quote_start AND assignments.quote_end <= tasks.quote_end
WHERE assignments.task_id IN (SELECT unnest($tasks)) AND inherited AND assignments.task_id <> tasks.task_id
"""
_TARGETS = f"""
SELECT indicators.iri, task_id, indicators.document, indicators.name, metric, metric_name, indicators.kind, comparator,
    value_text, unit_written, year, year_stated, baseline_year, baseline_value, binding, {_SAID.format("indicators")}, {_DECIDED}
FROM indicators LEFT JOIN decisions ON decisions.iri = indicators.decision
WHERE task_id IN (SELECT unnest($tasks)) ORDER BY task_id, indicators.position
"""
_BASES = f"""
SELECT citations.document_id, task_id, citations.document, relation, title_written, number_written, policy, policy_title,
    policy_number, policy_level, level, citations.quote, citations.quote_start, citations.quote_end, citations.rule,
    citations.page, citations.file, here.key AS here, {_DECIDED}
FROM citations LEFT JOIN documents AS here ON here.document_id = cited_document_id
LEFT JOIN decisions ON decisions.iri = citations.decision
WHERE citations.document_id IN (SELECT unnest($documents)) AND relation <> 'self'
ORDER BY citations.document_id, citations.position
"""


def read_duties(snapshot: Snapshot, tasks: Collection[int]) -> Mapping[int, tuple[Duty, ...]]:
    """Return who is on each of these tasks, in the order of the words."""
    if not tasks:
        return {}
    rows = list(snapshot.rows(_DUTIES, tasks=sorted(tasks)))
    origins: dict[str, TaskLink] = {}
    if any(row["inherited"] for row in rows):
        for row in snapshot.rows(_ORIGINS, tasks=sorted({row["task_id"] for row in rows if row["inherited"]})):
            origins.setdefault(row["duty"], TaskLink(snapshot.key(row["iri"]), row["number"], row["title"]))
    return _grouped((row["task_id"], _duty(snapshot, row, origins.get(row["iri"]))) for row in rows)


def read_targets(snapshot: Snapshot, tasks: Collection[int]) -> Mapping[int, tuple[Target, ...]]:
    """Return the targets of each of these tasks."""
    if not tasks:
        return {}
    rows = snapshot.rows(_TARGETS, tasks=sorted(tasks))
    return _grouped((row["task_id"], _target(snapshot, row)) for row in rows)


def read_bases(snapshot: Snapshot, documents: Collection[int]) -> Mapping[tuple[int, int | None], tuple[Basis, ...]]:
    """Return what these documents name, by document and task; ``None`` as the task: outside the tasks."""
    if not documents:
        return {}
    rows = snapshot.rows(_BASES, documents=sorted(documents))
    return _grouped(((row["document_id"], row["task_id"]), _basis(snapshot, row)) for row in rows)


def _grouped(pairs: Iterable[tuple[Key, Fact]]) -> Mapping[Key, tuple[Fact, ...]]:
    found: dict[Key, list[Fact]] = defaultdict(list)
    for key, fact in pairs:
        found[key].append(fact)
    return {key: tuple(facts) for key, facts in found.items()}


def _duty(snapshot: Snapshot, row: Row, origin: TaskLink | None) -> Duty:
    return Duty(
        role=row["role"],
        written=row["unit_written"],
        name=row["name"],
        organization=row["organization"],
        inherited=row["inherited"],
        collective=row["collective"],
        vague=row["vague"],
        quote=read_quote(snapshot, row) if row["quote"] is not None else None,
        decision=_decision(row),
        correction=_correction(row),
        origin=origin,
    )


def _target(snapshot: Snapshot, row: Row) -> Target:
    return Target(
        iri=row["iri"],
        name=row["name"],
        metric=row["metric"],
        metric_name=row["metric_name"],
        kind=row["kind"],
        comparator=row["comparator"],
        value=row["value_text"],
        unit=row["unit_written"],
        year=row["year"],
        year_stated=row["year_stated"],
        baseline_year=row["baseline_year"],
        baseline_value=_plain(row["baseline_value"]),
        binding=row["binding"],
        quote=read_quote(snapshot, row),
        decision=_decision(row),
        correction=_correction(row),
    )


def _basis(snapshot: Snapshot, row: Row) -> Basis:
    return Basis(
        relation=row["relation"],
        policy=row["policy"],
        title=row["policy_title"] or row["title_written"],
        number=row["policy_number"] or row["number_written"],
        level=row["policy_level"] or row["level"],
        document=row["here"],
        inside=row["task_id"] is not None,
        quote=read_quote(snapshot, row),
        decision=_decision(row),
    )


def read_quote(snapshot: Snapshot, row: Row) -> Quote:
    """Return the words that a row of the tables rests on."""
    place = snapshot.key(row["document"]), row["quote_start"], row["quote_end"]
    return Quote(row["quote"], *place, row["page"], row["rule"], row["file"])


def read_deadline(snapshot: Snapshot, row: Row) -> Deadline | None:
    """Return by when a task is due, from its row of the tables."""
    if row["due_text"] is None:
        return None
    quote = None
    if row["due_quote"] is not None:
        place = snapshot.key(row["document"]), row["due_start"], row["due_end"]
        quote = Quote(row["due_quote"], *place, row["due_page"], row["due_rule"], row["file"])
    return Deadline(row["due_text"], row["due_kind"], row["due_every"], row["due_date"], row["due_precision"], quote)


def _decision(row: Row) -> Decision | None:
    return Decision(row["verdict"], row["reason"], tuple(row["candidates"] or ())) if row["verdict"] else None


def _correction(row: Row) -> Correction | None:
    """Return what a person said of the fact itself, else of the decision that it rests on."""
    for names in (("corrected_by", "corrected_at", "correction_reason", "correction_before"), _DECIDED_BY):
        by, when, why, before = (row[name] for name in names)
        if by is not None:
            return Correction(by, when, why or "", before)
    return None


def _plain(value: Decimal | None) -> str | None:
    """Return a number without the zeros that only the column's type adds.

    >>> _plain(Decimal("36.5000000000")), _plain(Decimal("120.0000000000"))
    ('36.5', '120')
    """
    if value is None:
        return None
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
