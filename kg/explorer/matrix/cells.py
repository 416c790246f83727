"""What stands where a body and a column meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kg.analysis import Gap, Load, measure_gaps
from kg.explorer.matrix.columns import PLACED
from kg.explorer.matrix.records import Cell, Column, Row
from kg.explorer.params import Scope
from kg.explorer.snapshot import Snapshot

_CELLS = f"""
WITH {PLACED}
SELECT organizations.iri AS organization, place,
    count(*) FILTER (named) AS tasks, count(*) FILTER (led) AS led, count(*) FILTER (responsible) AS responsible,
    count(*) FILTER (supported) AS supported, count(*) FILTER (NOT named) AS inherited
FROM duties JOIN placed USING (task_id) JOIN organizations USING (organization_id)
WHERE list_contains($bodies, organizations.iri)
GROUP BY ALL
"""
_NOBODY = f"WITH {PLACED} SELECT place, count(*) AS tasks FROM placed WHERE list_contains($tasks, iri) GROUP BY place"
_ON_THEM = """
SELECT DISTINCT iri FROM organizations JOIN duties USING (organization_id) WHERE list_contains($shown, document_id)
"""
_COUNTS = {"lead": "led", "responsible": "responsible", "support": "supported", "inherited": "inherited"}
_AMOUNTS = {"tasks": "tasks", "load": "shared_load", "led": "led", "indicators": "indicators"}


def order_loads(loads: Sequence[Load], sort: str, role: str) -> list[Load]:
    """Return the loads of the bodies in a role, in the order that is asked for; equal ones as the measure has them."""
    kept = [load for load in loads if (getattr(load, _COUNTS[role]) if role else load.tasks or load.inherited)]
    if sort == "name":  # GB 18030 sorts the common characters by their sound
        return sorted(kept, key=lambda load: (load.label.encode("gb18030", "replace"), load.organization))
    return sorted(kept, key=lambda load: -getattr(load, _AMOUNTS[sort]))


def keep_loads(snapshot: Snapshot, loads: Sequence[Load], documents: Sequence[int]) -> list[Load]:
    """Return the loads of the bodies that these documents name: what is shown of more documents should not be empty rows."""
    bodies = {row["iri"] for row in snapshot.rows(_ON_THEM, shown=list(documents))}
    return [load for load in loads if load.organization in bodies]


def make_rows(
    snapshot: Snapshot, scope: Scope, loads: Sequence[Load], columns: Sequence[Column], where: Mapping[str, object], role: str
) -> tuple[Row, ...]:
    """Return a row for each of these bodies; with a role, cells count only the tasks on which it has it."""
    found: dict[str, dict[str, Cell]] = defaultdict(dict)
    bodies = [load.organization for load in loads]
    for row in snapshot.rows(_CELLS, scope, bodies=bodies, **where):
        counts = (row["tasks"], row["led"], row["responsible"], row["supported"], row["inherited"])
        key = row["place"].removeprefix(f"{snapshot.base}id/")
        found[row["organization"]][key] = _in_role(Cell(*counts), role)
    none = Cell()
    return tuple(
        _row(snapshot.key(load.organization), load, tuple(found[load.organization].get(one.key, none) for one in columns))
        for load in loads
    )


def _in_role(cell: Cell, role: str) -> Cell:
    if role == "lead":
        return Cell(tasks=cell.led, led=cell.led)
    if role == "responsible":
        return Cell(tasks=cell.responsible, responsible=cell.responsible)
    if role == "support":
        return Cell(tasks=cell.supported, supported=cell.supported)
    return Cell(inherited=cell.inherited) if role else cell


def _row(key: str, load: Load, cells: tuple[Cell, ...]) -> Row:
    return Row(
        key=key,
        label=load.label,
        kind=load.kind,
        tasks=load.tasks,
        led=load.led,
        responsible=load.responsible,
        supported=load.supported,
        inherited=load.inherited,
        shared_load=load.shared_load,
        indicators=load.indicators,
        verdict=load.verdict,
        cells=cells,
    )


def find_nobody(snapshot: Snapshot, scope: Scope) -> tuple[Gap, ...]:
    """Return the tasks in view that name nobody."""
    return snapshot.remember(("nobody", scope), lambda: tuple(measure_gaps(snapshot.columns(scope), "no-unit")))


def count_nobody(
    snapshot: Snapshot, scope: Scope, gaps: Sequence[Gap], columns: Sequence[Column], where: Mapping[str, object]
) -> tuple[int, ...]:
    """Return for each column how many of its tasks name nobody."""
    tasks = [gap.task for gap in gaps]
    counts = {row["place"]: row["tasks"] for row in snapshot.rows(_NOBODY, scope, tasks=tasks, **where)} if tasks else {}
    return tuple(counts.get(f"{snapshot.base}id/{one.key}", 0) for one in columns)
