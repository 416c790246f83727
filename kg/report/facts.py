"""What the report reads from the tables itself: sources, tasks with their words, targets, citations, corrections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.analysis.lineage.policy_reach import measure_policy_reach
from kg.report.model import CorrectionRow, DocumentRow, IndicatorRow, ParentRow, Period, TaskEntry, Tasks

if TYPE_CHECKING:
    from kg.analysis import Columns

Row = dict[str, Any]
_DOCUMENTS = """
SELECT document_id, iri, title, region_name AS region, period_start, period_end, coalesce(number, notice_number) AS written,
    coalesce(date, notice_date) AS date, file, sha256, characters,
    (SELECT count(*) FROM tasks WHERE tasks.document_id = documents.document_id) AS tasks
FROM documents ORDER BY region_code NULLS LAST, period_start NULLS LAST, period_end, title, key
"""
_TASKS = """
SELECT task_id, document_id, iri, position, number, title, measure, quote, quote_start, quote_end, page, file, path
FROM tasks ORDER BY document_id, position
"""
_DUTIES = """
SELECT task_id, organization, role, inherited FROM assignments
WHERE organization_id IS NOT NULL ORDER BY task_id, assignments.position, organization
"""
_INDICATORS = """
SELECT document_id, task_id, name, metric_name, kind, comparator, value, value_text, unit_written, year, binding, quote,
    quote_start, quote_end, file
FROM indicators ORDER BY document_id, task_id NULLS FIRST, position
"""
_PARENTS = """
SELECT policy, list(DISTINCT document_id ORDER BY document_id) AS documents,
    list(DISTINCT task_id ORDER BY task_id) FILTER (task_id IS NOT NULL) AS tasks
FROM citations WHERE relation = 'basis' AND policy IS NOT NULL GROUP BY policy
"""
# a correction shows at the decision that it overrules, else at the duty or the target that it changes
_CORRECTIONS = """
WITH said AS (
    SELECT document_id, correction, 1 AS rank, position, mention, coalesce(target_text, target) AS now, correction_before,
        corrected_by, corrected_at, correction_reason FROM decisions
    UNION ALL
    SELECT document_id, correction, 2, position, unit_written, organization, correction_before, corrected_by, corrected_at,
        correction_reason FROM assignments
    UNION ALL
    SELECT document_id, correction, 3, position, name, concat(value_text, unit_written), correction_before, corrected_by,
        corrected_at, correction_reason FROM indicators
),
names AS (
    SELECT iri, any_value(name) AS name FROM (
        SELECT iri, name FROM organizations UNION ALL SELECT policy, policy_title FROM citations
        UNION ALL SELECT iri, title FROM documents UNION ALL SELECT metric, metric_name FROM indicators
    ) WHERE iri IS NOT NULL GROUP BY iri
)
SELECT document_id, mention, coalesce(name, now) AS now, correction_before, corrected_by, corrected_at, correction_reason
FROM said LEFT JOIN names ON iri = now WHERE correction IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY document_id, correction ORDER BY rank, position, mention) = 1
ORDER BY document_id, rank, position, mention
"""


@dataclass(frozen=True)
class Duties:
    """Who is on which task: bodies by IRI, tasks by number."""

    direct: Mapping[str, list[int]]
    inherited: Mapping[str, list[int]]
    roles: Mapping[tuple[str, str], list[int]]  # body and role, what it inherits left out


class Reader:
    """The tables as the report cites them: documents by number, tasks by document and place."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        found = list(self._records(_DOCUMENTS))
        self.numbers: dict[int, int] = {row["document_id"]: place for place, row in enumerate(found, 1)}
        self.iris: dict[str, int] = {row["iri"]: place for place, row in enumerate(found, 1)}
        self.documents = tuple(_document(place, row) for place, row in enumerate(found, 1))
        self.tasks: dict[int, TaskEntry] = {}
        self.task_ids: dict[str, int] = {}
        self.paths: dict[int, tuple[str, ...]] = {}
        for row in self._records(_TASKS):
            self.tasks[row["task_id"]] = _task(self.numbers[row["document_id"]], row)
            self.task_ids[row["iri"]] = row["task_id"]
            self.paths[row["task_id"]] = tuple(row["path"] or ())

    def _records(self, query: str) -> Iterator[Row]:
        cursor = self._columns.execute(query)
        names = [column[0] for column in cursor.description or ()]
        while rows := cursor.fetchmany(10_000):
            yield from (dict(zip(names, row, strict=True)) for row in rows)

    def find(self, iris: Iterable[str]) -> Tasks:
        """Return the tasks with these IRIs, in reading order."""
        return tuple(sorted(self.task_ids[iri] for iri in iris))

    def duties(self) -> Duties:
        """Return who is on which task."""
        direct, inherited = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
        roles = defaultdict[tuple[str, str], list[int]](list)
        rows = list(self._records(_DUTIES))
        taken_over = {(row["organization"], row["task_id"]) for row in rows if row["inherited"]}
        for row in rows:
            body, task = row["organization"], row["task_id"]
            if (body, task) in taken_over:
                _add(inherited[body], task)
            else:
                _add(direct[body], task)
                _add(roles[body, row["role"]], task)
        return Duties(direct, inherited, roles)

    def indicators(self) -> tuple[IndicatorRow, ...]:
        """Return the targets in reading order."""
        return tuple(
            IndicatorRow(
                self.numbers[row["document_id"]],
                row["task_id"],
                row["name"],
                row["metric_name"],
                row["kind"],
                row["comparator"],
                row["value"],
                row["value_text"],
                row["unit_written"],
                row["year"],
                row["binding"],
                row["quote"],
                row["quote_start"],
                row["quote_end"],
                row["file"],
            )
            for row in self._records(_INDICATORS)
        )

    def parents(self) -> tuple[ParentRow, ...]:
        """Return the policies that the documents rest on, those with most followers first."""
        named = {row["policy"]: (row["documents"], row["tasks"] or ()) for row in self._records(_PARENTS)}
        found = []
        for reach in measure_policy_reach(self._columns):
            documents, tasks = named.get(reach.policy, ((), ()))
            found.append(ParentRow(reach, tuple(sorted(self.numbers[number] for number in documents)), tuple(tasks)))
        return tuple(found)

    def corrections(self) -> tuple[CorrectionRow, ...]:
        """Return what people decided otherwise."""
        return tuple(
            CorrectionRow(
                self.numbers[row["document_id"]],
                row["mention"],
                row["now"],
                row["correction_before"],
                row["corrected_by"],
                row["corrected_at"],
                row["correction_reason"],
            )
            for row in self._records(_CORRECTIONS)
        )

    def count(self, table: str, where: str) -> int:
        """Return how many rows of a table fit."""
        return int(next(self._records(f"SELECT count(*) AS n FROM {table} WHERE {where}"))["n"])


def _add(tasks: list[int], task: int) -> None:
    if not tasks or tasks[-1] != task:  # a task may name a body twice
        tasks.append(task)


def _document(place: int, row: Row) -> DocumentRow:
    years: Period | None = (
        (row["period_start"].year, row["period_end"].year) if row["period_start"] and row["period_end"] else None
    )
    return DocumentRow(
        place,
        row["title"],
        row["region"],
        years,
        row["written"],
        row["date"],
        row["file"],
        row["sha256"],
        row["characters"],
        row["tasks"],
    )


def _task(document: int, row: Row) -> TaskEntry:
    return TaskEntry(
        document,
        row["position"],
        row["number"],
        row["title"],
        row["measure"],
        row["quote"],
        row["quote_start"],
        row["quote_end"],
        row["page"],
        row["file"],
    )
