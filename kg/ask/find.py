"""Which of the named queries fit what somebody looks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from kg.ask.catalogue import GROUPS, NamedQuery
from kg.ask.names import nearest_names, shorten
from kg.ask.places import find_form
from kg.errors import QueryError

Kind = Literal["select", "ask", "graph"]
_KINDS: dict[str | None, Kind] = {"SELECT": "select", "ASK": "ask", "CONSTRUCT": "graph", "DESCRIBE": "graph"}
_SELECT = re.compile(r"^SELECT\b(?:\s+DISTINCT\b)?(?P<projection>.*?)\bWHERE \{", re.MULTILINE | re.DOTALL)
_COMPUTED = re.compile(r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\bAS \?(\w+)\)")
_COLUMN = re.compile(r"\?(\w+)")


def search_queries(
    queries: Iterable[NamedQuery], words: Sequence[str] = (), group: str | None = None, tag: str | None = None
) -> list[NamedQuery]:
    """Return the queries whose title, question, tags or name hold all the words, in Chinese or English.

    >>> from kg.ask import list_queries
    >>> [query.name for query in search_queries(list_queries(), ["牵头", "分散"])]
    ['diffuse-tasks']
    """
    known = list(queries)
    found = [query for query in known if group in (None, query.group) and (tag is None or tag in query.tags)]
    if tag is not None and not found:
        raise QueryError(f"no query has the tag {shorten(tag)!r}; {_near(tag, (one for query in known for one in query.tags))}")
    wanted = [word.casefold() for word in words]
    fitting = [query for query in found if all(word in _said(query) for word in wanted)]
    if wanted and not fitting:
        raise QueryError(f"no query fits {shorten(' '.join(words))!r}; {_nearest(words, known)}")
    return fitting


def kind_of(query: NamedQuery) -> Kind | None:
    """Return what the query answers with: rows, yes or no, or a graph; ``None`` if it is no question at all."""
    return _KINDS.get(find_form(query.text))


def columns_of(query: NamedQuery) -> tuple[str, ...]:
    """Return the columns of a named query's answer in order; an optional parameter is none, nor what only orders the rows.

    >>> from kg.ask import find_query
    >>> columns_of(find_query("shared-metrics"))
    ('label', 'documents', 'regions', 'targets', 'firstYear', 'lastYear', 'metric')
    """
    found = _SELECT.search(query.text)
    if found is None:
        return ()
    # of (COALESCE(?n, 0) AS ?tasks) the name alone
    names = _COLUMN.findall(_COMPUTED.sub(r"?\1", found["projection"]))
    hidden = {param.name for param in query.params if param.optional}
    return tuple(name for name in names if name not in hidden and not name.startswith("_"))


def _said(query: NamedQuery) -> str:
    parts = (query.name, query.title, query.title_en, query.question, query.question_en, query.note, query.group)
    return "\n".join((*parts, *GROUPS.get(query.group, ()), *query.tags)).casefold()


def _nearest(words: Sequence[str], queries: Iterable[NamedQuery]) -> str:
    """Return those that fit most of the words, else those whose name or tags look alike."""
    known = list(queries)
    scores = [(sum(word.casefold() in _said(query) for word in words), query.name) for query in known]
    best = max(score for score, _ in scores) if scores else 0
    if best:
        return f"nearest: {', '.join([name for score, name in scores if score == best][:5])}"
    return _near(" ".join(words), (name for query in known for name in (query.name, query.title, *query.tags)))


def _near(word: str, names: Iterable[str]) -> str:
    near = nearest_names(shorten(word), names)
    return f"nearest: {', '.join(near)}" if near else "list them all with: zeren queries"
