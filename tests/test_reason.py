"""What follows: the derived facts are the measures of kg/analysis, and each leads back to what it counts."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store

from kg import __version__, data, vocab
from kg.analysis import VERDICTS, Analysis, Load, analyze, open_columns
from kg.analysis.stated import build_time, derive_columns
from kg.ask import ask, find_query
from kg.errors import KnowledgeError
from kg.rdf import build_ontology_quads
from kg.reason import derive, run_rules
from kg.reason.order import place_statements
from kg.store import Generation, current, open_current
from kg.vocab import DCTERMS, RDF, ZR
from tests.toy_graph import COUNTIES, DEV, ECO, ID, PLAN, POINTS, TANGSHAN, WATER, further_store, task, toy_store

GRAPH = vocab.derived_graph()
Described = dict[str, dict[str, Any]]


@pytest.fixture(scope="module", params=["toy", "five documents"])
def store(request: pytest.FixtureRequest, built: Path) -> Store:
    return toy_store() if request.param == "toy" else open_current(built)


@pytest.fixture(scope="module")
def measured(store: Store) -> Analysis:
    return analyze(store)


def described(store: Store, kind: NamedNode) -> Described:
    """Return what the derived graph says of each thing of a class: term → value, or the values of zr:between."""
    found: Described = defaultdict(dict)
    for quad in store.quads_for_pattern(None, RDF.type, kind, GRAPH):
        for fact in store.quads_for_pattern(quad.subject, None, None, GRAPH):
            name = fact.predicate.value.rpartition("#")[2]
            if name in ("between", "spatial"):
                found[str(quad.subject)].setdefault(name, set()).add(value_of(fact))
            else:
                found[str(quad.subject)][name] = value_of(fact)
    return found


def value_of(fact: Quad) -> Any:
    assert isinstance(fact.object, NamedNode | Literal)
    if isinstance(fact.object, Literal) and fact.object.datatype == vocab.XSD.boolean:
        return fact.object.value == "true"
    if isinstance(fact.object, NamedNode):
        return fact.object.value
    return Decimal(fact.object.value) if fact.object.datatype == vocab.XSD.decimal else int(fact.object.value)


def is_provenance(quad: Quad) -> bool:
    return any(part in str(quad.subject) for part in ("/graph/derived", "/id/activity/", "/id/program/", "/id/parameter/"))


def figures(load: Load) -> tuple[object, ...]:
    counts = (load.tasks, load.led, load.responsible, load.supported, load.indicators, load.binding_indicators, load.inherited)
    return (load.organization, load.period, *counts, Decimal(str(load.shared_load)))


def stated(load: dict[str, Any]) -> tuple[object, ...]:
    names = "taskCount ledCount responsibleCount supportedCount indicatorCount bindingCount inheritedCount sharedLoad"
    period = (load["firstYear"], load["lastYear"]) if "firstYear" in load else None
    return (load["loadOf"], period, *(load[name] for name in names.split()))


def test_loads_are_those_of_the_analysis(store: Store, measured: Analysis) -> None:
    for kind, loads in ((ZR.TotalLoad, measured.loads), (ZR.PeriodLoad, measured.loads_by_period)):
        found = sorted(map(stated, described(store, kind).values()), key=str)
        assert found == sorted(map(figures, loads), key=str)


def test_loads_are_ranked_as_the_analysis_lists_them(store: Store, measured: Analysis) -> None:
    for kind, loads in ((ZR.TotalLoad, measured.loads), (ZR.PeriodLoad, measured.loads_by_period)):
        ranks = {stated(load)[:2]: load["rank"] for load in described(store, kind).values()}
        for period in {load.period for load in loads}:
            of_period = [ranks[load.organization, period] for load in loads if load.period == period]
            assert of_period == list(range(1, len(of_period) + 1))


def test_pairs_are_those_of_the_analysis(store: Store, measured: Analysis) -> None:
    found = sorted(described(store, ZR.SharedResponsibility).values(), key=lambda pair: int(pair["rank"]))
    assert [(pair["between"], pair["sharedTasks"], pair["jaccard"], pair["lift"]) for pair in found] == [
        ({pair.a, pair.b}, pair.shared, Decimal(str(pair.jaccard)), Decimal(str(pair.lift))) for pair in measured.pairs
    ]


def test_gaps_are_those_of_the_analysis(store: Store, measured: Analysis) -> None:
    found = {(fact.subject, fact.object) for fact in store.quads_for_pattern(None, ZR.gap, None, GRAPH)}
    assert found == {(NamedNode(gap.indicator or gap.task or ""), vocab.concept("gap", gap.kind)) for gap in measured.gaps}


def test_each_gap_is_a_thing_of_its_own_with_its_sentence(store: Store, measured: Analysis) -> None:
    found = {}
    for quad in store.quads_for_pattern(None, RDF.type, ZR.Gap, GRAPH):
        facts = store.quads_for_pattern(quad.subject, None, None, GRAPH)
        found[str(quad.subject)[1:-1]] = {fact.predicate: fact.object for fact in facts}
    assert {node: (facts[ZR.gapOf], facts[vocab.RDFS.label]) for node, facts in found.items()} == {
        vocab.gap(gap.of, gap.kind).value: (NamedNode(gap.of), Literal(gap.words, language="zh")) for gap in measured.gaps
    }
    shown = {node: facts[vocab.PROV.wasDerivedFrom] for node, facts in found.items() if vocab.PROV.wasDerivedFrom in facts}
    for gap in measured.gaps:
        evidence = shown.get(vocab.gap(gap.of, gap.kind).value)
        assert not isinstance(evidence, Literal)
        quotes = [fact.object for fact in store.quads_for_pattern(evidence, vocab.OA.exact, None, None)] if evidence else []
        assert quotes == ([Literal(gap.quote)] if evidence and gap.quote else [])


def test_every_kind_of_gap_has_its_entry(store: Store) -> None:
    from kg.analysis import gap_kinds
    from kg.rdf import build_ontology_quads

    entries = {
        str(quad.subject): quad.object.value
        for quad in build_ontology_quads()
        if quad.predicate == vocab.SKOS.prefLabel and isinstance(quad.object, Literal) and quad.object.language == "zh"
    }
    assert {code: entries[str(vocab.concept("gap", code))] for code in gap_kinds()} == {
        code: kind.title for code, kind in gap_kinds().items()
    }


def test_derived_facts_are_in_their_graph_only_without_blank_nodes(store: Store) -> None:
    with open_columns(store) as columns:
        derived = set(derive_columns(columns))
    made = {quad for quad in store.quads_for_pattern(None, None, None, GRAPH) if not is_provenance(quad)}
    assert derived == made  # and deriving again changes nothing
    assert not any(isinstance(node, BlankNode) for quad in derived for node in (quad.subject, quad.object))
    for kind in (ZR.TotalLoad, ZR.PeriodLoad, ZR.SharedResponsibility):
        assert {quad.graph_name for quad in store.quads_for_pattern(None, RDF.type, kind, None)} == {GRAPH}


def test_loads_and_pairs_lead_back_to_their_tasks(store: Store) -> None:
    for load in described(store, ZR.TotalLoad).values():
        rows = ask(store, find_query("department-tasks"), {"unit": load["loadOf"]}, limit="all").records()
        assert len({row["task"] for row in rows if not row["inherited"]}) == load["taskCount"]
        assert len({row["task"] for row in rows if row["inherited"]}) == load["inheritedCount"]
    for pair in list(described(store, ZR.SharedResponsibility).values())[:20]:
        both = [
            {
                row["task"]
                for row in ask(store, find_query("department-tasks"), {"unit": body}, limit="all").records()
                if not row["inherited"]
            }
            for body in pair["between"]
        ]
        assert len(set.intersection(*both)) == pair["sharedTasks"]


ONLY_SQL = {ZR.score, ZR.loadVerdict, ZR.regionRank, ZR.peerRank, ZR.peerCount, ZR.peerMedian}  # SPARQL has no median
ONLY_SQL |= {ZR.nextPlan}  # compared in tests/analysis/test_stated_continuity.py
ONLY_SQL |= {ZR.stay, ZR.betweenPairs, ZR.betweenness}  # SPARQL finds neither communities nor shortest ways


def compare_with_the_rules(store: Store, graph: Store | Generation) -> int:
    """Compare what SQL makes of the tables with what the rules under queries/derive/ define; return how much it is."""
    with open_columns(graph) as columns:
        made = {quad.triple for quad in derive_columns(columns)}
    regions = {triple.subject for triple in made if triple.object == ZR.RegionLoad}
    elsewhere = {ZR.Gap, ZR.TargetComparison, ZR.Community, ZR.CollaborationNetwork}  # compared where they are made
    elsewhere |= {ZR.TaskContinuation, ZR.TargetChange, ZR.BodyChange}
    others = {triple.subject for triple in made if triple.object in elsewhere}
    made = {one for one in made if one.subject not in regions | others and one.predicate not in ONLY_SQL}
    done = {path.stem for path in (data.QUERIES / "derive").glob("*.rq") if "# computed by" not in path.read_text("utf-8")}
    defined = {quad.triple for quad in derive(store, only=done)} | set(place_statements(store))
    assert made - defined == set()
    assert defined - made == set()
    return len(made)


def test_the_tables_derive_what_the_rules_define(store: Store) -> None:
    assert compare_with_the_rules(store, store) > 300


def test_also_where_the_toy_is_simple() -> None:
    """Several leads, reforms, sections, chains of policies."""
    assert compare_with_the_rules(further_store(), further_store()) > 300


def test_also_out_of_the_tables_of_a_build(built: Path) -> None:
    assert compare_with_the_rules(open_current(built), current(built)) > 2000


def test_scores_ranks_and_regions_are_those_of_the_analysis(store: Store, measured: Analysis) -> None:
    loads = [*measured.loads, *measured.loads_by_period]
    nodes = described(store, ZR.TotalLoad) | described(store, ZR.PeriodLoad)
    found = {
        stated(node)[:2]: [
            node.get(name) for name in ("score", "loadVerdict", "regionRank", "peerRank", "peerCount", "peerMedian")
        ]
        for node in nodes.values()
    }
    assert found == {
        (load.organization, load.period): [
            None if load.score is None else Decimal(str(load.score)),
            f"{vocab.BASE}scheme/load-verdict/{load.verdict.replace(' ', '-')}",
            load.rank,
            load.peer_rank,
            load.peers or None,
            None if load.peer_median is None else Decimal(str(load.peer_median)),
        ]
        for load in loads
    }
    lying = {
        (node[DCTERMS.spatial.value], node.get("firstYear")): [
            node[name] for name in ("unitCount", "taskCount", "medianLoad", "medianDeviation", "gini", "topShare", "judged")
        ]
        for node in described(store, ZR.RegionLoad).values()
    }
    assert lying == {
        (one.region, one.period[0] if one.period else None): [
            one.organizations,
            one.tasks,
            *(Decimal(str(figure)) for figure in (one.median, one.mad, one.gini, one.top_share)),
            one.judged,
        ]
        for one in (*measured.regions, *measured.regions_by_period)
    }


def test_every_verdict_has_its_entry() -> None:
    entries = {
        str(quad.subject): quad.object.value
        for quad in build_ontology_quads()
        if quad.predicate == vocab.SKOS.prefLabel and isinstance(quad.object, Literal) and quad.object.language == "zh"
    }
    for verdict, words in VERDICTS.items():
        assert entries[str(vocab.concept("load-verdict", verdict.replace(" ", "-")))] == words


def test_the_derived_graph_says_how_it_was_made(built: Path) -> None:
    """Which program, when, with which thresholds: SPARQL finds it from the graph's own name."""
    answer = ask(
        open_current(built),
        """
        PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT ?program ?when ?name ?value WHERE {
          <https://w3id.org/zeren/graph/derived> prov:wasGeneratedBy ?activity .
          ?activity prov:wasAssociatedWith/rdfs:label ?program ; prov:endedAtTime ?when ; prov:used ?parameter .
          ?parameter rdfs:label ?name ; rdf:value ?value
        }""",
    )
    rows = answer.records()
    assert {row["program"] for row in rows} == {f"zeren {__version__}"}
    assert {row["name"]: row["value"] for row in rows}.items() >= {"load-overloaded": Decimal("3.5"), "load-fewest": 8}.items()
    assert len({row["when"] for row in rows}) == 1


def test_the_time_of_a_build_can_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert build_time().isoformat() == "2023-11-14T22:13:20+00:00"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert build_time().year >= 2024


# the toy, worked out by hand


def facts_of(subject: str) -> dict[str, Any]:
    quads = toy_store().quads_for_pattern(NamedNode(subject), None, None, GRAPH)
    return {quad.predicate.value.rpartition("#")[2]: value_of(quad) for quad in quads if quad.predicate != ZR.ancestorPolicy}


TOY_FACTS: list[tuple[str, dict[str, Any]]] = [
    # 3 documents: those of Shijiazhuang first, the earlier period before the later
    (PLAN, {"taskCount": 2, "indicatorCount": 1, "unitCount": 3, "parentCount": 1, "sequence": 100_000}
     | {"followerCount": 1, "reachCount": 1, "restingTaskCount": 0, "restingBodyCount": 0, "rank": 3}
     | {"reachedTaskCount": 8, "reachedBodyCount": 6, "reachedRegionCount": 1}),  # all of the points
    (POINTS, {"taskCount": 7, "indicatorCount": 3, "unitCount": 6, "parentCount": 2, "sequence": 200_000}),
    (TANGSHAN, {"taskCount": 2, "indicatorCount": 2, "unitCount": 2, "parentCount": 1, "sequence": 300_000}),
    # the measures: one document, one task, its three bodies; no more documents than the plan, but a task
    (f"{ID}policy/two-highs", {"followerCount": 1, "reachCount": 1, "restingTaskCount": 1, "restingBodyCount": 3, "rank": 2}
     | {"reachedTaskCount": 1, "reachedBodyCount": 3, "reachedRegionCount": 1}),
    (f"{ID}metric/pm25", {"documentCount": 3, "regionCount": 2, "targetCount": 3, "firstYear": 2022, "lastYear": 2025, "rank": 1}),
    (f"{ID}function/water", {"regionCount": 1, "unitCount": 1, "taskCount": 2, "rank": 3}),
    (task("sjz-2023", 1), {"bodyCount": 3, "diffusion": 3, "gap": f"{vocab.BASE}scheme/gap/no-lead", "sequence": 200_001, "dueSequence": 3}),
    (task("sjz-2023", 6), {"gap": f"{vocab.BASE}scheme/gap/measure-without-unit", "sequence": 200_009}),
    (f"{ID}indicator/sjz-2023/1/1", {"sequence": 200_002, "dueSequence": 4}),  # right behind its task; two are due before
    # 1/2 (plan 2) + 1/3 (points 1) + 1/2 (points 2) + 1/2 (plan 1)
    (f"{ID}load/130100/ecology-environment/all",
     {"loadOf": ECO, "taskCount": 4, "ledCount": 1, "responsibleCount": 2, "supportedCount": 1, "sharedLoad": Decimal("1.8333")}
     | {"indicatorCount": 4, "bindingCount": 1, "inheritedCount": 0, "documentCount": 2, "rank": 1, "type": ZR.TotalLoad.value}
     | {"loadVerdict": f"{vocab.BASE}scheme/load-verdict/too-few-to-judge", "regionRank": 1}
     | {"peerRank": 1, "peerCount": 2, "peerMedian": Decimal("1.1667")}),
    (f"{ID}load/130100/county-governments/2023-2023",
     {"loadOf": COUNTIES, "taskCount": 2, "ledCount": 0, "responsibleCount": 2, "supportedCount": 0, "sharedLoad": Decimal("1.3333")}
     | {"indicatorCount": 2, "bindingCount": 0, "inheritedCount": 2, "documentCount": 1, "rank": 1, "type": ZR.PeriodLoad.value}
     | {"firstYear": 2023, "lastYear": 2023, "loadVerdict": f"{vocab.BASE}scheme/load-verdict/not-judged"}),
    # ECO and DEV 1/3 + 1/2 each, WATER 1/2: (−2 · 0.5 + 0 · 0.8333 + 2 · 0.8333) / (3 · 2.1666)
    (f"{ID}region-load/130100/2023-2023",
     {DCTERMS.spatial.value: f"{ID}region/130100", "unitCount": 3, "taskCount": 3, "medianLoad": Decimal("0.8333"), "gini": Decimal("0.1026")}
     | {"medianDeviation": 0, "topShare": 1, "judged": False, "firstYear": 2023, "lastYear": 2023}
     | {"type": ZR.RegionLoad.value}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("subject", "expected"), TOY_FACTS, ids=lambda value: value.rpartition("/id/")[2] if isinstance(value, str) else ""
)
def test_facts_of_the_toy(subject: str, expected: dict[str, Any]) -> None:
    assert {
        name: value.removeprefix(RDF.iri) if name == "type" else value for name, value in facts_of(subject).items()
    } == expected


@pytest.mark.parametrize(
    ("a", "b", "shared", "jaccard", "lift"),
    [
        (ECO, WATER, 2, "0.5", "1.75"),  # 2 of 4; 2 · 7 / (4 · 2): 7 tasks name a body of Shijiazhuang itself
        (DEV, ECO, 2, "0.4", "1.1667"),  # 2 of 5; 2 · 7 / (3 · 4)
    ],
)
def test_pairs_of_the_toy(a: str, b: str, shared: int, jaccard: str, lift: str) -> None:
    pair = next(pair for pair in described(toy_store(), ZR.SharedResponsibility).values() if pair["between"] == {a, b})
    assert (pair["sharedTasks"], pair["jaccard"], pair["lift"]) == (shared, Decimal(jaccard), Decimal(lift))


def test_another_base_names_everything_anew() -> None:
    """Loads and pairs are named after their organizations, whatever the base."""
    text = (Path(__file__).parent / "data" / "toy.trig").read_text("utf-8").replace(ID, "urn:example:id/")
    store = Store()
    store.load(input=text.encode(), format=RdfFormat.TRIG)
    derived = list(derive(store, "urn:example:"))
    assert {quad.graph_name for quad in derived} == {NamedNode("urn:example:graph/derived")}
    assert all(str(quad.subject).startswith("<urn:example:id/") for quad in derived)
    assert len(derived) == len(list(derive(toy_store())))
    with open_columns(store) as columns:
        made = list(derive_columns(columns))
    assert {quad.graph_name for quad in made} == {NamedNode("urn:example:graph/derived")}
    assert all(str(quad.subject).startswith("<urn:example:id/") for quad in made)


def test_a_rule_that_is_no_construct_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rule.rq").write_text("SELECT * WHERE { ?s ?p ?o }", "utf-8")
    with pytest.raises(KnowledgeError, match="only CONSTRUCT rules can derive"):
        list(run_rules(Store(), tmp_path))
