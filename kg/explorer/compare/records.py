"""What the screen for comparing shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.analysis.continuity.cautions import Caution
from kg.explorer.compare.words import Pieces
from kg.explorer.records import Cut

_NOTHING = Cut(0, 0)


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """A plan as lists name it."""

    key: str
    title: str
    region: str | None
    region_name: str | None
    period: tuple[int, int] | None
    tasks: int


@dataclass(frozen=True, slots=True)
class PairEntry:
    """A plan and the one that follows it."""

    before: PlanEntry
    after: PlanEntry


@dataclass(frozen=True, slots=True)
class TaskSide:
    """A task on one side, with its words and where they stand."""

    iri: str
    number: str | None
    title: str
    document: str  # key
    start: int
    end: int
    words: Pieces


@dataclass(frozen=True, slots=True)
class BodyStep:
    """A body that came, left, or changed its role."""

    name: str
    iri: str  # "" where nobody is known by the words
    kind: str  # gained, lost, role
    before: str | None  # role
    after: str | None


@dataclass(frozen=True, slots=True)
class GoalSide:
    """A target on one side."""

    iri: str
    kind: str
    comparator: str | None
    value: str | None  # with its unit, as written
    growth: str | None
    year: int | None
    written: str
    task: str | None  # IRI
    task_title: str | None


@dataclass(frozen=True, slots=True)
class GoalStep:
    """A target and what became of it."""

    metric: str  # IRI, or the words
    name: str
    direction: str | None
    kind: str  # raised, lowered, same, unit, not-comparable, added, removed
    strength: str | None
    reason: str | None
    before: GoalSide | None
    after: GoalSide | None


@dataclass(frozen=True, slots=True)
class TaskStep:
    """A task and what became of it."""

    kind: str  # continued, merged, split, dropped, new
    score: float | None
    before: TaskSide | None
    after: TaskSide | None
    bodies: tuple[BodyStep, ...]
    goals: tuple[GoalStep, ...]


@dataclass(frozen=True, slots=True)
class BodyLoad:
    """How many tasks a body has in either plan."""

    name: str
    iri: str
    before: int
    after: int
    led_before: int
    led_after: int
    kind: str  # more, fewer, equal, only-before, only-after

    @property
    def change(self) -> int:
        """How many tasks more."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Choice:
    """Plans to choose from: those that follow each other first."""

    pairs: tuple[PairEntry, ...]
    pairs_cut: Cut
    regions: tuple[tuple[str, str], ...]  # code and name
    region: str  # chosen, "" for all
    other: str  # region of the second plan
    before: tuple[PlanEntry, ...]
    after: tuple[PlanEntry, ...]
    absent: str = ""  # title of a policy that is only cited: its text is not here


@dataclass(frozen=True, slots=True)
class Plans:
    """Two plans side by side."""

    before: PlanEntry
    after: PlanEntry
    successive: bool  # the one is known to follow the other
    reversed: bool
    cautions: tuple[Caution, ...]
    aspect: str  # tasks, targets, bodies
    kind: str  # of change; "" for all
    words: str  # searched for
    counts: Mapping[str, int]  # of tasks, as the analysis counts them
    places: Mapping[str, int]  # of rows
    goal_counts: Mapping[str, int]
    body_counts: Mapping[str, int]
    tasks: tuple[TaskStep, ...]
    goals: tuple[GoalStep, ...]
    bodies: tuple[BodyLoad, ...]
    cuts: Mapping[str, Cut]  # by aspect; only what ``aspect`` names is filtered
    others: tuple[PairEntry, ...]  # other successions of the region


@dataclass(frozen=True, slots=True)
class CityLoad:
    """What a city's body of a function bears."""

    region: str
    region_name: str
    body: str  # IRI
    name: str
    documents: int
    tasks: int
    led: int
    responsible: int
    supported: int
    targets: int
    gaps: int


@dataclass(frozen=True, slots=True)
class CityTarget:
    """A city's target for a metric."""

    region: str | None
    region_name: str | None
    document: str  # key
    document_title: str
    period: tuple[int, int] | None
    goal: GoalSide
    number: float | None  # in the unit's base
    task: str | None  # number and title
    task_iri: str | None
    beside: int  # other cities with a target that can be compared
    part: float | None  # of the greatest that can be compared, for a bar


@dataclass(frozen=True, slots=True)
class Subject:
    """A function or a metric that cities have in common."""

    key: str
    name: str
    cities: int
    number: int  # of tasks or targets


@dataclass(frozen=True, slots=True)
class Year:
    """The targets for one year that can be compared, and what lies in their middle; too few cities have no middle."""

    year: int
    unit: str  # as most write it
    cities: int
    middle: float | None


@dataclass(frozen=True, slots=True)
class Cities:
    """Cities side by side, by a function or a metric; by neither: what to choose from."""

    period: tuple[int, int] | None
    periods: tuple[tuple[int, int], ...]  # that documents have
    level: str  # of the regions, "" for all
    levels: tuple[str, ...]  # that documents have
    what: str = ""  # function, metric
    key: str = ""
    name: str = ""
    iri: str = ""
    direction: str | None = None
    words: str = ""  # looked for
    functions: tuple[Subject, ...] = ()
    metrics: tuple[Subject, ...] = ()
    subjects: Mapping[str, Cut] = field(default_factory=dict)  # of functions and metrics
    loads: tuple[CityLoad, ...] = ()
    middles: Mapping[str, float] = field(default_factory=dict)  # of the loads
    targets: tuple[CityTarget, ...] = ()
    years: tuple[Year, ...] = ()
    cautions: tuple[Caution, ...] = ()
    cut: Cut = _NOTHING


@dataclass(frozen=True, slots=True)
class CompareView:
    """The screen: one of three."""

    choice: Choice | None = None
    plans: Plans | None = None
    cities: Cities | None = None
