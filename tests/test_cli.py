"""The command line: what its verbs print on the five documents, and how the program ends."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from kg import ask, data, store
from kg.ask.find import columns_of
from kg.cli import build_parser, main, show
from tests.command import ENV, ZEREN, Capture, zeren

VERBS = next(action.choices for action in build_parser()._actions if isinstance(action.choices, dict))


# --- the verbs on the five documents ---


def test_build_says_what_it_found_and_what_to_ask(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    zeren("build", data.SEEDS / "documents", "--out", "图 谱")
    out = capsys.readouterr().out
    for word in ("文件", "任务", "机构", "指标", "上位政策", "任务最多", "共同承担最多", "没有责任单位", "graph.html"):
        assert word in out
    assert " serve --out '图 谱'" in out or ' serve --out "图 谱"' in out
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
    english = headings.pop("english")
    used = {name for query in ask.list_queries() for name in columns_of(query)}
    assert sorted(used - headings.keys()) == []
    assert sorted(headings.keys() - used) == []
    assert list(headings) == sorted(headings)
    assert list(english) == sorted(english.keys() & used)


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
    zeren("graph", "--out", built, "--region", "唐山市", "--to", tmp_path / "part.html")
    part = (tmp_path / "part.html").read_text("utf-8")
    assert "唐山市生态环境局" in part
    assert "石家庄市生态环境局" not in part
    zeren("graph", "--out", built, "--around", "石家庄市水利局", "--hops", "2", "--to", tmp_path / "around.html")
    around = (tmp_path / "around.html").read_text("utf-8")
    assert '"center":"org/130100/' in around
    assert "唐山市水利局" not in around
    capsys.readouterr()
    zeren("graph", "--out", built, "--around", "市生态环境局", "--to", tmp_path / "none.html", code=2)
    said = capsys.readouterr().err
    assert "several things" in said
    assert "石家庄市生态环境局" in said
    assert not (tmp_path / "none.html").exists()
    zeren("graph", "--out", built, "--region", "唐山市", code=2)  # graph.html is that of the whole


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
