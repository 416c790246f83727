"""Several processes read what one would: the same graph byte for byte, the same word on each file that fails."""

from __future__ import annotations

import os
from collections.abc import Iterator
from multiprocessing import parent_process
from pathlib import Path

import pytest

from benchmarks import corpus
from kg import pipeline
from kg.errors import SourceError
from kg.pipeline import crew as crews
from kg.pipeline.crew import Crew, Packed
from kg.pipeline.work import DocumentError, Work
from kg.registry import Registry, load_registry


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


def step(job: int, registry: Registry, work: Work) -> tuple[int, bool]:
    """Do something in one of the three ways in which work on a document ends."""
    if job == 3:
        raise SourceError("3.txt: is no document")
    if job == 4:
        raise ZeroDivisionError("by 4")
    with work.stage("extract"):
        return job * 10 + len(registry.regions) * 0, parent_process() is not None


def die(job: int, registry: Registry, work: Work) -> int:
    """End the process like the system does when memory is short, but not the one that asked."""
    if parent_process() is not None:
        os._exit(1)
    return job


def test_results_come_in_order_with_what_went_wrong(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crews, "ALONE", 2)
    work = Work()
    seen: list[object] = []
    with Crew(2, registry, work) as crew:
        for item, fetch in crew.each(step, ((f"{n}", None if n == 5 else n) for n in range(1, 8))):
            if fetch is None:
                seen.append(item)
                continue
            try:
                seen.append(fetch())
            except Exception as error:
                seen.append((type(error), str(error)))
    assert seen == [
        (10, False),  # the first ones are done here: others would take longer to come
        (20, False),
        (SourceError, "3.txt: is no document"),
        (DocumentError, "ZeroDivisionError: by 4"),
        "5",
        (60, True),
        (70, True),
    ]
    assert work.seconds["extract"] > 0


def test_one_job_is_done_here_when_its_turn_comes(registry: Registry) -> None:
    asked: list[int] = []

    def jobs() -> Iterator[tuple[int, int]]:
        for n in range(20):
            asked.append(n)
            yield n, n

    with Crew(1, registry, Work()) as crew:
        for item, fetch in crew.each(die, jobs()):
            assert fetch is not None
            assert fetch() == item == asked[-1]


def test_whoever_is_left_alone_goes_on_alone(
    registry: Registry, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(crews, "ALONE", 0)
    with Crew(2, registry, Work()) as crew:
        found = [fetch() for _, fetch in crew.each(die, ((n, n) for n in range(12))) if fetch is not None]
    assert found == list(range(12))
    assert [record.message for record in caplog.records if "goes on alone" in record.message]


def test_a_packed_record_is_the_record() -> None:
    assert Packed(("石家庄市", 2023)).open() == ("石家庄市", 2023)


def test_several_processes_make_the_same_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crews, "ALONE", 1)
    documents = tmp_path / "documents"
    corpus.write_corpus(4, documents)
    (documents / "00000-broken.pdf").write_bytes(b"%PDF-1.7 broken")
    (documents / "00002-twin.txt").write_bytes(next(documents.glob("00001-*")).read_bytes())
    reports = [pipeline.build([documents], tmp_path / f"out{jobs}", jobs=jobs) for jobs in (1, 2)]
    assert reports[0].documents == reports[1].documents == 4
    assert reports[0].failed == reports[1].failed
    assert [path.name for path, _ in reports[0].failed] == ["00000-broken.pdf", "00002-twin.txt"]
    assert files_of(tmp_path / "out1") == files_of(tmp_path / "out2")


def files_of(out: Path) -> dict[str, bytes]:
    """Return everything in a generation but the engine's own files, which tell when they were written."""
    folder = next(path for path in (out / "generations").iterdir())
    kept = [path for path in sorted(folder.rglob("*")) if path.is_file() and "store" not in path.relative_to(folder).parts]
    assert len(kept) > 12
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in kept if path.name != "manifest.json"}
