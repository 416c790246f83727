"""The catalogue of the named queries: whole in both its forms, and runnable by whoever reads only the RDF."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, Store, serialize
from pyshacl import validate
from rdflib import DCTERMS, RDF, SH, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from kg import cli, data
from kg.ask import NamedQuery, find_query, list_queries, parse_query, render_catalogue
from kg.ask.executables import CATALOGUE, build_catalogue, collect_prefixes
from kg.errors import KnowledgeError
from tests.toy_graph import toy_store

QUERIES = list_queries()
FRESH = "write it anew with: python -m kg.ask"
KINDS = {SH.SPARQLSelectExecutable: SH.select, SH.SPARQLAskExecutable: SH.ask, SH.SPARQLConstructExecutable: SH.construct}


@pytest.fixture(scope="module")
def catalogue() -> Graph:
    return Graph().parse(data.QUERIES / "catalogue.ttl")


@pytest.fixture(scope="module")
def store() -> Store:
    return toy_store()


def node_of(query: NamedQuery) -> URIRef:
    return URIRef(CATALOGUE + query.name)


def test_page_is_complete() -> None:
    assert (data.QUERIES / "README.md").read_text("utf-8") == render_catalogue(QUERIES), FRESH


def test_graph_is_complete(catalogue: Graph) -> None:
    assert isomorphic(catalogue, build_catalogue(QUERIES)), FRESH
    listed = {node for kind in KINDS for node in catalogue.subjects(RDF.type, kind)}
    assert listed == {node_of(query) for query in QUERIES} == set(catalogue.objects(CATALOGUE, DCTERMS.hasPart))


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_graph_alone_is_enough_to_run(query: NamedQuery, catalogue: Graph, store: Store) -> None:
    """Prefixes and text, put together as SHACL says, are the query."""
    node = node_of(query)
    kind = catalogue.value(node, RDF.type)
    prefixes = {
        str(catalogue.value(one, SH.prefix)): str(catalogue.value(one, SH.namespace))
        for ontology in catalogue.objects(node, SH.prefixes)
        for one in catalogue.objects(ontology, SH.declare)
    }
    head = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in prefixes.items())
    text = head + str(catalogue.value(node, KINDS[URIRef(str(kind))]))
    assert "PREFIX" not in text.removeprefix(head)
    # an optional parameter makes a question of the whole graph; a required one is left open here
    assert type(store.query(text, use_default_graph_as_union=True)) is type(
        store.query(query.text, use_default_graph_as_union=True)
    )
    assert {str(catalogue.value(param, SH.path)).rpartition("/")[2] for param in catalogue.objects(node, SH.parameter)} == {
        param.name for param in query.params
    }


def test_parameter_says_all(catalogue: Graph) -> None:
    since = URIRef(f"{CATALOGUE}tasks-in-role/since")
    said = {(str(predicate).rpartition("#")[2], str(value)) for predicate, value in catalogue.predicate_objects(since)}
    assert {
        ("name", "since"),
        ("path", "https://w3id.org/zeren/param/since"),
        ("datatype", "http://www.w3.org/2001/XMLSchema#integer"),
        ("optional", "true"),
        ("example", "2022"),
    } <= said
    role = URIRef(f"{CATALOGUE}tasks-in-role/role")
    assert catalogue.value(role, SH["class"]) == URIRef("https://w3id.org/zeren/ns#Role")
    assert catalogue.value(role, SH.optional) == Literal(False)


def test_no_blank_nodes(catalogue: Graph) -> None:
    assert all(isinstance(part, URIRef | Literal) for triple in catalogue for part in triple)


def test_shacl_engine_takes_it_beside_the_shapes(catalogue: Graph) -> None:
    """What is found is what the shapes alone find: the catalogue lists queries and demands nothing."""
    shapes = Graph().parse(data.ONTOLOGY / "shapes.ttl")
    facts = Graph()
    facts.parse(data=serialize((quad.triple for quad in toy_store()), format=RdfFormat.N_TRIPLES), format="nt")
    alone, beside = (validate(facts, shacl_graph=graph)[1] for graph in (shapes, shapes + catalogue))
    assert isinstance(alone, Graph)
    assert isinstance(beside, Graph)
    assert len(alone) == len(beside)


def test_prefix_of_two_meanings_is_refused() -> None:
    queries = [parse_query(name, f"PREFIX x: <http://example.org/{name}>\nASK {{ ?s ?p ?o }}") for name in ("a", "b")]
    with pytest.raises(KnowledgeError, match=r"b\.rq: prefix x: is <http://example.org/a> in another query"):
        collect_prefixes(queries)


def test_command_line_gives_a_part_of_it(capsys: pytest.CaptureFixture[str], catalogue: Graph) -> None:
    assert cli.main(["queries", "--group", "continuity", "--format", "ttl"]) == 0
    part = Graph().parse(data=capsys.readouterr().out, format="turtle")
    names = {str(name) for name in part.objects(None, DCTERMS.identifier)}
    assert names == {query.name for query in QUERIES if query.group == "continuity"}
    assert cli.main(["queries", "share-any-task", "--format", "ttl"]) == 0
    one = Graph().parse(data=capsys.readouterr().out, format="turtle")
    assert list(one.subjects(RDF.type, SH.SPARQLAskExecutable)) == [node_of(find_query("share-any-task"))]
