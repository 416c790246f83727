"""The graph as pages ask it: by the endpoint's workers and within their limits, from a thread beside the server's loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    Variable,
    parse,
    parse_query_results,
)
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from kg.ask import NamedQuery, bind
from kg.endpoint import ask_pool
from kg.endpoint.messages import Refusal
from kg.errors import QueryError

Found = TypeVar("Found")
Given = NamedNode | BlankNode | Literal | Triple

LARGEST = 8_000_000  # bytes of a result that a page shows; a file may have more
_ROWS, _TRIPLES = "application/sparql-results+json", "application/n-triples"


class RefusedQueryError(QueryError):
    """The endpoint refuses to run a query."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


class PageGraph:
    """The served graph, for all that asks a ``Queryable``; to be used in a thread: see :func:`in_thread`."""

    def __init__(self, request: Request, loop: asyncio.AbstractEventLoop, largest: int = LARGEST) -> None:
        self._request, self._loop, self._largest = request, loop, largest

    def query(
        self,
        query: str,
        /,
        *,
        prefixes: dict[str, str] | None = None,
        use_default_graph_as_union: bool = False,
        substitutions: dict[Variable, Given] | None = None,
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Return the result; prefixes and the union of all graphs are the endpoint's own.

        :raises RefusedQueryError: the endpoint does not answer it.
        """
        terms = {variable.value: term for variable, term in (substitutions or {}).items()}
        iris = {name: term.value for name, term in terms.items() if isinstance(term, NamedNode)}
        literals = {name: term for name, term in terms.items() if isinstance(term, Literal)}
        text = bind(NamedQuery("page", query, "", ""), literals)
        asked = ask_pool(self._request, text, iris, f"{_ROWS}, {_TRIPLES}")
        outcome = asyncio.run_coroutine_threadsafe(asked, self._loop).result()
        if isinstance(outcome, Refusal):
            raise RefusedQueryError(outcome)
        with outcome.body as body:
            content = body.read(self._largest + 1)
        if len(content) > self._largest:
            raise QueryError(f"the result has more than {self._largest // 1_000_000} MB; ask for less, for example with LIMIT")
        if outcome.media_type == _TRIPLES:
            return parse(content, format=RdfFormat.N_TRIPLES)  # type: ignore[return-value]  # quads have the same three parts
        return parse_query_results(content, format=QueryResultsFormat.JSON)


async def in_thread(request: Request, work: Callable[[PageGraph], Found], largest: int = LARGEST) -> Found:
    """Return what a function finds in the graph, without holding up the server."""
    return await run_in_threadpool(work, PageGraph(request, asyncio.get_running_loop(), largest))
