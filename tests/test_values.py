"""Parameters that are no things: numbers, dates and codes as people write them."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from kg.ask import ask, parse_query, resolve_params
from kg.ask.values import known_types, read_value
from kg.errors import QueryError
from kg.vocab import XSD
from tests.toy_graph import toy_store

SCHEME = "https://w3id.org/zeren/scheme/"

VALUES = [
    ("text", "PM2.5 “双碳”", Literal("PM2.5 “双碳”")),  # as it stands
    ("text", '" } #', Literal('" } #')),
    ("integer", "3", Literal("3", datatype=XSD.integer)),
    ("integer", "-０12", Literal("-12", datatype=XSD.integer)),
    ("decimal", "95.5", Literal("95.5", datatype=XSD.decimal)),
    ("decimal", "30", Literal("30", datatype=XSD.decimal)),
    ("year", "2023", Literal("2023", datatype=XSD.integer)),
    ("year", "２０２３年", Literal("2023", datatype=XSD.integer)),
    ("date", "2023-06-30", Literal("2023-06-30", datatype=XSD.date)),
    ("date", "2023年6月30日", Literal("2023-06-30", datatype=XSD.date)),
    ("date", "2023/6/5", Literal("2023-06-05", datatype=XSD.date)),
    ("role", "牵头", NamedNode(f"{SCHEME}role/lead")),
    ("role", "Lead", NamedNode(f"{SCHEME}role/lead")),
    ("role", "配合单位", NamedNode(f"{SCHEME}role/support")),  # another name of it
    ("role", "role:support", NamedNode(f"{SCHEME}role/support")),  # as a table shows it
    ("role", f"<{SCHEME}role/support>", NamedNode(f"{SCHEME}role/support")),
    ("level", "市级", NamedNode(f"{SCHEME}level/prefecture")),
    ("unit", "微克/立方米", NamedNode("http://qudt.org/vocab/unit/MicroGM-PER-M3")),
    ("unit", "％", NamedNode("http://qudt.org/vocab/unit/PERCENT")),
    ("indicator-kind", "节点", NamedNode(f"{SCHEME}indicator-kind/milestone")),
]


@pytest.mark.parametrize(("type_", "value", "term"), VALUES)
def test_value_is_read(type_: str, value: str, term: Literal | NamedNode) -> None:
    assert read_value(type_, value) == term


FAULTS = [
    ("integer", "三", "'三' is no whole number; write one like 3"),
    ("integer", "3.5", "is no whole number"),
    ("integer", "9" * 5_000, "is no whole number"),
    ("decimal", "1e3", "'1e3' is no number; write one like 95 or 95.5"),
    ("year", "23", "'23' is no year; write four digits, for example 2023"),
    ("year", "2023-06", "is no year"),
    ("date", "2023-02-30", "'2023-02-30' is no date; write it as 2023-06-30"),
    ("date", "明年", "is no date"),
    ("role", "主办", "'主办' is none of them; role is one of: lead 牵头, responsible 责任, support 配合"),
    ("unit", "万亩地", "unit is for example: ten-thousand-mu 万亩"),  # of a long list, those alike
    ("verdict", "x" * 500, "verdict is one of: ambiguous"),
]


@pytest.mark.parametrize(("type_", "value", "said"), FAULTS)
def test_value_that_is_none(type_: str, value: str, said: str) -> None:
    with pytest.raises(QueryError, match=said) as caught:
        read_value(type_, value)
    assert len(str(caught.value)) < 300


def test_types_are_literals_and_lists() -> None:
    assert {"text", "integer", "decimal", "year", "date", "role", "indicator-kind", "verdict", "level"} <= known_types()
    assert read_value("organization", "市水利局") is None  # a thing of the graph


def test_fault_names_query_and_parameter() -> None:
    query = parse_query("q", "# param since: year, e.g. 2023\nSELECT ?since WHERE { }")
    with pytest.raises(QueryError, match="q: parameter 'since': '去年' is no year"):
        resolve_params(toy_store(), query, {"since": "去年"})


def test_numbers_compare_with_those_of_the_graph() -> None:
    store = toy_store()
    query = parse_query(
        "q",
        "# param since: year, e.g. 2023\nSELECT DISTINCT ?policy ?since WHERE { ?policy a zr:Policy ; zr:year ?year FILTER(?year >= ?since) }",
    )
    assert len(ask(store, query, {"since": "2023"})) == 2
    assert len(ask(store, query, {"since": "2024年"})) == 1
