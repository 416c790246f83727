"""Long answers: how many rows are shown, that a cut is said, and how to get the rest."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from pyoxigraph import Store

from kg.ask import Limit, NamedQuery, ask, find_query, list_queries, parse_query
from kg.cli import main
from kg.errors import KnowledgeError, QueryError
from tests.toy_graph import ID, task, toy_store

LONG = [query for query in list_queries() if query.limit is not None]
SPARQL = "SELECT ?task WHERE { ?task a zr:Task } ORDER BY ?task"


@pytest.fixture(scope="module")
def store() -> Store:
    return toy_store()


@pytest.mark.parametrize("query", LONG, ids=lambda query: query.name)
def test_a_cut_answer_is_the_beginning_of_the_whole(query: NamedQuery, store: Store) -> None:
    params = {param.name: param.example for param in query.params if not param.optional}
    whole = ask(store, query, params, limit="all")
    assert not whole.cut
    for limit in range(1, len(whole) + 2):
        some = ask(store, query, params, limit=limit)
        assert some.terms == whole.terms[:limit]
        assert some.cut is (limit < len(whole))


@pytest.mark.parametrize("query", [q for q in LONG if any(p.optional for p in q.params)], ids=lambda query: query.name)
def test_what_narrows_narrows_before_the_cut(query: NamedQuery, store: Store) -> None:
    """The rows of the last document are found although those of others would fill the limit."""
    for name, values in {"document": ("sjz-plan", "sjz-2023", "ts-2022"), "region": ("130100", "130200")}.items():
        if name not in {param.name for param in query.params}:
            continue
        whole = ask(store, query, limit="all").terms
        kind = {"document": "policy", "region": "region"}[name]
        parts = [ask(store, query, {name: f"{ID}{kind}/{value}"}, limit="all").terms for value in values]
        assert sorted(map(str, whole)) == sorted(str(row) for part in parts for row in part)
        for value, part in zip(values, parts, strict=True):
            assert ask(store, query, {name: f"{ID}{kind}/{value}"}, limit=1).terms == part[:1]


@pytest.mark.parametrize(
    ("limit", "rows", "cut"),
    [(None, 12, False), (3, 3, True), (12, 12, False), (13, 12, False), ("all", 12, False)],
)
def test_own_sparql_is_cut_too(limit: Limit | None, rows: int, cut: bool, store: Store) -> None:
    answer = ask(store, SPARQL, limit=limit)
    assert (len(answer), answer.cut) == (rows, cut)


def test_head_and_text_give_one_limit(store: Store) -> None:
    """The file alone, in another program, shows as many rows as it does here."""
    text = "# limit: 2\n" + SPARQL + " LIMIT 2"
    assert [len(ask(store, text, limit=limit)) for limit in (None, 5, "all")] == [2, 5, 12]
    assert ask(store, text).cut
    assert len(list(store.query(text, prefixes={"zr": "https://w3id.org/zeren/ns#"}, use_default_graph_as_union=True))) == 2  # type: ignore[arg-type]


@pytest.mark.parametrize("head", ["# limit: 3", "# limit: many", "# limit: 0"])
def test_head_that_the_text_does_not_follow(head: str) -> None:
    with pytest.raises(KnowledgeError, match="needs a LIMIT of that number"):
        parse_query("q", f"{head}\n{SPARQL} LIMIT 2")


def test_limits_that_mean_nothing(store: Store) -> None:
    with pytest.raises(QueryError, match="give 1 or more, or all"):
        ask(store, SPARQL, limit=0)
    with pytest.raises(QueryError, match="a graph is not cut"):
        ask(store, "CONSTRUCT WHERE { ?task a zr:Task }", limit=3)


def test_json_of_a_cut_answer_is_no_list(store: Store) -> None:
    """A program that takes it for the whole must fail, not count too few."""
    content = json.loads(ask(store, find_query("most-shared-tasks"), limit=1).to_json())
    assert content["cut"] == {"shown": 1, "more": True, "narrow": ["document"]}
    assert [row["task"] for row in content["rows"]] == [task("sjz-2023", 1)]


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_command_line_says_what_is_missing(form: str, built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["query", "most-shared-tasks", "--out", str(built), "--format", form]
    assert main([*words, "--limit", "4"]) == 0
    out, err = capsys.readouterr()
    assert "只列出前 4 行" in err
    assert "--param document=…" in err
    assert main([*words, "--limit", "all"]) == 0
    whole, said = capsys.readouterr()
    assert "还有更多" not in said
    match form:
        case "csv":
            assert list(csv.reader(io.StringIO(out))) == list(csv.reader(io.StringIO(whole)))[:5]
        case "json":
            assert json.loads(out)["rows"] == json.loads(whole)[:4]
        case _:
            assert len(out.splitlines()) == 5 < len(whole.splitlines())


@pytest.mark.parametrize("number", ["0", "-1", "many", "1.5"])
def test_command_line_wants_a_number_or_all(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["query", "documents", f"--limit={number}"])
    assert stopped.value.code == 2
    assert "nor all" in capsys.readouterr().err
