"""Which values the named queries are asked with: what stands in the middle of its kind, the same for the same graph."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pyoxigraph import NamedNode, QuerySolutions

from kg.ask import NamedQuery
from kg.queryable import Queryable

FOLDER = Path(__file__).parent / "choices"


class Choices:
    """Values by a parameter's type, from one graph."""

    def __init__(self, graph: Queryable) -> None:
        self._graph = graph
        self.ranked = cache(self._rank)

    def choose(self, query: NamedQuery) -> Mapping[str, str]:
        """Return a value for each parameter that must be given; two of one type get neighbours in the order."""
        chosen: dict[str, str] = {}
        used: dict[str, int] = {}
        for param in query.params:
            if param.optional:
                continue
            ranked = self.ranked(param.type)
            place = len(ranked) // 2 + used.get(param.type, 0)
            used[param.type] = used.get(param.type, 0) + 1
            chosen[param.name] = ranked[min(place, len(ranked) - 1)] if ranked else param.example
        return chosen

    def _rank(self, type_: str) -> tuple[str, ...]:
        """Return all things of a type, those with the least to them first; none of what is no thing: a year, a word."""
        path = FOLDER / f"{type_}.rq"
        if not path.is_file():
            return ()
        rows = self._graph.query(path.read_text("utf-8"), use_default_graph_as_union=True)
        assert isinstance(rows, QuerySolutions)
        return tuple(row["it"].value for row in rows if isinstance(row["it"], NamedNode))
