"""The whole way: what is read again, what is kept, and what survives."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg import data, pipeline, store, toy
from kg.errors import OutputError, SourceError, StoreError
from kg.model import Document
from kg.read import document_of

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

    def note(path: Path, content: bytes) -> Document:
        read.append(path.name)
        return document_of(path, content)

    monkeypatch.setattr("kg.pipeline.sources.document_of", note)
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


def delete(path: Path) -> None:
    path.unlink()


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("spoil", [delete, truncate, flip])
@pytest.mark.parametrize("name", ["*.sst", "CURRENT", "MANIFEST-*"])
def test_a_damaged_store_is_told_and_mended(folder: Path, tmp_path: Path, name: str, spoil: Callable[[Path], None]) -> None:
    out = tmp_path / "out"
    report = pipeline.build([folder], out)
    assert report.generation
    before = quads_of(out)
    spoil(max(report.generation.store.glob(name), key=lambda path: path.stat().st_size))
    with pytest.raises(StoreError, match=r"damaged.*run `zeren build SOURCES --out"):
        store.open_current(out)
    assert not pipeline.build([folder], out).unchanged
    assert quads_of(out) == before


@pytest.mark.parametrize("name", ["documents/*.nq", "registry/*.nq", "derived.nq", "ontology.nq"])
def test_damaged_quads_are_made_anew(folder: Path, tmp_path: Path, name: str) -> None:
    first = pipeline.build([folder], tmp_path / "out").generation
    assert first
    path = max(first.quads.glob(name), key=lambda path: path.stat().st_size)
    path.write_bytes(path.read_bytes() + b"# more\n")
    second = pipeline.build([folder], tmp_path / "out")
    assert second.generation
    assert not second.unchanged
    assert second.generation.is_whole()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are Unicode there")
def test_a_name_that_is_not_utf8_does_not_stop_the_others(folder: Path, tmp_path: Path) -> None:
    for name in (b"\xff.txt", b"\xfe.css"):
        Path(os.fsdecode(os.path.join(os.fsencode(folder), name))).write_text(toy.TEXT + "再", "utf-8")  # noqa: PTH118
    report = pipeline.build([folder], tmp_path / "out")
    assert report.documents == 2
    assert [(path.name, "rename it" in message) for path, message in report.failed] == [("\\xff.txt", True)]
    assert [path.name for path in report.passed_over] == ["\\xfe.css"]


FAILURES = [
    (pipeline.sources, "document_of", MemoryError),
    (pipeline.sources, "read_policy", RecursionError),
    (pipeline.sources, "correct_reading", AssertionError),
    (pipeline.encoding, "build_document_quads", ValueError),
    (pipeline.encoding, "ledger_entry", KeyError),
]


@pytest.mark.parametrize(("module", "step", "kind"), FAILURES)
def test_whatever_fails_in_one_document_does_not_stop_the_others(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: ModuleType, step: str, kind: type[Exception]
) -> None:
    work = getattr(module, step)
    calls: list[object] = []

    def fail_first(*args: Any) -> Any:
        calls.append(args)
        if len(calls) == 1:
            raise kind("too much")
        return work(*args)

    monkeypatch.setattr(module, step, fail_first)
    report = pipeline.build([folder], tmp_path / "out")
    assert report.documents == 1
    assert [path.name for path, _ in report.failed] == ["a.txt"]
    assert f"a.txt: could not be processed ({kind.__name__}: " in report.failed[0][1]
    monkeypatch.setattr(module, step, work)
    assert pipeline.build([folder], tmp_path / "out").documents == 2


def test_documents_without_a_task_are_named(folder: Path, tmp_path: Path) -> None:
    (folder / "english.txt").write_text("No Chinese in here.", "utf-8")
    for _ in range(2):  # and again when nothing changed
        report = pipeline.build([folder], tmp_path / "out")
        assert [path.name for path in report.empty] == ["english.txt"]


def draw(ledger: pipeline.Ledger) -> str:
    return "、".join(document["title"] for document in ledger["documents"])


def lose(out: Path) -> None:
    for path in (out / "graph.html", store.current(out).folder / "graph.html"):
        path.unlink()


def spoil_page(out: Path) -> None:
    (store.current(out).folder / "graph.html").write_text("another", "utf-8")


@pytest.mark.parametrize("spoil", [lose, spoil_page, lambda out: (out / "graph.html").unlink()])
def test_a_lost_page_is_drawn_again(folder: Path, tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    out = tmp_path / "out"
    pipeline.build([folder], out, page=draw)
    content = (out / "graph.html").read_text("utf-8")
    spoil(out)
    report = pipeline.build([folder], out, page=draw)
    assert report.unchanged
    assert (out / "graph.html").read_text("utf-8") == content


def test_a_page_that_was_never_drawn_is_drawn_once(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    pipeline.build([folder], out)
    assert pipeline.build([folder], out, page=draw).unchanged
    assert (out / "graph.html").is_file()
    assert pipeline.build([folder], out, page=lambda ledger: pytest.fail("drawn again")).unchanged


def test_the_programs_of_the_page_count_as_knowledge() -> None:
    assert [path.name for path in pipeline._code()] == ["kg", "viz"]


WAYS_BARRED = ["graph.html", "current", "lock"]


@pytest.mark.parametrize("name", WAYS_BARRED)
def test_a_folder_in_the_way_is_named_before_anything_is_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "out" / name).mkdir(parents=True)
    monkeypatch.setattr(pipeline, "read_sources", lambda *_: pytest.fail("read before the output was tried"))
    with pytest.raises(OutputError, match=f"{name}: is .*move it away"):
        pipeline.build([folder], tmp_path / "out", page=draw)


def test_what_was_built_is_no_source(folder: Path) -> None:
    for _ in range(2):
        report = pipeline.build([folder], folder / "out", page=draw)
        assert (report.documents, report.passed_over) == (2, ())


LEDGERS = ["{", "[]", "7", '{"documents": 1}', '{"documents": [1]}', '{"documents": []}', "[" * 100_000]


@pytest.mark.parametrize("content", LEDGERS, ids=range(len(LEDGERS)))
def test_a_ledger_of_another_shape_is_told_and_made_anew(folder: Path, tmp_path: Path, content: str) -> None:
    generation = pipeline.build([folder], tmp_path / "out").generation
    assert generation
    (generation.folder / "ledger.json").write_text(content, "utf-8")
    # even where its digest was made to fit
    fits = replace(
        generation.manifest, extra={**generation.manifest.extra, "ledger": store.digest(generation.folder / "ledger.json")}
    )
    for one in (generation, replace(generation, manifest=fits)):
        with pytest.raises(StoreError, match=r"ledger\.json: is damaged .*run `zeren build"):
            pipeline.read_ledger(one)
    assert not pipeline.build([folder], tmp_path / "out").unchanged
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
