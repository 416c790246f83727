"""Gaps: which task leaves what open, and the words where it shows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, QueryTriples, Store

from kg import data, store, vocab
from kg.analysis import Analysis, analyze, count_gaps, gap_kinds, measure_gaps, open_columns
from kg.ask import ask
from tests.analysis.plain_gaps import plain_gaps
from tests.analysis.stated_facts import read_facts
from tests.toy_graph import POINTS, TANGSHAN, task, toy_store


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return analyze(toy_store())


def numbers(analysis: Analysis, kind: str) -> list[str]:
    """Tasks with a gap of that kind: 2023/1."""
    found = [gap.task for gap in analysis.gaps_of(kind)]
    return [iri.rpartition("id/task/")[2] for iri in found if iri is not None]


# from the table on top of toy.trig
KINDS = [
    ("no-unit", ["sjz-2023/5"]),
    ("vague-only", ["sjz-2023/4"]),
    ("no-lead", ["sjz-2023/1", "sjz-plan/2"]),
    ("several-leads", []),
    ("support-only", []),
    # 园区 is named, but nobody knows it: not a task without an owner
    ("unknown-unit", ["sjz-2023/8"]),
    ("indicator-without-value", ["sjz-2023/1", "ts-2022/1"]),
    # zero bad sections need no unit
    ("indicator-without-unit", []),
    ("collective-only", ["sjz-2023/7"]),
    ("group-only", []),
    ("no-lead-joint", ["sjz-2023/3"]),
    # a safeguard needs none
    ("no-indicator", ["sjz-2023/3", "sjz-2023/4", "sjz-2023/5", "sjz-2023/7", "sjz-2023/8", "sjz-plan/2", "ts-2022/2"]),
    # of five years, and the other task has a target with a year
    ("no-deadline", ["sjz-plan/2"]),
    ("indicator-without-year", []),
    ("measure-without-unit", ["sjz-2023/6"]),
]


@pytest.mark.parametrize(("kind", "tasks"), KINDS)
def test_gaps(analysis: Analysis, kind: str, tasks: list[str]) -> None:
    assert numbers(analysis, kind) == tasks


SAID_OTHERWISE = [
    # everyone leads; who only inherits a task does not lead it
    ("assignments", "REPLACE ('lead' AS role) FROM before", "several-leads", [1, 2, 3]),
    # whoever is on it only supports, but “有关部门” is the graver gap
    ("assignments", "REPLACE ('support' AS role) FROM before", "support-only", [1, 2, 3, 7, 8]),
    ("assignments", "FROM before WHERE organization LIKE '%/carbon-group'", "group-only", [3]),
    # of a document without a period; 1 and 2 have targets with a year, 3 and 4 are due themselves, 6 is a safeguard
    ("documents", "REPLACE (NULL::DATE AS period_end) FROM before", "no-deadline", [5, 7, 8]),
    ("indicators", "REPLACE (NULL::INTEGER AS year) FROM before", "indicator-without-year", [1, 2]),
    # nothing at all needs no unit, but a year
    ("indicators", "REPLACE (NULL::VARCHAR AS unit_written) FROM before", "indicator-without-unit", [1]),
    # a safeguard needs none of these
    ("tasks", "REPLACE (true AS measure) FROM before", "no-lead", []),
    ("tasks", "REPLACE (true AS measure) FROM before", "no-indicator", []),
    ("tasks", "REPLACE (true AS measure) FROM before", "no-deadline", []),
]


@pytest.mark.parametrize(("table", "change", "kind", "tasks"), SAID_OTHERWISE)
def test_gaps_of_the_points_when_something_else_is_said(table: str, change: str, kind: str, tasks: list[int]) -> None:
    with open_columns(toy_store()) as columns:
        columns.change(table, f"SELECT * {change}")
        found = [gap.task for gap in measure_gaps(columns, kind) if gap.document == POINTS]
    assert found == [task("sjz-2023", number) for number in tasks]


@pytest.mark.parametrize("name", ["toy", "five documents"])
def test_three_ways_find_the_same(name: str, built: Path) -> None:
    """SQL, which the program runs; SPARQL, which defines; and plain Python."""
    graph = toy_store() if name == "toy" else store.open_current(built)
    with open_columns(graph if name == "toy" else store.current(built)) as columns:
        rows = list(columns.records("gaps", kinds=list(gap_kinds())))
        counted = {count.kind: count.count for count in count_gaps(columns)}
        years = dict(columns.execute("SELECT iri, year_stated IS NOT false FROM indicators WHERE year IS NOT NULL").fetchall())
        (due,) = columns.execute("SELECT list(iri) FROM tasks WHERE due_kind IS NOT NULL").fetchall()
    by_sql = {(row["indicator"] or row["task"], row["kind"], row["count"], tuple(sorted(row["names"] or ()))) for row in rows}
    assert len(by_sql) == len(rows)
    assert by_sql == plain_gaps(read_facts(graph), years, *due)
    by_sparql = {(iri, kind) for rule in ("gaps-of-tasks", "gaps-of-indicators") for iri, kind in constructed(graph, rule)}
    assert {(iri, kind) for iri, kind, *_ in by_sql} == by_sparql
    assert counted == {code: sum(kind == code for _, kind, *_ in by_sql) for code in gap_kinds()}


def constructed(graph: Store, rule: str) -> list[tuple[str, str]]:
    triples = graph.query((data.QUERIES / "derive" / f"{rule}.rq").read_text("utf-8"), use_default_graph_as_union=True)
    assert isinstance(triples, QueryTriples)
    facts = [(triple.subject, triple.object) for triple in triples]
    return [(str(s.value), o.value.rpartition("/")[2]) for s, o in facts if isinstance(s, NamedNode) and isinstance(o, NamedNode)]


def test_sentences_are_filled_in_both_languages(analysis: Analysis) -> None:
    assert all("{" not in gap.words + gap.words_en for gap in analysis.gaps)
    kinds = gap_kinds()
    assert kinds["several-leads"].say(count=2, names=["甲", "乙"]) == "2 个单位同时牵头（“甲”、“乙”），没有写明由谁总负责"
    assert kinds["unknown-unit"].say("en", names=["{count}"]) == "“{count}” could not be identified"
    assert kinds["indicator-without-value"].say("en", name="造林") == "target “造林”: it has no value"
    assert all(kind.advices["zh"] and kind.advices["en"] for kind in kinds.values())
    assert vocab.gap(task("sjz-2023", 5), "no-unit").value.endswith("/id/gap/task/sjz-2023/5/no-unit")


def test_counts(analysis: Analysis) -> None:
    counts = {count.kind: (count.count, count.of) for count in analysis.gap_counts}
    assert list(counts) == [kind for kind, _ in KINDS]
    assert counts["no-unit"] == (1, 11)  # 12 tasks, one of them a safeguard
    assert counts["measure-without-unit"] == (1, 1)
    assert counts["indicator-without-value"] == (2, 6)
    assert counts["indicator-without-unit"] == (0, 6)


def test_words_and_quote(analysis: Analysis) -> None:
    words = {(gap.kind, gap.task): gap.words for gap in analysis.gaps}
    assert words["vague-only", task("sjz-2023", 4)] == "只写了“市有关部门”，没有指明具体部门"
    assert words["collective-only", task("sjz-2023", 7)] == "只落到“各县（市、区）政府”，没有具体部门"
    assert words["no-lead", task("sjz-2023", 1)] == "3 个主体共同承担，没有牵头单位"
    assert words["no-lead-joint", task("sjz-2023", 3)] == "2 个主体按职责分工承担，没有牵头单位"
    assert words["unknown-unit", task("sjz-2023", 8)] == "“循环化工园区”未能对应到机构"
    gap = analysis.gaps[0]
    assert (gap.severity_words, gap.kind_words, gap.document, gap.number) == ("严重", "没有责任单位", POINTS, "5")
    assert (gap.title, gap.quote, gap.start, gap.end) == ("完善监测体系", "5.完善监测体系。", 301, 340)


def test_indicator_gaps_name_the_indicator(analysis: Analysis) -> None:
    good_days, trees = analysis.gaps_of("indicator-without-value")
    assert (good_days.words, good_days.quote) == ("指标“优良天数比率”只说方向，没有数值", "优良天数比率持续改善")
    assert (trees.words, trees.document, trees.title) == ("指标“造林”数值被隐去", TANGSHAN, "改善空气质量")
    assert trees.indicator is not None
    assert trees.indicator.endswith("ts-2022/1/2")


def test_the_severest_come_first(analysis: Analysis) -> None:
    order = ["high", "medium", "low"]
    ranks = [order.index(gap.severity) for gap in analysis.gaps]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("unowned-tasks", ["no-unit"]),
        ("vague-tasks", ["vague-only"]),
        ("collective-tasks", ["vague-only", "collective-only"]),
        ("diffuse-tasks", ["no-lead", "no-lead-joint"]),
        ("incomplete-indicators", ["indicator-without-value", "indicator-without-unit"]),
    ],
)
def test_the_queries_find_the_same(analysis: Analysis, query: str, kinds: list[str]) -> None:
    defined = sorted(row["task"] for row in ask(toy_store(), query).records())
    assert sorted(gap.task or "" for kind in kinds for gap in analysis.gaps_of(kind)) == defined


def test_whole_analysis(analysis: Analysis) -> None:
    found = (analysis.documents, analysis.tasks, analysis.measures, analysis.organizations, analysis.indicators)
    assert found == (3, 11, 1, 6, 6)
    assert analysis.overloaded() == []
    assert [load.label for load in analysis.top_loads(4)] == [
        "石家庄市生态环境局",
        "石家庄市发展和改革委员会",
        "唐山市发展和改革委员会",
        "石家庄市水利局",
    ]
    content = json.loads(analysis.to_json())
    assert content["loads"][0]["shared_load"] == 1.8333
    assert content["gaps"][0]["kind"] == "no-unit"
