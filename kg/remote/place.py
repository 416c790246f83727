"""Where a server takes questions, graphs and updates; of the servers that are known here, one URL says the others."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode, QuerySolutions, QueryTriples

from kg import data
from kg.errors import RemoteError
from kg.remote.connection import Clock, Connection
from kg.remote.credentials import Credentials
from kg.remote.store import RemoteStore
from kg.remote.writing import GraphStore, Updates, Writer

PATIENCE = 600.0  # seconds for one answer: a large graph takes its time to be written


@dataclass(frozen=True, slots=True)
class Addresses:
    """The URLs of one server; what is not given is found out."""

    query: str
    graph_store: str | None = None
    update: str | None = None


class Place:
    """A server where graphs are kept, with the record of those that were put there."""

    def __init__(
        self,
        addresses: Addresses,
        credentials: Credentials | None = None,
        *,
        timeout: float = PATIENCE,
        clock: Clock | None = None,
    ) -> None:
        """Take its addresses; nothing is sent yet."""
        self._addresses, self._credentials, self._timeout, self._clock = addresses, credentials, timeout, clock
        self.store = RemoteStore(addresses.query, credentials, timeout=timeout, clock=clock)

    @property
    def shown(self) -> str:
        """The server as it is named in messages."""
        return self.store.connection.shown

    def record(self, graph: NamedNode) -> dict[str, str | None]:
        """Return the graphs that were put there with the digest of each; ``None`` where it was not put there whole.

        With two digests, two pushes wrote the graph at the same time: nobody knows which of them was the last.
        """
        found: dict[str, str | None] = {}
        rows = self.store.query_graph(graph.value, _read("pushed"))
        assert isinstance(rows, QuerySolutions)
        for row in rows:
            name, digest = row["graph"], row["digest"]
            if isinstance(name, NamedNode):
                known = isinstance(digest, RdfLiteral) and name.value not in found
                found[name.value] = digest.value if known else None
        return found

    def writer(self) -> Writer:
        """Return the way to put graphs there."""
        if self._addresses.graph_store:
            return GraphStore(self._connect(self._addresses.graph_store))
        if self._addresses.update:
            return Updates(self._connect(self._addresses.update))
        if url := self.known_graph_store():
            return GraphStore(self._connect(url))
        raise RemoteError(
            f"{self._addresses.query}: where this server takes graphs is not known here; say it with --graph-store URL"
            " (SPARQL 1.1 Graph Store Protocol) or --update URL (SPARQL 1.1 Update)"
        )

    def read(self, graph: str) -> bytes | QueryTriples:
        """Return a graph: as the graph store writes it or, where there is none, as the answer to a query."""
        if url := self._addresses.graph_store or self.known_graph_store():
            return GraphStore(self._connect(url)).read(graph)
        found = self.store.query_graph(graph, _read("content"))
        assert isinstance(found, QueryTriples)
        return found

    def _connect(self, url: str) -> Connection:
        return Connection(url, self._credentials, timeout=self._timeout, clock=self._clock)

    def known_graph_store(self) -> str | None:
        """Return where Oxigraph or Virtuoso takes graphs, which are known by what they call themselves."""
        parts = urlsplit(self._addresses.query)
        called = self.store.server.lower()
        if called.startswith("oxigraph") and parts.path.endswith("/query"):
            path = parts.path.removesuffix("query") + "store"
        elif called.startswith("virtuoso"):
            path = "/sparql-graph-crud" + ("-auth" if self._credentials else "")
        else:
            return None
        return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def _read(name: str) -> str:
    return (data.QUERIES / "remote" / f"{name}.rq").read_text("utf-8")
