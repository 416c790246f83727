"""The two files on the disk: each is there whole or not at all."""

from __future__ import annotations

from pathlib import Path

from kg.errors import OutputError
from kg.export.target import new_file
from kg.report import Report
from viz.report.page import ROWS, render_report
from viz.report.sheets import render_workbook
from viz.report.words import Language


def write_report(report: Report, target: Path, lang: Language = "zh", *, rows: int = ROWS) -> tuple[Path, Path]:
    """Write the page and, beside it, the workbook with the same name; return where they are.

    :raises OutputError: the name is that of a workbook or a folder, or one of them cannot be written.
    """
    if target.suffix.lower() not in (".html", ".htm"):
        raise OutputError(f"{target}: the report is a page; name a file that ends in .html (the workbook stands beside it)")
    workbook = target.with_suffix(".xlsx")
    _replace(workbook, render_workbook(report, lang))
    _replace(target, render_report(report, lang, rows=rows, workbook=workbook.name).encode())
    return target, workbook


def _replace(target: Path, content: bytes) -> None:
    with new_file(target, force=True) as stream:
        stream.write(content)
