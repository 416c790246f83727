"""Clients of a SPARQL endpoint: keep-alive connections that ask light queries in turn and note how long each answer takes."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any
from urllib.parse import urlsplit

KIND = "application/sparql-query"


@dataclass(slots=True)
class Load:
    """What a number of clients saw."""

    seconds: float = 0.0  # that they asked for, all at once
    answers: list[float] = field(default_factory=list)  # seconds that each good answer took
    refused: int = 0  # other answers, such as 503 when the server is full
    broken: int = 0  # connections that ended without one


class Client:
    """One keep-alive connection, opened anew when it breaks."""

    def __init__(self, url: str, patience: float = 120.0) -> None:
        """Take the endpoint's address; nothing is sent yet."""
        parts = urlsplit(url)
        self._path = parts.path
        self._connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=patience)

    def ask(self, query: str) -> tuple[int, float, bytes]:
        """Return the status, how long it took until the answer was here as a whole, and the answer."""
        started = time.perf_counter()
        try:
            headers = {"Content-Type": KIND, "Accept": "application/sparql-results+json"}
            self._connection.request("POST", self._path, query.encode(), headers)
            answer = self._connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            raise
        return answer.status, time.perf_counter() - started, body

    def close(self) -> None:
        """Hang up, whether or not an answer is due."""
        self._connection.close()


def press(url: str, queries: Sequence[str], clients: int, seconds: float) -> Load:
    """Let so many clients ask these queries in turn for so long, from a process of their own."""
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_press, args=(theirs, url, list(queries), clients, seconds), daemon=True)
    process.start()
    theirs.close()
    load: Load = ours.recv()
    process.join()
    return load


def _press(pipe: Any, url: str, queries: Sequence[str], clients: int, seconds: float) -> None:
    load, lock = Load(), threading.Lock()
    for query in queries:  # nobody's first question counts
        Client(url).ask(query)
    begin = threading.Barrier(clients + 1)

    def run(place: int) -> None:
        client, mine, refused, broken = Client(url), [], 0, 0
        begin.wait()
        end, turn = time.perf_counter() + seconds, place
        while time.perf_counter() < end:
            turn += 1
            try:
                status, taken, _ = client.ask(queries[turn % len(queries)])
            except (OSError, http.client.HTTPException):
                broken += 1
                continue
            if status == 200:
                mine.append(taken)
            else:
                refused += 1
        with lock:
            load.answers += mine
            load.refused += refused
            load.broken += broken

    threads = [threading.Thread(target=run, args=(place,)) for place in range(clients)]
    for thread in threads:
        thread.start()
    begin.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    load.seconds = time.perf_counter() - started
    pipe.send(load)
