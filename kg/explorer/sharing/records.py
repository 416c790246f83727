"""What the screen of co-responsibility shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.explorer.records import Cut, Quote

VIEWS = ("matrix", "network", "groups", "body")


@dataclass(frozen=True, slots=True)
class Place:
    """A region to choose."""

    code: str
    name: str
    shared: int  # tasks that name two bodies or more


@dataclass(frozen=True, slots=True)
class Office:
    """A body, as the matrix and the network name it."""

    key: str
    name: str
    short: str  # without its region
    generic: bool
    group: int  # from 1, as groups are numbered here; 0: in none
    tasks: int  # that name it
    shared: int  # summed over its partners


@dataclass(frozen=True, slots=True)
class Matrix:
    """How many tasks each two bodies share; groups stand together, who shares most first."""

    bodies: tuple[Office, ...]
    cells: tuple[tuple[int, ...], ...]  # by row and column; a body with itself: the tasks that name it
    most: int  # shared by two
    cut: Cut  # bodies


@dataclass(frozen=True, slots=True)
class Dot:
    """A body of the network, on a circle of radius 1 around (0, 0); y grows downwards."""

    office: Office
    x: float
    y: float
    turn: float  # of its name, in degrees
    left: bool  # the name ends at the dot


@dataclass(frozen=True, slots=True)
class Tie:
    """Two bodies that share enough tasks."""

    a: Dot
    b: Dot
    shared: int
    words: Reading


@dataclass(frozen=True, slots=True)
class Reading:
    """What the figures of a pair say, in words of the measure: see ``kg.analysis.sharing.pairs.read_pair``."""

    often: str  # few, bound, more, chance, less
    same: str  # mostly, partly, hardly
    lift: float
    jaccard: float


@dataclass(frozen=True, slots=True)
class Ties:
    """The network of those who share at least so many tasks."""

    least: int
    chosen: bool  # by the reader; else the least that leaves few enough pairs
    most: int  # shared by two
    dots: tuple[Dot, ...]
    ties: tuple[Tie, ...]
    cut: Cut  # pairs of so many tasks; equal: all of them are drawn
    total: int  # pairs with a task in common


@dataclass(frozen=True, slots=True)
class GroupMember:
    """A body of a group."""

    key: str
    short: str
    shared: int
    steady: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Bodies that answer with each other more than with others."""

    number: int
    label: str
    members: tuple[GroupMember, ...]
    shared: int
    steady: bool
    tasks: int


@dataclass(frozen=True, slots=True)
class Split:
    """How well a network falls into groups."""

    bodies: int
    few: bool  # too few to say
    clear: bool
    agreement: str  # excellent, good, moderate, poor
    modularity: float


@dataclass(frozen=True, slots=True)
class Between:
    """A body over which others hang together."""

    key: str
    short: str
    pairs: float
    share: float
    neighbours: int
    groups: tuple[str, ...]  # it ties its own to


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups and who ties them together."""

    splits: tuple[Split, ...]
    groups: tuple[Group, ...]
    brokers: tuple[Between, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """Tasks that one leads and another supports."""

    key: str
    short: str
    tasks: int
    share: float  # of what the lead leads


@dataclass(frozen=True, slots=True)
class Companion:
    """Who shares tasks with one body."""

    key: str
    short: str
    shared: int
    words: Reading


@dataclass(frozen=True, slots=True)
class Around:
    """One body: whom it needs where it leads, for whom it carries, with whom it answers."""

    office: Office
    led: int  # tasks that it leads
    needs: tuple[Flow, ...]
    serves: tuple[Flow, ...]
    companions: tuple[Companion, ...]


@dataclass(frozen=True, slots=True)
class SharedTask:
    """A task of a pair, and in which role each is on it."""

    key: str
    number: str | None
    title: str
    document: str  # key
    document_title: str
    role_a: str
    role_b: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two bodies and what they share."""

    a: Office
    b: Office
    everywhere: bool  # over the whole graph, not only the region
    shared: int
    words: Reading | None  # None: nothing is shared
    tasks: tuple[SharedTask, ...]
    cut: Cut


@dataclass(frozen=True, slots=True)
class TaskName:
    """A task as lists name it."""

    key: str
    title: str
    document: str  # title


@dataclass(frozen=True, slots=True)
class Evidence:
    """The tasks behind each number of the matrix."""

    tasks: tuple[TaskName, ...]
    pairs: Mapping[str, tuple[int, ...]]  # by the keys of both, the smaller first: places in ``tasks``


@dataclass(frozen=True, slots=True)
class SharingView:
    """The screen."""

    view: str
    places: tuple[Place, ...]
    region: str  # code; empty: documents that say no region
    chosen: bool  # by the reader
    bodies: int
    pairs: int
    tasks: int  # shared by two or more
    matrix: Matrix
    network: Ties
    groups: Groups
    around: Around | None
    offices: tuple[Office, ...]  # to choose from, most shared first
    pair: Pairing | None
    evidence: Evidence
