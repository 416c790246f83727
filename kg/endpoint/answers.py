"""A worker's work: run one query on the open store, and write its result in the form that is wanted, within limits."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, Variable, serialize

from kg.ask import PREFIXES, explain_syntax, names_graphs, refuse_unsafe
from kg.endpoint.formats import GRAPHS, RESULTS, Format, choose, list_types
from kg.endpoint.messages import Job, Refusal
from kg.errors import ForbiddenQueryError, QueryError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer
    from pyoxigraph import Store

    from kg.endpoint.settings import Limits

T = TypeVar("T")
_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_QUOTED = re.compile(rb'"[^"]*"')
_SHORTEST = 3  # bytes of a row: no need to count below
_PLACE = re.compile(r"line (\d+), column (\d+)")


@dataclass(frozen=True, slots=True)
class Result:
    """A result as it is sent."""

    media_type: str
    content: bytes


class _TooLargeError(Exception):
    """The result is larger than may be."""


def answer(store: Store, job: Job, limits: Limits) -> Result | Refusal:
    """Return what the query found, or why it is refused; never a part of the rows."""
    try:
        refuse_unsafe(job.query, services=limits.services)
        return _run(store, job, limits)
    except ForbiddenQueryError as error:
        return Refusal(403, "forbidden", str(error))
    except QueryError as error:
        return Refusal(400, "query", str(error))
    except SyntaxError as error:
        message = explain_syntax(str(error), job.query)
        place = _PLACE.search(message)
        line, column = (int(place[1]), int(place[2])) if place else (None, None)
        return Refusal(400, "syntax", message, line, column)
    except _TooLargeError as error:
        return Refusal(500, "size", f"{error}; ask for less, for example with LIMIT or a narrower pattern")
    except OSError as error:  # the store, or a server that SERVICE called
        return Refusal(500, "engine", f"the query could not be answered ({error})")
    except (RuntimeError, ValueError) as error:
        return Refusal(400, "query", " ".join(str(error).split()))


def _run(store: Store, job: Job, limits: Limits) -> Result | Refusal:
    given = bool(job.default_graphs or job.named_graphs)  # the protocol's graphs count instead of the query's own
    result = store.query(
        job.query,
        prefixes=PREFIXES,
        use_default_graph_as_union=not given and not names_graphs(job.query),
        default_graph=[NamedNode(iri) for iri in job.default_graphs] if given else None,
        named_graphs=[NamedNode(iri) for iri in job.named_graphs] if given else None,
        substitutions={Variable(name): NamedNode(iri) for name, iri in job.values.items()},
    )
    formats = GRAPHS if isinstance(result, QueryTriples) else RESULTS
    chosen = choose(formats, job.accept)
    if chosen is None:
        return Refusal(406, "accept", f"this query's result comes as {list_types(formats)}; name one of them in Accept")
    form, media_type = chosen
    return Result(media_type, write(result, form, limits))


def write(result: QuerySolutions | QueryBoolean | QueryTriples, form: Format, limits: Limits) -> bytes:
    """Return a result in a format, which is of the result's kind."""
    spool = _Spool(limits.bytes)
    if isinstance(form.engine, RdfFormat):
        assert isinstance(result, QueryTriples)
        prefixes = PREFIXES if form.engine not in (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS) else None
        serialize(_at_most(result, limits.rows), spool, format=form.engine, prefixes=prefixes)
    else:
        assert not isinstance(result, QueryTriples)
        result.serialize(spool, format=form.engine)
    content = spool.getvalue()
    if isinstance(result, QuerySolutions) and len(content) > _SHORTEST * limits.rows and count_rows(content, form) > limits.rows:
        raise _too_many(limits.rows)
    return content


def count_rows(content: bytes, form: Format) -> int:
    """Return how many rows a written result has; the engine does not say it."""
    match form.media_type.rpartition("/")[2].rpartition("+")[2]:
        case "json":
            plain = _STRINGS.sub(b"", content)
            return 0 if plain.endswith(b"[]}}") else plain.count(b"},{") + 1
        case "xml":
            return content.count(b"<result>")
        case "csv":
            return _QUOTED.sub(b"", content).count(b"\n") - 1
        case _:
            return content.count(b"\n") - 1


def _at_most(rows: Iterable[T], most: int) -> Iterator[T]:
    for number, row in enumerate(rows):
        if number == most:
            raise _too_many(most)
        yield row


def _too_many(most: int) -> _TooLargeError:
    return _TooLargeError(f"the result has more than {most} rows")


class _Spool(io.BytesIO):
    """A file in memory that takes so many bytes and no more."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, content: Buffer) -> int:
        if self.tell() + memoryview(content).nbytes > self._most:
            raise _TooLargeError(f"the result has more than {self._most} bytes")
        return super().write(content)
