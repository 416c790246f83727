"""The facts out of the tables are those out of the graph, in the same order."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import pipeline, store, toy
from kg.analysis import read_facts, read_facts_of_tables
from kg.tables import open_tables


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
