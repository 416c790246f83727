"""What a query may not do: change the graph, call another server, or bring the engine down."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from kg.ask.names import PREFIXES
from kg.errors import ForbiddenQueryError, QueryError

LARGEST = 1_000_000  # bytes
DEEPEST = 200  # brackets in brackets; the engine crashes at some thousands
LONGEST_CHAIN = 1_000  # patterns, operators and clauses, which the engine nests too; it crashes at some thousands

# in this order: what may hold a keyword without being one comes first
TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\r\n]*)
    | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
    | (?P<string>'''(?:'{0,2}(?:[^'\\]|\\.))*''' | \"\"\"(?:"{0,2}(?:[^"\\]|\\.))*\"\"\"
        | '(?:[^'\\\r\n]|\\.)*' | "(?:[^"\\\r\n]|\\.)*")
    | (?P<variable>[?$]\w+)
    | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>(?:\w(?:[\w.-]*[\w-])?)?:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*)
    | (?P<word>[^\W\d]\w*)
    | (?P<number>\d+(?:\.\d+)?)
    | (?P<open>[({\[])
    | (?P<close>[)}\]])
    | (?P<joint>&&|\|\||[-+*/|!=<>^.;,])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_SCHEME = re.compile(r"<(?P<name>[A-Za-z][A-Za-z0-9+.-]*):(?P<slashes>//)?")  # no comparison: nothing is divided twice
_SHIFTING = re.compile(r"[#'()\[\]]")  # opens or closes a comment, a string, a bracket
_JOINS = {"AS", "FILTER", "MINUS", "OPTIONAL", "UNION", "VALUES"}
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}


def refuse_unsafe(text: str, *, services: Collection[str] = ()) -> None:
    """Raise ``QueryError`` if the query would change the graph, call another server, or is too much for the engine.

    ``services`` are the endpoints that it may call: whole IRIs, which the query has to write out just so.

    :raises ForbiddenQueryError: it would change the graph, or call a server that is not among them.
    """
    if len(text.encode(errors="replace")) > LARGEST:
        raise QueryError("query larger than 1 MB; put what it lists into fewer, shorter values")
    # SPARQL resolves \u escapes before it reads the query, so that S\u0045RVICE is a SERVICE; engines differ
    for form in {text, _ESCAPE.sub(_unescape, text)}:
        tokens = _tokens(form)
        doubtful = list(_doubtful(tokens))
        for token in doubtful:
            if _SHIFTING.search(token):  # then all that follows can be read in two ways, too
                raise QueryError(f"{token[:80]} could be an IRI or a comparison; put a blank behind '<', or use a prefix")
        verb = _verb(tokens)
        if verb in _UPDATES:
            raise ForbiddenQueryError(f"{verb} is refused: the graph is read only; ask with SELECT, ASK, CONSTRUCT or DESCRIBE")
        if _depth(tokens) > DEEPEST:
            raise QueryError(f"brackets nested more than {DEEPEST} deep; write the query flatter")
        if _pieces(tokens + _tokens(" ".join(token[1:-1] for token in doubtful))) > LONGEST_CHAIN:
            raise QueryError(
                f"more than {LONGEST_CHAIN} patterns and operators; ask in parts, or list the values with VALUES or IN"
            )
        if calls_service(form, services):
            known = f", except {', '.join(f'<{iri}>' for iri in services)} by its whole IRI" if services else ""
            raise ForbiddenQueryError(
                f"SERVICE is refused: a query may not call another server{known}; ask that server itself instead"
            )


def calls_service(text: str, allowed: Collection[str] = ()) -> bool:
    """Return whether the query calls a server that is not allowed; the word in comments, strings, IRIs and names is no call.

    >>> calls_service("SELECT * { OPTIONAL { SERVICE <http://example.org/> { ?s ?p ?o } } }")
    True
    >>> calls_service('SELECT ?service { ?s :service "SERVICE" } # SERVICE <http://example.org/>')
    False
    >>> calls_service("SELECT * { SERVICE SILENT <http://example.org/> { ?s ?p ?o } }", ["http://example.org/"])
    False
    """
    tokens = _tokens(text)
    return any(
        (kind == "word" and "SERVICE" in token.upper() and not _allowed(tokens, place, allowed))
        or (kind == "name" and _glued(tokens, place))
        for place, (kind, token) in enumerate(tokens)
    )


def _allowed(tokens: list[tuple[str, str]], place: int, services: Collection[str]) -> bool:
    """Return whether the word is SERVICE, and the IRI of an allowed server follows; a variable or a short name is none."""
    if tokens[place][1].upper() != "SERVICE":
        return False
    after = tokens[place + 1 : place + 3]
    if after[:1] and after[0][0] == "word" and after[0][1].upper() == "SILENT":
        after = after[1:]
    return bool(after) and after[0][0] == "iri" and after[0][1][1:-1] in services


def names_graphs(text: str) -> bool:
    """Return whether the query says itself from which graphs it asks.

    >>> names_graphs("SELECT * FROM <http://example.org/g> { ?s ?p ?o }"), names_graphs('SELECT ?from { ?s ?p "FROM" }')
    (True, False)
    """
    return any(kind == "word" and token.upper() == "FROM" for kind, token in _tokens(text))


def _doubtful(tokens: list[tuple[str, str]]) -> Iterator[str]:
    """Yield what is written like an IRI but may be a comparison to the engine, as in ``?a<?b&&?c>?d``.

    >>> list(_doubtful(_tokens("FILTER(?a<?b#>")))
    ['<?b#>']
    >>> list(_doubtful(_tokens("FILTER(?a=<urn:b#c> && ?a IN (<http://example.org/#b>, <urn:b>)) ?s <#p> <#o>")))
    []
    """
    known = PREFIXES.keys() | {token.removesuffix(":") for kind, token in tokens if kind == "name" and token.endswith(":")}
    around, before = [""], False
    for kind, token in tokens:
        if kind == "iri" and before and around[-1] == "(":
            start = _SCHEME.match(token)
            if start is None or (start["name"] in known and not start["slashes"]):
                yield token
        if kind == "open":
            around.append(token)
        elif kind == "close" and len(around) > 1:
            around.pop()
        # after a bracket or an operator '<' begins an IRI; in '<<' it does not, but what follows is read in the same two ways
        before = kind != "open" and (kind != "joint" or token in ("<", ">"))


def _verb(tokens: list[tuple[str, str]]) -> str:
    return next((word.upper() for kind, word in tokens if kind == "word" and word.upper() not in ("PREFIX", "BASE")), "")


def _depth(tokens: list[tuple[str, str]]) -> int:
    """Return how deep brackets stand in each other: the engine's parser goes down with each and has no floor."""
    deepest = depth = 0
    for kind, _ in tokens:
        depth += (kind == "open") - (kind == "close")
        deepest = max(deepest, depth)
    return deepest


def _pieces(tokens: list[tuple[str, str]]) -> int:
    """Return how many things the query joins; values in a list, with a comma or not, are not joined."""
    found, around = 0, [""]
    for kind, token in tokens:
        if kind == "open":
            around.append(token)
        elif kind == "close" and len(around) > 1:
            around.pop()
        listed = token == "," and around[-1] == "("
        found += token == "{" or (kind == "joint" and not listed) or (kind == "word" and token.upper() in _JOINS)
    return found


def _glued(tokens: list[tuple[str, str]], place: int) -> bool:
    """Return whether a prefixed name is SERVICE and a name run together: the engine takes SERVICE:x {…} for a call."""
    prefix = tokens[place][1].partition(":")[0].upper()
    before = tokens[place - 1][1].upper() if place else ""
    return "SERVICE" in prefix and before != "GRAPH" and tokens[place + 1 : place + 2] == [("open", "{")]


def _tokens(text: str) -> list[tuple[str, str]]:
    found = ((token.lastgroup or "", token.group()) for token in TOKEN.finditer(text))
    return [(kind, token) for kind, token in found if kind != "comment"]


def _unescape(escape: re.Match[str]) -> str:
    point = int(escape[1] or escape[2], 16)
    return chr(point) if point <= 0x10FFFF else "\ufffd"
