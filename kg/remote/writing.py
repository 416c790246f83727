"""Ways to keep graphs on a server: the Graph Store Protocol, or SPARQL updates in batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol
from urllib.parse import urlencode
from urllib.request import Request

from kg.remote.connection import Connection

TRIPLES = "application/n-triples"
BATCH = 1_000  # triples of one INSERT DATA; Virtuoso's parser runs out of memory at some thousands
BATCH_BYTES = 400_000


class Writer(Protocol):
    """Puts graphs on a server; each call may be made twice without harm."""

    def replace(self, graph: str, lines: Sequence[bytes]) -> None:
        """Make a graph what these lines of N-Triples say."""

    def add(self, graph: str, lines: Sequence[bytes]) -> None:
        """Add triples to a graph."""

    def drop(self, graph: str) -> None:
        """Remove a graph, also if there is none."""


class GraphStore:
    """A server's graph store (SPARQL 1.1 Graph Store HTTP Protocol)."""

    def __init__(self, connection: Connection) -> None:
        """Take the connection to its URL."""
        self._connection = connection

    def replace(self, graph: str, lines: Sequence[bytes]) -> None:
        """Make a graph what these lines of N-Triples say."""
        if lines:
            self._send("PUT", graph, b"\n".join((*lines, b"")))
        else:
            self.drop(graph)  # some servers have no empty graphs

    def add(self, graph: str, lines: Sequence[bytes]) -> None:
        """Add triples to a graph."""
        if lines:
            self._send("POST", graph, b"\n".join((*lines, b"")))

    def drop(self, graph: str) -> None:
        """Remove a graph, also if there is none."""
        self._send("DELETE", graph, None, 404)

    def read(self, graph: str) -> bytes:
        """Return a graph as N-Triples; nothing where there is none."""
        request = Request(self._url(graph), headers={"Accept": TRIPLES})  # the connection checks URLs
        reply = self._connection.send(request, accept=(404,))
        if reply.status == 404:
            return b""
        if reply.kind not in (TRIPLES, "text/plain"):
            raise self._connection.fault(f"the graph came as {reply.kind or 'nothing known'!r}, not as N-Triples; check the URL")
        return reply.body

    def _send(self, method: str, graph: str, body: bytes | None, *accept: int) -> None:
        headers = {"Content-Type": TRIPLES} if body is not None else {}
        self._connection.send(Request(self._url(graph), body, headers, method=method), accept)  # as above

    def _url(self, graph: str) -> str:
        joint = "&" if "?" in self._connection.url else "?"
        return f"{self._connection.url}{joint}{urlencode({'graph': graph})}"


class Updates:
    """A server that takes SPARQL updates."""

    def __init__(self, connection: Connection) -> None:
        """Take the connection to its URL."""
        self._connection = connection

    def replace(self, graph: str, lines: Sequence[bytes]) -> None:
        """Make a graph what these lines of N-Triples say: in one update where they are few."""
        batches = list(split_lines(lines))
        first = _insert(graph, batches[0]) if batches else b""
        self._send(b"DROP SILENT GRAPH <" + graph.encode() + b">" + (b" ;\n" + first if first else b""))
        for batch in batches[1:]:
            self._send(_insert(graph, batch))

    def add(self, graph: str, lines: Sequence[bytes]) -> None:
        """Add triples to a graph."""
        for batch in split_lines(lines):
            self._send(_insert(graph, batch))

    def drop(self, graph: str) -> None:
        """Remove a graph, also if there is none."""
        self._send(b"DROP SILENT GRAPH <" + graph.encode() + b">")

    def _send(self, update: bytes) -> None:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}  # which all servers take
        body = urlencode({"update": update}).encode("ascii")
        self._connection.send(Request(self._connection.url, body, headers, method="POST"))  # as above


def split_lines(lines: Sequence[bytes], most: int = BATCH, largest: int = BATCH_BYTES) -> Iterator[list[bytes]]:
    """Yield the lines in batches that any server takes.

    >>> [len(batch) for batch in split_lines([b"12345"] * 5, most=3, largest=12)]
    [2, 2, 1]
    """
    batch: list[bytes] = []
    size = 0
    for line in lines:
        if batch and (len(batch) == most or size + len(line) > largest):
            yield batch
            batch, size = [], 0
        batch.append(line)
        size += len(line)
    if batch:
        yield batch


def _insert(graph: str, lines: Sequence[bytes]) -> bytes:
    # N-Triples are Turtle as it stands in INSERT DATA; a name of a graph comes from the engine, which lets no > into it
    return b"INSERT DATA { GRAPH <" + graph.encode() + b"> {\n" + b"\n".join(lines) + b"\n} }"
