"""Named graphs on their way between a store here and a server: their triples in a fixed order, and a digest of these."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from pyoxigraph import NamedNode, RdfFormat, Store, serialize


@dataclass(frozen=True, slots=True)
class Graph:
    """A named graph; the lines are N-Triples, sorted."""

    name: str
    lines: tuple[bytes, ...]

    @property
    def content(self) -> bytes:
        """The graph as one N-Triples file."""
        return b"".join(line + b"\n" for line in self.lines)

    @property
    def digest(self) -> str:
        """The SHA-256 of the content."""
        return hashlib.sha256(self.content).hexdigest()


def read_graph(store: Store, name: str) -> Graph:
    r"""Return a named graph of a store.

    >>> from pyoxigraph import Literal, Quad
    >>> store, node = Store(), NamedNode("urn:x")
    >>> store.add(Quad(node, node, Literal("市"), node))
    >>> read_graph(store, "urn:x").content.decode()
    '<urn:x> <urn:x> "市" .\n'
    """
    quads = store.quads_for_pattern(None, None, None, NamedNode(name))
    content = serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES) or b""
    return Graph(name, tuple(sorted(content.splitlines())))


def list_graphs(store: Store) -> list[str]:
    """Return the names of a store's graphs."""
    return sorted(graph.value for graph in store.named_graphs() if isinstance(graph, NamedNode))
