"""From what people write to the literal or the code that a query wants: 2023年, 2023-06-30, 95.5, 牵头."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import cache

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg import data, vocab
from kg.errors import QueryError
from kg.vocab import SKOS, XSD

_SCHEMES = vocab.BASE + "scheme/"
_INTEGER = re.compile(r"[+-]?\d{1,9}")
_DECIMAL = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,15})?")
_YEAR = re.compile(r"([12]\d{3})年?")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


def read_value(type_: str, value: str) -> Literal | NamedNode | None:
    """Return the term, or None if the type is neither a literal's nor a list's; no value is guessed.

    >>> read_value("year", "2023年").value, read_value("role", "牵头").value
    ('2023', 'https://w3id.org/zeren/scheme/role/lead')
    """
    if read := _LITERALS.get(type_):
        return read(unicodedata.normalize("NFKC", value) if type_ != "text" else value)
    return _code(type_, value) if type_ in _codes() else None


def known_types() -> set[str]:
    """Return the types that are no things: those of literals, and the lists of codes."""
    return {*_LITERALS, *_codes()}


def _integer(value: str) -> Literal:
    if not _INTEGER.fullmatch(value):
        raise QueryError(f"{_shown(value)} is no whole number; write one like 3")
    return Literal(str(int(value)), datatype=XSD.integer)


def _decimal(value: str) -> Literal:
    if not _DECIMAL.fullmatch(value):
        raise QueryError(f"{_shown(value)} is no number; write one like 95 or 95.5")
    return Literal(value, datatype=XSD.decimal)


def _year(value: str) -> Literal:
    found = _YEAR.fullmatch(value)
    if found is None:
        raise QueryError(f"{_shown(value)} is no year; write four digits, for example 2023")
    return Literal(found[1], datatype=XSD.integer)


def _date(value: str) -> Literal:
    found = _DATE.fullmatch(value)
    try:
        if found is None:
            raise ValueError
        day = date(*(int(part) for part in found.groups()))
    except ValueError:
        raise QueryError(f"{_shown(value)} is no date; write it as 2023-06-30") from None
    return Literal(day.isoformat(), datatype=XSD.date)


_LITERALS: dict[str, Callable[[str], Literal]] = {
    "text": Literal,
    "integer": _integer,
    "decimal": _decimal,
    "year": _year,
    "date": _date,
}


def _code(type_: str, value: str) -> NamedNode:
    """Return the entry of a list by its code, its name in either language, or its IRI."""
    named = _codes()[type_]
    asked = value.removeprefix("<").removesuffix(">").removeprefix(f"{type_}:").casefold()
    found = named.get(asked.removeprefix(f"{_SCHEMES}{type_}/"), set())
    if len(found) == 1:
        return NamedNode(next(iter(found)))
    codes = {iri for iris in named.values() for iri in iris}
    shown = ", ".join(f"{iri.rpartition('/')[2]} {_label(type_, iri)}" for iri in sorted(found or codes))
    trouble = f"fits {len(found)}" if found else "is none of them"
    raise QueryError(f"{_shown(value)} {trouble}; {type_} is one of: {shown}")


def _label(type_: str, iri: str) -> str:
    names = (name for name, iris in _codes()[type_].items() if iri in iris and not name.isascii())
    return next(names, "")


@cache
def _codes() -> dict[str, dict[str, set[str]]]:
    """Return of each list the entries by code and by name; the official name of an entry comes before its other ones."""
    found: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    named = (SKOS.notation, SKOS.prefLabel, SKOS.altLabel)
    triples = list(parse(path=data.ONTOLOGY / "schemes.ttl", format=RdfFormat.TURTLE))
    for predicate in named:
        for triple in triples:
            node, name = triple.subject, triple.object
            if triple.predicate != predicate or not isinstance(node, NamedNode) or not isinstance(name, Literal):
                continue
            scheme, slash, _ = node.value.removeprefix(_SCHEMES).rpartition("/")
            if node.value.startswith(_SCHEMES) and slash:
                found[scheme][name.value.casefold()].add(node.value)
    return {scheme: dict(names) for scheme, names in found.items()}


def _shown(value: str) -> str:
    return repr(value if len(value) <= 40 else value[:40] + "…")
