"""The verbs that ask: named queries and SPARQL, the analysis, what is still open."""

from __future__ import annotations

import re
import signal
import sys
import threading
import tomllib
from argparse import ArgumentTypeError, Namespace
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.cli import show
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.analysis import Load
    from kg.ask import Answer, NamedQuery

FINE = 0


def queries(options: Namespace) -> int:
    """List the named queries."""
    from kg import ask

    rows = []
    for query in ask.list_queries():
        params = (f"[{param.name}]" if param.optional else param.name for param in query.params)
        rows.append((query.name, query.title, query.question, " ".join(params)))
    show.listing(options.format, ("名称", "标题", "问题", "参数"), rows)
    return FINE


def query(options: Namespace) -> int:
    """Ask one question."""
    from kg import ask, store

    question = _question(options.what)
    params = _params(options.param)
    with stoppable():
        answer = ask.ask(store.open_current(options.out), question, params, limit=options.limit)
    match options.format:
        case "csv":
            show.data(answer.to_csv())
        case "json":
            show.data(answer.to_json())
        case _:
            _print_answer(answer)
    if answer.narrow is not None:
        show.note(_say_cut(len(answer), answer.narrow))
    return FINE


def _say_cut(shown: int, narrow: Iterable[str]) -> str:
    """Return how to get at the rows that are not shown."""
    less = "".join(f"用 --param {name}=… 缩小范围，或" for name in narrow)
    return f"只列出前 {shown} 行，还有更多：{less}用 --limit all 列出全部 (cut: more rows exist; --limit N or all)"


def limit(text: str) -> int | str:
    """Return how many rows are wanted: a number, or ``"all"``."""
    if text == "all":
        return text
    if not text.isdecimal() or len(text) > 9 or int(text) < 1:
        raise ArgumentTypeError(f"{text[:20]!r} is neither a number from 1 to 999999999 nor all")
    return int(text)


def _question(what: str) -> NamedQuery | str:
    """Return the query that a name, a file or standard input gives."""
    from kg import ask

    if what == "-":
        if sys.stdin is None:
            raise QueryError("standard input is closed; give the query a name or a file")
        return _read(sys.stdin.buffer).decode("utf-8", errors="replace")
    if not what.endswith(".rq"):
        return ask.find_query(what)
    shown = ask.shorten(what)
    try:
        with Path(what).open("rb") as file:
            return _read(file).decode()
    except OSError as error:
        raise QueryError(f"{shown}: cannot be read ({error.strerror}); check the path") from error
    except UnicodeDecodeError as error:
        raise QueryError(f"{shown}: is not UTF-8; save it again as UTF-8") from error
    except ValueError as error:  # a NUL in the path
        raise QueryError(f"{shown}: cannot be read ({error}); check the path") from error


def _read(source: BinaryIO) -> bytes:
    """Return what a stream holds, and no more of it than a query may have."""
    from kg import ask

    text = source.read(ask.LARGEST + 1)
    if len(text) > ask.LARGEST:
        raise QueryError("query larger than 1 MB; put what it lists into fewer, shorter values")
    return text


def _params(texts: Iterable[str]) -> dict[str, str]:
    from kg import ask

    params: dict[str, str] = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals or not key:
            raise QueryError(f"--param {ask.shorten(text)}: give it as KEY=VALUE, for example --param unit=石家庄市水利局")
        if key in params:
            raise QueryError(f"--param {ask.shorten(key)} is given twice; give it once")
        params[key] = value
    return params


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


def _print_answer(answer: Answer) -> None:
    """Print the rows without the columns that hold nothing but IRIs: those are for programs."""
    from kg import data

    headings = tomllib.loads((data.QUERIES / "columns.toml").read_text("utf-8"))
    codes = headings.pop("codes")
    names, rows = answer.variables, answer.rows
    shown = [n for n, _ in enumerate(names) if not _is_technical(row[n] for row in rows)] or list(range(len(names)))
    cells = []
    for row, texts in zip(rows, answer.to_table(), strict=True):
        # codes in words; numbers and dates stay what they are
        cells.append([codes.get(names[n], {}).get(texts[n], texts[n]) if isinstance(row[n], str) else row[n] for n in shown])
    show.table([headings.get(names[n], names[n]) for n in shown], cells)
    hidden = [name for n, name in enumerate(names) if n not in shown]
    show.note(f"{len(answer)} 行" + (f"；标识列 {'、'.join(hidden)} 见 --format csv" if hidden else ""))


def _is_technical(values: Iterable[Any]) -> bool:
    said = [value for value in values if value is not None]
    return bool(said) and all(isinstance(value, str) and re.fullmatch(r"(?:https?://|urn:)\S+", value) for value in said)


def analyze(options: Namespace) -> int:
    """Print load, overload, shared work and gaps."""
    from kg import analysis, store

    with stoppable():
        found = analysis.analyze(store.open_current(options.out))
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
    gaps = [(one.title, analysis.SEVERITIES[one.severity], one.count, one.of) for one in found.gap_counts]
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
    from kg import store
    from kg.trace import chains_to_dict, render_markdown, render_text
    from kg.trace import trace as follow

    with stoppable():
        chains = follow(store.open_current(options.out), options.what)
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
