"""The records that the stages hand to each other; none of them is ever changed after it was made.

``Document`` → ``Reading`` (what the text says) → ``Resolved`` (whom and what it means).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from kg.correction import Justification, Outcome, Ruling

Role = Literal["lead", "responsible", "support"]
IndicatorKind = Literal["quantitative", "zero", "placeholder", "delegated", "trend", "milestone"]
Comparator = Literal[">=", ">", "<=", "<", "=", "+=", "-=", "~"]
Relation = Literal["basis", "creates", "reference", "self"]
Level = Literal["national", "province", "prefecture", "county", "unknown"]
Verdict = Literal["matched", "ambiguous", "unknown", "stated", "overruled"]
Place = Literal["preamble", "goals", "measures"]
Precision = Literal["year", "half", "quarter", "month", "day"]
DeadlineKind = Literal["dated", "recurring", "continuous"]
Frequency = Literal["year", "half", "quarter", "month", "week", "day"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Offsets in characters (code points) into a document's pinned text; ``end`` is exclusive.

    >>> Span(2, 5).of("责任单位：市水利局")
    '单位：'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words that the span marks."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where something stands, word for word.

    ``quote`` is the slice of the pinned text, ``words`` the same slice as it was read: Simplified characters, without
    line breaks, markup and page numbers. ``rule`` names the rule that read it.
    """

    span: Span
    quote: str
    words: str
    rule: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: where its words stand, its place in the grid from (0, 0), and how many rows and columns it spans."""

    span: Span
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table that the source's format marks as one; a merged cell stands in it once."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One source file; its decoded or extracted ``text`` is pinned, so that offsets stay true for ever."""

    path: str  # as the user gave it, with forward slashes
    sha256: str  # of the source's bytes, in hex
    encoding: str
    text: str
    pages: tuple[int, ...] = ()  # where each page of a PDF begins in the text
    grids: tuple[Grid, ...] = ()  # tables of an html, docx, xlsx or pdf file, in the order of the text
    whole: bool = False  # its lines are paragraphs, as in html, docx and xlsx: none was broken by a page

    def page_of(self, span: Span) -> int | None:
        """Return the page on which a span begins, from 1; ``None`` where the format has no pages.

        >>> Document("a.pdf", "", "pdf", "甲乙丙", pages=(0, 2)).page_of(Span(2, 3))
        2
        """
        return bisect_right(self.pages, span.start) or None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it, or a numbered item."""

    key: str  # its address in the document: "3.2"
    number: str | None  # as written, without punctuation: "二", "8"
    level: int  # depth in the tree, 1 = chapter
    heading: str  # "（二）推进产业绿色转型升级"
    parent: str | None  # key of the section above
    evidence: Evidence  # of the heading


@dataclass(frozen=True, slots=True)
class Unit:
    """A body named in an assignment, as written."""

    name: str
    role: Role
    inherited: bool = False  # said once for all later tasks (下同)
    collective: bool = False  # a group: 各县（市、区）政府
    vague: bool = False  # names nobody: 市有关部门
    evidence: Evidence | None = None
    ruling: Ruling | None = None  # a person added it, or decided its role or its body here


@dataclass(frozen=True, slots=True)
class Supervisor:
    """A person who answers for a task (分管领导, 责任人), as written; never a unit."""

    name: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Baseline:
    """What the indicator was before, where the text says so."""

    year: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class Indicator:
    """A target that someone could check. ``value`` is in ``unit`` as written; ``None`` means that the text does not say."""

    name: str
    kind: IndicatorKind
    op: Comparator | None
    value: Decimal | None
    unit: str | None
    year: int | None
    evidence: Evidence
    baseline: Baseline | None = None
    binding: Literal["binding", "expected"] | None = None
    table: bool = False
    ruling: Ruling | None = None  # a person corrected or confirmed it
    year_stated: bool = True  # the text says the year; else it is the document's last
    justified: tuple[Justification, ...] = ()  # gaps that a person gave the reason for


@dataclass(frozen=True, slots=True)
class Citation:
    """Another document named in the text."""

    title: str
    relation: Relation
    level: Level
    issuer: str | None
    marked: bool  # stands in 《》
    where: Place | None  # None inside a task
    evidence: Evidence
    number: str | None = None  # 发文字号, as written


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when something is due: a date (6月底前), again and again (每月28日前), or for good (长期坚持).

    ``due`` is the last day, ``precision`` how exactly the text gives it; the evidence has the words.
    """

    due: str | None  # "2025-06-30", of a dated one
    evidence: Evidence
    precision: Precision | None = None  # of a dated one
    kind: DeadlineKind = "dated"
    every: Frequency | None = None  # of a recurring one


@dataclass(frozen=True, slots=True)
class Task:
    """The smallest item of work that the document states or assigns."""

    key: str  # unique in the document: "3.2.1", "2.1"
    number: str | None  # the item's own: "1"
    path: tuple[str, ...]  # headings above it
    title: str
    text: str  # the whole item as read
    section: str | None  # key of the section above
    evidence: Evidence
    measure: bool = False  # a safeguard without units
    joint: bool = False  # 按职责（牵头、负责）
    units: tuple[Unit, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    citations: tuple[Citation, ...] = ()
    deadline: Deadline | None = None
    supervisors: tuple[Supervisor, ...] = ()
    justified: tuple[Justification, ...] = ()  # gaps that a person gave the reason for


@dataclass(frozen=True, slots=True)
class Profile:
    """What the document says of itself."""

    title: str | None
    issuer: str | None
    number: str | None  # 发文字号
    date: str | None  # "2023-05-24"
    period: tuple[int, int] | None
    kind: str | None  # 工作要点, 规划, …


@dataclass(frozen=True, slots=True)
class Notice:
    """What issues the document's plan and stands above it: 关于印发某规划的通知; the plan is its annex."""

    title: str
    number: str | None  # 发文字号, as written
    issuer: str | None
    date: str | None  # "2023-05-24"
    evidence: Evidence  # of the title


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that one document says, with evidence; nobody is resolved yet."""

    document: Document
    profile: Profile
    sections: tuple[Section, ...]
    tasks: tuple[Task, ...]
    indicators: tuple[Indicator, ...]  # in goals and tables, outside the tasks
    citations: tuple[Citation, ...]  # outside the tasks
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class Region:
    """A place by its GB/T 2260 code; the country is 100000."""

    code: str
    name: str  # 石家庄市
    level: Level
    parent: str | None  # code


@dataclass(frozen=True, slots=True)
class Organization:
    """A body that answers for something."""

    key: str  # ASCII, "130100/ecology-environment"
    label: str  # 石家庄市生态环境局
    names: tuple[str, ...]  # other names, as written: 市环保局
    kind: Literal["organization", "collaboration", "generic"]
    function: str | None  # key of the main function: "ecology-environment"
    region: str | None  # code
    further: tuple[str, ...] = ()  # what it is for besides: sports in 教体局


@dataclass(frozen=True, slots=True)
class Policy:
    """A document as a thing that others can cite, whether or not its text is here."""

    key: str  # ASCII
    title: str
    level: Level
    region: str | None  # code
    issuer: str | None
    number: str | None = None  # 发文字号, normalised


@dataclass(frozen=True, slots=True)
class Annex:
    """A notice and the plan that it issues: two policies, of which the second is an annex of the first."""

    notice: Policy
    plan: Policy


@dataclass(frozen=True, slots=True)
class Metric:
    """What is measured, the same across documents."""

    key: str  # ASCII
    label: str  # 秸秆综合利用率
    direction: Literal["higher", "lower"] | None  # which is better


@dataclass(frozen=True, slots=True)
class Decision:
    """How a mention was resolved, and why."""

    subject: Literal["unit", "policy", "region", "period", "metric"]
    mention: str
    verdict: Verdict
    target: str | None  # key of what it was resolved to
    candidates: tuple[str, ...]  # the keys that would also fit
    reason: str  # in words, Chinese
    count: int  # how often the mention stands in the document
    ruling: Ruling | None = None  # of the person who decided
    before: Decision | None = None  # what the program had decided


@dataclass(frozen=True, slots=True)
class Resolved:
    """A reading whose mentions have been decided."""

    reading: Reading
    policy: Policy  # what the document itself states
    region: Region | None
    period: tuple[int, int] | None
    organizations: Mapping[str, Organization]  # by unit name as written
    issuer: Organization | None
    policies: Mapping[str, Policy]  # by citation title
    metrics: Mapping[str, Metric]  # by indicator name
    decisions: tuple[Decision, ...]
    notice: Policy | None = None  # that issues the document's plan
    annexes: tuple[Annex, ...] = ()  # of notices that are cited, and of the document where it is one
    places: Mapping[Span, Organization] = field(default_factory=dict)  # bodies that a person decided for one place
    outcomes: tuple[Outcome, ...] = ()  # of people's corrections

    def body_of(self, unit: Unit) -> Organization | None:
        """Return the organization that a unit of the reading is."""
        here = self.places.get(unit.evidence.span) if unit.evidence is not None else None
        return here or self.organizations.get(unit.name)
