"""Excel workbooks: each visible sheet with its name, its title lines and its table, numbers as the sheet shows them."""

from __future__ import annotations

import io
import math
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from kg.errors import SourceError
from kg.read.archive import Archive, broken
from kg.read.pinned import Extract, Words, Writer

MAX_CELLS = 100_000  # of a workbook; a list of tasks has some thousands
_UNNAMED = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.I)
_DIGITS = re.compile(r"[0#](?![0#,])(?:\.(0*)(#*))?")
MAX_ROW = 1 << 30


def read_xlsx(data: bytes, where: str) -> Extract:
    """Return the text and the tables of a workbook (.xlsx, .xlsm); formulas by the values that were saved with them.

    :raises SourceError: it is damaged, or has more cells than anyone reads.
    """
    archive = Archive(data, where)
    sheets = [name for name in archive.names if name.startswith("xl/worksheets/")]
    if sum(archive.read(name).count(b"<c ") for name in sheets) > MAX_CELLS:
        raise SourceError(f"{where}: has more than {MAX_CELLS:,} cells; keep the sheets that hold the tasks")
    for name in archive.names:  # openpyxl reads them itself: entities are refused before
        if name.endswith((".xml", ".rels")):
            archive.parse(name)
    import openpyxl  # takes a while to load

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that it does not keep, such as drop-down lists
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    except Exception as error:  # whatever a damaged part makes it raise
        raise broken(where, str(error) or type(error).__name__) from error
    writer = Writer()
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            _write(writer, sheet)
    return writer.extract()


def _write(writer: Writer, sheet: Any) -> None:
    """Write one sheet; lines above and below the table that stand in one cell are paragraphs.

    The sheet's name is its heading where it has none.
    """
    cells = _cells(sheet)
    if not cells:
        return
    lone = _lone_rows(cells)
    body = [cell.row for cell in cells if cell.row not in lone]
    first, last = (body[0], body[-1]) if body else (MAX_ROW, MAX_ROW)
    if cells[0].row >= first and not _UNNAMED.fullmatch(sheet.title.strip()):
        writer.add(sheet.title)
    for cell in cells:
        if cell.row < first:
            writer.add(cell.text)
    writer.add_table([cell for cell in cells if first <= cell.row <= last])
    for cell in cells:
        if cell.row > last:
            writer.add(cell.text)


def _cells(sheet: Any) -> list[Words]:
    """Return the cells that hold something, hidden rows and columns left out."""
    merged = {(area.min_row, area.min_col): (area.max_row, area.max_col) for area in sheet.merged_cells.ranges}
    rows = {at for at, row in sheet.row_dimensions.items() if row.hidden}
    columns = set(_hidden_columns(sheet))
    found: list[Words] = []
    for (row, column), cell in sorted(sheet._cells.items()):
        words = shown(cell.value, cell.number_format) if cell.value is not None else ""
        if words.strip() and row not in rows and column not in columns:
            last_row, last_column = merged.get((row, column), (row, column))
            found.append(Words(words, row, column, last_row - row + 1, last_column - column + 1))
    return found


def _hidden_columns(sheet: Any) -> Iterator[int]:
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and dimension.min and dimension.max:
            yield from range(dimension.min, min(dimension.max, dimension.min + 1000) + 1)


def _lone_rows(cells: list[Words]) -> set[int]:
    """Return the rows that hold one cell only, above the first and below the last row that holds more."""
    count: dict[int, int] = {}
    for cell in cells:
        count[cell.row] = count.get(cell.row, 0) + 1
    full = [row for row, number in count.items() if number > 1]
    return {row for row, number in count.items() if number == 1 and not (full and full[0] <= row <= full[-1])}


def shown(value: Any, style: str) -> str:
    """Return a value as its number format shows it, as far as it matters for reading.

    >>> shown(0.975, "0.0%"), shown(1234.5, "#,##0.00"), shown(0.1 + 0.2, "General"), shown(date(2025, 6, 30), "yyyy/m/d")
    ('97.5%', '1,234.50', '0.3', '2025年6月30日')
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date):
        return _date(value, style)
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, int | float):
        return _number(value, style or "General")
    return str(value)


def _date(value: date, style: str) -> str:
    """Return a date in the words that policies use, no more precise than the sheet shows it."""
    plain = re.sub(r'\[[^\]]*\]|"[^"]*"|\\.', "", style.lower())
    year, day = "y" in plain, "d" in plain
    month = re.search(r"m(?!m?:|m?s)", plain) is not None
    words = (f"{value.year}年" if year else "") + (f"{value.month}月" if month else "") + (f"{value.day}日" if day else "")
    return words or f"{value.year}年{value.month}月{value.day}日"


def _number(value: float, style: str) -> str:
    style = re.sub(r"\[[^\]]*\]|\\|_.|\*.", "", style.split(";")[0])
    plain = re.sub('"[^"]*"', "", style)
    percent = "%" in plain
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    exact = Decimal(f"{value:.15g}") * (100 if percent else 1)
    digits = _DIGITS.search(plain)
    if digits is None or "/" in plain or "E" in plain:  # General, fractions, powers
        words = _short(f"{exact:f}")
    else:
        always, needed = digits[1] or "", digits[2] or ""
        words = f"{exact:{',' if ',' in plain else ''}.{len(always) + len(needed)}f}"
        if needed:  # 0.0##: the last ones only where they say something
            whole, rest = words[: -len(needed)], words[-len(needed) :].rstrip("0")
            words = (whole + rest).rstrip(".")
    behind = "".join(re.findall('"([^"]*)"', style[style.rfind("0") + 1 :]))  # 0"万元"
    return words + ("%" if percent else "") + behind


def _short(words: str) -> str:
    return words.rstrip("0").rstrip(".") if "." in words else words
