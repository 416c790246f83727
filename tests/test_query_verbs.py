"""``zeren queries`` and ``zeren query``: what is listed and found, and the forms of an answer, each read by its usual tool."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, Store, parse_query_results
from rdflib import Graph
from rdflib.compare import isomorphic

from kg import cli
from kg.ask import ask, find_query, list_queries
from kg.ask.answer import Answer
from kg.ask.find import columns_of, kind_of, search_queries
from kg.ask.forms import ALL_FORMS, FORMS, render_answer
from kg.cli.query import FORMS as OFFERED
from kg.errors import QueryError
from kg.vocab import XSD
from tests.toy_graph import toy_store

QUERIES = list_queries()
GRAPH = "CONSTRUCT { ?s rdfs:label ?o ; zr:year ?year } WHERE { ?s a zr:Indicator ; rdfs:label ?o ; zr:year ?year }"
Said = Callable[..., tuple[str, str]]


@pytest.fixture(scope="module")
def store() -> Store:
    return toy_store()


@pytest.fixture
def zeren(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Said:
    """Run the command on the toy graph; return what it printed."""
    monkeypatch.setattr("kg.store.open_current", lambda folder: toy_store())

    def run(*words: object, code: int = 0) -> tuple[str, str]:
        capsys.readouterr()
        assert cli.main([str(word) for word in words]) == code
        out, err = capsys.readouterr()
        return out, err

    return run


# what is found


SEARCHES = [
    (["牵头", "分散"], ["diffuse-tasks"]),
    (["Nobody", "LEAD"], ["diffuse-tasks"]),  # English, in any case
    (["unowned"], ["unowned-tasks"]),  # its name
    (["部门对", "最多"], ["shared-pairs"]),  # a tag
]


@pytest.mark.parametrize(("words", "names"), SEARCHES, ids=lambda value: " ".join(value))
def test_all_words_must_fit(words: list[str], names: list[str]) -> None:
    assert [query.name for query in search_queries(QUERIES, words)] == names


def test_group_and_tag_narrow() -> None:
    assert {query.group for query in search_queries(QUERIES, group="gaps")} == {"gaps"}
    assert {query.name for query in search_queries(QUERIES, ["指标"], group="gaps", tag="缺单位")} == {"incomplete-indicators"}


@pytest.mark.parametrize(
    ("words", "tag", "said"),
    [
        (["牵头", "火星"], None, "no query fits '牵头 火星'; nearest: department-load"),  # those with one of both
        (["departmentload"], None, "nearest: department-load"),
        (["xyzzy"], None, "list them all with: zeren queries"),
        ([], "无主", "no query has the tag '无主'"),
    ],
)
def test_nothing_fits(words: list[str], tag: str | None, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        search_queries(QUERIES, words, tag=tag)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_columns_are_those_of_the_answer(query: object, store: Store) -> None:
    named = find_query(getattr(query, "name", ""))
    answer = ask(store, named, {param.name: param.example for param in named.params if not param.optional})
    assert kind_of(named) == answer.kind
    assert columns_of(named) == (answer.variables if answer.kind == "select" else ())


# zeren queries


def test_list_stands_in_groups(zeren: Said) -> None:
    out, _ = zeren("queries", "--group", "gaps")
    assert out.splitlines()[0] == "缺口 gaps"
    assert "unowned-tasks" in out
    assert "部门任务量" not in out


def test_one_query_is_shown(zeren: Said) -> None:
    out, _ = zeren("queries", "shared-metrics", "--text")
    assert "For which metrics do several documents set targets?" in out
    assert "regions（地区数）" in out
    assert out.rstrip().endswith(find_query("shared-metrics").text.rstrip())
    out, _ = zeren("queries", "department-tasks")
    assert "query department-tasks --param" in out.splitlines()[-1]
    assert "SELECT" not in out


def test_list_for_programs(zeren: Said) -> None:
    records = json.loads(zeren("queries", "--format", "json")[0])
    assert [record["name"] for record in records] == [query.name for query in QUERIES]
    one = json.loads(zeren("queries", "department-tasks", "--format", "json")[0])
    assert one["params"] == [
        {
            "name": "unit",
            "type": "organization",
            "form": "organization IRI or name",
            "optional": False,
            "example": "石家庄市生态环境局",
        }
    ]
    rows = list(csv.DictReader(io.StringIO(zeren("queries", "--tag", "部门", "--format", "csv")[0])))
    assert "department-indicators" in {row["名称"] for row in rows}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["queries", "--group", "gap"], "no group is named 'gap'; there are: load, sharing"),
        (["queries", "部门", "--text"], "--text shows one query"),
        (["queries", "xyzzy"], "no query fits"),
        (["query", "documents", "--format", "ttl"], "ttl does not fit a SELECT; choose one of: table, csv"),
        (["query", "documents", "--to", "a.pdf"], "a.pdf: the ending says no format; use one of .csv"),
        (["query", "documents", "--to", "a.csv", "--format", "table"], "a table is for the screen"),
        (["query", "documents", "--to", "none/a.csv"], "cannot be written"),
        (["query", "department-tasks", "--param", "unit=a", "--param", "unit=b"], "is given twice; give it once, and ask again"),
    ],
)
def test_wrong_use(words: list[str], said: str, zeren: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert said in zeren(*words, code=2)[1]
    assert list(tmp_path.iterdir()) == []


# the forms of an answer


def test_command_offers_every_form() -> None:
    assert OFFERED == ALL_FORMS


def test_forms_hold_the_same_rows(zeren: Said, store: Store, tmp_path: Path) -> None:
    answer = ask(store, "documents")
    for ending in ("csv", "tsv", "json", "srj", "xlsx"):
        zeren("query", "documents", "--to", tmp_path / f"a.{ending}")
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        assert [row["title"] for row in csv.DictReader(file)] == [row[0] for row in answer.rows]
    for ending, form in (("tsv", QueryResultsFormat.TSV), ("srj", QueryResultsFormat.JSON)):
        found = parse_query_results(path=tmp_path / f"a.{ending}", format=form)
        assert isinstance(found, QuerySolutions)
        assert [variable.value for variable in found.variables] == list(answer.variables)
        assert [tuple(row) for row in found] == list(answer.terms)
    assert [record["tasks"] for record in json.loads((tmp_path / "a.json").read_text("utf-8"))] == [2, 7, 2]
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["文件概览"]
    assert [cell.value for cell in sheet[1]][:5] == ["标题", "地区", "发文机关", "日期", "起"]
    assert [cell.value for cell in sheet[3]][3:8] == [datetime(2023, 5, 24), datetime(2023, 1, 1), datetime(2023, 12, 31), 7, 3]  # noqa: DTZ001 — what openpyxl gives


def test_no_question_at_all_is_said_by_the_engine(zeren: Said, tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_text("SELEKT ?s WHERE { ?s ?p ?o }", "utf-8")
    for form in ("csv", "ttl", "table"):
        assert "near 'SELEKT" in zeren("query", path, "--format", form, code=2)[1]


def test_workbook_keeps_types_and_runs_nothing() -> None:
    def typed(value: str, type_: NamedNode) -> Literal:
        return Literal(value, datatype=type_)

    row = (
        Literal("=HYPERLINK(1)"),
        typed("1.5", XSD.decimal),
        typed("2023-12-31", XSD.date),
        typed("true", XSD.boolean),
        typed("12345678901234567890", XSD.integer),  # Excel would round it
        Literal("at-most"),
        None,
    )
    names = ("name", "value", "due", "joint", "number", "comparator", "mine")
    data = render_answer(Answer(names, (row,)), "xlsx", "a/b:[c]")
    assert isinstance(data, bytes)
    assert data == render_answer(Answer(names, (row,)), "xlsx", "a/b:[c]")
    sheet = openpyxl.load_workbook(io.BytesIO(data))["a b  c "]
    text, number, day, truth, long, code, nothing = sheet[2]
    assert (text.value, text.data_type, text.quotePrefix) == ("=HYPERLINK(1)", "s", True)
    assert (number.value, number.data_type) == (1.5, "n")
    assert (getattr(day, "is_date", False), truth.value, long.value, code.value, nothing.value) == (
        True,
        True,
        "12345678901234567890",
        "≤",
        None,
    )


def test_tsv_loses_nothing() -> None:
    terms = (
        Literal('a\t"b"\n=1'),
        Literal("市", language="zh"),
        Literal("1.5", datatype=XSD.decimal),
        Literal("x", datatype=XSD.integer),
        NamedNode("http://example.org/a"),
        None,
    )
    text = render_answer(Answer(("a", "b", "c", "d", "e", "f"), (terms,)), "tsv")
    found = parse_query_results(text, format=QueryResultsFormat.TSV)
    assert isinstance(found, QuerySolutions)
    assert tuple(next(found)) == terms


def test_graph_is_rdf(store: Store) -> None:
    answer = ask(store, GRAPH)
    graphs = []
    for form, name in (("ttl", "turtle"), ("nt", "nt"), ("jsonld", "json-ld")):
        graph = Graph()
        graph.parse(data=str(render_answer(answer, form)), format=name)
        graphs.append(graph)
        assert len(graph) == len(answer) == 10
        assert isomorphic(graph, graphs[0])
    context = json.loads(str(render_answer(answer, "jsonld")))["@context"]
    assert set(context) == {"id", "rdfs", "xsd", "zr"}


def test_yes_and_no(zeren: Said, tmp_path: Path) -> None:
    for name, text, word in (("yes", "ASK { ?s a zr:Task }", "是 yes"), ("no", "ASK { ?s a zr:Nothing }", "否 no")):
        path = tmp_path / f"{name}.rq"
        path.write_text(f"PREFIX zr: <https://w3id.org/zeren/ns#> {text}", "utf-8")
        assert zeren("query", path)[0] == f"{word}\n"
        assert json.loads(zeren("query", path, "--format", "json")[0]) is (name == "yes")
        assert json.loads(zeren("query", path, "--format", "sparql-json")[0]) == {"head": {}, "boolean": name == "yes"}
        assert "csv does not fit an ASK" in zeren("query", path, "--format", "csv", code=2)[1]


@pytest.mark.parametrize("kind", FORMS)
def test_every_form_offered_is_written(kind: str, store: Store) -> None:
    text = {"select": "SELECT ?s WHERE { ?s a zr:Task }", "ask": "ASK { ?s a zr:Task }", "graph": GRAPH}[kind]
    answer = ask(store, text)
    assert all(render_answer(answer, form) for form in FORMS[kind] if form != "table")
