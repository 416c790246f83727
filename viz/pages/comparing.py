"""Comparisons as files for a spreadsheet: ``/compare.csv``, ``/compare.xlsx``."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Literal
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg.analysis.continuity.comparison_tables import Table
from kg.errors import ZerenError
from kg.explorer.compare.export import make_file_tables
from kg.formulas import guard
from kg.workbook import Sheet, render_sheets
from viz.pages.answer import read_params, shelf_of, status_of

_TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


async def download_comparison(request: Request) -> Response:
    """Answer with the comparison that the address says: as CSV its one table, as a workbook a sheet for each."""
    return await run_in_threadpool(_download, request)


def _download(request: Request) -> Response:
    form: Literal["csv", "xlsx"] = "xlsx" if request.url.path.endswith(".xlsx") else "csv"
    try:
        tables = make_file_tables(shelf_of(request).current(), read_params(request), whole=form == "xlsx")
    except ZerenError as error:
        status = status_of(error)
        return PlainTextResponse(f"{error}\n", status)
    content = _workbook(tables) if form == "xlsx" else _csv(tables[0])
    name = quote(f"对照.{form}" if form == "xlsx" else f"{tables[0].name}.{form}")
    headers = {
        "Content-Type": _TYPES[form],
        "Content-Disposition": f"attachment; filename=\"compare.{form}\"; filename*=UTF-8''{name}",
    }
    return Response(content, headers=headers)


def _csv(table: Table) -> bytes:
    """Return a table as Excel opens it at a double click: UTF-8 with its mark, no cell that would run."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    for row in (table.columns, *table.rows):
        writer.writerow([guard(value) for value in row])
    return file.getvalue().encode("utf-8-sig", "replace")


def _workbook(tables: Sequence[Table]) -> bytes:
    return render_sheets([Sheet(table.name, table.columns, table.rows, table.widths) for table in tables], "对照")
