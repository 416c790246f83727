"""The formats of results, and which of them a client would like best."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import QueryResultsFormat, RdfFormat

_W3C = "http://www.w3.org/ns/formats/"
_RANGE = re.compile(r"(?:\*|[\w!#$&^.+-]+)/(?:\*|[\w!#$&^.+-]+)")
_WEIGHT = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the engine's name of it, its media type and others by which clients ask for it, its IRI."""

    engine: QueryResultsFormat | RdfFormat
    media_type: str
    others: tuple[str, ...]
    iri: str


RESULTS = (  # of SELECT and ASK; the first is sent to whoever takes anything
    Format(QueryResultsFormat.JSON, "application/sparql-results+json", ("application/json",), f"{_W3C}SPARQL_Results_JSON"),
    Format(
        QueryResultsFormat.XML, "application/sparql-results+xml", ("application/xml", "text/xml"), f"{_W3C}SPARQL_Results_XML"
    ),
    Format(QueryResultsFormat.CSV, "text/csv", (), f"{_W3C}SPARQL_Results_CSV"),
    Format(QueryResultsFormat.TSV, "text/tab-separated-values", (), f"{_W3C}SPARQL_Results_TSV"),
)
GRAPHS = (  # of CONSTRUCT and DESCRIBE
    Format(RdfFormat.TURTLE, "text/turtle", ("application/x-turtle",), f"{_W3C}Turtle"),
    Format(RdfFormat.N_TRIPLES, "application/n-triples", ("text/plain",), f"{_W3C}N-Triples"),
    Format(RdfFormat.JSON_LD, "application/ld+json", ("application/json",), f"{_W3C}JSON-LD"),
    Format(RdfFormat.RDF_XML, "application/rdf+xml", ("application/xml", "text/xml"), f"{_W3C}RDF_XML"),
    Format(RdfFormat.TRIG, "application/trig", (), f"{_W3C}TriG"),
    Format(RdfFormat.N_QUADS, "application/n-quads", (), f"{_W3C}N-Quads"),
)


def read_accept(header: str | None) -> tuple[tuple[str, float], ...]:
    """Return the media ranges of an ``Accept`` header with their weights; what is not readable is left out.

    >>> read_accept("text/csv, application/json;q=0.5, */*; q=0.1")
    (('text/csv', 1.0), ('application/json', 0.5), ('*/*', 0.1))
    """
    found = []
    for part in (header or "").split(","):
        media, *params = (piece.strip() for piece in part.split(";"))
        weights = [value.strip() for name, _, value in (param.partition("=") for param in params) if name.strip().lower() == "q"]
        if _RANGE.fullmatch(media) and all(_WEIGHT.fullmatch(weight) for weight in weights):
            found.append((media.lower(), float(weights[0]) if weights else 1.0))
    return tuple(found)


def choose(formats: Sequence[Format], accept: Iterable[tuple[str, float]]) -> tuple[Format, str] | None:
    """Return the format that the client likes best and the media type it asked it by; ``None`` if it takes none.

    >>> choose(RESULTS, read_accept("text/csv;q=0.9, application/json"))[1]
    'application/json'
    >>> choose(RESULTS, read_accept("text/*;q=0.5, text/csv;q=0"))[1], choose(RESULTS, read_accept("image/png"))
    ('text/tab-separated-values', None)
    """
    ranges = list(accept)
    if not ranges:
        return formats[0], formats[0].media_type
    best, weight = None, 0.0
    for form in formats:  # of equals the first; the proper type before the others
        for media in (form.media_type, *form.others):
            # a range such as text/* means the proper types
            known = ranges if media == form.media_type else [one for one in ranges if one[0] == media]
            if (found := weigh(media, known)) > weight:
                best, weight = (form, media), found
    return best


def weigh(media: str, accept: Iterable[tuple[str, float]]) -> float:
    """Return the weight of a media type: what the most exact range that covers it says, 0 if there is none."""
    main = media.partition("/")[0]
    ranks = {media: 2, f"{main}/*": 1, "*/*": 0}
    fitting = [(ranks[name], weight) for name, weight in accept if name in ranks]
    return max(fitting)[1] if fitting else 0.0


def list_types(formats: Iterable[Format]) -> str:
    """Return the media types for a message."""
    return ", ".join(form.media_type for form in formats)
