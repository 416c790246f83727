"""``zeren analyze``: who bears what, who shares it with whom, what is left open; and what if a body were gone."""

from __future__ import annotations

import argparse
import json
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.cli import show
from kg.cli.answers import stoppable
from kg.cli.arguments import read_limit, read_period
from kg.cli.graphs import add_endpoint, open_graph
from kg.cli.output import choose_output, write_file
from kg.errors import OutputError, QueryError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.analysis import Columns
    from kg.cli.sections import Section, View
    from kg.queryable import Queryable

FINE = 0
TOP = 10
_WIDEST = 60  # characters of a column in a workbook
FORMATS = ("table", "json", "csv", "xlsx")
NAMES = (  # of kg.cli.sections, which takes longer to load
    "load",
    "overload",
    "peers",
    "concentration",
    "pairs",
    "communities",
    "brokers",
    "diffusion",
    "dependence",
    "carrying",
    "gaps",
    "gap-list",
    "parents",
    "missing-texts",
    "weaker-targets",
    "target-verdicts",
)
EXAMPLES = (
    "zeren analyze",
    "zeren analyze --region 石家庄市 --period 2023 --measure pairs --measure communities",
    "zeren analyze --measure load --tasks --to 负荷.xlsx",
    "zeren analyze --without 石家庄市生态环境局",
    "zeren analyze --move 石家庄市2023年生态文明建设工作要点#8=石家庄市发展和改革委员会",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give the verb its options."""
    add = parser.add_argument
    add("--measure", action="append", choices=NAMES, metavar="NAME", help=f"only this, may be repeated: {', '.join(NAMES)}")
    add("--region", metavar="NAME|CODE", help="only documents of this region")
    add("--period", type=read_period, metavar="YEARS", help="only documents for these years: 2023, or 2021-2025")
    rows = f"rows of each measure, or all (default: {TOP} in a table, all in other formats)"
    add("--top", type=read_limit, metavar="N|all", help=rows)
    add("--tasks", action="store_true", help="each figure with the tasks that it counts, and their sentences")
    without = "what if: this body were gone (name or IRI); may be repeated"
    add("--without", action="append", default=[], metavar="BODY", help=without)
    move = "what if: this body had the task's lead, or answered for it in place of the one that does; may be repeated"
    add("--move", action="append", default=[], metavar="TASK=BODY", help=move)
    add(
        "--format",
        choices=FORMATS,
        help="table for people (default); json whole, with the ids of tasks; csv of one measure; xlsx",
    )
    add("--to", type=Path, metavar="FILE", help="write to this file; its ending says the format")
    add_endpoint(parser)


def analyze(options: Namespace) -> int:
    """Print the measures, or what a scenario changes."""
    from kg import store
    from kg.analysis import open_columns
    from kg.ask import resolve_value

    form = _choose_form(options)
    with stoppable():
        built = options.file is None and options.endpoint is None
        graph = store.current(options.out) if built else open_graph(options)
        asked = bool(options.region or options.without or options.move)
        names = open_graph(options) if built and asked else graph
        region = resolve_value(names, "region", options.region).value if options.region else None  # type: ignore[arg-type]  # a store
        with ExitStack() as stack:
            columns = stack.enter_context(open_columns(graph, region, options.period))
            if options.without or options.move:
                return _print_effect(options, columns, names, form)  # type: ignore[arg-type]  # a store
            part = bool(region or options.period)
            whole = (lambda: stack.enter_context(open_columns(graph))) if part else None
            return _print_sections(options, _view(options, columns, form, region, whole), form)


def _choose_form(options: Namespace) -> str:
    form = choose_output(options, FORMATS, "分析.xlsx")
    if form == "csv" and len(set(options.measure or ())) != 1 and not (options.without or options.move):
        raise OutputError(f"csv is one table; choose it with --measure: {', '.join(NAMES)}")
    return form


def _view(options: Namespace, columns: Columns, form: str, region: str | None, whole: Callable[[], Columns] | None) -> View:
    from kg.cli.sections import View

    return View(
        columns,
        _top(options, form == "table" and not options.tasks),
        options.tasks or form == "json",
        region,
        options.period,
        whole,
    )


def _top(options: Namespace, short: bool) -> int | None:
    if options.top is None:
        return TOP if short else None
    return None if options.top == "all" else int(options.top)


def _print_sections(options: Namespace, view: View, form: str) -> int:
    from kg.cli.headline import say_headline, say_scope
    from kg.cli.sections import SECTIONS

    chosen = [one for one in SECTIONS if one.name in options.measure] if options.measure else list(SECTIONS)
    match form:
        case "json":
            _write(options.to, _json(view, chosen))
        case "csv":
            headings, rows = chosen[0].rows(view, chosen[0].measure(view))
            _write(options.to, show.csv_text(headings, rows))
        case "xlsx":
            _write(options.to, _workbook(view, chosen))
        case _:
            print(show.line(say_headline(view)))
            for line in say_scope(view):
                print(show.line(f"注意：{line}"))
            print()
            for section in chosen:
                if section.listed or options.measure:
                    _print_section(view, section)
    return FINE


def _print_section(view: View, section: Section) -> None:
    records = section.measure(view)
    if not records:
        print(show.line(f"{section.title}\n（{section.say_nothing(view)}）"))
    else:
        headings, rows = section.rows(view, records)
        show.table(headings, rows, section.title)
    print()


def _json(view: View, chosen: Sequence[Section]) -> str:
    found: dict[str, Any] = {"totals": next(view.columns.records("totals"))}
    found |= {section.name: [section.facts(record) for record in records] for section, records in _measure(view, chosen)}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _workbook(view: View, chosen: Sequence[Section]) -> bytes:
    from kg.workbook import Sheet, render_sheets

    sheets = []
    for section, records in _measure(view, chosen):
        headings, found = section.rows(view, records)
        rows: list[Any] = list(found)
        widths = {name: _width([row[n] for row in rows]) for n, name in enumerate(headings)}
        sheets.append(Sheet(section.title.partition("：")[0], headings, rows, widths))
    return render_sheets(sheets, "分析")


def _width(values: Sequence[object]) -> int:
    longest = max((show.display_width(str(value)) for value in values if value is not None), default=0)
    return min(_WIDEST, max(9, longest + 2))


def _measure(view: View, chosen: Sequence[Section]) -> Iterator[tuple[Section, Sequence[Any]]]:
    """Yield each section with its rows, all of them; that takes a while in large graphs."""
    with show.progress() as move:
        for done, section in enumerate(chosen, start=1):
            yield section, section.measure(view)
            if move is not None:
                move("分析 analyze", done, len(chosen))


def _print_effect(options: Namespace, columns: Columns, names: Queryable, form: str) -> int:
    from kg.analysis.scenario.effect import measure_effect
    from kg.ask import resolve_value
    from kg.cli.whatif import effect_to_dict, print_effect

    if options.measure or options.tasks:
        raise OutputError("what a scenario changes is told by loads and gaps alone; leave --measure and --tasks out")
    if form not in ("table", "json"):
        raise OutputError(f"what a scenario changes has no {form}; choose table or json")
    without = [resolve_value(names, "organization", name).value for name in options.without]
    moves = [_read_move(names, text) for text in options.move]
    effect = measure_effect(columns, without, moves)
    if form == "json":
        _write(options.to, show.json_text(effect_to_dict(effect)))
    else:
        print_effect(effect, _top(options, short=True))
    return FINE


def _read_move(names: Queryable, text: str) -> tuple[str, str]:
    from kg.ask import resolve_value, shorten

    task, equals, body = text.rpartition("=")
    if not equals or not task or not body:
        raise QueryError(f"--move {shorten(text)}: give it as TASK=BODY, for example --move 文件标题#8=石家庄市水利局")
    return resolve_value(names, "task", task).value, resolve_value(names, "organization", body).value


def _write(target: Path | None, content: str | bytes) -> None:
    if target is None:
        show.data(content)
        return
    write_file(target, content)
    show.note(f"已写入 {target}")
