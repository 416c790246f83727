"""The command line: what it prints, how it ends, and that bad input never ends in a traceback."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import ask, data, store
from kg.ask.find import columns_of
from kg.cli import build_parser, main, show

ROOT = Path(__file__).parent.parent
ENV = {**os.environ, "PYTHONPATH": str(ROOT)}
ZEREN = (sys.executable, "-m", "kg.cli")
GOOD = (
    "石家庄市2024年工作要点\n一、重点任务\n1.治理扬尘。施工工地扬尘治理全覆盖。（责任单位：市生态环境局）\n2.绿化。植树3万亩。\n"
)
VERBS = next(action.choices for action in build_parser()._actions if isinstance(action.choices, dict))

Capture = pytest.CaptureFixture[str]


def zeren(*words: str | Path, code: int = 0) -> None:
    assert main([str(word) for word in words]) == code


# --- bad input: the folder is made by the function, the words are the command, the error says this ---


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


# --- the verbs on the five documents ---


def test_build_says_what_it_found_and_what_to_ask(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    zeren("build", data.SEEDS / "documents", "--out", "图 谱")
    out = capsys.readouterr().out
    for word in ("文件", "任务", "机构", "指标", "上位政策", "任务最多", "共同承担最多", "没有责任单位", "graph.html"):
        assert word in out
    asked = [line.strip() for line in out.splitlines() if " query " in line]
    assert len(asked) == 3
    for line in asked:
        done = subprocess.run(line, shell=True, env=ENV, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, line + done.stderr
        assert len(done.stdout.splitlines()) > 2, line
    zeren("build", data.SEEDS / "documents", "--out", "图 谱")
    assert "没有变化" in capsys.readouterr().out


def test_ledger_is_the_same_on_every_way(built: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    zeren("ledger", "--out", built)
    printed = capsysbinary.readouterr().out
    zeren("ledger", "--out", built, "--to", tmp_path / "a.json")
    assert (tmp_path / "a.json").read_bytes() == printed
    assert len(json.loads(printed)["documents"]) == 5
    zeren("ledger", "--out", built, "--to", tmp_path / "a.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes()[:2] == b"PK"
    zeren("ledger", "--out", built, "--to", tmp_path / "a.csv", "--bom")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    zeren("ledger", "--out", built, "--to", tmp_path / "a.txt", "--format", "md")
    assert (tmp_path / "a.txt").read_text("utf-8").startswith("# 责任清单")


def test_query_formats_agree(built: Path, capsys: Capture) -> None:
    words = ("query", "department-tasks", "--param", "unit=石家庄市生态环境局", "--out", built)
    zeren(*words, "--format", "json")
    records = json.loads(capsys.readouterr().out)
    zeren(*words, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    zeren(*words)
    table, note = capsys.readouterr()
    assert len(records) == len(rows) == len(table.splitlines()) - 1 > 10
    assert [record["title"] for record in records] == [row["title"] for row in rows]
    assert f"{len(rows)} 行" in note


def test_query_reads_standard_input(built: Path) -> None:
    text = "SELECT ?title WHERE { ?task a zr:Task ; rdfs:label ?title } ORDER BY ?title LIMIT 3"
    done = subprocess.run(
        [*ZEREN, "query", "-", "--out", str(built)], env=ENV, input=text, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 4


def test_every_column_has_a_heading() -> None:
    """A new variable of a named query needs its line in queries/columns.toml."""
    headings = tomllib.loads((data.QUERIES / "columns.toml").read_text("utf-8"))
    del headings["codes"]
    used = {name for query in ask.list_queries() for name in columns_of(query)}
    assert sorted(used - headings.keys()) == []
    assert sorted(headings.keys() - used) == []
    assert list(headings) == sorted(headings)


def test_queries_lists_every_file(capsys: Capture) -> None:
    zeren("queries", "--format", "json")
    listed = json.loads(capsys.readouterr().out)
    assert {row["name"] for row in listed} == {path.stem for path in data.QUERIES.glob("*.rq")}


def test_review_lists_what_weighs_most_first(built: Path, capsys: Capture) -> None:
    zeren("review", "--out", built, "--format", "json")
    rows = json.loads(capsys.readouterr().out)
    subjects = list(dict.fromkeys(row["类别"] for row in rows))
    assert subjects == [subject for subject in ("地区", "责任单位", "时期", "引用文件", "指标值", "指标") if subject in subjects]
    for subject in subjects:
        if subject == "指标值":  # each stands once: the most doubtful comes first
            continue
        counts = [row["次数"] for row in rows if row["类别"] == subject]
        assert counts == sorted(counts, reverse=True)
    zeren("review", "--out", built, "--format", "json", "--subject", "policy")
    assert {row["类别"] for row in json.loads(capsys.readouterr().out)} == {"引用文件"}


def test_analyze(built: Path, capsys: Capture) -> None:
    zeren("analyze", "--out", built, "--format", "json")
    assert json.loads(capsys.readouterr().out)
    zeren("analyze", "--out", built, "--top", "3")
    assert "石家庄市生态环境局" in capsys.readouterr().out


def test_check_finds_nothing_wrong(built: Path, capsys: Capture) -> None:
    zeren("check", "--out", built)
    assert capsys.readouterr().out


def test_graph(built: Path, tmp_path: Path, capsys: Capture) -> None:
    zeren("graph", "--out", built, "--to", tmp_path / "g.html")
    assert (tmp_path / "g.html").read_bytes() == (built / "graph.html").read_bytes()


# --- the program itself ---


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_help_has_an_example(verb: str, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as ended:
        main([verb, "--help"] if verb else ["--help"])
    assert ended.value.code == 0
    assert f"\nexample:\n  zeren {verb}" in capsys.readouterr().out


def test_help_loads_nothing_heavy() -> None:
    code = "import sys; from kg.cli import build_parser; build_parser(); print(*sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], env=ENV, capture_output=True, encoding="utf-8", check=True
    ).stdout.split()
    assert not {"pyoxigraph", "rdflib", "rich", "openpyxl", "pyvis", "networkx", "opencc"} & set(loaded)


def test_internal_error_is_one_line(monkeypatch: pytest.MonkeyPatch, built: Path, capsys: Capture) -> None:
    def burst(out: Path) -> None:
        raise ZeroDivisionError("a\nb")

    monkeypatch.setattr(store, "open_current", burst)
    zeren("query", "documents", "--out", built, code=3)
    err = capsys.readouterr().err
    assert err.startswith("zeren: internal error, ZeroDivisionError: a b")
    assert "Traceback" not in err


def test_debug_shows_where() -> None:
    done = subprocess.run(
        [*ZEREN, "query", "documents", "--out", "nowhere", "--debug"], env=ENV, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 2
    assert "Traceback" in done.stderr


SHELL = pytest.mark.skipif(os.name == "nt", reason="a Unix shell")


def shell(command: str, built: Path) -> subprocess.CompletedProcess[str]:
    line = command.replace("zeren", f'"{sys.executable}" -m kg.cli').replace("OUT", f'--out "{built}"')
    return subprocess.run(["bash", "-c", line], env=ENV, capture_output=True, encoding="utf-8", check=False, timeout=60)


@SHELL
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("words", ["query documents", "query documents --format csv", "queries", "ledger --format md"])
def test_full_device_is_said_in_one_line(words: str, built: Path) -> None:
    done = shell(f"zeren {words} {'' if words == 'queries' else 'OUT'} > /dev/full", built)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("zeren: the output cannot be written")
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


@SHELL
@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("zeren query - OUT <&-", 2),
        ("zeren query documents OUT >&-", 0),
        ("zeren query documents --format csv OUT >&-", 0),
        ("zeren query documents OUT 2>&-", 0),
        ("zeren ledger OUT <&- >&- 2>&-", 0),
        ("zeren frobnicate 2>&-", 2),
    ],
)
def test_closed_streams_are_no_fault_of_ours(command: str, code: int, built: Path) -> None:
    done = shell(command, built)
    assert done.returncode == code, done.stderr
    assert "internal" not in done.stderr
    assert "Traceback" not in done.stderr


@SHELL
def test_query_from_standard_input_is_not_read_for_ever(built: Path) -> None:
    done = shell("yes '# comment' | zeren query - OUT", built)
    assert done.returncode == 2
    assert done.stderr.startswith("zeren: query larger than 1 MB")


@SHELL
def test_interrupt_ends_a_long_query(built: Path, tmp_path: Path) -> None:
    (tmp_path / "long.rq").write_text("SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", "utf-8")
    words = [*ZEREN, "query", str(tmp_path / "long.rq"), "--out", str(built)]
    process = subprocess.Popen(words, env=ENV, stderr=subprocess.PIPE)
    time.sleep(2)
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    try:
        err = process.communicate(timeout=10)[1].decode()
    finally:
        process.kill()
    assert process.returncode == -signal.SIGINT
    assert err == ""


@SHELL
def test_interrupt_during_the_imports_is_quiet() -> None:
    code = "import os, signal, sys; sys.meta_path.insert(0, type('F', (), {'find_spec': staticmethod(lambda name, *_: " + (
        "os.kill(os.getpid(), signal.SIGINT) if name == 'kg.cli.verbs' else None)})); import kg.cli"
    )
    done = subprocess.run([sys.executable, "-c", code], env=ENV, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (130, "")


def test_reading_verbs_leave_the_signal_as_it_was(built: Path, capsys: Capture) -> None:
    before = signal.getsignal(signal.SIGINT)
    zeren("query", "documents", "--out", built)
    assert signal.getsignal(signal.SIGINT) is before


def test_csv_on_a_terminal_has_plain_line_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdout", screen)
    show.data("a,b\r\n1,2\r\n")
    assert screen.getvalue() == "a,b\n1,2\n"


def test_table_writes_codes_as_the_ledger_does(built: Path, capsys: Capture) -> None:
    from kg.ledger import rows

    codes = tomllib.loads((data.QUERIES / "columns.toml").read_text("utf-8"))["codes"]
    tables = {"binding": rows.BINDINGS, "kind": rows.KINDS, "level": rows.LEVELS, "relation": rows.RELATIONS, "role": rows.ROLES}
    assert {name: codes[name] for name in tables} == tables
    assert set(codes["comparator"].values()) == set(rows.OPERATORS.values())
    zeren("query", "document-indicators", "--param", "document=石家庄市2023年生态文明建设工作要点", "--out", built)
    out = capsys.readouterr().out
    assert "≥" in out
    assert "清零或全覆盖" in out
    assert "at-least" not in out
    assert "quantitative" not in out


@pytest.mark.skipif(os.name == "nt", reason="Unix pipes")
def test_closed_pipe_is_quiet(built: Path) -> None:
    command = f'"{sys.executable}" -m kg.cli ledger --out "{built}" | head -c 10'
    done = subprocess.run(["bash", "-c", command], env=ENV, capture_output=True, encoding="utf-8", check=False)
    assert done.stderr == ""


@pytest.mark.skipif(os.name == "nt", reason="Unix signals")
def test_interrupt_is_quiet_and_leaves_no_half(built: Path, tmp_path: Path) -> None:
    shutil.copytree(data.SEEDS / "documents", tmp_path / "d")
    process = subprocess.Popen(
        [*ZEREN, "build", str(tmp_path / "d"), "--out", str(tmp_path / "out")], env=ENV, stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 60
    while process.poll() is None and not (tmp_path / "out").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    err = process.communicate()[1].decode()
    if process.returncode != 0:  # else it was faster
        assert process.returncode == 130
        assert err == "zeren: stopped\n"
        assert store.find_current(tmp_path / "out") is None


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp1252"])
def test_any_console_encoding_will_do(encoding: str, built: Path) -> None:
    for words in (["--help"], ["query", "deadlines"], ["ledger", "--format", "md"], ["review"]):
        out = [] if words == ["--help"] else ["--out", str(built)]
        env = {**ENV, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
        done = subprocess.run([*ZEREN, *words, *out], env=env, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr


def test_programs_get_utf8_on_any_console(built: Path) -> None:
    env = {**ENV, "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [*ZEREN, "query", "documents", "--format", "csv", "--out", str(built)], env=env, capture_output=True, check=True
    )
    assert "石家庄" in done.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("\x1b[31m红\x1b[0m", "[31m红 [0m"),  # a document cannot colour or clear the terminal
        ("左\u202e右", "左 右"),
        (0.5, "0.50"),
        (None, ""),
    ],
)
def test_cells(value: object, shown: str) -> None:
    assert show.cell(value) == shown
