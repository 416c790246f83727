"""What follows from the stated facts, by SPARQL: the rules under queries/derive/, and then places and ranks.

They define what the derived graph says. A build works it out by SQL over the tables (``kg.analysis.stated``), some fifty
times as fast; the tests and ``zeren check --derived`` compare both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from pyoxigraph import Quad, QueryTriples, Store, Triple

from kg import data, vocab
from kg.errors import KnowledgeError
from kg.reason.order import place_statements, rank_measures

__all__ = ["derive", "run_rules"]
_COMPUTED = "\n# computed by: "


def derive(
    store: Store, base: str = vocab.BASE, folder: Path = data.QUERIES / "derive", only: Collection[str] | None = None
) -> Iterator[Quad]:
    """Yield the derived facts as quads of the derived graph; ``only`` what these rules say, without places."""
    graph = vocab.derived_graph(base)
    facts = list(run_rules(store, folder, only))
    for triple in (*facts, *rank_measures(facts), *(place_statements(store) if only is None else ())):
        yield Quad(triple.subject, triple.predicate, triple.object, graph)


def run_rules(store: Store, folder: Path = data.QUERIES / "derive", only: Collection[str] | None = None) -> Iterator[Triple]:
    """Yield what the rules say; each is a CONSTRUCT over what documents state, and they do not build on each other.

    A rule with a line ``# computed by: …`` on top is but a definition, for measures and tests; it is run only if it is named.
    """
    for path in sorted(folder.glob("*.rq")):
        text = path.read_text("utf-8")
        if path.stem not in only if only is not None else _COMPUTED in text:
            continue
        triples = store.query(text, use_default_graph_as_union=True)
        if not isinstance(triples, QueryTriples):
            raise KnowledgeError(f"queries/derive/{path.name}: is no CONSTRUCT; only CONSTRUCT rules can derive")
        yield from triples
