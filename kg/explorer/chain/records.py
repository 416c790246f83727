"""What is shown of chains."""

from __future__ import annotations

from dataclasses import dataclass

from kg.analysis import Gap
from kg.explorer.records import Cut, DocumentEntry, Quote, RegionEntry
from kg.explorer.task.records import Correction, Deadline, Decision, Duty, Target

KINDS = ("policy", "department", "task", "indicator")


@dataclass(frozen=True, slots=True)
class Box:
    """A policy in the lane above the documents."""

    iri: str
    title: str
    number: str | None
    level: str | None
    document: str | None  # key, where its text is here
    steps: int  # 1: a document or a task names it itself; 2: a policy in between does …
    through: str | None  # title of the text that names it, of one further up
    whole: bool  # a document names it outside its tasks, and so for all of them
    tasks: tuple[str, ...] = ()  # keys of the tasks shown that name it themselves


@dataclass(frozen=True, slots=True)
class Row:
    """A task in its lane, with its bodies and targets beside it."""

    key: str
    number: str | None
    title: str
    quote: Quote
    deadline: Deadline | None
    duties: tuple[Duty, ...]
    targets: tuple[Target, ...]
    gaps: tuple[Gap, ...]
    direct: bool  # it names the policy, the body or the metric itself
    pinned: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A document in its lane, with what it rests on and its tasks."""

    document: DocumentEntry
    level: str | None
    depth: int  # how many documents stand between it and where the chain begins
    through: str | None  # title of the one above it, of several
    own: bool  # it is the policy where the chain begins
    policies: tuple[Box, ...]
    rows: tuple[Row, ...]
    cut: Cut


@dataclass(frozen=True, slots=True)
class Edge:
    """A step of a chain: what leads to what, and the words that say so."""

    kind: str  # above, cites, names, task, due, lead, responsible, support, indicator, gap
    task: str  # key of the task whose chain it belongs to
    source: str
    target: str
    iri: str | None  # of the target
    detail: str
    quote: Quote | None
    decision: Decision | None = None
    correction: Correction | None = None
    gap: Gap | None = None
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class ChainView:
    """A chain, as far as it is shown."""

    kind: str  # policy, department, task, indicator
    key: str
    iri: str
    title: str
    number: str | None
    level: str | None
    here: str | None  # key of the document, where a policy's text is here
    direction: str  # down: who carries a policy out; up: what it rests on
    groups: tuple[Group, ...]
    documents: Cut
    tasks: Cut
    page: int
    pages: int
    levels: tuple[tuple[str, int], ...]  # of the documents to choose from, with how many
    regions: tuple[RegionEntry, ...]
    selected: str | None  # key of the task whose steps are listed
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Start:
    """Something that chains begin at."""

    key: str
    title: str
    note: str | None  # number, region
    level: str | None
    documents: int
    tasks: int


@dataclass(frozen=True, slots=True)
class StartView:
    """Where chains begin: policies by reach, bodies by load, metrics by use."""

    asked: str
    policies: tuple[Start, ...]
    policies_cut: Cut
    departments: tuple[Start, ...]
    departments_cut: Cut
    metrics: tuple[Start, ...]
    metrics_cut: Cut
