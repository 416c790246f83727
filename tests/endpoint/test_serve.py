"""`zeren serve` as a process: standard clients, clients that misbehave, and what is left when it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import rdflib
from rdflib.plugins.stores.sparqlconnector import SPARQLConnector
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, JSONLD, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, URLENCODED, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from kg.endpoint import Settings, running
from tests.endpoint.graphs import ALL, ENDLESS, is_running, make_graph, wait_until

ROOT = Path(__file__).parent.parent.parent
P = "http://example.org/p"
CONSTRUCT = f"CONSTRUCT {{ ?s <{P}> ?v }} WHERE {{ ?s <{P}> ?v }}"
posix = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")


def command(out: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "kg.cli", "serve", "--out", str(out), "--port", "0", *more]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **more}


@contextmanager
def serving(out: Path, *more: str, **variables: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run the command; gives the address of /sparql that it prints, and the process."""
    with subprocess.Popen(
        command(out, *more), stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", env=environment(**variables)
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            found = re.search(r"http://\S+/", line)
            assert found, line or (process.stderr and process.stderr.read())
            yield f"{found[0]}sparql", process
        finally:
            process.terminate()
            process.communicate(timeout=20)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_graph(tmp_path_factory.mktemp("graph"), "1", "2", "市水利局")


@pytest.fixture(scope="module")
def url(graph: Path) -> Iterator[str]:
    with serving(graph, "--timeout", "60") as (url, _):
        yield url


def descendants(pid: int) -> set[int]:
    parents: dict[int, set[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents.setdefault(int(path.read_text().rpartition(")")[2].split()[1]), set()).add(int(path.parent.name))
        except OSError:  # it has just ended
            continue
    found, fresh = set[int](), {pid}
    while fresh := {child for parent in fresh for child in parents.get(parent, ())}:
        found |= fresh
    return found


def raw(url: str, request: bytes) -> socket.socket:
    host, _, port = url.removeprefix("http://").partition("/")[0].partition(":")
    line = socket.create_connection((host, int(port)), timeout=20)
    line.sendall(request)
    return line


def reply_to(url: str, request: bytes) -> bytes:
    with raw(url, request) as line:
        parts = []
        while part := line.recv(65_536):
            parts.append(part)
    return b"".join(parts)


def start_endless(
    url: str, process: subprocess.Popen[str], target: str = "/sparql?query={}", accept: str = "*/*"
) -> tuple[socket.socket, int]:
    """Ask what has no end; return the connection, and the worker as soon as it is seen to work on it."""

    usual = os.getpriority(os.PRIO_PROCESS, 0)

    def slow() -> set[int]:
        return {pid for pid in descendants(process.pid) if is_running(pid) and os.getpriority(os.PRIO_PROCESS, pid) > usual}

    head = f"GET {target.format(quote(ENDLESS))} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\n\r\n"
    line = raw(url, head.encode())
    wait_until(lambda: bool(slow()), "the query runs")
    return line, slow().pop()


# standard clients


@pytest.mark.parametrize(("method", "way"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
def test_sparqlwrapper_asks_in_each_way(url: str, method: str, way: str) -> None:
    client = SPARQLWrapper(url)
    client.setMethod(method)
    client.setRequestMethod(way)
    client.setQuery(ALL)
    client.setReturnFormat(JSON)
    found: Any = client.queryAndConvert()
    assert [row["v"]["value"] for row in found["results"]["bindings"]] == ["1", "2", "市水利局"]


@pytest.mark.parametrize(("form", "media"), [(JSON, "json"), (XML, "xml"), (CSV, "csv"), (TSV, "tab-separated")])
def test_sparqlwrapper_gets_each_format(url: str, form: str, media: str) -> None:
    client = SPARQLWrapper(url)
    client.setQuery(ALL)
    client.setReturnFormat(form)
    answer = client.query()
    assert media in answer.info()["content-type"]
    assert "市水利局" in answer.response.read().decode()


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # SPARQLWrapper makes one
@pytest.mark.parametrize("form", [TURTLE, N3, RDFXML, JSONLD, XML])
def test_sparqlwrapper_gets_a_graph(url: str, form: str) -> None:
    client = SPARQLWrapper(url)
    client.setQuery(CONSTRUCT)
    client.setReturnFormat(form)
    found: Any = client.queryAndConvert()
    graph = found if isinstance(found, rdflib.Graph) else rdflib.Graph().parse(data=found, format="turtle")
    assert {str(value) for value in graph.objects()} == {"1", "2", "市水利局"}


def test_sparqlwrapper_raises_what_the_endpoint_says(url: str) -> None:
    client = SPARQLWrapper(url)
    client.setQuery("SELECT ?x {")
    with pytest.raises(QueryBadFormed, match="line 1, column 12"):
        client.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_rdflib_asks_in_each_way(url: str, method: Any, form: str) -> None:
    connector = SPARQLConnector(query_endpoint=url, method=method, returnFormat=form)
    rows: Any = connector.query(ALL)
    assert [str(row[0]) for row in rows] == ["1", "2", "市水利局"]


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_takes_the_endpoint_for_a_graph(url: str, method: str) -> None:
    graph = rdflib.Graph(SPARQLStore(url, method=method), identifier="http://example.org/g")
    assert len(list(graph.triples((None, rdflib.URIRef(P), None)))) == 3
    assert (rdflib.URIRef("http://example.org/2"), rdflib.URIRef(P), rdflib.Literal("2")) in graph
    rows: Any = graph.query(ALL)
    assert [str(row[0]) for row in rows] == ["1", "2", "市水利局"]
    assert len(graph.query(CONSTRUCT).graph or ()) == 3
    assert graph.query(f"ASK {{ ?s <{P}> '2' }}").askAnswer is True


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize(
    "options",
    [
        ["--get", "--data-urlencode", f"query={ALL}"],
        ["--data-urlencode", f"query={ALL}"],
        ["--header", "Content-Type: application/sparql-query", "--data-binary", ALL],
    ],
    ids=["get", "form", "direct"],
)
def test_curl(url: str, options: list[str]) -> None:
    asked = ["curl", "--silent", "--show-error", "--noproxy", "*", "--header", "Accept: text/csv", *options, url]
    done = subprocess.run(asked, capture_output=True, encoding="utf-8", check=True)
    assert [row[0] for row in csv.reader(io.StringIO(done.stdout))] == ["v", "1", "2", "市水利局"]


# large answers, long requests


def test_a_large_answer_is_whole(url: str) -> None:
    query = "SELECT ?a ?b ?c ?d { ?a ?b ?c . ?d ?e ?f } LIMIT 20000"
    answer = httpx.post(url, data={"query": query}, timeout=30, trust_env=False)
    assert int(answer.headers["content-length"]) == len(answer.content) > 1_000_000
    assert len(answer.json()["results"]["bindings"]) == 20_000


def test_a_head_that_is_too_long(url: str) -> None:
    start = b"GET /sparql?query="
    assert reply_to(url, start + b"x" * 70_000).startswith(b"HTTP/1.1 414 ")
    assert reply_to(url, start + b"x HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 70_000).startswith(b"HTTP/1.1 431 ")
    assert reply_to(url, b"this is no HTTP\r\n\r\n").startswith(b"HTTP/1.1 400 ")


@posix
@pytest.mark.parametrize(
    ("target", "accept"),
    [("/sparql?query={}", "*/*"), ("/sparql?q={}&run=1", "text/html"), ("/sparql/csv?q={}", "text/html")],
)
def test_a_client_that_goes_away_ends_its_query(graph: Path, target: str, accept: str) -> None:
    with serving(graph, "--timeout", "3000") as (url, process):
        line, pid = start_endless(url, process, target, accept)
        line.close()
        wait_until(lambda: not is_running(pid), "the query has ended")


def test_slow_clients_are_told_and_left(graph: Path) -> None:
    with running(Settings(graph, port=0, patience=0.3)) as address:
        url = f"{address}/sparql"
        direct = (
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: 50\r\n\r\nASK"
        )
        lines = [raw(url, start) for start in (b"GET /spar", b"", direct)]
        assert httpx.get(url, params={"query": "ASK {}"}, trust_env=False).status_code == 200
        for line in lines:
            with line:
                assert line.recv(65_536).startswith(b"HTTP/1.1 408 ")
                while line.recv(65_536):
                    pass


# the end


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_with_all_that_it_started(graph: Path, number: signal.Signals) -> None:
    with serving(graph) as (url, process):
        assert httpx.get(url, params={"query": "ASK {}"}, trust_env=False).status_code == 200
        line, _ = start_endless(url, process)
        started = descendants(process.pid)
        assert len(started) > 2
        process.send_signal(number)
        assert line.recv(65_536).startswith(b"HTTP/1.1 503 ")
        line.close()
        _, said = process.communicate(timeout=20)
        assert (process.returncode, said) == (0, "")
        wait_until(lambda: not any(map(is_running, started)), "all processes have ended")


@posix
def test_nothing_is_left_when_it_is_killed(graph: Path) -> None:
    with serving(graph) as (url, process):
        line, _ = start_endless(url, process)
        started = descendants(process.pid)
        process.kill()
        process.wait()
        wait_until(lambda: not any(map(is_running, started)), "all processes have ended")
        line.close()


# the command line


def refusal(*arguments: str, **variables: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "kg.cli", "serve", *arguments],
        capture_output=True,
        encoding="utf-8",
        env=environment(**variables),
        timeout=60,
        check=False,
    )
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    return done.returncode, done.stderr


def test_a_port_that_is_taken(graph: Path, url: str) -> None:
    port = url.removesuffix("/sparql").rpartition(":")[2]
    code, said = refusal("--out", str(graph), "--port", port)
    assert code == 2
    assert f"127.0.0.1:{port}" in said
    assert "--port 0" in said


def test_a_wished_port_gives_way_to_a_free_one(graph: Path, url: str) -> None:
    """Without ``--port`` a second server finds a place of its own beside the first."""
    port = int(url.removesuffix("/sparql").rpartition(":")[2])
    with running(Settings(graph, port=port, any_port=True, workers=1)) as other:
        assert not other.endswith(f":{port}")


def test_others_need_a_token(graph: Path, tmp_path: Path) -> None:
    code, said = refusal("--out", str(graph), "--host", "0.0.0.0", "--port", "0")
    assert (code, "--token-file" in said) == (2, True)
    (tmp_path / "short").write_text("secret\n", "utf-8")
    code, said = refusal("--out", str(graph), "--token-file", str(tmp_path / "short"))
    assert (code, "at least 16" in said, "secret" in said) == (2, True, False)


def test_nothing_to_serve(tmp_path: Path) -> None:
    code, said = refusal("--out", str(tmp_path / "nothing"), "--port", "0")
    assert (code, "zeren build" in said) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--port", "70000"], "'70000' is not a number from 0 to 65535"),
        (["--timeout", "0"], "'0' is not a number of seconds"),
        (["--timeout", "nan"], "'nan' is not a number of seconds"),
        (["--host", "no.such.host.invalid"], "--host no.such.host.invalid"),
    ],
)
def test_wrong_use(graph: Path, arguments: list[str], said: str) -> None:
    more = {"ZEREN_TOKEN": "0123456789abcdef"} if "--host" in arguments else {}
    code, message = refusal("--out", str(graph), *arguments, **more)
    assert (code, said in message) == (2, True), message


def test_a_token_is_asked_for_and_is_in_no_message(graph: Path, tmp_path: Path) -> None:
    token = "a-token-that-nobody-knows"
    (tmp_path / "token").write_text(f"{token}\n", "utf-8")
    with serving(graph, "--token-file", str(tmp_path / "token")) as (url, process):
        arguments = Path(f"/proc/{process.pid}/cmdline")
        assert not arguments.exists() or token not in arguments.read_text()
        assert httpx.get(url, params={"query": "ASK {}"}, trust_env=False).status_code == 401
        client = SPARQLWrapper(url)
        client.addCustomHttpHeader("Authorization", f"Bearer {token}")
        client.setQuery("ASK {}")
        client.setReturnFormat(JSON)
        found: Any = client.queryAndConvert()
        assert found["boolean"] is True
        assert json.dumps(found)
        process.terminate()
        printed = process.communicate(timeout=20)
        assert token not in "".join(printed)
