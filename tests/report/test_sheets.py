"""The workbook beside the page: a sheet for each part, all rows, nothing that runs."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from kg import store
from kg.report import Report, gather_report
from viz.report import LANGUAGES, Language, render_workbook
from viz.report.words import Words


@pytest.fixture(scope="module")
def report(built: Path) -> Report:
    return gather_report(store.current(built))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_part_has_a_sheet_with_all_rows(report: Report, lang: Language) -> None:
    book, words = openpyxl.load_workbook(io.BytesIO(render_workbook(report, lang))), Words(lang)
    rows = {
        name: book[words[name]].max_row - 1 for name in ("part_load", "part_sharing", "part_indicators", "part_gaps", "w_tasks")
    }
    assert rows == {
        "part_load": len(report.loads),
        "part_sharing": len(report.pairs),
        "part_indicators": len(report.indicators),
        "part_gaps": len(report.gaps),
        "w_tasks": len(report.tasks),
    }
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref


def test_rows_name_the_tasks_behind_them(report: Report) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(render_workbook(report)))["任务承担情况"]
    first = dict(zip([cell.value for cell in sheet[1]], [cell.value for cell in sheet[2]], strict=True))
    assert (first["责任单位"], first["任务"]) == ("石家庄市发展和改革委员会", 27)
    assert len(str(first["依据任务"]).split()) == 27


def test_no_text_becomes_a_formula(report: Report) -> None:
    first = replace(report.documents[0], title='=HYPERLINK("x")')
    sheet = openpyxl.load_workbook(io.BytesIO(render_workbook(replace(report, documents=(first, *report.documents[1:])))))[
        "文件来源"
    ]
    assert sheet["B2"].data_type == "s"
    assert sheet["B2"].quotePrefix


def test_what_no_file_can_hold_is_left_out(report: Report) -> None:
    odd = replace(report, documents=tuple(replace(one, title="甲\0乙\x1b\ufffe\ud800丙") for one in report.documents))
    book = openpyxl.load_workbook(io.BytesIO(render_workbook(odd)))
    assert {row[1] for row in book["文件来源"].iter_rows(min_row=2, values_only=True)} == {"甲乙丙"}


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    assert render_workbook(report) == render_workbook(report)
