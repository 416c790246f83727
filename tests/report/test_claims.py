"""The report claims no more than its figures say: bodies are not counted twice, targets keep their signs, 零增长 is no 0."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import html

from kg import store
from kg.analysis.growth import find_growth
from kg.report import Report, gather_report
from viz.report import render_report
from viz.report.plans import describe_goal
from viz.report.words import Words


@pytest.fixture(scope="module")
def report(built: Path) -> Report:
    return gather_report(store.current(built))


@pytest.fixture(scope="module")
def page(report: Report) -> Any:
    return html.fromstring(render_report(report, "zh", workbook="report.xlsx"))


def test_a_body_that_is_overloaded_in_two_years_is_one_body(page: Any, report: Report) -> None:
    over = [load for load in report.loads_by_period if load.verdict == "overloaded"]
    bodies = {load.key for load in over}
    assert len(bodies) < len(over)
    assert f"{len(bodies)} 个机构超负荷（各时期共 {len(over)} 次）" in page.text_content()


def test_sums_over_several_years_are_told_to_be_sums(page: Any) -> None:
    assert "表中任务是各时期文件的合计" in page.text_content()


def test_targets_of_plans_keep_their_signs(page: Any, report: Report) -> None:
    """下降1.5% is no 1.5%."""
    goals = {goal.after.written: goal.after for one in report.continuity for goal in one.goals if goal.after}
    falls = next(goal for written, goal in goals.items() if "同比下降1.5%" in written)
    assert describe_goal(falls, Words("zh")) == "− 1.5%"
    assert "− 1.5%" in {cell.text_content() for cell in page.xpath("//td")}


def test_no_growth_is_no_nought(page: Any, report: Report) -> None:
    """化肥使用量保持零增长 is recorded as 0; whoever reads 0 takes it that no fertilizer is used."""
    rows = [row.text_content() for row in page.xpath("//tr") if "零增长" in row.text_content()]
    assert rows
    assert {one.written for one in report.indicators if find_growth(one.kind, one.quote)} == {"0"}
    named = [
        [cell.text_content() for cell in row.xpath("./td")]
        for row in page.xpath("//tr[starts-with(th, '化肥') and contains(th, '使用量')]")
    ]
    assert named
    assert all(cells[0].startswith("零增长") for cells in named)
