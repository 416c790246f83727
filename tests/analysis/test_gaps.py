"""Gaps: which task leaves what open, and the words where it shows."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kg.analysis import Analysis, analyze
from kg.analysis.gaps import find_gaps
from kg.ask import ask
from tests.analysis.plain import plain_facts
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
    # 园区 is named, but nobody knows it: not a task without an owner
    ("unknown-unit", ["sjz-2023/8"]),
    ("indicator-without-value", ["sjz-2023/1", "ts-2022/1"]),
    # zero bad sections need no unit
    ("indicator-without-unit", []),
    ("collective-only", ["sjz-2023/7"]),
    ("no-lead-joint", ["sjz-2023/3"]),
    # a safeguard needs none
    ("no-indicator", ["sjz-2023/3", "sjz-2023/4", "sjz-2023/5", "sjz-2023/7", "sjz-2023/8", "sjz-plan/2", "ts-2022/2"]),
    ("measure-without-unit", ["sjz-2023/6"]),
]


@pytest.mark.parametrize(("kind", "tasks"), KINDS)
def test_gaps(analysis: Analysis, kind: str, tasks: list[str]) -> None:
    assert numbers(analysis, kind) == tasks


def test_a_safeguard_needs_no_lead() -> None:
    facts = plain_facts({"t1": ["a", "b"], "t2": ["a", "b"], "t3": ["a", "b:inherited"]})
    tasks = {name: replace(fact, measure=name == "t2") for name, fact in facts.tasks.items()}
    assert [gap.task for gap in find_gaps(replace(facts, tasks=tasks)) if gap.kind == "no-lead"] == ["t1"]


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
