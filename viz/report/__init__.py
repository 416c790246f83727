"""The report as one file to read and print, and as a workbook: text, tables and drawings that need nothing else."""

from viz.report.page import render_report
from viz.report.sheets import render_workbook
from viz.report.words import LANGUAGES, Language
from viz.report.write import write_report

__all__ = ["LANGUAGES", "Language", "render_report", "render_workbook", "write_report"]
