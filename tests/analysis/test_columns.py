"""The tables as the measures see them: the same out of a build and out of its store, whole, in part, or changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Store

from kg import pipeline, store, toy
from kg.analysis import Columns, open_columns, read_facts_of_tables
from kg.errors import StoreError
from kg.tables import TABLES, open_tables
from tests.analysis.stated_facts import read_facts
from tests.toy_graph import toy_store

ONLY_BUILT = {  # no query reads these out of a store
    "documents": {"path"},
    "tasks": {"due_quote", "due_start", "due_end", "due_rule", "due_page", "supervisors"},
    "assignments": {"correction", "corrected_by", "corrected_at", "correction_reason", "correction_before"},
}
ONLY_BUILT |= dict.fromkeys(("indicators", "decisions"), ONLY_BUILT["assignments"])


def compare(out: Path) -> int:
    base = store.current(out).manifest.base
    with open_tables(out) as tables:
        found, wanted = read_facts_of_tables(tables, base), read_facts(store.open_current(out))
    assert found == wanted
    assert list(found.bodies) == list(wanted.bodies)
    assert list(found.tasks) == list(wanted.tasks)
    return len(found.duties)


def test_both_ways_lead_to_the_same_facts(built: Path) -> None:
    assert compare(built) > 300


@pytest.mark.parametrize("base", ["https://example.org/kg#", "urn:example:"])
def test_also_with_other_iris(tmp_path: Path, base: str) -> None:
    (tmp_path / "a.txt").write_text(toy.TEXT, "utf-8")
    pipeline.build([tmp_path / "a.txt"], tmp_path / "out", base=base)
    assert compare(tmp_path / "out") > 5


def rows_of(columns: Columns, table: str, names: list[str]) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = columns.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY 1").fetchall()
    return found


@pytest.mark.parametrize(
    "scope", [{}, {"region": "https://w3id.org/zeren/id/region/130100"}, {"region": "130100", "period": (2023, 2023)}], ids=str
)
def test_a_store_fills_the_same_tables(built: Path, scope: dict[str, Any]) -> None:
    generation = store.current(built)
    with open_columns(generation, **scope) as own, open_columns(store.open_store(generation), **scope) as filled:
        for table in TABLES:
            names = [column.name for column in table.columns if column.name not in ONLY_BUILT.get(table.name, ())]
            rows = rows_of(own, table.name, names)
            assert rows_of(filled, table.name, names) == rows
            assert rows
        assert rows_of(filled, "duties", ["task_id", "organization_id", "named", "bodies"])


def test_a_part_is_what_stands_in_its_documents() -> None:
    with open_columns(toy_store(), "130200") as columns:
        (documents,) = rows_of(columns, "documents", ["key"])
        assert documents == ("ts-2022",)
        tasks = {task for (task,) in rows_of(columns, "tasks", ["task_id"])}
        assert len(tasks) == 2
        assert {task for (task,) in rows_of(columns, "assignments", ["task_id"])} == tasks
        assert len(rows_of(columns, "organizations", ["iri"])) == 9  # bodies are all there
    with open_columns(toy_store(), period=(2021, 2024)) as columns:  # the plan is of 2021 to 2025
        assert rows_of(columns, "documents", ["key"]) == []


def test_what_is_inherited_is_no_role() -> None:
    """Task 2 of the points: WATER leads, ECO supports, the counties inherit it."""
    names = ["key", "named", "led", "responsible", "supported", "bodies"]
    duties = """
        SELECT organizations.key, named, led, responsible, supported, bodies
        FROM duties JOIN tasks USING (task_id) JOIN organizations USING (organization_id)
        WHERE tasks.iri LIKE '%sjz-2023/2' ORDER BY 1
    """
    with open_columns(toy_store()) as columns:
        assert columns.execute(duties).fetchall() == [
            ("130100/county-governments", False, False, False, False, 2),
            ("130100/ecology-environment", True, False, False, True, 2),
            ("130100/water", True, True, False, False, 2),
        ], names


def test_changes_stand_on_each_other_and_reach_the_views() -> None:
    with open_columns(toy_store()) as columns:
        columns.change("assignments", "SELECT * FROM before WHERE NOT inherited")
        assert rows_of(columns, "duties", ["named"]) == [(True,)] * 16
        columns.change("assignments", "SELECT * FROM before WHERE role = 'lead'")
        assert len(rows_of(columns, "duties", ["led"])) == 3


def test_an_empty_graph_has_empty_tables() -> None:
    with open_columns(Store()) as columns:
        assert [rows_of(columns, table.name, ["*"]) for table in TABLES] == [[]] * len(TABLES)


def test_tables_of_another_version_are_an_error_that_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(toy.TEXT, "utf-8")
    pipeline.build([tmp_path / "a.txt"], tmp_path / "out")
    (tmp_path / "views").mkdir()
    (tmp_path / "views" / "newer.sql").write_text("SELECT column_to_come FROM tasks", "utf-8")
    monkeypatch.setattr("kg.analysis.columns._SHARED", tmp_path / "views")
    with pytest.raises(StoreError, match=r"column_to_come.*run `zeren build"):
        open_columns(store.current(tmp_path / "out"))
