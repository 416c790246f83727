"""Two ways to have a new process with the graph open: a copy of one that has it, or one that opens it itself."""

from __future__ import annotations

import asyncio
import os
import socket
import struct
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import kg

Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]  # to and from a worker

ORDER = struct.Struct(">cI")  # to the zygote: F and nothing, or K and the number of a process


class Maker(Protocol):
    """Makes processes, and ends them."""

    async def make(self) -> Line:
        """Return the line to a new worker, which may not have opened the graph yet."""

    def kill(self, pid: int) -> None:
        """End a process that this maker made, at once."""

    async def close(self) -> None:
        """Make no more; what is left of earlier ones is cleared away."""


class Copier:
    """Copies a process that holds the graph: a worker is there in milliseconds, and the graph in memory once."""

    def __init__(self, command: str) -> None:
        self._command = command
        self._zygote: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._closed = False

    async def make(self) -> Line:
        """Return the line to a new worker."""
        if self._closed:
            raise ConnectionAbortedError
        if self._zygote is None or self._control is None or self._zygote.poll() is not None:
            self._control = self._start()
        here, there = socket.socketpair()
        with there:
            socket.send_fds(self._control, [ORDER.pack(b"F", 0)], [there.fileno()])
        return await asyncio.open_unix_connection(sock=here)

    def _start(self) -> socket.socket:
        if self._control is not None:
            self._control.close()
        control, there = socket.socketpair()
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
        return control

    def kill(self, pid: int) -> None:
        """Have the zygote end a process: nobody else knows whether the number is still that process's."""
        if self._control is not None:
            with suppress(OSError):
                self._control.send(ORDER.pack(b"K", pid))

    async def close(self) -> None:
        """End the zygote once it has done what it was told."""
        self._closed = True
        if self._control is not None:
            self._control.close()
        if self._zygote is not None:
            await asyncio.to_thread(_wait_or_kill, self._zygote)


class Starter:
    """Starts a new process each time: for Windows, which cannot copy one."""

    def __init__(self, command: str) -> None:
        self._command = command
        self._processes: dict[int, asyncio.subprocess.Process] = {}
        self._closed = False

    async def make(self) -> Line:
        """Return the line to a new worker."""
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
        if self._closed:
            process.kill()
        return process.stdout, process.stdin

    def kill(self, pid: int) -> None:
        """End a process."""
        with suppress(ProcessLookupError):
            self._processes[pid].kill()

    async def close(self) -> None:
        """Wait for the end of all processes."""
        self._closed = True
        for process in list(self._processes.values()):
            with suppress(ProcessLookupError):
                process.kill()
            if process.stdin is not None:
                process.stdin.close()
            await process.wait()


def _wait_or_kill(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(1)
    except subprocess.TimeoutExpired:  # it is loading the graph and does not listen
        process.kill()
        process.wait()


def _python(module: str) -> list[str]:
    return [sys.executable, "-P", "-m", module]  # -P: a file json.py in the working folder is not Python's json


def _environment() -> dict[str, str]:
    """Return an environment in which a new Python finds the packages of this one."""
    home = str(Path(kg.__file__).resolve().parent.parent)
    paths = [home, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}
