"""What the matrix shows."""

from __future__ import annotations

from dataclasses import dataclass

from kg.explorer.records import Cut, DocumentEntry, Quote, RegionEntry

ROLES = ("lead", "responsible", "support")  # the strongest first


@dataclass(frozen=True, slots=True)
class Column:
    """A document that is closed, a section that is closed, or a task."""

    key: str  # "policy/…", "section/…", "task/…", as in its IRI
    label: str
    document: DocumentEntry
    section: str | None  # key, of an open document
    section_label: str
    tasks: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A cell of the table's head; it spans the columns below it."""

    key: str
    document: str  # key
    level: int  # 0 document, 1 section, 2 task
    label: str
    across: int
    down: int
    toggled: str | None  # parameter "open" once it is clicked; None: nothing to open
    opened: bool
    tasks: int


@dataclass(frozen=True, slots=True)
class Cell:
    """How many of a column's tasks name a body; those that it merely inherits (下同) are counted apart."""

    tasks: int = 0
    led: int = 0
    responsible: int = 0
    supported: int = 0
    inherited: int = 0

    @property
    def role(self) -> str:
        """The strongest role; empty: none at all."""
        counts = zip(ROLES, (self.led, self.responsible, self.supported), strict=True)
        return next((role for role, count in counts if count), "inherited" if self.inherited else "")


@dataclass(frozen=True, slots=True)
class Row:
    """A body with its load over everything in view, and its cells."""

    key: str
    label: str
    kind: str
    tasks: int
    led: int
    responsible: int
    supported: int
    inherited: int
    shared_load: float
    indicators: int
    verdict: str
    cells: tuple[Cell, ...]

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that it has on any task in view."""
        counts = zip((*ROLES, "inherited"), (self.led, self.responsible, self.supported, self.inherited), strict=True)
        return tuple(role for role, count in counts if count)


@dataclass(frozen=True, slots=True)
class CellTask:
    """A task of one cell, with its sentence."""

    key: str
    number: str | None
    title: str
    document: DocumentEntry
    path: tuple[str, ...]
    roles: tuple[str, ...]  # of the body; "inherited"
    written: tuple[str, ...]  # the body as written
    due: str | None
    indicators: int
    quote: Quote


@dataclass(frozen=True, slots=True)
class Detail:
    """One cell, opened."""

    cell: str  # as the address says it
    body: str | None  # key; None: the row of tasks that name nobody
    label: str
    column: Column
    tasks: tuple[CellTask, ...]
    cut: Cut


@dataclass(frozen=True, slots=True)
class Matrix:
    """The matrix."""

    region: str | None
    apart: bool  # regions are shown one by one
    chosen: bool  # the region was not asked for: it is the one with most tasks
    period: tuple[int, int] | None
    document: tuple[str, ...]
    role: str
    sort: str
    regions: tuple[RegionEntry, ...]
    periods: tuple[tuple[int, int], ...]
    documents: tuple[DocumentEntry, ...]  # to choose from
    opened: str  # parameter "open" of what is shown
    columns: tuple[Column, ...]
    headings: tuple[tuple[Heading, ...], ...]
    gaps: tuple[int, ...]  # of each column: tasks that name nobody
    gap_total: int
    rows: tuple[Row, ...]
    most: int  # tasks of the body with most, for bars
    tasks: int  # in the columns
    cut_rows: Cut
    cut_documents: Cut
    cut_columns: Cut
    detail: Detail | None
    lost: bool  # a cell was asked for that is not in view

    def documents_of(self, row: Row) -> tuple[str, ...]:
        """Return the keys of the documents in which a row has a cell."""
        return tuple(dict.fromkeys(one.document.key for one, cell in zip(self.columns, row.cells, strict=True) if cell.role))
