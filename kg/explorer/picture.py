"""A small picture of a few documents: who bears how much in each, offices of the same function in one row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.explorer.params import Scope
from kg.explorer.records import Cut, DocumentEntry
from kg.explorer.snapshot import Snapshot

MOST_ROWS = 12
SHADES = 5
_CELLS = """
SELECT document_id, coalesce(function, key) AS row, coalesce(any_value(function_name), any_value(name), row) AS label,
    count(DISTINCT task_id) AS tasks, list(DISTINCT key ORDER BY key) AS bodies
FROM duties JOIN organizations USING (organization_id)
WHERE named AND kind <> 'generic' GROUP BY document_id, row
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """How many tasks of a document name bodies of a function."""

    tasks: int
    shade: int  # 1 … 5; 0: none
    bodies: tuple[str, ...]  # keys


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A function with its cells, one for each document."""

    key: str
    label: str
    tasks: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """Documents by functions; above them the tasks that nobody is named on."""

    documents: tuple[DocumentEntry, ...]
    nobody: tuple[Cell, ...]
    rows: tuple[PictureRow, ...]
    cut: Cut


def draw_picture(snapshot: Snapshot, documents: Sequence[DocumentEntry], scope: Scope, nobody: Mapping[int, int]) -> Picture:
    """Return the picture of these documents, the functions with most tasks first.

    ``nobody`` says how many tasks of each document, by its number, name nobody.
    """
    cells: dict[str, dict[int, tuple[int, tuple[str, ...]]]] = defaultdict(dict)
    labels: dict[str, str] = {}
    for row in snapshot.rows(_CELLS, scope):
        cells[row["row"]][row["document_id"]] = row["tasks"], tuple(row["bodies"])
        labels[row["row"]] = row["label"]
    totals = {key: sum(tasks for tasks, _ in found.values()) for key, found in cells.items()}
    order = sorted(cells, key=lambda key: (-totals[key], key))
    most = max((tasks for found in cells.values() for tasks, _ in found.values()), default=1)
    rows = tuple(
        PictureRow(key, labels[key], totals[key], tuple(_cell(*cells[key].get(one.number, (0, ())), most) for one in documents))
        for key in order[:MOST_ROWS]
    )
    unnamed = tuple(_cell(nobody.get(one.number, 0), (), most) for one in documents)
    return Picture(tuple(documents), unnamed, rows, Cut(len(rows), len(order)))


def _cell(tasks: int, bodies: tuple[str, ...], most: int) -> Cell:
    return Cell(tasks, shade(tasks, most), bodies)


def shade(number: int, most: int) -> int:
    """Return how dark a cell is: 0 for none, 5 for the most.

    >>> [shade(number, 10) for number in (0, 1, 2, 3, 10)]
    [0, 1, 1, 2, 5]
    """
    return 0 if number <= 0 else min(SHADES, -(-number * SHADES // max(most, 1)))
