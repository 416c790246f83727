"""What the lists in ``ontology/schemes.ttl`` say: units of measure, and kinds of document by name."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg import data, vocab
from kg.errors import KnowledgeError
from kg.vocab import SKOS, ZR


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure; a number times ``factor`` is the same quantity in ``base``."""

    iri: NamedNode
    base: NamedNode
    factor: Fraction

    def normalize(self, value: Decimal) -> Decimal:
        """Return the value in the base unit, to nine places.

        >>> find_unit("万亩").normalize(Decimal("4.5"))
        Decimal('3000')
        """
        exact = round(Fraction(value) * self.factor, 9)
        with localcontext() as context:
            context.prec = 60
            return Decimal(exact.numerator) / Decimal(exact.denominator)


@dataclass(frozen=True, slots=True)
class Schemes:
    """The tables, by the words that a document uses."""

    units: dict[str, Unit]
    unit_names: dict[str, str]  # by IRI
    intensive: tuple[str, ...]  # IRIs of base units that a whole and a part of it can share
    document_kinds: dict[str, NamedNode]


def load_schemes(path: Path) -> Schemes:
    """Read the tables from a Turtle file of concept schemes."""
    labels: dict[NamedNode, list[str]] = defaultdict(list)
    names: dict[str, str] = {}
    facts: dict[tuple[NamedNode, NamedNode], NamedNode | Literal] = {}
    try:
        for triple in parse(path=path, format=RdfFormat.TURTLE):
            if not isinstance(triple.subject, NamedNode) or not isinstance(triple.object, NamedNode | Literal):
                continue
            if triple.predicate not in (SKOS.prefLabel, SKOS.altLabel):
                facts[triple.subject, triple.predicate] = triple.object
            elif isinstance(triple.object, Literal) and triple.object.language == "zh":
                labels[triple.subject].append(triple.object.value)
                if triple.predicate == SKOS.prefLabel:
                    names[triple.subject.value] = triple.object.value
    except (OSError, SyntaxError) as error:
        raise KnowledgeError(f"{path}: not readable as Turtle ({error}); restore the file") from error
    units = {iri: words for iri, words in labels.items() if facts.get((iri, SKOS.inScheme)) == vocab.scheme("unit")}
    kinds = {iri: words for iri, words in labels.items() if facts.get((iri, SKOS.inScheme)) == vocab.scheme("document-kind")}
    return Schemes(
        units={_same(word): _unit(iri, facts) for iri, words in units.items() for word in words},
        unit_names={iri.value: names[iri.value] for iri in units if iri.value in names},
        intensive=tuple(sorted(iri.value for iri in units if (iri, ZR.intensive) in facts)),
        document_kinds={word: iri for iri, words in kinds.items() for word in words},
    )


def find_unit(written: str | None) -> Unit | None:
    """Return the unit that a text names, or ``None`` if the list does not have it.

    >>> find_unit("％").iri.value
    'http://qudt.org/vocab/unit/PERCENT'
    >>> find_unit("柱") is None
    True
    """
    return None if written is None else _tables().units.get(_same(written))


def unit_name(iri: str) -> str:
    """Return how Chinese texts write a unit, given by its IRI; of an unknown one the IRI.

    >>> unit_name("http://qudt.org/vocab/unit/HA")
    '公顷'
    """
    return _tables().unit_names.get(iri, iri)


def intensive_units() -> tuple[str, ...]:
    """Return the IRIs of base units in which a whole and a part of it can be compared: shares, concentrations, durations."""
    return _tables().intensive


def find_document_kind(name: str | None) -> NamedNode | None:
    """Return the entry for a kind of document.

    >>> find_document_kind("工作要点").value
    'https://w3id.org/zeren/scheme/document-kind/key-points'
    """
    return None if name is None else _tables().document_kinds.get(name)


@cache
def _tables() -> Schemes:
    return load_schemes(data.ONTOLOGY / "schemes.ttl")


def _unit(iri: NamedNode, facts: dict[tuple[NamedNode, NamedNode], NamedNode | Literal]) -> Unit:
    base, factor = facts.get((iri, ZR.baseUnit)), facts.get((iri, ZR.factor))
    if not isinstance(base, NamedNode) or not isinstance(factor, Literal):
        raise KnowledgeError(f"ontology/schemes.ttl: {iri.value} has no zr:baseUnit or zr:factor; state both")
    return Unit(iri, base, Fraction(factor.value))


def _same(written: str) -> str:
    # μg/m³, ㎡ and ％ become what the list has
    return "".join(unicodedata.normalize("NFKC", written).split())
