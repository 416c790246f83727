"""The terms of others that the graph uses, one class for each vocabulary."""

# ruff: noqa: N815 - terms are spelled as in RDF, zr:leadUnit

from __future__ import annotations

from pyoxigraph import NamedNode

from kg.vocab.namespace import Namespace


class RDF(Namespace, iri="http://www.w3.org/1999/02/22-rdf-syntax-ns#"):
    """RDF."""

    type: NamedNode
    value: NamedNode


class RDFS(Namespace, iri="http://www.w3.org/2000/01/rdf-schema#"):
    """RDF Schema."""

    label: NamedNode


class XSD(Namespace, iri="http://www.w3.org/2001/XMLSchema#"):
    """The datatypes in use."""

    string: NamedNode
    boolean: NamedNode
    integer: NamedNode
    decimal: NamedNode
    date: NamedNode
    dateTime: NamedNode


class DCTERMS(Namespace, iri="http://purl.org/dc/terms/"):
    """Dublin Core."""

    title: NamedNode
    publisher: NamedNode
    spatial: NamedNode
    type: NamedNode
    isPartOf: NamedNode
    date: NamedNode


class ELI(Namespace, iri="http://data.europa.eu/eli/ontology#"):
    """The European Legislation Identifier, for documents that cite and carry out each other."""

    Work: NamedNode
    id_local: NamedNode
    date_document: NamedNode
    implements: NamedNode
    cites: NamedNode
    has_annex: NamedNode
    is_annex_of: NamedNode


class ORG(Namespace, iri="http://www.w3.org/ns/org#"):
    """The Organization Ontology."""

    Organization: NamedNode
    OrganizationalCollaboration: NamedNode
    ChangeEvent: NamedNode
    originalOrganization: NamedNode
    resultingOrganization: NamedNode


class SKOS(Namespace, iri="http://www.w3.org/2004/02/skos/core#"):
    """Concept schemes and labels."""

    Concept: NamedNode
    ConceptScheme: NamedNode
    inScheme: NamedNode
    prefLabel: NamedNode
    altLabel: NamedNode
    notation: NamedNode
    definition: NamedNode


class PROV(Namespace, iri="http://www.w3.org/ns/prov#"):
    """PROV, for who decided what and when, who took it back, and how the derived graph was made."""

    Agent: NamedNode
    wasDerivedFrom: NamedNode
    Entity: NamedNode
    SoftwareAgent: NamedNode
    endedAtTime: NamedNode
    used: NamedNode
    wasGeneratedBy: NamedNode
    wasAttributedTo: NamedNode
    generatedAtTime: NamedNode
    wasInvalidatedBy: NamedNode
    invalidatedAtTime: NamedNode
    wasAssociatedWith: NamedNode


class OA(Namespace, iri="http://www.w3.org/ns/oa#"):
    """Web Annotation: a quotation and where it stands, in code points."""

    SpecificResource: NamedNode
    TextQuoteSelector: NamedNode
    TextPositionSelector: NamedNode
    hasTarget: NamedNode
    hasSource: NamedNode
    exact: NamedNode
    prefix: NamedNode
    suffix: NamedNode
    start: NamedNode
    end: NamedNode


class QUDT(Namespace, iri="http://qudt.org/schema/qudt/"):
    """Quantities and units."""

    Unit: NamedNode
    value: NamedNode
    hasUnit: NamedNode


class SCHEMA(Namespace, iri="https://schema.org/"):
    """schema.org, for the digest of a file."""

    sha256: NamedNode
