"""Bad input ends in one line that says what, where and what to do, never in a traceback."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import store
from kg.cli import main
from tests.command import Capture, zeren

GOOD = (
    "石家庄市2024年工作要点\n一、重点任务\n1.治理扬尘。施工工地扬尘治理全覆盖。（责任单位：市生态环境局）\n2.绿化。植树3万亩。\n"
)


def make_empty(folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")


def make_blank(folder: Path) -> None:
    (folder / "blank.txt").write_text(" \n\n")


def make_binary(folder: Path) -> None:
    (folder / "picture.txt").write_bytes(b"\0\1\2" + bytes(range(256)))


def make_wrong_encoding(folder: Path) -> None:
    (folder / "latin.txt").write_bytes("Überprüfung für Straßenbäume, größer".encode("latin-1") * 3)


def make_no_documents(folder: Path) -> None:
    (folder / "docs").mkdir()
    (folder / "docs" / "style.css").write_bytes(b"p {}")


def make_file_in_the_way(folder: Path) -> None:
    (folder / "good.txt").write_text(GOOD, "utf-8")
    (folder / "taken").write_text("a file, not a folder")


def make_nothing(folder: Path) -> None:
    pass


def make_graph(folder: Path) -> None:
    (folder / "good.txt").write_text(GOOD, "utf-8")
    zeren("build", folder / "good.txt", "--out", folder / "out")


def make_corrupt_store(folder: Path) -> None:
    make_graph(folder)
    for path in store.current(folder / "out").store.iterdir():
        if path.suffix == ".sst" or path.name.startswith(("MANIFEST", "CURRENT")):
            path.write_bytes(b"nothing of use")


def make_corrupt_pointer(folder: Path) -> None:
    make_graph(folder)
    (folder / "out" / "current").write_text("../../elsewhere")


def make_corrupt_ledger(folder: Path) -> None:
    make_graph(folder)
    (store.current(folder / "out").folder / "ledger.json").write_text('{"documents": [')


def make_misshapen_ledger(folder: Path) -> None:
    make_graph(folder)
    (store.current(folder / "out").folder / "ledger.json").write_text('{"documents": [{"tasks": 1}]}')


def make_list_ledger(folder: Path) -> None:
    make_graph(folder)
    (store.current(folder / "out").folder / "ledger.json").write_text("[]")


# the folder is made by the function, the words are the command, the error says this
Row = tuple[Callable[[Path], None], list[str], int, str]
BAD_INPUT: list[Row] = [
    (make_empty, ["build", "empty.txt"], 1, "empty.txt: is empty"),
    (make_blank, ["build", "blank.txt"], 1, "blank.txt: is empty"),
    (make_binary, ["build", "picture.txt"], 1, "picture.txt: is not a text file"),
    (make_wrong_encoding, ["build", "latin.txt"], 1, "latin.txt: is no Chinese text in UTF-8, GB18030 or Big5"),
    (make_no_documents, ["build", "docs"], 2, "docs: no document found"),
    (make_nothing, ["build", "missing.txt"], 2, "missing.txt: no such file or folder"),
    (make_file_in_the_way, ["build", "good.txt", "--out", "taken"], 2, "taken"),
    (make_file_in_the_way, ["build", "good.txt", "--out", "taken/inner"], 2, "taken"),
    (make_corrupt_store, ["query", "documents"], 2, "damaged"),
    (make_corrupt_pointer, ["query", "documents"], 2, "damaged"),
    (make_corrupt_ledger, ["ledger"], 2, "ledger.json: is damaged"),
    (make_nothing, ["query", "documents"], 2, "no graph here yet; run `zeren build"),
    (make_nothing, ["ledger"], 2, "no graph here yet"),
    (make_graph, ["query", "unowned-task"], 2, "no query is named 'unowned-task'; did you mean unowned-tasks"),
    (make_graph, ["query", "missing.rq"], 2, "missing.rq: cannot be read"),
    (make_graph, ["query", "department-tasks"], 2, "parameter 'unit' is missing"),
    (make_graph, ["query", "department-tasks", "--param", "unit"], 2, "--param unit: give it as KEY=VALUE"),
    (make_graph, ["query", "department-tasks", "--param", "unit=火星局"], 2, "火星局"),
    (make_graph, ["query", "department-tasks", "--param", "nuit=x"], 2, "no parameter is named 'nuit'"),
    (make_graph, ["ledger", "--to", "none/a.csv"], 2, "cannot be written"),
    (make_graph, ["graph", "--to", "none/a.html"], 2, "could not be written"),
    (make_graph, ["query", "department-tasks", "--param", "unit=a", "--param", "unit=b"], 2, "--param unit is given twice"),
    (make_graph, ["query", "department-tasks", "--param", "unit=\udcff"], 2, "is not UTF-8"),
    (make_graph, ["query", "a" * 5000], 2, "no query is named 'aaa"),
    (make_graph, ["query", "a" * 5000 + ".rq"], 2, "cannot be read"),
    (make_misshapen_ledger, ["ledger"], 2, "ledger.json: is damaged"),
    (make_list_ledger, ["graph"], 2, "ledger.json: is damaged"),
    (make_graph, ["ledger", "--to", "x.pdf"], 2, ".json, .csv, .xlsx, .md"),
    (make_graph, ["ledger", "--to", "x"], 2, ".json, .csv, .xlsx, .md"),
    (make_nothing, ["analyze", "--top", "9" * 5000], 2, "is neither a number from 1"),
    (make_nothing, ["x" * 5000], 2, "invalid choice"),
    (make_nothing, ["frobnicate"], 2, "frobnicate"),
    (make_nothing, ["query", "documents", "--format", "yaml"], 2, "yaml"),
    (make_nothing, ["analyze", "--top", "0"], 2, "--top"),
    (make_nothing, ["build"], 2, "SOURCE"),
]


@pytest.mark.parametrize(
    ("make", "words", "code", "says"), BAD_INPUT, ids=lambda value: "-".join(value) if isinstance(value, list) else None
)
def test_bad_input_is_said_in_one_line(
    make: Callable[[Path], None],
    words: list[str],
    code: int,
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
) -> None:
    make(tmp_path)
    monkeypatch.chdir(tmp_path)
    capsys.readouterr()
    try:
        ended = main(words)
    except SystemExit as exit:  # what argparse does
        ended = int(exit.code or 0)
    out, err = capsys.readouterr()
    assert ended == code
    lines = err.splitlines()
    assert len(lines) == 1, err
    assert lines[0].startswith("zeren: ")
    assert len(lines[0]) < 500
    assert says in lines[0]
    assert "Traceback" not in out + err


def test_bad_sparql_says_where(built: Path, tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "q.rq"
    path.write_text("SELECT ?x WHERE { ?x ?y }", "utf-8")
    zeren("query", path, "--out", built, code=2)
    err = capsys.readouterr().err
    assert "syntax error in line 1" in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    "text", ["DELETE WHERE { ?s ?p ?o }", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "LOAD <http://127.0.0.1:9/>"]
)
def test_queries_only_read_and_stay_here(text: str, built: Path, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "q.rq").write_text(text, "utf-8")
    zeren("query", tmp_path / "q.rq", "--out", built, code=2)
    assert "refused" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a folder that cannot be written; root may write anywhere")
def test_unwritable_out(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    (tmp_path / "locked").mkdir(mode=0o500)
    zeren("build", tmp_path / "good.txt", "--out", tmp_path / "locked" / "out", code=2)
    assert "cannot be written" in capsys.readouterr().err


def test_the_others_go_through(tmp_path: Path, capsys: Capture) -> None:
    make_empty(tmp_path)
    make_binary(tmp_path)
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    zeren("build", tmp_path, "--out", tmp_path / "out", code=1)
    out, err = capsys.readouterr()
    assert sorted(line.split(": ")[1].rpartition(os.sep)[2] for line in err.splitlines()) == ["empty.txt", "picture.txt"]
    assert "文件" in out
    zeren("query", "documents", "--format", "json", "--out", tmp_path / "out")
    assert [document["tasks"] for document in json.loads(capsys.readouterr().out)] == [2]
