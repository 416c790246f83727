"""Where the derived graph comes from: which program made it, when, and with which parameters."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from pyoxigraph import Literal, Triple

from kg import __version__, vocab
from kg.analysis.stated.terms import literal
from kg.vocab import PROV, RDF, RDFS, XSD, ZR


def state_provenance(base: str, parameters: Mapping[str, int | float], when: datetime) -> Iterator[Triple]:
    """Yield the derivation as a PROV activity, with the program and each parameter as what it used."""
    graph, activity, program = vocab.derived_graph(base), vocab.derivation(base), vocab.program(__version__, base)
    yield Triple(graph, RDF.type, PROV.Entity)
    yield Triple(graph, PROV.wasGeneratedBy, activity)
    yield Triple(activity, RDF.type, ZR.Derivation)
    yield Triple(activity, PROV.wasAssociatedWith, program)
    yield Triple(activity, PROV.endedAtTime, Literal(when.strftime("%Y-%m-%dT%H:%M:%SZ"), datatype=XSD.dateTime))
    yield Triple(program, RDF.type, PROV.SoftwareAgent)
    yield Triple(program, RDFS.label, Literal(f"zeren {__version__}"))
    for name, value in sorted(parameters.items()):
        node = vocab.parameter(name, base)
        yield Triple(activity, PROV.used, node)
        yield Triple(node, RDF.type, ZR.Parameter)
        yield Triple(node, RDFS.label, Literal(name))
        yield Triple(node, RDF.value, literal(value))


def build_time() -> datetime:
    """Return the moment of the build: now, or what ``SOURCE_DATE_EPOCH`` says, so that a build can be repeated byte for byte."""
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(said), UTC) if said.isdecimal() else datetime.now(UTC)
