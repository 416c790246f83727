"""Tables as a workbook that an office files, filters and prints; openpyxl stays behind this module."""

from __future__ import annotations

import datetime
import io
import math
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter

from kg.formulas import is_formula

LONGEST = 32_767  # characters that Excel takes in one cell
Value = str | int | float | Decimal | bool | datetime.date | None
_Look = tuple[str, type, bool]  # style, type of the value, text that a spreadsheet would run
_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")  # what openpyxl lets pass and XML does not
_THEN = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)  # no clock: the same rows, the same file
_A4 = 9
_LINE_HEIGHT, _TALLEST = 13.5, 409.0  # points; Excel has no taller rows
_LONGEST_NAME = 31  # characters that Excel takes for the name of a sheet
_NOT_IN_NAME = re.compile(r"[\[\]:*?/\\]")
_EXACT = 15  # digits that Excel keeps of a number
_LINE = Side("thin", color="BFBFBF")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its headings; a column without a width gets 9 characters."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Value]]
    widths: Mapping[str, int] = field(default_factory=dict)

    def width(self, column: str) -> int:
        """Return how many characters wide a column is."""
        return self.widths.get(column, 9)


def render_sheets(sheets: Iterable[Sheet], title: str) -> bytes:
    """Return the bytes of a workbook; the same sheets give the same bytes."""
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
    for sheet in sheets:
        _add_sheet(book, sheet)
    book.properties.creator = "zeren"
    book.properties.title = title
    book.properties.created = _THEN
    buffer = io.BytesIO()
    book.save(buffer)
    return _without_clock(buffer.getvalue())


def _add_sheet(book: Workbook, table: Sheet) -> None:
    name = _NOT_IN_NAME.sub(" ", table.name)[:_LONGEST_NAME]
    sheet: Any = book.create_sheet(name)
    for n, column in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(n)].width = table.width(column)
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.print_title_rows = "1:1"
    sheet.oddFooter.left.text = name
    sheet.oddFooter.right.text = "第 &P 页，共 &N 页"
    looks: dict[_Look, Any] = {}
    sheet.append([_cell(sheet, column, "表头", looks) for column in table.columns])
    last = 1
    for last, row in enumerate(table.rows, 2):
        sheet.row_dimensions[last].height = _height(row, table)
        sheet.append([_cell(sheet, value, "正文", looks) for value in row])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{last}"


def _height(row: Sequence[Value], table: Sheet) -> float:
    """Return the height that shows all text of a row, in points; not every office program finds it by itself."""
    lines = 1
    for value, column in zip(row, table.columns, strict=True):
        if isinstance(value, str):
            width = 2 * len(value) - len(value.encode("ascii", "ignore"))  # what is not ASCII is as wide as two
            lines = max(lines, math.ceil(width / (table.width(column) - 1)))
    return min(_TALLEST, lines * _LINE_HEIGHT + 2)


def _cell(sheet: Any, value: Value, style: str, looks: dict[_Look, Any]) -> Any:
    """Return a cell; ``looks`` keeps how the first of its like looks, since to work that out takes longer than all else."""
    value = _plain(value)
    cell: Any = WriteOnlyCell(sheet, cast(Any, value))
    look = style, type(value), isinstance(value, str) and is_formula(value)
    if look in looks:
        cell._style = looks[look]
    else:
        kept = cell.number_format  # a style would make a date the number of its day
        cell.style = style
        cell.number_format = kept
        if look[2]:
            cell.quotePrefix = True
        looks[look] = cell._style
    if isinstance(value, str):
        cell.data_type = "s"  # also what opens with "=": text is never a formula here
    return cell


def _plain(value: Value) -> Value:
    """Return what a cell can hold: a number that Excel would round stands as text."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and len(Decimal(value).as_tuple().digits) > _EXACT:
        return str(value)
    if isinstance(value, str):
        value = _NO_XML.sub("", ILLEGAL_CHARACTERS_RE.sub("", value))
        return value if len(value) <= LONGEST else value[: LONGEST - 1] + "…"
    return value


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
