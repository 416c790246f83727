"""Each step of a chain with its words, its rule, its decision, and who corrected it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.explorer.chain.records import Edge, Row
from kg.explorer.records import DocumentEntry
from kg.explorer.task.records import Basis, Duty, Target
from kg.trace import comparator_signs


def read_edges(row: Row, document: DocumentEntry, further: Iterable[Edge], bases: Iterable[Basis]) -> Iterator[Edge]:
    """Yield the steps of the chain of one task, the policies above it first.

    ``bases`` are what its document names outside its tasks and what it names itself; ``further`` lead up to these.
    """
    for edge in further:
        yield Edge(edge.kind, row.key, edge.source, edge.target, edge.iri, edge.detail, edge.quote, edge.decision)
    for basis in bases:
        kind, below = ("names", row.title) if basis.inside else ("cites", document.title)
        yield _cited(basis, kind, row.key, below)
    yield Edge("task", row.key, document.title, row.title, None, row.number or "", row.quote)
    if row.deadline is not None:
        yield Edge("due", row.key, row.title, row.deadline.words, None, str(row.deadline.due or ""), row.deadline.quote)
    for duty in sorted(row.duties, key=lambda duty: ("lead", "responsible", "support").index(duty.role)):
        yield _duty(row, duty)
    for target in row.targets:
        yield _target(row, target)
    for gap in row.gaps:
        yield Edge("gap", row.key, row.title, gap.kind, None, gap.words, None, gap=gap)


def edge_above(basis: Basis, below: str) -> Edge:
    """Return the step from a policy further above to the one whose text names it."""
    return _cited(basis, "above", "", below)


def _cited(basis: Basis, kind: str, task: str, below: str) -> Edge:
    return Edge(kind, task, basis.title, below, basis.policy, basis.number or "", basis.quote, basis.decision)


def _duty(row: Row, duty: Duty) -> Edge:
    facts = duty.quote, duty.decision, duty.correction
    named = duty.name or duty.written
    return Edge(duty.role, row.key, row.title, named, duty.organization, duty.written, *facts, inherited=duty.inherited)


def _target(row: Row, target: Target) -> Edge:
    sign = comparator_signs().get(target.comparator or "", "")
    number = f"{sign} {target.value}{target.unit or ''}".strip() if target.value else ""
    said = " ".join(part for part in (number, str(target.year or "")) if part)
    return Edge(
        "indicator", row.key, row.title, target.name, target.metric, said, target.quote, target.decision, target.correction
    )
