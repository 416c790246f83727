"""From what people write to the literal or the code that a query wants: 2023年, 2023-06-30, 95.5, 牵头."""

from __future__ import annotations

import difflib
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
_MOST, _NEAR = 12, 5  # entries that a message names of a short list, and of a long one
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
    asked = _key(value.removeprefix("<").removesuffix(">").removeprefix(f"{type_}:"))
    found = named.get(asked.removeprefix(_key(f"{_SCHEMES}{type_}/")), set())
    if len(found) == 1:
        return NamedNode(next(iter(found)))
    entries = sorted(found or {iri for iris in named.values() for iri in iris})
    if len(entries) > _MOST:
        near = [iri for name in difflib.get_close_matches(asked, named, n=_NEAR, cutoff=0.3) for iri in sorted(named[name])]
        entries = list(dict.fromkeys(near)) or entries[:_NEAR]
    shown = ", ".join(f"{iri.rpartition('/')[2]} {_label(type_, iri)}" for iri in entries)
    trouble = f"fits {len(found)}" if found else "is none of them"
    some = "one of" if len(entries) == len({iri for iris in named.values() for iri in iris}) else "for example"
    raise QueryError(f"{_shown(value)} {trouble}; {type_} is {some}: {shown}")


def _label(type_: str, iri: str) -> str:
    names = (name for name, iris in _codes()[type_].items() if iri in iris and not name.isascii())
    return next(names, "")


def _key(name: str) -> str:
    """Return a name as it is compared: ％ as %, Lead as lead."""
    return unicodedata.normalize("NFKC", name).casefold()


@cache
def _codes() -> dict[str, dict[str, set[str]]]:
    """Return of each list the entries by code and by name; the official name of an entry comes before its other ones."""
    found: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    triples = list(parse(path=data.ONTOLOGY / "schemes.ttl", format=RdfFormat.TURTLE))
    lists = {str(one.subject): str(one.object)[1:-1] for one in triples if one.predicate == SKOS.inScheme}
    for predicate in (SKOS.notation, SKOS.prefLabel, SKOS.altLabel):
        for triple in triples:
            node, name = triple.subject, triple.object
            if triple.predicate == predicate and isinstance(node, NamedNode) and isinstance(name, Literal) and str(node) in lists:
                found[lists[str(node)].removeprefix(_SCHEMES)][_key(name.value)].add(node.value)
    return {scheme: dict(names) for scheme, names in found.items()}


def _shown(value: str) -> str:
    return repr(value if len(value) <= 40 else value[:40] + "…")
