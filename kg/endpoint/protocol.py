"""The SPARQL 1.1 Protocol for queries: from a method, headers and bytes to what is asked, or to the reason why not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from kg.endpoint.messages import Refusal

METHODS = "GET, HEAD, OPTIONS, POST"
FORM, DIRECT, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
LONGEST_TARGET = 60_000  # bytes of path and query string; a longer query is for POST
_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]*")


class RefusedError(Exception):
    """The request is not answered, for the reason given."""

    def __init__(self, status: int, reason: str, message: str, *, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.refusal = Refusal(status, reason, message)
        self.headers = dict(headers or {})


@dataclass(frozen=True, slots=True)
class Question:
    """What a request asks."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(slots=True)
class _Fields:
    pairs: list[tuple[str, str]] = field(default_factory=list)

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(value for key, value in self.pairs if key == name)


def read_question(method: str, target: str, content_type: str | None, body: bytes) -> Question | None:
    """Return what is asked, or ``None`` for a GET without a query, which asks for the service description.

    ``target`` is the query string as it came, ``content_type`` the header.

    >>> read_question("GET", "query=ASK%20%7B%7D&default-graph-uri=http%3A%2F%2Fexample.org%2Fg", None, b"")
    Question(query='ASK {}', default_graphs=('http://example.org/g',), named_graphs=())
    >>> read_question("POST", "", "application/sparql-query", b"ASK {}").query
    'ASK {}'
    """
    fields = _read_fields(target, "query string")
    match method:
        case "GET" | "HEAD":
            return _ask(fields, None) if fields.all("query") or fields.all("update") else None
        case "POST":
            media = _media_type(content_type)
            if media == UPDATE:
                raise _no_update()
            if media == DIRECT:
                return _ask(fields, _decode(body, "body"))
            return _ask(_Fields(fields.pairs + _read_fields(_ascii(body), "form").pairs), None)
    raise RefusedError(405, "method", f"{method} is not for queries; use GET or POST", headers={"Allow": METHODS})


def _media_type(header: str | None) -> str:
    offer = {"Accept-Post": f"{FORM}, {DIRECT}"}
    if header is None or not header.strip():
        message = f"the request has no Content-Type; send the query as {DIRECT}, or as the field 'query' of a {FORM}"
        raise RefusedError(415, "media-type", message, headers=offer)
    media, *params = (part.strip() for part in header.lower().split(";"))
    if media not in (FORM, DIRECT, UPDATE):
        message = f"{media[:80]} is no type of a query; use {DIRECT} or {FORM}"
        raise RefusedError(415, "media-type", message, headers=offer)
    for param in params:
        name, _, value = param.partition("=")
        if name.strip() == "charset" and value.strip().strip('"') not in ("utf-8", "utf8", "us-ascii"):
            raise RefusedError(415, "charset", "a query is read as UTF-8 only; send it in UTF-8", headers=offer)
    return media


def _ask(fields: _Fields, direct: str | None) -> Question:
    """Return the question, which is given once."""
    if fields.all("update"):
        raise _no_update()
    queries = fields.all("query") + (() if direct is None else (direct,))
    if len(queries) != 1:
        found = "no query" if not queries else f"{len(queries)} queries"
        raise RefusedError(400, "parameter", f"{found} in the request; give the parameter 'query' once")
    graphs = {name: fields.all(name) for name in ("default-graph-uri", "named-graph-uri")}
    for name, iris in graphs.items():
        for iri in iris:
            if not _IRI.fullmatch(iri):
                raise RefusedError(400, "parameter", f"{name}={iri[:80]!r} is no absolute IRI; give the graph's whole name")
    return Question(queries[0], *graphs.values())


def _no_update() -> RefusedError:
    return RefusedError(403, "update", "updates are refused: the graph is read only; it changes with `zeren build`")


def _read_fields(text: str, where: str) -> _Fields:
    """Return the fields of a form or query string; unlike browsers' readers, with an error for what is not well made."""
    pairs = []
    for part in text.split("&"):
        if part:
            name, _, value = part.partition("=")
            pairs.append((_unescape(name, where), _unescape(value, where)))
    return _Fields(pairs)


def _unescape(text: str, where: str) -> str:
    if _ESCAPE.search(text):
        raise RefusedError(400, "encoding", f"the {where} has a '%' that no two hexadecimal digits follow; write it as %25")
    return _decode(unquote_to_bytes(text.replace("+", " ")), where)


def _decode(content: bytes, where: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"the {where} is not UTF-8 (byte {error.start}); send the query in UTF-8"
        raise RefusedError(400, "encoding", message) from error


def _ascii(body: bytes) -> str:
    """Return a form's text; some clients leave letters beyond ASCII unescaped, which UTF-8 settles."""
    return _decode(body, "form")
