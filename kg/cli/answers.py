"""The verbs that answer without a query: the analysis, the way from a task to who answers for it."""

from __future__ import annotations

import signal
import threading
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.cli import show
from kg.cli.graphs import open_graph

if TYPE_CHECKING:
    from kg.analysis import Load

FINE = 0


@contextmanager
def stoppable() -> Iterator[None]:
    """Let Ctrl-C end the program at once: the engine works outside Python, which hears of a signal only afterwards.

    For what only reads: nothing is left half done.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def analyze(options: Namespace) -> int:
    """Print load, overload, shared work and gaps."""
    from kg import analysis, store

    with stoppable():
        built = options.file is None and options.endpoint is None
        found = analysis.analyze(store.current(options.out) if built else open_graph(options))
    if options.format == "json":
        show.data(found.to_json())
        return FINE
    top = options.top
    periods: list[tuple[int, int] | None] = [*found.periods()]
    for period in periods or [None]:
        loads = [load for load in (found.loads_by_period or found.loads) if load.period == period]
        years = "" if period is None else f"{_years(period)} 年"
        _print_loads(loads[:top], f"{years}负荷：{len(loads)} 个主体，按任务数排列")
    _print_loads(found.overloaded()[:top], "超负荷与偏重：与同地区同一时期的机构相比，稳健 z ≥ 3.5 为超负荷，≥ 2 为偏重")
    pairs = [(one.label_a, one.label_b, one.shared, one.jaccard, one.lift) for one in found.top_pairs(top)]
    show.table(("机构", "机构", "共同任务", "Jaccard", "提升度"), pairs, "共同承担最多的两个机构")
    print()
    gaps = [(one.title, analysis.SEVERITIES[one.severity], one.words, one.of) for one in found.gap_counts]
    show.table(("缺口", "程度", "数量", "总数"), gaps, "缺口")
    return FINE


def _years(period: tuple[int, int]) -> str:
    return f"{period[0]}" if period[0] == period[1] else f"{period[0]}–{period[1]}"


def _print_loads(loads: Sequence[Load], title: str) -> None:
    columns = ("时期", "地区", "机构", "任务", "牵头", "责任", "配合", "沿用", "指标", "分摊负荷", "稳健z", "评判")
    rows = []
    for load in loads:
        figures = (load.tasks, load.led, load.responsible, load.supported, load.inherited, load.indicators, load.shared_load)
        rows.append((_years(load.period) if load.period else "", load.region_label, load.label, *figures, load.score, load.words))
    show.table(columns, rows, title)
    print()


def trace(options: Namespace) -> int:
    """Print who answers for something, on what grounds, and by which sentence."""
    from kg.trace import chains_to_dict, render_markdown, render_text
    from kg.trace import trace as follow

    with stoppable():
        chains = follow(open_graph(options), options.what)
    match options.format:
        case "json":
            show.data(show.json_text(chains_to_dict(chains)))
        case "md":
            show.data(render_markdown(chains))
        case _:
            for line in render_text(chains).splitlines():
                print(show.line(line))
            show.note(f"{len(chains)} 项任务")
    return FINE
