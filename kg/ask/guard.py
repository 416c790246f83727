"""What a query may not do: change the graph, or call another server."""

from __future__ import annotations

import re

from kg.errors import QueryError

# in this order: what may hold a keyword without being one comes first
_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\r\n]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>'''(?:'{0,2}(?:[^'\\]|\\.))*''' | \"\"\"(?:"{0,2}(?:[^"\\]|\\.))*\"\"\"
        | '(?:[^'\\\r\n]|\\.)*' | "(?:[^"\\\r\n]|\\.)*")
    | (?P<variable>[?$]\w+)
    | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>(?:\w(?:[\w.-]*[\w-])?)?:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*)
    | (?P<word>[^\W\d]\w*)
    | (?P<brace>\{)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}


def refuse_unsafe(text: str) -> None:
    """Raise ``QueryError`` if the query would change the graph or call another server."""
    # SPARQL resolves \u escapes before it reads the query, so that S\u0045RVICE is a SERVICE; engines differ
    for form in {text, _ESCAPE.sub(_unescape, text)}:
        tokens = _tokens(form)
        verb = next((word.upper() for kind, word in tokens if kind == "word" and word.upper() not in ("PREFIX", "BASE")), "")
        if verb in _UPDATES:
            raise QueryError(f"{verb} is refused: the graph is read only; ask with SELECT, ASK, CONSTRUCT or DESCRIBE")
        if calls_service(form):
            raise QueryError("SERVICE is refused: a query may not call another server; ask that server itself instead")


def calls_service(text: str) -> bool:
    """Return whether the query calls another server; the word in comments, strings, IRIs and names does not count.

    >>> calls_service("SELECT * { OPTIONAL { SERVICE <http://example.org/> { ?s ?p ?o } } }")
    True
    >>> calls_service('SELECT ?service { ?s :service "SERVICE" } # SERVICE <http://example.org/>')
    False
    """
    tokens = _tokens(text)
    return any(
        (kind == "word" and "SERVICE" in token.upper()) or (kind == "name" and _glued(tokens, place))
        for place, (kind, token) in enumerate(tokens)
    )


def _glued(tokens: list[tuple[str, str]], place: int) -> bool:
    """Return whether a prefixed name is SERVICE and a name run together: the engine takes SERVICE:x {…} for a call."""
    prefix = tokens[place][1].partition(":")[0].upper()
    before = tokens[place - 1][1].upper() if place else ""
    return "SERVICE" in prefix and before != "GRAPH" and tokens[place + 1 : place + 2] == [("brace", "{")]


def _tokens(text: str) -> list[tuple[str, str]]:
    found = ((token.lastgroup or "", token.group()) for token in _TOKEN.finditer(text))
    return [(kind, token) for kind, token in found if kind != "comment"]


def _unescape(escape: re.Match[str]) -> str:
    point = int(escape[1] or escape[2], 16)
    return chr(point) if point <= 0x10FFFF else "\ufffd"
