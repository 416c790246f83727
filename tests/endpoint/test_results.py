"""What is sent: each format as its readers read it, the best one for the client, and never a part of the rows."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results

from kg.endpoint import Limits
from kg.endpoint.answers import count_rows
from kg.endpoint.formats import GRAPHS, RESULTS, Format, choose, read_accept
from tests.endpoint.inline import client

# values that look like the marks by which rows are counted
NASTY = ["a\nb", "x},{", '},{"', '"', "\\", '\\"', "<result>", "a,b", "\t", "", "}]}}", "[]}}", "市\r\n水"]
DATA = "".join(
    f"<http://example.org/s{n}> <http://example.org/p> {value} <http://example.org/g> .\n"
    for n, value in enumerate(
        '"' + v.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r") + '"' for v in NASTY
    )
)
SELECT = "SELECT ?s ?v ?none { ?s <http://example.org/p> ?v }"
GRAPH = "CONSTRUCT WHERE { ?s ?p ?o }"


def rows_of(content: bytes, form: Format) -> int:
    """Count the rows with a reader of the format."""
    if form.media_type == "text/csv":
        return len(list(csv.reader(io.StringIO(content.decode(), newline="")))) - 1
    assert isinstance(form.engine, QueryResultsFormat)
    found = parse_query_results(content, format=form.engine)
    assert isinstance(found, QuerySolutions)
    return len(list(found))


def ask(limits: Limits, query: str, accept: str) -> Any:
    return client(limits, data=DATA).get("/sparql", params={"query": query}, headers={"Accept": accept})


@pytest.mark.parametrize("form", RESULTS, ids=lambda form: form.media_type)
@pytest.mark.parametrize("query", [SELECT, f"{SELECT} LIMIT 1", f"{SELECT} LIMIT 0", "SELECT * {}", "SELECT ?x { ?s ?p ?o }"])
def test_rows_are_counted_as_readers_count_them(form: Format, query: str) -> None:
    content = ask(Limits(), query, form.media_type).content
    if form.media_type != "text/csv" or query != "SELECT ?x { ?s ?p ?o }":  # a reader of CSV skips lines without a value
        assert count_rows(content, form) == rows_of(content, form)
    assert count_rows(content, form) == {
        SELECT: len(NASTY),
        f"{SELECT} LIMIT 1": 1,
        f"{SELECT} LIMIT 0": 0,
        "SELECT * {}": 1,
    }.get(query, len(NASTY))


@pytest.mark.parametrize("form", RESULTS, ids=lambda form: form.media_type)
def test_all_rows_or_an_error(form: Format) -> None:
    assert ask(Limits(rows=len(NASTY)), SELECT, form.media_type).status_code == 200
    answer = ask(Limits(rows=len(NASTY) - 1), SELECT, form.media_type)
    assert (answer.status_code, answer.text) == (
        500,
        "the result has more than 12 rows; ask for less, for example with LIMIT or a narrower pattern\n",
    )


@pytest.mark.parametrize("form", GRAPHS, ids=lambda form: form.media_type)
def test_all_triples_or_an_error(form: Format) -> None:
    whole = ask(Limits(rows=len(NASTY)), GRAPH, form.media_type)
    assert isinstance(form.engine, RdfFormat)
    assert {quad.object.value for quad in parse(whole.content, format=form.engine)} == set(NASTY)
    assert ask(Limits(rows=len(NASTY) - 1), GRAPH, form.media_type).status_code == 500


@pytest.mark.parametrize(("query", "accept"), [(SELECT, "*/*"), (SELECT, "text/csv"), (GRAPH, "*/*")])
def test_all_bytes_or_an_error(query: str, accept: str) -> None:
    size = len(ask(Limits(), query, accept).content)
    assert ask(Limits(bytes=size), query, accept).status_code == 200
    answer = ask(Limits(bytes=size - 1), query, accept)
    assert (answer.status_code, f"more than {size - 1} bytes" in answer.text) == (500, True)


# an Accept header, and what it gets: of SELECT, of CONSTRUCT
WISHES = [
    ("*/*", "application/sparql-results+json", "text/turtle"),
    ("", "application/sparql-results+json", "text/turtle"),
    ("application/json", "application/json", "application/json"),
    ("text/*", "text/csv", "text/turtle"),
    ("text/csv;q=0.5, text/tab-separated-values;q=0.9", "text/tab-separated-values", None),
    ("text/csv;q=0.5, */*;q=0.1", "text/csv", "text/turtle"),
    ("text/csv;q=0, */*", "application/sparql-results+json", "text/turtle"),
    ("application/*;q=0.2, application/sparql-results+xml", "application/sparql-results+xml", "application/n-triples"),
    ("TEXT/CSV", "text/csv", None),
    ("text/csv; charset=utf-8", "text/csv", None),
    ("application/n-quads, application/trig;q=0.9", None, "application/n-quads"),
    ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml", "application/xml"),  # a browser
    ("text/csv;q=0", None, None),
    ("image/png", None, None),
    ("nonsense", "application/sparql-results+json", "text/turtle"),  # says nothing that could be followed
    ("text/csv;q=2, application/json;q=0.1", "application/json", "application/json"),
]


@pytest.mark.parametrize(("accept", "select", "construct"), WISHES)
def test_the_best_format_for_the_client(accept: str, select: str | None, construct: str | None) -> None:
    for formats, wanted in ((RESULTS, select), (GRAPHS, construct)):
        chosen = choose(formats, read_accept(accept))
        assert (chosen and chosen[1]) == wanted


def test_text_says_its_encoding() -> None:
    assert ask(Limits(), SELECT, "text/csv").headers["content-type"] == "text/csv; charset=utf-8"
    assert ask(Limits(), SELECT, "*/*").headers["content-type"] == "application/sparql-results+json"
