"""Graphs from a server, as one file of N-Quads that ``--file`` asks like a built graph.

Not a folder for ``--out``: that also holds the pinned texts, tables and digests of a build, which no server has.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad, QueryTriples, RdfFormat, Store

from kg import vocab
from kg.errors import OutputError, RemoteError
from kg.remote.graphs import Graph, read_graph
from kg.remote.place import Place
from kg.store import replace_durably

Progress = Callable[[str, int, int], None]  # stage, done, total


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull fetched."""

    graphs: tuple[str, ...]
    quads: int
    differing: tuple[str, ...]  # not as they were pushed: changed there, or written in the server's own way
    partial: tuple[str, ...]  # a push that broke off left them so


def pull(place: Place, target: Path, *, base: str = vocab.BASE, progress: Progress | None = None) -> Pulled:
    """Write the graphs that were pushed to a server into a file, in a fixed order.

    :raises RemoteError: nothing was pushed there, or it cannot be read.
    :raises OutputError: the file cannot be written.
    """
    record = place.record(vocab.pushed_graph(base))
    if not record:
        raise RemoteError(f"{place.shown}: no graph was pushed there; push one with: zeren push URL")
    pieces, quads, differing = [], 0, []
    for done, (name, digest) in enumerate(sorted(record.items())):
        if progress:
            progress("拉取 pull", done, len(record))
        graph = _fetch(place, name)
        if digest is not None and graph.digest != digest:
            differing.append(name)
        suffix = f" <{name}> .".encode()
        pieces += [line.removesuffix(b" .") + suffix for line in graph.lines]
        quads += len(graph.lines)
    if progress:
        progress("拉取 pull", len(record), len(record))
    try:
        replace_durably(target, b"".join(line + b"\n" for line in pieces))
    except OSError as error:
        raise OutputError(f"{target}: cannot be written ({error.strerror}); choose another file with --to") from error
    partial = tuple(sorted(name for name, digest in record.items() if digest is None))
    return Pulled(tuple(sorted(record)), quads, tuple(differing), partial)


def _fetch(place: Place, name: str) -> Graph:
    """Return a graph with its values written as the embedded store writes them."""
    store = Store()
    content = place.read(name)
    node = NamedNode(name)
    if isinstance(content, QueryTriples):
        store.extend(Quad(triple.subject, triple.predicate, triple.object, node) for triple in content)
    else:
        try:
            store.load(content, format=RdfFormat.N_TRIPLES, to_graph=node)
        except (SyntaxError, ValueError) as error:
            raise RemoteError(f"{place.shown}: the graph {name} came broken ({error}); try again") from error
    return read_graph(store, name)
