"""Parts of the graph as rdflib has them: to write Turtle or JSON-LD, to validate, to hand to other RDF programs.

rdflib is for one document at a time. A document is some thousand statements and takes a tenth of a second; everything takes
half a minute and 2.3 GB at a thousand documents, and its own SPARQL needs seconds where the store needs milliseconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, QuerySolutions, QueryTriples, RdfFormat, Store, Variable, serialize

from kg import data
from kg.ask import PREFIXES, Answer
from kg.errors import QueryError
from kg.queryable import Queryable

if TYPE_CHECKING:
    from rdflib import Dataset, Graph


def copy_graph(store: Queryable, graph: NamedNode, registry: NamedNode | None = None) -> Graph:
    """Return what a named graph states; with ``registry`` also what that graph says of the things it names."""
    from rdflib import Graph  # late: 0.2 s
    from rdflib.term import URIRef

    copy = Graph(identifier=URIRef(graph.value), bind_namespaces="none")
    _fill(copy, store, "statements", graph=graph)
    if registry is not None:
        for lookup in ("named-things", "things-behind"):
            _fill(copy, store, lookup, graph=graph, registry=registry)
    return copy


def copy_answer(answer: Answer) -> Graph:
    """Return the triples of a CONSTRUCT or DESCRIBE."""
    from rdflib import Graph

    if answer.kind != "graph":
        raise QueryError("only CONSTRUCT and DESCRIBE answer with RDF; make a table of this answer with .frame")
    copy = Graph(bind_namespaces="none")
    copy.parse(data=answer.to_rdf(RdfFormat.N_TRIPLES), format="nt")
    bind_prefixes(copy)
    return copy


def copy_all(store: Queryable) -> Dataset:
    """Return every named graph; a query without ``GRAPH`` sees them all at once, as in the store."""
    from rdflib import Dataset
    from rdflib.term import URIRef

    copy = Dataset(default_union=True)
    for graph in _list_graphs(store):
        _fill(copy.graph(URIRef(graph.value)), store, "statements", graph=graph)
    bind_prefixes(copy)
    return copy


def find_graph(store: Queryable, document: NamedNode) -> NamedNode | None:
    """Return the named graph of a document."""
    rows = store.query(_read("graph-of-document"), substitutions={Variable("document"): document})
    assert isinstance(rows, QuerySolutions)
    return next((term for row in rows if isinstance(term := row["it"], NamedNode)), None)


def bind_prefixes(graph: Graph) -> None:
    """Let a graph write and read our prefixes."""
    for prefix, iri in sorted(PREFIXES.items()):
        graph.bind(prefix, iri, override=True, replace=True)


def _fill(copy: Graph, store: Queryable, lookup: str, **bound: NamedNode) -> None:
    triples = store.query(_read(lookup), substitutions={Variable(name): term for name, term in bound.items()})
    assert isinstance(triples, QueryTriples)
    # by way of text: rdflib then makes its own literals, and "x" is not "x"^^xsd:string to it
    copy.parse(data=serialize(triples, format=RdfFormat.N_TRIPLES) or b"", format="nt")
    bind_prefixes(copy)


def _list_graphs(store: Queryable) -> list[NamedNode]:
    if isinstance(store, Store):  # knows them by heart
        return sorted((graph for graph in store.named_graphs() if isinstance(graph, NamedNode)), key=str)
    rows = store.query((data.QUERIES / "remote" / "graphs.rq").read_text(encoding="utf-8"))
    assert isinstance(rows, QuerySolutions)
    return [term for row in rows if isinstance(term := row["graph"], NamedNode)]


def _read(lookup: str) -> str:
    return (data.QUERIES / "lookup" / f"{lookup}.rq").read_text(encoding="utf-8")
