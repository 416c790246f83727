"""What hangs on a policy: by SQL over the tables, by SPARQL over the graph, and in plain Python over its triples."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, QueryTriples, Store

from kg import data, store, vocab
from kg.analysis import open_columns
from kg.analysis.lineage.policy_reach import PolicyReach, find_citations, find_missing_texts, measure_policy_reach
from kg.queryable import Queryable
from kg.store import Generation
from kg.vocab import DCTERMS, RDF, ZR
from tests.toy_graph import ID, PLAN, POINTS, TANGSHAN, above_store, task, toy_store

OPINION, HIGHS, HEBEI = f"{ID}policy/opinion", f"{ID}policy/two-highs", f"{ID}policy/hb-plan"
RULES: Mapping[str, tuple[str, ...]] = {
    "policy-reach": ("followerCount", "reachCount", "restingTaskCount", "restingBodyCount"),
    "policy-reach-through-others": ("reachedTaskCount", "reachedBodyCount", "reachedRegionCount"),
}


@pytest.fixture(scope="module", params=["toy", "with a chain", "five documents", "plans"])
def graph(
    request: pytest.FixtureRequest, built: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Queryable | Generation, Store]:
    """A graph twice: as its tables are opened, and as a store."""
    if request.param == "plans":
        from kg import pipeline

        out = tmp_path_factory.mktemp("plans") / "out"
        pipeline.build([Path(__file__).parent.parent / "data" / "plans_above"], out)
        return store.current(out), store.open_current(out)
    if request.param == "five documents":
        return store.current(built), store.open_current(built)
    found = toy_store() if request.param == "toy" else above_store()
    return found, found


def figures(reach: PolicyReach) -> tuple[int, ...]:
    return (reach.documents, reach.reached, reach.tasks, reach.bodies, reach.tasks_reached, reach.bodies_reached, reach.regions)


def measured(graph: Queryable | Generation) -> Mapping[str, tuple[int, ...]]:
    with open_columns(graph) as columns:
        return {reach.policy: figures(reach) for reach in measure_policy_reach(columns)}


def test_sql_and_sparql_agree(graph: tuple[Queryable | Generation, Store]) -> None:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for name in RULES:
        triples = graph[1].query((data.QUERIES / "derive" / f"{name}.rq").read_text("utf-8"), use_default_graph_as_union=True)
        assert isinstance(triples, QueryTriples)
        for triple in triples:
            assert isinstance(triple.subject, NamedNode)
            assert isinstance(triple.object, Literal)
            found[triple.subject.value][triple.predicate.value.removeprefix(ZR.iri)] = int(triple.object.value)
    terms = [term for names in RULES.values() for term in names]
    assert measured(graph[0]) == {policy: tuple(said[term] for term in terms) for policy, said in found.items()}


def test_plain_python_agrees(graph: tuple[Queryable | Generation, Store]) -> None:
    assert measured(graph[0]) == plain_reach(graph[1])


def plain_reach(graph: Store) -> Mapping[str, tuple[int, ...]]:
    """Work the figures out triple by triple."""

    def pairs(predicate: NamedNode) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for quad in graph.quads_for_pattern(None, predicate, None, None):
            found[str(getattr(quad.subject, "value", ""))].add(str(getattr(quad.object, "value", "")))
        return found

    above, texts, units, inherited, home = (
        pairs(p) for p in (ZR.implements, ZR.sourceText, ZR.unit, ZR.inheritedUnit, DCTERMS.isPartOf)
    )
    tasks = {
        quad.subject.value
        for quad in graph.quads_for_pattern(None, RDF.type, ZR.Task, None)
        if isinstance(quad.subject, NamedNode)
    }
    regions, cited, where, relation = (pairs(p) for p in (DCTERMS.spatial, ZR.citedPolicy, ZR.task, ZR.relation))

    def upwards(policy: str) -> set[str]:
        seen: set[str] = set()
        waiting = list(above[policy])
        while waiting:
            step = waiting.pop()
            if step not in seen:
                seen.add(step)
                waiting += above[step]
        return seen

    rests: dict[str, set[str]] = defaultdict(set)  # task → policies
    for citation, policies in cited.items():
        if relation[citation] == {vocab.concept("relation", "basis").value}:
            (document,) = home[citation]
            for policy in policies - {document}:
                for one in where[citation] or {task for task in tasks if document in home[task]}:
                    rests[one] |= {policy} | upwards(policy)
    reached = {document: upwards(document) for document in texts}
    return {
        policy: (
            sum(policy in above[document] for document in texts),
            sum(policy in policies for policies in reached.values()),
            len(own := {task for task in tasks if policy in above[task]}),
            len({unit for task in own for unit in units[task] - inherited[task]}),
            len(all_ := {task for task in tasks if policy in rests[task]}),
            len({unit for task in all_ for unit in units[task] - inherited[task]}),
            len({region for document, policies in reached.items() if policy in policies for region in regions[document]}),
        )
        for policy in set().union(*reached.values())
    }


def test_reach_on_the_toy() -> None:
    """The opinion: named by two documents; sjz-2023 comes to it through the plan. Two-highs: by task 1 of sjz-2023 alone."""
    with open_columns(toy_store()) as columns:
        found = {reach.policy: reach for reach in measure_policy_reach(columns)}
    assert list(found) == [OPINION, HIGHS, PLAN]
    assert {policy: (reach.documents, reach.reached, reach.tasks, reach.tasks_reached) for policy, reach in found.items()} == {
        OPINION: (2, 3, 0, 12),  # 2 of the plan, 8 that hang on it through the plan, 2 of Tangshan
        HIGHS: (1, 1, 1, 1),
        PLAN: (1, 1, 0, 8),
    }
    assert [found[policy].here for policy in found] == [False, False, True]
    assert (found[OPINION].regions, found[HIGHS].regions) == (2, 1)


def test_what_to_fetch_first() -> None:
    with open_columns(toy_store()) as columns:
        first, second = find_missing_texts(columns)
        assert (first.policy, first.tasks, first.tasks_direct, first.documents, first.regions) == (OPINION, 12, 0, 2, 2)
        assert (second.policy, second.tasks, second.tasks_direct, second.task) == (HIGHS, 1, 1, task("sjz-2023", 1))
        assert first.quote == "《关于深入打好污染防治攻坚战的意见》"
        assert [missing.policy for missing in find_missing_texts(columns, top=1)] == [OPINION]
        assert [(one.document, one.task) for one in find_citations(columns, OPINION)] == [(PLAN, None), (TANGSHAN, None)]
        assert [(one.document, one.task) for one in find_citations(columns, HIGHS)] == [(POINTS, task("sjz-2023", 1))]


def test_only_what_one_region_or_period_rests_on() -> None:
    """What counts is a part; the chains and the texts that are here are those of the whole graph."""
    with open_columns(toy_store()) as columns:
        (tangshan,) = measure_policy_reach(columns, region="130200")
        assert (tangshan.policy, tangshan.documents, tangshan.reached, tangshan.tasks_reached) == (OPINION, 1, 1, 2)
        year = {
            reach.policy: (reach.reached, reach.tasks_reached) for reach in measure_policy_reach(columns, period=(2023, 2023))
        }
        assert year == {OPINION: (1, 8), PLAN: (1, 8), HIGHS: (1, 1)}  # by the plan, whose text is of another period
        here = {missing.policy: missing.tasks for missing in find_missing_texts(columns, region=f"{ID}region/130100")}
        assert here == {OPINION: 10, HIGHS: 1}
        assert {missing.policy for missing in find_missing_texts(columns, period=(2023, 2023))} == {HIGHS}


def test_the_tasks_that_name_a_policy_are_listed() -> None:
    with open_columns(toy_store()) as columns:
        listed = {reach.policy: reach.task_iris for reach in measure_policy_reach(columns)}
        assert listed == {OPINION: (), HIGHS: (task("sjz-2023", 1),), PLAN: ()}
        assert [missing.task_iris for missing in find_missing_texts(columns)] == [(), (task("sjz-2023", 1),)]


def test_nothing_on_a_graph_without_citations() -> None:
    with open_columns(Store()) as columns:
        assert measure_policy_reach(columns) == []
        assert find_missing_texts(columns) == []
