"""Where in a query's text something can be put, found by its tokens: the form, the outermost group, the prefixes used."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from kg.ask.guard import TOKEN
from kg.ask.names import Term
from kg.errors import QueryError

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
_FORMS: tuple[Form, ...] = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


def find_form(text: str) -> Form | None:
    r"""Return what kind of question this is; ``None`` if it is none.

    >>> find_form("# ASK?\nPREFIX select: <urn:ask#> SELECT ?ask { }")
    'SELECT'
    """
    words = (match.group().upper() for match in TOKEN.finditer(text) if match.lastgroup == "word")
    first = next((word for word in words if word not in ("PREFIX", "BASE")), "")
    return next((form for form in _FORMS if form == first), None)


def put_values(text: str, terms: Mapping[str, Term | Sequence[Term]]) -> str:
    r"""Return the query with each variable bound to a term or to several, by ``VALUES`` at the beginning of the outermost group.

    The terms are written by the engine's own serializer, so that no value can end its quotation marks.

    >>> from pyoxigraph import Literal
    >>> put_values("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", {"o": Literal('"} #')})
    'CONSTRUCT { ?s ?p ?o } WHERE { VALUES ?o { "\\"} #" } ?s ?p ?o }'
    """
    values = " ".join(f"VALUES ?{name} {{ {_listed(term)} }}" for name, term in sorted(terms.items()))
    if not values:
        return text
    place = _open_group(text)
    if place is None:
        raise QueryError("the query has no group { … }, so that its parameters cannot be bound")
    return f"{text[:place]} {values}{text[place:]}"


def put_prefixes(text: str, prefixes: Mapping[str, str]) -> str:
    """Return the query with a declaration of each prefix that it uses and does not declare.

    They stand in the first line, so that the lines keep their numbers.

    >>> put_prefixes("SELECT ?t { ?t a zr:Task }", {"zr": "https://w3id.org/zeren/ns#", "skos": "urn:x#"})
    'PREFIX zr: <https://w3id.org/zeren/ns#> SELECT ?t { ?t a zr:Task }'
    """
    used: dict[str, None] = {}
    declared = set()
    before = ""
    for match in TOKEN.finditer(text):
        if match.lastgroup == "name":
            prefix = match.group().partition(":")[0]
            if before == "PREFIX":
                declared.add(prefix)
            used[prefix] = None
        before = match.group().upper() if match.lastgroup != "comment" else before
    missing = [prefix for prefix in used if prefix in prefixes and prefix not in declared]
    return "".join(f"PREFIX {prefix}: <{prefixes[prefix]}> " for prefix in missing) + text


def _listed(terms: Term | Sequence[Term]) -> str:
    return " ".join(map(str, terms)) if isinstance(terms, Sequence) else str(terms)


def _open_group(text: str) -> int | None:
    """Return the place behind the ``{`` of the outermost group: not of a template, nor of an ``EXISTS`` in the head."""
    form, depth, before = find_form(text), 0, ""
    template = form == "CONSTRUCT"
    for kind, token, end in _tokens(text):
        if token == "{" and depth == 0 and not (template and before != "WHERE"):
            return end
        depth += (kind == "open") - (kind == "close")
        if token == "}" and depth == 0:
            template = False
        before = token.upper()
    return None


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    for match in TOKEN.finditer(text):
        if match.lastgroup not in (None, "comment"):
            yield str(match.lastgroup), match.group(), match.end()


def squeeze(text: str, limit: int = 200) -> str:
    """Return a text as one short line, for a message."""
    line = re.sub(r"\s+", " ", text).strip()
    return line if len(line) <= limit else line[:limit] + "…"
