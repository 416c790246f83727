"""The named graphs: one for each document, and those that hold what documents share."""

from __future__ import annotations

from pyoxigraph import NamedNode

from kg.vocab.keys import escape
from kg.vocab.namespace import BASE


def document_graph(policy: str, base: str = BASE) -> NamedNode:
    """Return the named graph that holds what one document states."""
    return NamedNode(f"{base}graph/document/{escape(policy)}")


def registry_graph(base: str = BASE) -> NamedNode:
    """Return the named graph of the things that documents share."""
    return NamedNode(f"{base}graph/registry")


def derived_graph(base: str = BASE) -> NamedNode:
    """Return the named graph of what was concluded and stands in no document."""
    return NamedNode(f"{base}graph/derived")


def ontology_graph(base: str = BASE) -> NamedNode:
    """Return the named graph of the ontology and the concept schemes."""
    return NamedNode(f"{base}graph/ontology")


def pushed_graph(base: str = BASE) -> NamedNode:
    """Return the named graph in which a server keeps which graphs were pushed to it."""
    return NamedNode(f"{base}graph/pushed")


def corrections_graph(base: str = BASE) -> NamedNode:
    """Return the named graph of what people decided."""
    return NamedNode(f"{base}graph/corrections")
