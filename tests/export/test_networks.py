"""GraphML and GEXF, read again by networkx: nodes, edges and attributes of the network, and as many as the store has."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kg import store
from kg.ask import ask
from kg.export import NETWORKS, Format, Network, build_network, export
from kg.export.networks import write_network
from kg.tables import open_tables
from tests.tables.same import PREFIXES as HEAD

READERS: dict[str, Any] = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}


def network_of(generation: store.Generation, kind: Network) -> nx.Graph[str]:
    with open_tables(generation) as tables:
        return build_network(tables, kind)


def plain(attributes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in attributes.items() if name != "id"}  # GEXF numbers its edges


@pytest.mark.parametrize("kind", NETWORKS)
@pytest.mark.parametrize("form", READERS)
def test_what_is_read_again_is_the_network(built: Path, target: Path, form: Format, kind: Network) -> None:
    generation = store.current(built)
    export(generation, form, target, network=kind)
    found, wanted = READERS[form](target), network_of(generation, kind)
    assert found.is_directed() == wanted.is_directed()
    assert {node: plain(of) for node, of in found.nodes(data=True)} == {node: wanted.nodes[node] for node in wanted}
    if wanted.is_directed():
        edges = {(a, b): plain(of) for a, b, of in found.edges(data=True)}
        assert edges == {(a, b): of for a, b, of in wanted.edges(data=True)}
    else:
        joined = {frozenset((a, b)): plain(of) for a, b, of in found.edges(data=True)}
        assert joined == {frozenset((a, b)): of for a, b, of in wanted.edges(data=True)}
    assert wanted.number_of_edges() > 100


def count(generation: store.Generation, pattern: str, distinct: str) -> int:
    query = f"{HEAD} SELECT (COUNT(*) AS ?n) WHERE {{ SELECT DISTINCT {distinct} WHERE {{ {pattern} }} }}"
    return int(ask(store.open_store(generation), query).records()[0]["n"])


def test_everything_that_the_store_has_is_a_node(built: Path) -> None:
    generation = store.current(built)
    network = network_of(generation, "responsibilities")
    types = Counter(of["type"] for _, of in network.nodes(data=True))
    assert all(of["label"] for _, of in network.nodes(data=True))
    assert types["document"] == count(generation, "?x zr:sourceText ?s", "?x")
    assert types["task"] == count(generation, "?x a zr:Task", "?x")
    assert types["indicator"] == count(generation, "?x a zr:Indicator", "?x")
    assert types["department"] == count(generation, "?a zr:organization ?x", "?x")
    cited = "?c zr:citedPolicy ?x MINUS { ?x zr:sourceText ?s }"
    assert types["policy"] == count(generation, cited, "?x")
    relations = Counter(of["relation"] for _, _, of in network.edges(data=True))
    roles = sum(relations[role] for role in ("lead", "responsible", "support"))
    assert roles == count(generation, "?t zr:unit ?o", "?t ?o")
    assert relations["lead"] == count(generation, "?t zr:leadUnit ?o", "?t ?o")
    named = "?c dcterms:isPartOf ?d ; zr:citedPolicy ?x FILTER(?x != ?d)"
    assert sum(relations[one] for one in ("basis", "creates", "reference", "self")) == count(generation, named, "?d ?x")


def test_a_document_without_tasks_is_a_node_too(tmp_path: Path) -> None:
    from kg import pipeline

    (tmp_path / "none.txt").write_text("关于印发某方案的通知\n各县（市、区）人民政府：\n现印发给你们。\n", "utf-8")
    pipeline.build([tmp_path / "none.txt"], tmp_path / "out")
    network = network_of(store.current(tmp_path / "out"), "responsibilities")
    assert "document" in {of["type"] for _, of in network.nodes(data=True)}


def test_a_selection_has_only_its_own(generation: store.Generation, target: Path) -> None:
    export(generation, "graphml", target, regions=["沧州市"])
    network = nx.read_graphml(target)
    places = {of["region"] for _, of in network.nodes(data=True) if of["type"] in ("document", "task")}
    assert places == {"沧州市"}
    assert Counter(of["type"] for _, of in network.nodes(data=True))["document"] == 1


@pytest.mark.parametrize("form", READERS)
def test_signs_that_xml_cannot_hold_are_left_out(form: Format) -> None:
    network: nx.Graph[str] = nx.Graph(name="a\0b")
    network.add_node("https://example.org/a", label="甲\0\x0b\ufffe𠮷<&>\"'\n", type="task")
    network.add_node("https://example.org/b", label="\x1f", type="task")
    network.add_edge("https://example.org/a", "https://example.org/b", written="\x08乙", weight=0.5)
    stream = io.BytesIO()
    write_network(network, form, stream)
    found = READERS[form](io.BytesIO(stream.getvalue()))
    assert [of["label"] for _, of in found.nodes(data=True)] == ["甲𠮷<&>\"'\n", ""]
    assert [of["written"] for _, _, of in found.edges(data=True)] == ["乙"]
    assert b"lastmodified" not in stream.getvalue()
