from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, parse

from kg import data, vocab
from kg.errors import OutputError
from kg.vocab import ZR

KEYS = st.text(min_size=1, max_size=30)


def test_terms_are_those_of_the_ontology_both_ways() -> None:
    defined = {triple.subject for triple in parse(path=data.ONTOLOGY / "zeren.ttl", format=RdfFormat.TURTLE)}
    ours = {node for node in defined if isinstance(node, NamedNode) and node.value.startswith(ZR.iri)}
    assert ours == set(ZR.terms())


def test_a_term_that_was_not_declared_fails() -> None:
    with pytest.raises(AttributeError):
        ZR.leedUnit  # type: ignore[attr-defined]  # noqa: B018


@pytest.mark.parametrize("path", sorted(data.QUERIES.rglob("*.rq")), ids=lambda path: path.stem)
def test_queries_use_declared_terms(path) -> None:  # type: ignore[no-untyped-def]
    text = re.sub(r"^#.*$", "", path.read_text("utf-8"), flags=re.M)
    known = {node.value.removeprefix(ZR.iri) for node in ZR.terms()}
    assert set(re.findall(r"\bzr:(\w+)", text)) <= known


@given(KEYS, KEYS)
def test_iris_are_ascii_and_stay_the_same(policy: str, task: str) -> None:
    node = vocab.task(policy, task)
    assert node.value.isascii()
    assert node == vocab.task(policy, task)


@given(KEYS, KEYS, KEYS, KEYS)
def test_different_tasks_have_different_iris(policy: str, task: str, other_policy: str, other_task: str) -> None:
    same = (policy, task) == (other_policy, other_task)
    assert (vocab.task(policy, task) == vocab.task(other_policy, other_task)) is same


def test_same_words_read_by_two_rules_are_two_pieces_of_evidence() -> None:
    assert vocab.evidence("k", 1, 5, "units.bracket") != vocab.evidence("k", 1, 5, "tasks.item")


def test_the_base_is_an_option_but_the_vocabulary_stays() -> None:
    assert vocab.policy("k", "https://example.org/").value == "https://example.org/id/policy/k"
    assert vocab.document_graph("k", "https://example.org/").value == "https://example.org/graph/document/k"
    assert vocab.concept("role", "lead").value == "https://w3id.org/zeren/scheme/role/lead"


BASES = [
    ("https://example.org/kg/", True),
    ("http://localhost:8000/#", True),
    ("urn:example:", True),
    ("example.org/", False),  # relative
    ("https://example.org/kg", False),  # keys would run into the last word
    ("https://例子.org/", False),
    ("https://example.org/a b/", False),
    ("https://example.org/<x>/", False),
    ("", False),
]


@pytest.mark.parametrize(("base", "fine"), BASES)
def test_bases(base: str, fine: bool) -> None:
    if fine:
        assert vocab.check_base(base) == base
    else:
        with pytest.raises(OutputError, match="base IRI"):
            vocab.check_base(base)
