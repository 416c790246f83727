"""Who runs what and when: fast queries at once, slow ones aside, too slow ones not at all.

A query gets a worker of its own. One that takes more than a moment stands aside: other processes go first, and its place
is free for the next. There is room for so many of them; one that finds none is turned away once it is slow. Where slow ones
would take all processors, they run only when nobody else wants to. At the time limit its process is ended. So a light query
waits neither for a place nor for a processor, whatever the others do.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import IO

from kg.endpoint.messages import Job, Refusal
from kg.endpoint.nursery import Nursery, Worker, WorkerDiedError, fits_memory, takes_long
from kg.endpoint.priority import Priority
from kg.endpoint.settings import Settings
from kg.errors import StoreError, ZerenError
from kg.machine import count_processors
from kg.store import Generation, current

log = logging.getLogger(__name__)

SPARE = 2  # workers that wait, beyond the places
_USES = 1_000  # jobs of a worker: what an engine keeps of each is given back
_LOOK = 1.0  # seconds between looks for a newer generation
_BLINK = 0.01  # seconds
_TRIES = 3  # at making a worker


@dataclass(frozen=True, slots=True)
class Outcome:
    """A result, and the version of the graph that it is true of."""

    media_type: str
    body: IO[bytes]
    version: str


class Pool:
    """The workers, and the places where queries run."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._free = settings.workers  # places at full priority
        self._slow: dict[_Place, Worker] = {}  # what stands aside
        self._processors = count_processors()
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._idle: deque[Worker] = deque()
        self._arrived = asyncio.Event()
        self._coming = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = asyncio.Event()
        self._nursery: Nursery
        self._nurseries: list[Nursery] = []  # with older ones whose queries still run

    @property
    def generation(self) -> Generation:
        """What new queries are asked from."""
        return self._nursery.generation

    @property
    def version(self) -> str:
        """What tells this generation from every other."""
        return self._nursery.version

    @property
    def pids(self) -> set[int]:
        """The numbers of the worker processes."""
        return {worker.pid for nursery in self._nurseries for worker in nursery.workers}

    async def start(self) -> None:
        """Open the current generation.

        :raises StoreError: there is none, or it is damaged.
        """
        await self._take_over(current(self.settings.out))
        self._run(self._watch())

    async def stop(self) -> None:
        """End all workers."""
        self._stopping.set()
        # a task that is just starting a process is not cancelled: what it started would be nobody's
        while self._tasks:
            for nursery in self._nurseries:
                await nursery.close()
            await asyncio.sleep(_BLINK)
        for nursery in self._nurseries:
            await nursery.close()

    async def run(self, job: Job) -> Outcome | Refusal:
        """Return the outcome of a query; if the caller is cancelled, the query is ended."""
        if (refusal := await self._enter()) is not None:
            return refusal
        place = _Place(self)
        worker: Worker | None = None
        try:
            worker = await self._take()
            begun = monotonic()
            try:
                outcome = await self._ask(worker, job, place)
            except WorkerDiedError:
                if monotonic() - begun > self.settings.aside_after:
                    raise
                worker.end()  # it was dead already, and nobody had seen it
                await asyncio.sleep(_BLINK)  # the ends of others that died with it are seen meanwhile
                worker = await self._take()
                outcome = await self._ask(worker, job, place)
            if not (worker.priority or worker.busy) and worker.jobs < _USES and worker.nursery is self._nursery:
                self._put(worker)
                worker = None
            return outcome
        except TimeoutError:
            return Refusal(503, "busy", "no worker is ready; try again in a moment", retry_after=5)
        except WorkerDiedError:
            memory = self.settings.limits.memory // 1_000_000
            message = f"the query ended the process that ran it, most likely for want of memory ({memory} MB); ask for less"
            return Refusal(500, "memory", message)
        finally:
            if worker is not None:
                worker.end()
            place.leave()
            self._refill()

    async def _ask(self, worker: Worker, job: Job, place: _Place) -> Outcome | Refusal:
        limit, clock = self.settings.limits.seconds, asyncio.get_running_loop().time
        end = clock() + limit
        asking = worker.ask(job.to_dict())
        try:
            while not asking.done() and (left := end - clock()) > 0:
                pause = self._judge(worker, place)
                if pause is None:
                    message = f"{self.settings.slow} slow queries are running already; try again later, or ask for less"
                    return Refusal(503, "busy", message, retry_after=5)
                await asyncio.wait([asking], timeout=min(left, pause))
            if not asking.done():
                # no Retry-After: the same query would take as long again
                return Refusal(503, "time", f"the query took more than {limit:g} s and was stopped; ask for less")
            head, body = asking.result()
        finally:
            if not asking.done():
                asking.cancel()
        if "refusal" in head:
            return Refusal(**head["refusal"])
        return Outcome(head["media_type"], body, worker.nursery.version)

    def _judge(self, worker: Worker, place: _Place) -> float | None:
        """Let a query stand back by what it has used; return for how long to let it run, ``None`` if it finds no room.

        What counts is processor time, as far as the system tells it: a light query beside heavy ones takes long, too.
        """
        used, first, last = worker.used(), self.settings.aside_after, self.settings.slow_after
        if used < first:
            return max(first - used, _BLINK)
        place.stand_back(worker)
        # as long as a processor is left for light queries, a slow one need not starve beside other programs
        crowded = len(self._slow) >= self._processors
        for one in {worker, *self._slow.values()}:
            one.lower(Priority.LOWEST if crowded else Priority.LOW)
        if used < last:
            return max(last - used, _BLINK)
        return self.settings.limits.seconds if place.slow else None

    async def _enter(self) -> Refusal | None:
        """Wait for a place at full priority."""
        if self._free > 0 and not self._waiting:
            self._free -= 1
            return None
        busy = Refusal(503, "busy", "too many queries at once; try again in a moment", retry_after=1)
        if len(self._waiting) >= self.settings.waiting:
            return busy
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await asyncio.wait_for(turn, self.settings.patience)
        except (TimeoutError, asyncio.CancelledError) as error:
            if turn.done() and not turn.cancelled():
                self._leave()  # it came at the last moment
            with suppress(ValueError):
                self._waiting.remove(turn)
            if isinstance(error, asyncio.CancelledError):
                raise
            return busy
        return None

    def _leave(self) -> None:
        """Give a place to the next in the line."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1

    async def _take(self) -> Worker:
        """Return a living worker of the current generation."""
        async with asyncio.timeout(self.settings.patience):
            while True:
                self._refill()
                while self._idle:
                    worker = self._idle.popleft()
                    if worker.alive and worker.nursery is self._nursery:
                        return worker
                    worker.end()
                self._arrived.clear()
                self._refill()
                await self._arrived.wait()

    def _put(self, worker: Worker) -> None:
        """Let a worker wait for the next query."""
        self._idle.append(worker)
        self._arrived.set()

    def _refill(self) -> None:
        """See to it that workers wait: one for each free place, and some more."""
        while not self._stopping.is_set() and len(self._idle) + self._coming < self._free + SPARE:
            self._coming += 1
            self._run(self._make(self._nursery))

    async def _make(self, nursery: Nursery) -> None:
        try:
            for attempt in range(_TRIES):
                try:
                    worker = await nursery.make()
                except WorkerDiedError:
                    if self._stopping.is_set():
                        return
                    await asyncio.sleep(attempt / 2)
                else:
                    self._put(worker)
                    return
            log.error("%s: no worker could open the graph; build it again", nursery.generation.folder)
        except StoreError as error:
            log.error("%s", error)
        finally:
            self._coming -= 1

    async def _watch(self) -> None:
        """Go over to a newer generation as soon as it is there."""
        seen = _trace(self.settings.out)
        while not self._stopping.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), _LOOK)
            try:
                if not self._stopping.is_set() and (now := _trace(self.settings.out)) != seen and now[0]:
                    seen = now
                    await self._take_over(await asyncio.to_thread(current, self.settings.out))
            except ZerenError as error:
                log.warning("%s; the graph that was open is served on", error)

    async def _take_over(self, generation: Generation) -> None:
        """Ask the graph on disk at once, and in memory as soon as it is there, where queries are many times faster."""
        fits, long = fits_memory(generation, self.settings), takes_long(generation)
        await self._move(Nursery(generation, self.settings, in_memory=fits and not long))
        if fits and long:
            self._run(self._load(generation))

    async def _load(self, generation: Generation) -> None:
        try:
            await self._move(Nursery(generation, self.settings, in_memory=True))
        except StoreError as error:
            if not self._stopping.is_set():
                log.warning("%s; the graph is read from disk on", error)

    async def _move(self, nursery: Nursery) -> None:
        """Let new queries go to another nursery, once it has a worker."""
        self._nurseries.append(nursery)
        try:
            first = await nursery.make()
            if nursery.in_memory and self._outdated(nursery):
                await nursery.close()  # a newer graph came while this one was loaded
                return
        except WorkerDiedError as error:
            await nursery.close()
            folder, out = nursery.generation.folder, nursery.generation.out
            raise StoreError(f"{folder}: cannot be opened; run `zeren build SOURCES --out {out}` again") from error
        except BaseException:
            await nursery.close()
            raise
        before, self._nursery = getattr(self, "_nursery", None), nursery
        self._nurseries = [known for known in self._nurseries if known.workers]
        idle, self._idle = self._idle, deque()
        self._put(first)
        self._refill()
        if before is not None:
            before.retire()
            for worker in idle:
                worker.end()

    def _outdated(self, nursery: Nursery) -> bool:
        """Tell whether a nursery was meant to relieve another than the one that is asked now."""
        before = getattr(self, "_nursery", None)
        return takes_long(nursery.generation) and before is not None and before.version != nursery.version

    def _run(self, coroutine: object) -> None:
        task = asyncio.ensure_future(coroutine)  # type: ignore[call-overload]
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


class _Place:
    """Where a query runs: first at full priority, then among the slow."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    @property
    def slow(self) -> bool:
        """Whether it is among the slow."""
        return self in self._pool._slow

    def stand_back(self, worker: Worker) -> None:
        """Go among the slow, unless they are too many."""
        if not self.slow and len(self._pool._slow) < self._pool.settings.slow:
            self._pool._slow[self] = worker
            self._pool._leave()
            self._pool._refill()

    def leave(self) -> None:
        if self._pool._slow.pop(self, None) is None:
            self._pool._leave()


def _trace(out: Path) -> tuple[str, int]:
    """Return what changes when a build is done."""
    try:
        name = (out / "current").read_text("ascii").strip()
        return name, (out / "generations" / name / "manifest.json").stat().st_mtime_ns
    except (OSError, ValueError):
        return "", 0  # in the middle of a change
