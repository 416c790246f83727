"""The pure parts of the measurements: sections of the page, growth, tables, digests of rows, values to ask with."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, RdfFormat, Store

from benchmarks import endpoint, queries
from benchmarks.choices import Choices
from benchmarks.clients import Load
from benchmarks.engines import THINGS, Timing, describe_term, digest_rows
from benchmarks.section import RESULTS, growth, percentile, put_section, write_section
from kg import ask

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
TOY = Path(__file__).parent / "data" / "toy.trig"


@pytest.fixture(scope="module")
def toy() -> Store:
    graph = Store()
    graph.load(path=TOY, format=RdfFormat.TRIG)
    return graph


def test_a_section_replaces_its_own_and_leaves_the_others() -> None:
    page = put_section(put_section("# Results\n\nmine\n", "one", ["1"]), "two", ["2"])
    changed = put_section(page, "one", ["1a", r"\1"])
    assert changed == page.replace("\n1\n", "\n1a\n\\1\n")


def test_what_is_kept_by_hand_stays_wherever_it_stands() -> None:
    hand = "# Results\n\nbefore\n\n<!-- begin one -->\n1\n<!-- end one -->\n\n## By hand\n\n<!-- a remark -->\nafter\n"
    assert put_section(hand, "one", ["2"]) == hand.replace("\n1\n", "\n2\n")
    assert put_section(hand, "two", ["2"]).startswith(hand)


def test_the_page_has_a_section_for_every_measurement_that_writes_one() -> None:
    folder = Path(endpoint.__file__).parent
    written = {name for path in folder.glob("*.py") for name in re.findall(r'write_section\("([\w-]+)"', path.read_text("utf-8"))}
    page = RESULTS.read_text("utf-8")
    marked = re.findall(r"^<!-- begin ([\w-]+) -->\n(?:.*\n)*?<!-- end \1 -->$", page, re.M)
    assert len(set(marked)) == len(marked)
    assert set(marked) <= written
    assert {"measure", "damaged"} <= set(marked)


def test_a_section_is_written_where_there_was_no_page(tmp_path: Path) -> None:
    write_section("one", ["1"], tmp_path / "page.md")
    write_section("one", ["2"], tmp_path / "page.md")
    assert (tmp_path / "page.md").read_text("utf-8") == "# Results\n\n<!-- begin one -->\n2\n<!-- end one -->\n"


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ([(100, 1.0), (1000, 10.0), (10000, 100.0)], 1.0),
        ([(100, 1.0), (1000, 100.0)], 2.0),
        ([(100, 1.0), (100, 2.0)], None),  # one size says nothing of growth
        ([(1000, 1.0)], None),
        ([(100, 0.0), (1000, 1.0)], None),  # no time was taken: nothing to compare with
    ],
)
def test_growth_is_the_exponent(points: list[tuple[float, float]], expected: float | None) -> None:
    assert growth(points) == expected


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile([float(n) for n in range(1, 101)], 0.95) == 95.0
    assert percentile([7.0], 0.99) == 7.0


def test_rows_are_the_same_in_any_order_and_number_type() -> None:
    from rdflib import Literal as RdflibLiteral
    from rdflib import URIRef

    ours: list[list[Any]] = [
        [NamedNode("urn:a"), Literal("95.0", datatype=NamedNode(XSD + "decimal")), None],
        [Literal("部门", language="zh")],
    ]
    theirs: list[list[Any]] = [
        [RdflibLiteral("部门", lang="zh")],
        [URIRef("urn:a"), RdflibLiteral("95", datatype=XSD + "integer"), None],
    ]
    assert digest_rows(ours) == digest_rows(theirs)
    assert digest_rows(ours) != digest_rows(ours[:1])
    assert digest_rows([*ours, ours[0]]) != digest_rows(ours)  # a row twice is another answer
    assert describe_term(Literal("1", datatype=NamedNode(XSD + "boolean"))) == describe_term(
        Literal("true", datatype=NamedNode(XSD + "boolean"))
    )


def test_every_named_query_gets_values_that_exist(toy: Store) -> None:
    choices = Choices(toy)
    for query in ask.list_queries():
        chosen = choices.choose(query)
        assert chosen.keys() == {param.name for param in query.params if not param.optional}
        assert chosen == Choices(toy).choose(query)
        ask.resolve_params(toy, query, chosen)


def test_there_is_a_choice_for_each_kind_of_thing() -> None:
    folder = Path(queries.__file__).parent / "choices"
    assert {path.stem for path in folder.glob("*.rq")} == set(THINGS)


def test_the_page_names_what_is_too_slow() -> None:
    found = [
        queries.Found(f"q{n}", {}, {(9, "disk"): Timing(0.01, 3, "x"), (9, "rdflib"): Timing(0.05, 3, "x")}) for n in range(19)
    ]
    assert list(queries.verdict(found, 9)) == [
        "At 9 documents 19 of 19 queries take at most 0.5 s: yes.",
        "100 % take at most 0.2 s (at least 90 %): yes.",
    ]
    late = queries.Found("late", {}, {(9, "disk"): Timing(None, fault="> 20 s"), (9, "rdflib"): Timing(0.05, 3, "y")})
    slow = queries.Found("slow", {}, {(9, "disk"): Timing(0.6, 3, "x"), (9, "rdflib"): Timing(0.6, 3, "y")})
    lines = list(queries.describe([*found, late, slow], [9], ["no Virtuoso"], 5))
    assert "At 9 documents 19 of 21 queries take at most 0.5 s: **no**." in lines
    assert "90 % take at most 0.2 s (at least 90 %): yes." in lines
    assert "Too slow: `late`, `slow`." in lines
    assert "| `q0` | 3 | 10 |  | 5× |" in lines
    assert "| `slow` | 3 | 600 |  | 1× ≠ |" in lines
    assert "- no Virtuoso" in lines


def test_every_light_query_finds_something(toy: Store) -> None:
    light = endpoint.light_queries(toy)
    assert len(light) == len(list(endpoint.FOLDER.glob("*.rq"))) > 3
    for text in light:
        answer = toy.query(text, use_default_graph_as_union=True)
        assert answer if isinstance(answer, QueryBoolean) else len(list(answer)) > 0, text


def test_the_runaway_query_is_one_and_is_sparql() -> None:
    """Over three things of a class there are 27 rows to count."""
    graph = Store()
    graph.extend(
        Quad(NamedNode(f"urn:{n}"), NamedNode(f"{RDF}type"), NamedNode("urn:thing"), NamedNode("urn:g")) for n in range(3)
    )
    rows = graph.query(endpoint.RUNAWAY, use_default_graph_as_union=True)
    assert isinstance(rows, QuerySolutions)
    assert [int(row["n"].value) for row in rows] == [27]


def test_a_light_query_may_take_five_times_as_long_beside_runaway_ones() -> None:
    alone, beside = Load(1.0, [0.001] * 100), Load(1.0, [0.004] * 96 + [1.0] * 4)
    assert endpoint.judge(alone, beside).endswith("4.0 times the idle one (at most 5): yes.")
    assert endpoint.judge(alone, Load(1.0, [0.004] * 90 + [1.0] * 10)).endswith(": **no**.")
    assert endpoint.judge(alone, Load(1.0, [], refused=9)).endswith("**no**.")
    assert endpoint.load_row("two", Load(2.0, [0.001] * 100, 3, 1)) == ["two", "50", "1.0", "1.0", "1.0", "3", "1"]
    assert endpoint.load_row("none", Load()) == ["none", "0", "", "", "", "0", "0"]
