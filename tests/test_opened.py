"""``kg.open``: the graph as a Python object, over a built folder, in memory, and of a server."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
import rdflib
from pyoxigraph import Store

import kg
from kg.errors import QueryError, RemoteError, StoreError
from kg.opened import KnowledgeGraph
from kg.store import current
from tests.toy_graph import ECO, POINTS, TS_ECO, task, toy_store

POINTS_TITLE = "石家庄市2023年生态文明建设工作要点"


@pytest.fixture(scope="module")
def seeds(built: Path) -> Iterator[KnowledgeGraph]:
    with kg.open(built) as graph:
        yield graph


@pytest.fixture(scope="module")
def toy() -> KnowledgeGraph:
    return KnowledgeGraph(toy_store(), "toy")


def test_importing_is_instant() -> None:
    """Nothing heavy comes along; what a method needs it loads itself."""
    code = "import kg, sys; print([m for m in ('pyoxigraph', 'rdflib', 'pandas', 'networkx', 'rich') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_it_holds(built: Path, seeds: KnowledgeGraph) -> None:
    counts = current(built).manifest.counts
    assert repr(seeds).startswith(f"<KnowledgeGraph {built}: 5 documents, {counts['Task']} tasks, ")
    assert [document.region for document in seeds.documents].count("石家庄市") == 2
    (points,) = (document for document in seeds.documents if document.title == POINTS_TITLE)
    assert (points.start.year if points.start else None, str(points)) == (2023, POINTS_TITLE)


def test_closed(built: Path) -> None:
    with kg.open(built) as graph:
        assert graph.query("ASK { ?s ?p ?o }").boolean
    assert repr(graph).endswith(", closed>")
    with pytest.raises(StoreError, match=r"was closed; open it again with kg\.open"):
        graph.query("documents")


def test_no_graph(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no graph here yet; run `zeren build"):
        kg.open(tmp_path)


def test_in_memory_is_the_same(built: Path, seeds: KnowledgeGraph) -> None:
    with kg.open(built, memory=True) as graph:
        assert isinstance(graph.store, Store)
        assert graph.query("department-load").rows == seeds.query("department-load").rows


def test_a_value_may_be_a_name_an_iri_or_a_thing(toy: KnowledgeGraph) -> None:
    rows = toy.query("department-tasks", unit="石家庄市生态环境局").rows
    assert toy.query("department-tasks", unit=ECO).rows == rows
    assert toy.query("department-tasks", unit="id:org/130100/ecology-environment").rows == rows
    (points,) = (document for document in toy.documents if document.iri == POINTS)
    assert toy.query("document-tasks", document=points).rows == toy.query("document-tasks", document=POINTS).rows
    assert toy.query("unowned-tasks", document=None).rows == toy.query("unowned-tasks").rows


def test_faults_say_what_to_do(toy: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match=r"no query is named 'department-loud'; did you mean department-load"):
        toy.query("department-loud")
    with pytest.raises(QueryError, match=r"'unit' is missing"):
        toy.query("department-tasks")
    with pytest.raises(QueryError, match=r"no parameter is named 'city'; it takes: region"):
        toy.query("department-load", city="石家庄市")
    with pytest.raises(QueryError, match=r"INSERT is refused: the graph is read only"):
        toy.query("INSERT DATA { <a:a> <a:b> <a:c> }")


def test_frames_are_whole_and_answers_may_be_cut(toy: KnowledgeGraph) -> None:
    assert len(toy.frame("document-tasks", document=POINTS)) == len(toy.query("document-tasks", document=POINTS, limit="all"))
    assert len(toy.frame("document-tasks", document=POINTS, limit=2)) == 2
    answer = toy.query("SELECT ?task WHERE { ?task a zr:Task }", limit=3)
    assert (len(answer), answer.cut) == (3, True)
    pd.testing.assert_frame_equal(toy.frame(answer), toy.frame("SELECT ?task WHERE { ?task a zr:Task }", limit=3))


def test_tables(seeds: KnowledgeGraph) -> None:
    """The same facts by a table and by a query."""
    duties = seeds.frame("assignments")
    led = duties[duties["role"] == "lead"].groupby("organization").size()
    loads = seeds.frame("department-load").set_index("unit")["led"]
    assert {unit: count for unit, count in loads.items() if count} == led.to_dict()
    assert set(seeds.tables()) >= {"documents", "tasks", "decisions"}
    assert len(seeds.frame("tasks", limit=3)) == 3
    # where a table and a query have one name, the query answers, and the table is there by its own method
    assert "parents" in seeds.frame("documents")
    assert "sha256" in seeds.table("documents")


def test_tables_that_are_not_there(toy: KnowledgeGraph, seeds: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match="no table is named 'people'; choose one of: documents, tasks"):
        seeds.table("people")
    with pytest.raises(QueryError, match="tasks is a table and takes no parameters"):
        seeds.frame("tasks", document="x")
    with pytest.raises(StoreError, match="a server has no tables"):
        toy.table("tasks")


def test_finding_a_query(toy: KnowledgeGraph) -> None:
    assert "department-load" in [query.name for query in toy.queries()]
    found = toy.queries("责任分散 牵头")
    assert "diffuse-tasks" in [query.name for query in found]
    assert len(found) < len(toy.queries())


def test_nothing_floods_the_screen(toy: KnowledgeGraph, seeds: KnowledgeGraph) -> None:
    """What is left as the last line of a notebook's cell shows itself in a few lines, or as a table."""
    assert (
        repr(toy.query("department-load", limit=2))
        == f"<Answer: 2 rows and more of {', '.join(toy.query('department-load').variables)}>"
    )
    assert repr(toy.query("ASK { ?s ?p ?o }")) == "<Answer: yes>"
    assert repr(toy.trace(task("sjz-2023", 1))).startswith("[<Chain of 持续开展蓝天保卫战: ")
    assert repr(toy.analyze()).startswith("<Analysis of 3 documents, 11 tasks, 6 bodies, ")
    line = next(line for line in repr(toy.queries("diffuse-tasks")).splitlines() if line.startswith("diffuse-tasks"))
    assert line.split("  ")[:2] == ["diffuse-tasks", "多个主体而无牵头的任务"]
    shown = seeds.query("deadlines", limit="all")._repr_html_()
    assert shown.count("<tr>") == 51
    assert "rows 行</p>" in shown
    assert toy.queries()._repr_html_().count("<tr>") == len(toy.queries()) + 1


def test_network(toy: KnowledgeGraph) -> None:
    assert set(toy.network(region="唐山市", period=2022)) == {TS_ECO, TS_ECO.replace("ecology-environment", "development-reform")}
    assert isinstance(toy.network("responsibilities"), nx.DiGraph)


def test_analysis_and_trace(toy: KnowledgeGraph) -> None:
    assert toy.analyze(region="唐山市").documents == 1
    assert toy.analyze(period=(2021, 2025)).tasks == 2
    assert toy.analyze(period=1999).documents == 0
    (chain,) = toy.trace(task("sjz-2023", 1))
    assert str(chain).splitlines()[0] == "持续开展蓝天保卫战"
    with pytest.raises(QueryError, match="nothing to trace is called '长江'"):
        toy.trace("长江")


def test_one_document_for_rdflib(built: Path, seeds: KnowledgeGraph) -> None:
    """What comes through the store is what the build wrote, literal for literal as rdflib itself reads it."""
    (document,) = (one for one in seeds.documents if one.title == POINTS_TITLE)
    generation = current(built)
    (part,) = (one for one in generation.manifest.documents if one.source.key == document.key)
    written = rdflib.Dataset()
    written.parse(generation.document_file(part), format="nquads")
    bare = seeds.graph(document, shared=False)
    assert set(bare) == {(s, p, o) for s, p, o, _ in written.quads()}
    for name in (document.key, document.title, document.iri):
        assert len(seeds.graph(name, shared=False)) == len(bare)


def test_labels_come_with_a_document(seeds: KnowledgeGraph) -> None:
    zr, skos = rdflib.Namespace("https://w3id.org/zeren/ns#"), rdflib.SKOS
    graph = seeds.graph(POINTS_TITLE)
    units = set(graph.objects(None, zr.unit))
    assert units
    assert all(graph.value(unit, skos.prefLabel) is not None for unit in units)
    functions = {value for unit in units for value in graph.objects(unit, zr.function)}
    assert functions
    assert all(graph.value(function, skos.prefLabel) is not None for function in functions)
    assert "zr:leadUnit" in graph.serialize(format="turtle") or "zr:responsibleUnit" in graph.serialize(format="turtle")


def test_what_documents_share(seeds: KnowledgeGraph) -> None:
    zr = rdflib.Namespace("https://w3id.org/zeren/ns#")
    assert (None, rdflib.RDF.type, zr.Metric) in seeds.graph("registry")
    assert (zr.Task, None, None) in seeds.graph("ontology")


def test_everything_for_rdflib(toy: KnowledgeGraph) -> None:
    everything = toy.graph()
    assert isinstance(everything, rdflib.Dataset)
    assert {str(graph.identifier) for graph in everything.graphs()} >= {POINTS.replace("id/policy", "graph/document")}
    assert isinstance(toy.store, Store)
    assert len(set(everything.quads())) == len(toy.store)


def test_the_answer_to_a_construct_for_rdflib(toy: KnowledgeGraph) -> None:
    answer = toy.query("CONSTRUCT WHERE { ?task zr:leadUnit ?unit ; rdfs:label ?label }")
    made = toy.graph(answer)
    assert {str(label) for label in made.objects(None, rdflib.RDFS.label)} == {
        row["label"] for row in toy.query("SELECT ?label { ?task zr:leadUnit ?unit ; rdfs:label ?label }").records()
    }
    with pytest.raises(QueryError, match="only CONSTRUCT and DESCRIBE answer with RDF"):
        toy.graph(toy.query("documents"))


def test_no_such_document(toy: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match="no document is named '廊坊市规划'"):
        toy.graph("廊坊市规划")


def test_a_server_is_not_read_into_memory() -> None:
    with pytest.raises(QueryError, match="only a folder can be read into memory"):
        kg.open("http://127.0.0.1:9/sparql", memory=True)


def test_a_server_is_asked_only_when_needed() -> None:
    graph = kg.open("http://127.0.0.1:9/sparql", timeout=2)
    assert repr(graph) == "<KnowledgeGraph http://127.0.0.1:9/sparql>"
    with pytest.raises(RemoteError, match=r"127\.0\.0\.1:9"):
        graph.query("documents")


def test_the_page_about_it_is_true(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(built.parent)
    page = Path(__file__).parent.parent / "docs" / "python-api.md"
    blocks = re.findall(r"^```pycon\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    examples = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, page.name, str(page), 0)
    result = doctest.DocTestRunner(optionflags=doctest.REPORT_NDIFF).run(examples)
    assert result.failed == 0
    assert result.attempted > 20
