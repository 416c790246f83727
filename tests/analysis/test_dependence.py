"""Who needs whom, and what nobody leads: by hand, beside SPARQL, beside the gaps."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import store
from kg.analysis import analyze, open_columns
from kg.analysis.sharing.dependence import measure_carrying, measure_dependence
from kg.analysis.sharing.diffusion import count_diffusion, measure_diffusion
from kg.ask import ask, find_query
from tests.analysis.made import make_columns
from tests.toy_graph import DEV, ECO, POINTS, TS_DEV, TS_ECO, WATER, further_store, task, toy_store

NEEDED = """
SELECT ?a ?b (COUNT(DISTINCT ?task) AS ?tasks) WHERE {
  ?task zr:leadUnit ?a ; zr:supportUnit ?b FILTER(?a != ?b)
  FILTER NOT EXISTS { ?task zr:inheritedUnit ?a } FILTER NOT EXISTS { ?task zr:inheritedUnit ?b }
} GROUP BY ?a ?b
"""


def test_dependence_of_the_toy() -> None:
    with open_columns(toy_store()) as columns:
        found = measure_dependence(columns, tasks=True)
        carried = measure_carrying(columns, tasks=True)
    assert [(one.lead, one.support, one.tasks, one.led, one.share, one.task_iris) for one in found] == [
        (ECO, DEV, 1, 1, 1.0, (task("sjz-plan", 1),)),
        (WATER, ECO, 1, 1, 1.0, (task("sjz-2023", 2),)),
        (TS_ECO, TS_DEV, 1, 1, 1.0, (task("ts-2022", 1),)),
    ]
    assert [(one.organization, one.tasks, one.leads, one.named, one.share) for one in carried] == [
        (DEV, 1, 1, 3, 0.3333),
        (ECO, 1, 1, 4, 0.25),
        (TS_DEV, 1, 1, 2, 0.5),
    ]
    assert carried[0].task_iris == (task("sjz-plan", 1),)


def test_dependence_by_hand() -> None:
    """a leads four tasks, b supports three of them, c one; b also supports d, and what it inherits does not count."""
    tasks = {"t1": ["a:lead", "b:support"], "t2": ["a:lead", "b:support", "c:support"], "t3": ["a:lead", "b:support"]}
    tasks |= {"t4": ["a:lead", "e:inherited"], "t5": ["d:lead", "b:support"], "t6": ["b"]}
    columns = make_columns(tasks)
    assert [(one.lead, one.support, one.tasks, one.share) for one in measure_dependence(columns)] == [
        ("a", "b", 3, 0.75),
        ("d", "b", 1, 1.0),
        ("a", "c", 1, 0.25),
    ]
    (first, _) = measure_carrying(columns)
    assert (first.organization, first.tasks, first.leads, first.named, first.share) == ("b", 4, 2, 5, 0.8)
    assert [one.organization for one in measure_carrying(columns, 1)] == ["b"]
    assert [one.support for one in measure_dependence(make_columns(tasks, generic=["b"]), generic=False)] == ["c"]


def test_the_queries_count_the_same() -> None:
    graph = further_store()
    with open_columns(graph) as columns:
        found = measure_dependence(columns)
    needed = {(row["a"], row["b"]): row["tasks"] for row in ask(graph, NEEDED, limit="all").records()}
    assert {(one.lead, one.support): one.tasks for one in found} == needed
    assert needed
    for region in {one.region_label for one in found if one.region_label is not None}:
        pairs = ask(graph, find_query("lead-support-pairs"), {"region": region}, limit="all").records()
        own = {(one.lead, one.support): one.tasks for one in found if one.region_label == region}
        assert {(row["a"], row["b"]): row["tasks"] for row in pairs} == own


def test_who_leads_and_supports_one_task_does_not_need_itself() -> None:
    assert measure_dependence(make_columns({"t": ["a:lead", "a:support"]})) == []


# diffusion


def test_diffusion_of_the_toy() -> None:
    """Points 1 names three, points 3 two by their duties, the plan's task 2 two; the others are led or one body's."""
    with open_columns(toy_store()) as columns:
        found = measure_diffusion(columns)
        assert measure_diffusion(columns, 1) == found[:1]
        counted = count_diffusion(columns)
    assert [(one.task, one.bodies, one.joint) for one in found] == [
        (task("sjz-2023", 1), 3, False),
        (task("sjz-2023", 3), 2, True),
        (task("sjz-plan", 2), 2, False),
    ]
    assert (found[0].document, len(found[0].labels), found[0].reading) == (POINTS, 3, "3 家共同承担，无人牵头")
    assert found[1].reading == "2 家共同承担，按职责分工，无人牵头"
    assert (counted.tasks, counted.shared, counted.diffuse) == (11, 6, 3)  # the safeguard is none


@pytest.mark.parametrize("name", ["toy", "further", "five documents"])
def test_diffuse_tasks_are_the_gaps_without_a_lead(name: str, built: Path) -> None:
    graph = store.current(built) if name == "five documents" else toy_store() if name == "toy" else further_store()
    gaps = {gap.task for kind in ("no-lead", "no-lead-joint") for gap in analyze(graph).gaps_of(kind)}
    with open_columns(graph) as columns:
        found = measure_diffusion(columns)
        assert count_diffusion(columns).diffuse == len(found)
    assert {one.task for one in found} == gaps
    assert gaps
