"""In which order things are listed: a whole number each, since stores sort numbers in no time and IRIs slowly."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import count
from math import inf

from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions, Store, Triple

from kg import data
from kg.vocab import DCTERMS, XSD, ZR

STEP = 100_000  # between two documents; each task and each indicator takes a place of its own

# what is ranked, most first: what decides, and what decides between equals; last the IRI
_RANKED: dict[NamedNode, tuple[NamedNode, ...]] = {
    ZR.sharedTasks: (ZR.sharedTasks, ZR.jaccard),  # pairs
    ZR.sharedLoad: (ZR.taskCount, ZR.sharedLoad),  # loads
    ZR.followerCount: (ZR.followerCount, ZR.restingTaskCount, ZR.reachCount),  # policies that others carry out
    ZR.targetCount: (ZR.documentCount, ZR.targetCount),  # metrics
    ZR.unitCount: (ZR.regionCount, ZR.taskCount),  # functions; a document has units too, but no regions
}


def rank_measures(facts: Iterable[Triple]) -> Iterator[Triple]:
    """Yield the rank of each load, pair, policy, metric and function among its like, 1 for the most.

    Loads of a period are ranked among those of that period.
    """
    of: dict[NamedNode, dict[NamedNode, NamedNode | Literal]] = defaultdict(dict)
    for fact in facts:
        if isinstance(fact.subject, NamedNode) and isinstance(fact.object, NamedNode | Literal):
            of[fact.subject][fact.predicate] = fact.object
    groups: dict[tuple[object, ...], list[tuple[tuple[Decimal, ...], str]]] = defaultdict(list)
    for node, known in of.items():
        for mark in _RANKED.keys() & known.keys():
            if not known.keys() >= set(_RANKED[mark]):
                continue
            keys = tuple(-Decimal(known[key].value) for key in _RANKED[mark])
            period = (known.get(ZR.firstYear), known.get(ZR.lastYear)) if mark == ZR.sharedLoad else ()
            groups[mark, *period].append((keys, node.value))
    for members in groups.values():
        for rank, (_, iri) in enumerate(sorted(members), start=1):
            yield Triple(NamedNode(iri), ZR.rank, _integer(rank))


def place_statements(store: Store) -> Iterator[Triple]:
    """Yield the place of each document, task, indicator and open decision in reading order over the whole graph.

    What has a due date also gets its place among all that is due, the earliest first and then in reading order. An open
    decision also says of which document it is, which else only its graph tells.

    Documents stand by region, then by period, then by IRI; those of unknown region or period come last. The indicators of
    a task stand behind it, the tenth after the second; those outside the tasks come last.
    """
    known = sorted(tuple(_text(row, key) for key in ("region", "start", "end", "doc")) for row in _rows(store, "documents"))
    first = {doc: number * STEP for number, doc in enumerate(dict.fromkeys(keys[-1] for keys in known), start=1)}
    for doc, place in first.items():
        yield Triple(NamedNode(doc), ZR.sequence, _integer(place))
    due = []
    places = {doc: count(place + 1) for doc, place in first.items()}
    for row in sorted(_rows(store, "statements"), key=_reading):
        what = _text(row, "what")
        place = next(places[_text(row, "doc")])
        yield Triple(NamedNode(what), ZR.sequence, _integer(place))
        if row["due"] is not None:
            due.append((_text(row, "due"), place, what))
    for number, (*_, what) in enumerate(sorted(due), start=1):
        yield Triple(NamedNode(what), ZR.dueSequence, _integer(number))
    counters = {doc: count(1) for doc in first}
    decisions = {
        (_text(row, "subject"), -int(_text(row, "count")), _text(row, "mention"), _text(row, "decision"), _text(row, "doc"))
        for row in _rows(store, "decisions")
    }
    for *_, decision, doc in sorted(decisions):
        yield Triple(NamedNode(decision), DCTERMS.isPartOf, NamedNode(doc))
        yield Triple(NamedNode(decision), ZR.sequence, _integer(first[doc] + next(counters[doc])))


def _reading(row: QuerySolution) -> tuple[float, bool, list[tuple[int, str]]]:
    """Return where a task or an indicator stands in its document; numbers in its IRI are compared as numbers."""
    order, what = row["order"], _text(row, "what")
    parts = [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"([0-9]+)", what)]
    return float(order.value) if isinstance(order, Literal) else inf, what != _text(row, "task"), parts


def _rows(store: Store, name: str) -> QuerySolutions:
    text = (data.QUERIES / "order" / f"{name}.rq").read_text("utf-8")
    rows = store.query(text, use_default_graph_as_union=True)
    assert isinstance(rows, QuerySolutions)
    return rows


def _text(row: QuerySolution, name: str) -> str:
    term = row[name]
    return term.value if isinstance(term, NamedNode | Literal) else "\uffff"  # unknown: behind all others


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer)
