"""What a query may not do, however it is written: where the engine and the guard could read different things."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from kg.ask import refuse_unsafe
from kg.errors import QueryError

# the engine, which reads without tokens, finds a comparison where '<' could begin an IRI: what follows is not in that IRI
SHIFTED = [
    "SELECT * { ?s ?p ?a, ?b FILTER(?a<?b)SERVICE#>\n<http://127.0.0.1:9/>{ ?s ?p ?o } }",
    "SELECT * { ?a ?v ?b FILTER(?a<?b)SERVICE?v#>\n{ ?s ?p ?o } }",
    "SELECT * { ?s ?p ?a, ?b FILTER(?a<?b&&'>'!=\"\")SERVICE<http://127.0.0.1:9/>{ ?s ?p ?o } } #'",
    "SELECT * { ?s ?p ?a, ?b FILTER(?a<?b&&(?a>1)&&?a<?b)SERVICE#>\n<http://127.0.0.1:9/>{ ?s ?p ?o } }",
    "SELECT * { FILTER(1e5<?b)SERVICE#>\n<http://127.0.0.1:9/>{ ?s ?p ?o } }",
    "SELECT * { FILTER(-1.e5<?b)SERVICE#>\n<http://127.0.0.1:9/>{ ?s ?p ?o } }",
    "PREFIX n: <urn:n> SELECT * { ?s ?p ?a FILTER(?a<n:n)SERVICE#>\n<http://127.0.0.1:9/>{ ?s ?p ?o } }",
    "ASK { ?s ?p ?a FILTER(?a<?a&&'>'!=\"\"&&" + "(" * 5000 + "1" + ")" * 5000 + ") } #'",
]


@pytest.mark.parametrize("text", SHIFTED[:-1])
def test_the_engine_reads_them_as_queries(text: str) -> None:
    Store().query(text)


@pytest.mark.parametrize("text", SHIFTED)
def test_what_the_engine_may_read_as_a_comparison_hides_nothing(text: str) -> None:
    with pytest.raises(QueryError, match="could be an IRI or a comparison"):
        refuse_unsafe(text)


def test_a_chain_in_what_may_be_an_iri_is_counted() -> None:
    with pytest.raises(QueryError, match="patterns and operators"):
        refuse_unsafe("ASK { ?s ?p ?a FILTER(?a<1" + "+1" * 5000 + "&&?a>0) }")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p ?a, ?b FILTER(?a<?b&&?b>?a) }",
        "SELECT * { ?s <urn:x#p> <urn:x#o> FILTER(?s = <urn:x#(s)> || ?s IN (<urn:x#a>, <urn:x#b>)) }",
        "SELECT * { VALUES (?a ?b) { (<urn:x#a> <urn:x#b>) (<http://example.org/it's> <http://example.org/#b>) } }",
    ],
)
def test_iris_with_odd_letters_are_taken(text: str) -> None:
    Store().query(text)
    refuse_unsafe(text)
