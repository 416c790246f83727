"""Continuity as triples: which plan follows which, where its tasks went, and how their targets and bodies changed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Triple

from kg import vocab
from kg.analysis.continuity.alignment import ALIKE, CONTINUED, PART, PARTS
from kg.analysis.continuity.changes import Continuation, GoalChange, PlanComparison, compare_plans
from kg.analysis.continuity.plans import find_successions, list_plans, read_contents
from kg.analysis.stated.terms import literal
from kg.vocab import RDF, ZR

if TYPE_CHECKING:
    from kg.analysis.columns import Columns

PARAMETERS = {
    "continuity-alike": ALIKE,
    "continuity-continued": CONTINUED,
    "continuity-part": PART,
    "continuity-parts": PARTS,
}
_BATCH = 50  # pairs of plans that are in memory at a time


def state_continuity(columns: Columns) -> Iterator[Triple]:
    """Yield what became of each plan in the one that follows it; a task without continuation was dropped, or is new."""
    pairs = iter(find_successions(list_plans(columns)))
    while batch := list(islice(pairs, _BATCH)):
        contents = read_contents(columns, list(dict.fromkeys(plan for pair in batch for plan in pair)))
        for one, other in batch:
            yield Triple(NamedNode(one.iri), ZR.nextPlan, NamedNode(other.iri))
            yield from _state(compare_plans(contents[one.id], contents[other.id]), columns.base)


def _state(found: PlanComparison, base: str) -> Iterator[Triple]:
    for link in found.continuations:
        yield from _continuation(link, base)
    for goal in found.goals:
        yield from _target(goal, base)


def _continuation(link: Continuation, base: str) -> Iterator[Triple]:
    node = vocab.continuation(link.earlier.iri, link.later.iri, base)
    yield Triple(node, RDF.type, ZR.TaskContinuation)
    yield Triple(node, ZR.earlierTask, NamedNode(link.earlier.iri))
    yield Triple(node, ZR.laterTask, NamedNode(link.later.iri))
    yield Triple(node, ZR.continuationKind, vocab.concept("continuation", link.kind))
    yield Triple(node, ZR.similarity, literal(link.score))
    for change in link.bodies:
        told = change.after or change.before
        if told is None or change.body == told.written:  # nobody knows who that is
            continue
        own = vocab.body_change(link.earlier.iri, link.later.iri, told.assignment, base)
        yield Triple(own, RDF.type, ZR.BodyChange)
        yield Triple(own, ZR.inContinuation, node)
        yield Triple(own, ZR.changedBody, NamedNode(change.body))
        yield Triple(own, ZR.bodyChangeKind, vocab.concept("body-change", change.kind))
        if change.before is not None:
            yield Triple(own, ZR.earlierAssignment, NamedNode(change.before.assignment))
        if change.after is not None:
            yield Triple(own, ZR.laterAssignment, NamedNode(change.after.assignment))


def _target(goal: GoalChange, base: str) -> Iterator[Triple]:
    """Yield a target that is in both plans; one that is in a single plan has no change, and so is new or dropped."""
    if goal.before is None or goal.after is None or goal.step is None:
        return
    node = vocab.target_change(goal.before.iri, goal.after.iri, base)
    yield Triple(node, RDF.type, ZR.TargetChange)
    yield Triple(node, ZR.earlierTarget, NamedNode(goal.before.iri))
    yield Triple(node, ZR.laterTarget, NamedNode(goal.after.iri))
    yield Triple(node, ZR.targetStep, vocab.concept("target-step", goal.step.step or "not-comparable"))
    if goal.step.strength is not None:
        yield Triple(node, ZR.relaxed, literal(goal.step.strength == "weaker"))
