"""Gaps that a person gave the reason for: which of the reasons still hold, now that the text or its reading may have changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from kg.correct.bench import Bench, Placed
from kg.correction import Justification, digest
from kg.model import Indicator, Resolved, Task

Body = tuple[str, str, str | None, bool]  # as written, role, key, whether inherited
Target = tuple[str, str, bool, str | None, int | None]  # name, kind, whether it has a value, unit, year

_CHANGED = "这处缺口所据的原文或读出的内容已变，请核对后重新说明理由，或撤回"
_OF_TARGETS = ("no-indicator", "no-deadline")  # the others of a task show in its bodies


def justify_gaps(resolved: Resolved, bench: Bench) -> Resolved:
    """Return the same, its tasks and indicators with the reasons that people gave for their gaps.

    A reason holds as long as what the gap showed in is the same: the words, and the bodies or the targets read there.
    """
    reasons = [p for p in bench.placed if p.correction.subject == "gap" and p.span]
    if not reasons:
        return resolved
    tasks = tuple(_justify_task(task, resolved, reasons, bench) for task in resolved.reading.tasks)
    targets = tuple(_justify_target(target, reasons, bench) for target in resolved.reading.indicators)
    return replace(resolved, reading=replace(resolved.reading, tasks=tasks, indicators=targets))


def _justify_task(task: Task, resolved: Resolved, reasons: Iterable[Placed], bench: Bench) -> Task:
    own = [p for p in reasons if p.span and p.span.start == task.evidence.span.start and not is_of_target(p.correction.gap)]
    ground = {p.correction.key: task_ground(p.correction.gap or "", *_task_parts(task, resolved)) for p in own}
    targets = tuple(_justify_target(target, reasons, bench) for target in task.indicators)
    return replace(task, indicators=targets, justified=_choose(own, ground, bench))


def _justify_target(target: Indicator, reasons: Iterable[Placed], bench: Bench) -> Indicator:
    own = [p for p in reasons if p.span == target.evidence.span and is_of_target(p.correction.gap)]
    words, said = target.evidence.words, _target(target)
    ground = {p.correction.key: target_ground(p.correction.gap or "", words, said) for p in own}
    own = [p for p in own if p.correction.mention == target.name]  # two targets may stand in the same words
    return replace(target, justified=_choose(own, ground, bench))


def _choose(own: Iterable[Placed], ground: Mapping[str, str], bench: Bench) -> tuple[Justification, ...]:
    found = []
    for kind in sorted({p.correction.gap for p in own if p.correction.gap}):
        holding = []
        for p in own:
            if p.correction.gap == kind:
                if p.correction.rests_on == ground[p.correction.key]:
                    holding.append(p)
                else:
                    bench.doubt(p, _CHANGED)
        if (chosen := bench.choose(holding)) is not None:
            found.append(Justification(kind, chosen.ruling))
    return tuple(found)


def is_of_target(kind: str | None) -> bool:
    """Say whether gaps of a kind are those of indicators, not of tasks."""
    return kind is not None and kind.startswith("indicator-")


def task_ground(kind: str, text: str, due: str | None, bodies: Iterable[Body], targets: Iterable[Target]) -> str:
    """Return a digest of what a gap of a task shows in: its words, and its bodies or its targets and deadline."""
    parts = (due, *map(repr, sorted(targets, key=repr))) if kind in _OF_TARGETS else tuple(map(repr, sorted(bodies, key=repr)))
    return digest(kind, _plain(text), *parts, length=16)


def target_ground(kind: str, words: str, target: Target) -> str:
    """Return a digest of what a gap of an indicator shows in: its words, and how they were read."""
    return digest(kind, _plain(words), repr(target), length=16)


def entry_ground(kind: str, part: Mapping[str, Any]) -> str:
    """Return the same digest of a task or an indicator as the ledger has it."""
    if is_of_target(kind):
        return target_ground(kind, part["quote"], _entry_target(part))
    due = part["deadline"]["quote"] if part["deadline"] else None
    bodies = ((unit["unit"], unit["role"], unit["unit_key"], unit["inherited"]) for unit in part["assignments"])
    return task_ground(kind, part["text"], due, bodies, map(_entry_target, part["indicators"]))


def _task_parts(task: Task, resolved: Resolved) -> tuple[str, str | None, list[Body], list[Target]]:
    keys = ((unit, resolved.body_of(unit)) for unit in task.units)
    bodies: list[Body] = [(unit.name, unit.role, body.key if body else None, unit.inherited) for unit, body in keys]
    due = task.deadline.evidence.words if task.deadline else None
    return task.text, due, bodies, list(map(_target, task.indicators))


def _target(target: Indicator) -> Target:
    return target.name, target.kind, target.value is not None, target.unit, target.year


def _entry_target(entry: Mapping[str, Any]) -> Target:
    return entry["name"], entry["kind"], entry["value"] is not None, entry["unit"], entry["year"]


def _plain(text: str) -> str:
    return "".join(text.split())
