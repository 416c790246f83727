"""The auditor's second way: what the rules define against what the derived graph says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from benchmarks import corpus
from kg import pipeline, vocab
from kg.check import check, check_queries
from kg.check.derived import check_derived
from kg.cli import main
from kg.store import open_current
from kg.vocab import RDF, XSD, ZR
from tests.toy_graph import ECO, further_store, toy_store

GRAPH = vocab.derived_graph()
LOAD = vocab.load("130100/ecology-environment", None)
NEW = vocab.load("130100/nobody", None)


def number(value: int) -> Literal:
    return Literal(str(value), datatype=XSD.integer)


@pytest.mark.parametrize("store", [toy_store, further_store], ids=["toy", "further toy"])
def test_the_toy_says_what_the_rules_define(store: Callable[[], Store]) -> None:
    assert list(check_derived(store())) == []


def test_so_does_a_build(built: Path) -> None:
    assert list(check_derived(open_current(built))) == []
    report = check(built, java="", derived=True)
    assert report.ok
    # silence about a part means that it was looked at only where it stands here
    assert [one.part.split()[1] for one in report.checked] == ["files", "gaps", "queries", "shapes", "derived"]


def test_so_does_a_made_up_corpus(tmp_path: Path) -> None:
    """Twenty documents of several levels and years, with chains of policies and bodies that many name."""
    corpus.write_corpus(20, tmp_path / "documents")
    pipeline.build([tmp_path / "documents"], tmp_path / "out")
    store = open_current(tmp_path / "out")
    assert len(list(store.quads_for_pattern(None, ZR.ancestorPolicy, None, GRAPH))) > 10
    assert list(check_derived(store)) == []


def fewer(store: Store) -> None:
    store.remove(Quad(LOAD, ZR.taskCount, number(4), GRAPH))


def other(store: Store) -> None:
    fewer(store)
    store.add(Quad(LOAD, ZR.taskCount, number(5), GRAPH))


def more(store: Store) -> None:
    store.add(Quad(LOAD, ZR.taskCount, number(5), GRAPH))


def invented(store: Store) -> None:
    for term, value in ((RDF.type, ZR.TotalLoad), (ZR.loadOf, NamedNode(ECO)), (ZR.taskCount, number(1))):
        store.add(Quad(NEW, term, value, GRAPH))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (fewer, {("derived-missing", LOAD.value, "taskCount: 4")}),
        (other, {("derived-missing", LOAD.value, "taskCount: 4"), ("derived-otherwise", LOAD.value, "taskCount: 5")}),
        (more, {("derived-otherwise", LOAD.value, "taskCount: 5")}),
        # a load of somebody whom no task names, with everything that is said of it
        (
            invented,
            {("derived-otherwise", NEW.value, said) for said in (f"loadOf: {ECO}", "taskCount: 1", f": {ZR.TotalLoad.value}")},
        ),
    ],
    ids=["fewer", "other", "more", "invented"],
)
def test_a_changed_figure_is_found(change: Callable[[Store], None], expected: set[tuple[str, str, str]]) -> None:
    store = toy_store()
    change(store)
    found = {(one.name, one.where, one.detail.replace("type: ", ": ")) for one in check_derived(store)}
    assert found == expected


def test_a_gap_that_is_gone_or_of_another_kind_is_found() -> None:
    """Its node holds the sentence and the reason; the short form on the task alone says neither."""
    store = toy_store()
    gone, other = sorted(str(quad.subject)[1:-1] for quad in store.quads_for_pattern(None, RDF.type, ZR.Gap, GRAPH))[:2]
    for quad in list(store.quads_for_pattern(NamedNode(gone), None, None, GRAPH)):
        store.remove(quad)
    (kind,) = store.quads_for_pattern(NamedNode(other), ZR.gapKind, None, GRAPH)
    store.remove(kind)
    store.add(Quad(kind.subject, kind.predicate, vocab.concept("gap", "group-only"), GRAPH))
    found = {(one.name, one.where) for one in check_derived(store)}
    assert found == {("derived-missing", gone), ("derived-missing", other), ("derived-otherwise", other)}


def test_a_server_has_no_files_to_compare() -> None:
    assert [one.part for one in check_queries(toy_store(), derived=True).skipped][-1] == "derived"
    assert "derived" not in [one.part for one in check_queries(toy_store()).skipped]


def test_the_verb_takes_it(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--derived", "--out", str(built)]) == 0
    assert "没有错误" in capsys.readouterr().out
