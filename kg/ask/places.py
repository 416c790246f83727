"""Where in a query's text something can be put, found by its tokens: its form, its groups, the prefixes that it uses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Literal

from pyoxigraph import Literal as RdfLiteral

from kg.ask.guard import TOKEN
from kg.ask.names import Term
from kg.errors import QueryError
from kg.vocab import XSD

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
_FORMS: tuple[Form, ...] = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


@dataclass(slots=True)
class _Braces:
    """What stands between two braces, and not within inner ones."""

    place: int  # behind the {
    kind: Literal["group", "select", "closed"]  # closed: a template, data, EXISTS or MINUS, with all in it
    seen: frozenset[str] | None  # the variables that mean the same outside; None: all do
    names: set[str] = field(default_factory=set)  # the variables in it
    shown: set[str] = field(default_factory=set)  # by a sub-select


def find_form(text: str) -> Form | None:
    r"""Return what kind of question this is; ``None`` if it is none.

    >>> find_form("# ASK?\nPREFIX select: <urn:ask#> SELECT ?ask { }")
    'SELECT'
    """
    words = (match.group().upper() for match in TOKEN.finditer(text) if match.lastgroup == "word")
    first = next((word for word in words if word not in ("PREFIX", "BASE")), "")
    return next((form for form in _FORMS if form == first), None)


def put_terms(text: str, terms: Mapping[str, Term | Sequence[Term]]) -> str:
    r"""Return the query with each variable bound to a term, or to several: in the outermost group, and in each that names it.

    An engine would else work out a branch of a UNION, or a sub-select, for everything there is, before it looks at the value.
    The terms are written by the engine's own serializer, so that no value can end its quotation marks.

    >>> from pyoxigraph import Literal
    >>> put_terms("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", {"o": Literal('"} #')})
    'CONSTRUCT { ?s ?p ?o } WHERE { BIND("\\"} #" AS ?o) ?s ?p ?o }'
    >>> put_terms("ASK { { ?s ?p ?o } UNION { ?o ?p ?x } MINUS { ?o a ?x } }", {"o": Literal("1")})
    'ASK { BIND("1" AS ?o) { BIND("1" AS ?o) ?s ?p ?o } UNION { BIND("1" AS ?o) ?o ?p ?x } MINUS { ?o a ?x } }'
    """
    if not terms:
        return text
    groups = [braces for braces in _find_braces(text) if braces.kind == "group"]
    if not groups:
        raise QueryError("the query has no group { … }, so that its parameters cannot be bound")
    for braces in sorted(groups, key=lambda braces: -braces.place):
        fitting = (name for name in sorted(terms) if braces is groups[0] or _is_named(name, braces))
        if bound := " ".join(_bind(name, terms[name]) for name in fitting):
            text = f"{text[: braces.place]} {bound}{text[braces.place :]}"
    return text


def put_prefixes(text: str, prefixes: Mapping[str, str]) -> str:
    """Return the query with a declaration of each prefix that it uses and does not declare.

    They stand in the first line, so that the lines keep their numbers.

    >>> put_prefixes("SELECT ?t { ?t a zr:Task }", {"zr": "https://w3id.org/zeren/ns#", "skos": "urn:x#"})
    'PREFIX zr: <https://w3id.org/zeren/ns#> SELECT ?t { ?t a zr:Task }'
    """
    used: dict[str, None] = {}
    declared = set()
    before = ""
    for kind, token, _ in _tokens(text):
        if kind == "name":
            prefix = token.partition(":")[0]
            if before == "PREFIX":
                declared.add(prefix)
            used[prefix] = None
        before = token.upper()
    missing = [prefix for prefix in used if prefix in prefixes and prefix not in declared]
    return "".join(f"PREFIX {prefix}: <{prefixes[prefix]}> " for prefix in missing) + text


def squeeze(text: str, limit: int = 200) -> str:
    """Return a text as one short line, for a message."""
    line = re.sub(r"\s+", " ", text).strip()
    return line if len(line) <= limit else line[:limit] + "…"


def _bind(name: str, terms: Term | Sequence[Term]) -> str:
    if isinstance(terms, Sequence):
        return f"VALUES ?{name} {{ {' '.join(map(str, terms))} }}"
    return f"BIND({_write(terms)} AS ?{name})"  # Virtuoso plans this well, and for VALUES of one row it may take minutes


def _write(term: Term) -> str:
    """Return a term as SPARQL, in a form that Virtuoso takes for what it is.

    Chinese words in a function are garbled unless they say that they are a string; a decimal among the rows of a DISTINCT is
    out of range, and a double is not.
    """
    if isinstance(term, RdfLiteral) and term.datatype == XSD.decimal:
        number = repr(float(term.value))
        return str(term) if not isfinite(float(number)) else number if "e" in number else f"{number}e0"
    if isinstance(term, RdfLiteral) and term.datatype == XSD.string and not term.value.isascii():
        return f"{term}^^{XSD.string}"
    return str(term)


def _is_named(name: str, braces: _Braces) -> bool:
    return name in braces.names and (braces.seen is None or name in braces.seen)


def _find_braces(text: str) -> list[_Braces]:
    """Return all pairs of braces, the outer before the inner; the first group is the outermost."""
    found: list[_Braces] = []
    around: list[_Braces] = []
    form, last, clause, depth = find_form(text), "", "", 0
    for kind, token, end in _tokens(text):
        word = token.upper()
        inner = around[-1] if around else None
        if token == "{":
            template = form == "CONSTRUCT" and last == "CONSTRUCT"
            shut = template or clause == "VALUES" or last in ("EXISTS", "MINUS") or (inner is not None and inner.kind == "closed")
            around.append(_Braces(end, "closed" if shut else "group", _seen_in(inner)))
            found.append(around[-1])
            clause = ""
        elif token == "}" and around:
            around.pop()
        elif kind == "variable" and inner is not None:
            inner.names.add(token[1:])
            if clause == "SELECT" and (depth == 0 or last == "AS"):
                inner.shown.add(token[1:])
        elif word == "SELECT" and inner is not None and last == "{":
            inner.kind, clause, depth = "select" if inner.kind == "group" else "closed", "SELECT", 0
        elif token == "*" and clause == "SELECT" and inner is not None and last in ("SELECT", "DISTINCT", "REDUCED"):
            inner.shown.add("*")
        elif word == "VALUES" and kind == "word":
            clause = "VALUES"
        depth += (token == "(") - (token == ")")
        last = word
    return found


def _seen_in(outer: _Braces | None) -> frozenset[str] | None:
    """Return which variables mean the same outside as in braces within these."""
    if outer is None or outer.kind != "select" or "*" in outer.shown:
        return outer.seen if outer else None
    return frozenset(outer.shown if outer.seen is None else outer.shown & outer.seen)


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    for match in TOKEN.finditer(text):
        if match.lastgroup not in (None, "comment"):
            yield str(match.lastgroup), match.group(), match.end()
