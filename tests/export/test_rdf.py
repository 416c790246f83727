"""RDF exports, read again by rdflib: the triples of the store, all of them and no other."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad

from kg import store, vocab
from kg.errors import StoreError
from kg.export import STREAMED, Format, export
from kg.export.jsonld import write_jsonld
from kg.vocab import PREFIXES, RDF, ZR
from tests.review.shop import Shop

READERS = {"ttl": "turtle", "nq": "nquads", "jsonld": "json-ld"}


@pytest.fixture(autouse=True)
def _as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


def term(node: Any) -> tuple[str, ...]:
    match node:
        case rdflib.Literal():
            plain = node.datatype is None and node.language is None
            return (
                str(node),
                node.language or "",
                "" if node.language else str(vocab.XSD.string.value if plain else node.datatype),
            )
        case Literal():
            return node.value, node.language or "", "" if node.language else node.datatype.value
        case _:
            return (str(node.value if isinstance(node, NamedNode) else node),)


def read(path: Path, form: str) -> set[tuple[tuple[str, ...], ...]]:
    graph = rdflib.Dataset() if form != "ttl" else rdflib.Graph()
    graph.parse(path, format=READERS[form])
    if isinstance(graph, rdflib.Dataset):
        return {(term(s), term(p), term(o), (str(g),)) for s, p, o, g in graph.quads()}
    return {(term(s), term(p), term(o)) for s, p, o in graph}


def terms(quads: Iterable[Quad], form: str) -> set[tuple[tuple[str, ...], ...]]:
    graphs = form != "ttl"
    return {(term(q.subject), term(q.predicate), term(q.object), *([term(q.graph_name)] if graphs else [])) for q in quads}


@pytest.mark.parametrize("form", READERS)
def test_what_is_read_again_is_the_store(generation: store.Generation, target: Path, form: Format) -> None:
    export(generation, form, target)
    assert read(target, form) == terms(store.open_store(generation), form)


@pytest.mark.parametrize("form", READERS)
def test_one_document_comes_with_what_it_says_of_shared_things_and_its_corrections(
    generation: store.Generation, target: Path, form: Format
) -> None:
    title = "廊坊市"
    export(generation, form, target, documents=[title])
    found, whole = read(target, form), terms(store.open_store(generation), form)
    assert found < whole
    subjects = {fact[0][0] for fact in found}
    parts = {part.source.path.rpartition("/")[2]: part for part in generation.manifest.documents}
    own = terms(
        (q for q in store.open_store(generation) if q.graph_name == vocab.document_graph(parts["plan.txt"].source.key)), form
    )
    assert found >= own
    assert vocab.policy(parts["b.txt"].source.key).value not in subjects
    # nothing is pointed to that has no name: bodies, metrics, policies, people's verdicts
    for predicate in (ZR.organization, ZR.metric, ZR.citedPolicy, ZR.correction):
        pointed = {fact[2][0] for fact in found if fact[1][0] == predicate.value}
        assert pointed
        assert pointed <= subjects, predicate
    assert any(fact[1][0] == vocab.PROV.wasAttributedTo.value for fact in found)


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize("name", ["registry.nq", "documents/*.nq"])
def test_a_damaged_graph_is_told_and_nothing_is_written(tmp_path: Path, target: Path, form: Format, name: str) -> None:
    shop = Shop(tmp_path / "shop")
    path = next(store.current(shop.out).quads.glob(name))
    path.write_text(path.read_text("utf-8").replace("廊坊", "沧州"), "utf-8")
    with pytest.raises(StoreError, match=r"\.nq: damaged \(changed since the build\); run `zeren build"):
        export(store.current(shop.out), form, target)
    assert not target.exists()


@pytest.mark.parametrize("form", STREAMED)
def test_the_same_graph_gives_the_same_bytes(generation: store.Generation, tmp_path: Path, form: Format) -> None:
    for name in ("a", "b"):
        export(generation, form, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_turtle_and_json_ld_use_our_prefixes(generation: store.Generation, tmp_path: Path) -> None:
    export(generation, "ttl", tmp_path / "a.ttl")
    text = (tmp_path / "a.ttl").read_text("utf-8")
    assert text.count("@prefix zr: ") == 1
    assert "\ta zr:Task ;" in text
    assert "zr:role role:lead" in text
    export(generation, "jsonld", tmp_path / "a.jsonld")
    content = json.loads((tmp_path / "a.jsonld").read_text("utf-8"))
    assert content["@context"]["zr"] == ZR.iri
    assert not [name for name in content["@context"] if content["@context"][name] != PREFIXES[name]]
    kinds = Counter(kind for graph in content["@graph"] for node in graph["@graph"] for kind in node.get("@type", ()))
    tasks = {quad.subject for quad in store.open_store(generation).quads_for_pattern(None, RDF.type, ZR.Task)}
    assert kinds["zr:Task"] == len(tasks) > 0


HARD = [
    Literal('"\\\n\t\u2028\0</script>'),
    Literal("zr:Task"),
    Literal("甲", language="zh-cn"),
    Literal("1.50", datatype=vocab.XSD.decimal),
    NamedNode("https://w3id.org/zeren/ns#"),
    NamedNode("https://w3id.org/zeren/ns#//a"),
    NamedNode("http://example.org/a:b"),
    NamedNode("urn:zr:Task"),
]


@pytest.mark.parametrize("node", HARD, ids=range(len(HARD)))
def test_json_ld_keeps_what_looks_like_something_else(node: NamedNode | Literal) -> None:
    subject, graph = NamedNode("https://w3id.org/zeren/ns#a/%E7"), NamedNode("http://example.org/g")
    quads = [Quad(subject, ZR.about, node, graph)]
    if isinstance(node, NamedNode):
        quads.append(Quad(subject, RDF.type, node, graph))
    stream = io.BytesIO()
    write_jsonld(quads, stream, PREFIXES)
    dataset = rdflib.Dataset()
    dataset.parse(data=stream.getvalue(), format="json-ld")
    assert {(term(s), term(p), term(o), (str(g),)) for s, p, o, g in dataset.quads()} == terms(quads, "nq")


def test_nothing_is_an_empty_json_ld_document() -> None:
    stream = io.BytesIO()
    write_jsonld([], stream, PREFIXES)
    assert json.loads(stream.getvalue())["@graph"] == []
