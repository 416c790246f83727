"""Answers as pictures: which columns a chart takes, where its bars stand, in which columns a graph is drawn, when there is none."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from itertools import pairwise

import httpx
import pytest
from pyoxigraph import Literal, NamedNode
from starlette.datastructures import QueryParams

from kg import ask
from kg.endpoint import Settings, running
from kg.vocab import DCTERMS, RDF, SKOS, XSD, ZR
from tests.toy_graph import ECO, toy_store
from tests.viz.served import ATTACKS, write_graph
from viz.pages import make_routes, sparql_page
from viz.pages.chart import draw_chart, list_columns
from viz.pages.faults import explain_fault, list_faults
from viz.pages.layered import MOST, draw_graph
from viz.pages.pictures import make_picture

YEAR = NamedNode("http://www.w3.org/2001/XMLSchema#gYear")
COUNTS = "SELECT ?name (COUNT(DISTINCT ?task) AS ?tasks) WHERE { ?task zr:unit ?u . ?u skos:prefLabel ?name } GROUP BY ?name ORDER BY ?name"
DUTIES = "CONSTRUCT { ?t a zr:Task ; zr:leadUnit ?u ; zr:unit ?u . ?u skos:prefLabel ?n } WHERE { ?t zr:leadUnit ?u . ?u skos:prefLabel ?n }"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    settings = Settings(write_graph(tmp_path_factory.mktemp("pictures") / "out"), port=0)
    with (
        running(settings, routes=make_routes(), page=sparql_page) as url,
        httpx.Client(base_url=url, trust_env=False, headers={"Accept": "text/html"}, timeout=30) as client,
    ):
        yield client


def integer(value: int) -> Literal:
    return Literal(str(value), datatype=XSD.integer)


def answer(*rows: tuple[str, int]) -> ask.Answer:
    return ask.Answer(("name", "number"), tuple((Literal(name), integer(number)) for name, number in rows))


def test_columns_of_numbers_and_of_labels() -> None:
    rows = (
        (
            NamedNode("urn:a"),
            Literal("2022", datatype=YEAR),
            Literal("甲局"),
            integer(3),
            Literal("true", datatype=XSD.boolean),
        ),
        (NamedNode("urn:b"), Literal("2023", datatype=YEAR), Literal("乙局"), None, Literal("false", datatype=XSD.boolean)),
    )
    labels, numbers = list_columns(ask.Answer(("iri", "year", "name", "tasks", "yes"), rows))
    assert (labels[0], labels[-1], numbers) == ("name", "iri", ["tasks"])
    assert "year" in labels
    assert list_columns(ask.Answer(("name",), ((Literal("甲"),),))) == (["name"], [])


def test_bars_are_as_long_as_their_numbers() -> None:
    chart = draw_chart(answer(("甲", 10), ("乙", 5), ("丙", -5)), "bar", "name", "number")
    assert chart is not None
    first, second, third = chart.bars
    assert [round(bar.width / first.width, 3) for bar in chart.bars] == [1, 0.5, 0.5]
    assert first.x == second.x == chart.zero == round(third.x + third.width, 2)
    assert [bar.value for bar in chart.bars] == ["10", "5", "-5"]


def test_a_line_rises_with_its_numbers() -> None:
    chart = draw_chart(answer(*((str(year), year % 7 * 10) for year in range(2015, 2026))), "line", "name", "number")
    assert chart is not None
    for one, other in pairwise(chart.points):
        assert (float(one.value) < float(other.value)) == (one.y > other.y)
    assert all(chart.ticks[0].at >= point.y >= chart.ticks[-1].at for point in chart.points)
    alike = draw_chart(answer(("a", 5), ("b", 5)), "line", "name", "number")
    assert alike is not None
    assert len({point.y for point in alike.points}) == 1


def test_a_long_answer_is_cut_and_says_so() -> None:
    chart = draw_chart(answer(*((f"第{n}局", n) for n in range(100))), "bar", "name", "number")
    assert chart is not None
    assert (chart.shown, chart.total, len(chart.bars)) == (40, 100, 40)


def graph(*arrows: tuple[str, NamedNode, str]) -> list[tuple[NamedNode, NamedNode, NamedNode | Literal]]:
    return [(NamedNode(f"urn:{one}"), property_, NamedNode(f"urn:{other}")) for one, property_, other in arrows]


def test_arrows_lead_from_left_to_right() -> None:
    lead, part = NamedNode(ZR.leadUnit.value), NamedNode(DCTERMS.isPartOf.value)
    drawn = draw_graph(graph(("i", part, "t"), ("t", lead, "u"), ("t", part, "d"), ("s", lead, "u")), "zh", {"urn:u": "甲局"})
    places = {box.iri: box for box in drawn.boxes}
    assert places["urn:i"].x < places["urn:t"].x < places["urn:u"].x == places["urn:d"].x
    assert places["urn:u"].lines == ("甲局",)
    assert len({(box.x, box.y) for box in drawn.boxes}) == 5
    assert all(0 <= box.x < drawn.width and 0 <= box.y < drawn.height for box in drawn.boxes)
    assert sorted((role, name, number) for role, name, number in drawn.relations) == [
        ("lead", "牵头单位", 2),
        ("other", "属于", 2),
    ]


def test_circles_and_things_that_lead_to_themselves_are_no_fault() -> None:
    part = NamedNode(DCTERMS.isPartOf.value)
    drawn = draw_graph(graph(("a", part, "b"), ("b", part, "c"), ("c", part, "a"), ("c", part, "c")), "en", {})
    assert (drawn.total, len(drawn.arrows)) == (3, 3)


def test_names_are_labels_and_classes_are_no_things() -> None:
    it = NamedNode("urn:t")
    triples = [
        (it, NamedNode(RDF.type.value), NamedNode(ZR.Task.value)),
        (it, NamedNode(SKOS.prefLabel.value), Literal("治水", language="zh")),
        (it, NamedNode(SKOS.prefLabel.value), Literal("Water", language="en")),
    ]
    assert [box.whole for box in draw_graph(triples, "zh", {}).boxes] == ["治水"]
    assert [box.whole for box in draw_graph(triples, "en", {}).boxes] == ["Water"]


def test_the_limit_is_said() -> None:
    part = NamedNode(DCTERMS.isPartOf.value)
    many = graph(*((str(n), part, "d") for n in range(MOST)))
    found = ask.Answer(("subject", "predicate", "object"), tuple(many), "graph")
    assert make_picture(found, QueryParams("show=graph"), "zh", {}).why == "too-many"
    fewer = ask.Answer(("subject", "predicate", "object"), tuple(many[1:]), "graph")
    drawn = make_picture(fewer, QueryParams("show=graph"), "zh", {}).graph
    assert drawn is not None
    assert len(drawn.boxes) == MOST


def test_what_no_picture_fits_is_said(client: httpx.Client) -> None:
    words = "SELECT ?a ?b WHERE { ?a zr:leadUnit ?b }"
    assert "这个结果是表" in client.get("/sparql", params={"q": words, "run": "1", "show": "graph"}).text
    assert "画图需要一列数字" in client.get("/sparql", params={"q": words, "run": "1", "show": "bar"}).text
    assert "<svg" not in client.get("/sparql", params={"q": words, "run": "1", "show": "bar"}).text


def test_a_chart_on_the_page_has_the_numbers_of_the_table(client: httpx.Client) -> None:
    page = client.get("/sparql", params={"q": COUNTS, "run": "1", "show": "bar"}).text
    rows = ask.ask(toy_store(), COUNTS).rows
    bars = re.findall(r"<g><title>([^<]*)：(\d+)</title>", page)
    assert {(name, int(number)) for name, number in bars} >= {(str(name), number) for name, number in rows}
    assert "x=tasks" not in page
    chosen = client.get(
        "/sparql", params={"name": "department-load", "show": "line", "x": "label", "y": "led", "lang": "en"}
    ).text
    assert '<option value="led" selected>Leads</option>' in chosen
    assert "<polyline" in chosen
    assert 'name="name" value="department-load"' in chosen  # the form keeps the question


def test_a_graph_on_the_page_leads_to_its_things(client: httpx.Client) -> None:
    page = client.get("/sparql", params={"q": DUTIES, "run": "1", "show": "graph"}).text
    leaders = {str(row[0]) for row in ask.ask(toy_store(), "SELECT DISTINCT ?u WHERE { ?t zr:leadUnit ?u }").rows}
    assert page.count('<g class="box body"') == len(leaders) + len(ATTACKS)
    assert "石家庄市生态环境局" in page
    assert re.search(r'<a href="/d[^"]*ecology-environment"><g class="box body"', page)
    part = client.get("/sparql/picture", params={"q": DUTIES, "show": "graph"}).text
    assert part.lstrip().startswith("<div")
    assert "<html" not in part
    assert part.count('<g class="box') == page.count('<g class="box')


def test_a_picture_that_cannot_be_made_says_why(client: httpx.Client) -> None:
    part = client.get("/sparql/picture", params={"q": "SELECT ?s WHERE {\n ?s ?p }", "show": "bar"}).text
    assert "第 2 行第" in part
    assert "syntax error in line 2" in part


def test_hostile_words_stay_words_in_pictures(client: httpx.Client) -> None:
    text = "CONSTRUCT { ?t zr:leadUnit ?u . ?u skos:prefLabel ?n } WHERE { GRAPH ?g { ?t zr:leadUnit ?u . ?u skos:prefLabel ?n } FILTER(CONTAINS(STR(?g), 'hostile')) }"
    part = client.get("/sparql/picture", params={"q": text, "show": "graph"}).text
    assert not re.search(r"<(?:img|script)\b", part)
    assert html.escape(ATTACKS[0], quote=False)[:20] in part.replace("&#34;", '"').replace("&#39;", "'")
    bars = client.get("/sparql/picture", params={"q": COUNTS, "show": "bar"}).text
    assert not re.search(r"<(?:img|script)\b", bars)


# --- errors and the catalogue


@pytest.mark.parametrize("fault", list_faults(), ids=lambda fault: fault["pattern"][:30])
def test_every_fault_is_told_in_chinese(fault: dict[str, str]) -> None:
    told = explain_fault(fault["example"], "zh")
    assert told
    assert not re.search(r"\{\d\}", told)
    first = next(one for one in list_faults() if re.search(one["pattern"], fault["example"]))
    assert first == fault  # none before it takes its message away
    assert explain_fault(fault["example"], "en") == ""


def test_errors_are_told_in_the_language_with_their_place(client: httpx.Client) -> None:
    params = {"q": "SELECT ?s WHERE {\n  ?s ?p }", "run": "1"}
    assert "第 2 行第" in client.get("/sparql", params=params).text
    assert "第 2 行第" not in re.sub(
        r"<script.*?</script>", "", client.get("/sparql", params=params | {"lang": "en"}).text, flags=re.DOTALL
    )


def test_headings_are_in_the_language(client: httpx.Client) -> None:
    def heads(lang: str) -> list[str]:
        page = client.get("/sparql", params={"name": "department-tasks", "unit": ECO, "lang": lang}).text
        return re.findall(r'<th scope="col">([^<]+)</th>', page)

    assert heads("zh")[:2] == ["文件", "顺序"]
    assert heads("en")[:2] == ["Document", "Order"]
    assert not re.search(r"[\u4e00-\u9fff]", "".join(heads("en")))


def test_the_catalogue_is_there_for_programs(client: httpx.Client) -> None:
    found = client.get("/api/queries").json()["queries"]
    assert [one["name"] for one in found] == [query.name for query in ask.list_queries()]
    for one in found:
        assert one["title"]["zh"]
        assert one["title"]["en"]
        assert one["question"]["en"] != one["question"]["zh"]
        for param in one["params"]:
            assert param["label"]["zh"] != param["label"]["en"]
            assert not re.search(r"[\u4e00-\u9fff]", param["label"]["en"])
    assert json.dumps(found)


def test_a_thing_leads_to_its_screen(client: httpx.Client) -> None:
    page = client.get("/doc/id/task/sjz-plan/1").text
    assert "打开任务页" in page
    assert 'href="/task/sjz-plan/1"' in page
    assert "打开部门页" in client.get("/doc/id/org/130100/ecology-environment").text
    assert 'href="/compare/function/' in client.get("/doc/id/function/ecology-environment").text
