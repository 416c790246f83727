"""Loads as triples: what each body bears, how it stands among its like, and how the load lies in a region."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, Triple

from kg import vocab
from kg.analysis.load import FEWEST, HEAVY, OVERLOADED
from kg.analysis.stated.terms import describe
from kg.vocab import DCTERMS, RDF, ZR

if TYPE_CHECKING:
    from kg.analysis.columns import Columns

PARAMETERS = {"load-fewest": FEWEST, "load-heavy": HEAVY, "load-overloaded": OVERLOADED}
_FIGURES: Mapping[str, NamedNode] = {
    "first_year": ZR.firstYear,
    "last_year": ZR.lastYear,
    "tasks": ZR.taskCount,
    "led": ZR.ledCount,
    "responsible": ZR.responsibleCount,
    "supported": ZR.supportedCount,
    "shared_load": ZR.sharedLoad,
    "indicators": ZR.indicatorCount,
    "binding_indicators": ZR.bindingCount,
    "inherited": ZR.inheritedCount,
    "documents": ZR.documentCount,
    "place": ZR.rank,
    "score": ZR.score,
    "rank": ZR.regionRank,
    "peer_rank": ZR.peerRank,
    "peer_median": ZR.peerMedian,
}
_REGION: Mapping[str, NamedNode] = {
    "first_year": ZR.firstYear,
    "last_year": ZR.lastYear,
    "organizations": ZR.unitCount,
    "tasks": ZR.taskCount,
    "median": ZR.medianLoad,
    "mad": ZR.medianDeviation,
    "gini": ZR.gini,
    "top_share": ZR.topShare,
    "judged": ZR.judged,
}


def state_loads(columns: Columns) -> Iterator[Triple]:
    """Yield the loads of bodies and of regions, over all documents and of each period."""
    for row in columns.records("load", fewest=FEWEST, heavy=HEAVY, overloaded=OVERLOADED):
        node, period = vocab.load(row["key"], _period(row), columns.base), row["first_year"] is not None
        yield Triple(node, RDF.type, ZR.PeriodLoad if period else ZR.TotalLoad)
        yield Triple(node, ZR.loadOf, NamedNode(row["organization"]))
        yield Triple(node, ZR.loadVerdict, vocab.concept("load-verdict", row["verdict"].replace(" ", "-")))
        yield from describe(node, {term: row[name] for name, term in _FIGURES.items()})
        if row["peers"]:
            yield from describe(node, {ZR.peerCount: row["peers"]})
    for row in columns.records("region-load", fewest=FEWEST):
        node = vocab.region_load(row["region_code"], _period(row), columns.base)
        yield Triple(node, RDF.type, ZR.RegionLoad)
        yield Triple(node, DCTERMS.spatial, vocab.region(row["region_code"], columns.base))
        yield from describe(node, {term: row[name] for name, term in _REGION.items()})


def _period(row: Mapping[str, Any]) -> tuple[int, int] | None:
    return None if row["first_year"] is None else (row["first_year"], row["last_year"])
