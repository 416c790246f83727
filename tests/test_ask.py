"""Asking: names, parameters, forms of the answer, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import Store

from kg.ask import ask, find_query, list_queries, parse_query
from kg.ask.answer import Answer
from kg.errors import KnowledgeError, QueryError, StoreError
from kg.store import open_current
from tests.toy_graph import ECO, ID, PLAN, POINTS, TS_DEV, TS_ECO, task, toy_store

TASKS = "SELECT ?task WHERE { ?task a zr:Task } ORDER BY ?task"


@pytest.fixture(scope="module")
def store() -> Store:
    return toy_store()


def units(store: Store, value: str) -> set[str]:
    """Whom the parameter ``unit`` was taken for."""
    return {record["unit"] for record in ask(store, "department-tasks", {"unit": value}).records()}


# names of queries


def test_query_is_found_by_name() -> None:
    assert find_query("department-load").group == "load"
    assert find_query("department-load") in list_queries()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("departments-load", "department-load"),
        ("unowned", "unowned-tasks"),
        ("xyzzy", "zeren queries"),
        ("../queries/department-load", "no query is named"),
        ("checks", "no query is named"),
    ],
)
def test_unknown_query_names_the_nearest(name: str, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        find_query(name)


def test_broken_head_is_said(tmp_path: Path) -> None:
    (tmp_path / "bad.rq").write_text("# title: 标题\n# param unit organization\nSELECT * WHERE { }", "utf-8")
    with pytest.raises(KnowledgeError, match="bad: cannot read '# param unit organization'"):
        list_queries(tmp_path)
    (tmp_path / "bad.rq").write_text("SELECT * WHERE { }", "utf-8")
    with pytest.raises(KnowledgeError, match="title"):
        list_queries(tmp_path)


# parameters


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        ("石家庄市生态环境局", ECO),
        (" 石家庄市生态环境局 ", ECO),
        ("市环保局", ECO),  # another name that only one body bears
        (ECO, ECO),
        (f"<{ECO}>", ECO),
        ("id:org/130200/development-reform", TS_DEV),  # as a table shows it
    ],
)
def test_name_or_iri(store: Store, value: str, unit: str) -> None:
    assert units(store, value) == {unit}


def test_name_that_fits_two_lists_both(store: Store) -> None:
    with pytest.raises(QueryError) as caught:
        units(store, "市生态环境局")
    assert str(caught.value) == (
        "department-tasks: parameter 'unit': '市生态环境局' fits 2 of type organization; give one of: "
        f"石家庄市生态环境局 <{ECO}>, 唐山市生态环境局 <{TS_ECO}>"
    )


@pytest.mark.parametrize(
    ("query", "params", "said"),
    [
        (
            "department-tasks",
            {},
            r"parameter 'unit' is missing \(organization IRI or name\); add --param unit=石家庄市生态环境局",
        ),
        ("department-tasks", {"unit": "  "}, "missing"),
        ("department-tasks", {"units": ECO}, "no parameter is named 'units'; it takes: unit"),
        ("documents", {"unit": ECO}, "it takes: none"),
        (
            "department-tasks",
            {"unit": "生态环境局"},
            "no organization is named '生态环境局'; nearest: 唐山市生态环境局, 市生态环境局",
        ),
        ("department-tasks", {"unit": "财政厅甲乙丙丁"}, "the graph has nothing like it"),
        ("department-tasks", {"unit": PLAN}, "no organization has the IRI"),  # a thing, of another kind
        ("department-tasks", {"unit": "https://example.org/ 1"}, "no valid IRI"),
        ("department-tasks", {"unit": "https://example.org/nobody"}, "no organization has the IRI https://example.org/nobody"),
        ("department-tasks", {"unit": '市水利局"@zh } UNION { ?s ?p ?o'}, "no organization is named"),
        (
            "document-tasks",
            {"document": "关于深入打好污染防治攻坚战的意见"},
            "no document is named",
        ),  # cited, its text is not here
        ("accountability-chain", {"task": "石家庄市2023年生态文明建设工作要点#99"}, "has no task '99'; its numbers: 1, 2, 3"),
        ("accountability-chain", {"task": "#8"}, "names no task; write DOCUMENT#NUMBER"),  # a number of which document?
        ("accountability-chain", {"task": "没有的文件#1"}, "no document is named '没有的文件'"),
        ("department-load", {"region": "邢台市"}, "parameter 'region': no region is named"),
    ],
)
def test_wrong_parameters(store: Store, query: str, params: dict[str, str], said: str) -> None:
    with pytest.raises(QueryError, match=said) as caught:
        ask(store, query, params)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "value", ["持续开展蓝天保卫战", "石家庄市2023年生态文明建设工作要点#1", "2023.txt#1", "石生态办〔2023〕1号#1"]
)
def test_ways_to_name_a_task(store: Store, value: str) -> None:
    answer = ask(store, "accountability-chain", {"task": value})
    assert {record["task"] for record in answer.records()} == {task("sjz-2023", 1)}


def test_a_task_without_number_is_named_by_its_key(store: Store) -> None:
    assert len(ask(store, "accountability-chain", {"task": "2023.txt#6"})) == 5  # two policies above, document, task, gap


def test_ambiguous_task_is_shown_with_document_and_number(store: Store) -> None:
    double = toy_store()
    double.update(
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> INSERT DATA { GRAPH <https://example.org/g> "
        f'{{ <{task("ts-2022", 1)}> rdfs:label "持续开展蓝天保卫战"@zh }} }}'
    )
    with pytest.raises(QueryError, match="唐山市2022年度工作方案#1 "):
        ask(double, "accountability-chain", {"task": "持续开展蓝天保卫战"})


@pytest.mark.parametrize(
    "value", ["《石家庄市2023年生态文明建设工作要点》", "石家庄市2023年生态文明建设工作要点", "2023.txt", POINTS]
)
def test_ways_to_name_a_document(store: Store, value: str) -> None:
    answer = ask(store, "document-tasks", {"document": value})
    assert {record["document"] for record in answer.records()} == {POINTS}


def test_optional_parameter_only_narrows(store: Store) -> None:
    everything, one = ask(store, "department-load"), ask(store, "department-load", {"region": "唐山市"})
    assert everything.variables == one.variables
    assert "region" not in one.variables
    assert set(one.terms) < set(everything.terms)


def test_document_is_found_by_the_title_it_bears_itself(built: Path) -> None:
    graph = open_current(built)
    by_title, by_own = (
        ask(graph, "document-tasks", {"document": f"{place}2022年生态文明建设工作要点"}) for place in ("石家庄市", "XX市")
    )
    assert by_title == by_own
    assert len(by_own) > 10


@pytest.mark.parametrize("name", ["市发改委", "市住建局", "市城管局", "市发展改革委"])
def test_short_name_that_fits_several_cities_is_not_guessed(name: str, built: Path) -> None:
    with pytest.raises(QueryError, match=f"'{name}' fits 3 .*石家庄市.*唐山市.*宿州市"):
        ask(open_current(built), "department-tasks", {"unit": name})


# a place and a short form mean what the knowledge base says they mean, whether or not a document wrote them so
SHORT_FORMS = [
    ("石家庄市发改委", "130100/development-reform"),
    ("石家庄发展改革委", "130100/development-reform"),
    ("唐山市环保局", "130200/ecology-environment"),  # its name until 2018
    ("宿州市国土局", "341300/natural-resources"),
    ("河北省石家庄市住建局", "130100/housing-construction"),
]


@pytest.mark.parametrize(("name", "key"), SHORT_FORMS)
def test_a_place_and_a_short_form_name_one_body(name: str, key: str, built: Path) -> None:
    graph = open_current(built)
    assert ask(graph, "department-tasks", {"unit": name}) == ask(graph, "department-tasks", {"unit": f"id:org/{key}"})


@pytest.mark.parametrize("name", ["石家庄市云台管理局", "太原市发改委", "发改委"])
def test_a_body_that_is_not_in_the_graph_is_not_guessed(name: str, built: Path) -> None:
    with pytest.raises(QueryError, match=f"no organization is named '{name}'"):
        ask(open_current(built), "department-tasks", {"unit": name})


def test_value_that_is_no_text(store: Store) -> None:
    with pytest.raises(QueryError, match="is not UTF-8"):
        ask(store, "department-tasks", {"unit": "\udcff\udcfe"})


@pytest.mark.parametrize("params", [{"unit": "局" * 9_000}, {"unit": "http://example.org/" + "x" * 9_000}, {"局" * 9_000: "x"}])
def test_long_input_is_echoed_in_short(store: Store, params: dict[str, str]) -> None:
    with pytest.raises(QueryError) as caught:
        ask(store, "department-tasks", params)
    assert len(str(caught.value)) < 400


def test_long_name_of_a_query_is_just_unknown() -> None:
    with pytest.raises(QueryError, match="no query is named 'aaa") as caught:
        find_query("a" * 5_000)
    assert len(str(caught.value)) < 400


# SPARQL as it comes


def test_text_needs_no_prefixes(store: Store) -> None:
    assert len(ask(store, TASKS)) == 12
    assert ask(store, f"\ufeff{TASKS}") == ask(store, TASKS)


def test_text_may_have_a_head_with_parameters(store: Store) -> None:
    head = "# title: 牵头任务\n# param unit: organization IRI or name, e.g. 石家庄市水利局\n"
    text = head + "SELECT ?unit ?task WHERE { ?task zr:leadUnit ?unit }"
    assert ask(store, text, {"unit": "石家庄市水利局"}).rows == [(f"{ID}org/130100/water", task("sjz-2023", 2))]


def test_ask(store: Store) -> None:
    assert ask(store, "ASK { ?t a zr:Task }").boolean is True
    no = ask(store, "ASK { ?t a zr:Nothing }")
    assert (no.boolean, no.rows) == (False, [(False,)])
    assert json.loads(no.to_json("sparql")) == {"head": {}, "boolean": False}


def test_construct_and_describe(store: Store) -> None:
    answer = ask(store, "CONSTRUCT { ?t zr:leadUnit ?u } WHERE { ?t zr:leadUnit ?u }")
    assert answer.variables == ("subject", "predicate", "object")
    assert len(answer) == 3
    assert answer.to_rdf().count("zr:leadUnit") == 3
    assert ask(store, f"DESCRIBE <{ECO}>").kind == "graph"
    with pytest.raises(ValueError, match="CONSTRUCT"):
        ask(store, TASKS).to_rdf()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT ?t WHERE {\n  ?t zr:unit ?u .\n  FILTR(?u)\n}", r"line 3, column 11, near 'FILTR\(\?u\)'"),
        ("SELECT ?t WHERE { ?t zr:unit ", "syntax error in line 1"),
        ("SELECT ?t WHERE { ?t nobody:unit ?u }", "syntax error in line 1, column"),
        ("", "syntax error"),
        ("这不是查询。", "syntax error in line 1, column"),
        ("SELECT ?x WHERE { ?t zr:unit ?u } GROUP BY ?t", "SPARQL: "),
    ],
)
def test_syntax_error_is_one_line_with_its_place(store: Store, text: str, said: str) -> None:
    with pytest.raises(QueryError, match=said) as caught:
        ask(store, text)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


def test_unreadable_store_is_no_query_error(store: Store) -> None:
    class Broken:
        def query(self, *_: object, **__: object) -> None:
            raise OSError("corrupted block")

    with pytest.raises(StoreError, match="build it again"):
        ask(Broken(), TASKS)  # type: ignore[arg-type]


# what is refused


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "INSERT"),
        ("PREFIX x: <a:> # SELECT\ndelete where { ?s ?p ?o }", "DELETE"),
        ("CLEAR ALL", "CLEAR"),
        ("BASE <a:> LOAD <http://example.org/>", "LOAD"),
        ("DROP GRAPH <a:g>", "DROP"),
        ("WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "WITH"),
    ],
)
def test_updates_are_refused(store: Store, text: str, verb: str) -> None:
    with pytest.raises(QueryError, match=f"{verb} is refused: the graph is read only"):
        ask(store, text)


SERVICES = [
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o OPTIONAL { { SELECT * { SERVICE ?where { ?s ?p ?o } } } } }",  # nested, by variable
    "SELECT * { ?s ?p ?o FILTER NOT EXISTS { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } }",
    "SELECT * { # it's a comment\nSERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 'it\\'s' . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    'SELECT * { ?s ?p """a "quoted" \\""" word""" . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }',
    "SELECT * { ?s ex:a\\#b ?o . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",  # no comment starts here
    "SELECT * { ?s ?p ?a, ?b FILTER(?a<?b)SERVICE<http://127.0.0.1:9/>{ ?s ?p ?o } }",  # no IRI starts here
    "SELECT * { ?s ?p trueSERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",  # the engine needs no space
    "SELECT * { ?s ?p 1SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    # an escape in an IRI ends it for nobody
    "SELECT * { BIND('\\u005C' AS ?x) BIND(<http://a\\u0041'> AS ?y) SERVICE <http://127.0.0.1:9/> {?s ?p ?o} } #' '",
    'SELECT * { BIND("\\u005C" AS ?x) BIND(<http://a\\u0041\'> AS ?y) SERVICE <http://127.0.0.1:9/> {?s ?p ?o} } #\' "',
    "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "PREFIX e: <http://127.0.0.1:9/> SELECT * { SERVICEe:x # why not\n { ?s ?p ?o } }",
    "SELECT * { S\\u0045RVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",  # some engines resolve the escape first
    "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("text", SERVICES)
def test_service_is_refused(store: Store, text: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is refused"):
        ask(store, text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p ?o } # SERVICE <http://example.org/> { ?s ?p ?o }",
        'SELECT * { ?s ?p "SERVICE <http://example.org/> { }" }',
        "SELECT * { ?s ?p '''it's a SERVICE''' }",
        "SELECT * { ?s <http://example.org/SERVICE> ?o }",
        "SELECT ?service { ?service ?p ?o }",
        "PREFIX service: <http://example.org/> SELECT * { ?s service:SERVICE ?o }",
        "PREFIX service: <http://example.org/> SELECT * { GRAPH service:g { ?s ?p ?o } }",
        'SELECT ?insert { ?insert ?delete "INSERT" } # DROP ALL',
        "# INSERT DATA\nPREFIX load: <a:> SELECT * { ?s load:load ?o }",
    ],
)
def test_what_only_looks_like_it_is_answered(store: Store, text: str) -> None:
    assert ask(store, text).kind == "select"


DEEP = [
    "SELECT * WHERE " + "{ " * 5_000 + "?s ?p ?o" + " }" * 5_000,
    "SELECT * WHERE { ?s ?p ?o FILTER(" + "(" * 5_000 + "1" + ")" * 5_000 + ") }",
    "SELECT * WHERE { ?s ?p " + "[ ?p " * 5_000 + "1" + " ]" * 5_000 + " }",
]


@pytest.mark.parametrize("text", DEEP, ids=["braces", "parentheses", "brackets"])
def test_deep_nesting_is_refused(store: Store, text: str) -> None:
    with pytest.raises(QueryError, match="nested more than 200 deep"):
        ask(store, text)


def test_nesting_has_room_and_strings_do_not_count(store: Store) -> None:
    assert len(ask(store, "SELECT * WHERE " + "{ " * 150 + "?s a zr:Task" + " }" * 150)) == 12
    assert ask(store, f"ASK {{ BIND('{'(' * 500}' AS ?x) }}").boolean


CHAINS = ["ASK { FILTER(1" + "+1" * 9_000 + ") }", "ASK { {}" + "UNION{}" * 9_000 + " }", "ASK { ?s ?p 1" + ",1" * 9_000 + " }"]


@pytest.mark.parametrize("text", CHAINS, ids=["operators", "clauses", "patterns"])
def test_endless_chain_is_refused(store: Store, text: str) -> None:
    with pytest.raises(QueryError, match="more than 1000 patterns and operators"):
        ask(store, text)


def test_lists_of_values_may_be_long(store: Store) -> None:
    assert len(ask(store, "SELECT * { VALUES (?a ?b) {" + "(<a:b> 1.5)" * 5_000 + "} }")) == 5_000
    assert ask(store, "ASK { FILTER(1 IN (2" + ", 1.5" * 5_000 + ", 1)) }").boolean


def test_long_text_is_refused(store: Store) -> None:
    with pytest.raises(QueryError, match="larger than 1 MB"):
        ask(store, TASKS + "#" + "长" * 400_000)


def test_from_is_heard(store: Store) -> None:
    assert ask(store, TASKS.replace("WHERE", "FROM <https://example.org/nothing> WHERE")).rows == []
    assert len(ask(store, "SELECT ?from WHERE { ?from a zr:Task }")) == 12


# forms of the answer


def test_values_become_python(store: Store) -> None:
    from datetime import date
    from decimal import Decimal

    text = """SELECT ?i ?d ?f ?b ?day ?s ?zh ?iri ?none ?bad WHERE {
      BIND(7 AS ?i) BIND(95.50 AS ?d) BIND(1.5e0 AS ?f) BIND(true AS ?b) BIND("2023-12-31"^^xsd:date AS ?day) BIND("x" AS ?s)
      BIND("市"@zh AS ?zh) BIND(zr:Task AS ?iri) BIND("二"^^xsd:integer AS ?bad) }"""
    assert ask(store, text).rows == [
        (7, Decimal("95.5"), 1.5, True, date(2023, 12, 31), "x", "市", "https://w3id.org/zeren/ns#Task", None, "二")
    ]


def test_table_is_short(store: Store) -> None:
    answer = ask(store, "SELECT ?unit ?none ?n WHERE { ?task zr:leadUnit ?unit BIND(0.50 AS ?n) } ORDER BY ?unit LIMIT 1")
    assert answer.to_table() == [("id:org/130100/ecology-environment", "", "0.5")]


def test_json_records(store: Store) -> None:
    answer = ask(store, "department-load", {"region": "唐山市"})
    first = json.loads(answer.to_json())[0]
    assert (first["label"], first["tasks"], first["sharedLoad"], first["generic"]) == ("唐山市发展和改革委员会", 2, 1.5, False)
    assert json.loads(ask(store, "SELECT ?d WHERE { ?p eli:date_document ?d }").to_json()) == [{"d": "2023-05-24"}]


def test_sparql_json_is_what_the_engine_writes(store: Store) -> None:
    """pyoxigraph reads our results back to the same terms."""
    from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

    text = 'SELECT ?a ?b ?c ?d ?e WHERE { BIND(zr:Task AS ?a) BIND("市"@zh AS ?b) BIND(1.5 AS ?c) BIND("x\\n" AS ?d) }'
    answer = ask(store, text)
    again = parse_query_results(answer.to_json("sparql"), format=QueryResultsFormat.JSON)
    assert isinstance(again, QuerySolutions)
    assert [variable.value for variable in again.variables] == list(answer.variables)
    assert [tuple(row) for row in again] == list(answer.terms)


def test_json_knows_no_infinity(store: Store) -> None:
    text = 'SELECT ?n ?i WHERE { BIND("NaN"^^xsd:double AS ?n) BIND("INF"^^xsd:double AS ?i) }'
    assert json.loads(ask(store, text).to_json()) == [{"n": None, "i": None}]


def csv_of(store: Store, values: str) -> list[list[str]]:
    answer = ask(store, f"SELECT ?v WHERE {{ VALUES ?v {{ {values} }} }}")
    return list(csv.reader(io.StringIO(answer.to_csv())))


def test_csv_disarms_formulas(store: Store) -> None:
    values = '"=1+1" "+86" "-2+3" "@SUM(A1)" "\\t=1" "=cmd"^^xsd:integer -3.5 "市水利局, \\"水\\"" "－5"'
    assert csv_of(store, values) == [
        ["v"],
        ["'=1+1"],
        ["+86"],  # a number stays one
        ["'-2+3"],
        ["'@SUM(A1)"],
        ["'\t=1"],
        ["'=cmd"],
        ["-3.5"],
        ['市水利局, "水"'],
        ["－5"],
    ]


def test_csv_for_excel(store: Store) -> None:
    answer = ask(store, "documents")
    assert answer.to_csv(bom=True) == "\ufeff" + answer.to_csv()
    assert len(list(csv.DictReader(io.StringIO(answer.to_csv())))) == len(answer) == 3


def test_empty_answer(store: Store) -> None:
    answer = ask(store, "SELECT ?x WHERE { ?x a zr:Nothing }")
    assert (len(answer), answer.boolean, list(answer), answer.to_table()) == (0, False, [], [])
    assert answer.to_csv() == "x\r\n"
    assert isinstance(answer, Answer)


def test_head_of_plain_text_says_nothing() -> None:
    assert parse_query("SPARQL", TASKS).params == ()


def test_nothing_heavy_is_loaded() -> None:
    code = "import sys; from kg.ask import list_queries; list_queries(); print({'rdflib', 'networkx'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
