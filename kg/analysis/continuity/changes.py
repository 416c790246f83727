"""A plan and the next one: which tasks go on, and how their targets and bodies change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.analysis.continuity.alignment import Link, align
from kg.analysis.continuity.cautions import list_cautions
from kg.analysis.continuity.plans import Content, Duty, Goal, Item, Plan
from kg.analysis.targets.values import TargetStep, compare_targets
from kg.analysis.targets.wording import weigh_wording

BodyKind = Literal["gained", "lost", "role"]
GoalKind = Literal["kept", "added", "removed"]
BODY_KINDS: dict[BodyKind, str] = {"gained": "新增", "lost": "减少", "role": "角色变化"}


@dataclass(frozen=True, slots=True)
class BodyChange:
    """A body that came to a task, left it, or changed its role on it."""

    body: str  # IRI, or the words
    name: str
    kind: BodyKind
    before: Duty | None
    after: Duty | None


@dataclass(frozen=True, slots=True)
class Continuation:
    """A task that goes on in the next plan, whole or in part."""

    earlier: Item
    later: Item
    kind: str  # "continued", "merged", "split"
    score: float
    words: tuple[str, str]  # the clauses that are most alike
    bodies: tuple[BodyChange, ...]


@dataclass(frozen=True, slots=True)
class GoalChange:
    """A metric in both plans, or in one of them."""

    metric: str  # IRI, or the words
    metric_name: str
    direction: str | None
    kind: GoalKind
    step: TargetStep | None  # of a kept one
    before: Goal | None
    after: Goal | None
    linked: bool  # the tasks of both continue each other


@dataclass(frozen=True, slots=True)
class BodyCount:
    """How many tasks a body has in either plan; what holds by 下同 is counted apart."""

    body: str
    name: str
    before: int
    after: int
    led_before: int
    led_after: int
    inherited_before: int
    inherited_after: int


@dataclass(frozen=True)
class PlanComparison:
    """A plan beside the next one."""

    earlier: Plan
    later: Plan
    continuations: tuple[Continuation, ...]
    dropped: tuple[Item, ...]
    new: tuple[Item, ...]
    goals: tuple[GoalChange, ...]
    bodies: tuple[BodyCount, ...]
    cautions: tuple[str, ...]  # what makes them hard to compare, in words

    def count(self, kind: str) -> int:
        """Return how many tasks there are of a kind: of the earlier plan, but for ``new``."""
        if kind in ("dropped", "new"):
            return len(self.dropped if kind == "dropped" else self.new)
        return len({link.earlier.iri for link in self.continuations if link.kind == kind})


def compare_plans(earlier: Content, later: Content) -> PlanComparison:
    """Return what became of the tasks, targets and bodies of a plan in another one.

    Bodies are compared within a region alone: another one has bodies of its own.
    """
    of_one_region = earlier.plan.region == later.plan.region
    links = align(earlier.tasks, later.tasks)
    olds, news = {link.earlier for link in links}, {link.later for link in links}
    return PlanComparison(
        earlier.plan,
        later.plan,
        tuple(_continue(earlier, later, links, of_one_region)),
        tuple(item for place, item in enumerate(earlier.items) if place not in olds),
        tuple(item for place, item in enumerate(later.items) if place not in news),
        tuple(_compare_goals(earlier, later, links)),
        tuple(_count_bodies(earlier, later)) if of_one_region else (),
        tuple(caution.words for caution in list_cautions(earlier.plan, later.plan)),
    )


def _continue(earlier: Content, later: Content, links: Sequence[Link], of_one_region: bool) -> Iterator[Continuation]:
    after, before = _linked_items(earlier, later, links)
    for link in links:
        old, new = earlier.items[link.earlier], later.items[link.later]
        came = _came(new, before[link.later]) if link.kind == "continued" else []
        left = (
            _left(old, after[link.earlier]) if link.kind != "split" else []
        )  # a part that moves leaves its bodies where they were
        roles = _changed_roles(old, new) if link.kind == "continued" else []
        changed = (*came, *left, *roles) if of_one_region else ()
        yield Continuation(old, new, link.kind, link.score, link.words, changed)


def _linked_items(earlier: Content, later: Content, links: Sequence[Link]) -> tuple[dict[int, list[Item]], dict[int, list[Item]]]:
    """Return the later tasks of each earlier one, and the earlier tasks of each later one, by place."""
    after: dict[int, list[Item]] = defaultdict(list)
    before: dict[int, list[Item]] = defaultdict(list)
    for link in links:
        after[link.earlier].append(later.items[link.later])
        before[link.later].append(earlier.items[link.earlier])
    return after, before


def _came(new: Item, before: Sequence[Item]) -> list[BodyChange]:
    """Return who is named on a task and on none of those that it goes on from, nor there by 下同."""
    had = {duty.body for item in before for duty in item.duties}
    return [BodyChange(body, duty.name, "gained", None, duty) for body, duty in sorted(new.bodies.items()) if body not in had]


def _left(old: Item, after: Sequence[Item]) -> list[BodyChange]:
    """Return who was named on a task and is on none of those in which it goes on."""
    have = {duty.body for item in after for duty in item.duties}
    return [BodyChange(body, duty.name, "lost", duty, None) for body, duty in sorted(old.bodies.items()) if body not in have]


def _changed_roles(old: Item, new: Item) -> list[BodyChange]:
    before, after = old.bodies, new.bodies
    return [
        BodyChange(body, after[body].name, "role", before[body], after[body])
        for body in sorted(before.keys() & after.keys())
        if before[body].role != after[body].role
    ]


def _compare_goals(earlier: Content, later: Content, links: Sequence[Link]) -> Iterator[GoalChange]:
    """Yield each target with its counterpart: of the same metric, in linked tasks, called alike, of one unit first."""
    linked = {(earlier.items[link.earlier].id, later.items[link.later].id) for link in links}
    olds, news = _by_metric(earlier.goals), _by_metric(later.goals)
    for metric in [*olds, *(metric for metric in news if metric not in olds)]:
        before, after = olds.get(metric, []), news.get(metric, [])
        ranked = sorted(
            (
                (not _linked(old, new, linked), old.name != new.name, old.target.unit != new.target.unit, i, j)
                for i, old in enumerate(before)
                for j, new in enumerate(after)
            )
        )
        taken: dict[int, int] = {}
        for *_, i, j in ranked:
            if i not in taken and j not in taken.values():
                taken[i] = j
        for i, old in enumerate(before):
            yield _goal_change(old, after[taken[i]] if i in taken else None, linked)
        yield from (_goal_change(None, new, linked) for j, new in enumerate(after) if j not in taken.values())


def _linked(old: Goal, new: Goal, links: set[tuple[int, int]]) -> bool:
    return old.task is not None and new.task is not None and (old.task, new.task) in links


def _goal_change(old: Goal | None, new: Goal | None, links: set[tuple[int, int]]) -> GoalChange:
    known = new or old
    assert known is not None
    kind: GoalKind = "added" if old is None else "removed" if new is None else "kept"
    step = None
    if old is not None and new is not None:
        step = compare_targets(old.target, new.target, known.direction)
        step = weigh_wording(step, old.wording, new.wording, known.direction)
    together = old is not None and new is not None and _linked(old, new, links)
    return GoalChange(known.metric, known.metric_name, known.direction, kind, step, old, new, together)


def _by_metric(goals: Sequence[Goal]) -> Mapping[str, list[Goal]]:
    found: dict[str, list[Goal]] = defaultdict(list)
    for goal in goals:
        found[goal.metric].append(goal)
    return found


def _count_bodies(earlier: Content, later: Content) -> Iterator[BodyCount]:
    names: dict[str, str] = {}
    counts: list[dict[str, list[int]]] = []
    for content in (earlier, later):
        own: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for item in content.items:
            named = item.bodies
            for body, duty in named.items():
                own[body][0] += 1
                own[body][1] += duty.role == "lead"
            for duty in {duty.body: duty for duty in item.duties if duty.inherited and duty.body not in named}.values():
                own[duty.body][2] += 1
            names |= {duty.body: duty.name for duty in item.duties}
        counts.append(own)
    nothing = [0, 0, 0]
    found = []
    for body, name in names.items():
        old, new = (own.get(body, nothing) for own in counts)
        found.append(BodyCount(body, name, old[0], new[0], old[1], new[1], old[2], new[2]))
    yield from sorted(found, key=lambda count: (-max(count.before, count.after), -count.before, count.body))
