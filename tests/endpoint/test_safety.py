"""Who may ask, and what a browser may do with the answer; SERVICE only where it is allowed."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.ask.guard import refuse_unsafe
from kg.endpoint import Limits, Settings
from kg.errors import ForbiddenQueryError
from tests.endpoint.inline import client

ASK = {"query": "ASK {}"}
TOKEN = "0123456789abcdef"


# names and origins


@pytest.mark.parametrize("host", ["localhost", "localhost:80", "127.0.0.1:7878", "127.9.9.9", "[::1]:7878", "LOCALHOST"])
def test_this_computer_has_these_names(host: str) -> None:
    assert client().get("/sparql", params=ASK, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:7878",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "",
        "a b",
        "localhost@evil.example",
    ],
)
def test_another_name_may_lead_here_but_is_not_served(host: str) -> None:
    """DNS rebinding: a page of evil.example whose name now leads to 127.0.0.1."""
    assert client().get("/sparql", params=ASK, headers={"Host": host}).status_code == 421


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://127.0.0.1:7878"}, 200),  # the endpoint's own page
        ({"Origin": "http://localhost:9999"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Origin": "http://127.0.0.1:7878@evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403),  # <img src="http://127.0.0.1:7878/sparql?query=…">
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 200),  # a link that a person follows
    ],
)
def test_pages_from_elsewhere_do_not_ask(headers: dict[str, str], status: int) -> None:
    answer = client().get("/sparql", params=ASK, headers=headers)
    assert answer.status_code == status
    assert "access-control-allow-origin" not in answer.headers


def test_an_allowed_origin_may_ask() -> None:
    endpoint = client(cors=("https://analyst.example",))
    answer = endpoint.get("/sparql", params=ASK, headers={"Origin": "https://analyst.example"})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, "https://analyst.example")
    asked = {"Origin": "https://analyst.example", "Access-Control-Request-Method": "POST"}
    assert (
        endpoint.request("OPTIONS", "/sparql", headers=asked).headers["access-control-allow-origin"] == "https://analyst.example"
    )
    assert endpoint.get("/sparql", params=ASK, headers={"Origin": "https://evil.example"}).status_code == 403


def test_without_cors_a_preflight_allows_nothing() -> None:
    asked = {"Origin": "https://analyst.example", "Access-Control-Request-Method": "POST"}
    answer = client().request("OPTIONS", "/sparql", headers=asked)
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize("path", ["/sparql", "/sparql?query=ASK%7B%7D", "/sparql?query=x", "/nothing"])
def test_each_answer_is_labelled(path: str) -> None:
    headers = client().get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'self'")
    assert headers["referrer-policy"] == "no-referrer"


# the token


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (None, 401),
        ("", 401),
        (TOKEN, 401),
        (f"Basic {TOKEN}", 401),
        (f"Bearer {TOKEN}x", 401),
        (f"Bearer {TOKEN[:-1]}", 401),
        (f"Bearer {TOKEN}", 200),
    ],
)
@pytest.mark.parametrize("path", ["/sparql", "/nothing"])
def test_token(given: str | None, status: int, path: str) -> None:
    endpoint = client(host="0.0.0.0", token=TOKEN, url="http://graph.example")
    answer = endpoint.get(path, params=ASK, headers={} if given is None else {"Authorization": given})
    assert answer.status_code == (404 if status == 200 and path == "/nothing" else status)
    if status == 401:
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert TOKEN not in answer.text


@pytest.mark.parametrize(
    ("host", "local"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("localhost", True), ("::1", True)]
    + [(host, False) for host in ("0.0.0.0", "::", "127.0.0.1.evil.example", "127.example", "10.0.0.1", "")],
)
def test_only_addresses_of_this_computer_need_no_token(host: str, local: bool) -> None:
    assert Settings(Path("out"), host=host).is_local == local


# SERVICE


FRIEND = "http://127.0.0.1:1/sparql"
CALLS = [
    (f"SELECT * {{ SERVICE <{FRIEND}> {{ ?s ?p ?o }} }}", True),
    (f"SELECT * {{ SERVICE SILENT <{FRIEND}> {{ ?s ?p ?o }} }}", True),
    (f"SELECT * {{ service # remark\n <{FRIEND}> {{ ?s ?p ?o }} }}", True),
    (f"SELECT * {{ SERVICE <{FRIEND}> {{ ?s ?p ?o }} SERVICE <http://127.0.0.1:2/> {{ ?s ?p ?o }} }}", False),
    (f"SELECT * {{ SERVICE <{FRIEND}/> {{ ?s ?p ?o }} }}", False),  # another address
    (f"SELECT * {{ SERVICE <{FRIEND}?x> {{ ?s ?p ?o }} }}", False),
    ("SELECT * { SERVICE <http://127.0.0.1:1/x/../sparql> { ?s ?p ?o } }", False),
    ("SELECT * { SERVICE <HTTP://127.0.0.1:1/sparql> { ?s ?p ?o } }", False),
    ("BASE <http://127.0.0.1:1/> SELECT * { SERVICE <sparql> { ?s ?p ?o } }", False),
    ("PREFIX f: <http://127.0.0.1:1/> SELECT * { SERVICE f:sparql { ?s ?p ?o } }", False),
    ("PREFIX SERVICE: <http://127.0.0.1:1/> SELECT * { SERVICE:sparql { ?s ?p ?o } }", False),
    (f"SELECT * {{ BIND(<{FRIEND}> AS ?f) SERVICE ?f {{ ?s ?p ?o }} }}", False),
    (f"SELECT * {{ VALUES ?f {{ <{FRIEND}> }} SERVICE SILENT ?f {{ ?s ?p ?o }} }}", False),
    (r"SELECT * { SERVICE <http://127.0.0.1:1/sp\u0061rql> { ?s ?p ?o } }", False),
    (r"SELECT * { S\u0045RVICE <http://127.0.0.1:2/> { ?s ?p ?o } }", False),
    (f"SELECT * {{ OPTIONAL {{ {{ SELECT * {{ SERVICE <{FRIEND}x> {{ ?s ?p ?o }} }} }} }} }}", False),
    (f"ASK {{ FILTER EXISTS {{ SERVICE <{FRIEND}x> {{ ?s ?p ?o }} }} }}", False),
]


@pytest.mark.parametrize(("query", "allowed"), CALLS)
def test_only_an_allowed_service_is_called_and_only_by_its_whole_name(query: str, allowed: bool) -> None:
    with pytest.raises(ForbiddenQueryError, match="SERVICE is refused"):
        refuse_unsafe(query)
    if allowed:
        refuse_unsafe(query, services=(FRIEND,))
    else:
        with pytest.raises(ForbiddenQueryError, match=f"except <{FRIEND}>"):
            refuse_unsafe(query, services=(FRIEND,))


@contextmanager
def listener(reply: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """A server that gives each request the same reply, and remembers what was asked."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def listen() -> None:
            while True:
                try:
                    line, _ = listening.accept()
                except OSError:
                    return
                with line:
                    heard.append(line.recv(65_536))
                    line.sendall(reply)

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/sparql", heard
        listening.shutdown(socket.SHUT_RDWR)
    thread.join()


ROWS = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"literal","value":"from afar"}}]}}'


def reply(status: str, *headers: str, body: bytes = b"") -> bytes:
    return "\r\n".join((f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "", "")).encode() + body


def test_nothing_reaches_a_server_that_is_not_allowed() -> None:
    with listener(reply("200 OK", "Content-Type: application/sparql-results+json", body=ROWS)) as (url, heard):
        for silent in ("", "SILENT "):
            answer = client().get("/sparql", params={"query": f"SELECT * {{ SERVICE {silent}<{url}> {{ ?s ?p ?o }} }}"})
            assert (answer.status_code, heard) == (403, [])


def test_an_allowed_server_is_asked() -> None:
    with listener(reply("200 OK", "Content-Type: application/sparql-results+json", body=ROWS)) as (url, heard):
        endpoint = client(Limits(services=(url,)))
        answer = endpoint.get("/sparql", params={"query": f"SELECT ?s {{ SERVICE <{url}> {{ ?s ?p ?o }} }}"})
    assert answer.json()["results"]["bindings"][0]["s"]["value"] == "from afar"
    assert len(heard) == 1


def test_an_allowed_server_cannot_send_us_on_to_another() -> None:
    with listener(reply("200 OK", "Content-Type: application/sparql-results+json", body=ROWS)) as (inner, heard):  # noqa: SIM117
        with listener(reply("307 Temporary Redirect", f"Location: {inner}")) as (url, asked):
            endpoint = client(Limits(services=(url,)))
            answer = endpoint.get("/sparql", params={"query": f"SELECT ?s {{ SERVICE <{url}> {{ ?s ?p ?o }} }}"})
            assert (answer.status_code, len(asked), heard) == (500, 1, [])
