"""What the page of a body shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kg.analysis import Load, RegionLoad
from kg.explorer.records import Cut, DocumentEntry, Quote

DutyRole = Literal["lead", "responsible", "support", "inherited"]
ROLES: tuple[DutyRole, ...] = ("lead", "responsible", "support", "inherited")


@dataclass(frozen=True, slots=True)
class Named:
    """A body as links name it."""

    key: str
    name: str
    region: str | None = None  # name


@dataclass(frozen=True, slots=True)
class Body:
    """A body: what it is called, what it does, where, and what became of it."""

    key: str
    iri: str
    name: str
    kind: str  # organization, collaboration, generic
    function: str | None  # key
    function_name: str | None
    region: str | None  # code
    region_name: str | None
    other_names: tuple[str, ...]  # in documents and in use
    above: tuple[Named, ...]  # the same function in the regions that this one lies in, the nearest first
    below: tuple[Named, ...]  # the same function inside this region
    successor: Named | None
    succeeded: str | None  # year of the reform
    predecessors: tuple[tuple[Named, str | None], ...]  # with the year
    issued: tuple[tuple[str, str], ...]  # documents that it issued: key and title


@dataclass(frozen=True, slots=True)
class Due:
    """By when a task is due: as the text says, else by the last target year that its indicators state."""

    text: str
    kind: str  # dated, recurring, continuous; indicator: no time limit of its own
    day: date | None
    overdue: bool  # before the day on which the graph was built; whether it was done, no document says


@dataclass(frozen=True, slots=True)
class Target:
    """An indicator on a task."""

    words: str
    metric: str | None  # key
    year: int | None
    binding: str | None


@dataclass(frozen=True, slots=True)
class Duty:
    """A task of the body."""

    key: str
    number: str | None
    title: str
    path: tuple[str, ...]
    role: DutyRole
    written: str  # what the task calls the body
    bodies: int  # that the task names itself
    leads: tuple[Named, ...]  # who leads it, the body itself left out
    due: Due | None
    targets: tuple[Target, ...]
    quote: Quote
    term: str  # what the filter by time asks: a year, standing, none


@dataclass(frozen=True, slots=True)
class InDocument:
    """Tasks in one role in one document, the first due first."""

    document: DocumentEntry
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class InRole:
    """Tasks in one role, document by document."""

    role: DutyRole
    count: int  # shown
    documents: tuple[InDocument, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to filter by, and how many tasks of the body it fits."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is restricted to; empty: not at all."""

    role: str = ""
    document: str = ""
    year: str = ""  # "2025", "standing", "none"
    indicator: str = ""  # "yes", "no"

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self == Asked()


@dataclass(frozen=True, slots=True)
class Term:
    """What is due in a year, or a quarter where the texts are that precise."""

    year: int
    quarter: int | None
    tasks: int
    led: int
    by_indicator: int  # of the tasks, those that only an indicator dates
    overdue: bool


@dataclass(frozen=True, slots=True)
class Dot:
    """The load of one body, to be seen beside others."""

    key: str
    name: str
    region: str | None
    load: float
    tasks: int
    documents: int
    own: bool  # the body of the page


@dataclass(frozen=True, slots=True)
class Standing:
    """How much the body bears, beside its region and beside the same function elsewhere."""

    load: Load
    region: RegionLoad | None
    around: tuple[Dot, ...]  # the region's organizations, who bears most first
    peers: tuple[Dot, ...]  # the same function everywhere, who bears most first
    ticks: tuple[float, ...]  # of a scale that holds all dots


@dataclass(frozen=True, slots=True)
class Partner:
    """Who shares tasks with the body."""

    key: str
    name: str
    shared: int
    lift: float
    of: float  # share of the body's own tasks


@dataclass(frozen=True, slots=True)
class Finding:
    """What tasks that name the body leave open."""

    kind: str
    severity: str
    titles: Mapping[str, str]  # by language
    tasks: tuple[tuple[str, str], ...]  # key and title of the first ones
    count: int


@dataclass(frozen=True, slots=True)
class DepartmentView:
    """The page of a body."""

    body: Body
    written: tuple[tuple[str, int], ...]  # what tasks call it, and how many do
    asked: Asked
    total: int  # tasks, whatever is asked
    counts: Mapping[str, int]  # of all of them, by role
    overdue: int  # of those by role above
    roles: tuple[InRole, ...]  # what fits
    cut: Cut
    documents: tuple[Choice, ...]
    years: tuple[Choice, ...]
    indicators: Mapping[str, int]  # tasks with (yes) and without (no), and all indicators (count)
    terms: tuple[Term, ...]
    standing: int  # tasks that come back or go on
    undated: int
    load: Standing | None  # None: on no task
    partners: tuple[Partner, ...]  # most shared first
    partners_cut: Cut
    shares: bool  # its region has a page of shared tasks
    findings: tuple[Finding, ...]
    built: date
