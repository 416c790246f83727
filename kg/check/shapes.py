"""One document's graph against ``ontology/shapes.ttl``, by pySHACL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kg import data
from kg.check.report import Finding, Severity
from kg.store import Generation, Part

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_SEVERITIES: dict[str, Severity] = {"Violation": "violation", "Warning": "warning", "Info": "info"}


def check_shapes(generation: Generation, part: Part, ontology: Graph | None = None) -> Iterator[Finding]:
    """Yield what breaks a shape in a document's graph, read together with the shared things and the ontology.

    Who checks several documents reads the ontology once, with :func:`read_ontology`.
    """
    from pyshacl import validate
    from rdflib import SH, Graph

    graph = read_graph(generation.document_file(part), generation.registry_file(part))
    graph += ontology if ontology is not None else read_ontology(generation)
    _, report, _ = validate(graph, shacl_graph=_shapes(), inference="none", advanced=True, inplace=True)
    if not isinstance(report, Graph):
        raise TypeError(f"pySHACL gave {type(report).__name__} instead of a report")
    for result in report.objects(None, SH.result):
        shape, focus = report.value(result, SH.sourceShape), report.value(result, SH.focusNode)
        severity, value = report.value(result, SH.resultSeverity), report.value(result, SH.value)
        zh, en = (_message(shape, language) for language in ("zh", "en"))
        kind = _SEVERITIES[re.split("[#/]", str(severity))[-1]]
        yield Finding(
            kind, str(shape).rpartition("/")[2], zh, en, str(focus), "shapes", "" if value in (None, focus) else str(value)
        )


def read_ontology(generation: Generation) -> Graph:
    """Return the ontology that the generation was built with."""
    return read_graph(generation.quads / "ontology.nq")


def read_graph(*files: Path) -> Graph:
    """Return the quads of the files as one graph.

    It is parsed by rdflib itself: literals that come through Oxigraph are typed, and sh:in would not know them.
    """
    from rdflib import Dataset, Graph

    graph = Graph()
    for path in files:
        quads = Dataset()
        quads.parse(path, format="nquads")
        for subject, predicate, value, _ in quads.quads():
            graph.add((subject, predicate, value))
    return graph


@cache
def _shapes() -> Graph:
    from rdflib import Graph

    return Graph().parse(data.ONTOLOGY / "shapes.ttl", format="turtle")


def _message(shape: Node | None, language: str) -> str:
    from rdflib import SH, Literal

    messages = (cast(Literal, message) for message in _shapes().objects(shape, SH.message))
    return next((str(message) for message in messages if message.language == language), str(shape))
