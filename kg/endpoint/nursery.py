"""The workers of one generation, as the server sees them: made, asked, ended."""

from __future__ import annotations

import asyncio
import io
import json
import tempfile
from collections.abc import Coroutine
from contextlib import suppress
from typing import IO, Any

from kg.endpoint import messages
from kg.endpoint.makers import Copier, Maker, Starter
from kg.endpoint.priority import Priority, set_priority, spent_time
from kg.endpoint.settings import Settings
from kg.endpoint.worker import describe
from kg.errors import StoreError
from kg.store import Generation, digest

BYTES_A_QUAD = 350  # in memory
QUICK = 500_000  # quads that are loaded into memory in a few seconds
_KEPT = 1_000_000  # bytes of a result that stay in memory
_CHUNK = 1 << 18


class WorkerDiedError(Exception):
    """A worker has ended before it answered."""


class Worker:
    """One worker process as the server sees it."""

    def __init__(self, pid: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, nursery: Nursery) -> None:
        self.pid, self.nursery, self.jobs = pid, nursery, 0
        self.busy, self.priority = False, Priority.FULL
        self._before = 0.0  # seconds used for earlier jobs
        self._reader, self._writer = reader, writer

    @property
    def alive(self) -> bool:
        """Whether nothing speaks against it; a worker never closes its end."""
        return not self._reader.at_eof()

    def ask(self, head: dict[str, Any]) -> asyncio.Task[tuple[dict[str, Any], IO[bytes]]]:
        """Hand over a job; the task gives the head of its outcome, and its body as an open file.

        It raises ``WorkerDiedError`` if the worker ends meanwhile.
        """
        self.jobs, self.busy, self._before = self.jobs + 1, True, spent_time(self.pid)
        return asyncio.ensure_future(self._exchange(head))

    async def _exchange(self, head: dict[str, Any]) -> tuple[dict[str, Any], IO[bytes]]:
        try:
            self._writer.write(messages.pack(head))
            await self._writer.drain()
            found = await _receive(self._reader)
            self.busy = False
            return found
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise WorkerDiedError from error

    def used(self) -> float:
        """Return how many seconds of a processor the job has taken so far, at most as many as have passed."""
        return spent_time(self.pid) - self._before

    def lower(self, priority: Priority) -> None:
        """Let other processes go first; there is no way back."""
        if priority > self.priority:
            self.priority = priority
            with suppress(OSError):
                set_priority(self.pid, priority)

    def end(self) -> None:
        """End the process at once, whatever it does."""
        self.nursery.bury(self, self._writer)


def fits_memory(generation: Generation, settings: Settings) -> bool:
    """Tell whether the graph may be held in memory: once where processes share it, else once for each."""
    copies = 1 if settings.fork else settings.workers + settings.slow
    return _quads(generation) * BYTES_A_QUAD * copies <= settings.in_memory


def takes_long(generation: Generation) -> bool:
    """Tell whether loading the graph into memory would keep people waiting."""
    return _quads(generation) > QUICK


def _quads(generation: Generation) -> int:
    return generation.manifest.counts.get("quads", 0)


class Nursery:
    """The workers of one generation."""

    def __init__(self, generation: Generation, settings: Settings, *, in_memory: bool) -> None:
        self.generation, self.in_memory = generation, in_memory
        # its name, and the digest of its manifest: another build may take the same name
        self.version = f"{generation.manifest.generation}-{digest(generation.folder / 'manifest.json')[:12]}"
        command = describe(generation.folder, settings.limits, in_memory=in_memory)
        self._maker: Maker = Copier(command) if settings.fork else Starter(command)
        self._living: dict[int, Worker] = {}
        self._ending: set[asyncio.Task[None]] = set()
        self._retired = False

    @property
    def workers(self) -> tuple[Worker, ...]:
        """The living workers."""
        return tuple(self._living.values())

    async def make(self) -> Worker:
        """Return a worker that is ready.

        :raises StoreError: it could not open the graph.
        :raises WorkerDiedError: it could not even say why.
        """
        try:
            line = await self._maker.make()
        except OSError as error:
            raise WorkerDiedError from error
        try:
            head, _ = await _receive(line[0])
            if "error" in head:
                raise StoreError(head["error"])
        except BaseException as error:
            line[1].close()
            self._run(_part(line[1]))
            if isinstance(error, asyncio.IncompleteReadError | ConnectionError):
                raise WorkerDiedError from error
            raise
        worker = Worker(int(head["pid"]), *line, self)
        self._living[worker.pid] = worker
        return worker

    def bury(self, worker: Worker, writer: asyncio.StreamWriter) -> None:
        """End a worker's process and forget it."""
        if self._living.pop(worker.pid, None) is not None:
            self._maker.kill(worker.pid)
            writer.close()
            self._run(_part(writer))
            if self._retired and not self._living:
                self._run(self._maker.close())

    def retire(self) -> None:
        """Make no more workers; what is running may finish, then nothing is left."""
        self._retired = True
        if not self._living:
            self._run(self._maker.close())

    async def close(self) -> None:
        """End all workers."""
        for worker in self.workers:
            worker.end()
        await self._maker.close()
        await asyncio.gather(*self._ending, return_exceptions=True)

    def _run(self, coroutine: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(coroutine)
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)


async def _part(writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        await writer.wait_closed()


async def _receive(reader: asyncio.StreamReader) -> tuple[dict[str, Any], IO[bytes]]:
    """Return a message; a long body lies on disk, so that a slow client keeps no worker waiting and fills no memory."""
    size, length = messages.lengths(await reader.readexactly(messages.HEAD))
    head = json.loads(await reader.readexactly(size))
    body: IO[bytes] = io.BytesIO() if length <= _KEPT else tempfile.TemporaryFile()  # noqa: SIM115 — whoever gets it closes it
    try:
        while length:
            chunk = await reader.read(min(_CHUNK, length))
            if not chunk:
                raise asyncio.IncompleteReadError(b"", length)
            body.write(chunk)
            length -= len(chunk)
    except BaseException:
        body.close()
        raise
    body.seek(0)
    return head, body
