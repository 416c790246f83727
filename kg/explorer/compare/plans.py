"""Two plans side by side: what became of each task, target and body, filtered as the address says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kg.analysis.continuity.alignment import KINDS
from kg.analysis.continuity.cautions import Caution, list_cautions
from kg.analysis.continuity.changes import (
    BodyChange,
    BodyCount,
    Continuation,
    GoalChange,
    PlanComparison,
    compare_plans,
)
from kg.analysis.continuity.plans import Goal, Item, Plan, read_contents
from kg.explorer.compare.choice import entry, successions
from kg.explorer.compare.records import BodyLoad, BodyStep, GoalSide, GoalStep, PairEntry, Plans, TaskSide, TaskStep
from kg.explorer.compare.words import Pieces, begin, mark_words
from kg.explorer.params import Params, Scope
from kg.explorer.records import Cut
from kg.explorer.snapshot import Snapshot

Marks = Mapping[tuple[int, int], tuple[Pieces, Pieces]]
ASPECTS = ("tasks", "targets", "bodies")
GOALS = ("raised", "lowered", "same", "unit", "not-comparable", "added", "removed")
CHANGED = ("raised", "lowered", "unit")  # what cannot be compared may have changed or not
BODIES = ("more", "fewer", "equal", "only-before", "only-after")
_EXTRA = ("changed-bodies", "changed-targets")
_ORDER = ("kept", "removed", "added")
_FEW = 5  # tasks; below, the rarity of words says little
_MOST = {"tasks": 150, "targets": 300, "bodies": 300}  # rows in a page


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a task: the link to the next plan, or one side alone."""

    kind: str
    link: Continuation | None
    before: Item | None
    after: Item | None
    goals: tuple[GoalChange, ...] = ()


def compared(snapshot: Snapshot, before: Plan, after: Plan) -> PlanComparison:
    """Return the analysis of two plans; what was worked out once is remembered."""

    def work() -> PlanComparison:
        contents = read_contents(snapshot.columns(Scope()), [before, after])
        found = compare_plans(contents[before.id], contents[after.id])
        return replace(found, goals=tuple(sorted(found.goals, key=lambda goal: _ORDER.index(goal.kind))))

    return snapshot.remember(("compare", before.key, after.key), work)


def _marked(snapshot: Snapshot, before: Plan, after: Plan) -> Marks:
    """Return the words of each pair of tasks with their marks, by the tasks' ids."""
    links = compared(snapshot, before, after).continuations
    return snapshot.remember(
        ("compare-words", before.key, after.key),
        lambda: {
            (link.earlier.id, link.later.id): mark_words(link.earlier.quote, link.later.quote, shared=link.kind != "continued")
            for link in links
        },
    )


def gather_plans(snapshot: Snapshot, before: Plan, after: Plan, params: Params) -> Plans:
    """Return two plans side by side."""
    found = compared(snapshot, before, after)
    aspect = params.choice("view", ASPECTS, "tasks")
    kept = narrow(found, params)
    fates = list(list_fates(kept))
    totals = {"tasks": len(fates), "targets": len(kept.goals), "bodies": len(kept.bodies)}
    titles, marks = _titles(found), _marked(snapshot, before, after)
    pairs = successions(snapshot)
    return Plans(
        before=entry(before),
        after=entry(after),
        successive=(before, after) in pairs,
        reversed=_is_reversed(before, after),
        cautions=tuple(_cautions(before, after)),
        aspect=aspect,
        kind=_kind(params, aspect),
        words=params.one("q"),
        counts={kind: found.count(kind) for kind in KINDS},
        places=_count_rows(found),
        goal_counts=dict(Counter(goal_kind(goal) for goal in found.goals)),
        body_counts=dict(Counter(body_kind(body) for body in found.bodies)),
        tasks=tuple(_task_step(fate, before, after, titles, marks) for fate in fates[: _MOST["tasks"]]),
        goals=tuple(_goal_step(goal, titles) for goal in kept.goals[: _MOST["targets"]]),
        bodies=tuple(_body_load(body) for body in kept.bodies[: _MOST["bodies"]]),
        cuts={name: Cut(min(total, _MOST[name]), total) for name, total in totals.items()},
        others=tuple(PairEntry(entry(a), entry(b)) for a, b in pairs if a.region == before.region and (a, b) != (before, after)),
    )


def narrow(found: PlanComparison, params: Params) -> PlanComparison:
    """Return the comparison with those rows that the address asks for."""
    aspect, words = params.choice("view", ASPECTS, "tasks"), params.one("q").casefold()
    kind = _kind(params, aspect)
    if aspect == "targets":
        return replace(found, goals=tuple(g for g in found.goals if kind in ("", goal_kind(g)) and _says_goal(g, words)))
    if aspect == "bodies":
        return replace(found, bodies=tuple(b for b in found.bodies if kind in ("", body_kind(b)) and words in b.name.casefold()))
    kept = [fate for fate in list_fates(found) if _fits(fate, kind) and _says(fate, words)]
    return replace(
        found,
        continuations=tuple(fate.link for fate in kept if fate.link),
        dropped=tuple(fate.before for fate in kept if fate.kind == "dropped" and fate.before),
        new=tuple(fate.after for fate in kept if fate.kind == "new" and fate.after),
    )


def list_fates(found: PlanComparison) -> Iterator[Fate]:
    """Yield what became of each task, in the order of the earlier plan; new ones last."""
    linked: dict[tuple[int | None, int | None], list[GoalChange]] = {}
    for goal in found.goals:
        if goal.linked and goal.before and goal.after:
            linked.setdefault((goal.before.task, goal.after.task), []).append(goal)
    fates = [
        Fate(link.kind, link, link.earlier, link.later, tuple(linked.get((link.earlier.id, link.later.id), ())))
        for link in found.continuations
    ]
    fates += [Fate("dropped", None, item, None) for item in found.dropped]
    yield from sorted(fates, key=lambda fate: (fate.before.start, fate.before.id) if fate.before else (0, 0))
    yield from (Fate("new", None, None, item) for item in found.new)


def goal_kind(goal: GoalChange) -> str:
    """Return what became of a target: one of ``GOALS``."""
    if goal.step is None:
        return goal.kind
    if goal.step.step is None:
        return "unit" if goal.step.reason == "unit" else "not-comparable"
    return goal.step.step


def body_kind(body: BodyCount) -> str:
    """Return whether a body has more or fewer tasks: one of ``BODIES``."""
    if not body.before or not body.after:
        named = body.before or body.after
        return "equal" if not named else "only-before" if body.before else "only-after"
    return "more" if body.after > body.before else "fewer" if body.after < body.before else "equal"


def _kind(params: Params, aspect: str) -> str:
    allowed = {"tasks": (*KINDS, *_EXTRA), "targets": GOALS, "bodies": BODIES}[aspect]
    return params.choice("kind", allowed)


def _fits(fate: Fate, kind: str) -> bool:
    if kind == "changed-bodies":
        return fate.link is not None and bool(fate.link.bodies)
    if kind == "changed-targets":
        return any(goal_kind(goal) in CHANGED for goal in fate.goals)
    return kind in ("", fate.kind)


def _says(fate: Fate, words: str) -> bool:
    items = [item for item in (fate.before, fate.after) if item]
    return any(words in f"{item.title} {item.quote} {' '.join(duty.name for duty in item.duties)}".casefold() for item in items)


def _says_goal(goal: GoalChange, words: str) -> bool:
    return any(words in f"{goal.metric_name} {side.name} {side.written}".casefold() for side in (goal.before, goal.after) if side)


def _is_reversed(before: Plan, after: Plan) -> bool:
    return before.period is not None and after.period is not None and after.period[1] < before.period[0]


def _cautions(before: Plan, after: Plan) -> Iterator[Caution]:
    for caution in list_cautions(before, after):
        if not (caution.kind == "overlap" and _is_reversed(before, after)):
            yield caution
    for plan in (before, after):
        if plan.tasks < _FEW:
            yield Caution("few-tasks", {"title": plan.title, "tasks": str(plan.tasks)})


def _count_rows(found: PlanComparison) -> Mapping[str, int]:
    rows = Counter(link.kind for link in found.continuations)
    changed = sum(1 for link in found.continuations if link.bodies)
    goals = sum(1 for fate in list_fates(found) if _fits(fate, "changed-targets"))
    sides = {"dropped": len(found.dropped), "new": len(found.new)}
    return {**dict.fromkeys(KINDS, 0), **rows, **sides, "changed-bodies": changed, "changed-targets": goals}


def _titles(found: PlanComparison) -> Mapping[int, Item]:
    items = [item for link in found.continuations for item in (link.earlier, link.later)]
    return {item.id: item for item in (*items, *found.dropped, *found.new)}


def _task_step(fate: Fate, before: Plan, after: Plan, titles: Mapping[int, Item], marks: Marks) -> TaskStep:
    old, new, link = fate.before, fate.after, fate.link
    if old and new:
        left, right = marks[old.id, new.id]
    else:
        left, right = begin(old.quote if old else ""), begin(new.quote if new else "")
    return TaskStep(
        fate.kind,
        link.score if link else None,
        _side(old, before.key, left),
        _side(new, after.key, right),
        tuple(map(_body_step, link.bodies)) if link else (),
        tuple(_goal_step(goal, titles) for goal in fate.goals),
    )


def _side(item: Item | None, document: str, words: Pieces) -> TaskSide | None:
    if item is None:
        return None
    return TaskSide(item.iri, item.number, item.title, document, item.start, item.start + len(item.quote), words)


def _body_step(change: BodyChange) -> BodyStep:
    roles = [None if duty is None else duty.role for duty in (change.before, change.after)]
    return BodyStep(change.name, _iri(change.body), change.kind, *roles)


def _goal_step(goal: GoalChange, titles: Mapping[int, Item]) -> GoalStep:
    step = goal.step
    sides = [None if one is None else goal_side(one, titles.get(one.task or 0)) for one in (goal.before, goal.after)]
    strength, reason = (step.strength, step.reason) if step else (None, None)
    return GoalStep(goal.metric, goal.metric_name, goal.direction, goal_kind(goal), strength, _reason(goal, reason), *sides)


def _reason(goal: GoalChange, reason: str | None) -> str | None:
    """Return why two targets cannot be compared; where a number is missing, on which side."""
    if reason == "no-number" and goal.before and goal.after:
        blank = [one.target.value is None for one in (goal.before, goal.after)]
        return "no-numbers" if all(blank) else "no-number-before" if blank[0] else "no-number-after"
    return reason


def goal_side(goal: Goal, item: Item | None) -> GoalSide:
    """Return a target as a page shows it."""
    value = None if goal.value_text is None else f"{goal.value_text}{goal.unit or ''}"
    task = (item.iri, f"{item.number or ''} {item.title}".strip()) if item else (None, None)
    return GoalSide(goal.iri, goal.kind, goal.target.comparator, value, goal.growth, goal.year, goal.written, *task)


def _body_load(body: BodyCount) -> BodyLoad:
    return BodyLoad(body.name, _iri(body.body), body.before, body.after, body.led_before, body.led_after, body_kind(body))


def _iri(body: str) -> str:
    return body if "://" in body else ""
