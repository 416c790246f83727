"""The process that workers are copied from: it holds the graph once, and a copy of it is there in milliseconds.

It listens on a socket: ``F`` with a socket attached makes a worker that works for the other end of it, ``K`` and a number
ends one. It is their parent, so that no process of another program ever has a number that it would end. It starts no thread:
a copy has only the thread that asked for it.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from kg.endpoint.makers import ORDER
from kg.endpoint.worker import complain, open_graph, read_limits, work
from kg.errors import ZerenError

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.endpoint.settings import Limits


def main() -> None:
    """Serve the socket whose number is given until its other end is closed."""
    given = json.loads(sys.argv[1])
    control = socket.socket(fileno=int(sys.argv[2]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the server says when it is over
    folder, limits, in_memory = Path(given["folder"]), read_limits(given["limits"]), given["in_memory"]
    # on disk the engine has threads of its own: a worker opens the store after it was made
    store, fault = None, None
    if in_memory:
        try:
            store = open_graph(folder, in_memory=True)
        except (ZerenError, OSError, ValueError) as error:
            fault = error
    living: set[int] = set()
    while True:
        message, handles, _, _ = socket.recv_fds(control, ORDER.size, 1)
        living -= _buried(living)
        if not message:
            os._exit(0)  # without taking the graph apart first
        verb, number = ORDER.unpack(message)
        if verb == b"F":
            pid = os.fork()
            if pid == 0:
                control.close()
                _become_worker(handles[0], store, fault, folder, limits)
            os.close(handles[0])
            living.add(pid)
        elif number in living:
            os.kill(number, signal.SIGKILL)


def _become_worker(handle: int, store: Store | None, fault: Exception | None, folder: Path, limits: Limits) -> NoReturn:
    try:
        line = socket.socket(fileno=handle)
        results = line.makefile("wb")
        try:
            if fault is not None:
                raise fault
            store = store or open_graph(folder, in_memory=False)
        except (ZerenError, OSError, ValueError) as error:
            complain(results, error)
        else:
            work(store, limits, line.makefile("rb"), results)
    finally:
        os._exit(1)


def _buried(living: set[int]) -> set[int]:
    """Return which of the workers have ended, and let the system forget them."""
    return {pid for pid in living if os.waitpid(pid, os.WNOHANG)[0] == pid}


if __name__ == "__main__":
    main()
