"""Gaps as triples: what a task or an indicator leaves open, and each gap as a thing of its own with its sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from kg import vocab
from kg.analysis.gaps.kinds import gap_kinds
from kg.vocab import PROV, RDF, RDFS, ZR

if TYPE_CHECKING:
    from kg.analysis.columns import Columns


def state_gaps(columns: Columns) -> Iterator[Triple]:
    """Yield the gaps; each is named after what it is a gap of, and its kind: the same in every build."""
    known = gap_kinds()
    for row in columns.records("gaps", kinds=list(known)):
        of, kind = NamedNode(row["indicator"] or row["task"]), vocab.concept("gap", row["kind"])
        node = vocab.gap(of.value, row["kind"], columns.base)
        facts = {"count": row["count"], "names": row["names"] or (), "name": row["name"], "detail": row["detail"]}
        yield Triple(of, ZR.gap, kind)
        yield Triple(node, RDF.type, ZR.Gap)
        yield Triple(node, ZR.gapOf, of)
        yield Triple(node, ZR.gapKind, kind)
        yield Triple(node, RDFS.label, Literal(known[row["kind"]].say("zh", **facts), language="zh"))
        if row["rule"] is not None:
            place = vocab.evidence(row["document_key"], row["quote_start"], row["quote_end"], row["rule"], columns.base)
            yield Triple(node, PROV.wasDerivedFrom, place)
        if row["justified"] is not None:
            yield Triple(node, ZR.justification, NamedNode(row["justified"]["correction"]))
