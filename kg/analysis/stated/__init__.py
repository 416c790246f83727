"""The measures as triples of the derived graph: a module for each family of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from pyoxigraph import Quad, Triple

from kg import vocab
from kg.analysis.stated import continuity, loads, sharing
from kg.analysis.stated.figures import state_figures
from kg.analysis.stated.gaps import state_gaps
from kg.analysis.stated.lineage import state_lineage
from kg.analysis.stated.places import state_places
from kg.analysis.stated.provenance import build_time, state_provenance

if TYPE_CHECKING:
    from kg.analysis.columns import Columns

__all__ = ["FAMILIES", "PARAMETERS", "build_time", "derive_columns"]

FAMILIES: tuple[Callable[[Columns], Iterator[Triple]], ...] = (
    state_figures,
    loads.state_loads,
    sharing.state_sharing,
    state_gaps,
    state_lineage,
    continuity.state_continuity,
    state_places,
)
# thresholds and the like of all families, stated with the graph
PARAMETERS = {**loads.PARAMETERS, **sharing.PARAMETERS, **continuity.PARAMETERS}


def derive_columns(columns: Columns, when: datetime | None = None) -> Iterator[Quad]:
    """Yield what follows from the tables as quads of the derived graph; with ``when``, also how it was made."""
    graph = vocab.derived_graph(columns.base)
    for state in FAMILIES:
        for triple in state(columns):
            yield Quad(triple.subject, triple.predicate, triple.object, graph)
    for triple in state_provenance(columns.base, PARAMETERS, when) if when else ():
        yield Quad(triple.subject, triple.predicate, triple.object, graph)
