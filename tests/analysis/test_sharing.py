"""Pairs and communities, with numbers worked out by hand."""

from __future__ import annotations

from kg.analysis import analyze, find_communities, read_facts
from kg.analysis.sharing import measure_pairs
from kg.ask import ask
from tests.analysis.plain import plain_facts
from tests.toy_graph import COUNTIES, DEV, ECO, GROUP, TS_DEV, TS_ECO, WATER, task, toy_store


def test_pairs_of_the_toy() -> None:
    """Seven tasks of 石家庄 name a body. ECO is on 4 of them, DEV on 3, WATER and COUNTIES on 2, GROUP on 1."""
    found = [(pair.a, pair.b, pair.shared, pair.jaccard, pair.lift, pair.generic) for pair in analyze(toy_store()).pairs]
    assert found == [
        (ECO, WATER, 2, 0.5, 1.75, False),  # 2/4; 2·7 / (4·2)
        (DEV, ECO, 2, 0.4, 1.1667, False),  # 2/5; 2·7 / (3·4)
        (TS_DEV, TS_ECO, 1, 0.5, 1.0, False),  # 1/2; 1·2 / (2·1)
        (GROUP, DEV, 1, 0.3333, 2.3333, False),  # 1/3; 1·7 / (1·3)
        (COUNTIES, DEV, 1, 0.25, 1.1667, True),  # 1/4; 1·7 / (2·3)
        (COUNTIES, ECO, 1, 0.2, 0.875, True),  # 1/5; 1·7 / (2·4)
    ]


def test_pairs_lead_to_their_tasks() -> None:
    analysis = analyze(toy_store())
    assert analysis.pairs[1].task_iris == (task("sjz-2023", 1), task("sjz-plan", 1))
    assert [pair.a for pair in analysis.top_pairs(4)] == [ECO, DEV, TS_DEV, GROUP]
    assert not any(pair.generic for pair in analysis.top_pairs(99))


def test_the_query_counts_the_same() -> None:
    store = toy_store()
    defined = {(row["a"], row["b"]): row["shared"] for row in ask(store, "shared-pairs").records()}
    assert {(pair.a, pair.b): pair.shared for pair in measure_pairs(read_facts(store))} == defined


def test_inherited_duties_are_not_shared() -> None:
    assert measure_pairs(plain_facts({"t": ["a", "b:inherited", "c:inherited"]})) == []


def test_a_body_in_two_roles_is_one() -> None:
    (pair,) = measure_pairs(plain_facts({"t": ["a:lead", "a:support", "b"]}))
    assert (pair.a, pair.b, pair.shared, pair.jaccard) == ("a", "b", 1, 1.0)


def test_communities() -> None:
    """Two groups that meet on one task; the generic body, on every task, ties nobody."""
    tasks = (
        {f"t{i}": ["a", "b", "c", "all"] for i in range(3)}
        | {f"u{i}": ["x", "y", "z", "all"] for i in range(3)}
        | {"v": ["a", "x"]}
    )
    pairs = measure_pairs(plain_facts(tasks, generic=["all"]))
    assert find_communities(pairs) == [("a", "b", "c"), ("x", "y", "z")]
    assert find_communities([]) == []
