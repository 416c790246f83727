"""What is to be seen, before anything is drawn: nodes with their details, edges, gaps."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

Kind = Literal["document", "section", "task", "department", "indicator", "policy", "region"]
Relation = Literal["contains", "lead", "responsible", "support", "indicator", "basis", "creates", "reference"]

ROLES: tuple[Relation, ...] = ("lead", "responsible", "support")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a source, with their offsets in characters."""

    text: str
    start: int | None
    end: int | None
    file: str


Rows = tuple[tuple[str, str], ...]  # of a person's correction: before, verdict, by, when, why


@dataclass(frozen=True, slots=True)
class Node:
    """One thing on the page; ``facts`` are the rows of its detail panel, keyed by a word of ``static/words.js``."""

    id: str  # "task/130100/…/7": the IRI without what all IRIs share
    kind: Kind
    label: str
    short: str  # the label where its region is already named
    region: str | None
    quotes: tuple[Quote, ...] = ()
    names: tuple[str, ...] = ()  # other names, as written, to be found by
    form: str = ""  # organization, collaboration, generic, unmatched (departments); measure (tasks); parent, other (policies)
    facts: tuple[tuple[str, str | int | float], ...] = ()
    stated: tuple[tuple[str, str], ...] = ()  # what the corpus's curator says of a document, with the reason
    corrections: tuple[Rows, ...] = ()  # people's
    counts: tuple[int, ...] = ()  # of a region: its documents, tasks, departments


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation that one document states."""

    source: str
    target: str
    relation: Relation
    document: str
    inherited: bool = False  # said once for all later tasks (下同)
    written: str | None = None  # the target's name in this place
    quote: Quote | None = None
    correction: Rows = ()  # a person's, of the target or the role


@dataclass(frozen=True, slots=True)
class Note:
    """A gap's place that is no node: words of the documents that could not be decided."""

    subject: str  # region, unit, period, policy, metric
    words: str


@dataclass(frozen=True, slots=True)
class Gap:
    """One kind of thing that the documents leave open, with its places."""

    name: str  # a word of static/words.js: "unowned"
    members: tuple[str, ...]  # node ids
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """Everything that the page can show."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    gaps: tuple[Gap, ...]

    def of_kind(self, kind: Kind) -> tuple[Node, ...]:
        """Return the nodes of one kind in the order of the documents."""
        return tuple(node for node in self.nodes if node.kind == kind)

    def loads(self) -> dict[tuple[str, str], int]:
        """Return for each (department, document) in how many tasks it is named."""
        tasks: dict[tuple[str, str], set[str]] = defaultdict(set)
        for edge in self.edges:
            if edge.relation in ROLES:
                tasks[edge.target, edge.document].add(edge.source)
        return {pair: len(named) for pair, named in tasks.items()}


@dataclass(frozen=True, slots=True)
class Pair:
    """In how many tasks of a document a department is named, in all and by role; a task may name it twice."""

    document: str
    department: str
    tasks: int
    lead: int
    responsible: int
    support: int
    inherited: int


@dataclass(frozen=True, slots=True)
class Survey:
    """More than a page can hold, from further away: regions, documents and departments, their tasks as numbers."""

    nodes: tuple[Node, ...]  # regions, documents, departments
    pairs: tuple[Pair, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...]  # provinces with their regions' ids
    tasks: tuple[tuple[str, int], ...]  # of each document
    totals: tuple[tuple[str, int], ...]  # of everything, by what it is
    gaps: tuple[tuple[str, int], ...]

    def of_kind(self, kind: Kind) -> tuple[Node, ...]:
        """Return the nodes of one kind in the order of the documents."""
        return tuple(node for node in self.nodes if node.kind == kind)

    def loads(self) -> dict[tuple[str, str], int]:
        """Return for each (department, document) in how many tasks it is named."""
        return {(pair.department, pair.document): pair.tasks for pair in self.pairs}
