"""Counts and reach as triples: what a document, a task, a policy, a metric and a function come to, and their ranks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Triple

from kg import vocab
from kg.analysis.stated.terms import describe
from kg.vocab import ZR

if TYPE_CHECKING:
    from kg.analysis.columns import Columns

# by measure: what each column of its rows is stated as
_FIGURES: Mapping[str, Mapping[str, NamedNode]] = {
    "document-counts": {
        "tasks": ZR.taskCount,
        "indicators": ZR.indicatorCount,
        "bodies": ZR.unitCount,
        "parents": ZR.parentCount,
    },
    "task-bodies": {"bodies": ZR.bodyCount},
    "policy-reach": {
        "documents": ZR.followerCount,
        "reached": ZR.reachCount,
        "tasks": ZR.restingTaskCount,
        "bodies": ZR.restingBodyCount,
        "place": ZR.rank,
    },
    "metric-coverage": {
        "documents": ZR.documentCount,
        "regions": ZR.regionCount,
        "targets": ZR.targetCount,
        "first_year": ZR.firstYear,
        "last_year": ZR.lastYear,
        "place": ZR.rank,
    },
    "function-spread": {"regions": ZR.regionCount, "bodies": ZR.unitCount, "tasks": ZR.taskCount, "place": ZR.rank},
}


def state_figures(columns: Columns) -> Iterator[Triple]:
    """Yield the counts, and which policies stand above which."""
    for measure, terms in _FIGURES.items():
        for row in columns.records(measure):
            subject = vocab.function(row["function"], columns.base) if "function" in row else NamedNode(row["iri"])
            yield from describe(subject, {term: row[name] for name, term in terms.items()})
    for row in columns.records("ancestor-policies"):
        yield Triple(NamedNode(row["iri"]), ZR.ancestorPolicy, NamedNode(row["above"]))
