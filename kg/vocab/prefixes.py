"""The prefix of every namespace, as files and queries write it."""

from __future__ import annotations

from kg.vocab.borrowed import DCTERMS, ELI, OA, ORG, PROV, QUDT, RDF, RDFS, SCHEMA, SKOS, XSD
from kg.vocab.namespace import BASE
from kg.vocab.zeren import ZR

PREFIXES = {
    "zr": ZR.iri,
    "rdf": RDF.iri,
    "rdfs": RDFS.iri,
    "xsd": XSD.iri,
    "owl": "http://www.w3.org/2002/07/owl#",
    "dcterms": DCTERMS.iri,
    "eli": ELI.iri,
    "org": ORG.iri,
    "skos": SKOS.iri,
    "prov": PROV.iri,
    "oa": OA.iri,
    "qudt": QUDT.iri,
    "unit": "http://qudt.org/vocab/unit/",
    "schema": SCHEMA.iri,
    "role": BASE + "scheme/role/",
    "scheme": BASE + "scheme/",
}
