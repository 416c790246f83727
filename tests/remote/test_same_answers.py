"""The same question has the same answer on the embedded store, on Oxigraph's server and on Virtuoso."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import pytest
from pyoxigraph import RdfFormat, Store, serialize

from kg import analysis
from kg.analysis.continuity.comparison import compare
from kg.ask import NamedQuery, ask, list_queries
from kg.check import check_queries, load_checks, run_checks
from kg.check.queries import Check
from kg.errors import QueryError
from kg.remote import RemoteStore
from kg.store import open_current
from kg.tables import TABLES
from kg.trace import trace
from tests.remote.conftest import NAMES
from tests.remote.servers import Server, put
from tests.toy_graph import toy_store

QUERIES = list_queries()
CHECKS = load_checks()


def fill(server: Server, graph: Store) -> None:
    server.clear()
    for name in graph.named_graphs():
        triples = (quad.triple for quad in graph.quads_for_pattern(None, None, None, name))
        put(server, name.value, serialize(triples, format=RdfFormat.N_TRIPLES) or b"")


@pytest.fixture(scope="module", params=["toy", "seeds"])
def here(request: pytest.FixtureRequest) -> Store:
    if request.param == "toy":
        return toy_store()
    return open_current(request.getfixturevalue("built"))


@pytest.fixture(scope="module", params=NAMES)
def there(request: pytest.FixtureRequest, here: Store) -> RemoteStore:
    server: Server = request.getfixturevalue(f"{request.param}_server")
    fill(server, here)
    store = RemoteStore(server.query)
    store.query("ASK { }")  # by which it is known what it calls itself
    return store


def plain(value: Any) -> Any:
    """Return a value as it is compared: engines write and round decimals in their own ways."""
    return round(float(value), 6) if isinstance(value, float | Decimal) else value


def rows(graph: Store | RemoteStore, query: NamedQuery, params: dict[str, str]) -> list[tuple[Any, ...]]:
    answer = ask(graph, query, params, limit="all")
    return [tuple(plain(value) for value in row) for row in answer.rows]


def choices(query: NamedQuery) -> Iterator[dict[str, str]]:
    """Yield the examples in the head, without and with the optional ones."""
    needed = {param.name: param.example for param in query.params if not param.optional}
    yield needed
    if any(param.optional for param in query.params):
        yield {param.name: param.example for param in query.params}


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_named_queries(query: NamedQuery, here: Store, there: RemoteStore) -> None:
    for params in choices(query):
        expected, found = rows(here, query, params), rows(there, query, params)
        assert found == expected
        # 1 == True, but a table does not say 是 for it
        assert [[type(value) for value in row] for row in found] == [[type(value) for value in row] for row in expected]


@pytest.mark.parametrize("rule", CHECKS, ids=lambda rule: rule.name)
def test_checks(rule: Check, here: Store, there: RemoteStore) -> None:
    assert list(run_checks(there, [rule])) == list(run_checks(here, [rule]))


def test_the_whole_check_with_names(here: Store, there: RemoteStore) -> None:
    found = check_queries(there)
    assert found == check_queries(here)
    assert [one.part for one in found.skipped] == ["files", "shapes", "evidence", "logic"]
    assert {one.part for one in found.findings} == {"gaps", "queries"}
    assert any(one.label for one in found.findings)


def test_tables(here: Store, there: RemoteStore) -> None:
    """What all measures are worked out from, to the last column."""
    with analysis.open_columns(here) as expected, analysis.open_columns(there) as found:
        for table in TABLES:
            rows = contents(expected, table.name)
            assert contents(found, table.name) == rows
            assert rows


def contents(columns: analysis.Columns, table: str) -> list[dict[str, Any]]:
    cursor = columns.execute(f"SELECT * FROM {table} ORDER BY ALL")
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@pytest.mark.parametrize("what", [["石家庄市"], ["石家庄市", "唐山市"]], ids=len)
def test_comparison(what: Sequence[str], here: Store, there: RemoteStore) -> None:
    try:
        expected = compare(here, what)
    except QueryError as error:
        with pytest.raises(QueryError, match=re.escape(str(error))):
            compare(there, what)
    else:
        assert compare(there, what) == expected


def test_analysis(here: Store, there: RemoteStore) -> None:
    assert analysis.analyze(there).to_json() == analysis.analyze(here).to_json()


def test_trace(here: Store, there: RemoteStore) -> None:
    assert trace(there, "石家庄市水利局") == trace(here, "石家庄市水利局")
