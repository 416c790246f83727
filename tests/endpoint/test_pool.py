"""Workers: a query that takes too long is really ended, a dead worker is replaced, a newer graph is taken over."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from kg.endpoint import Limits, Settings
from kg.endpoint.makers import Copier
from kg.endpoint.messages import Job, Refusal
from kg.endpoint.nursery import Nursery, Worker
from kg.endpoint.pool import Outcome, Pool
from kg.errors import StoreError
from tests.endpoint.graphs import ALL, ENDLESS, GREEDY, is_running, make_graph

posix = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")
WAYS = [
    pytest.param(True, id="copies", marks=pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")),
    pytest.param(False, id="new"),
]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_graph(tmp_path_factory.mktemp("graph"), "1", "2", "3")


def play(story: Callable[[Pool], Awaitable[None]], out: Path, **settings: Any) -> None:
    """Run a story with a pool that is there for it."""
    settings.setdefault("fork", hasattr(os, "fork"))
    settings.setdefault("patience", 40)  # on a busy machine, too

    async def run() -> None:
        pool = Pool(Settings(out, **settings))
        await pool.start()
        try:
            await asyncio.wait_for(story(pool), 50)
        finally:
            pids = pool.pids
            await pool.stop()
        if sys.platform == "linux":
            await become_true(lambda: not any(map(is_running, pids)))

    asyncio.run(run())


async def become_true(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.005)


async def values(pool: Pool) -> list[str]:
    outcome = await pool.run(Job(ALL))
    assert isinstance(outcome, Outcome), outcome
    return [row["v"]["value"] for row in json.loads(outcome.body.read())["results"]["bindings"]]


async def refused(pool: Pool, query: str) -> Refusal:
    outcome = await pool.run(Job(query))
    assert isinstance(outcome, Refusal)
    return outcome


async def start_endless(pool: Pool) -> tuple[asyncio.Task[Outcome | Refusal], int]:
    """Start a query that never ends; return it, and the process that runs it once it is seen to use the processor."""

    def lowered() -> set[int]:
        return {worker.pid for worker in pool._nursery.workers if worker.priority}

    before = lowered()
    task = asyncio.ensure_future(pool.run(Job(ENDLESS)))
    await become_true(lambda: task.done() or lowered() > before)
    return task, (lowered() - before).pop()


def zygote_of(nursery: Nursery) -> subprocess.Popen[bytes]:
    assert isinstance(nursery._maker, Copier)
    assert nursery._maker._zygote is not None
    return nursery._maker._zygote


@pytest.mark.parametrize("fork", WAYS)
@pytest.mark.parametrize("in_memory", [10**9, 0], ids=["memory", "disk"])
def test_each_way_to_have_workers_answers_the_same(graph: Path, fork: bool, in_memory: int) -> None:
    async def story(pool: Pool) -> None:
        assert pool._nursery.in_memory is bool(in_memory)
        assert await asyncio.gather(*(values(pool) for _ in range(6))) == [["1", "2", "3"]] * 6
        assert (await refused(pool, "SELECT")).status == 400
        assert (await refused(pool, ENDLESS)).reason == "time"
        assert await values(pool) == ["1", "2", "3"]

    play(story, graph, fork=fork, in_memory=in_memory, workers=2, slow=1, limits=Limits(seconds=0.3))


@posix
def test_a_query_over_its_time_is_ended(graph: Path) -> None:
    async def story(pool: Pool) -> None:
        task, pid = await start_endless(pool)
        refusal = await task
        assert isinstance(refusal, Refusal)
        assert (refusal.status, refusal.reason, refusal.retry_after) == (503, "time", None)
        assert "more than 1 s" in refusal.message
        await become_true(lambda: not is_running(pid))

    play(story, graph, limits=Limits(seconds=1))


@posix
def test_a_query_that_nobody_waits_for_is_ended(graph: Path) -> None:
    async def story(pool: Pool) -> None:
        task, pid = await start_endless(pool)
        task.cancel()
        await become_true(lambda: not is_running(pid))
        assert await values(pool) == ["1", "2", "3"]

    play(story, graph)


@posix
def test_a_worker_that_is_killed_costs_one_query(graph: Path) -> None:
    async def story(pool: Pool) -> None:
        task, pid = await start_endless(pool)
        other, _ = await start_endless(pool)
        os.kill(pid, signal.SIGKILL)
        refusal = await task
        assert isinstance(refusal, Refusal)
        assert (refusal.status, refusal.reason) == (500, "memory")
        assert await values(pool) == ["1", "2", "3"]
        assert not other.done()
        for idle in pool.pids:
            os.kill(idle, signal.SIGKILL)
        await asyncio.wait([other])
        assert await values(pool) == ["1", "2", "3"]

    play(story, graph)


@posix
def test_the_process_that_workers_are_copied_from_may_die(graph: Path) -> None:
    async def story(pool: Pool) -> None:
        zygote = zygote_of(pool._nursery)
        zygote.kill()
        zygote.wait()
        for pid in pool.pids:
            os.kill(pid, signal.SIGKILL)
        assert await values(pool) == ["1", "2", "3"]
        task, pid = await start_endless(pool)
        task.cancel()
        await become_true(lambda: not is_running(pid))

    play(story, graph)


@posix
def test_a_query_that_wants_too_much_memory_fails_alone(graph: Path) -> None:
    async def story(pool: Pool) -> None:
        refusal = await refused(pool, GREEDY)
        assert (refusal.status, refusal.reason) == (500, "memory")
        assert "48 MB" in refusal.message
        assert isinstance(await pool.run(Job("ASK { ?s ?p ?o }")), Outcome)

    play(story, graph, limits=Limits(memory=48_000_000))


def test_slow_queries_leave_places_free_and_too_many_are_turned_away(graph: Path) -> None:
    async def story(pool: Pool) -> None:
        slow = [asyncio.ensure_future(pool.run(Job(ENDLESS))) for _ in range(5)]
        await become_true(lambda: len(pool._slow) == 2)
        assert await values(pool) == ["1", "2", "3"]
        done, running = await asyncio.wait(slow, return_when=asyncio.FIRST_COMPLETED)
        while len(running) > 2:
            more, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            done |= more
        for one in done:
            refusal = one.result()
            assert isinstance(refusal, Refusal)
            assert (refusal.status, refusal.reason, refusal.retry_after) == (503, "busy", 5)
        assert await values(pool) == ["1", "2", "3"]
        for one in running:
            one.cancel()
        await asyncio.wait(running)
        assert (pool._slow, pool._free) == ({}, 2)

    play(story, graph, workers=2, slow=2)


def test_who_finds_no_place_in_time_is_told_to_come_again(graph: Path) -> None:
    async def story(pool: Pool) -> None:
        blocking = asyncio.ensure_future(pool.run(Job(ENDLESS)))
        await become_true(lambda: pool._free == 0)
        waiting = asyncio.ensure_future(pool.run(Job(ALL)))
        await become_true(lambda: len(pool._waiting) == 1)
        full = await refused(pool, ALL)  # only one may wait
        assert (full.status, full.reason, full.retry_after) == (503, "busy", 1)
        late = await waiting
        assert isinstance(late, Refusal)
        assert (late.status, late.reason) == (503, "busy")
        blocking.cancel()
        await asyncio.wait([blocking])
        assert (pool._free, len(pool._waiting)) == (1, 0)
        assert await values(pool) == ["1", "2", "3"]

    play(story, graph, workers=1, slow=0, waiting=1, patience=0.2, aside_after=1e6, slow_after=1e6)


@posix
def test_a_newer_graph_is_taken_over_between_queries(tmp_path: Path) -> None:
    make_graph(tmp_path, "1")

    async def story(pool: Pool) -> None:
        before = pool.version
        assert await values(pool) == ["1"]
        task, pid = await start_endless(pool)
        await asyncio.to_thread(make_graph, tmp_path, "1", "2")
        await become_true(lambda: pool.version != before)
        assert await values(pool) == ["1", "2"]
        assert is_running(pid)  # what runs on the older graph may finish
        assert not task.done()
        old = pool._nurseries[0]
        task.cancel()
        await become_true(lambda: not old.workers and zygote_of(old).poll() is not None)

    play(story, tmp_path)


def test_a_large_graph_is_asked_on_disk_until_it_is_in_memory(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.endpoint.nursery.QUICK", 0)

    async def story(pool: Pool) -> None:
        on_disk = pool._nursery
        assert not on_disk.in_memory
        assert await values(pool) == ["1", "2", "3"]
        await become_true(lambda: pool._nursery.in_memory)
        assert await values(pool) == ["1", "2", "3"]
        assert pool.version == on_disk.version
        await become_true(lambda: not on_disk.workers)

    play(story, graph)


def test_a_large_graph_that_is_outdated_before_it_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.endpoint.nursery.QUICK", 0)
    make_graph(tmp_path, "1")
    loading, go_on = asyncio.Event(), asyncio.Event()
    make = Nursery.make

    async def make_slowly(nursery: Nursery) -> Worker:
        worker = await make(nursery)
        if nursery.in_memory and nursery.generation.manifest.generation == "000001":
            loading.set()
            await go_on.wait()
        return worker

    monkeypatch.setattr(Nursery, "make", make_slowly)

    async def story(pool: Pool) -> None:
        before = pool.version
        await loading.wait()
        await asyncio.to_thread(make_graph, tmp_path, "1", "2")
        await become_true(lambda: pool.version != before and pool._nursery.in_memory)
        go_on.set()
        await become_true(lambda: len(pool._nurseries) == 1 or not any(known.workers for known in pool._nurseries[:-1]))
        assert await values(pool) == ["1", "2"]

    play(story, tmp_path)


def test_a_damaged_graph_is_not_taken_over(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    make_graph(tmp_path, "1")

    async def story(pool: Pool) -> None:
        (tmp_path / "generations" / "000002").mkdir()
        (tmp_path / "generations" / "000002" / "manifest.json").write_text("{}", "utf-8")
        (tmp_path / "current").write_text("000002\n", "ascii")
        await become_true(lambda: "manifest damaged" in caplog.text)
        assert await values(pool) == ["1"]

    play(story, tmp_path)


@pytest.mark.parametrize("fork", WAYS)
@pytest.mark.parametrize("in_memory", [10**9, 0], ids=["memory", "disk"])
def test_damage_is_said_at_the_start(tmp_path: Path, fork: bool, in_memory: int) -> None:
    make_graph(tmp_path, "1")
    for path in tmp_path.glob("generations/*/store/*.sst"):
        path.write_bytes(b"damaged")
    for path in tmp_path.glob("generations/*/quads/registry.nq"):
        path.write_bytes(b"<damaged")

    async def begin() -> None:
        pool = Pool(Settings(tmp_path, fork=fork, in_memory=in_memory))
        with pytest.raises(StoreError, match=r"damaged.*zeren build"):
            await pool.start()

    asyncio.run(begin())
