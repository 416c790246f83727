"""Who needs whom: whose support a body needs where it leads, and who carries most for others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.analysis.columns import Row

if TYPE_CHECKING:
    from kg.analysis.columns import Columns


@dataclass(frozen=True, slots=True)
class Dependence:
    """A body that leads, and one whose support it needs for that."""

    lead: str  # IRI
    support: str
    lead_label: str
    support_label: str
    region_label: str | None  # of the lead
    tasks: int  # that the one leads and the other supports
    led: int  # all that the one leads
    share: float  # tasks / led
    task_iris: tuple[str, ...] = ()  # where they were asked for


@dataclass(frozen=True, slots=True)
class Carrier:
    """A body, and what it carries for others."""

    organization: str  # IRI
    label: str
    region_label: str | None
    tasks: int  # that others lead and it supports
    leads: int  # how many bodies it does that for
    named: int  # all tasks that name it
    share: float  # tasks / named
    task_iris: tuple[str, ...] = ()  # where they were asked for


def measure_dependence(
    columns: Columns, top: int | None = None, *, generic: bool = True, tasks: bool = False
) -> list[Dependence]:
    """Return who needs whose support as lead, most tasks first; with ``tasks``, each with its tasks.

    Share = |tasks that a leads and b supports| / |tasks that a leads|: of what a leads, how much rests on b. Duties inherited
    by 下同 do not count.
    """
    return [Dependence(**row) for row in _rows(columns, "dependence", top, generic, tasks)]


def measure_carrying(columns: Columns, top: int | None = None, *, generic: bool = True, tasks: bool = False) -> list[Carrier]:
    """Return what each body carries for others, most tasks first: tasks that others lead and it supports.

    Share = these tasks / all that name the body. Duties inherited by 下同 do not count.
    """
    return [Carrier(**row) for row in _rows(columns, "carrying", top, generic, tasks)]


def _rows(columns: Columns, name: str, top: int | None, generic: bool, tasks: bool) -> list[Row]:
    rows = list(columns.records(name, top=top, generic=generic, tasks=tasks))
    lists = [row.pop("task_ids") for row in rows]
    iris = find_tasks(columns, {number for numbers in lists for number in numbers})
    return [
        row | {"share": row["share"] / 10_000, "task_iris": tuple(iris[number] for number in numbers)}
        for row, numbers in zip(rows, lists, strict=True)
    ]


def find_tasks(columns: Columns, numbers: set[int]) -> dict[int, str]:
    """Return the IRIs of tasks by their numbers in the table."""
    if not numbers:
        return {}
    return {row["task_id"]: row["iri"] for row in columns.records("tasks-by-number", ids=sorted(numbers))}
