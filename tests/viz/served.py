"""A small graph to be served: the toy, and a document whose every text is an attack or hard to set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg import store, vocab
from kg.reason import derive
from kg.vocab import DCTERMS, OA, ORG, RDF, RDFS, SKOS, ZR
from tests.toy_graph import TOY
from tests.viz.ledgers import HOSTILE

GRAPH = vocab.document_graph("hostile")
POLICY = vocab.policy("hostile")
ATTACKS = [text for text in HOSTILE if text]


def body(number: int) -> NamedNode:
    return vocab.organization(f"130100/h{number}")


def hostile_quads() -> Iterator[Quad]:
    source = vocab.source("bb")
    yield Quad(POLICY, RDF.type, ZR.Policy, GRAPH)
    yield Quad(POLICY, DCTERMS.title, Literal(HOSTILE[0], language="zh"), GRAPH)
    yield Quad(POLICY, ZR.sourceText, source, GRAPH)
    yield Quad(source, RDF.type, ZR.SourceText, GRAPH)
    yield Quad(source, ZR.fileName, Literal(HOSTILE[1]), GRAPH)
    for number, text in enumerate(ATTACKS, 1):
        task, evidence = vocab.task("hostile", str(number)), vocab.evidence("hostile", number, number + 5, "toy")
        label = Literal(text, language="zh")
        yield Quad(task, RDF.type, ZR.Task, GRAPH)
        yield Quad(task, RDFS.label, label, GRAPH)
        yield Quad(task, ZR.text, Literal(f"{text}。", language="zh"), GRAPH)
        yield Quad(task, ZR.order, Literal(number), GRAPH)
        yield Quad(task, DCTERMS.isPartOf, POLICY, GRAPH)
        yield Quad(task, ZR.evidence, evidence, GRAPH)
        yield Quad(evidence, RDF.type, ZR.Evidence, GRAPH)
        yield Quad(evidence, OA.hasSource, source, GRAPH)
        yield Quad(evidence, OA.exact, label, GRAPH)
        yield Quad(evidence, OA.prefix, label, GRAPH)
        for duty in (ZR.unit, ZR.leadUnit):
            yield Quad(task, duty, body(number), GRAPH)
        yield Quad(body(number), RDF.type, ORG.Organization, GRAPH)
        yield Quad(body(number), SKOS.prefLabel, label, GRAPH)


def write_graph(out: Path) -> Path:
    """Write the graph as a build would leave it."""
    with store.prepare(out) as draft:
        draft.put(store.Source("toy", "toy.trig", "0" * 64), parse(path=TOY, format=RdfFormat.TRIG), ())
        draft.put(store.Source("hostile", "hostile.txt", "1" * 64), hostile_quads(), ())
        draft.commit(lambda graph: derive(graph, draft.base))
    return out
