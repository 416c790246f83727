"""Lineage as triples: each target beside those above it, and what hangs on a policy through other policies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from kg import vocab
from kg.analysis.lineage.policy_reach import measure_policy_reach
from kg.analysis.lineage.target_comparison import TARGET_VERDICTS, TargetComparison, compare_with_above
from kg.analysis.stated.terms import describe
from kg.vocab import QUDT, RDF, XSD, ZR

if TYPE_CHECKING:
    from kg.analysis.columns import Columns

_LEFT_OUT = ("no-number", "amount")  # three of four pairs at a thousand documents; they could never be compared


def state_lineage(columns: Columns) -> Iterator[Triple]:
    """Yield the comparisons and the reach."""
    for comparison in compare_with_above(columns, TARGET_VERDICTS, without=_LEFT_OUT):
        yield from _state(comparison, columns.base)
    for reach in measure_policy_reach(columns):
        figures = {ZR.reachedTaskCount: reach.tasks_reached, ZR.reachedBodyCount: reach.bodies_reached}
        yield from describe(NamedNode(reach.policy), {**figures, ZR.reachedRegionCount: reach.regions})


def _state(comparison: TargetComparison, base: str) -> Iterator[Triple]:
    difference, ground = comparison.difference, comparison.ground
    yield from describe(
        vocab.target_comparison(comparison.child.iri, comparison.parent.iri, base),
        {
            RDF.type: ZR.TargetComparison,
            ZR.childTarget: NamedNode(comparison.child.iri),
            ZR.parentTarget: NamedNode(comparison.parent.iri),
            ZR.targetRelation: vocab.concept("target-relation", comparison.relation),
            ZR.targetVerdict: vocab.concept("target-verdict", comparison.verdict),
            ZR.comparisonGround: None if ground is None else vocab.concept("comparison-ground", ground),
            ZR.reason: Literal(comparison.reason, language="zh"),
            ZR.difference: None if difference is None else Literal(f"{difference.normalize():f}", datatype=XSD.decimal),
            QUDT.hasUnit: None if difference is None or comparison.unit is None else NamedNode(comparison.unit),
        },
    )
