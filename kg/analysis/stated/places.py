"""In which order things are listed: a whole number each, since stores sort numbers in no time and IRIs slowly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Triple

from kg.analysis.stated.terms import describe
from kg.vocab import DCTERMS, ZR

if TYPE_CHECKING:
    from kg.analysis.columns import Columns

STEP = 100_000  # between two documents; each task and each indicator takes a place of its own


def state_places(columns: Columns) -> Iterator[Triple]:
    """Yield the place of each document, task, indicator and open decision in reading order over the whole graph.

    What has a due date also gets its place among all that is due. An open decision also says of which document it is, which
    else only its graph tells.
    """
    for row in columns.records("place-documents", step=STEP):
        yield from describe(NamedNode(row["iri"]), {ZR.sequence: row["sequence"]})
    for row in columns.records("place-statements", step=STEP):
        yield from describe(NamedNode(row["iri"]), {ZR.sequence: row["sequence"], ZR.dueSequence: row["due_sequence"]})
    for row in columns.records("place-decisions", step=STEP):
        known = {DCTERMS.isPartOf: NamedNode(row["document"]), ZR.sequence: row["sequence"]}
        yield from describe(NamedNode(row["iri"]), known)
