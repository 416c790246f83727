"""A section of the analysis: which rows it has, how they stand in a table, and which tasks each counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.analysis import Columns, Load, Period
    from kg.analysis.sharing.parts import NetworkPart

Row = tuple[object, ...]
_BY_IRI = """
SELECT tasks.iri, documents.title, tasks.number, tasks.title, quote
FROM tasks JOIN documents USING (document_id) WHERE tasks.iri IN (SELECT unnest($iris::VARCHAR[]))
"""
TASK_HEADINGS = ("文件", "序号", "任务", "原文", "任务标识")


def _no_tasks(record: Any) -> Sequence[str]:
    return getattr(record, "task_iris", ())


def _as_dict(record: Any) -> dict[str, Any]:
    words = getattr(record, "reading", None)
    return asdict(record) | ({"reading": words} if words is not None else {})


@dataclass
class View:
    """What is looked at: the tables, how many rows of each measure, and whether each with its tasks."""

    columns: Columns
    top: int | None
    tasks: bool
    region: str | None = None  # IRI; whose documents are in the tables
    period: Period | None = None
    open_whole: Callable[[], Columns] | None = None  # where only a part is in the tables

    @cached_property
    def whole(self) -> Columns:
        """The tables of the whole graph, for what stands above the part in view."""
        return self.columns if self.open_whole is None else self.open_whole()

    @cached_property
    def loads(self) -> list[Load]:
        """The loads over all documents, then those of each period."""
        from kg.analysis.load import measure_loads

        return measure_loads(self.columns, tasks=self.tasks)

    @cached_property
    def parts(self) -> list[NetworkPart]:
        """The co-responsibility graph in its connected parts."""
        from kg.analysis.sharing.parts import read_parts

        return read_parts(self.columns)

    def find_tasks(self, iris: Sequence[str]) -> Mapping[str, Row]:
        """Return document, number, title, quote and IRI of tasks."""
        rows = self.columns.execute(_BY_IRI, {"iris": sorted(set(iris))}).fetchall()
        return {row[0]: (*row[1:], row[0]) for row in rows}


@dataclass(frozen=True, slots=True)
class Section:
    """A measure as it is shown."""

    name: str
    title: str  # with how to read the figures
    headings: tuple[str, ...]
    measure: Callable[[View], Sequence[Any]]
    row: Callable[[Any], Row]
    nothing: str = "没有"  # what is said where there are no rows
    tasks: Callable[[Any], Sequence[str]] = _no_tasks
    facts: Callable[[Any], dict[str, Any]] = _as_dict
    listed: bool = True  # in the table for people, where nothing else is asked for
    why_nothing: Callable[[View], str | None] | None = None  # says it better, where it can

    def say_nothing(self, view: View) -> str:
        """Return what is said where there are no rows."""
        return (self.why_nothing(view) if self.why_nothing else None) or self.nothing

    def rows(self, view: View, records: Sequence[Any]) -> tuple[tuple[str, ...], Iterator[Row]]:
        """Return headings and rows; where tasks are asked for, a row for each task of each record."""
        if not view.tasks:
            return self.headings, map(self.row, records)
        found = view.find_tasks([iri for record in records for iri in self.tasks(record)])
        rows = ((*self.row(record), *found[iri]) for record in records for iri in self.tasks(record) if iri in found)
        return (*self.headings, *TASK_HEADINGS), rows


def years(period: tuple[int, int] | None) -> str:
    """Return a period as people write it.

    >>> years((2023, 2023)), years((2021, 2025)), years(None)
    ('2023', '2021–2025', '合计')
    """
    if period is None:
        return "合计"
    return f"{period[0]}" if period[0] == period[1] else f"{period[0]}–{period[1]}"
