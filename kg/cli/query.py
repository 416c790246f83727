"""``zeren query``: one question to the graph, and the answer as people or programs want it."""

from __future__ import annotations

import argparse
import re
import sys
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.cli import show
from kg.cli.answers import stoppable
from kg.cli.arguments import read_limit
from kg.cli.graphs import add_endpoint, open_graph
from kg.cli.output import choose_output, write_file
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.ask import Answer, NamedQuery

FINE = 0
FORMS = ("table", "csv", "tsv", "json", "sparql-json", "xlsx", "ttl", "jsonld", "nt")  # kg.ask.forms says which fits what


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give the verb its options."""
    parser.add_argument("what", metavar="NAME|FILE|-", help="a name from `zeren queries`, a .rq file, or - for standard input")
    parser.add_argument(
        "--param",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="a value the query asks for, an IRI or a name; one value for each parameter",
    )
    rows = "rows at most, or all; without it, long answers show as many as the query's head says"
    parser.add_argument("--limit", type=read_limit, metavar="N|all", help=rows)
    parser.add_argument(
        "--format",
        choices=FORMS,
        help="table for people, long text shortened (default); the others whole: csv tsv json sparql-json xlsx for SELECT,"
        " json sparql-json for ASK, ttl jsonld nt for CONSTRUCT",
    )
    parser.add_argument("--to", type=Path, metavar="FILE", help="write to this file; its ending says the format")
    add_endpoint(parser)


def query(options: Namespace) -> int:
    """Ask one question."""
    from kg import ask
    from kg.ask.find import kind_of
    from kg.ask.forms import check_form, render_answer

    form = choose_output(options, FORMS, "结果.xlsx")
    question = _question(options.what)
    kind = kind_of(ask.parse_query("SPARQL", question) if isinstance(question, str) else question)
    if kind is not None:  # else the engine says what is wrong with it
        check_form(form, kind)
    params = _params(options.param)
    with stoppable():
        answer = ask.ask(open_graph(options), question, params, limit=options.limit)
    if form == "table":
        _print_answer(answer)
    else:
        content = render_answer(answer, form, "" if isinstance(question, str) else question.title)
        if options.to is None:
            show.data(content)
        else:
            write_file(options.to, content)
            show.note(f"已写入 {options.to}（{len(answer)} 行）")
    if answer.narrow is not None:
        show.note(_say_cut(len(answer), answer.narrow))
    return FINE


def _say_cut(shown: int, narrow: Iterable[str]) -> str:
    """Return how to get at the rows that are not shown."""
    less = "".join(f"用 --param {name}=… 缩小范围，或" for name in narrow)
    return f"只列出前 {shown} 行，还有更多：{less}用 --limit all 列出全部 (cut: more rows exist; --limit N or all)"


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
            raise QueryError(f"--param {ask.shorten(key)} is given twice; give it once, and ask again for the other value")
        params[key] = value
    return params


def _print_answer(answer: Answer) -> None:
    """Print the rows without the columns that hold nothing but IRIs: those are for programs."""
    from kg.ask.forms import headings, in_words

    if answer.kind == "ask":
        print("是 yes" if answer.boolean else "否 no")
        return
    names, rows = answer.variables, answer.rows
    technical = answer.kind == "select"  # of a graph every column is wanted
    shown = [n for n, _ in enumerate(names) if not (technical and _is_technical(row[n] for row in rows))]
    shown = shown or list(range(len(names)))
    titles = headings(names)
    show.table([titles[n] for n in shown], [[row[n] for n in shown] for row in in_words(answer)])
    hidden = [name for n, name in enumerate(names) if n not in shown]
    show.note(f"{len(answer)} 行" + (f"；标识列 {'、'.join(hidden)} 见 --format csv" if hidden else ""))


def _is_technical(values: Iterable[Any]) -> bool:
    said = [value for value in values if value is not None]
    return bool(said) and all(isinstance(value, str) and re.fullmatch(r"(?:https?://|urn:)\S+", value) for value in said)
