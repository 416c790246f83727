"""Pairs: figures and task lists in three ways, and what they say in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, QueryTriples, Store

from kg import data, store
from kg.analysis import open_columns
from kg.analysis.sharing.pairs import measure_pairs, read_pair
from kg.ask import ask
from kg.queryable import Queryable
from kg.store import Generation
from kg.vocab import RDF, ZR
from tests.analysis.made import make_columns
from tests.analysis.plain import plain_pairs
from tests.analysis.stated_facts import read_facts
from tests.toy_graph import COUNTIES, DEV, ECO, GROUP, TS_DEV, TS_ECO, WATER, further_store, task, toy_store

Figures = tuple[str, str, int, str, str]
BOTH = """
SELECT DISTINCT ?a ?b ?task WHERE {
  ?task zr:unit ?a , ?b FILTER(STR(?a) < STR(?b))
  FILTER NOT EXISTS { ?task zr:inheritedUnit ?a } FILTER NOT EXISTS { ?task zr:inheritedUnit ?b }
}
"""


def from_tables(graph: Queryable | Generation) -> list[Figures]:
    with open_columns(graph) as columns:
        return [(one.a, one.b, one.shared, f"{one.jaccard:.4f}", f"{one.lift:.4f}") for one in measure_pairs(columns)]


def from_sparql(graph: Store) -> set[Figures]:
    """Return what the definition says: queries/derive/shared-responsibility.rq."""
    text = (data.QUERIES / "derive" / "shared-responsibility.rq").read_text("utf-8")
    triples = graph.query(text, use_default_graph_as_union=True)
    assert isinstance(triples, QueryTriples)
    said = Store()
    said.extend(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)

    def values(pair: NamedNode, name: NamedNode) -> list[str]:
        return sorted(quad.object.value for quad in said.quads_for_pattern(pair, name, None))  # type: ignore[union-attr]  # no blank nodes

    found = set()
    for quad in said.quads_for_pattern(None, RDF.type, ZR.SharedResponsibility):
        pair = quad.subject
        assert isinstance(pair, NamedNode)
        a, b = values(pair, ZR.between)
        (shared,), (jaccard,), (lift,) = (values(pair, name) for name in (ZR.sharedTasks, ZR.jaccard, ZR.lift))
        found.add((a, b, int(shared), f"{float(jaccard):.4f}", f"{float(lift):.4f}"))
    return found


def from_python(graph: Queryable) -> list[Figures]:
    return [(one.a, one.b, one.shared, f"{one.jaccard:.4f}", f"{one.lift:.4f}") for one in plain_pairs(read_facts(graph))]


@pytest.fixture(scope="module", params=["toy", "further", "five documents"])
def graphs(request: pytest.FixtureRequest, built: Path) -> tuple[Queryable | Generation, Store]:
    if request.param == "five documents":
        return store.current(built), store.open_current(built)
    found = toy_store() if request.param == "toy" else further_store()
    return found, found


def test_three_ways_lead_to_the_same_pairs(graphs: tuple[Queryable | Generation, Store]) -> None:
    tables, graph = graphs
    measured = from_tables(tables)
    assert measured == from_python(graph)  # in the same order
    assert set(measured) == from_sparql(graph)
    assert len(measured) > 5


def test_three_ways_lead_to_the_same_tasks(graphs: tuple[Queryable | Generation, Store]) -> None:
    tables, graph = graphs
    with open_columns(tables) as columns:
        found = {(one.a, one.b): set(one.task_iris) for one in measure_pairs(columns, tasks=True)}
    asked: dict[tuple[str, str], set[str]] = {}
    for a, b, iri in ask(graph, BOTH, limit="all").rows:
        asked.setdefault((a, b), set()).add(iri)
    assert found == asked == {(one.a, one.b): set(one.task_iris) for one in plain_pairs(read_facts(graph))}


def test_pairs_of_the_toy() -> None:
    """Seven tasks of 石家庄 name a body. ECO is on 4 of them, DEV on 3, WATER and COUNTIES on 2, GROUP on 1."""
    with open_columns(toy_store()) as columns:
        pairs = measure_pairs(columns, tasks=True)
        assert measure_pairs(columns, 2, generic=False) == measure_pairs(columns)[:2]
        assert not any(pair.generic for pair in measure_pairs(columns, generic=False))
    assert [(one.a, one.b, one.shared, one.jaccard, one.lift, one.generic) for one in pairs] == [
        (ECO, WATER, 2, 0.5, 1.75, False),  # 2/4; 2·7 / (4·2)
        (DEV, ECO, 2, 0.4, 1.1667, False),  # 2/5; 2·7 / (3·4)
        (TS_DEV, TS_ECO, 1, 0.5, 1.0, False),  # 1/2; 1·2 / (2·1)
        (GROUP, DEV, 1, 0.3333, 2.3333, False),  # 1/3; 1·7 / (1·3)
        (COUNTIES, DEV, 1, 0.25, 1.1667, True),  # 1/4; 1·7 / (2·3)
        (COUNTIES, ECO, 1, 0.2, 0.875, True),  # 1/5; 1·7 / (2·4)
    ]
    assert pairs[1].task_iris == (task("sjz-2023", 1), task("sjz-plan", 1))
    assert (pairs[0].label_a, pairs[0].region_label) == ("石家庄市生态环境局", "石家庄市")


def test_inherited_duties_are_not_shared() -> None:
    assert measure_pairs(make_columns({"t": ["a", "b:inherited", "c:inherited"]})) == []


def test_a_body_in_two_roles_is_one() -> None:
    (pair,) = measure_pairs(make_columns({"t": ["a:lead", "a:support", "b"]}))
    assert (pair.a, pair.b, pair.shared, pair.jaccard) == ("a", "b", 1, 1.0)


def test_chance_is_that_of_both_regions() -> None:
    """Of 3 tasks of r and 2 of s, one names bodies of both: 4 in all; 1 · 4 / (2 · 1)."""
    tasks = {"t1": ["a"], "t2": ["c"], "t3": ["a", "b"], "u": ["d"]}
    regions = {"b": "s", "d": "s"}
    (pair,) = measure_pairs(make_columns(tasks, regions=regions))
    assert (pair.shared, pair.jaccard, pair.lift) == (1, 0.5, 2.0)


READINGS = [
    (16, 0.6, 3.2, "同时出现的次数是随机情形的 3.2 倍：分工高度绑定，任务大半相同"),
    (3, 0.5, 2.0, "同时出现的次数是随机情形的 2.0 倍：分工高度绑定，任务大半相同"),  # on the bounds
    (3, 0.2, 1.2, "同时出现的次数是随机情形的 1.2 倍：多于随机，常在一起，任务部分相同"),
    (9, 0.1, 1.0, "同时出现的次数是随机情形的 1.0 倍：与随机相当，任务少有相同"),
    (9, 0.1, 0.8, "同时出现的次数是随机情形的 0.8 倍：少于随机，多各管各的，任务少有相同"),
    # one or two tasks say nothing, whatever the figures
    (2, 1.0, 30.0, "只有 2 项共同任务：样本太少"),
    (1, 1.0, 1.0, "只有 1 项共同任务：样本太少"),
]


@pytest.mark.parametrize(("shared", "jaccard", "lift", "words"), READINGS)
def test_figures_in_words(shared: int, jaccard: float, lift: float, words: str) -> None:
    assert read_pair(shared, jaccard, lift) == words
