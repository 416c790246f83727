"""Work in a process of its own: its time, the most memory it had, and an end when it takes too long."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

Result = TypeVar("Result")
_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes in which the system counts a process's memory


@dataclass(frozen=True, slots=True)
class Spent:
    """What a program took; ``memory`` in bytes, ``None`` where the system does not tell."""

    seconds: float
    memory: int | None


def run_program(*words: str | Path, cwd: Path | None = None) -> Spent:
    """Run a program to its end, its output thrown away.

    Its memory is not told below what this process itself had when it started the program: begin it from a small one.

    :raises CalledProcessError: it ends with an error.
    """
    command = [str(word) for word in words]
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL)
    if sys.platform == "win32":
        code, memory = process.wait(), None
    else:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = code = os.waitstatus_to_exitcode(status)  # it was waited for: nobody must do so again
        memory = usage.ru_maxrss * _UNIT
    seconds = time.perf_counter() - started
    if code:
        raise subprocess.CalledProcessError(code, command)
    return Spent(seconds, memory)


def run_alone(work: Callable[..., Result], *arguments: Any, limit: float | None = None) -> Result | None:
    """Return what a function returns in a process of its own; ``None`` if it takes longer than ``limit`` seconds.

    :raises EOFError: the function failed; its traceback stands on standard error.
    """
    spawn = multiprocessing.get_context("spawn")  # nothing is shared with this process, and it is the same on Windows
    ours, theirs = spawn.Pipe(duplex=False)
    process = spawn.Process(target=_answer, args=(theirs, work, arguments), daemon=True)
    process.start()
    theirs.close()
    try:
        return ours.recv() if ours.poll(limit) else None
    finally:
        process.kill()
        process.join()


def _answer(pipe: Connection, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    pipe.send(work(*arguments))


def peak_memory() -> int | None:
    """Return the most bytes that this process had so far, where the system tells."""
    if sys.platform == "win32":
        return None
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT
