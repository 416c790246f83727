"""The tasks in view with their words, for the workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.explorer.matrix.asked import choose_documents, most_tasks, read_asked
from kg.explorer.params import Params
from kg.explorer.records import Quote
from kg.explorer.snapshot import Snapshot

MOST_WORDS = 5_000  # tasks; a workbook of more helps nobody
_TASKS = """
SELECT task_id, document_id, number, title, path, due_text, quote, quote_start, quote_end, page, rule, file,
    list_zip(on_task.roles, on_task.names) AS bodies
FROM tasks LEFT JOIN (
    SELECT task_id, list(if(inherited, 'inherited', role) ORDER BY position) AS roles,
        list(coalesce(name, unit_written) ORDER BY position) AS names
    FROM assignments LEFT JOIN organizations USING (organization_id) GROUP BY task_id
) AS on_task USING (task_id)
WHERE list_contains($shown, document_id) AND (NOT measure OR on_task.roles IS NOT NULL)
ORDER BY list_position($shown, document_id), position LIMIT $most
"""


@dataclass(frozen=True, slots=True)
class TaskWords:
    """A task as the workbook lists it."""

    number: str | None
    title: str
    document: str
    path: tuple[str, ...]
    bodies: Mapping[str, tuple[str, ...]]  # by role
    due: str | None
    quote: Quote


def list_words(snapshot: Snapshot, params: Params) -> Iterator[TaskWords]:
    """Yield the tasks of the documents that the matrix shows, in reading order."""
    asked = read_asked(snapshot, params)
    documents = most_tasks(choose_documents(snapshot, asked.scope)[1])
    by_number = {one.number: one for one in documents}
    for row in snapshot.rows(_TASKS, shown=list(by_number), most=MOST_WORDS):
        document = by_number[row["document_id"]]
        place = document.key, row["quote_start"], row["quote_end"], row["page"], row["rule"], row["file"]
        bodies: dict[str, tuple[str, ...]] = {}
        for role, name in row["bodies"] or ():
            bodies[role] = (*bodies.get(role, ()), name)
        path = tuple(row["path"] or ())
        yield TaskWords(row["number"], row["title"], document.title, path, bodies, row["due_text"], Quote(row["quote"], *place))
