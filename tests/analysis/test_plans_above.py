"""Plans of a province, a city and a county, written by hand: every pair of targets has the verdict that a reader gives it."""

from __future__ import annotations

import csv
from pathlib import Path, PurePath

import pytest
from pyoxigraph import Literal, QueryTriples

from kg import data, pipeline, store, vocab
from kg.analysis import open_columns
from kg.analysis.lineage.target_comparison import TARGET_VERDICTS, TargetComparison, compare_with_above
from kg.store import Generation
from kg.vocab import ZR

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    out = tmp_path_factory.mktemp("plans") / "out"
    report = pipeline.build([DATA / "plans_above"], out)
    assert report.generation is not None
    return report.generation


@pytest.fixture(scope="module")
def compared(plans: Generation) -> list[TargetComparison]:
    with open_columns(plans) as columns:
        return list(compare_with_above(columns, TARGET_VERDICTS))


def test_each_pair_has_the_verdict_of_the_reader(compared: list[TargetComparison]) -> None:
    with (DATA / "plans_above.csv").open(encoding="utf-8", newline="") as file:
        expected = [tuple(row) for row in csv.reader(file)][1:]
    found = [
        (
            *(PurePath(side.file or "").stem for side in (one.child, one.parent)),
            one.metric_name,
            *names,
            one.ground or one.verdict,
        )
        for one in compared
        for names in [(one.child.name, one.parent.name)]
    ]
    assert sorted(found) == sorted(expected)


def test_both_sides_lead_to_their_sentences(compared: list[TargetComparison], plans: Generation) -> None:
    texts = {path.name: path.read_text("utf-8") for path in (DATA / "plans_above").glob("*.txt")}
    for one in compared:
        for side in (one.child, one.parent):
            assert texts[side.file or ""][side.start : side.end] == side.quote
            assert side.kind != "quantitative" or (side.value or "") in side.quote


def test_the_graph_says_the_same(compared: list[TargetComparison], plans: Generation) -> None:
    """What the build states is what the rule defines, with a sentence for each pair."""
    graph = store.open_store(plans)
    triples = graph.query((data.QUERIES / "derive" / "target-comparison.rq").read_text("utf-8"), use_default_graph_as_union=True)
    assert isinstance(triples, QueryTriples)
    defined = set(triples)
    pairs = {triple.subject for triple in defined}
    derived = [quad.triple for quad in graph.quads_for_pattern(None, None, None, vocab.derived_graph())]
    stated = {triple for triple in derived if triple.subject in pairs}
    assert {triple for triple in stated if triple.predicate != ZR.reason} == defined
    reasons = sorted(str(triple.object) for triple in stated if triple.predicate == ZR.reason)
    wanted = [one.reason for one in compared if one.ground not in ("no-number", "amount")]
    assert reasons == sorted(str(Literal(reason, language="zh")) for reason in wanted)
    assert sum(triple.object == ZR.TargetComparison for triple in derived) == len(pairs) == len(wanted)
