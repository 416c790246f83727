"""Every name in the graph: namespaces, terms, named graphs, and how the IRI of each thing is made from its natural key."""

from __future__ import annotations

from kg.vocab.borrowed import DCTERMS, ELI, OA, ORG, PROV, QUDT, RDF, RDFS, SCHEMA, SKOS, XSD
from kg.vocab.graphs import corrections_graph, derived_graph, document_graph, ontology_graph, pushed_graph, registry_graph
from kg.vocab.keys import check_base, key_of
from kg.vocab.mint import (
    assignment,
    change,
    citation,
    concept,
    correction,
    decision,
    evidence,
    function,
    gap,
    indicator,
    metric,
    organization,
    person,
    policy,
    region,
    scheme,
    section,
    source,
    target_comparison,
    task,
)
from kg.vocab.namespace import BASE
from kg.vocab.prefixes import PREFIXES
from kg.vocab.zeren import ZR

__all__ = [
    "BASE",
    "DCTERMS",
    "ELI",
    "OA",
    "ORG",
    "PREFIXES",
    "PROV",
    "QUDT",
    "RDF",
    "RDFS",
    "SCHEMA",
    "SKOS",
    "XSD",
    "ZR",
    "assignment",
    "change",
    "check_base",
    "citation",
    "concept",
    "correction",
    "corrections_graph",
    "decision",
    "derived_graph",
    "document_graph",
    "evidence",
    "function",
    "gap",
    "indicator",
    "key_of",
    "metric",
    "ontology_graph",
    "organization",
    "person",
    "policy",
    "pushed_graph",
    "region",
    "registry_graph",
    "scheme",
    "section",
    "source",
    "target_comparison",
    "task",
]
