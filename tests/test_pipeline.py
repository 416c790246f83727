"""The whole way: what is read again, what is kept, and what survives."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from kg import data, pipeline, store, toy
from kg.errors import OutputError, SourceError
from kg.model import Document
from kg.read import read_document

ROOT = Path(__file__).parent.parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two small plans."""
    source = tmp_path / "documents"
    source.mkdir()
    (source / "a.txt").write_text(toy.TEXT, "utf-8")
    (source / "b.txt").write_text(toy.TEXT.replace("2024", "2025").replace("45%", "50%"), "utf-8")
    return source


def quads_of(out: Path) -> set[str]:
    return {str(quad) for quad in store.open_current(out)}


def titles_of(out: Path) -> list[str]:
    ledger: Any = json.loads((store.current(out).folder / "ledger.json").read_text("utf-8"))
    return [document["title"] for document in ledger["documents"]]


def test_building_again_without_a_change_does_no_work(folder: Path, tmp_path: Path) -> None:
    first = pipeline.build([folder], tmp_path / "out")
    second = pipeline.build([folder], tmp_path / "out")
    assert (first.unchanged, second.unchanged) == (False, True)
    assert first.generation == second.generation
    assert "extract" not in second.seconds


def test_only_what_changed_is_read_and_the_result_is_that_of_a_fresh_build(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.build([folder], tmp_path / "out")
    (folder / "b.txt").write_text(toy.TEXT.replace("2024", "2026"), "utf-8")
    read: list[str] = []

    def note(path: Path) -> Document:
        read.append(path.name)
        return read_document(path)

    monkeypatch.setattr("kg.pipeline.read_document", note)
    pipeline.build([folder], tmp_path / "out")
    assert read == ["b.txt"]
    pipeline.build([folder], tmp_path / "fresh")
    assert quads_of(tmp_path / "out") == quads_of(tmp_path / "fresh")
    assert titles_of(tmp_path / "out") == titles_of(tmp_path / "fresh")


def test_a_document_that_is_gone_leaves_the_graph(folder: Path, tmp_path: Path) -> None:
    pipeline.build([folder], tmp_path / "out")
    (folder / "b.txt").unlink()
    pipeline.build([folder], tmp_path / "out")
    pipeline.build([folder], tmp_path / "fresh")
    assert quads_of(tmp_path / "out") == quads_of(tmp_path / "fresh")


def test_two_documents_of_one_title_are_both_there(folder: Path, tmp_path: Path) -> None:
    (folder / "b.txt").write_text(toy.TEXT.replace("45%", "46%"), "utf-8")
    report = pipeline.build([folder], tmp_path / "out")
    assert (report.documents, report.failed) == (2, ())
    assert len(set(titles_of(tmp_path / "out"))) == 1
    # the one that keeps the plain key may go: the other takes it over, as in a fresh build
    (folder / "a.txt").unlink()
    pipeline.build([folder], tmp_path / "out")
    pipeline.build([folder], tmp_path / "fresh")
    assert quads_of(tmp_path / "out") == quads_of(tmp_path / "fresh")


def test_the_same_file_twice_is_there_once(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / "a.txt", folder / "c.txt")
    report = pipeline.build([folder], tmp_path / "out")
    assert report.documents == 2
    assert [(path.name, "same file" in message) for path, message in report.failed] == [("c.txt", True)]


def test_a_broken_file_does_not_stop_the_others(folder: Path, tmp_path: Path) -> None:
    (folder / "broken.txt").write_bytes(b"\0\1\2")
    (folder / "empty.txt").write_bytes(b"")
    report = pipeline.build([folder], tmp_path / "out")
    assert report.documents == 2
    assert [path.name for path, _ in report.failed] == ["broken.txt", "empty.txt"]


def test_where_nothing_can_be_read_the_old_graph_stands(folder: Path, tmp_path: Path) -> None:
    first = pipeline.build([folder], tmp_path / "out")
    for path in folder.iterdir():
        path.write_bytes(b"")
    report = pipeline.build([folder], tmp_path / "out")
    assert report.generation is None
    assert len(report.failed) == 2
    assert store.current(tmp_path / "out") == first.generation


def test_what_cannot_be_done_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        pipeline.build([tmp_path / "nowhere"], tmp_path / "out")
    (tmp_path / "file").write_text("x", "utf-8")
    (tmp_path / "a.txt").write_text(toy.TEXT, "utf-8")
    with pytest.raises(OutputError, match="file"):
        pipeline.build([tmp_path / "a.txt"], tmp_path / "file" / "out")


def test_a_damaged_ledger_is_made_anew(folder: Path, tmp_path: Path) -> None:
    report = pipeline.build([folder], tmp_path / "out")
    assert report.generation
    (report.generation.folder / "ledger.json").write_text("{", "utf-8")
    (folder / "b.txt").write_text(toy.TEXT.replace("2024", "2026"), "utf-8")
    pipeline.build([folder], tmp_path / "out")
    assert len(titles_of(tmp_path / "out")) == 2


def test_same_input_same_quads(tmp_path: Path) -> None:
    for name in ("one", "two"):
        pipeline.build([data.SEEDS / "documents"], tmp_path / name)
    one, two = (
        {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*.nq"))}
        for folder in (store.current(tmp_path / name).folder for name in ("one", "two"))
    )
    assert one == two


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("delay", [0.3, 0.6, 0.9, 1.2, 1.5, 2.0])
def test_killed_at_any_moment_the_old_graph_stays_whole(folder: Path, tmp_path: Path, delay: float) -> None:
    out = tmp_path / "out"
    pipeline.build([folder], out)
    before = quads_of(out)
    for path in (data.SEEDS / "documents").iterdir():
        shutil.copy(path, folder)
    code = f"from pathlib import Path; from kg import pipeline; pipeline.build([Path({str(folder)!r})], Path({str(out)!r}))"
    child = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    time.sleep(delay)
    child.kill()
    child.wait()
    after = quads_of(out)
    assert before == after or len(titles_of(out)) == 7  # the old graph, or the whole new one
    report = pipeline.build([folder], out)
    assert report.documents == 7
    assert len(list((out / "generations").iterdir())) <= 2
