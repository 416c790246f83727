"""What the vocabulary calls its terms: labels and definitions from the ontology, in the order in which it states them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg import data, vocab
from viz.pages.links import Language

_RDFS, _OWL, _SKOS = (vocab.PREFIXES[prefix] for prefix in ("rdfs", "owl", "skos"))
_TEXTS = {
    f"{_RDFS}label": "label",
    f"{_SKOS}prefLabel": "label",
    f"{_SKOS}definition": "definition",
    f"{_SKOS}example": "example",
}
_LINKS = {f"{_RDFS}domain": "domain", f"{_RDFS}range": "range", f"{_RDFS}subClassOf": "above", f"{_RDFS}subPropertyOf": "above"}
_KINDS = {f"{_OWL}Class": "class", f"{_OWL}ObjectProperty": "property", f"{_OWL}DatatypeProperty": "property"}


@dataclass(slots=True)
class Term:
    """A class, a property or an entry of a list, as the ontology describes it."""

    iri: str
    kind: str = ""  # class, property
    texts: dict[tuple[str, str], str] = field(default_factory=dict)  # by (label, language)
    links: dict[str, list[str]] = field(default_factory=dict)  # domain, range, above

    def say(self, what: str, lang: Language) -> str:
        """Return a text in the language, else in the other one."""
        return self.texts.get((what, lang)) or self.texts.get((what, "en" if lang == "zh" else "zh"), "")


@cache
def load_terms() -> Mapping[str, Term]:
    """Return the terms by IRI."""
    terms: dict[str, Term] = {}
    for name in ("zeren.ttl", "schemes.ttl"):
        for quad in parse(path=data.ONTOLOGY / name, format=RdfFormat.TURTLE):
            if not isinstance(quad.subject, NamedNode):
                continue
            term = terms.setdefault(quad.subject.value, Term(quad.subject.value))
            property_, value = quad.predicate.value, quad.object
            if isinstance(value, Literal) and property_ in _TEXTS:
                term.texts[_TEXTS[property_], value.language or "zh"] = value.value
            elif isinstance(value, NamedNode) and property_ in _LINKS:
                term.links.setdefault(_LINKS[property_], []).append(value.value)
            elif isinstance(value, NamedNode) and value.value in _KINDS:
                term.kind = _KINDS[value.value]
    return terms


def name_term(iri: str, lang: Language) -> str:
    """Return what people call a term, or its short IRI.

    >>> name_term(vocab.ZR.leadUnit.value, "zh"), name_term(vocab.DCTERMS.isPartOf.value, "en")
    ('牵头单位', 'is part of')
    """
    term = load_terms().get(iri)
    return (term.say("label", lang) if term else "") or shorten_iri(iri)


def shorten_iri(iri: str) -> str:
    """Return an IRI with its prefix where it has one.

    >>> shorten_iri("http://www.w3.org/2004/02/skos/core#notation")
    'skos:notation'
    """
    fitting = [(start, prefix) for prefix, start in _PREFIXES.items() if iri.startswith(start)]
    if not fitting:
        return iri
    start, prefix = max(fitting, key=lambda pair: len(pair[0]))
    return f"{prefix}:{iri.removeprefix(start)}"


_PREFIXES = {**vocab.PREFIXES, "id": f"{vocab.BASE}id/"}
