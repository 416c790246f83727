"""The ledger as a workbook that an office files, filters and prints; openpyxl stays behind this module."""

from __future__ import annotations

import datetime
import io
import math
import re
import zipfile
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter

from kg.formulas import is_formula
from kg.ledger.rows import CITATIONS, CORRECTIONS, INDICATORS, OWNERLESS, RESPONSIBILITIES, Ledger, Listing, Row, Value

LONGEST = 32_767  # characters that Excel takes in one cell
_THEN = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)  # no clock: the same ledger, the same file
_A4 = 9
_WIDTHS = {
    "文件": 15, "地区": 9, "章节": 15, "序号": 6, "任务": 17, "责任单位(原文)": 14, "机构": 18, "角色": 7, "沿用": 7, "时限": 10,
    "指标": 26, "统一指标名": 22, "类型": 11, "引用文件": 36, "原文依据": 80, "起止位置": 12, "单位位置": 12, "人工更正": 26,
}  # fmt: skip
_LINE_HEIGHT, _TALLEST = 13.5, 409.0  # points; Excel has no taller rows
_LINE = Side("thin", color="BFBFBF")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def render_workbook(ledger: Ledger) -> bytes:
    """Return the bytes of the workbook, with a sheet per list."""
    book = Workbook(write_only=True)
    book.add_named_style(
        NamedStyle(
            "表头",
            font=Font(name="宋体", size=10, bold=True, color="FFFFFF"),
            fill=PatternFill("solid", fgColor="2F5D8A"),
            border=_GRID,
            alignment=Alignment(horizontal="center", vertical="center", wrap_text=True),
        )
    )
    book.add_named_style(
        NamedStyle("正文", font=Font(name="宋体", size=10), border=_GRID, alignment=Alignment(vertical="top", wrap_text=True))
    )
    corrected = any(document.get("corrections") for document in ledger["documents"])
    for listing in (RESPONSIBILITIES, INDICATORS, CITATIONS, OWNERLESS, *([CORRECTIONS] if corrected else [])):
        _add_sheet(book, listing, ledger)
    book.properties.creator = "zeren"
    book.properties.title = "责任清单"
    book.properties.created = _THEN
    buffer = io.BytesIO()
    book.save(buffer)
    return _without_clock(buffer.getvalue())


def _add_sheet(book: Workbook, listing: Listing, ledger: Ledger) -> None:
    sheet: Any = book.create_sheet(listing.name)
    for n, column in enumerate(listing.columns, 1):
        sheet.column_dimensions[get_column_letter(n)].width = _width(column)
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.print_title_rows = "1:1"
    sheet.oddFooter.left.text = listing.name
    sheet.oddFooter.right.text = "第 &P 页，共 &N 页"
    sheet.append([_cell(sheet, column, "表头") for column in listing.columns])
    last = 1
    for last, row in enumerate(listing.rows(ledger), 2):
        sheet.row_dimensions[last].height = _height(row, listing.columns)
        sheet.append([_cell(sheet, value, "正文") for value in row])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(listing.columns))}{last}"


def _height(row: Row, columns: tuple[str, ...]) -> float:
    """Return the height that shows all text of a row, in points; not every office program finds it by itself."""
    lines = 1
    for value, column in zip(row, columns, strict=True):
        if isinstance(value, str):
            width = sum(1 if char.isascii() else 2 for char in value)
            lines = max(lines, math.ceil(width / (_width(column) - 1)))
    return min(_TALLEST, lines * _LINE_HEIGHT + 2)


def _width(column: str) -> int:
    return _WIDTHS.get(column, 9)


def _cell(sheet: Any, value: Value, style: str) -> Any:
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
        value = value if len(value) <= LONGEST else value[: LONGEST - 1] + "…"
    cell = WriteOnlyCell(sheet, value)
    cell.style = style
    if isinstance(value, str):
        cell.data_type = "s"  # also what opens with "=": text is never a formula here
        cell.quotePrefix = is_formula(value)
    return cell


def _without_clock(data: bytes) -> bytes:
    """Return the same workbook without the time of its making."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", content)
            info = zipfile.ZipInfo(name, _THEN.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content)
    return buffer.getvalue()
