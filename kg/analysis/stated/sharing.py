"""Who shares with whom as triples: pairs, networks and their communities, who ties them, and what nobody leads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from kg import vocab
from kg.analysis.sharing.brokers import measure_betweenness, share_of_pairs
from kg.analysis.sharing.communities import Network, measure_communities
from kg.analysis.sharing.diffusion import measure_diffusion
from kg.analysis.sharing.partitions import RUNS
from kg.analysis.sharing.parts import NetworkPart, read_parts
from kg.analysis.stated.terms import describe
from kg.vocab import DCTERMS, RDF, RDFS, ZR

if TYPE_CHECKING:
    from kg.analysis.columns import Columns

PARAMETERS = {"community-runs": RUNS, "community-first-seed": 0}


def state_sharing(columns: Columns) -> Iterator[Triple]:
    """Yield pairs, networks, communities, brokers and diffuse tasks."""
    yield from _pairs(columns)
    parts = read_parts(columns)
    rank = 0
    for network, part in zip(measure_communities(columns, parts=parts), parts, strict=True):
        yield from _network(network, part, columns.base, rank)
        rank += len(network.communities)
    for part, values in zip(parts, measure_betweenness(parts), strict=True):
        for body, value in zip(part.bodies, values, strict=True):
            if value > 0:
                known = {ZR.betweenPairs: value, ZR.betweenness: share_of_pairs(value, len(part.bodies))}
                yield from describe(NamedNode(body.iri), known)
    for task in measure_diffusion(columns):
        yield from describe(NamedNode(task.task), {ZR.diffusion: task.bodies})


def _pairs(columns: Columns) -> Iterator[Triple]:
    for rank, row in enumerate(columns.records("pairs", top=None, generic=True), start=1):
        node = vocab.shared_responsibility(row["key_a"], row["key_b"], columns.base)
        yield Triple(node, RDF.type, ZR.SharedResponsibility)
        for body in (row["a"], row["b"]):
            yield Triple(node, ZR.between, NamedNode(body))
        for code in {row["region_a"], row["region_b"]} - {None}:
            yield Triple(node, DCTERMS.spatial, vocab.region(code, columns.base))
        figures = {ZR.jaccard: row["jaccard"] / 10_000, ZR.lift: row["lift"] / 10_000}
        yield from describe(node, {ZR.sharedTasks: row["shared"], ZR.rank: rank, **figures})


def _network(network: Network, part: NetworkPart, base: str, before: int) -> Iterator[Triple]:
    node = vocab.collaboration_network(vocab.key_of(part.bodies[0].iri, "org", base), base)
    yield Triple(node, RDF.type, ZR.CollaborationNetwork)
    figures = {ZR.modularity: network.modularity, ZR.agreement: network.agreement}
    yield from describe(node, {ZR.unitCount: network.bodies, ZR.pairCount: network.pairs, **figures})
    for rank, one in enumerate(network.communities, start=before + 1):
        community = vocab.community(vocab.key_of(one.core, "org", base), base)
        yield Triple(community, RDF.type, ZR.Community)
        yield Triple(community, RDFS.label, Literal(one.label, language="zh"))
        yield Triple(community, DCTERMS.isPartOf, node)
        yield Triple(community, ZR.core, NamedNode(one.core))
        yield from describe(community, {ZR.unitCount: len(one.members), ZR.stability: one.stability, ZR.rank: rank})
        for member in one.members:
            yield Triple(community, ZR.member, NamedNode(member.organization))
            yield from describe(NamedNode(member.organization), {ZR.stay: member.stays})
