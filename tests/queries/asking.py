"""What the tests of the named queries share."""

from __future__ import annotations

from typing import Any

from pyoxigraph import Store

from kg.ask import ask, find_query
from tests.toy_graph import ID

TS_2023, STRAW = f"{ID}policy/ts-2023", f"{ID}policy/straw"
TS_WATER, PROVINCE = f"{ID}org/130200/water", f"{ID}org/130000/ecology-environment"
POINTS_TITLE, PLAN_TITLE, TS_TITLE = (
    "石家庄市2023年生态文明建设工作要点",
    "石家庄市生态环境保护“十四五”规划",
    "唐山市2023年度工作方案",
)


def rows(store: Store, query: str, columns: str, /, **params: str) -> list[tuple[Any, ...]]:
    """Return some columns of the answer to a named query."""
    answer = ask(store, find_query(query), params)
    return [tuple(record[column] for column in columns.split()) for record in answer.records()]


def triples(store: Store, query: str, /, **params: str) -> set[tuple[str, str, str]]:
    """Return the triples of a CONSTRUCT, the property without its namespace."""
    answer = ask(store, find_query(query), params)
    assert answer.kind == "graph"
    return {(str(s), str(p).rpartition("#")[2].rpartition("/")[2], str(o)) for s, p, o in answer.rows}
