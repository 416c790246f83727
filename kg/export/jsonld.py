"""JSON-LD with the project's prefixes as its context, written as the quads come."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any, BinaryIO

from pyoxigraph import Literal, NamedNode, Quad

from kg.vocab import RDF, XSD


def write_jsonld(quads: Iterable[Quad], stream: BinaryIO, prefixes: Mapping[str, str]) -> None:
    """Write quads, best sorted by graph and subject, as a list of named graphs."""
    namespaces = sorted(((iri, name) for name, iri in prefixes.items()), key=lambda pair: -len(pair[0]))

    def short(iri: str) -> str:
        for namespace, name in namespaces:
            local = iri.removeprefix(namespace)
            if local and local != iri and not local.startswith("//"):
                return f"{name}:{local}"
        return iri

    def value(term: Any) -> dict[str, str]:
        match term:
            case Literal(language=str(language)):
                return {"@value": term.value, "@language": language}
            case Literal():
                return {"@value": term.value, **({} if term.datatype == XSD.string else {"@type": short(term.datatype.value)})}
            case NamedNode():
                return {"@id": short(term.value)}
            case _:
                raise TypeError(f"{term}: is neither an IRI nor a literal")

    def node(subject: Any, statements: Iterable[Quad]) -> dict[str, Any]:
        made: dict[str, Any] = {"@id": short(subject.value)}
        for quad in statements:
            if quad.predicate == RDF.type:
                made.setdefault("@type", []).append(value(quad.object)["@id"])
            else:
                made.setdefault(short(quad.predicate.value), []).append(value(quad.object))
        return made

    context = json.dumps(dict(sorted(prefixes.items())), ensure_ascii=False, indent=1)
    stream.write(f'{{"@context": {context},\n"@graph": ['.encode())
    for number, (graph, of_graph) in enumerate(groupby(quads, key=lambda quad: quad.graph_name)):
        head = json.dumps({"@id": short(graph.value)}) if isinstance(graph, NamedNode) else "{}"
        stream.write(f'{"," if number else ""}\n{head[:-1]}, "@graph": ['.encode())
        for order, (subject, of_subject) in enumerate(groupby(of_graph, key=lambda quad: quad.subject)):
            line = json.dumps(node(subject, of_subject), ensure_ascii=False)
            stream.write(f"{',' if order else ''}\n{line}".encode())
        stream.write(b"\n]}")
    stream.write(b"\n]}\n")
