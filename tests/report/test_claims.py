"""The report claims no more than its figures say: bodies are not counted twice, targets keep their signs, 零增长 is no 0."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from openpyxl import load_workbook

from kg import store
from kg.analysis.targets.growth import find_growth
from kg.report import Report, gather_report
from viz.report import render_report, render_workbook
from viz.report.plans import describe_goal
from viz.report.words import Words

HEADINGS = {  # the last of each sheet
    "任务接续": ("前一任务", "后一任务", "相近语句", "单位增减"),
    "指标变化": ("变化", "前一原文", "后一原文"),
    "低于上位目标": ("上位政策", "上位目标", "上位原文", "说明"),
}


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


def test_what_stands_in_a_column_is_what_its_heading_says(report: Report) -> None:
    book = load_workbook(BytesIO(render_workbook(report, "zh")), read_only=True)
    for sheet, headings in HEADINGS.items():
        assert next(book[sheet].iter_rows(values_only=True, max_row=1))[-len(headings) :] == headings


def test_a_document_without_a_period_is_told_of(report: Report) -> None:
    """Its bodies are in the sums alone; nobody judges them."""
    undated = replace(report, documents=(replace(report.documents[0], period=None), *report.documents[1:]))
    said = html.fromstring(render_report(undated, "zh", workbook="report.xlsx")).text_content()
    assert f"1 份文件没有时期（如《{report.documents[0].title}》），其中的任务只计入合计" in said


def test_who_bears_as_much_as_others_does_not_bear_most_alone(report: Report) -> None:
    first, second, *rest = [load for load in report.loads_by_period if load.region == "唐山市"]
    assert len(second.tasks) < len(first.tasks)
    others = tuple(load for load in report.loads_by_period if load not in (first, second, *rest))
    level = replace(report, loads_by_period=(*others, first, replace(second, tasks=first.tasks), *rest))
    said = html.fromstring(render_report(level, "zh", workbook="report.xlsx")).text_content()
    assert f"{first.label}承担 {len(first.tasks)} 项任务，其中牵头 22 项，在本地区各机构中与另外 1 个并列最多" in said
