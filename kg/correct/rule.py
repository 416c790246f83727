"""Corrections of what was concluded: which body, policy or metric a mention means, or that it means none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from kg.correct.bench import Bench, Placed, overrule
from kg.correction import Correction
from kg.model import Decision, Metric, Organization, Policy, Resolved, Span, Task, Unit

T = TypeVar("T", Organization, Policy, Metric)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """Whom a mention means after all corrections; ``None`` for what people say it is not."""

    target: Organization | Policy | Metric | None
    correction: Correction


def rule_units(resolved: Resolved, bench: Bench) -> Resolved:
    """Return the document with the bodies that people say it names."""
    judge = _Judge("unit", bench)
    bodies = dict(resolved.organizations)
    decisions, gone = [], set()
    for decision in resolved.decisions:
        verdict = judge.on(decision, bodies.get(decision.mention)) if decision.subject == "unit" else None
        if verdict is None:
            decisions.append(decision)
            continue
        decisions.append(overrule(decision, verdict.correction, verdict.target.key if verdict.target else None))
        if isinstance(verdict.target, Organization):
            bodies[decision.mention] = verdict.target
        else:
            gone.add(decision.mention)
    places, removed, more = _rule_places(resolved, bodies, judge)
    tasks = tuple(_amend_task(task, bodies, gone, places, removed) for task in resolved.reading.tasks)
    rulings = {span: correction for span, (_, correction) in places.items()}
    used = {unit.name for task in tasks for unit in task.units if not _is_at(unit, rulings)}
    alike = _merge_names({name: body for name, body in bodies.items() if name in used})
    issuer = judge.follow(resolved.issuer, None) if resolved.issuer else None
    return replace(
        resolved,
        reading=replace(resolved.reading, tasks=tasks),
        organizations=alike,
        issuer=issuer.target if issuer and isinstance(issuer.target, Organization) else resolved.issuer,
        places={span: next((b for b in alike.values() if b.key == body.key), body) for span, (body, _) in places.items()},
        decisions=(*decisions, *more),
    )


def _rule_places(
    resolved: Resolved, bodies: Mapping[str, Organization], judge: _Judge
) -> tuple[dict[Span, tuple[Organization, Correction]], set[Span], list[Decision]]:
    """Return the bodies that people decided for one place, the places that name none, and the decisions on both."""
    spans = {u.evidence.span: u for task in resolved.reading.tasks for u in task.units if u.evidence is not None}
    places: dict[Span, tuple[Organization, Correction]] = {}
    removed: set[Span] = set()
    decisions = []
    for span, unit in sorted(spans.items(), key=lambda pair: pair[0]):
        old = next((d for d in resolved.decisions if (d.subject, d.mention) == ("unit", unit.name)), None)
        verdict = judge.at(span, unit.name, bodies.get(unit.name))
        if verdict is None or old is None:
            continue
        if isinstance(verdict.target, Organization):
            places[span] = verdict.target, verdict.correction
        else:
            removed.add(span)
        decision = overrule(old, verdict.correction, verdict.target.key if verdict.target else None)
        decisions.append(replace(decision, count=1))
    return places, removed, decisions


def _amend_task(
    task: Task,
    bodies: Mapping[str, Organization],
    gone: set[str],
    places: Mapping[Span, tuple[Organization, Correction]],
    removed: set[Span],
) -> Task:
    units = []
    for unit in task.units:
        span = unit.evidence.span if unit.evidence else None
        if span in removed or (unit.name in gone and span not in places):
            continue
        units.append(replace(unit, ruling=places[span][1].ruling) if span is not None and span in places else unit)
    return replace(task, units=tuple(units)) if tuple(units) != task.units else task


def _is_at(unit: Unit, places: Mapping[Span, Correction]) -> bool:
    return unit.evidence is not None and unit.evidence.span in places


def _merge_names(bodies: Mapping[str, Organization]) -> dict[str, Organization]:
    """Return the bodies by name, each body once and with all its names."""
    names: dict[str, set[str]] = {}
    for name, body in bodies.items():
        names.setdefault(body.key, set()).update((name, *body.names))
    first: dict[str, Organization] = {}
    for body in sorted(bodies.values(), key=lambda body: (-len(body.label), body.label)):
        first.setdefault(body.key, replace(body, names=tuple(sorted(names[body.key]))))
    return {name: first[body.key] for name, body in bodies.items()}


def rule_policies(resolved: Resolved, bench: Bench) -> Resolved:
    """Return the document with the policies that people say it cites."""
    judge = _Judge("policy", bench)
    policies, decisions, gone = _rule_names(resolved, "policy", dict(resolved.policies), judge)
    removed = {span for p in judge.fitting(lambda p: p.span is not None) if (span := judge.rejected(p)) is not None}
    if not gone and not removed:
        return replace(resolved, policies=policies, decisions=decisions)

    def keep(title: str, span: Span) -> bool:
        return title not in gone and span not in removed

    tasks = tuple(
        replace(task, citations=tuple(c for c in task.citations if keep(c.title, c.evidence.span)))
        for task in resolved.reading.tasks
    )
    citations = tuple(c for c in resolved.reading.citations if keep(c.title, c.evidence.span))
    left = {citation.title for part in (citations, *(task.citations for task in tasks)) for citation in part}
    reading = replace(resolved.reading, tasks=tasks, citations=citations)
    return replace(
        resolved,
        reading=reading,
        policies={title: policy for title, policy in policies.items() if title in left},
        decisions=decisions,
    )


def rule_metrics(resolved: Resolved, bench: Bench) -> Resolved:
    """Return the document with the metrics that people say its indicators measure."""
    metrics, decisions, _ = _rule_names(resolved, "metric", dict(resolved.metrics), _Judge("metric", bench))
    return replace(resolved, metrics=metrics, decisions=decisions)


def _rule_names(
    resolved: Resolved, subject: str, things: dict[str, T], judge: _Judge
) -> tuple[dict[str, T], tuple[Decision, ...], set[str]]:
    decisions, gone = [], set()
    for decision in resolved.decisions:
        thing = things.get(decision.mention)
        fits = decision.subject == subject and thing is not None and decision.target == thing.key
        verdict = judge.on(decision, thing) if fits else None
        if verdict is None:
            decisions.append(decision)
            continue
        decisions.append(overrule(decision, verdict.correction, verdict.target.key if verdict.target else None))
        if verdict.target is None:
            gone.add(decision.mention)
        else:
            things[decision.mention] = verdict.target  # type: ignore[assignment]  # the file holds a subject to its kind
    return things, tuple(decisions), gone


class _Judge:
    """Finds what people say about mentions of one kind."""

    def __init__(self, subject: str, bench: Bench) -> None:
        self.bench = bench
        self.mine = [p for p in bench.placed if p.correction.subject == subject]

    def fitting(self, fits: Callable[[Placed], bool]) -> Iterable[Placed]:
        return [p for p in self.mine if fits(p)]

    def on(self, decision: Decision, thing: Organization | Policy | Metric | None) -> _Verdict | None:
        """Return what holds of these words in the whole document, or ``None`` where nobody said anything."""

        def fits(placed: Placed) -> bool:
            correction = placed.correction
            if correction.extent == "mention" or correction.action == "merge":
                return False
            wide = correction.extent == "everywhere"
            return correction.mention == decision.mention and (not wide or correction.instead in (None, decision.target))

        return self._decide(self.fitting(fits), thing)

    def at(self, span: Span, mention: str, thing: Organization | None) -> _Verdict | None:
        """Return what holds of these words at one place."""

        def fits(placed: Placed) -> bool:
            correction = placed.correction
            return correction.extent == "mention" and placed.span == span and correction.mention == mention

        found = self.fitting(fits)
        return self._decide(found, thing) if found else None

    def rejected(self, placed: Placed) -> Span | None:
        """Return the place of which this correction says that it names nothing."""
        if placed.correction.extent != "mention" or placed.correction.action != "reject":
            return None
        self.bench.hear([placed])
        return placed.span

    def follow(self, thing: Organization | Policy | Metric | None, correction: Correction | None) -> _Verdict | None:
        """Return what a thing became by being merged into another, and that into a third."""
        seen: set[str] = set()
        while thing is not None and thing.key not in seen:
            seen.add(thing.key)
            last = self.bench.choose(self._merging(thing.key))
            if last is None or last.target is None:
                break
            thing, correction = _thing(last), last
        return _Verdict(thing, correction) if correction is not None else None

    def _merging(self, key: str) -> Iterable[Placed]:
        return [p for p in self.mine if _is_same(p, key)]

    def _decide(self, fitting: Iterable[Placed], thing: Organization | Policy | Metric | None) -> _Verdict | None:
        correction = self.bench.choose(fitting)
        if correction is not None and correction.action == "reject":
            return _Verdict(None, correction)
        if correction is not None and correction.target is not None:
            thing = _thing(correction)
        return self.follow(thing, correction)


def _thing(correction: Correction) -> Organization | Policy | Metric | None:
    return correction.target if isinstance(correction.target, Organization | Policy | Metric) else None


def _is_same(placed: Placed, key: str) -> bool:
    correction = placed.correction
    return correction.action in ("merge", "split") and correction.instead == key and correction.extent != "mention"
