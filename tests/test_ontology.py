from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg import data, vocab
from kg.check.logic import find_java, reason
from kg.rdf import build_document_quads, build_ontology_quads, build_registry_quads
from kg.store import write_nquads
from kg.vocab import RDF, SKOS, XSD, ZR
from tests.records import PLAN, resolved_toy, toy_registry

SKOS_NS = SKOS.iri
needs_java = pytest.mark.skipif(find_java() is None, reason="no Java: HermiT cannot run")
TASK, ASSIGNMENT = vocab.task(PLAN.key, "1"), vocab.assignment(PLAN.key, "1", 1)


def triples(name: str) -> list[Triple]:
    return [quad.triple for quad in parse(path=data.ONTOLOGY / name, format=RdfFormat.TURTLE)]


def languages(facts: list[Triple], subject: NamedNode, predicate: str) -> list[str]:
    found = (fact.object for fact in facts if fact.subject == subject and fact.predicate.value == predicate)
    return sorted(node.language or "" for node in found if isinstance(node, Literal))


@pytest.mark.parametrize("term", list(ZR.terms()), ids=lambda term: term.value.rpartition("#")[2])
def test_each_term_is_explained(term: NamedNode) -> None:
    facts = triples("zeren.ttl")
    assert languages(facts, term, "http://www.w3.org/2000/01/rdf-schema#label") == ["en", "zh"]
    assert languages(facts, term, SKOS_NS + "definition") == ["en", "zh"]
    assert "zh" in languages(facts, term, SKOS_NS + "example")


def test_each_entry_of_the_lists_has_both_names_and_a_code_of_its_own() -> None:
    facts = triples("schemes.ttl")
    entries = [fact.subject for fact in facts if fact.predicate == RDF.type and fact.object == SKOS.Concept]
    assert len(entries) > 60
    for entry in entries:
        assert isinstance(entry, NamedNode)
        assert languages(facts, entry, SKOS.prefLabel.value) == ["en", "zh"]
        assert languages(facts, entry, SKOS_NS + "definition") == ["en", "zh"]
    codes = [(str(scheme), str(code)) for entry in entries for scheme, code in [_scheme_and_code(facts, entry)]]
    assert len(set(codes)) == len(codes)


def _scheme_and_code(facts: list[Triple], entry: object) -> tuple[object, object]:
    own = {fact.predicate: fact.object for fact in facts if fact.subject == entry}
    return own[SKOS.inScheme], own[SKOS.notation]


def test_each_unit_is_named_once_and_converts() -> None:
    facts = triples("schemes.ttl")
    units = {fact.subject for fact in facts if fact.predicate == ZR.baseUnit}
    bases = {fact.object for fact in facts if fact.predicate == ZR.baseUnit}
    assert bases <= units
    names = [str(fact.object) for fact in facts if fact.subject in units and fact.predicate in (SKOS.prefLabel, SKOS.altLabel)]
    assert len(set(names)) == len(names)


def test_the_ontology_has_no_blank_nodes() -> None:
    assert not any(isinstance(node, BlankNode) for quad in build_ontology_quads() for node in (quad.subject, quad.object))


def test_the_codes_of_the_records_are_in_the_lists() -> None:
    """Every code that a record can hold has its entry, so that no quad points to nothing."""
    from typing import get_args

    from kg import model
    from kg.rdf.stated import COMPARATORS

    entries = {fact.subject for fact in triples("schemes.ttl")}
    codes = {
        "role": get_args(model.Role),
        "indicator-kind": get_args(model.IndicatorKind),
        "relation": get_args(model.Relation),
        "level": get_args(model.Level),
        "verdict": get_args(model.Verdict),
        "place": get_args(model.Place),
        "binding": ("binding", "expected"),
        "due-precision": ("day", "month", "year"),
        "comparator": tuple(COMPARATORS[op] for op in get_args(model.Comparator)),
    }
    assert {vocab.concept(scheme, code) for scheme, names in codes.items() for code in names} <= entries


def test_shapes_have_names_and_messages_in_both_languages() -> None:
    text = (data.ONTOLOGY / "shapes.ttl").read_text("utf-8")
    for block in re.split(r"\n(?=shape:)", text)[1:]:
        assert re.search(r'sh:message "[^"]+"@zh, "[^"]+"@en', block), block


def facts_with(folder: Path, *more: tuple[NamedNode, NamedNode, NamedNode | Literal]) -> list[Path]:
    graph = vocab.document_graph(PLAN.key)
    quads = [
        *build_ontology_quads(),
        *build_document_quads(resolved_toy()),
        *build_registry_quads(resolved_toy(), toy_registry()),
    ]
    path = folder / "facts.nq"
    write_nquads([*quads, *(Quad(*fact, graph) for fact in more)], path)
    return [path]


@needs_java
def test_hermit_finds_the_ontology_consistent(tmp_path: Path) -> None:
    path = tmp_path / "ontology.nq"
    write_nquads(build_ontology_quads(), path)
    assert reason([path], find_java() or "") == []


CONTRADICTIONS = [
    # a law cannot answer for a task
    (TASK, ZR.leadUnit, vocab.policy("130000.air-act")),
    (ASSIGNMENT, ZR.role, vocab.concept("role", "support")),  # beside lead
    (ASSIGNMENT, ZR.role, vocab.concept("comparator", "below")),  # from another list
    (TASK, ZR.number, Literal("2")),  # beside "1"
    (TASK, ZR.order, Literal("first", datatype=XSD.string)),
    (vocab.region("130100"), ZR.parentRegion, vocab.region("130100")),
]


@needs_java
@pytest.mark.parametrize("fact", CONTRADICTIONS, ids=lambda fact: fact[1].value.rpartition("#")[2])
def test_hermit_catches_a_contradiction(tmp_path: Path, fact: tuple[NamedNode, NamedNode, NamedNode]) -> None:
    assert reason(facts_with(tmp_path, fact), find_java() or "") is None


@needs_java
def test_hermit_finds_the_toy_consistent(tmp_path: Path) -> None:
    assert reason(facts_with(tmp_path), find_java() or "") == []
