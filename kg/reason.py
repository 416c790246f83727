"""What follows from the stated facts: the rules under queries/derive/, run over the whole store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Quad, QueryTriples, Store

from kg import data, vocab
from kg.errors import KnowledgeError


def derive(store: Store, base: str = vocab.BASE, folder: Path = data.QUERIES / "derive") -> Iterator[Quad]:
    """Yield the derived facts as quads of the derived graph; each rule is a CONSTRUCT, and they do not build on each other."""
    graph = vocab.derived_graph(base)
    for path in sorted(folder.glob("*.rq")):
        triples = store.query(path.read_text("utf-8"), use_default_graph_as_union=True)
        if not isinstance(triples, QueryTriples):
            raise KnowledgeError(f"queries/derive/{path.name}: is no CONSTRUCT; only CONSTRUCT rules can derive")
        for triple in triples:
            yield Quad(triple.subject, triple.predicate, triple.object, graph)
