"""Gaps once more, in plain Python over the facts: what SQL and SPARQL must find too."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from kg.analysis import Duty, Facts, IndicatorFact, TaskFact

Found = tuple[str, str, int | None, tuple[str, ...]]  # IRI, kind, number of bodies, names


def plain_gaps(facts: Facts, years: Mapping[str, bool], due: Collection[str]) -> set[Found]:
    """Return the gaps of the facts.

    ``years`` are the indicators with a year, and whether the text says it; ``due`` the tasks with a deadline of their own.
    """
    found: set[Found] = set()
    for task in facts.tasks.values():
        targets = [fact for fact in facts.indicators if fact.task == task.iri]
        is_due = task.iri in due or any(years.get(fact.iri, False) for fact in targets)
        for kind, count, names in _of_task(task, facts.duties_of[task.iri], facts, bool(targets), is_due):
            found.add((task.iri, kind, count, names))
    return found | {(fact.iri, kind, None, ()) for fact in facts.indicators for kind in _of_target(fact, fact.iri in years)}


def _of_task(
    task: TaskFact, duties: tuple[Duty, ...], facts: Facts, measured: bool, due: bool
) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    bodies = len(facts.direct_of[task.iri])
    names = _names(duties)
    kinds = [facts.bodies[duty.unit].kind if duty.unit is not None else None for duty in duties]
    generic = [duty.vague or duty.collective or kind == "generic" for duty, kind in zip(duties, kinds, strict=True)]
    if not duties:
        yield ("measure-without-unit" if task.measure else "no-unit"), bodies, ()
    elif all(duty.vague for duty in duties):
        yield "vague-only", bodies, names
    elif all(generic):
        yield "collective-only", bodies, names
    elif all(kind == "collaboration" for kind in kinds):
        yield "group-only", bodies, names
    if duties and all(duty.role == "support" for duty in duties) and not all(duty.vague for duty in duties):
        yield "support-only", bodies, names
    if unknown := [duty for duty in duties if duty.unit is None]:
        yield "unknown-unit", bodies, _names(unknown)
    if bodies > 1 and not task.measure and not any(duty.role == "lead" for duty in duties):
        yield ("no-lead-joint" if task.joint else "no-lead"), bodies, names
    leads = [duty for duty in duties if duty.role == "lead" and not duty.inherited]
    if (heads := len({duty.unit or duty.written for duty in leads})) > 1:
        yield "several-leads", heads, _names(leads)
    if not measured and not task.measure:
        yield "no-indicator", bodies, names
    if not due and not task.measure and (task.period is None or task.period[0] < task.period[1]):
        yield "no-deadline", bodies, names


def _of_target(fact: IndicatorFact, dated: bool) -> Iterator[str]:
    if fact.value is None and fact.kind != "milestone":
        yield "indicator-without-value"
    elif fact.value is not None and fact.unit is None and fact.kind == "quantitative":
        yield "indicator-without-unit"
    if not dated and fact.kind in ("quantitative", "zero", "placeholder"):
        yield "indicator-without-year"


def _names(duties: tuple[Duty, ...] | list[Duty]) -> tuple[str, ...]:
    return tuple(sorted({duty.written for duty in duties}))
