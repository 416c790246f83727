"""Lineage as triples: each target beside those above it, and what hangs on a policy through other policies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from kg import vocab
from kg.analysis.policy_reach import measure_policy_reach
from kg.analysis.target_comparison import TARGET_VERDICTS, TargetComparison, compare_with_above
from kg.vocab import QUDT, RDF, XSD, ZR

if TYPE_CHECKING:
    from kg.analysis.columns import Columns

_LEFT_OUT = ("no-number", "amount")  # three of four pairs at a thousand documents; they could never be compared


def state_lineage(columns: Columns) -> Iterator[Triple]:
    """Yield the comparisons and the reach."""
    for comparison in compare_with_above(columns, TARGET_VERDICTS):
        if comparison.ground not in _LEFT_OUT:
            yield from _state(comparison, columns.base)
    for reach in measure_policy_reach(columns):
        policy = NamedNode(reach.policy)
        yield Triple(policy, ZR.reachedTaskCount, _whole(reach.tasks_reached))
        yield Triple(policy, ZR.reachedBodyCount, _whole(reach.bodies_reached))
        yield Triple(policy, ZR.reachedRegionCount, _whole(reach.regions))


def _state(comparison: TargetComparison, base: str) -> Iterator[Triple]:
    node = vocab.target_comparison(comparison.child.iri, comparison.parent.iri, base)
    yield Triple(node, RDF.type, ZR.TargetComparison)
    yield Triple(node, ZR.childTarget, NamedNode(comparison.child.iri))
    yield Triple(node, ZR.parentTarget, NamedNode(comparison.parent.iri))
    yield Triple(node, ZR.targetRelation, vocab.concept("target-relation", comparison.relation))
    yield Triple(node, ZR.targetVerdict, vocab.concept("target-verdict", comparison.verdict))
    yield Triple(node, ZR.reason, Literal(comparison.reason, language="zh"))
    if comparison.ground is not None:
        yield Triple(node, ZR.comparisonGround, vocab.concept("comparison-ground", comparison.ground))
    if comparison.difference is not None:
        yield Triple(node, ZR.difference, Literal(f"{comparison.difference.normalize():f}", datatype=XSD.decimal))
    if comparison.difference is not None and comparison.unit is not None:
        yield Triple(node, QUDT.hasUnit, NamedNode(comparison.unit))


def _whole(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer)
