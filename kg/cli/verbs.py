"""The verbs that make and check: the graph, its ledger, its page; what is heavy is loaded inside the verb that needs it."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli import show
from kg.cli.graphs import open_graph
from kg.errors import OutputError
from kg.machine import count_processors

if TYPE_CHECKING:
    from kg.check import Finding, Report
    from kg.pipeline import Ledger

FINE, FINDINGS = 0, 1
GRAVITIES = {"violation": "错误", "warning": "警告", "info": "提示"}


def build(options: Namespace) -> int:
    """Build the graph and say what was found."""
    from kg import analysis, pipeline
    from kg.cli import summary
    from viz.graph import render_graph

    jobs = options.jobs or count_processors()
    with show.progress() as progress:
        report = pipeline.build(options.sources, options.out, page=render_graph, progress=progress, jobs=jobs)
    for path, message in report.failed:
        show.warn(message if str(path) in message else f"{path}: {message}")
    if report.passed_over:
        show.note(f"略过 {len(report.passed_over)} 个不是文档的文件：{_first_names(report.passed_over)}")
    if report.empty:
        show.note(f"{len(report.empty)} 个文件里没有找到任务，请核对是不是工作要点、规划一类文件：{_first_names(report.empty)}")
    if report.generation is None:
        print("没有一个文件读成，图谱没有改动。")
    else:
        found = analysis.analyze(report.generation)
        summary.print_summary(report, _read_ledger(options.out), found, options.out)
    return FINDINGS if report.failed else FINE


def _first_names(paths: Sequence[Path], most: int = 3) -> str:
    return "、".join(path.name for path in paths[:most]) + ("……" if len(paths) > most else "")


def ledger(options: Namespace) -> int:
    """Write out what was extracted."""
    from kg.ledger import FORMATS, render_ledger, write_ledger

    ending = options.to.suffix.lstrip(".").lower() if options.to else "json"
    wanted = options.format or ending
    chosen = next((form for form in FORMATS if form == wanted), None)
    if chosen is None:
        endings = ", ".join(f".{form}" for form in FORMATS)
        raise OutputError(f"{options.to}: the ending says no format; use one of {endings}, or name one with --format")
    content = _read_ledger(options.out)
    if options.to is not None:
        write_ledger(content, chosen, options.to, bom=options.bom)
        print(f"已写入 {options.to}")
    elif chosen != "xlsx":
        show.data(render_ledger(content, chosen, bom=options.bom).decode())
    elif sys.stdout.isatty():
        raise OutputError("xlsx is no text for a terminal; name a file: zeren ledger --to 责任清单.xlsx")
    else:
        show.data(render_ledger(content, chosen))
    return FINE


def graph(options: Namespace) -> int:
    """Draw the graph page, of everything or of a part."""
    from viz.graph import MOST, write_graph

    target, part = options.to or options.out / "graph.html", options.around or options.document or options.region
    if part and options.to is None:
        raise OutputError(f"{target} holds the whole graph; name another file for a part of it: zeren graph --to 部分.html …")
    if options.around:
        _write_around(options.out, options.around, options.hops, target)
    elif part:
        write_graph(_part_of(options), target, MOST, part)
    else:
        write_graph(_read_ledger(options.out), target)
    print(f"已写入 {target}")
    return FINE


def _part_of(options: Namespace) -> Ledger:
    from viz.parts import keep_document, keep_region

    content = _read_ledger(options.out)
    if options.region:
        content = keep_region(content, options.region)
    return keep_document(content, options.document) if options.document else content


def _write_around(out: Path, name: str, hops: int, target: Path) -> None:
    from kg import store
    from kg.explorer import Snapshot
    from kg.explorer.graph import ego_of
    from viz.graph import render_around, write_page
    from viz.parts import find_center

    snapshot = Snapshot(store.current(out))
    try:
        kind, key = find_center(snapshot, name)
        write_page(render_around(ego_of(snapshot, kind, key, hops)), target)
    finally:
        snapshot.close()


def check(options: Namespace) -> int:
    """Check the graph; what is wrong, not merely missing, ends with 1."""
    from kg.check import check, check_queries
    from kg.read import read_bytes

    with show.progress() as progress:
        if options.endpoint is not None or options.file is not None:
            report = check_queries(open_graph(options), progress, derived=options.derived)
        else:
            report = check(options.out, lambda path: read_bytes(Path(path)), derived=options.derived, progress=progress)
    columns = ("程度", "规则", "对象", "名称", "说明", "理由")
    rows = [(GRAVITIES[one.severity], one.zh, one.where, one.label, one.detail, one.justified) for one in report.findings]
    match options.format:
        case "json":
            show.data(show.json_text(report.to_dict()))
        case "csv":
            show.data(show.csv_text(columns, rows))
        case _:
            _print_report(report)
    return FINE if report.ok else FINDINGS


def _print_report(report: Report) -> None:
    """Print what is wrong in full, and of what is missing how often, with an example; what is justified counts apart."""
    wrong = [(one.zh, one.label, one.detail, one.where) for one in report.findings if one.severity == "violation"]
    if wrong:
        show.table(("规则", "名称", "说明", "对象"), wrong, "错误")
        print()
    missing: dict[tuple[str, str], list[Finding]] = {}
    for one in report.findings:
        if one.severity != "violation":
            missing.setdefault((GRAVITIES[one.severity], one.zh), []).append(one)
    if missing:
        show.table(("程度", "规则", "数量", "例"), [(*rule, *_count(found)) for rule, found in missing.items()])
        print()
    if report.checked:
        print(f"已核对：{'、'.join(f'{one.part} {one.number}' if one.number > 1 else one.part for one in report.checked)}")
    for skipped in report.skipped:
        print(f"略过：{skipped.zh}")
    counts = "，".join(f"{GRAVITIES[severity]} {count}" for severity, count in report.counts.items())
    apart = f"，已说明理由 {report.justified}" if report.justified else ""
    print(f"{'没有错误' if report.ok else '有错误'}：{counts}{apart}（--format csv 列出全部）")


def _count(found: Sequence[Finding]) -> tuple[int | str, str]:
    """Return how many there are, and one that nobody gave a reason for, where there is one."""
    open_ones = [one for one in found if not one.justified]
    example = (open_ones or found)[0]
    said = len(found) - len(open_ones)
    return f"{len(found)}，其中 {said} 已说明理由" if said else len(found), example.label or example.where


def _read_ledger(out: Path) -> Ledger:
    from kg import pipeline, store

    return pipeline.read_ledger(store.current(out))
