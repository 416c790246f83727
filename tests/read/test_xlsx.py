"""Workbooks: sheets, merged cells, and values as the sheet shows them."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kg.errors import SourceError
from kg.model import Document
from kg.read import document_of
from kg.read.xlsx import shown

Sheet = dict[str, Any]


def packed(*sheets: tuple[str, Sheet, str], hidden: tuple[str, ...] = ()) -> bytes:
    """Return a workbook: of each sheet its name, its cells, and the areas that are merged, separated by blanks."""
    book: Any = openpyxl.Workbook()
    book.remove(book.active)
    for name, cells, merged in sheets:
        sheet = book.create_sheet(name)
        for where, value in cells.items():
            sheet[where] = value
        for area in merged.split():
            sheet.merge_cells(area)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(data: bytes) -> Document:
    return document_of(Path("a.xlsx"), data)


TASKS: Sheet = {
    "A1": "示范市重点任务分工", "A3": "序号", "B3": "目标任务", "C3": "责任单位",
    "A4": 1, "B4": "加强监管", "C4": "市水利局", "A5": 2, "C5": "市城管局\n市交通局",
    "A7": "注：排在首位的为牵头单位。",
}  # fmt: skip


def test_titles_and_notes_stand_around_the_table() -> None:
    document = read(packed(("任务分工", TASKS, "A1:C1 B4:B5 A7:C7")))
    assert document.text.splitlines() == [
        "示范市重点任务分工",
        "| 序号 | 目标任务 | 责任单位 |",
        "| 1 | 加强监管 | 市水利局 |",
        "| 2 |  | 市城管局 市交通局 |",
        "注：排在首位的为牵头单位。",
    ]
    (grid,) = document.grids
    assert [(cell.row, cell.column, cell.rows, cell.columns) for cell in grid.cells if cell.rows > 1] == [(1, 1, 2, 1)]
    assert all(cell.span.of(document.text) for cell in grid.cells)


ROWS: Sheet = {"A1": "任务", "B1": "单位", "A2": "甲", "B2": "市水利局"}
SHEETS = [
    # a sheet without a title has its name for one, unless the name says nothing
    ((("牵头任务", ROWS, ""),), (), "牵头任务\n| 任务 | 单位 |\n| 甲 | 市水利局 |"),
    ((("Sheet1", ROWS, ""),), (), "| 任务 | 单位 |\n| 甲 | 市水利局 |"),
    # hidden and empty sheets
    ((("Sheet1", ROWS, ""), ("旧", TASKS, ""), ("空", {}, "")), ("旧",), "| 任务 | 单位 |\n| 甲 | 市水利局 |"),
    # two sheets, two tables
    ((("Sheet1", ROWS, ""), ("工作表2", ROWS, "")), (), "| 任务 | 单位 |\n| 甲 | 市水利局 |\n" * 2),
    # a chapter within the table stays in it
    ((("Sheet1", ROWS | {"A3": "二、乙", "A4": "丙", "B4": "市教育局"}, "A3:B3"),), (),
     "| 任务 | 单位 |\n| 甲 | 市水利局 |\n| 二、乙 |  |\n| 丙 | 市教育局 |"),
    # rows and columns that are empty say nothing
    ((("Sheet1", {"B3": "任务", "D3": "单位", "B7": "甲", "D7": "乙"}, ""),), (), "| 任务 | 单位 |\n| 甲 | 乙 |"),
    # lines only
    ((("Sheet1", {"A1": "一、总则", "A2": "正文。"}, ""),), (), "一、总则\n正文。"),
]  # fmt: skip


@pytest.mark.parametrize(("sheets", "hidden", "wanted"), SHEETS, ids=range(len(SHEETS)))
def test_sheets(sheets: tuple[tuple[str, Sheet, str], ...], hidden: tuple[str, ...], wanted: str) -> None:
    assert read(packed(*sheets, hidden=hidden)).text.strip() == wanted.strip()


def test_hidden_rows_and_columns_are_left_out() -> None:
    book: Any = openpyxl.Workbook()
    sheet = book.active
    for where, value in {"A1": "任务", "B1": "旧", "C1": "单位", "A2": "删", "C2": "无", "A3": "甲", "C3": "市水利局"}.items():
        sheet[where] = value
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[2].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    assert read(stream.getvalue()).text == "| 任务 | 单位 |\n| 甲 | 市水利局 |\n"


MOMENT = datetime.fromisoformat("2025-06-30T08:05")
VALUES = [
    (1, "General", "1"),
    (95.0, "General", "95"),
    (0.1 + 0.2, "General", "0.3"),
    (0.975, "0.0%", "97.5%"),
    (0.5, "0%", "50%"),
    (1234.5, "#,##0.00", "1,234.50"),
    (12.0, "0.0##", "12.0"),
    (12.345, "0.0##", "12.345"),
    (12.0, "#.##", "12"),
    (100, '0"万元"', "100万元"),
    (-3.2, "0.0_ ;[Red]\\-0.0\\ ", "-3.2"),
    (1e-7, "0.00E+00", "0.0000001"),
    (float("nan"), "0.0", "nan"),
    (True, "General", "TRUE"),
    ("文本", "@", "文本"),
    (date(2025, 6, 30), "yyyy/m/d", "2025年6月30日"),
    (MOMENT, 'yyyy"年"m"月"', "2025年6月"),
    (MOMENT, 'm"月"d"日"', "6月30日"),
    (MOMENT, "yyyy-mm-dd hh:mm:ss", "2025年6月30日"),
    (MOMENT, "mmm-yy", "2025年6月"),
    (time(8, 30), "h:mm", "08:30:00"),
]


@pytest.mark.parametrize(("value", "style", "wanted"), VALUES)
def test_values_as_they_are_shown(value: Any, style: str, wanted: str) -> None:
    assert shown(value, style) == wanted


def test_too_many_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.read.xlsx.MAX_CELLS", 3)
    with pytest.raises(SourceError, match=r"a\.xlsx: has more than 3 cells"):
        read(packed(("任务", ROWS, "")))


def test_a_damaged_workbook() -> None:
    data = packed(("任务", ROWS, ""))
    with pytest.raises(SourceError, match="is damaged"):
        read(data.replace(b"xl/workbook.xml", b"xl/wirkbook.xml"))
    with pytest.raises(SourceError, match="is damaged"):
        read(data[:-40])
