"""One cell of the matrix: its tasks with their sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.explorer.matrix.cells import find_nobody
from kg.explorer.matrix.columns import PLACED
from kg.explorer.matrix.records import CellTask, Column, Detail
from kg.explorer.params import Scope
from kg.explorer.records import Cut, NotHereError, Quote
from kg.explorer.snapshot import Row, Snapshot

MOST_TASKS = 50
NOBODY = "-"
_TASK = """placed.iri, document_id, number, title, path, due_text, quote, quote_start, quote_end, page, rule, file,
    (SELECT count(*) FROM indicators WHERE indicators.task_id = placed.task_id) AS indicators, count(*) OVER () AS total"""
_OF_BODY = f"""
WITH {PLACED},
own AS (
    SELECT task_id, list(role ORDER BY position) AS roles, list(DISTINCT unit_written ORDER BY unit_written) AS written,
        bool_or(inherited) AS inherited
    FROM assignments WHERE organization = $body GROUP BY task_id
)
SELECT {_TASK}, CASE WHEN inherited THEN ['inherited'] ELSE list_distinct(roles) END AS roles, written
FROM placed JOIN own USING (task_id)
WHERE place = $place AND ($role = '' OR list_contains(CASE WHEN inherited THEN ['inherited'] ELSE roles END, $role))
ORDER BY inherited, position LIMIT $most
"""
_OF_NOBODY = f"""
WITH {PLACED}
SELECT {_TASK}, [] AS roles, [] AS written FROM placed WHERE place = $place AND list_contains($tasks, placed.iri)
ORDER BY position LIMIT $most
"""


def open_cell(
    snapshot: Snapshot, scope: Scope, cell: str, columns: Sequence[Column], where: Mapping[str, object], role: str
) -> Detail | None:
    """Return the cell that an address names, ``BODY@COLUMN``; ``None`` where the columns in view do not hold it.

    :raises NotHereError: there is no such body.
    """
    body, _, place = cell.rpartition("@")
    column = next((one for one in columns if one.key == place), None)
    if column is None:
        return None
    named = {"place": f"{snapshot.base}id/{place}", "most": MOST_TASKS, **where}
    if body == NOBODY:
        label, tasks = "", [gap.task for gap in find_nobody(snapshot, scope)]
        rows = list(snapshot.rows(_OF_NOBODY, scope, tasks=tasks, **named)) if tasks else []
    else:
        label = _name(snapshot, body)
        rows = list(snapshot.rows(_OF_BODY, scope, body=snapshot.iri("org", body), role=role, **named))
    total = rows[0]["total"] if rows else 0
    listed = tuple(_task(snapshot, row, column) for row in rows)
    return Detail(cell, None if body == NOBODY else body, label, column, listed, Cut(len(listed), total))


def _name(snapshot: Snapshot, body: str) -> str:
    found = next(snapshot.rows("SELECT name FROM organizations WHERE key = $key", key=body), None)
    if found is None:
        raise NotHereError("organization", body)
    return found["name"] or body


def _task(snapshot: Snapshot, row: Row, column: Column) -> CellTask:
    place = column.document.key, row["quote_start"], row["quote_end"]
    return CellTask(
        key=snapshot.key(row["iri"]),
        number=row["number"],
        title=row["title"],
        document=column.document,
        path=tuple(row["path"] or ()),
        roles=tuple(sorted(row["roles"])),
        written=tuple(row["written"]),
        due=row["due_text"],
        indicators=row["indicators"],
        quote=Quote(row["quote"], *place, row["page"], row["rule"], row["file"]),
    )
