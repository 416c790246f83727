"""Where workers come from: copies of one process that holds the graph, or new processes where there is no such thing."""

from __future__ import annotations

import asyncio
import io
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import kg
from kg.endpoint import messages
from kg.endpoint.priority import Priority, set_priority, spent_time
from kg.endpoint.settings import Settings
from kg.endpoint.worker import describe
from kg.errors import StoreError
from kg.store import Generation, digest

BYTES_A_QUAD = 450  # in memory
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

    async def ask(self, head: dict[str, Any]) -> tuple[dict[str, Any], IO[bytes]]:
        """Hand over a job and return the head of its outcome, and its body as an open file.

        :raises WorkerDiedError: the worker ended meanwhile.
        """
        self.jobs, self.busy, self._before = self.jobs + 1, True, spent_time(self.pid)
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
        self._writer.close()
        self.nursery.bury(self)


class Nursery:
    """Makes workers for one generation."""

    def __init__(self, generation: Generation, settings: Settings) -> None:
        self.generation, self._settings = generation, settings
        # its name, and the digest of its manifest: another build may take the same name
        self.version = f"{generation.manifest.generation}-{digest(generation.folder / 'manifest.json')[:12]}"
        copies = 1 if settings.fork else settings.workers + settings.slow
        size = generation.manifest.counts.get("quads", 0) * BYTES_A_QUAD * copies
        self.in_memory = size <= settings.in_memory
        self._command = describe(generation.folder, settings.limits, in_memory=self.in_memory)
        self._living: dict[int, Worker] = {}
        self._processes: dict[int, asyncio.subprocess.Process] = {}
        self._retired = False
        self._zygote: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    async def make(self) -> Worker:
        """Return a worker that is ready.

        :raises StoreError: it could not open the graph.
        :raises WorkerDiedError: it could not even say why.
        """
        try:
            reader, writer = await (self._copy() if self._settings.fork else self._start())
            head, _ = await _receive(reader)
        except (asyncio.IncompleteReadError, OSError) as error:
            raise WorkerDiedError from error
        if "error" in head:
            writer.close()
            raise StoreError(head["error"])
        worker = Worker(int(head["pid"]), reader, writer, self)
        self._living[worker.pid] = worker
        return worker

    async def _copy(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._zygote is None or self._zygote.poll() is not None:
            self._start_zygote()
        assert self._control is not None
        here, there = socket.socketpair()
        with there:
            socket.send_fds(self._control, [b"F"], [there.fileno()])
        return await asyncio.open_unix_connection(sock=here)

    def _start_zygote(self) -> None:
        if self._control is not None:
            self._control.close()
        # one message at a time, with its attachment
        self._control, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with there:
            handle = there.fileno()
            self._zygote = subprocess.Popen(
                [*_python("kg.endpoint.zygote"), self._command, str(handle)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(handle,),
                env=_environment(),
            )

    async def _start(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        process = await asyncio.create_subprocess_exec(
            *_python("kg.endpoint.worker"),
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )
        assert process.stdin is not None
        assert process.stdout is not None
        self._processes[process.pid] = process
        return process.stdout, process.stdin

    def bury(self, worker: Worker) -> None:
        """End a worker's process and forget it."""
        self._living.pop(worker.pid, None)
        if self._control is not None:
            with suppress(OSError):
                self._control.send(b"K%d" % worker.pid)
        elif (process := self._processes.pop(worker.pid, None)) is not None:
            with suppress(ProcessLookupError):
                process.kill()
        if self._retired:
            self.retire()

    @property
    def is_empty(self) -> bool:
        """Whether all its workers have ended."""
        return not self._living

    def retire(self) -> None:
        """Make no more workers; what is running may finish, then nothing is left."""
        self._retired = True
        if self.is_empty and self._control is not None:
            self._control.close()
            if self._zygote is not None:
                threading.Thread(target=self._zygote.wait, daemon=True).start()  # or the system keeps its number for ever

    async def close(self) -> None:
        """End all workers."""
        processes = list(self._processes.values())
        for worker in list(self._living.values()):
            worker.end()
        for process in processes:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        if self._control is not None:
            self._control.close()
        if self._zygote is not None:
            self._zygote.kill()
            await asyncio.to_thread(self._zygote.wait)


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


def _python(module: str) -> list[str]:
    return [sys.executable, "-P", "-m", module]  # -P: a file json.py in the working folder is not Python's json


def _environment() -> dict[str, str]:
    """Return an environment in which a new Python finds the packages of this one."""
    home = str(Path(kg.__file__).resolve().parent.parent)
    paths = [home, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}
