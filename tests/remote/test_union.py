"""A server whose default graph is not the union of all, or that cuts its answers: noticed, and made good or said."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import Literal, QueryBoolean, QuerySolutions, QueryTriples, Variable

from kg.ask import NamedQuery, ask, list_queries, resolve_params
from kg.ask.answer import to_python
from kg.ask.places import put_terms
from kg.errors import RemoteError
from kg.remote import Addresses, Place, RemoteStore, push
from kg.vocab import XSD
from tests.remote.servers import Server, oxigraph, oxigraph_command, virtuoso
from tests.toy_graph import toy_store

QUERIES = list_queries()
EVERYTHING = "SELECT ?s ?p ?o { ?s ?p ?o }"


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return Oxigraph's server as it starts by itself: with a default graph of its own, here an empty one."""
    if oxigraph_command() is None:
        pytest.skip("Oxigraph's server is not here: pip install oxigraph")
    with oxigraph(tmp_path_factory.mktemp("apart") / "db", union=False) as server:
        push(toy_store(), Place(Addresses(server.query)))
        yield server


def count(store: RemoteStore, query: str, union: bool) -> int:
    rows = store.query(query, use_default_graph_as_union=union)
    assert isinstance(rows, QuerySolutions)
    return len(list(rows))


def test_the_graphs_are_named_where_the_server_does_not_unite_them(apart: Server) -> None:
    store = RemoteStore(apart.query)
    assert count(store, EVERYTHING, union=False) == 0
    assert count(store, EVERYTHING, union=True) > len({quad.triple for quad in toy_store()})
    assert count(store, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", union=True) == len(list(toy_store().named_graphs())) + 1
    found = RemoteStore(apart.query).query(
        "ASK { ?task a zr:Task }", prefixes={"zr": "https://w3id.org/zeren/ns#"}, use_default_graph_as_union=True
    )
    assert isinstance(found, QueryBoolean)
    assert found


@pytest.mark.parametrize("name", ["documents", "department-load", "deadlines"])
def test_queries_are_answered_all_the_same(name: str, apart: Server) -> None:
    assert ask(RemoteStore(apart.query), name).rows == ask(toy_store(), name).rows


def test_too_many_graphs_to_name(apart: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.remote.store.MOST_GRAPHS", 3)
    with pytest.raises(RemoteError, match="--union-default-graph"):
        ask(RemoteStore(apart.query), "documents")


def test_an_empty_server_has_no_answers(oxigraph_server: Server) -> None:
    oxigraph_server.clear()
    assert len(ask(RemoteStore(oxigraph_server.query), "documents")) == 0


def test_virtuoso_cutting_its_answers_is_noticed(tmp_path: Path) -> None:
    if shutil.which("virtuoso-t") is None or shutil.which("isql-vt") is None:
        pytest.skip("Virtuoso is not here: apt-get install --no-install-recommends virtuoso-opensource-7")
    with virtuoso(tmp_path, rows=20) as server:
        push(toy_store(), Place(Addresses(server.query)))
        with pytest.raises(RemoteError, match="it cuts answers after 20 rows"):
            RemoteStore(server.query).query(EVERYTHING)
        assert len(ask(RemoteStore(server.query), "documents")) == len(ask(toy_store(), "documents"))


@pytest.mark.parametrize("query", [query for query in QUERIES if query.params], ids=lambda query: query.name)
def test_terms_in_the_text_do_what_substitution_does(query: NamedQuery) -> None:
    store = toy_store()
    terms = resolve_params(store, query, {param.name: param.example for param in query.params})
    substituted = store.query(
        query.text, use_default_graph_as_union=True, substitutions={Variable(name): term for name, term in terms.items()}
    )
    written = store.query(put_terms(query.text, terms), use_default_graph_as_union=True)
    assert answers(written) == answers(substituted)


def answers(found: QuerySolutions | QueryBoolean | QueryTriples) -> object:
    if isinstance(found, QueryBoolean):
        return bool(found)
    if isinstance(found, QuerySolutions):  # a decimal is written as a double
        return [[float(value) if isinstance(value := to_python(term), Decimal) else value for term in row] for row in found]
    return sorted(map(str, found))


@pytest.mark.parametrize("number", ["30.5", "-0.001", "1" + "0" * 30, "0." + "0" * 20 + "1", "9" * 400])
def test_any_decimal_can_be_written(number: str) -> None:
    text = put_terms("SELECT ?n { }", {"n": Literal(number, datatype=XSD.decimal)})
    assert len(list(toy_store().query(text))) == 1  # type: ignore[arg-type]  # a SELECT
