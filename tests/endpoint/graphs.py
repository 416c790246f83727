"""Small built graphs to serve, queries that never end, and what became of processes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from kg import store

P, G = NamedNode("http://example.org/p"), NamedNode("http://example.org/g")
ALL = "SELECT ?v { ?s <http://example.org/p> ?v } ORDER BY ?v"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
GREEDY = "SELECT DISTINCT ?a ?c ?d ?f { ?a ?b ?c . ?d ?e ?f }"  # keeps each row in memory


def make_graph(out: Path, *values: str) -> Path:
    """Build a graph with one triple for each value."""
    quads = [Quad(NamedNode(f"http://example.org/{value}"), P, Literal(value), G) for value in values]
    with store.prepare(out) as draft:
        draft.put(store.Source("key", "a.txt", "-".join(values)), quads, [])
        draft.commit()
    return out


def is_running(pid: int) -> bool:
    """Tell whether there is such a process, and it is no zombie."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def wait_until(condition: Callable[[], bool], what: str, seconds: float = 20) -> None:
    """Return as soon as the condition holds; fail if it never does."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"never: {what}"
        time.sleep(0.005)
