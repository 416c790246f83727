"""Corrections of what was read: tasks that are none, roles, missing bodies, indicators; nobody is resolved yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any, cast

from kg.correct.bench import Bench, Placed
from kg.correction import Correction
from kg.model import Citation, Evidence, Indicator, Reading, Role, Span, Task, Unit
from kg.text import simplify

RULE = "review.added"  # stands in the evidence of what a person added


def amend_reading(reading: Reading, bench: Bench) -> Reading:
    """Return the reading with what people say about its parts."""
    tasks: list[Task] = []
    indicators, citations = list(reading.indicators), list(reading.citations)
    for task in reading.tasks:
        if bench.choose(_on_task(bench, task)) is not None:  # no task, but what it says of targets and policies stands
            indicators += task.indicators
            citations += (replace(citation, where=citation.where or "measures") for citation in task.citations)
        else:
            tasks.append(_amend_task(task, reading.document.text, bench))
    return replace(
        reading,
        tasks=tuple(tasks),
        indicators=tuple(_amend_indicators(indicators, bench)),
        citations=tuple(_in_order(citations) if len(citations) > len(reading.citations) else citations),
    )


def _in_order(citations: Iterable[Citation]) -> list[Citation]:
    return sorted(citations, key=lambda citation: (citation.evidence.span, citation.title))


def _on_task(bench: Bench, task: Task) -> Iterator[Placed]:
    for p in bench.placed:
        if p.correction.subject == "task" and p.span and p.span.start == task.evidence.span.start:
            yield p


def _amend_task(task: Task, text: str, bench: Bench) -> Task:
    units = [*_amend_units(task, bench), *_added(task, text, bench)]
    return replace(task, units=tuple(units), indicators=tuple(_amend_indicators(task.indicators, bench)))


def _amend_units(task: Task, bench: Bench) -> Iterator[Unit]:
    for unit in task.units:
        held = bench.fold(p for p in bench.placed if _is_on(p, task, unit))
        if any(correction.action == "reject" for correction in held):
            continue
        for correction in held:
            role = cast(Role, correction.change("role") or unit.role)
            unit = replace(unit, role=role, ruling=correction.ruling)
        yield unit


def _is_on(placed: Placed, task: Task, unit: Unit) -> bool:
    correction, span = placed.correction, placed.span
    if correction.subject != "assignment" or correction.action == "add" or correction.mention != unit.name or span is None:
        return False
    return span == unit.evidence.span if unit.evidence else span.start == task.evidence.span.start


def _added(task: Task, text: str, bench: Bench) -> Iterator[Unit]:
    """Yield the bodies that people found missing on the task."""
    for p in bench.placed:
        correction = p.correction
        if correction.action != "add" or not p.span or not p.task or p.task.start != task.evidence.span.start:
            continue
        role = cast(Role, correction.change("role") or "responsible")
        if any(unit.name == correction.mention and unit.role == role for unit in task.units):
            continue  # the program has learnt to read it: the correction is no longer needed
        bench.hear([p])
        yield Unit(correction.mention, role, evidence=_evidence(p.span, text), ruling=correction.ruling)


def _evidence(span: Span, text: str) -> Evidence:
    quote = span.of(text)
    return Evidence(span, quote, "".join(simplify(quote).split()), RULE)


def _amend_indicators(indicators: Iterable[Indicator], bench: Bench) -> Iterator[Indicator]:
    for indicator in indicators:
        fitting = [p for p in bench.placed if _is_of(p, indicator)]
        held = bench.fold(fitting)
        if any(correction.action == "reject" for correction in held):
            continue
        for correction in held:
            indicator = _amend_indicator(indicator, correction)
        yield indicator


def _is_of(placed: Placed, indicator: Indicator) -> bool:
    correction = placed.correction
    return correction.subject == "indicator" and placed.span == indicator.evidence.span and correction.mention == indicator.name


def _amend_indicator(indicator: Indicator, correction: Correction) -> Indicator:
    changes: dict[str, Any] = {name: value for name, value in correction.changes if name in ("name", "op", "unit")}
    if (year := correction.change("year")) is not None:
        changes |= {"year": int(year), "year_stated": True}
    if (value := correction.change("value")) is not None:
        changes |= {"value": Decimal(value), "kind": "quantitative" if indicator.value is None else indicator.kind}
        changes.setdefault("op", indicator.op or "=")
    return replace(indicator, ruling=correction.ruling, **changes)
