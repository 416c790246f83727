"""What a report says, part by part: records that know nothing of SQL, of HTML or of a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from kg.analysis import GapCount, Reason, RegionLoad
from kg.analysis.continuity.changes import PlanComparison
from kg.analysis.lineage.policy_reach import MissingText, PolicyReach
from kg.analysis.lineage.target_comparison import ComparisonCount, TargetComparison
from kg.analysis.sharing.brokers import Broker
from kg.analysis.sharing.communities import Network
from kg.analysis.sharing.diffusion import DiffusionCount

Period = tuple[int, int]
Tasks = tuple[int, ...]  # keys of Report.tasks: what a number counts


@dataclass(frozen=True, slots=True)
class Scope:
    """What the report is about; all empty: the whole graph."""

    region: str | None = None  # names, as the graph has them
    period: Period | None = None
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A source: what it is, and the file it was read from."""

    number: int  # in this report; a task is cited as number-position
    title: str
    region: str | None
    period: Period | None
    written: str | None  # 发文字号
    date: date | None
    file: str
    sha256: str
    characters: int
    tasks: int


@dataclass(frozen=True, slots=True)
class TaskEntry:
    """A task with the words it stands in."""

    document: int
    position: int
    number: str | None
    title: str
    measure: bool
    quote: str
    start: int
    end: int
    page: int | None
    file: str

    @property
    def ref(self) -> str:
        """How the report cites it: document and place in it."""
        return f"{self.document}-{self.position}"


@dataclass(frozen=True, slots=True)
class LoadRow:
    """What a body bears, with the tasks behind each number."""

    key: str
    label: str
    short: str  # without its region
    kind: str
    region: str | None
    function: str | None
    period: Period | None
    tasks: Tasks
    led: Tasks
    responsible: Tasks
    supported: Tasks
    inherited: Tasks
    shared_load: float
    indicators: int
    binding: int
    score: float | None
    verdict: str
    rank: int | None
    peer_rank: int | None
    peers: int


@dataclass(frozen=True, slots=True)
class Concentration:
    """How the load lies on the organizations of a region in a period."""

    region: RegionLoad
    top: tuple[str, ...]  # the three that bear most
    tasks: Tasks  # that name any of them


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Bodies by the sections of a document, those with most tasks."""

    document: int
    sections: tuple[str, ...]
    bodies: tuple[str, ...]
    cells: Mapping[tuple[int, int], Tasks]  # body, section
    all_bodies: int


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two bodies and the tasks that name both."""

    a: str
    b: str
    label_a: str
    label_b: str
    region: str | None
    generic: bool
    tasks: Tasks
    jaccard: float
    lift: float


@dataclass(frozen=True, slots=True)
class LeanRow:
    """A lead that rests on another body's support."""

    lead: str
    support: str
    region: str | None
    tasks: Tasks
    led: int
    share: float


@dataclass(frozen=True, slots=True)
class DiffuseRow:
    """A task of several bodies without a lead, those with most bodies first."""

    task: int
    bodies: tuple[str, ...]
    joint: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """The bodies that share most, ordered by their groups."""

    keys: tuple[str, ...]
    labels: tuple[str, ...]
    groups: tuple[int, ...]  # of each body; the same number: the same group
    own: tuple[int, ...]  # how many tasks each has
    cells: Mapping[tuple[int, int], Tasks]  # first place < second place


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A target with the words it stands in."""

    document: int
    task: int | None
    name: str
    metric: str | None
    kind: str
    comparator: str | None
    value: Decimal | None
    written: str | None  # the number's digits as they stand
    unit: str | None
    year: int | None
    binding: str | None
    quote: str
    start: int
    end: int
    file: str


@dataclass(frozen=True, slots=True)
class ParentRow:
    """A policy that documents in view rest on."""

    reach: PolicyReach
    documents: tuple[int, ...]  # that name it
    tasks: Tasks  # that name it in their own sentence

    @property
    def title(self) -> str:
        """What it is called."""
        return self.reach.title or self.reach.number or self.reach.policy


@dataclass(frozen=True, slots=True)
class GapRow:
    """Something left open, with the words where it shows."""

    kind: str
    severity: str
    words: str  # in Chinese
    words_en: str
    document: int
    task: int | None
    name: str
    quote: str | None
    start: int | None
    end: int | None
    reason: Reason | None  # a person justified it


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """What a person decided otherwise than the program."""

    document: int
    words: str
    now: str | None
    before: str | None
    by: str
    when: datetime | None
    why: str | None


@dataclass(frozen=True, slots=True)
class Totals:
    """The counts that everything else is a part of."""

    documents: int
    regions: int
    tasks: int
    measures: int
    organizations: int
    indicators: int
    binding: int
    citations: int
    undecided: int  # decisions that wait for a person


@dataclass(frozen=True, slots=True)
class Report:
    """All parts in the order in which an office reads them; a part without data is empty, and the text says so."""

    scope: Scope
    program: str
    generation: str
    built: datetime
    totals: Totals
    documents: tuple[DocumentRow, ...]
    loads: tuple[LoadRow, ...]
    loads_by_period: tuple[LoadRow, ...]
    concentration: tuple[Concentration, ...]
    heat_maps: tuple[HeatMap, ...]
    pairs: tuple[PairRow, ...]
    matrix: Matrix
    networks: tuple[Network, ...]
    brokers: tuple[Broker, ...]
    leans: tuple[LeanRow, ...]
    diffuse: tuple[DiffuseRow, ...]
    diffusion: DiffusionCount
    indicators: tuple[IndicatorRow, ...]
    parents: tuple[ParentRow, ...]
    missing: tuple[MissingText, ...]
    weaker: tuple[TargetComparison, ...]
    target_counts: tuple[ComparisonCount, ...]
    continuity: tuple[PlanComparison, ...]
    successions: int  # plans followed by another; the largest ones are compared
    gap_counts: tuple[GapCount, ...]
    gaps: tuple[GapRow, ...]
    corrections: tuple[CorrectionRow, ...]
    tasks: Mapping[int, TaskEntry]
    task_ids: Mapping[str, int]  # by IRI

    def document(self, number: int) -> DocumentRow:
        """Return a document by its number in this report."""
        return self.documents[number - 1]
