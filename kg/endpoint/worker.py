"""A worker process: holds the store open, answers one job after the other, and ends when nobody listens any more.

Started as a program it opens the store itself (``python -m kg.endpoint.worker``); where processes can be copied,
:mod:`kg.endpoint.zygote` opens the store once and each worker is a copy.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import threading
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from kg.endpoint import messages
from kg.endpoint.answers import Result, answer
from kg.endpoint.messages import Job
from kg.endpoint.settings import Limits
from kg.errors import ZerenError

if TYPE_CHECKING:
    from pyoxigraph import Store


def open_graph(folder: Path, *, in_memory: bool) -> Store:
    """Return the store of the generation in this folder."""
    from kg.store import Generation, Manifest, load_memory, open_store

    generation = Generation(folder, Manifest.from_json((folder / "manifest.json").read_text("utf-8")))
    return load_memory(generation) if in_memory else open_store(generation)


def work(store: Store, limits: Limits, jobs: IO[bytes], results: IO[bytes]) -> None:
    """Say that this worker is ready, and answer jobs until the stream ends; then the process ends, whatever it does."""
    _restrict(limits)
    waiting: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()

    def listen() -> None:
        # the engine lets other threads run meanwhile: this one sees at once that the server has gone, or gave up
        with suppress(Exception):
            while (head := messages.read(jobs)) is not None:
                waiting.put(head)
        os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    results.write(messages.pack({"pid": os.getpid()}))
    results.flush()
    while True:
        found = answer(store, Job.from_dict(waiting.get()), limits)
        if isinstance(found, Result):
            results.write(messages.pack({"media_type": found.media_type}, found.content))
        else:
            results.write(messages.pack({"refusal": found.to_dict()}))
        results.flush()


def _restrict(limits: Limits) -> None:
    """Let this process open no further file or connection, and take no more memory than a query may have."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the guard and the time limit hold there too
        return
    size = _own_size()
    if not limits.services:
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))  # whatever a query brings the engine to do, it calls nobody
    if size:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (size + limits.memory, size + limits.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _own_size() -> int:
    """Return how many bytes of addresses this process has in use, or 0 where the system does not say."""
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def main() -> None:
    """Work for the process at the other end of standard input and output."""
    given = json.loads(sys.argv[1])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; the server says when it is over
    jobs, results = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing else may write between the results
    try:
        store = open_graph(Path(given["folder"]), in_memory=given["in_memory"])
    except (ZerenError, OSError, ValueError) as error:
        complain(results, error)
    else:
        work(store, read_limits(given["limits"]), jobs, results)


def complain(results: IO[bytes], error: Exception) -> None:
    """Say why there will be no worker."""
    results.write(messages.pack({"error": str(error)}))
    results.flush()


def describe(folder: Path, limits: Limits, *, in_memory: bool) -> str:
    """Return what a worker's or zygote's command line says."""
    return json.dumps({"folder": str(folder.resolve()), "limits": asdict(limits), "in_memory": in_memory})


def read_limits(raw: dict[str, Any]) -> Limits:
    """Return the limits from a command line."""
    return Limits(**{**raw, "services": tuple(raw["services"])})


if __name__ == "__main__":
    main()
