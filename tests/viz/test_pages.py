"""What the pages answer to a request, without a browser: negotiation, addresses, forms, errors."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest
from rdflib import Graph, URIRef

from kg import ask
from kg.endpoint import Settings, running
from tests.toy_graph import ECO, ID, toy_store
from tests.viz.served import ATTACKS, body, write_graph
from viz.pages import make_routes, sparql_page
from viz.pages.sparql import RESERVED

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
RDF = [
    ("text/turtle", "turtle"),
    ("application/ld+json", "json-ld"),
    ("application/n-triples", "nt"),
    ("application/rdf+xml", "xml"),
]
TASK = "/doc/id/task/sjz-plan/1"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    settings = Settings(write_graph(tmp_path_factory.mktemp("served") / "out"), port=0)
    with (
        running(settings, routes=make_routes(), page=sparql_page) as url,
        httpx.Client(base_url=url, trust_env=False, headers={"Accept": BROWSER}, timeout=30) as client,
    ):
        yield client


def cells(page: str) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    return [
        [html.unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)]
        for row in rows[1:]
    ]


def shown(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


# --- the page for questions


def test_a_browser_gets_the_page_and_a_program_the_description(client: httpx.Client) -> None:
    page = client.get("/sparql")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "Accept" in page.headers["vary"]
    assert client.get("/sparql", headers={"Accept": "*/*"}).headers["content-type"].startswith("text/turtle")
    rows = client.get("/sparql", params={"query": "ASK { ?s a zr:Task }"}, headers={"Accept": "*/*"})
    assert rows.json() == {"head": {}, "boolean": True}


def test_every_named_query_is_listed_with_its_question_in_both_languages(client: httpx.Client) -> None:
    chinese, english = client.get("/sparql").text, client.get("/sparql?lang=en").text
    for query in ask.list_queries():
        assert html.escape(query.question) in chinese or query.question in html.unescape(chinese)
        assert query.question_en in html.unescape(english)
        assert f"/sparql?name={query.name}" in chinese
    assert '<html lang="en">' in english


def test_no_parameter_is_called_like_a_part_of_the_address() -> None:
    assert not [param.name for query in ask.list_queries() for param in query.params if param.name in RESERVED]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_parameter_has_a_name_for_people(client: httpx.Client, lang: str) -> None:
    for query in ask.list_queries():
        page = client.get(
            "/sparql", params={"name": query.name, "lang": lang, **{param.name: "?" for param in query.params}}
        ).text
        labels = dict(re.findall(r'<label for="param-(\w+)">([^<]+?) *<', page))
        assert labels.keys() == {param.name for param in query.params}
        assert len(set(labels.values())) == len(labels)
        assert not [name for name, label in labels.items() if label == name]


@pytest.mark.parametrize("value", ["石家庄市生态环境局", ECO, f"<{ECO}>", "id:org/130100/ecology-environment"])
def test_a_named_query_is_answered_on_the_server(client: httpx.Client, value: str) -> None:
    page = client.get("/sparql", params={"name": "department-tasks", "unit": value})
    expected = ask.ask(toy_store(), "department-tasks", {"unit": ECO})
    assert len(cells(page.text)) == len(expected) > 0
    titles = [row[expected.variables.index("title")] for row in expected.rows]
    assert [row[expected.variables.index("title")] for row in cells(page.text)] == titles
    assert "牵头" in page.text
    assert f"BIND(<{ECO}> AS ?unit)" in html.unescape(page.text)  # what was asked can be seen and changed


def test_values_cannot_break_out_of_the_query(client: httpx.Client) -> None:
    attack = '"} UNION { ?s ?p ?o } #'
    page = client.get("/sparql", params={"name": "department-tasks", "unit": attack})
    assert "parameter 'unit': no organization is named" in shown(page.text)
    assert cells(page.text) == []
    assert f'value="{html.escape(attack)}"'.replace("&#x27;", "&#39;") in page.text.replace("&#34;", "&quot;")


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"q": "SELECT ?s WHERE {\n  ?s ?p }", "run": "1"}, "syntax error in line 2, column"),
        ({"q": "DELETE WHERE { ?s ?p ?o }", "run": "1"}, "DELETE is refused"),
        ({"q": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "run": "1"}, "SERVICE is refused"),
        ({"name": "department-task"}, "did you mean department-tasks"),
        ({"name": "department-tasks", "unit": "生态局局"}, "nearest:"),
        ({"q": "# param unit\nSELECT ?s WHERE { ?s a zr:Nothing }", "run": "1"}, "没有结果"),
    ],
)
def test_what_went_wrong_is_said_in_the_page(client: httpx.Client, params: dict[str, str], said: str) -> None:
    assert said in shown(client.get("/sparql", params=params).text)


def test_own_questions_without_a_script(client: httpx.Client) -> None:
    text = "SELECT ?label WHERE { ?t a zr:Task ; rdfs:label ?label } ORDER BY ?label"
    page = client.get("/sparql", params={"q": text, "run": "1"})
    expected = [str(row[0]) for row in ask.ask(toy_store(), text)]
    assert set(expected) <= {row[0] for row in cells(page.text)}
    assert f">{html.escape(text)}</textarea>" in page.text
    graph = client.get("/sparql", params={"q": "CONSTRUCT { ?t a zr:Task } WHERE { ?t zr:number '1' }", "run": "1"})
    assert [row[1] for row in cells(graph.text)] == ["rdf:type"] * 3
    assert re.findall(r'<th scope="col">(.*?)</th>', graph.text) == ["主体", "关系", "客体"]
    yes = client.get("/sparql", params={"q": "ASK { ?t a zr:Task }", "run": "1"})
    assert cells(yes.text) == [["是"]]
    idle = client.get("/sparql", params={"q": text})  # a link opens the question; only the form's button has the server ask
    assert cells(idle.text) == []


def test_the_plain_form_is_there_when_the_editor_is_not(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("viz.pages.sparql.has_editor", lambda: False)
    page = client.get("/sparql").text
    assert "yasgui" not in page
    assert '<textarea name="q"' in page
    assert "普通表单" in page


def test_csv_is_for_excel_and_holds_no_formula(client: httpx.Client) -> None:
    answer = client.get("/sparql/csv", params={"name": "department-tasks", "unit": ECO})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "department-tasks.csv" in answer.headers["content-disposition"]
    assert answer.content.startswith(b"\xef\xbb\xbfdocumentTitle,")
    sly = client.get("/sparql/csv", params={"q": 'SELECT ("=1+1" AS ?x) WHERE {}'})
    assert sly.text.splitlines()[1] == "'=1+1"
    assert client.get("/sparql/csv", params={"q": "SELECT"}).status_code == 400


def test_names_are_suggested_by_a_part(client: httpx.Client) -> None:
    found = client.get("/sparql/names", params={"type": "organization", "q": "生态环境局"}).json()
    assert {"石家庄市生态环境局", "唐山市生态环境局"} <= set(found)
    assert client.get("/sparql/names", params={"type": "task", "q": "改善水"}).json() == ["改善水环境质量"]
    assert client.get("/sparql/names", params={"type": "nothing", "q": "市"}).json() == []
    assert client.get("/sparql/names", params={"type": "organization", "q": '"} #'}).json() == []


# --- things


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (BROWSER, "text/html"),
        ("*/*", "text/html"),
        ("", "text/html"),
        ("text/turtle, text/html;q=0.5", "text/turtle"),
        ("application/json", "application/ld+json"),
        ("application/rdf+xml;q=0.9, text/turtle;q=0.8", "application/rdf+xml"),
        *((media, media) for media, _ in RDF),
    ],
)
def test_a_thing_comes_as_it_is_liked_best(client: httpx.Client, accept: str, media: str) -> None:
    answer = client.get(TASK, headers={"Accept": accept})
    assert answer.status_code == 200
    kind = answer.headers["content-type"].partition(";")[0]
    assert kind == media or (accept == "application/json" and kind == "application/json")
    assert answer.headers["vary"] == "Accept"


def test_its_name_leads_to_what_is_about_it(client: httpx.Client) -> None:
    answer = client.get("/id/task/sjz-plan/1?lang=en")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{TASK}?lang=en")
    assert client.get("/scheme/role/lead").headers["location"] == "/doc/scheme/role/lead"
    assert client.get("/id/task/a%2Fb").headers["location"] == "/doc/id/task/a%2Fb"


@pytest.mark.parametrize(("media", "syntax"), RDF)
def test_rdf_says_what_the_graph_says(client: httpx.Client, media: str, syntax: str) -> None:
    answer = client.get(TASK, headers={"Accept": media})
    found = Graph().parse(data=answer.text, format=syntax)
    it = URIRef(f"{ID}task/sjz-plan/1")
    own = ask.ask(toy_store(), f"SELECT ?p ?o WHERE {{ <{it}> ?p ?o }}")
    assert len(list(found.triples((it, None, None)))) == len(own) > 5
    assert (URIRef(f"{ID}assignment/sjz-plan/1/1"), URIRef("https://w3id.org/zeren/ns#task"), it) in found


def test_links_of_an_english_page_stay_english(client: httpx.Client) -> None:
    for path in ("/ns?lang=en", "/sparql?name=department-load&lang=en", f"{TASK}?lang=en"):
        page = client.get(path).text
        found = [html.unescape(one) for one in re.findall(r'<a [^>]*href="(/(?:doc|ns|task|department)[^"]*)"', page)]
        assert found
        assert [
            one for one in found if "lang=en" not in one and "format=" not in one and one != path.replace("?lang=en", "")
        ] == []


def test_other_forms_are_linked(client: httpx.Client) -> None:
    answer = client.get(TASK)
    for name, media in {"ttl": "text/turtle", "jsonld": "application/ld+json"}.items():
        assert f'<{TASK}?format={name}>; rel="alternate"; type="{media}"' in answer.headers["link"]
        assert client.get(f"{TASK}?format={name}").headers["content-type"].startswith(media)
        assert f'<link rel="alternate" type="{media}"' in answer.text
    assert client.get(f"{TASK}?format=html", headers={"Accept": "text/turtle"}).headers["content-type"].startswith("text/html")
    assert client.get(f"{TASK}?format=exe").status_code == 400
    assert client.get(TASK, headers={"Accept": "image/png"}).status_code == 406


def test_a_task_in_words_with_its_quotation(client: httpx.Client) -> None:
    page = client.get(TASK).text
    assert "<h1>改善大气环境质量</h1>" in page
    assert "<mark>1.改善大气环境质量。</mark>" in page
    for words in ("任务", "牵头单位", "石家庄市生态环境局", "属于", "石家庄市生态环境保护“十四五”规划", "责任分工", "指标", "否"):
        assert words in shown(page)
    assert "zr:" not in shown(page).replace("https://w3id.org/zeren/", "")
    english = shown(client.get(f"{TASK}?lang=en").text)
    assert "lead unit" in english
    assert "In the words of the source" in english


def test_what_leads_to_a_body_is_grouped_and_counted(client: httpx.Client) -> None:
    page = client.get("/doc/id/org/130100/ecology-environment").text
    groups = re.findall(r'<h3[^>]*>(\S+) <span class="count">(\d+)</span> <small>(\S*)</small>', page)
    assert ("任务", "1", "牵头单位") in groups  # sjz-plan 1
    assert ("任务", "2", "负责单位") in groups  # sjz-plan 2, sjz-2023 1
    assert ("任务", "1", "配合单位") in groups  # sjz-2023 2


def test_what_follows_from_others_is_called_by_its_parties(client: httpx.Client) -> None:
    page = client.get("/doc/id/org/130100/ecology-environment").text
    shared = re.search(r'共同责任 <span class="count">\d+</span>.*?</div>', page, re.DOTALL)
    assert shared is not None
    links = re.findall(r'<a href="(/doc/id/shared/[^"]+)">([^<]+)</a>', shared[0])
    assert {"石家庄市水利局", "石家庄市发展和改革委员会"} <= {name for _, name in links}
    address = next(href for href, name in links if name == "石家庄市水利局")
    title = re.search("<h1>(.*?)</h1>", client.get(html.unescape(address)).text)
    assert title is not None
    assert set(title[1].removeprefix("共同责任：").split("、")) == {"石家庄市生态环境局", "石家庄市水利局"}


def test_where_very_much_leads_kinds_are_not_counted(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    one_by_one = client.get("/doc/id/policy/hostile").text
    monkeypatch.setattr("viz.pages.entity._MOST_BY_KIND", 0)
    together = client.get("/doc/id/policy/hostile").text
    assert f'任务 <span class="count">{len(ATTACKS)}</span> <small>属于</small>' in together
    assert re.findall(r'class="count">(\d+)', one_by_one) == re.findall(r'class="count">(\d+)', together)


def test_many_are_cut_and_the_rest_can_be_asked_for(client: httpx.Client) -> None:
    page = client.get("/doc/id/policy/hostile").text
    count, more = len(ATTACKS), len(ATTACKS) - 10
    assert f'<span class="count">{count}</span>' in page
    (address,) = re.findall(rf'<a href="([^"]+)">还有 {more} 项</a>', page)
    rest = client.get(html.unescape(address) + "&run=1")
    assert len(cells(rest.text)) == count


def test_hostile_words_are_words(client: httpx.Client) -> None:
    for number, text in enumerate(ATTACKS, 1):
        for address in (
            f"/doc/id/task/hostile/{number}",
            f"/doc/id/org/130100/h{number}",
            f"/doc/id/policy/hostile?x={quote(text)}",
        ):
            page = client.get(address).text
            assert not re.search(r"<(?:img|svg|script(?! src=./static/))\b", page)
        named = client.get("/sparql", params={"name": "department-tasks", "unit": body(number).value, "lang": text}).text
        assert not re.search(r"<(?:img|svg)\b", named)
        assert named.count("<script") == named.count("</script>")
        assert text in shown(client.get(f"/doc/id/task/hostile/{number}").text) or "\u2028" in text


def test_nothing_here_names_what_is_near(client: httpx.Client) -> None:
    answer = client.get("/doc/id/org/130100/ecology")
    assert answer.status_code == 404
    first = re.search(r"<ul><li><a href=\"([^\"]+)\">([^<]+)</a>", answer.text)
    assert first is not None
    assert first.groups() == ("/doc/id/org/130100/ecology-environment", "石家庄市生态环境局")
    assert "/doc/id/task/sjz-2023/1" in client.get("/doc/id/task/sjz-2023/1x").text
    data = client.get("/doc/id/org/130100/ecology", headers={"Accept": "text/turtle"})
    assert data.status_code == 404
    assert f"<{ECO}>" in data.text
    for path in (
        "/doc/id/nothing/at/all",
        "/doc/id/",
        "/doc/else/where",
        f"/doc/id/{quote('<script>')}",
        "/doc/id/%ff%fe",
        "/doc/id/100%",
    ):
        strange = client.get(path)
        assert strange.status_code == 404
        assert "<script>" not in strange.text


def test_the_vocabulary_has_an_anchor_for_each_term(client: httpx.Client) -> None:
    page = client.get("/ns").text
    assert '<div class="term" id="leadUnit">' in page
    assert "牵头单位" in page
    turtle = client.get("/ns", headers={"Accept": "text/turtle"})
    assert (URIRef("https://w3id.org/zeren/ns#Task"), None, None) in Graph().parse(data=turtle.text, format="turtle")


def test_addresses_have_an_end(client: httpx.Client) -> None:
    for path in ("/matrix", "/api/matrix"):
        assert client.get(f"{path}?document={'x' * 15_000}").status_code != 414
        assert client.get(f"{path}?document={'x' * 17_000}").status_code == 414


def test_files_are_ours_alone(client: httpx.Client) -> None:
    style = client.get("/static/app/base.css")
    assert style.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in client.get("/static/app/base.css?v=1").headers["cache-control"]
    for name in (
        "../pages/sparql.py",
        "vendor/%2e%2e/base.css",
        "vendor/bundle.json",
        "%2e%2e/%2e%2e/pyproject.toml",
        "",
    ):
        assert client.get(f"/static/{name}").status_code == 404


def test_pages_allow_nothing_from_elsewhere(client: httpx.Client) -> None:
    for path in ("/sparql", TASK, "/ns", "/doc/id/org/none"):
        answer = client.get(path)
        assert answer.headers["content-security-policy"].startswith("default-src 'self'")
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', answer.text)
