"""What documents share, as quads of the registry graph: bodies, functions, regions, policies, metrics."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg import vocab
from kg.model import Organization, Policy, Region, Resolved
from kg.rdf.terms import Graph, chinese, sort_quads, text
from kg.registry import Registry
from kg.registry.reforms import find_heir
from kg.vocab import DCTERMS, ELI, ORG, RDF, SKOS, ZR

_BODIES: dict[str, tuple[NamedNode, ...]] = {
    "organization": (ORG.Organization,),
    "collaboration": (ORG.Organization, ORG.OrganizationalCollaboration),
    "generic": (ORG.Organization, ZR.GenericBody),
}
_SINGLE = {SKOS.prefLabel, DCTERMS.title, DCTERMS.spatial, ZR.level, ZR.mainFunction, ZR.direction, ZR.issuerName}
_PLACE_KIND = re.compile(r"(?:自治区|省|市|州|地区|盟|县|区|旗)$")
_UNKNOWN = vocab.concept("level", "unknown")

Subject = NamedNode | BlankNode | Triple


def build_registry_quads(resolved: Resolved, registry: Registry, base: str = vocab.BASE) -> list[Quad]:
    """Return what the document shares with others: bodies, functions, regions, policies, metrics; sorted, each with one name."""
    graph = Graph(vocab.registry_graph(base), base)
    bodies = [*resolved.organizations.values(), *([resolved.issuer] if resolved.issuer else [])]
    policies = [resolved.policy, *resolved.policies.values(), *_candidates(resolved, registry)]
    policies += [resolved.notice] if resolved.notice else []
    policies += [policy for annex in resolved.annexes for policy in (annex.notice, annex.plan)]
    named = {body.key for body in bodies}
    for body in bodies:
        _state_organization(graph, body, registry)
        _state_change(graph, body, registry, named)
    for policy in policies:
        _state_policy(graph, policy)
    for annex in resolved.annexes:
        notice, plan = vocab.policy(annex.notice.key, base), vocab.policy(annex.plan.key, base)
        graph.add(notice, ELI.has_annex, plan)
        graph.add(plan, ELI.is_annex_of, notice)
    for metric in resolved.metrics.values():
        node = vocab.metric(metric.key, base)
        graph.add(node, RDF.type, ZR.Metric, SKOS.Concept)
        graph.add(node, SKOS.inScheme, vocab.scheme("metric"))
        graph.add(node, SKOS.prefLabel, chinese(metric.label))
        graph.add(node, ZR.direction, text(metric.direction))
    codes = {body.region for body in bodies} | {policy.region for policy in policies}
    codes.add(resolved.region.code if resolved.region else None)
    for region in _with_parents(codes, resolved.region, registry.regions):
        _state_region(graph, region, registry)
    return merge_shared([(resolved.policy.key, graph.quads)], base)  # a policy that the document cites by another title


def merge_shared(parts: Iterable[tuple[str, Iterable[Quad]]], base: str = vocab.BASE) -> list[Quad]:
    """Return what several documents say of shared things as one graph, in which each thing has one name.

    Documents write a body or a title in different ways and in different years. What a document says of its own policy
    wins, then a name that still held when the body ended or holds today, then the fullest wording; other names stay as
    further names. ``parts`` are the policy keys of documents with their registry quads.
    """
    merged: set[Quad] = set()
    claims: dict[tuple[Subject, NamedNode, str | None], set[tuple[bool, bool, int, str, NamedNode | Literal]]] = defaultdict(set)
    shared: dict[Subject, set[str]] = {}  # names that every document states: those that a body had last, not its former ones
    for key, quads in parts:
        own, names_of = vocab.policy(key, base), defaultdict[Subject, set[str]](set)
        for quad in quads:
            value = quad.object
            if isinstance(value, Literal) and quad.predicate in (SKOS.prefLabel, SKOS.altLabel):
                names_of[quad.subject].add(value.value if quad.predicate == SKOS.altLabel else "")
            if quad.predicate not in _SINGLE or not isinstance(value, NamedNode | Literal):
                merged.add(quad)
                continue
            language = value.language if isinstance(value, Literal) else None
            rank = (quad.subject == own, value != _UNKNOWN, len(value.value), value.value, value)
            claims[quad.subject, quad.predicate, language].add(rank)
        for subject, names in names_of.items():
            shared[subject] = shared[subject] & names if subject in shared else names
    graph = vocab.registry_graph(base)
    for (subject, predicate, _), ranks in claims.items():
        last = tuple(name[1:] for name in shared.get(subject, ()) if len(name) > 2) if len(ranks) > 1 else ()
        first, *others = sorted(ranks, key=lambda rank: (rank[0], rank[1], rank[3].endswith(last), *rank[2:4]), reverse=True)
        merged.add(Quad(subject, predicate, first[-1], graph))
        if predicate in (SKOS.prefLabel, DCTERMS.title):
            merged.update(Quad(subject, SKOS.altLabel, other[-1], graph) for other in others)
    called = {(quad.subject, quad.object) for quad in merged if quad.predicate in (SKOS.prefLabel, DCTERMS.title)}
    return sort_quads(q for q in merged if q.predicate != SKOS.altLabel or (q.subject, q.object) not in called)


def _state_organization(graph: Graph, body: Organization, registry: Registry) -> None:
    node = vocab.organization(body.key, graph.base)
    region = registry.regions.get(body.region) if body.region else None
    graph.add(node, RDF.type, *_BODIES[body.kind])
    graph.add(node, SKOS.prefLabel, chinese(body.label))
    names = dict.fromkeys((*body.names, *_short_forms(body, region, registry)))
    graph.add(node, SKOS.altLabel, *(chinese(name) for name in names if name != body.label))
    graph.add(node, DCTERMS.spatial, vocab.region(body.region, graph.base) if body.region else None)
    graph.add(node, ZR.level, vocab.concept("level", region.level) if region else None)
    if body.function:
        graph.add(node, ZR.mainFunction, vocab.function(body.function, graph.base))
    for key in (body.function, *body.further):
        if key is None:
            continue
        function = vocab.function(key, graph.base)
        known = registry.functions.get(key)
        graph.add(node, ZR.function, function)
        graph.add(function, RDF.type, ZR.Function, SKOS.Concept)
        graph.add(function, SKOS.inScheme, vocab.scheme("function"))
        graph.add(function, SKOS.notation, text(key))
        graph.add(function, SKOS.prefLabel, chinese(known.zh) if known else None)
        graph.add(function, SKOS.prefLabel, Literal(known.en, language="en") if known else None)


def _state_change(graph: Graph, body: Organization, registry: Registry, named: Container[str]) -> None:
    """State which body took over, and when: 旅游局 became part of 文化和旅游局 in 2018; ``named`` are told of already."""
    if (change := find_heir(body, registry)) is None:
        return
    heir, year = change
    if heir.key not in named:
        _state_organization(graph, heir, registry)
    event = vocab.change(body.key, year, graph.base)
    graph.add(event, RDF.type, ORG.ChangeEvent)
    graph.add(event, ORG.originalOrganization, vocab.organization(body.key, graph.base))
    graph.add(event, ORG.resultingOrganization, vocab.organization(heir.key, graph.base))
    graph.add(event, DCTERMS.date, text(str(year)))  # of the reform no more than the year is known


def _short_forms(body: Organization, region: Region | None, registry: Registry) -> Iterator[str]:
    """Yield how a place's texts may call the body today or did last, 市发改委: who asks by it hears of all that it fits."""
    known = registry.functions.get(body.function) if body.function else None
    kind = _PLACE_KIND.search(region.name) if region else None
    if known is None or kind is None or body.kind != "organization" or body.key != f"{body.region}/{body.function}":
        return
    for name in known.names:
        if name.group == 0 and not name.own and not (known.kind == "government" and _is_above(name.text, region)):
            yield kind[0] + name.text


def _is_above(name: str, region: Region | None) -> bool:
    """Return whether a body is called so on higher levels only: a ministry 部, a province's department 厅."""
    return name.endswith(("部", "总局")) or (name.endswith("厅") and (region is None or region.level != "province"))


def _state_policy(graph: Graph, policy: Policy) -> None:
    node = vocab.policy(policy.key, graph.base)
    graph.add(node, RDF.type, ZR.Policy)
    graph.add(node, DCTERMS.title, chinese(policy.title))
    graph.add(node, ZR.level, vocab.concept("level", policy.level))
    graph.add(node, ZR.issuerName, chinese(policy.issuer))
    graph.add(node, ELI.id_local, text(policy.number))
    graph.add(node, DCTERMS.spatial, vocab.region(policy.region, graph.base) if policy.region else None)


def _state_region(graph: Graph, region: Region, registry: Registry) -> None:
    node = vocab.region(region.code, graph.base)
    graph.add(node, RDF.type, ZR.Region)
    graph.add(node, SKOS.prefLabel, chinese(region.name))
    former = registry.former_names(region.code) if region.code in registry.regions else ()
    graph.add(node, SKOS.altLabel, *(chinese(old.region.name) for old in former))
    graph.add(node, SKOS.notation, text(region.code))
    graph.add(node, ZR.level, vocab.concept("level", region.level))
    graph.add(node, ZR.parentRegion, vocab.region(region.parent, graph.base) if region.parent else None)


def _candidates(resolved: Resolved, registry: Registry) -> Iterator[Policy]:
    """Yield the policies between which a decision could not choose, so that they have titles to show."""
    keys = {key for decision in resolved.decisions if decision.subject == "policy" for key in decision.candidates}
    return (known.policy for known in registry.policies if known.policy.key in keys)


def _with_parents(codes: set[str | None], own: Region | None, regions: Mapping[str, Region]) -> list[Region]:
    """Return the regions and all that they lie in, by code."""
    found: dict[str, Region] = {}
    waiting = {code for code in codes if code}
    while waiting:
        code = waiting.pop()
        region = regions.get(code) or (own if own and own.code == code else None)
        if region is None or code in found:
            continue
        found[code] = region
        if region.parent:
            waiting.add(region.parent)
    return [found[code] for code in sorted(found)]
