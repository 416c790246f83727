"""What a network is made of, a record each: bodies, tasks, who bears which, and targets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

Kind = Literal["organization", "collaboration", "generic"]
Period = tuple[int, int]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Body:
    """A body that answers for something."""

    iri: str
    label: str
    kind: Kind
    region: str | None  # IRI
    region_label: str | None
    function: str | None  # IRI
    function_label: str | None


@dataclass(frozen=True, slots=True)
class TaskFact:
    """A task and where it stands."""

    iri: str
    document: str  # IRI of the policy
    document_title: str
    region: str | None
    period: Period | None  # first and last year
    order: int
    number: str | None
    title: str
    measure: bool
    joint: bool
    quote: str | None
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Duty:
    """A body on a task; ``unit`` is ``None`` where the body is named but not identified."""

    task: str
    unit: str | None
    role: str  # "lead", "responsible", "support"
    inherited: bool
    collective: bool
    vague: bool
    written: str


@dataclass(frozen=True, slots=True)
class IndicatorFact:
    """A target that someone could check."""

    iri: str
    document: str  # IRI
    document_title: str
    task: str | None  # None: in the goals or a table
    name: str
    kind: str | None
    value: Decimal | None
    unit: str | None
    binding: bool
    quote: str | None
    start: int | None
    end: int | None


@dataclass(frozen=True)
class Facts:
    """Everything the measures need, in the order of the queries."""

    bodies: Mapping[str, Body]
    tasks: Mapping[str, TaskFact]
    duties: tuple[Duty, ...]
    indicators: tuple[IndicatorFact, ...]

    @cached_property
    def duties_of(self) -> Mapping[str, tuple[Duty, ...]]:
        """All duties of each task, those of unidentified bodies too."""
        found: dict[str, list[Duty]] = {iri: [] for iri in self.tasks}
        for duty in self.duties:
            found.setdefault(duty.task, []).append(duty)
        return {task: tuple(duties) for task, duties in found.items()}

    @cached_property
    def inherited_of(self) -> Mapping[str, frozenset[str]]:
        """The bodies that each task has by inheritance (下同)."""
        return {
            task: frozenset(duty.unit for duty in duties if duty.unit is not None and duty.inherited)
            for task, duties in self.duties_of.items()
        }

    @cached_property
    def direct_of(self) -> Mapping[str, frozenset[str]]:
        """The bodies that each task names itself."""
        return {
            task: frozenset(duty.unit for duty in duties if duty.unit is not None) - self.inherited_of[task]
            for task, duties in self.duties_of.items()
        }

    def within(self, region: str | None = None, period: Period | None = None) -> Facts:
        """Return the facts of the documents of one region, or of one period."""
        if region is None and period is None:
            return self
        tasks = {iri: task for iri, task in self.tasks.items() if region in (None, task.region) and period in (None, task.period)}
        documents = {task.document for task in tasks.values()}
        return Facts(
            self.bodies,
            tasks,
            tuple(duty for duty in self.duties if duty.task in tasks),
            tuple(indicator for indicator in self.indicators if indicator.document in documents),
        )


def make_facts(bodies: Iterable[Row], tasks: Iterable[Row], duties: Iterable[Row], indicators: Iterable[Row]) -> Facts:
    """Return the facts that these rows state, each with the columns that ``kg/analysis/gathered.py`` reads."""
    return Facts(
        {body.iri: body for body in map(_body, bodies)},
        {task.iri: task for task in map(_task, tasks)},
        tuple(map(_duty, duties)),
        tuple({fact.iri: fact for fact in map(_indicator, indicators)}.values()),
    )


def _body(row: Mapping[str, Any]) -> Body:
    kind: Kind = "generic" if row["generic"] else "collaboration" if row["collaboration"] else "organization"
    label = row["label"] or row["unit"]
    return Body(row["unit"], label, kind, row["region"], row["regionLabel"], row["function"], row["functionLabel"])


def _task(row: Mapping[str, Any]) -> TaskFact:
    return TaskFact(
        iri=row["task"],
        document=row["doc"],
        document_title=row["documentTitle"],
        region=row["region"],
        period=_period(row["start"], row["end"]),
        order=row["order"],
        number=row["number"],
        title=row["title"],
        measure=bool(row["measure"]),
        joint=bool(row["joint"]),
        quote=row["quote"],
        start=row["from"],
        end=row["to"],
    )


def _period(start: date | None, end: date | None) -> Period | None:
    return (start.year, end.year) if isinstance(start, date) and isinstance(end, date) else None


def _duty(row: Mapping[str, Any]) -> Duty:
    return Duty(
        task=row["task"],
        unit=row["unit"],
        role=row["role"],
        inherited=bool(row["inherited"]),
        collective=bool(row["collective"]),
        vague=bool(row["vague"]),
        written=row["asWritten"] or "",
    )


def _indicator(row: Mapping[str, Any]) -> IndicatorFact:
    return IndicatorFact(
        iri=row["indicator"],
        document=row["doc"],
        document_title=row["documentTitle"],
        task=row["task"],
        name=row["name"],
        kind=row["kind"],
        value=row["value"],
        unit=row["unitText"],
        binding=row["binding"] == "binding",
        quote=row["quote"],
        start=row["from"],
        end=row["to"],
    )
