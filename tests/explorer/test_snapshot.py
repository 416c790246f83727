"""A generation opened for screens: what it holds, what it remembers, when it is opened anew."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import store
from kg.explorer import NotHereError, Scope, Shelf, Snapshot


@pytest.fixture(scope="module")
def snapshot(built: Path) -> Iterator[Snapshot]:
    found = Snapshot(store.current(built))
    yield found
    found.close()


def test_documents_and_their_texts(snapshot: Snapshot) -> None:
    assert len(snapshot.documents) == 5
    for row in snapshot.rows("SELECT document, quote, quote_start, quote_end FROM tasks"):
        key = snapshot.key(row["document"])
        assert snapshot.read_text(key)[row["quote_start"] : row["quote_end"]] == row["quote"]


def test_a_part_of_the_graph_holds_its_tasks_only(snapshot: Snapshot) -> None:
    whole = {row["n"] for row in snapshot.rows("SELECT count(*) AS n FROM tasks WHERE NOT measure")}
    parts = [Scope(documents=(key,)) for key in snapshot.documents]
    counts = [next(snapshot.rows("SELECT count(*) AS n FROM tasks WHERE NOT measure", scope))["n"] for scope in parts]
    assert {sum(counts)} == whole
    assert counts == [document.tasks for document in snapshot.documents.values()]


@pytest.mark.parametrize("scope", [Scope(region="999999"), Scope(documents=("none",))])
def test_what_is_not_there_is_said(snapshot: Snapshot, scope: Scope) -> None:
    with pytest.raises(NotHereError):
        snapshot.columns(scope)


def test_what_takes_long_is_made_once(snapshot: Snapshot) -> None:
    made = []

    def make() -> int:
        time.sleep(0.05)
        made.append(1)
        return len(made)

    answers: list[int] = []
    threads = [threading.Thread(target=lambda: answers.append(snapshot.remember("slow", make))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [1] * 6


def test_the_same_content_has_the_same_id(built: Path, snapshot: Snapshot) -> None:
    shelf = Shelf(built)
    assert shelf.current().id == snapshot.id
    assert shelf.current() is shelf.current()
