"""``zeren export``: where it writes, what it never overwrites, and what it says."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import get_args

import openpyxl
import pytest
import rdflib

from kg import store
from kg.cli import export as verb
from kg.cli import main
from kg.errors import OutputError, QueryError
from kg.export import FORMATS, NETWORKS, Format, export
from kg.export.target import new_file, new_folder

ROOT = Path(__file__).parent.parent.parent
Capture = pytest.CaptureFixture[str]


def zeren(*words: str | Path, code: int = 0) -> None:
    assert main([str(word) for word in words]) == code


def test_the_verb_offers_what_there_is() -> None:
    assert verb.FORMATS == FORMATS == get_args(Format)
    assert verb.NETWORKS == NETWORKS


WAYS = [
    (["--to", "责任 图谱.nq"], "责任 图谱.nq"),
    (["ttl", "--to", "a.txt"], "a.txt"),
    (["--format", "jsonld", "--to", "a"], "a"),
    (["--to", "a.graphml", "--network", "departments"], "a.graphml"),
    (["--to", "a.gexf", "--region", "130900"], "a.gexf"),
    (["--to", "a.zip", "--bom"], "a.zip"),
    (["csv", "--to", "deep/er/表"], "deep/er/表/tasks.csv"),
    (["parquet", "--to", "表"], "表/tasks.parquet"),
    (["--to", "a.xlsx"], "a.xlsx"),
]


@pytest.mark.parametrize(("words", "name"), WAYS)
def test_every_format_is_written_where_it_is_told(
    generation: store.Generation, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, words: list[str], name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    zeren("export", *words, "--out", generation.out)
    assert (tmp_path / name).stat().st_size > 100
    assert "已写入" in capsys.readouterr().out
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".zeren-")]


REFUSED = [
    (["--to", "a"], "says no format; name one of ttl, nq"),
    (["--to", "-"], "says no format"),
    (["csv", "--to", "-"], "csv is no stream: name a folder with --to"),
    (["--to", "tables.csv"], "name a folder, or a .zip"),
    (["parquet", "--to", "tables.zip"], "name a folder"),
    (["ttl", "--format", "nq", "--to", "a"], "two formats are named, ttl and nq"),
    (["--to", "here.nq"], "here.nq: is there already; name another file, or replace it with --force"),
    (["nq", "--to", "folder", "--force"], "folder: is a folder; name a file in it"),
    (["csv", "--to", "here.nq", "--force"], "here.nq: is no folder"),
    (["csv", "--to", "folder", "--force"], "folder: holds something that no export wrote (mine.txt); name another folder"),
    (["--to", "none/a.nq"], "a.nq: cannot be written"),
    (["--to", "a.nq", "--document", "不存在的文件"], "no document is called '不存在的文件'; `zeren query documents` lists them"),
    (["--to", "a.nq", "--document", "工作要点"], "fits 2 documents"),
    (["--to", "a.nq", "--region", "610000"], "no document is of region '610000'; there are documents of"),
    (["--to", "a.nq", "--region", "月球"], "no region is named '月球'"),
    (["--to", "a.nq", "--region", "沧州市", "--document", "廊坊市"], "no document fits both"),
]


@pytest.mark.parametrize(("words", "message"), REFUSED)
def test_what_cannot_be_done_is_said_and_leaves_everything_as_it_was(
    generation: store.Generation, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, words: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    for name in ("here.nq", "folder/mine.txt"):
        (tmp_path / name).write_text("mine", "utf-8")
    zeren("export", *words, "--out", generation.out, code=2)
    assert message in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "here.nq"]
    assert (tmp_path / "here.nq").read_text("utf-8") == (tmp_path / "folder" / "mine.txt").read_text("utf-8") == "mine"


@pytest.mark.parametrize("form", FORMATS)
def test_force_replaces_what_an_export_wrote(generation: store.Generation, target: Path, form: Format) -> None:
    export(generation, form, target, documents=["廊坊市"])
    with pytest.raises(OutputError, match="--force"):
        export(generation, form, target)
    export(generation, form, target, documents=["沧州市"], force=True)
    assert sorted(target.parent.iterdir()) == [target]
    if target.is_dir():
        (target / "mine.txt").write_text("added since", "utf-8")
        with pytest.raises(OutputError, match=r"no export wrote \(mine.txt\)"):
            export(generation, form, target, force=True)
        assert (target / "mine.txt").is_file()


def test_an_empty_folder_is_filled(generation: store.Generation, target: Path) -> None:
    target.mkdir()
    export(generation, "csv", target)
    assert (target / "tasks.csv").is_file()


@pytest.mark.parametrize("before", [None, "old"])
def test_what_fails_half_way_leaves_no_half_file(
    generation: store.Generation, target: Path, monkeypatch: pytest.MonkeyPatch, before: str | None
) -> None:
    if before is not None:
        target.write_text(before, "utf-8")

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.export.rdf.shutil.copyfileobj", fail)
    with pytest.raises(OutputError, match=r"cannot be written \(No space left on device\)"):
        export(generation, "nq", target, force=True)
    assert [path.read_text("utf-8") for path in target.parent.iterdir()] == ([] if before is None else [before])


def test_an_interrupt_leaves_nothing_behind(tmp_path: Path) -> None:
    def stop_in_file() -> None:
        with new_file(tmp_path / "a", force=False) as stream:
            stream.write(b"half")
            raise KeyboardInterrupt

    def stop_in_folder() -> None:
        with new_folder(tmp_path / "b", force=False) as folder:
            (folder / "half").write_bytes(b"half")
            raise KeyboardInterrupt

    for stop in (stop_in_file, stop_in_folder):
        with pytest.raises(KeyboardInterrupt):
            stop()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("deep", [False, True])
def test_what_somebody_put_into_an_export_is_not_lost(tmp_path: Path, deep: bool) -> None:
    def write(text: str) -> None:
        with new_folder(tmp_path / "made", force=True) as folder:
            (folder / "task").mkdir()
            (folder / "task" / "1.html").write_text(text, "utf-8")

    write("one")
    (tmp_path / "made" / "task" / "Thumbs.db").write_bytes(b"")  # a system's own, left by looking
    write("two")
    mine = tmp_path / "made" / ("task/mine.txt" if deep else "mine.txt")
    mine.write_text("mine", "utf-8")
    with pytest.raises(OutputError, match=r"holds something that no export wrote \((task/)?mine.txt\)"):
        write("three")
    assert mine.read_text("utf-8") == "mine"
    assert (tmp_path / "made" / "task" / "1.html").read_text("utf-8") == "two"
    mine.unlink()
    (tmp_path / "made" / ".zeren-export").write_text("task\n", "utf-8")  # a mark of before: names of folders
    write("four")


def test_a_title_that_is_part_of_another_can_be_given_whole(generation: store.Generation, target: Path) -> None:
    with pytest.raises(QueryError, match="fits 2 documents"):
        export(generation, "nq", target, documents=["河湖与空气质量"])
    for part in generation.manifest.documents:  # a file and a key are never doubtful
        for words in (part.source.path, part.source.key):
            export(generation, "nq", target, documents=[words], force=True)


def test_the_workbook_has_the_ledger_of_the_selection(generation: store.Generation, target: Path) -> None:
    export(generation, "xlsx", target, regions=["河北省", "沧州市"], documents=["沧州市"])
    sheet = openpyxl.load_workbook(io.BytesIO(target.read_bytes())).worksheets[0]
    assert {row[0] for row in sheet.iter_rows(min_row=2, values_only=True)} == {"沧州市2025年河湖与空气质量工作要点（示例）"}


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_a_pipe_gets_utf8_and_nothing_else_on_any_console(generation: store.Generation, encoding: str) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    words = [sys.executable, "-m", "kg.cli", "export", "ttl", "--to", "-", "--out", str(generation.out)]
    done = subprocess.run(words, env=env, capture_output=True, check=True)
    graph = rdflib.Graph().parse(data=done.stdout.decode("utf-8"), format="turtle")
    assert len(graph) > 1000
    assert done.stderr == b""
