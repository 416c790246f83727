"""People's corrections as RDF: their own graph in the store, and the statements that the file of them is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Quad

from kg import vocab
from kg.correct.states import Standing
from kg.correction import Anchor, Correction, Field, Revocation
from kg.model import Metric, Organization, Policy, Region
from kg.rdf.terms import chinese, integer, sort_quads, text
from kg.vocab import DCTERMS, ELI, OA, ORG, PROV, RDF, RDFS, SCHEMA, SKOS, XSD, ZR

Fact = tuple[NamedNode, NamedNode, NamedNode | Literal]
CHANGES: Mapping[Field, NamedNode] = {
    "name": ZR.newName,
    "op": ZR.newComparator,
    "period": ZR.newPeriod,
    "role": ZR.newRole,
    "unit": ZR.newUnit,
    "value": ZR.newValue,
    "year": ZR.newYear,
}
KINDS: Mapping[str, NamedNode] = {"collaboration": ORG.OrganizationalCollaboration, "generic": ZR.GenericBody}
MINTS = {"unit": vocab.organization, "policy": vocab.policy, "metric": vocab.metric, "region": vocab.region}


def build_correction_quads(
    corrections: Iterable[Correction],
    states: Mapping[str, Standing],
    base: str = vocab.BASE,
) -> list[Quad]:
    """Return the graph of what people decided, with what became of it; sorted.

    ``states`` gives of each correction its state, the notes on it, and the keys of the documents that it touches. What
    the file says of bodies, policies and metrics is left to the registry graph, in which each has one name.
    """
    graph = vocab.corrections_graph(base)
    quads = []
    for correction in corrections:
        node = vocab.correction(correction.key, base)
        facts = [*correction_facts(correction, base), *revocation_facts(correction, base)]
        state, notes, documents = states.get(correction.key, ("unused", (), ()))
        facts.append((node, ZR.state, vocab.concept("correction-state", state)))
        facts += [(node, ZR.note, Literal(note, language="zh")) for note in notes]
        facts += [(node, ZR.about, vocab.policy(key, base)) for key in documents]
        quads += [Quad(*fact, graph) for fact in facts]
    return sort_quads(quads)


def correction_facts(correction: Correction, base: str) -> Iterator[Fact]:
    """Yield what a correction says of itself, its words and its person, in the order in which people read."""
    node = vocab.correction(correction.key, base)
    person = vocab.person(correction.by, base)
    mint = MINTS.get("unit" if correction.subject == "assignment" else correction.subject)
    target = target_node(correction, base)
    values: list[tuple[NamedNode, NamedNode | Literal | None]] = [
        (RDF.type, ZR.Correction),
        (ZR.subject, text(correction.subject)),
        (ZR.action, vocab.concept("correction-action", correction.action)),
        (ZR.extent, vocab.concept("correction-extent", correction.extent)),
        (ZR.item, text(correction.item)),
        (ZR.mention, chinese(correction.mention)),
        (ZR.priorText, text(correction.before)),
        (ZR.targetText, text(correction.verdict)),
        (ZR.insteadOf, mint(correction.instead, base) if mint and correction.instead else None),
        (ZR.target, target),
        *((CHANGES[field], text(value)) for field, value in correction.changes),
        (ZR.gapKind, vocab.concept("gap", correction.gap) if correction.gap else None),
        (ZR.evidenceDigest, text(correction.rests_on)),
        (OA.hasTarget, _words(node, "words") if correction.anchor else None),
        (ZR.onTask, _words(node, "task") if correction.task else None),
        (PROV.wasAttributedTo, person),
        (PROV.generatedAtTime, Literal(correction.when, datatype=XSD.dateTime)),
        (ZR.reason, chinese(correction.why)),
    ]
    yield from ((node, predicate, value) for predicate, value in values if value is not None)
    yield from _anchor_facts(_words(node, "words"), correction.anchor, base)
    yield from _anchor_facts(_words(node, "task"), correction.task, base)
    yield from _person_facts(correction.by, base)


def revocation_facts(correction: Correction, base: str) -> Iterator[Fact]:
    """Yield what is said of a correction's being taken back."""
    if correction.revoked is not None:
        yield from facts_of_revoking(correction.key, correction.revoked, base)


def facts_of_revoking(key: str, revoked: Revocation, base: str) -> Iterator[Fact]:
    """Yield that a correction is taken back."""
    node = vocab.correction(key, base)
    activity = _words(node, "undo")
    yield node, PROV.wasInvalidatedBy, activity
    yield node, PROV.invalidatedAtTime, Literal(revoked.when, datatype=XSD.dateTime)
    yield activity, RDF.type, ZR.Revocation
    yield activity, PROV.wasAssociatedWith, vocab.person(revoked.by, base)
    yield activity, ZR.reason, Literal(revoked.why, language="zh")
    yield from _person_facts(revoked.by, base)


def target_facts(correction: Correction, base: str) -> Iterator[Fact]:
    """Yield what the file must say of the thing that was decided for, so that a build needs no older graph."""
    node, target = target_node(correction, base), correction.target
    if node is None or target is None:
        return
    match target:
        case Organization():
            values: list[tuple[NamedNode, NamedNode | Literal | None]] = [
                (RDF.type, ORG.Organization),
                (RDF.type, KINDS.get(target.kind)),
                (SKOS.prefLabel, chinese(target.label)),
                (ZR.function, vocab.function(target.function, base) if target.function else None),
                (DCTERMS.spatial, vocab.region(target.region, base) if target.region else None),
            ]
        case Policy():
            values = [
                (RDF.type, ZR.Policy),
                (DCTERMS.title, chinese(target.title)),
                (ZR.level, vocab.concept("level", target.level)),
                (DCTERMS.spatial, vocab.region(target.region, base) if target.region else None),
                (ZR.issuerName, chinese(target.issuer)),
                (ELI.id_local, text(target.number)),
            ]
        case Metric():
            values = [
                (RDF.type, ZR.Metric),
                (SKOS.prefLabel, chinese(target.label)),
                (ZR.direction, text(target.direction)),
            ]
        case _:
            return  # a region is known by its code
    yield from ((node, predicate, value) for predicate, value in values if value is not None)


def target_node(correction: Correction, base: str) -> NamedNode | None:
    """Return the thing that was decided for."""
    match correction.target:
        case None:
            return None
        case Region(code=code):
            return vocab.region(code, base)
        case target:
            return MINTS["unit" if correction.subject == "assignment" else correction.subject](target.key, base)


def _words(node: NamedNode, part: str) -> NamedNode:
    return NamedNode(f"{node.value}-{part}")


def _anchor_facts(node: NamedNode, anchor: Anchor | None, base: str) -> Iterator[Fact]:
    if anchor is None:
        return
    yield node, RDF.type, OA.SpecificResource
    yield node, RDF.type, OA.TextQuoteSelector
    yield node, RDF.type, OA.TextPositionSelector
    yield node, OA.hasSource, vocab.source(anchor.sha256, base)
    yield node, SCHEMA.sha256, Literal(anchor.sha256)
    yield node, ZR.documentPath, Literal(anchor.file)
    if anchor.title:
        yield node, ZR.documentTitle, Literal(anchor.title, language="zh")
    yield node, OA.prefix, Literal(anchor.prefix)
    yield node, OA.exact, Literal(anchor.exact)
    yield node, OA.suffix, Literal(anchor.suffix)
    for predicate, offset in ((OA.start, anchor.start), (OA.end, anchor.end)):
        value = integer(offset)
        assert value is not None
        yield node, predicate, value


def _person_facts(name: str, base: str) -> Iterator[Fact]:
    node = vocab.person(name, base)
    yield node, RDF.type, PROV.Agent
    if node.value != name:
        yield node, RDFS.label, Literal(name)
