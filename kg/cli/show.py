"""What the command line prints: tables for people, CSV and JSON for programs; it never fails on a character."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from kg.formulas import guard

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")  # documents come from strangers: no terminal codes
_GAP = "  "
_LONGEST = 100  # characters of a cell; a whole paragraph would tear the table apart


def prepare_streams() -> None:
    """Let every character through: one that the console does not have becomes a question mark.

    What is printed to a stream that the caller has closed goes nowhere.
    """
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 — open as long as the program runs
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 — open as long as the program runs
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]], title: str | None = None) -> None:
    """Print a table: fitted to the window on a terminal, else whole lines in plain columns."""
    cells = [[cell(value) for value in row] for row in rows]
    right = [bool(cells) and all(_is_number(value) for value in column) for column in zip(*cells, strict=True)] or [False] * len(
        columns
    )
    if sys.stdout.isatty():
        _rich_table(columns, cells, right, title)
        return
    if title is not None:
        print(title)
    for line in plain_table([list(columns), *cells], right):
        print(line)


def cell(value: Any) -> str:
    r"""Return a value as it stands in a table.

    >>> cell(Decimal("0.50")), cell(True), cell(None), cell("两 行\n文字")
    ('0.50', '是', '', '两 行 文字')
    """
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case float():
            return f"{value:.2f}"
        case _:
            text = _CONTROL.sub(" ", str(value)).strip()
            return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def line(text: str) -> str:
    r"""Return a line as it is printed, whole, but without codes for the terminal.

    >>> line("  \x1b[31m红")
    '   [31m红'
    """
    return _CONTROL.sub(" ", text)


def plain_table(lines: Sequence[Sequence[str]], right: Sequence[bool]) -> list[str]:
    r"""Return lines whose columns stand under each other, with Chinese characters two places wide.

    >>> print("\n".join(plain_table([["机构", "任务"], ["市水利局", "3"], ["A", "12"]], [False, True])))
    机构      任务
    市水利局     3
    A           12
    """
    widths = [max(display_width(text) for text in column) for column in zip(*lines, strict=True)]
    padded = []
    for line in lines:
        parts = []
        for text, width, to_right in zip(line, widths, right, strict=True):
            blank = " " * (width - display_width(text))
            parts.append(blank + text if to_right else text + blank)
        padded.append(_GAP.join(parts).rstrip())
    return padded


def display_width(text: str) -> int:
    """Return how many places a text takes on a terminal.

    >>> display_width("市水利局ABC")
    11
    """
    return sum(0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?[\d.,]*%?", text) is not None


def _rich_table(columns: Sequence[str], cells: Sequence[Sequence[str]], right: Sequence[bool], title: str | None) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    view = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for column, to_right in zip(columns, right, strict=True):
        view.add_column(Text(column), justify="right" if to_right else "left", overflow="fold", no_wrap=to_right)
    for row in cells:
        view.add_row(*(Text(text) for text in row))  # Text: brackets in a policy are no markup
    Console().print(view)


def listing(form: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print a list as ``table``, ``csv`` or ``json``."""
    match form:
        case "csv":
            data(csv_text(columns, rows))
        case "json":
            data(json_text([dict(zip(columns, row, strict=True)) for row in rows]))
        case _:
            table(columns, rows)


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return rows as CSV (RFC 4180), with no cell that a spreadsheet would run."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([guard(value) for value in row] for row in rows)
    return text.getvalue()


def json_text(value: Any) -> str:
    """Return JSON that people can read too."""
    return json.dumps(value, ensure_ascii=False, indent=1, default=_plain) + "\n"


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case date():
            return value.isoformat()
        case _:
            raise TypeError(f"{type(value).__name__} has no JSON form")


def data(content: str | bytes) -> None:
    """Print what a program reads: into a pipe or file always UTF-8, on a terminal in the terminal's own encoding."""
    if sys.stdout.isatty() and isinstance(content, str):
        sys.stdout.write(content.replace("\r\n", "\n"))  # Windows makes each \n a \r\n
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(content.encode() if isinstance(content, str) else content)
    sys.stdout.buffer.flush()


def note(text: str) -> None:
    """Say something beside the answer, so that a pipe gets the answer alone."""
    print(text, file=sys.stderr)


def warn(text: str) -> None:
    """Say in one line what went wrong while the rest goes on."""
    print(f"zeren: {' '.join(_CONTROL.sub(' ', text).split())}", file=sys.stderr)


Progress = Callable[[str, int, int], None]


@contextmanager
def progress() -> Iterator[Progress | None]:
    """Yield a function that moves a bar on standard error, or None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bars(*columns, console=Console(stderr=True, markup=False), transient=True) as bars:
        stages: dict[str, Any] = {}

        def move(stage: str, done: int, total: int) -> None:
            if stage not in stages:
                stages[stage] = bars.add_task(stage, total=total)
            bars.update(stages[stage], completed=done, total=total)

        yield move
