"""Resolved records as RDF: one named graph for what a document states, one for what documents share."""

from kg.rdf.correction_file import add_revocation, add_to_file, parse_corrections, read_corrections
from kg.rdf.corrections import build_correction_quads
from kg.rdf.document import build_document_quads
from kg.rdf.ontology import build_ontology_quads
from kg.rdf.registry import build_registry_quads, merge_shared
from kg.rdf.terms import sort_quads

__all__ = [
    "add_revocation",
    "add_to_file",
    "build_correction_quads",
    "build_document_quads",
    "build_ontology_quads",
    "build_registry_quads",
    "merge_shared",
    "parse_corrections",
    "read_corrections",
    "sort_quads",
]
