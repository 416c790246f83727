"""What tasks and indicators leave open: who answers, who leads, what is measured, by when; ``queries/measures/gaps.sql``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.analysis.gaps.kinds import SEVERITIES, Severity, gap_kinds

if TYPE_CHECKING:
    from kg.analysis.columns import Columns

_ALL_TASKS = ("vague-only", "collective-only", "group-only", "support-only", "several-leads", "unknown-unit")  # safeguards too


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a gap stays as it is, in a person's words."""

    correction: str  # IRI
    by: str
    when: str  # "2025-03-01 08:30"
    why: str

    @property
    def words(self) -> str:
        """The reason with who and when, in Chinese."""
        return f"{self.why}（{self.by}，{self.when[:10]}）"


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that a task or an indicator leaves open, with the words where it shows."""

    kind: str
    severity: Severity
    words: str  # in Chinese: 3 个主体共同承担，没有牵头单位
    task: str | None  # IRI; None for an indicator outside the tasks
    document: str  # IRI
    document_title: str
    number: str | None
    title: str  # of the task, or the indicator's name
    quote: str | None
    start: int | None
    end: int | None
    indicator: str | None = None  # IRI
    words_en: str = ""
    reason: Reason | None = None  # a person justified it

    @property
    def of(self) -> str:
        """The IRI of what leaves it open: the indicator, or the task."""
        return self.indicator or self.task or self.document

    @property
    def kind_words(self) -> str:
        """The kind in Chinese."""
        return gap_kinds()[self.kind].title

    @property
    def severity_words(self) -> str:
        """The severity in Chinese."""
        return SEVERITIES[self.severity]

    @property
    def advice(self) -> str:
        """What to do about it, in Chinese."""
        return gap_kinds()[self.kind].advices["zh"]


@dataclass(frozen=True, slots=True)
class GapCount:
    """How often a kind of gap was found, among how many tasks or indicators."""

    kind: str
    severity: Severity
    title: str
    count: int
    of: int
    justified: int  # of the count, those that a person gave the reason for

    @property
    def words(self) -> str:
        """The count in Chinese; the justified ones counted apart."""
        return f"{self.count}，其中 {self.justified} 已说明理由" if self.justified else str(self.count)


def measure_gaps(columns: Columns, *kinds: str) -> list[Gap]:
    """Return all gaps, or those of some kinds: the severest kind first, each kind in reading order."""
    return list(iterate_gaps(columns, *kinds))


def iterate_gaps(columns: Columns, *kinds: str) -> Iterator[Gap]:
    """Yield the same one by one, for graphs of which nobody wants all in memory."""
    for row in columns.records("gaps", kinds=list(kinds or gap_kinds())):
        yield read_gap(row)


def count_gaps(columns: Columns) -> list[GapCount]:
    """Return how many of each kind there are, kinds without any included."""
    found = {row["kind"]: (row["count"], row["justified"]) for row in columns.records("gap-counts")}
    totals = _totals(columns)
    counts = []
    for kind in gap_kinds().values():
        count, justified = found.get(kind.code, (0, 0))
        counts.append(GapCount(kind.code, kind.severity, kind.title, count, totals[kind.code], justified))
    return counts


def _totals(columns: Columns) -> Mapping[str, int]:
    """Return among how many tasks or indicators each kind of gap is looked for."""
    (row,) = columns.records("gap-totals")
    found = dict.fromkeys(gap_kinds(), row["tasks"] - row["measures"])
    found |= dict.fromkeys(_ALL_TASKS, row["tasks"]) | {"measure-without-unit": row["measures"]}
    return found | {code: row["indicators"] for code in found if code.startswith("indicator-")}


def read_gap(row: Mapping[str, Any]) -> Gap:
    """Return the gap in a row of the view ``gaps``."""
    kind = gap_kinds()[row["kind"]]
    facts = {"count": row["count"], "names": row["names"] or (), "name": row["name"], "detail": row["detail"]}
    return Gap(
        kind=kind.code,
        severity=kind.severity,
        words=kind.say("zh", **facts),
        task=row["task"],
        document=row["document"],
        document_title=row["document_title"],
        number=row["number"],
        title=row["title"],
        quote=row["quote"],
        start=row["quote_start"],
        end=row["quote_end"],
        indicator=row["indicator"],
        words_en=kind.say("en", **facts),
        reason=_reason(row["justified"]),
    )


def _reason(said: Mapping[str, Any] | None) -> Reason | None:
    if said is None:
        return None
    return Reason(said["correction"], said["corrected_by"], said["corrected_at"].strftime("%Y-%m-%d %H:%M"), said["reason"])
