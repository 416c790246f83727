"""The facts out of the graph itself, by queries of their own: what the tables must say, too."""

from __future__ import annotations

from pathlib import Path

from kg.analysis.facts import Facts, make_facts
from kg.ask import ask, find_query
from kg.queryable import Queryable

_QUERIES = Path(__file__).parent / "facts"
_NAMES = ("all-organizations", "all-tasks", "all-duties", "all-indicators")


def read_facts(store: Queryable) -> Facts:
    """Return the facts of the whole graph."""
    return make_facts(*(ask(store, find_query(name, _QUERIES), limit="all").records() for name in _NAMES))
