"""What the screen for comparing shows, as tables for a spreadsheet: the very tables of ``zeren compare``."""

from __future__ import annotations

from kg.analysis.continuity.cities import CityComparison
from kg.analysis.continuity.comparison import Comparison
from kg.analysis.continuity.comparison_tables import Table, make_tables
from kg.errors import QueryError
from kg.explorer.compare.choice import find_plan
from kg.explorer.compare.cities import among, city_loads, list_plans_among, metric_beside
from kg.explorer.compare.plans import ASPECTS, compared, narrow
from kg.explorer.params import Params
from kg.explorer.records import NotHereError
from kg.explorer.snapshot import Snapshot

_TABLES = {"tasks": "tasks", "targets": "targets", "bodies": "loads"}  # by what the page shows


def make_file_tables(snapshot: Snapshot, params: Params, *, whole: bool) -> list[Table]:
    """Return all tables of a comparison; else the one that the page shows, with its filters.

    :raises NotHereError: what is to be compared is not there.
    :raises QueryError: nothing to compare is named.
    """
    if params.one("function") or params.one("metric"):
        return _of_cities(snapshot, params, whole)
    before, after = (find_plan(snapshot, params.one(name)) if params.one(name) else "" for name in ("before", "after"))
    if isinstance(before, str) or isinstance(after, str):
        raise QueryError("name two documents whose texts are here: before=KEY&after=KEY; or function=KEY, or metric=KEY")
    found = compared(snapshot, before, after)
    if whole:
        return make_tables(Comparison((found,)))
    aspect = params.choice("view", ASPECTS, "tasks")
    return [table for table in make_tables(Comparison((narrow(found, params),))) if table.key == _TABLES[aspect]]


def _of_cities(snapshot: Snapshot, params: Params, whole: bool) -> list[Table]:
    restricted, function, metric = among(snapshot, params), params.one("function"), params.one("metric")
    line = metric_beside(snapshot, restricted, snapshot.iri("metric", metric)) if metric and not function else None
    loads = tuple(load for load in city_loads(snapshot, restricted) if load.function == function)
    if line is None and not loads:
        raise NotHereError("function" if function else "metric", function or metric)
    regions = {load.region for load in loads} | {goal.plan.region for goal in (line.goals if line else ())}
    plans = tuple(plan for plan in list_plans_among(snapshot, restricted) if plan.region in regions)
    named = tuple(dict.fromkeys((plan.region or "", plan.region_name or "") for plan in plans))
    tables = make_tables(Comparison(cities=CityComparison(named, plans, (line,) if line else (), loads, ())))
    shown = ("metrics", "targets") if line else ("functions", "departments")
    return [table for table in tables if table.key in (("summary", *shown) if whole else shown[1:])]
