"""What follows from the stated facts, for the derived graph: the rules under queries/derive/, and then places and ranks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Quad, QueryTriples, Store, Triple

from kg import data, vocab
from kg.errors import KnowledgeError
from kg.reason.order import place_statements, rank_measures

__all__ = ["derive", "run_rules"]


def derive(store: Store, base: str = vocab.BASE, folder: Path = data.QUERIES / "derive") -> Iterator[Quad]:
    """Yield the derived facts as quads of the derived graph."""
    graph = vocab.derived_graph(base)
    facts = list(run_rules(store, folder))
    for triple in (*facts, *rank_measures(facts), *place_statements(store)):
        yield Quad(triple.subject, triple.predicate, triple.object, graph)


def run_rules(store: Store, folder: Path = data.QUERIES / "derive") -> Iterator[Triple]:
    """Yield what the rules say; each is a CONSTRUCT over what documents state, and they do not build on each other.

    A rule with a line ``# computed by: …`` on top is but the definition of what is computed elsewhere; it is not run.
    """
    for path in sorted(folder.glob("*.rq")):
        text = path.read_text("utf-8")
        if "\n# computed by: " in text:
            continue
        triples = store.query(text, use_default_graph_as_union=True)
        if not isinstance(triples, QueryTriples):
            raise KnowledgeError(f"queries/derive/{path.name}: is no CONSTRUCT; only CONSTRUCT rules can derive")
        yield from triples
