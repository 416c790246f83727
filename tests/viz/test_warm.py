"""What the server makes ready beside the pages: for each graph once, and no longer than it runs."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg import pipeline, store, toy
from kg.endpoint import Settings, create_app
from kg.explorer import Snapshot
from tests.endpoint.inline import InlinePool
from viz.pages import keep_warm
from viz.pages.warm import first_needs

PATIENCE = 60.0  # seconds


class Steps:
    """Steps that tell which graphs they were taken for; one of them fails, and one can be held up."""

    def __init__(self) -> None:
        self.warmed: list[str] = []
        self.begun, self.go_on = threading.Semaphore(0), threading.Event()
        self.go_on.set()

    def __call__(self, snapshot: Snapshot) -> Iterator[Callable[[], object]]:
        yield lambda: [][1]  # what fails stops nothing
        yield self.begun.release
        yield lambda: self.go_on.wait(PATIENCE)
        yield lambda: self.warmed.append(snapshot.generation.manifest.generation)


@pytest.fixture
def steps() -> Steps:
    return Steps()


def run_beside(out: Path, steps: Steps, during: Callable[[], None]) -> None:
    """Start the application of a folder, and end it again."""
    settings = Settings(out)
    app = create_app(settings, beside=[lambda app: keep_warm(app, steps, pause=0.01)], pool=InlinePool(settings))

    async def live() -> None:
        async with app.router.lifespan_context(app):
            await asyncio.to_thread(during)

    asyncio.run(live())


def build(home: Path, text: str) -> Path:
    (home / "city.txt").write_text(text, encoding="utf-8", newline="\n")
    pipeline.build([home / "city.txt"], home / "out")
    return home / "out"


def test_each_graph_is_made_ready_once(tmp_path: Path, steps: Steps) -> None:
    out = build(tmp_path, toy.TEXT)

    def during() -> None:
        assert steps.begun.acquire(timeout=PATIENCE)
        build(tmp_path, toy.TEXT.replace("70%", "75%"))
        assert steps.begun.acquire(timeout=PATIENCE)
        assert not steps.begun.acquire(timeout=0.2)  # many looks later

    run_beside(out, steps, during)
    assert steps.warmed[-1] == store.current(out).manifest.generation
    assert len(set(steps.warmed)) == len(steps.warmed) == 2


def test_the_end_of_the_server_waits_for_one_step_only(built: Path, steps: Steps) -> None:
    steps.go_on.clear()

    def during() -> None:
        assert steps.begun.acquire(timeout=PATIENCE)
        threading.Timer(0.2, steps.go_on.set).start()

    run_beside(built, steps, during)
    assert not steps.warmed
    assert "keep-warm" not in {thread.name for thread in threading.enumerate()}


def test_without_a_graph_the_server_waits_for_one(tmp_path: Path, steps: Steps) -> None:
    def during() -> None:
        assert not steps.begun.acquire(timeout=0.1)
        build(tmp_path, toy.TEXT)
        assert steps.begun.acquire(timeout=PATIENCE)

    run_beside(tmp_path / "out", steps, during)


def test_what_first_visitors_need_can_be_made(built: Path) -> None:
    snapshot = Snapshot(store.current(built))
    for step in first_needs(snapshot):
        step()
    kept: list[str] = []
    for key in ("finder", "found gaps", ("listing", "tasks"), "partners"):
        snapshot.remember(key, lambda key=key: kept.append(key))  # type: ignore[misc]
    assert not kept  # all of it is there
    snapshot.close()
