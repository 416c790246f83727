"""A task in the plan before and in the plan after: where it came from, where it went."""

from __future__ import annotations

from collections.abc import Sequence

from kg.analysis.continuity.changes import Continuation, PlanComparison, compare_plans
from kg.analysis.continuity.plans import Item, Plan, find_successions, list_plans, read_contents
from kg.explorer.params import Scope
from kg.explorer.snapshot import Snapshot
from kg.explorer.task.records import Counterpart, Neighbour, TaskLink


def find_neighbours(snapshot: Snapshot, document: int, task: str) -> tuple[Neighbour | None, Neighbour | None]:
    """Return the plan before and the plan after a document, each with the tasks that a task (IRI) goes on from, or goes on in."""
    before = after = None
    for one, other in _successions(snapshot):
        if other.id == document:
            links = [link for link in _compared(snapshot, one, other).continuations if link.later.iri == task]
            before = _neighbour(snapshot, one, [(link, link.earlier) for link in links])
        elif one.id == document:
            links = [link for link in _compared(snapshot, one, other).continuations if link.earlier.iri == task]
            after = _neighbour(snapshot, other, [(link, link.later) for link in links])
    return before, after


def _successions(snapshot: Snapshot) -> list[tuple[Plan, Plan]]:
    return snapshot.remember("successions", lambda: find_successions(list_plans(snapshot.columns(Scope()))))


def _compared(snapshot: Snapshot, one: Plan, other: Plan) -> PlanComparison:
    def make() -> PlanComparison:
        contents = read_contents(snapshot.columns(Scope()), (one, other))
        return compare_plans(contents[one.id], contents[other.id])

    return snapshot.remember(("compared", one.id, other.id), make)


def _neighbour(snapshot: Snapshot, plan: Plan, links: Sequence[tuple[Continuation, Item]]) -> Neighbour:
    best_first = sorted(links, key=lambda pair: (-pair[0].score, pair[1].iri))
    return Neighbour(plan.key, plan.title, tuple(_counterpart(snapshot, link, item) for link, item in best_first))


def _counterpart(snapshot: Snapshot, link: Continuation, item: Item) -> Counterpart:
    gained = tuple(change.name for change in link.bodies if change.before is None)
    lost = tuple(change.name for change in link.bodies if change.after is None)
    named = TaskLink(snapshot.key(item.iri), item.number, item.title)
    return Counterpart(named, link.kind, link.score, link.words, gained, lost)
