"""What the screen for comparing shows, as tables for a spreadsheet: the very tables of ``zeren compare``."""

from __future__ import annotations

from kg.analysis.continuity.comparison import Comparison
from kg.analysis.continuity.comparison_tables import Table, make_tables
from kg.errors import QueryError
from kg.explorer.compare.choice import find_plan
from kg.explorer.compare.plans import ASPECTS, compared, narrow
from kg.explorer.params import Params
from kg.explorer.snapshot import Snapshot

_TABLES = {"tasks": "tasks", "targets": "targets", "bodies": "loads"}  # by what the page shows


def make_file_tables(snapshot: Snapshot, params: Params, *, whole: bool) -> list[Table]:
    """Return all tables of a comparison; else the one that the page shows, with its filters.

    :raises NotHereError: a plan is not there.
    :raises QueryError: no two plans are named.
    """
    before, after = (find_plan(snapshot, params.one(name)) if params.one(name) else "" for name in ("before", "after"))
    if isinstance(before, str) or isinstance(after, str):
        raise QueryError("name two documents whose texts are here: before=KEY&after=KEY")
    found = compared(snapshot, before, after)
    if whole:
        return make_tables(Comparison((found,)))
    aspect = params.choice("view", ASPECTS, "tasks")
    return [table for table in make_tables(Comparison((narrow(found, params),))) if table.key == _TABLES[aspect]]
