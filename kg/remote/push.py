"""Graphs to a server: only what changed, and so that a push that broke off is completed by the next one.

A record on the server says which graphs were put there and what is in each. First the record names all graphs that are
about to be written, without a digest; then each is written, and after it its digest. So a graph with a digest is whole,
and one that the record does not name was never ours: it is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, serialize

from kg import vocab
from kg.errors import RemoteError
from kg.remote.graphs import list_graphs, read_graph
from kg.remote.place import Place
from kg.vocab import RDF, ZR

Progress = Callable[[str, int, int], None]  # stage, done, total


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did, by names of graphs."""

    sent: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]


def push(
    store: Store,
    place: Place,
    *,
    base: str = vocab.BASE,
    everything: bool = False,
    keep: bool = False,
    progress: Progress | None = None,
) -> Pushed:
    """Make the graphs on a server those of a store; graphs that zeren did not put there are left alone.

    ``everything`` sends also what did not change; ``keep`` leaves there what this store does not have.

    :raises RemoteError: the server does not take it; pushing again completes it.
    """  # fmt: skip
    record = vocab.pushed_graph(base)
    before = place.record(record)
    names = [name for name in list_graphs(store) if name != record.value]
    wanted = {}
    for done, name in enumerate(names):
        _say(progress, "核对 compare", done, len(names))
        wanted[name] = read_graph(store, name).digest
    _say(progress, "核对 compare", len(names), len(names))
    changed = [name for name, digest in wanted.items() if everything or before.get(name) != digest]
    gone = [] if keep else sorted(name for name in before if name not in wanted and _is_ours(name, base))
    if changed or gone:
        # what is not of this store first: should a part of the record get there only, a later push still knows of these
        after = {name: digest for name, digest in sorted(before.items()) if name not in wanted}
        after |= {name: None if name in changed else digest for name, digest in wanted.items()}
        _Push(store, place, record, progress).run(after, {name: wanted[name] for name in changed}, gone)
    return Pushed(tuple(changed), tuple(gone), tuple(name for name in wanted if name not in changed))


class _Push:
    """One push under way."""

    def __init__(self, store: Store, place: Place, record: NamedNode, progress: Progress | None) -> None:
        self._store, self._record, self._progress = store, record.value, progress
        self._writer = place.writer()
        self._done = 0

    def run(self, after: Mapping[str, str | None], changed: Mapping[str, str], gone: list[str]) -> None:
        steps = len(changed) + len(gone)
        try:
            self._writer.replace(self._record, _lines(after))
            for name, digest in changed.items():
                _say(self._progress, "推送 push", self._done, steps)
                self._writer.replace(name, read_graph(self._store, name).lines)
                self._writer.add(self._record, _lines({name: digest}))
                self._done += 1
            for name in gone:
                _say(self._progress, "推送 push", self._done, steps)
                self._writer.drop(name)
                self._done += 1
            if gone:
                whole = {**after, **changed}
                left = {name: digest for name, digest in whole.items() if name not in gone}
                self._writer.replace(self._record, _lines(left))
        except RemoteError as error:
            raise RemoteError(f"{error}; {self._done} of {steps} graphs are done: push again to go on from there") from error
        _say(self._progress, "推送 push", steps, steps)


def _is_ours(graph: str, base: str) -> bool:
    """Return whether a graph bears a name that zeren gives; a record on a server may be anybody's work."""
    return graph.startswith(f"{base}graph/") and graph != vocab.pushed_graph(base).value


def _lines(digests: Mapping[str, str | None]) -> list[bytes]:
    """Return what the record says of graphs, in their order."""
    triples = []
    for name, digest in digests.items():
        triples.append(Triple(NamedNode(name), RDF.type, ZR.PushedGraph))
        if digest is not None:
            triples.append(Triple(NamedNode(name), ZR.contentDigest, Literal(digest)))
    return (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").splitlines()


def _say(progress: Progress | None, stage: str, done: int, total: int) -> None:
    if progress:
        progress(stage, done, total)
