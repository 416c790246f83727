"""Continuity three ways on the toy: by hand, by the program, and by SPARQL over what the derived graph states."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Store

from kg import store as stores
from kg import vocab
from kg.analysis.columns import open_columns
from kg.analysis.continuity.changes import PlanComparison, compare_plans
from kg.analysis.continuity.plans import find_successions, list_plans, read_contents
from kg.ask import ask
from kg.vocab import RDF, ZR
from tests.queries.asking import rows
from tests.toy_graph import ID, TANGSHAN, further_store, task, toy_store

NEXT = f"{ID}policy/ts-2023"
PROVINCE = f"{ID}org/130000/ecology-environment"


@pytest.fixture(scope="module")
def further() -> Store:
    return further_store()


def compared(graph: Any) -> list[PlanComparison]:
    with open_columns(graph) as columns:
        pairs = find_successions(list_plans(columns))
        contents = read_contents(columns, list(dict.fromkeys(plan for pair in pairs for plan in pair)))
    return [compare_plans(contents[one.id], contents[other.id]) for one, other in pairs]


def test_the_toy_by_hand(further: Store) -> None:
    """改善空气质量 goes on; 推进节能降耗 is dropped, 推进秸秆利用 is new; PM2.5 falls from 43 to less."""
    assert rows(further, "continued-tasks", "continuation was is later", earlier=TANGSHAN) == [
        ("continued", task("ts-2022", 1), task("ts-2023", 1), NEXT)
    ]
    assert rows(further, "dropped-tasks", "title task later", earlier=TANGSHAN) == [("推进节能降耗", task("ts-2022", 2), NEXT)]
    assert rows(further, "new-tasks", "title task earlier", later=NEXT) == [("推进秸秆利用", task("ts-2023", 2), TANGSHAN)]
    assert rows(further, "changed-bodies", "bodyChange unit roleBefore roleAfter", earlier=TANGSHAN) == [
        ("gained", PROVINCE, None, "support"),
        ("role", f"{ID}org/130200/development-reform", "support", "lead"),
    ]
    steps = ask(further, "SELECT ?was ?step ?relaxed { ?c zr:earlierTarget ?was ; zr:targetStep ?step ; zr:relaxed ?relaxed }")
    assert steps.rows == [(f"{ID}indicator/ts-2022/1/1", vocab.concept("target-step", "lowered").value, False)]


def test_a_plan_that_none_follows_drops_nothing() -> None:
    toy = toy_store()
    assert not any(toy.quads_for_pattern(None, ZR.nextPlan, None, None))
    assert rows(toy, "dropped-tasks", "task", earlier=TANGSHAN) == []


def check_three_ways(graph: Store, found: list[PlanComparison]) -> None:
    """Compare what SPARQL says of each plan with what the program found."""
    stated = {quad.subject for quad in graph.quads_for_pattern(None, RDF.type, ZR.TaskContinuation, vocab.derived_graph())}
    assert len(stated) == sum(len(pair.continuations) for pair in found)
    for pair in found:
        earlier, later = pair.earlier.iri, pair.later.iri
        links = [(link.kind, link.earlier.iri, link.later.iri, float(link.score)) for link in pair.continuations]
        said = rows(graph, "continued-tasks", "continuation was is similarity", earlier=earlier)
        assert sorted((*row[:3], float(row[3])) for row in said) == sorted(links)
        assert [row[0] for row in rows(graph, "dropped-tasks", "task", earlier=earlier)] == [item.iri for item in pair.dropped]
        assert [row[0] for row in rows(graph, "new-tasks", "task", later=later)] == [item.iri for item in pair.new]
        changes = rows(graph, "changed-bodies", "bodyChange unit was is", earlier=earlier)
        known = [
            (change.kind, change.body, link.earlier.iri, link.later.iri)
            for link in pair.continuations
            for change in link.bodies
            if change.body.startswith(ID)
        ]
        assert sorted(changes) == sorted(known)


def test_three_ways_on_the_toy(further: Store) -> None:
    check_three_ways(further, compared(further))


def test_three_ways_on_the_five_documents(built: Path) -> None:
    found = compared(stores.current(built))
    assert len(found) == 1
    check_three_ways(stores.open_current(built), found)


def test_the_thresholds_are_stated_with_the_graph(built: Path) -> None:
    said = ask(stores.open_current(built), "SELECT ?name ?value { ?node a zr:Parameter ; rdfs:label ?name ; rdf:value ?value }")
    values = {name: float(value) for name, value in said.rows}
    assert (values["continuity-continued"], values["continuity-part"], values["continuity-parts"]) == (0.13, 0.085, 2)
