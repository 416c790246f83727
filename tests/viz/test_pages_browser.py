"""The pages as a reader has them: a served graph in a real browser that may speak to this server only."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from kg import ask
from tests.toy_graph import ECO, toy_store
from tests.viz.asked import Tab, with_editor
from tests.viz.explored import AXE, Open
from tests.viz.served import ATTACKS, body
from viz.pages.render import has_editor

LABELS = "SELECT ?label WHERE { ?t a zr:Task ; rdfs:label ?label } ORDER BY ?label"
BROKEN = "SELECT ?s WHERE {\n  ?s ?p }"
NAMED = "/sparql?name=department-tasks&unit=石家庄市生态环境局"


@pytest.fixture(scope="session")
def site(attacked: str) -> str:
    return attacked


@pytest.fixture(scope="session")
def tab() -> type[Tab]:
    return Tab


@pytest.fixture(scope="session")
def window() -> dict[str, Any]:
    return {"viewport": {"width": 1400, "height": 900}}


@with_editor
def test_a_query_is_written_run_and_shown(visit: Open) -> None:
    tab = visit("/sparql")
    assert "SELECT ?name" in tab.text()
    tab.write(LABELS)
    tab.page.keyboard.press("Control+Enter")
    expected = [str(row[0]) for row in ask.ask(toy_store(), LABELS)]
    found = [row[0] for row in tab.rows()]
    assert set(expected) <= set(found)
    assert f"{len(found)} 行" in tab.page.locator(".yasr_response_chip").inner_text()
    assert tab.page.get_by_text("简洁").is_visible()


@with_editor
def test_the_address_brings_back_the_question_and_its_answer(visit: Open) -> None:
    tab = visit("/sparql?lang=en")
    tab.write(LABELS)
    tab.page.locator("#run").click()
    rows = tab.rows()
    assert parse_qs(urlsplit(tab.page.url).query) == {"q": [LABELS], "lang": ["en"]}
    again = visit(tab.page.url)
    assert again.rows() == rows
    assert again.text() == LABELS
    long = LABELS + "\n#" + "长" * 13_000  # more than an address should hold: it stays behind the hash
    tab.write(long)
    tab.page.locator("#run").click()
    tab.page.wait_for_url("**#q=*")
    again = visit(tab.page.url)
    assert again.rows() == rows
    assert again.text() == long
    again.page.go_back()


@with_editor
def test_errors_stand_where_the_answer_would(visit: Open) -> None:
    tab = visit(f"/sparql?q={quote(BROKEN)}", expect="400 (Bad Request)")
    tab.page.get_by_role("alert").wait_for()
    assert "line 2, column" in tab.page.get_by_role("alert").inner_text()
    tab.write(LABELS)
    tab.page.locator("#run").click()
    assert tab.rows()
    assert tab.page.get_by_role("alert").count() == 0


def test_a_named_query_from_the_list_with_a_name_looked_up(visit: Open) -> None:
    tab = visit("/sparql")
    tab.page.locator("#filter").fill("部门 任务清单")
    links = tab.page.locator(".catalogue li a:visible")
    assert links.locator("b").all_inner_texts() == ["部门任务清单"]
    links.first.click()
    field = tab.page.get_by_label("部门", exact=True)
    field.press_sequentially("生态环境局")
    tab.page.wait_for_selector('datalist option[value="石家庄市生态环境局"]', state="attached")
    field.fill("石家庄市生态环境局")
    field.press("Enter")
    expected = ask.ask(toy_store(), "department-tasks", {"unit": ECO})
    assert len(tab.rows("#table table")) == len(expected)
    assert tab.page.locator("#table th").first.inner_text() == "文件"
    tab.page.locator("#table td a").first.click()  # leads to the task's page on this server
    assert tab.page.locator("h1").inner_text() in {str(record["title"]) for record in expected.records()}


@with_editor
def test_what_a_named_query_asks_can_be_changed(visit: Open) -> None:
    tab = visit(NAMED)
    tab.page.locator("#text summary").click()
    assert ECO in tab.text()
    tab.page.locator("#run").click()
    assert "name" not in parse_qs(urlsplit(tab.page.url).query)
    assert len(tab.rows()) == len(ask.ask(toy_store(), "department-tasks", {"unit": ECO}))


def test_without_javascript(visit: Open) -> None:
    tab = visit("/sparql", java_script_enabled=False)
    tab.page.locator("textarea").fill(LABELS)
    tab.page.get_by_role("button", name="运行").click()
    assert set(map(str, (row[0] for row in ask.ask(toy_store(), LABELS)))) <= {row[0] for row in tab.rows("#table table")}
    tab.page.locator("textarea").fill(BROKEN)
    tab.page.get_by_role("button", name="运行").click()
    assert "line 2, column" in tab.page.get_by_role("alert").inner_text()
    tab.open("/sparql?name=department-tasks")
    tab.page.get_by_label("部门", exact=True).fill("石家庄市生态环境局")
    tab.page.get_by_role("button", name="查询").click()
    assert len(tab.rows("#table table")) == len(ask.ask(toy_store(), "department-tasks", {"unit": ECO}))


def test_hostile_words_are_shown_as_they_are(visit: Open) -> None:
    tab = visit("/sparql")
    for number, text in enumerate(ATTACKS, 1):
        tab.open(f"/doc/id/task/hostile/{number}")
        assert " ".join(tab.page.locator("h1").inner_text().split()) == " ".join(text.split())
        assert tab.page.evaluate("window.__x") is None
    tab.open(f"/sparql?name=department-tasks&unit={quote(body(1).value)}")
    assert ATTACKS[0] in tab.rows("#table table")[0]
    assert tab.page.evaluate("window.__x") is None


@with_editor
def test_hostile_words_stay_words_in_the_table_of_others(visit: Open) -> None:
    query = "SELECT ?label WHERE { GRAPH ?g { ?t a zr:Task ; rdfs:label ?label } FILTER(CONTAINS(STR(?g), 'hostile')) }"
    tab = visit(f"/sparql?q={quote(query)}")
    assert set(ATTACKS[:4]) <= {row[0] for row in tab.rows()}
    tab.page.get_by_label("筛选结果").press_sequentially("onerror")
    tab.page.wait_for_timeout(200)
    assert [row[0] for row in tab.rows()] == [ATTACKS[0]]
    tab.page.locator("#results thead th").first.click()
    assert tab.page.evaluate("window.__x") is None


@with_editor
def test_the_keyboard_is_enough(visit: Open) -> None:
    tab = visit("/sparql")
    press = tab.page.keyboard.press
    press("Tab")
    assert tab.page.evaluate("document.activeElement.className") == "skip"
    press("Enter")
    for _ in range(60):  # past the list, into the editor
        press("Tab")
        if tab.page.evaluate("Boolean(document.activeElement.closest('.CodeMirror'))"):
            break
    press("Control+A")
    tab.page.keyboard.insert_text(LABELS)
    press("Escape")
    assert tab.page.evaluate("document.activeElement.id") == "run"
    press("Enter")
    assert tab.rows()


PAGES = {
    "own": f"/sparql?q={quote(LABELS)}",
    "named": NAMED,
    "english": f"{NAMED}&lang=en",
    "missing": "/doc/id/org/130100/ecology",
    "task": "/doc/id/task/sjz-plan/1",
    "body": "/doc/id/org/130100/ecology-environment?lang=en",
    "terms": "/ns",
}


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(visit: Open, name: str) -> None:
    if not AXE.exists():
        pytest.skip("axe was not fetched: python viz/web/bundle.py --tests")
    tab = visit(PAGES[name], expect="404 (Not Found)")
    if name == "own" and has_editor():
        tab.rows()
    assert tab.violations() == []


@pytest.mark.parametrize("name", PAGES)
def test_narrow_windows_need_no_scrolling_sideways(visit: Open, name: str) -> None:
    tab = visit(PAGES[name], expect="404 (Not Found)")
    if name == "own" and has_editor():
        tab.rows()
    for width in (700, 400):  # 700: a screen of 1400 at 200 %
        tab.page.set_viewport_size({"width": width, "height": 800})
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
