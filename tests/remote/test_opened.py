"""``kg.open`` on a server: every method says the same as over the store here."""

from __future__ import annotations

import pandas as pd
import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, serialize
from rdflib.compare import isomorphic

import kg
from kg.errors import StoreError
from kg.opened import KnowledgeGraph
from tests.remote.servers import Server, put
from tests.toy_graph import ECO, POINTS, toy_store


def fill(server: Server, store: Store) -> None:
    for name in store.named_graphs():
        assert isinstance(name, NamedNode)
        triples = (quad.triple for quad in store.quads_for_pattern(None, None, None, name))
        put(server, name.value, serialize(triples, format=RdfFormat.N_TRIPLES) or b"")


def test_every_method_says_the_same(server: Server) -> None:
    store = toy_store()
    fill(server, store)
    here = KnowledgeGraph(store, "toy")
    with kg.open(server.query) as there:
        assert there.documents == here.documents
        assert there.query("ASK { ?task zr:leadUnit ?unit }").boolean
        for name in ("unowned-tasks", "deadlines"):
            pd.testing.assert_frame_equal(there.frame(name, document=POINTS), here.frame(name, document=POINTS))
        network = there.network("responsibilities", region="石家庄市")
        assert dict(network.nodes) == dict(here.network("responsibilities", region="石家庄市").nodes)
        assert there.network().edges[ECO, ECO.replace("ecology-environment", "water")]["weight"] == 2
        assert there.analyze() == here.analyze()
        assert [chain.iri for chain in there.trace(ECO)] == [chain.iri for chain in here.trace(ECO)]
        with pytest.raises(StoreError, match="a server has no tables"):
            there.table("tasks")


def test_rdf_of_a_document(server: Server) -> None:
    store = toy_store()
    fill(server, store)
    here, there = KnowledgeGraph(store, "toy"), kg.open(server.query)
    for what in (POINTS, "registry"):
        assert isomorphic(there.graph(what), here.graph(what))
    # Virtuoso has graphs of its own beside ours
    assert {graph.identifier for graph in there.graph().graphs()} >= {graph.identifier for graph in here.graph().graphs()}
