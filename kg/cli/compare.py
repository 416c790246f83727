"""``zeren compare``: a city's plans of successive years, two documents, or several cities side by side."""

from __future__ import annotations

import argparse
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kg.cli import show
from kg.cli.answers import stoppable
from kg.cli.arguments import read_limit, read_period
from kg.cli.graphs import add_endpoint, open_graph
from kg.cli.output import choose_output, write_file
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.analysis.continuity.comparison import Comparison
    from kg.analysis.continuity.comparison_tables import Table

FINE = 0
FORMS = ("table", "json", "csv", "xlsx")
EXAMPLES = (
    "zeren compare 石家庄市",
    "zeren compare 石家庄市 唐山市 邢台市 --to 城市对照.xlsx",
    "zeren compare 石家庄市2022年生态文明建设工作要点 石家庄市2023年生态文明建设工作要点 --format json",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give the verb its options."""
    what = "one region: each of its plans beside the next; several regions: side by side; two or more documents (title or key)"
    parser.add_argument("what", nargs="+", metavar="WHAT", help=what)
    parser.add_argument("--period", type=read_period, metavar="YEARS", help="only documents for this year, or for 2021-2025")
    parser.add_argument(
        "--top", type=read_limit, default=40, metavar="N", help="rows in each table on the screen, or all (default: 40)"
    )
    parser.add_argument(
        "--aspect", metavar="NAME", help="only this table, such as tasks, targets, bodies; for csv the default is the second"
    )
    parser.add_argument("--format", choices=FORMS, help="table for people (default), json, csv, or xlsx with a sheet per aspect")
    parser.add_argument("--to", type=Path, metavar="FILE", help="write to this file; its ending says the format")
    add_endpoint(parser)


def compare(options: Namespace) -> int:
    """Print what became of a plan, or how cities stand to each other."""
    from kg import store
    from kg.analysis.continuity.comparison import compare as compare_named
    from kg.analysis.continuity.comparison_tables import make_tables

    form = choose_output(options, FORMS, "对照.xlsx")
    built = options.file is None and options.endpoint is None
    with stoppable():
        graph = open_graph(options)
        found = compare_named(graph, options.what, store.current(options.out) if built else None, options.period)
    tables = _choose(make_tables(found), options.aspect)
    if form == "table":
        _print(found, tables, options.top)
        return FINE
    content = _render(found, tables, form, options.aspect is not None)
    if options.to is None:
        show.data(content)
    else:
        write_file(options.to, content)
        show.note(f"已写入 {options.to}")
    return FINE


def _choose(tables: list[Table], aspect: str | None) -> list[Table]:
    chosen = [table for table in tables if aspect in (None, table.key, table.name)]
    if not chosen:
        known = "、".join(f"{table.key}（{table.name}）" for table in tables)
        raise QueryError(f"no aspect is called {aspect!r}; choose one of: {known}")
    return chosen


def _render(found: Comparison, tables: list[Table], form: str, chosen: bool) -> str | bytes:
    if form == "json":
        return show.json_text(found.to_dict())
    if form == "csv":
        table = tables[0 if chosen else 1]  # not the summary
        return show.csv_text(table.columns, table.rows)
    from kg.workbook import Sheet, render_sheets

    return render_sheets([Sheet(table.name, table.columns, table.rows, table.widths) for table in tables], "对照")


def _print(found: Comparison, tables: list[Table], top: int | Literal["all"]) -> None:
    for pair in found.pairs:
        print(show.line(f"《{pair.earlier.title}》→《{pair.later.title}》"))
    cautions = found.cities.cautions if found.cities else [caution for pair in found.pairs for caution in pair.cautions]
    for caution in cautions:
        print(show.line(f"注意：{caution}"))
    for table in tables:
        columns, rows = table.shortened()
        shown = rows if top == "all" else rows[:top]
        print()
        show.table(columns, shown, f"{table.name}（{table.key}）：{len(rows)} 行")
        if len(shown) < len(rows):
            show.note(f"只列出前 {len(shown)} 行；--top all 列出全部，--to 对照.xlsx 连原文一起写出")
