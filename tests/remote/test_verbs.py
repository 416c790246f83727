"""The verbs that ask, on a server: the same words on the screen as for the graph here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, serialize

from kg.cli import main
from kg.store import open_current
from tests.remote.faulty import answer, faulty
from tests.remote.servers import Server, put

VERBS = [
    ("query", "documents", "--format", "csv"),
    ("query", "department-tasks", "--param", "unit=宿州市林业局", "--format", "json"),
    ("query", "deadlines", "--limit", "3"),
    ("trace", "宿州市林业局"),
    ("analyze",),
    ("analyze", "--format", "json"),
    ("analyze", "--region", "石家庄市", "--period", "2023", "--measure", "pairs", "--format", "csv"),
    ("analyze", "--without", "石家庄市生态环境局"),
    ("compare", "石家庄市"),
    ("compare", "石家庄市", "唐山市", "邢台市", "宿州市", "--format", "json"),
]


@pytest.fixture(scope="module")
def url(oxigraph_server: Server, built: Path) -> str:
    oxigraph_server.clear()
    graph = open_current(built)
    for name in graph.named_graphs():
        triples = (quad.triple for quad in graph.quads_for_pattern(None, None, None, name))
        put(oxigraph_server, name.value, serialize(triples, format=RdfFormat.N_TRIPLES) or b"")
    return oxigraph_server.query


def zeren(*words: str | Path, code: int = 0) -> None:
    assert main([str(word) for word in words]) == code


@pytest.mark.parametrize("words", VERBS, ids=" ".join)
def test_says_the_same(words: Sequence[str], url: str, built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    zeren(*words, "--out", built)
    expected = capsys.readouterr()
    zeren(*words, "--endpoint", url)
    assert capsys.readouterr() == expected


def test_check_says_what_it_leaves_out(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    zeren("check", "--endpoint", url)
    said = capsys.readouterr().out
    assert "没有责任单位 " in said  # a gap
    assert "未知发文机关的文件" in said  # an integrity query
    assert "略过：引文未检查，要本地文件" in said


def test_a_question_to_no_server_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    zeren("query", "documents", "--endpoint", "out", code=2)
    assert capsys.readouterr().err == "zeren: 'out' is no URL of a server; give one like http://127.0.0.1:7878/query\n"


def test_secrets_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("ZEREN_TOKEN", "T0ken")
    with faulty(answer(b"no T0ken here", status=403, kind="text/plain")) as server:
        zeren("query", "documents", "--endpoint", server.url, "--debug", code=2)
    assert server.requests[0].headers["authorization"] == "Bearer T0ken"
    said = capsys.readouterr()
    assert "403 Forbidden: no *** here" in said.err
    assert "T0ken" not in said.err + said.out


def test_bad_sparql_says_where(url: str, built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    question = tmp_path / "question.rq"
    question.write_text("SELECT ?task\nWHERE { ?task a zr:Task , }", "utf-8")
    zeren("query", question, "--out", built, code=2)
    expected = capsys.readouterr()
    assert "syntax error in line 2, column" in expected.err
    zeren("query", question, "--endpoint", url, code=2)
    assert capsys.readouterr() == expected


def test_a_server_cannot_colour_or_clear_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with faulty(answer(b"\x1b[2Jcome in\xc2\x9b31m", status=403, kind="text/plain")) as server:
        zeren("query", "documents", "--endpoint", server.url, code=2)
    said = capsys.readouterr().err
    assert "403 Forbidden: [2Jcome in 31m" in said
    assert not {"\x1b", "\x9b"} & set(said)
