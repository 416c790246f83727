"""How many rows of a long answer are shown: the ``LIMIT`` that a named query has in its text, and another one in its place."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from kg.ask.answer import Answer
from kg.ask.catalogue import NamedQuery
from kg.errors import QueryError

Limit = int | Literal["all"]


def find_limit(query: NamedQuery, limit: Limit | None) -> int | None:
    """Return how many rows are wanted at most: as many as the caller says, else as many as the query's head says."""
    if limit is None:
        return query.limit
    if limit == "all":
        return None
    if limit < 1:
        raise QueryError(f"limit {limit}: is no number of rows; give 1 or more, or all")
    return limit


def one_more(query: NamedQuery, limit: int | None) -> NamedQuery:
    r"""Return the query with each of its own limits raised to one row more than wanted, by which a cut is noticed.

    The limits of sub-selects over the cheap keys and of the rows are one number; without a limit, all go away.

    >>> from kg.ask.catalogue import parse_query
    >>> query = parse_query("q", "# limit: 20\nSELECT ?s WHERE { ?s ?p ?o } ORDER BY ?s LIMIT 20")
    >>> one_more(query, 50).text.partition("ORDER")[2], one_more(query, None).text.partition("ORDER")[2]
    (' BY ?s LIMIT 51', ' BY ?s')
    """
    if query.limit is None:
        return query
    number = "" if limit is None else f" LIMIT {limit + 1}"
    return replace(query, text=re.sub(rf"\s+LIMIT {query.limit}\b", number, query.text))


def cut(answer: Answer, query: NamedQuery, limit: int | None) -> Answer:
    """Return the answer with no more rows than wanted; if there were more, with how to get at them."""
    if limit is None or len(answer) <= limit:
        return answer
    if answer.kind == "graph":
        raise QueryError(f"{query.name}: more than {limit} triples; a graph is not cut, ask for less or without a limit")
    return replace(answer, terms=answer.terms[:limit], narrow=tuple(param.name for param in query.params if param.optional))
