"""What is shown of a task."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kg.analysis import Gap, Pair
from kg.explorer.records import DocumentEntry, Quote


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's verdict on something that was read."""

    by: str
    when: datetime
    why: str
    before: str | None  # what the program had


@dataclass(frozen=True, slots=True)
class Decision:
    """How a name was resolved, and why so."""

    verdict: str  # matched, ambiguous, unknown, stated, overruled
    reason: str
    candidates: tuple[str, ...] = ()  # IRIs of what would also fit


@dataclass(frozen=True, slots=True)
class TaskLink:
    """Another task, as links name it."""

    key: str
    number: str | None
    title: str


@dataclass(frozen=True, slots=True)
class Duty:
    """A body on a task."""

    role: str
    written: str
    name: str | None  # what it is called; None: not identified
    organization: str | None  # IRI
    inherited: bool
    collective: bool
    vague: bool
    quote: Quote | None
    decision: Decision | None
    correction: Correction | None
    origin: TaskLink | None = None  # of an inherited one: the task whose words say 下同


@dataclass(frozen=True, slots=True)
class Target:
    """An indicator of a task."""

    iri: str
    name: str
    metric: str | None  # IRI
    metric_name: str | None
    kind: str
    comparator: str | None
    value: str | None  # digits as written
    unit: str | None  # as written
    year: int | None
    year_stated: bool | None
    baseline_year: int | None
    baseline_value: str | None
    binding: str | None
    quote: Quote
    decision: Decision | None
    correction: Correction | None


@dataclass(frozen=True, slots=True)
class Basis:
    """A place that names another policy, in a task or in the document around it."""

    relation: str  # basis, reference, creates, self
    policy: str | None  # IRI
    title: str
    number: str | None
    level: str | None
    document: str | None  # key, where its text is here
    inside: bool  # stands in the task itself
    quote: Quote
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when."""

    words: str
    kind: str | None  # dated, recurring, continuous
    every: str | None
    due: date | None
    precision: str | None
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of the sentence that something was read from."""

    kind: str  # a role, due, indicator, policy, person
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the sentence; what lies over it, the narrowest last; what begins with it."""

    text: str
    kinds: tuple[str, ...]
    opens: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who answers for a task by name or office."""

    name: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A task of the plan before or after that this one goes on from, or goes on in."""

    task: TaskLink
    kind: str  # continued, merged, split
    score: float
    words: tuple[str, str]  # the clauses that are most alike, the earlier first
    gained: tuple[str, ...]  # bodies, by name
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The plan before or after, with what became of this task."""

    document: str  # key
    title: str
    tasks: tuple[Counterpart, ...]


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task."""

    key: str
    iri: str
    number: str | None
    title: str
    path: tuple[str, ...]
    measure: bool
    joint: bool
    place: int  # in its document, from 1
    of: int  # tasks there, safeguards included
    document: DocumentEntry
    quote: Quote
    pieces: tuple[Piece, ...]
    duties: tuple[Duty, ...]
    people: tuple[Person, ...]
    deadline: Deadline | None
    targets: tuple[Target, ...]
    bases: tuple[Basis, ...]
    above: tuple[Basis, ...]  # what the policies that it rests on name as their basis in turn
    gaps: tuple[Gap, ...]
    partners: tuple[Pair, ...]  # who else is on it: pairs of its bodies, those that share most tasks first
    before: Neighbour | None
    after: Neighbour | None
    previous: TaskLink | None
    following: TaskLink | None
