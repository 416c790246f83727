"""The SPARQL 1.1 Protocol for queries, rule by rule: one row for each, named by what the specification says.

The rules are those of sections 2.1 (query operation) and 2.1.4 (datasets) of the protocol, and of the service
description. They are written anew here; each row says its rule.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from pyoxigraph import RdfFormat, parse

from kg.endpoint import Limits
from tests.endpoint.inline import G1, G2, G3, Client, client

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
ASK = "ASK { ?s ?p ?o }"
SELECT = "SELECT ?v { ?s ?p ?v } ORDER BY ?v"
NAMED = "SELECT ?v { GRAPH ?g { ?s ?p ?v } } ORDER BY ?v"
BOTH = "SELECT ?v { { ?s ?p ?v } UNION { GRAPH ?g { ?s ?p ?v } } } ORDER BY ?v"


@dataclass(frozen=True)
class Case:
    name: str
    rule: str
    method: str = "GET"
    params: list[tuple[str, str]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    status: int = 200
    media: str | None = None
    values: list[str] | None = None


def form(*pairs: tuple[str, str]) -> bytes:
    return urlencode(pairs).encode()


def get(name: str, rule: str, *params: tuple[str, str], **more: Any) -> Case:
    return Case(name, rule, params=list(params), **more)


def post(name: str, rule: str, body: bytes, headers: dict[str, str], **more: Any) -> Case:
    return Case(name, rule, "POST", body=body, headers=headers, **more)


D1, D2, N1, N2 = ("default-graph-uri", G1), ("default-graph-uri", G2), ("named-graph-uri", G1), ("named-graph-uri", G2)
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CASES = [
    get("query_get", "a query may be sent by GET as the parameter query", ("query", ASK)),
    post("query_post_form", "a query may be sent by POST as a form's field query", form(("query", ASK)), FORM),
    post("query_post_direct", "a query may be the body of a POST, as application/sparql-query", ASK.encode(), DIRECT),
    get("query_head", "HEAD answers as GET, without the body", ("query", ASK), method="HEAD"),
    post(
        "query_post_charset",
        "charset utf-8 may be said",
        '# 市\nASK { ?s ?p "市" }'.encode(),
        {"Content-Type": "application/sparql-query; charset=UTF-8"},
    ),
    # the dataset
    get(
        "query_union",
        "without a dataset in the request, the service's default graph counts",
        ("query", SELECT),
        values=["1", "2", "3"],
    ),
    get("query_dataset_default_graph_get", "default-graph-uri names the default graph", ("query", SELECT), D1, values=["1"]),
    get("query_dataset_default_graphs_get", "several are merged", ("query", SELECT), D1, D2, values=["1", "2"]),
    get("query_dataset_named_graphs_get", "named-graph-uri names the named graphs", ("query", NAMED), N1, N2, values=["1", "2"]),
    get("query_dataset_named_only", "with named graphs only, the default graph is empty", ("query", SELECT), N1, values=[]),
    get("query_dataset_default_only", "with a default graph only, there are no named graphs", ("query", NAMED), D1, values=[]),
    get("query_dataset_full", "both may be given", ("query", BOTH), D1, N2, values=["1", "2"]),
    post("query_dataset_default_graph_post", "in a form the dataset is a field", form(("query", SELECT), D1), FORM, values=["1"]),
    post("query_dataset_default_graphs_post", "several, in a form", form(("query", SELECT), D1, D2), FORM, values=["1", "2"]),
    post("query_dataset_named_graphs_post", "named ones, in a form", form(("query", NAMED), N1, N2), FORM, values=["1", "2"]),
    post(
        "query_dataset_direct",
        "beside a direct query the dataset stands in the address",
        SELECT.encode(),
        DIRECT,
        params=[D1, D2],
        values=["1", "2"],
    ),
    get(
        "query_multiple_dataset",
        "the request's dataset counts, not the query's",
        ("query", f"SELECT ?v FROM <{G3}> {{ ?s ?p ?v }}"),
        D1,
        values=["1"],
    ),
    get(
        "query_from",
        "FROM counts if the request has no dataset",
        ("query", f"SELECT ?v FROM <{G3}> {{ ?s ?p ?v }}"),
        values=["3"],
    ),
    get(
        "query_dataset_unknown",
        "a graph that is not there is empty",
        ("query", SELECT),
        ("default-graph-uri", f"{G1}/no"),
        values=[],
    ),
    get("bad_dataset", "a graph has a whole IRI", ("query", SELECT), ("default-graph-uri", "g1"), status=400),
    # content types
    get(
        "query_content_type_select",
        "SELECT answers in a SPARQL results format",
        ("query", SELECT),
        headers={"Accept": XML},
        media=XML,
    ),
    get("query_content_type_ask", "so does ASK", ("query", ASK), headers={"Accept": JSON}, media=JSON),
    get(
        "query_content_type_describe",
        "DESCRIBE answers in an RDF format",
        ("query", "DESCRIBE <http://example.org/a>"),
        headers={"Accept": "application/rdf+xml"},
        media="application/rdf+xml",
    ),
    get(
        "query_content_type_construct",
        "so does CONSTRUCT",
        ("query", "CONSTRUCT WHERE { ?s ?p ?o }"),
        headers={"Accept": "text/turtle"},
        media="text/turtle",
    ),
    get(
        "query_no_accept", "without a wish any format of the kind will do", ("query", SELECT), headers={"Accept": ""}, media=JSON
    ),
    get("bad_accept", "none of the formats wanted can be had", ("query", SELECT), headers={"Accept": "image/png"}, status=406),
    get(
        "bad_accept_kind",
        "RDF for a SELECT cannot be had",
        ("query", SELECT),
        headers={"Accept": "text/turtle"},
        status=406,
    ),
    # what is no request for a query
    *(
        Case(f"bad_query_method_{method}", "a query is sent by GET or POST", method, [("query", ASK)], status=405)
        for method in ("PUT", "DELETE", "PATCH")
    ),
    get("bad_multiple_queries", "there is one query", ("query", "ASK {}"), ("query", ASK), status=400),
    post("bad_multiple_queries_form", "also in a form", form(("query", "ASK {}"), ("query", ASK)), FORM, status=400),
    post("bad_multiple_queries_direct", "also in body and address", ASK.encode(), DIRECT, params=[("query", ASK)], status=400),
    post("bad_query_none", "a form holds a query", form(("quarry", ASK)), FORM, status=400),
    post("bad_query_wrong_media_type", "the body is a query or a form", ASK.encode(), {"Content-Type": "text/plain"}, status=415),
    post("bad_query_missing_form_type", "a form says that it is one", form(("query", ASK)), {}, status=415),
    post("bad_query_missing_direct_type", "a direct query says so", ASK.encode(), {}, status=415),
    post("bad_query_non_utf8", "a direct query is UTF-8", 'ASK { ?s ?p "é" }'.encode("utf-16"), DIRECT, status=400),
    post("bad_query_latin1", "a direct query is UTF-8", 'ASK { ?s ?p "é" }'.encode("latin-1"), DIRECT, status=400),
    post("bad_query_form_non_utf8", "escapes are UTF-8", b"query=ASK%20%7B%20%3Fs%20%3Fp%20%22%E9%22%20%7D", FORM, status=400),
    post("bad_query_escape", "an escape has two digits", b"query=ASK%2", FORM, status=400),
    post(
        "bad_query_charset",
        "another charset is refused",
        ASK.encode("utf-16"),
        {"Content-Type": "application/sparql-query; charset=utf-16"},
        status=415,
    ),
    get("bad_query_syntax", "a query that is none gets 400", ("query", "ASK { ?s ?p"), status=400),
    get("bad_query_empty", "an empty one is none", ("query", ""), status=400),
    # updates
    get("bad_update_get", "no update by GET", ("update", "CLEAR ALL"), status=403),
    post("bad_update_form", "the graph is read only", form(("update", "CLEAR ALL")), FORM, status=403),
    post("bad_update_direct", "also directly", b"CLEAR ALL", {"Content-Type": "application/sparql-update"}, status=403),
    post("bad_update_as_query", "also called a query", form(("query", "CLEAR ALL")), FORM, status=403),
    get("bad_load", "nothing is fetched", ("query", "# SELECT\nPREFIX a: <b:> LOAD <http://example.org/>"), status=403),
    get("bad_load_escaped", "nor when the word is escaped", ("query", r"L\u004FAD <http://example.org/>"), status=403),
    get("bad_service", "no other server is called", ("query", "ASK { { SERVICE ?s { ?s ?p ?o } } }"), status=403),
]


@pytest.fixture(scope="module")
def endpoint() -> Client:
    return client()


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_rule(case: Case, endpoint: Client) -> None:
    headers = {name: value for name, value in case.headers.items() if value} | (
        {"Accept": "*/*"} if "Accept" not in case.headers else {}
    )
    answer = endpoint.request(case.method, "/sparql", params=case.params, headers=headers, content=case.body)
    assert answer.status_code == case.status, f"{case.rule}: {answer.text}"
    if case.status >= 400:
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.text.strip()
    if case.media is not None:
        assert answer.headers["content-type"].partition(";")[0] == case.media, case.rule
    if case.values is not None:
        assert [row["v"]["value"] for row in answer.json()["results"]["bindings"]] == case.values, case.rule


def test_head_has_the_length_and_no_body(endpoint: Client) -> None:
    get, head = (endpoint.request(method, "/sparql", params={"query": ASK}) for method in ("GET", "HEAD"))
    assert (get.headers["content-length"], head.content) == (head.headers["content-length"], b"")


def test_methods_are_told(endpoint: Client) -> None:
    options = endpoint.request("OPTIONS", "/sparql")
    assert (options.status_code, options.headers["allow"]) == (204, "GET, HEAD, OPTIONS, POST")
    assert endpoint.request("PUT", "/sparql").headers["allow"] == options.headers["allow"]
    assert "application/sparql-query" in endpoint.post("/sparql", content=b"x").headers["accept-post"]


def test_syntax_error_says_where(endpoint: Client) -> None:
    broken = "SELECT ?t WHERE {\n  ?t ?p ?u .\n  FILTR(?u)\n}"
    plain = endpoint.get("/sparql", params={"query": broken})
    assert plain.text.startswith("syntax error in line 3, column 11, near 'FILTR(?u)'")
    told = endpoint.get("/sparql", params={"query": broken}, headers={"Accept": "application/json"})
    assert (told.status_code, told.json()) == (
        400,
        {"status": 400, "reason": "syntax", "message": plain.text.strip(), "line": 3, "column": 11},
    )


# the service description


@pytest.mark.parametrize("accept", ["text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json", "*/*"])
def test_service_description_is_rdf(accept: str, endpoint: Client) -> None:
    answer = endpoint.get("/sparql", headers={"Accept": accept})
    formats = {form.media_type: form for form in RDF}
    media = answer.headers["content-type"].partition(";")[0]
    triples = {
        (str(t.subject), t.predicate.value.rpartition("#")[2], str(t.object))
        for t in parse(answer.content, format=formats[media])
    }
    service = "<http://127.0.0.1:7878/sparql#service>"
    assert (service, "endpoint", "<http://127.0.0.1:7878/sparql>") in triples
    assert (service, "supportedLanguage", "<http://www.w3.org/ns/sparql-service-description#SPARQL11Query>") in triples
    assert (service, "feature", "<http://www.w3.org/ns/sparql-service-description#UnionDefaultGraph>") in triples
    assert not [one for one in triples if one[2].endswith("#BasicFederatedQuery>")]
    assert len([one for one in triples if one[1] == "resultFormat"]) == 10
    assert '"3"^^<http://www.w3.org/2001/XMLSchema#integer>' in {one[2] for one in triples}


RDF = [RdfFormat.TURTLE, RdfFormat.RDF_XML, RdfFormat.N_TRIPLES, RdfFormat.JSON_LD]


def test_service_description_in_no_format_that_is_there(endpoint: Client) -> None:
    assert endpoint.get("/sparql", headers={"Accept": "image/png"}).status_code == 406


def test_service_description_tells_of_allowed_services() -> None:
    allowed = client(Limits(services=("http://example.org/sparql",)))
    assert "BasicFederatedQuery" in allowed.get("/sparql").text


# sizes


def test_long_body_is_refused() -> None:
    small = client(Limits(body=1_000))
    assert small.post("/sparql", content=ASK.encode() + b" " * 900, headers=DIRECT).status_code == 200
    answer = small.post("/sparql", content=ASK.encode() + b" " * 1_000, headers=DIRECT)
    assert (answer.status_code, answer.headers["connection"]) == (413, "close")
    assert "1000 bytes" in answer.text


def test_long_address_is_refused(endpoint: Client) -> None:
    answer = endpoint.get("/sparql", params={"query": ASK + "#" + "x" * 60_000})
    assert (answer.status_code, "POST" in answer.text) == (414, True)


def test_compressed_body_is_refused(endpoint: Client) -> None:
    assert endpoint.post("/sparql", content=b"x", headers={**DIRECT, "Content-Encoding": "gzip"}).status_code == 415


# what is not there, and what has not changed


def test_unknown_path(endpoint: Client) -> None:
    answer = endpoint.get("/nothing", headers={"Accept": "application/json"})
    assert (answer.status_code, json.loads(answer.text)["reason"]) == (404, "path")


def test_unchanged_answer_is_not_sent_again() -> None:
    endpoint = client()
    ask = {"query": SELECT}
    first = endpoint.get("/sparql", params=ask)
    assert first.headers["dataset-version"] == "000001-0123456789ab"
    known = {"If-None-Match": first.headers["etag"]}
    again = endpoint.get("/sparql", params=ask, headers=known)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert endpoint.get("/sparql", params={"query": SELECT + " LIMIT 2"}, headers=known).status_code == 200
    assert endpoint.get("/sparql", params=ask, headers={**known, "Accept": "text/csv"}).status_code == 200
    endpoint.pool.version = "000002-0123456789ab"
    assert endpoint.get("/sparql", params=ask, headers=known).status_code == 200


def test_answer_that_is_never_the_same_has_no_tag(endpoint: Client) -> None:
    assert "etag" not in endpoint.get("/sparql", params={"query": "SELECT (NOW() AS ?now) {}"}).headers


def test_raw_escapes_of_the_address(endpoint: Client) -> None:
    assert endpoint.get("/sparql?query=" + quote('ASK { ?s ?p "市" }')).status_code == 200
    assert endpoint.get("/sparql?query=ASK%7B%7D&query=").status_code == 400
