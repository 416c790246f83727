"""The graph to a server and back: only what changed, whatever breaks in between, and nothing of anybody else's."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from benchmarks.servers import free_port
from kg import vocab
from kg.ask import ask
from kg.cli import main
from kg.cli.graphs import load_file
from kg.errors import OutputError, RemoteError
from kg.remote import Addresses, Credentials, Place, RemoteStore, pull, push
from kg.remote.connection import Clock
from kg.remote.graphs import list_graphs, read_graph
from kg.remote.writing import Writer
from kg.store import open_current
from tests.remote.faulty import answer, faulty
from tests.remote.servers import Server, oxigraph, oxigraph_command, put
from tests.toy_graph import toy_store

RECORD = vocab.pushed_graph()
REGISTRY = vocab.registry_graph().value
PLAN, POINTS, TANGSHAN = (vocab.document_graph(key).value for key in ("sjz-plan", "sjz-2023", "ts-2022"))
OTHERS = "https://example.org/graph/of-somebody-else"
EMPTY = b'{"head":{"vars":["graph","digest"]},"results":{"bindings":[]}}'


def place(server: Server, way: str = "known") -> Place:
    store, update = {"known": (None, None), "store": (server.graph_store, None), "update": (None, server.update)}[way]
    return Place(Addresses(server.query, store, update), timeout=60)


def content(server: Server, graph: str) -> list[bytes]:
    """Return what a server's graph says, asked without the code that is tested here."""
    rows = RemoteStore(server.query).query(f"SELECT ?s ?p ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    assert isinstance(rows, QuerySolutions)
    return sorted(f"{row['s']} {row['p']} {row['o']} .".encode() for row in rows)


def without(*graphs: str) -> Store:
    store = toy_store()
    for graph in graphs:
        store.remove_graph(NamedNode(graph))
    return store


def changed(graph: str) -> Store:
    store = toy_store()
    store.add(Quad(NamedNode("urn:x"), vocab.RDFS.label, Literal("新的", language="zh"), NamedNode(graph)))
    return store


class Breaking:
    """A way to a server that breaks before the n-th graph is written."""

    def __init__(self, writer: Writer, after: int, then: Callable[[], None]) -> None:
        self._writer, self._left, self._then = writer, after, then

    def replace(self, graph: str, lines: Sequence[bytes]) -> None:
        if self._left == 0:
            self._writer.replace(graph, lines[: len(lines) // 2])  # half of it is there
            self._then()
        self._left -= 1
        self._writer.replace(graph, lines)

    def add(self, graph: str, lines: Sequence[bytes]) -> None:
        self._writer.add(graph, lines)

    def drop(self, graph: str) -> None:
        self._writer.drop(graph)


def breaking(found: Place, after: int, then: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> Place:
    writer = found.writer
    monkeypatch.setattr(found, "writer", lambda: Breaking(writer(), after, then))
    return found


def fail() -> None:
    raise RemoteError("the line is dead")


@pytest.mark.parametrize("way", ["known", "store", "update"])
def test_the_server_has_the_graphs_and_gets_only_what_changes(server: Server, way: str) -> None:
    graphs = list_graphs(toy_store())
    assert push(toy_store(), place(server, way)).sent == tuple(graphs)
    for graph in graphs:
        assert content(server, graph) == list(read_graph(toy_store(), graph).lines)
    again = push(toy_store(), place(server, way))
    assert (again.sent, again.removed, again.unchanged) == ((), (), tuple(graphs))
    assert push(changed(PLAN), place(server, way)).sent == (PLAN,)
    assert content(server, PLAN) == list(read_graph(changed(PLAN), PLAN).lines)
    assert push(toy_store(), place(server, way), everything=True).sent == tuple(graphs)


def test_what_is_gone_goes_and_what_is_not_ours_stays(server: Server) -> None:
    put(server, OTHERS, b"<urn:a> <urn:b> <urn:c> .\n")
    put(server, TANGSHAN, b"<urn:a> <urn:b> <urn:c> .\n")  # a name like ours, but put there by somebody else
    push(without(TANGSHAN), place(server))
    assert push(without(TANGSHAN, PLAN), place(server), keep=True).removed == ()
    assert content(server, PLAN)
    done = push(without(TANGSHAN, PLAN), place(server))
    assert (done.sent, done.removed) == ((), (PLAN,))
    assert content(server, PLAN) == []
    assert content(server, OTHERS) == content(server, TANGSHAN) == [b"<urn:a> <urn:b> <urn:c> ."]
    assert PLAN not in place(server).record(RECORD)


def test_a_forged_record_removes_nothing_of_others(oxigraph_server: Server) -> None:
    oxigraph_server.clear()
    put(oxigraph_server, OTHERS, b"<urn:a> <urn:b> <urn:c> .\n")
    put(oxigraph_server, RECORD.value, f"<{OTHERS}> {vocab.RDF.type} {vocab.ZR.PushedGraph} .\n".encode())
    assert push(toy_store(), place(oxigraph_server)).removed == ()
    assert content(oxigraph_server, OTHERS)


def test_two_pushes_at_once_leave_no_wrong_digest(oxigraph_server: Server) -> None:
    """Both write a graph, then both say what is in it: the later push finds out by sending it again."""
    oxigraph_server.clear()
    push(toy_store(), place(oxigraph_server))
    digest = read_graph(changed(PLAN), PLAN).digest
    place(oxigraph_server, "store").writer().add(RECORD.value, [f'<{PLAN}> {vocab.ZR.contentDigest} "{digest}" .'.encode()])
    assert place(oxigraph_server).record(RECORD)[PLAN] is None
    assert push(changed(PLAN), place(oxigraph_server)).sent == (PLAN,)
    assert content(oxigraph_server, PLAN) == list(read_graph(changed(PLAN), PLAN).lines)
    assert push(changed(PLAN), place(oxigraph_server)).sent == ()


def test_what_is_gone_goes_also_after_a_push_that_broke_off_in_the_record(
    oxigraph_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    oxigraph_server.clear()
    push(toy_store(), place(oxigraph_server))
    with contextlib.suppress(RemoteError):  # half of the record is there
        push(without(REGISTRY), breaking(place(oxigraph_server), 0, fail, monkeypatch))
    push(without(REGISTRY), place(oxigraph_server))
    assert content(oxigraph_server, REGISTRY) == []


@pytest.mark.parametrize("way", ["known", "update"])
@pytest.mark.parametrize("after", [0, 3])
def test_pushing_again_completes(server: Server, way: str, after: int, monkeypatch: pytest.MonkeyPatch) -> None:
    push(without(TANGSHAN), place(server, way))
    target = changed(POINTS)
    target.add(Quad(NamedNode("urn:x"), vocab.RDFS.label, Literal("新的"), NamedNode(REGISTRY)))
    with contextlib.suppress(RemoteError):
        push(target, breaking(place(server, way), after, fail, monkeypatch))
    push(target, place(server, way))
    for graph in list_graphs(target):
        assert content(server, graph) == list(read_graph(target, graph).lines)
    assert push(target, place(server, way)).sent == ()


def test_a_server_that_dies_leaves_a_clear_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if oxigraph_command() is None:
        pytest.skip("Oxigraph's server is not here: pip install oxigraph")
    port, graphs = free_port(), list_graphs(toy_store())
    with contextlib.ExitStack() as running:
        server = running.enter_context(oxigraph(tmp_path / "db", port=port))
        dying = breaking(place(server), 3, running.close, monkeypatch)
        with pytest.raises(
            RemoteError, match=rf"no server listens there.*; 2 of {len(graphs)} graphs are done: push again to go on from there"
        ):
            push(toy_store(), dying)
    with oxigraph(tmp_path / "db", port=port) as server:
        record = place(server).record(RECORD)
        assert {graph: digest is not None for graph, digest in record.items()} == {graph: graph in graphs[:2] for graph in graphs}
        with pytest.raises(RemoteError, match="no graph was pushed there"):
            pull(place(server), tmp_path / "x.nq", base="https://example.org/")
        assert pull(place(server), tmp_path / "half.nq").partial == tuple(graphs[2:])
        assert push(toy_store(), place(server)).sent == tuple(graphs[2:])
        for graph in graphs:
            assert content(server, graph) == list(read_graph(toy_store(), graph).lines)


def test_a_busy_server_is_waited_for() -> None:
    plays = [answer(EMPTY, Server="Oxigraph/1"), answer(status=503), answer(status=503), answer(status=204)]
    with faulty(*plays) as server:
        url = server.url.replace("/sparql", "/query")
        found = Place(Addresses(url), clock=Clock(wait=lambda _: None))
        sent = push(toy_store(), found).sent
    assert list(sent) == list_graphs(toy_store())
    assert [said.method for said in server.requests] == ["POST", "PUT", "PUT", "PUT", *["PUT", "POST"] * len(sent)]
    assert {said.path.partition("?")[0] for said in server.requests[1:]} == {"/store"}


def test_an_unknown_server_is_told_apart() -> None:
    with (
        faulty(answer(EMPTY, Server="Frobnicator/2")) as server,
        pytest.raises(RemoteError, match="say it with --graph-store URL"),
    ):
        push(toy_store(), Place(Addresses(server.url)))


# who may write: Virtuoso asks by digest


def test_digest_against_a_real_server(virtuoso_server: Server) -> None:
    virtuoso_server.clear()
    found = Place(Addresses(virtuoso_server.auth), Credentials("clerk", "s3cret-Wort"))
    assert push(toy_store(), found).sent == tuple(list_graphs(toy_store()))
    assert push(toy_store(), found).sent == ()
    rows = ask(RemoteStore(virtuoso_server.auth, Credentials("clerk", "s3cret-Wort")), "documents").rows
    assert len(rows) == len(ask(toy_store(), "documents").rows)


def test_a_wrong_password_against_a_real_server(virtuoso_server: Server) -> None:
    with pytest.raises(RemoteError, match=r"401.*if they are set, check them") as said:
        RemoteStore(virtuoso_server.auth, Credentials("clerk", "wr0ng-Wort")).query("ASK {}")
    assert "wr0ng" not in str(said.value)


# and back


def test_what_comes_back_is_what_was_pushed(server: Server, built: Path, tmp_path: Path) -> None:
    store = open_current(built)
    push(store, place(server))
    done = pull(place(server), tmp_path / "图谱.nq")
    assert (done.graphs, done.quads, done.differing, done.partial) == (tuple(list_graphs(store)), len(store), (), ())
    back = load_file(tmp_path / "图谱.nq")
    assert all(read_graph(back, graph) == read_graph(store, graph) for graph in done.graphs)
    assert len(back) == len(store)


def test_without_a_graph_store_it_comes_by_queries(oxigraph_server: Server, tmp_path: Path) -> None:
    oxigraph_server.clear()
    push(toy_store(), place(oxigraph_server))
    pull(place(oxigraph_server), tmp_path / "a.nq")
    asked = place(oxigraph_server)
    asked.known_graph_store = lambda: None  # type: ignore[method-assign]
    pull(asked, tmp_path / "b.nq")
    assert (tmp_path / "a.nq").read_bytes() == (tmp_path / "b.nq").read_bytes()


def test_pull_says_what_changed_there_meanwhile(oxigraph_server: Server, tmp_path: Path) -> None:
    oxigraph_server.clear()
    push(toy_store(), place(oxigraph_server))
    put(oxigraph_server, PLAN, b"<urn:a> <urn:b> <urn:c> .\n")
    assert pull(place(oxigraph_server), tmp_path / "a.nq").differing == (PLAN,)
    with pytest.raises(OutputError, match="cannot be written"):
        pull(place(oxigraph_server), tmp_path / "none" / "a.nq")


def test_the_verbs(oxigraph_server: Server, built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    oxigraph_server.clear()
    file = tmp_path / "图谱.nq"
    assert main(["push", oxigraph_server.query, "--out", str(built)]) == 0
    assert main(["push", oxigraph_server.query, "--out", str(built)]) == 0
    count = len(list_graphs(open_current(built)))
    said = f"推送 {count} 个图，移除 0 个，0 个没有变化\n推送 0 个图，移除 0 个，{count} 个没有变化\n"
    assert capsys.readouterr().out == said
    assert main(["pull", oxigraph_server.query, "--to", str(file)]) == 0
    assert f"zeren query NAME --file {file}" in capsys.readouterr().out
    assert main(["query", "documents", "--format", "csv", "--file", str(file)]) == 0
    here = capsys.readouterr().out
    assert main(["query", "documents", "--format", "csv", "--out", str(built)]) == 0
    assert capsys.readouterr().out == here


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [("a.nq", b"<urn:a> <urn:b> ", "is no whole N-Quads"), ("a.doc", b"", "no RDF format"), ("none/a.nq", None, "cannot be read")],
)  # fmt: skip
def test_a_file_that_cannot_be_asked(
    name: str, content: bytes | None, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert main(["query", "documents", "--file", str(tmp_path / name)]) == 2
    assert message in capsys.readouterr().err
