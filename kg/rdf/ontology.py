"""The ontology and the concept schemes as quads."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeVar

from pyoxigraph import Literal, Quad, RdfFormat, parse

from kg import data, vocab
from kg.errors import KnowledgeError
from kg.rdf.terms import decimal, sort_quads
from kg.vocab import XSD

T = TypeVar("T")


def build_ontology_quads(base: str = vocab.BASE) -> list[Quad]:
    """Return the ontology and the concept schemes in their graph, sorted."""
    graph = vocab.ontology_graph(base)
    quads = []
    for name in ("zeren.ttl", "schemes.ttl"):
        path = data.ONTOLOGY / name
        try:
            quads += [
                Quad(t.subject, t.predicate, _canonical(t.object), graph) for t in parse(path=path, format=RdfFormat.TURTLE)
            ]
        except (OSError, SyntaxError) as error:
            raise KnowledgeError(f"{path}: not readable as Turtle ({error}); restore the file") from error
    return sort_quads(quads)


def _canonical(node: T) -> T | Literal:
    # 10000.0 is how Turtle writes a decimal, 10000 how a store gives it back
    if isinstance(node, Literal) and node.datatype == XSD.decimal:
        return decimal(Decimal(node.value)) or node
    return node
