"""``zeren queries``: what can be asked, by group; what fits some words; one query with all that it takes and gives."""

from __future__ import annotations

import argparse
from argparse import Namespace
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from kg.cli import show
from kg.cli.summary import command_line
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.ask import NamedQuery, Param

FINE = 0
FORMS = ("table", "json", "csv", "ttl")
COLUMNS = ("名称", "标题", "问题", "参数")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give the verb its options."""
    parser.add_argument("words", nargs="*", metavar="WORD", help="only queries with all these words, or the name of one: show it")
    parser.add_argument("--group", metavar="G", help="only this group, such as load or gaps")
    parser.add_argument("--tag", metavar="T", help="only queries with this tag, such as 牵头")
    parser.add_argument("--text", action="store_true", help="of one query: the SPARQL too")
    parser.add_argument("--format", choices=FORMS, default="table", help="table for people (default); ttl: SHACL executables")


def queries(options: Namespace) -> int:
    """List the named queries, or show one."""
    from kg import ask
    from kg.ask.find import search_queries

    known = ask.list_queries()
    if options.group not in (None, *ask.GROUPS):
        raise QueryError(f"no group is named {ask.shorten(options.group)!r}; there are: {', '.join(ask.GROUPS)}")
    one = next((query for query in known if options.words == [query.name]), None)
    if one is None and options.text:
        raise QueryError("--text shows one query: give its whole name, for example zeren queries department-tasks --text")
    found = [one] if one else search_queries(known, options.words, options.group, options.tag)
    match options.format:
        case "json":
            show.data(show.json_text(_record(one) if one else [_record(query) for query in found]))
        case "csv":
            show.data(show.csv_text(COLUMNS, [_row(query) for query in found]))
        case "ttl":
            from kg.ask.executables import build_catalogue

            show.data(build_catalogue(found).serialize(format="turtle"))
        case _ if one:
            _show(one, options.text)
        case _:
            _list(found)
    return FINE


def _list(found: Sequence[NamedQuery]) -> None:
    from kg.ask import GROUPS

    for group, members in groupby(found, key=lambda query: query.group):
        show.table(COLUMNS, [_row(query) for query in members], " ".join((*GROUPS.get(group, (group,)),)))
        print()
    show.note(f"{len(found)} 个；看一个：{command_line('queries', found[0].name if found else 'NAME')}")


def _row(query: NamedQuery) -> tuple[str, ...]:
    params = (f"[{param.name}]" if param.optional else param.name for param in query.params)
    return query.name, query.title, query.question, " ".join(params)


def _show(query: NamedQuery, text: bool) -> None:
    """Print one query: what it asks, takes and gives, and how to ask it."""
    from kg.ask import GROUPS
    from kg.ask.find import columns_of, kind_of
    from kg.ask.forms import FORMS as FITTING
    from kg.ask.forms import headings

    print(f"{query.name}  {query.title}  {query.title_en}")
    print(f"  {query.question}")
    print(f"  {query.question_en}")
    said = {"分组": " ".join(GROUPS.get(query.group, (query.group,))), "标签": "、".join(query.tags), "说明": query.note}
    for name, value in said.items():
        if value:
            print(f"{name}  {value}")
    print()
    if query.params:
        show.table(("参数", "类型", "必填", "例"), [_describe(param) for param in query.params])
        print()
    if columns := columns_of(query):
        pairs = (f"{name}（{title}）" if name != title else name for name, title in zip(columns, headings(columns), strict=True))
        print(f"列  {'、'.join(pairs)}")
    print(f"格式  {' '.join(FITTING[kind_of(query) or 'select'])}")
    print()
    print(command_line("query", query.name, *_example(query.params)))
    if text:
        print()
        print(query.text.rstrip())


def _describe(param: Param) -> tuple[Any, ...]:
    return param.name, param.form, not param.optional, param.example


def _example(params: Iterable[Param]) -> list[str]:
    return [word for param in params if not param.optional for word in ("--param", f"{param.name}={param.example}")]


def _record(query: NamedQuery) -> dict[str, Any]:
    """Return all that is known of a query, for programs."""
    from kg.ask.find import columns_of, kind_of

    params = [
        {"name": one.name, "type": one.type, "form": one.form, "optional": one.optional, "example": one.example}
        for one in query.params
    ]
    return {
        "name": query.name,
        "kind": kind_of(query),
        "group": query.group,
        "title": {"zh": query.title, "en": query.title_en},
        "question": {"zh": query.question, "en": query.question_en},
        "tags": query.tags,
        "note": query.note,
        "params": params,
        "columns": columns_of(query),
        "text": query.text,
    }
