"""The verb that writes the report: a page and a workbook."""

from __future__ import annotations

import argparse
from argparse import Namespace
from pathlib import Path

from kg.cli.answers import stoppable
from kg.cli.arguments import read_period

FINE = 0
EXAMPLES = (
    "zeren report",
    "zeren report --to 石家庄.html --region 石家庄市 --period 2023",
    "zeren report --to report.html --lang en --rows 40",
    "zeren report --to 要点.html --document 石家庄市2023年生态文明建设工作要点",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `zeren report` takes."""
    add = parser.add_argument
    add("--to", type=Path, metavar="FILE", help="the page, .html; the workbook stands beside it (default: report.html in --out)")
    add("--lang", choices=("zh", "en"), default="zh", help="language of the report (default: zh)")
    add("--region", metavar="NAME|CODE", help="only documents of this region")
    add("--period", type=read_period, metavar="YEARS", help="only documents for these years: 2023, or 2021-2025")
    document = "only this document: its title or IRI; may be repeated"
    add("--document", action="append", default=[], metavar="TITLE", help=document)
    rows = "rows of each table in the page (default: 20); the workbook has all"
    add("--rows", type=_rows, default=20, metavar="N", help=rows)


def report(options: Namespace) -> int:
    """Write the page and the workbook."""
    from kg import store
    from kg.report import gather_report
    from viz.report import write_report

    target = options.to or options.out / "report.html"
    with stoppable():
        found = gather_report(
            store.current(options.out), region=options.region, period=options.period, documents=options.document
        )
    for path in write_report(found, target, options.lang, rows=options.rows):
        print(f"已写入 {path}")
    return FINE


def _rows(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text[:9]) <= 1000:
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is not a number from 1 to 1000")
    return int(text)
