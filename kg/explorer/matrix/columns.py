"""The columns of the matrix, and the headings above them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from kg.explorer.matrix.records import Column, Heading
from kg.explorer.params import Scope
from kg.explorer.records import DocumentEntry
from kg.explorer.snapshot import Row, Snapshot

MOST_COLUMNS = 240
# each task with the column that it stands in: the closed document or section above it, else itself
PLACED = """
placed AS (
    SELECT tasks.*, CASE
        WHEN NOT list_contains($documents, document_id) THEN document
        WHEN section IS NULL OR list_contains($sections, section) THEN iri
        ELSE section
    END AS place
    FROM tasks
    WHERE list_contains($shown, document_id) AND (NOT measure OR task_id IN (SELECT task_id FROM assignments))
)
"""
_COLUMNS = f"""
WITH {PLACED}
SELECT place, document_id, any_value(section) AS section, min(position) AS first, count(*) AS tasks,
    arg_min(path, position) AS path, arg_min(number, position) AS number, arg_min(title, position) AS title,
    count(*) OVER () AS columns
FROM placed GROUP BY place, document_id ORDER BY list_position($shown, document_id), first LIMIT $most
"""


def find_columns(
    snapshot: Snapshot, scope: Scope, documents: Sequence[DocumentEntry], where: Mapping[str, object]
) -> tuple[tuple[Column, ...], int]:
    """Return the columns in reading order, and how many there are in all."""
    by_number = {one.number: one for one in documents}
    rows = list(snapshot.rows(_COLUMNS, scope, most=MOST_COLUMNS, **where))
    columns = tuple(_column(snapshot, row, by_number[row["document_id"]]) for row in rows)
    return columns, rows[0]["columns"] if rows else 0


def _column(snapshot: Snapshot, row: Row, document: DocumentEntry) -> Column:
    key = row["place"].removeprefix(f"{snapshot.base}id/")
    kind = key.partition("/")[0]
    heading = row["path"][-1] if row["path"] and row["section"] else ""
    numbered = f"{row['number'] or ''} {row['title']}".strip()
    label = {"policy": document.title, "section": heading}.get(kind, numbered)
    section = snapshot.key(row["section"]) if row["section"] and kind != "policy" else None
    return Column(key, label, document, section, heading if section else "", row["tasks"])


def make_headings(
    columns: Sequence[Column], documents: Sequence[str], sections: Sequence[str]
) -> tuple[tuple[Heading, ...], ...]:
    """Return the rows of the table's head: documents, sections, tasks, as far as any is open."""
    opened = [*documents, *sections]
    depth = 1 if all(_kind(one) == "policy" for one in columns) else 3 if any(_kind(one) == "task" for one in columns) else 2
    rows: list[list[Heading]] = [[] for _ in range(depth)]
    for key, group in groupby(columns, key=lambda one: one.document.key):
        own = list(group)
        is_open = _kind(own[0]) != "policy"
        toggled = _toggle(opened, key, [one.section for one in own if one.section])
        tasks = sum(one.tasks for one in own)
        rows[0].append(Heading(key, key, 0, own[0].document.title, len(own), 1 if is_open else depth, toggled, is_open, tasks))
        if is_open:
            for heading in _below(own, opened, depth):
                rows[heading.level].append(heading)
    return tuple(tuple(row) for row in rows)


def _below(columns: Sequence[Column], opened: Sequence[str], depth: int) -> Iterator[Heading]:
    for section, group in groupby(columns, key=lambda one: one.section):
        own = list(group)
        if section is None:  # tasks right below the document
            for one in own:
                yield Heading(one.key, one.document.key, 1, one.label, 1, depth - 1, None, False, one.tasks)
            continue
        is_open = _kind(own[0]) == "task"
        tasks = sum(one.tasks for one in own)
        down = 1 if is_open else depth - 1
        yield Heading(
            section, own[0].document.key, 1, own[0].section_label, len(own), down, _toggle(opened, section), is_open, tasks
        )
        if is_open:
            for one in own:
                yield Heading(one.key, one.document.key, 2, one.label, 1, 1, None, False, one.tasks)


def _kind(column: Column) -> str:
    return column.key.partition("/")[0]


def _toggle(opened: Sequence[str], key: str, below: Sequence[str] = ()) -> str:
    """Return what is open once a heading is clicked; a document that closes takes its sections along.

    >>> _toggle(["a", "a/1"], "a", ["a/1"]), _toggle(["a"], "b")
    ('none', 'a,b')
    """
    left = [one for one in opened if one != key and one not in below] if key in opened else [*opened, key]
    return ",".join(left) or "none"
