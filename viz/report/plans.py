"""What a plan and the next one, or a target and the one above it, come to in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from markupsafe import Markup, escape

from kg.analysis.continuity.changes import BodyChange, PlanComparison
from kg.analysis.continuity.plans import Goal, Item
from kg.analysis.targets.values import TargetStep
from kg.report import Report
from viz.report.evidence import Evidence
from viz.report.words import Words

SIGNS = {"at-least": "≥", "above": ">", "at-most": "≤", "below": "<", "increase": "+", "decrease": "−", "about": "≈"}


def describe_plans(one: PlanComparison, words: Words) -> Markup:
    """Return how many tasks go on, merge, split, end and begin."""
    kinds = ("continued", "merged", "split", "dropped", "new")
    return words.say(
        "continuity_counts",
        before=one.earlier.tasks,
        after=one.later.tasks,
        **{kind: words.number(one.count(kind)) for kind in kinds},
    )


def describe_bodies(changes: Sequence[BodyChange], words: Words) -> str:
    """Return who came, who left, and whose role changed."""
    said = []
    for kind in ("gained", "lost", "role"):
        names = [change.name for change in changes if change.kind == kind]
        if names:
            said.append(f"{words[f'b_{kind}']} {words['comma'].join(names)}")
    return words["semicolon"].join(said)


def describe_goal(goal: Goal, words: Words) -> str:
    """Return a target as it is demanded: ≥ 97%, − 1.5%, 零增长; without a number, the kind of target."""
    if goal.growth is not None:
        return goal.growth
    if goal.value_text is None:
        return words.term("indicator-kind", goal.kind)
    return f"{SIGNS.get(goal.target.comparator or '', '')} {goal.value_text}{goal.unit or ''}".strip()


def describe_step(step: TargetStep | None, words: Words) -> str:
    """Return whether a target was raised, and whether that asks for more."""
    if step is None or step.step is None:
        return words["not_comparable"]
    said = words[f"step_{step.step}"]
    return said if step.strength is None else said + words["bracket"].format(words=words[f"strength_{step.strength}"])


def describe_above(report: Report, words: Words) -> Markup:
    """Return how the targets stand to those above them."""
    counts: Counter[str] = Counter()
    for one in report.target_counts:
        counts[one.verdict] += one.pairs
    if not counts:
        return words.say("above_none")
    said = {verdict: words.number(counts[verdict]) for verdict in ("weaker", "equal", "stronger")}
    return words.say("above_counts", **said, none=words.number(counts["not-comparable"]))


def cite_item(evidence: Evidence) -> Callable[[Item], Markup]:
    """Return what writes a task of a plan: its title, and where its words are if it is in view."""

    def write(item: Item) -> Markup:
        task = evidence.report.task_ids.get(item.iri)
        title = escape(item.title)
        return title if task is None else Markup("{} {}").format(evidence.refer(task), title)

    return write
