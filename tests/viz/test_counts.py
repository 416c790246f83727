"""One word, one number: what the page counts is what the ledger, the measures, the check and the review count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Store

from kg import store
from kg.analysis import Analysis, analyze
from kg.ask import ask
from kg.check import load_checks, run_checks
from kg.cli.summary import parent_policies
from kg.review import list_open
from viz.collect import build_view
from viz.views import View


@pytest.fixture(scope="module")
def graph(built: Path) -> Store:
    return store.open_current(built)


@pytest.fixture(scope="module")
def analysis(graph: Store) -> Analysis:
    return analyze(graph)


@pytest.fixture(scope="module")
def page(ledger: Mapping[str, Any]) -> View:
    return build_view(ledger)


def members(page: View, name: str) -> list[str]:
    return sorted(next(gap.members for gap in page.gaps if gap.name == name))


def shortened(iris: list[str]) -> list[str]:
    return sorted(iri.partition("/id/")[2] for iri in iris)


@pytest.mark.parametrize(
    ("gap", "kinds", "query"),
    [
        ("leaderless", ["no-lead", "no-lead-joint"], "diffuse-tasks"),
        ("unowned", ["no-unit"], "unowned-tasks"),
        ("vague", ["vague-only"], "vague-tasks"),
        ("unmeasured", ["no-indicator"], "tasks-without-indicator"),
    ],
)
def test_gaps_of_tasks(page: View, analysis: Analysis, graph: Store, gap: str, kinds: list[str], query: str) -> None:
    found = members(page, gap)
    assert found == shortened([one.task or "" for kind in kinds for one in analysis.gaps_of(kind)])
    assert found == shortened([row["task"] for row in ask(graph, query).records()])


def test_the_check_means_the_same_by_nobody_in_the_lead(page: View, graph: Store, built: Path) -> None:
    rules = [rule for rule in load_checks() if rule.name == "task-without-lead"]
    assert members(page, "leaderless") == shortened([found.where for found in run_checks(graph, rules, built)])
    assert members(page, "leaderless")


def test_open_names_are_those_of_the_review(page: View, graph: Store, ledger: Mapping[str, Any]) -> None:
    shown = {gap.name: Counter(note.subject for note in gap.notes) for gap in page.gaps}
    assert shown["undecided"] + shown["unlisted"] == Counter(one.subject for one in list_open(graph))
    assert set(shown["unlisted"]) == {"metric"}
    assert "metric" not in shown["undecided"]
    open_ones = [
        decision
        for document in ledger["documents"]
        for decision in document["decisions"]
        if decision["verdict"] in ("ambiguous", "unknown")
    ]
    assert {one["subject"] for one in open_ones} == set(shown["undecided"] + shown["unlisted"])


def test_departments_tasks_indicators_and_policies(page: View, analysis: Analysis, ledger: Mapping[str, Any]) -> None:
    forms = Counter(node.form for node in page.of_kind("department"))
    assert forms["organization"] + forms["collaboration"] == analysis.organizations
    assert forms["generic"] == sum(load.kind == "generic" for load in analysis.loads)
    assert sum(node.form != "measure" for node in page.of_kind("task")) == analysis.tasks
    assert len(page.of_kind("indicator")) == analysis.indicators
    assert len({edge.target for edge in page.edges if edge.relation == "basis"}) == len(parent_policies(ledger))
    parents = {node.id for node in page.of_kind("policy") if node.form == "parent"}
    assert parents <= {edge.target for edge in page.edges if edge.relation == "basis"}
    assert parents < {node.id for node in page.of_kind("policy")}


def test_the_document_without_a_city_is_named_by_both(page: View) -> None:
    title = "石家庄市2022年生态文明建设工作要点（原文：XX市2022年生态文明建设工作要点）"
    assert title in {node.label for node in page.of_kind("document")}
