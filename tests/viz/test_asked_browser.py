"""Charts, graphs and saved queries on the page for questions, in a real browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from kg import ask
from tests.toy_graph import toy_store
from tests.viz.asked import with_editor
from tests.viz.explored import AXE, Open
from tests.viz.test_pages_browser import site, tab, window

__all__ = ["site", "tab", "window"]  # fixtures

COUNTS = "SELECT ?name (COUNT(DISTINCT ?task) AS ?tasks) WHERE { ?task zr:unit ?u . ?u skos:prefLabel ?name } GROUP BY ?name ORDER BY ?name"
DUTIES = "CONSTRUCT { ?t zr:leadUnit ?u . ?u skos:prefLabel ?n } WHERE { ?t zr:leadUnit ?u . ?u skos:prefLabel ?n }"
BROKEN = "SELECT ?s WHERE {\n  ?s ?p }"


def own(query: str, **more: str) -> str:
    return "/sparql?q=" + quote(query) + "".join(f"&{name}={value}" for name, value in more.items())


@with_editor
def test_a_chart_of_ones_own_query_and_its_address(visit: Open) -> None:
    tab = visit(own(COUNTS))
    tab.rows()
    tab.page.locator("#pictures .shows a", has_text="柱状图").click()
    tab.page.locator("#pictures svg .bar").first.wait_for()
    bars = tab.page.locator("#pictures svg .bar").count()
    assert bars >= len(ask.ask(toy_store(), COUNTS))
    assert parse_qs(urlsplit(tab.page.url).query)["show"] == ["bar"]
    assert tab.page.locator("#pictures .shows [aria-current]").inner_text() == "柱状图"
    again = visit(tab.page.url)
    again.page.locator("#pictures svg .bar").first.wait_for()
    assert again.page.locator("#pictures svg .bar").count() == bars
    tab.page.locator("#pictures .shows a", has_text="折线图").click()
    tab.page.locator("#pictures svg .line").wait_for()
    tab.write(DUTIES)  # another question has no such columns
    tab.page.keyboard.press("Control+Enter")
    tab.page.locator("#pictures .shows a", has_text="关系图").wait_for()
    assert "show" not in parse_qs(urlsplit(tab.page.url).query)


@with_editor
def test_a_constructed_graph_is_drawn_and_leads_on(visit: Open) -> None:
    tab = visit(own(DUTIES, show="graph"))
    box = tab.page.locator("#pictures svg .box.body", has_text="石家庄市生态环境局").first
    box.wait_for()
    assert tab.page.locator("#pictures .legend").inner_text().split()[0] == "牵头单位"
    box.click()
    tab.page.wait_for_url("**ecology-environment**")


def test_a_named_question_as_a_chart_without_a_script(visit: Open) -> None:
    tab = visit("/sparql?name=department-load", java_script_enabled=False)
    tab.page.locator(".shows a", has_text="柱状图").click()
    assert tab.page.locator("svg .bar").count() > 3
    tab.page.locator("#pictured select[name=y]").select_option("led")
    tab.page.locator("#pictured button").click()
    assert parse_qs(urlsplit(tab.page.url).query)["y"] == ["led"]
    assert tab.page.locator("#pictured select[name=y]").input_value() == "led"


@with_editor
def test_own_queries_are_kept_opened_carried_out_and_deleted(visit: Open, tmp_path: Path) -> None:
    tab = visit("/sparql")
    for name, query in (("单位任务数", COUNTS), ("<img src=x onerror=window.__x=1>", DUTIES)):
        tab.write(query)
        tab.page.keyboard.press("Escape")
        tab.page.locator("#mine-name").fill(name)
        tab.page.locator("#mine-save").click()
    assert tab.page.locator("#mine-list li b").all_inner_texts() == ["<img src=x onerror=window.__x=1>", "单位任务数"]
    assert tab.page.evaluate("window.__x") is None
    tab.open("/sparql?name=department-load")  # kept on every page of questions
    tab.page.locator("#mine-list a", has_text="单位任务数").click()
    assert tab.rows()
    assert tab.text() == COUNTS
    with tab.page.expect_download() as carried:
        tab.page.locator("#mine-export").click()
    carried.value.save_as(tmp_path / "mine.json")
    assert [one["text"] for one in json.loads((tmp_path / "mine.json").read_text("utf-8"))] == [DUTIES, COUNTS]
    tab.page.get_by_label("删除：单位任务数").click()
    assert tab.page.locator("#mine-list b").count() == 1
    tab.page.get_by_role("button", name="撤销删除：单位任务数").click()
    assert tab.page.locator("#mine-list b").count() == 2
    for _ in range(2):
        tab.page.locator("#mine-list .delete").first.click()
    tab.page.reload()
    assert tab.page.locator("#mine-list b").count() == 0
    tab.page.locator("#mine-file").set_input_files(tmp_path / "mine.json")
    tab.page.locator("#mine-list b").first.wait_for()
    assert tab.page.locator("#mine-list b").count() == 2
    (tmp_path / "wrong.json").write_text('{"a": 1}', encoding="utf-8")
    tab.page.locator("#mine-file").set_input_files(tmp_path / "wrong.json")
    tab.page.get_by_text("这个文件里没有查询").wait_for()
    tab.page.locator("#mine-list a").first.click()
    tab.page.locator("#recent-list a").first.wait_for()


@with_editor
def test_an_error_is_told_in_the_language_and_shown_in_the_editor(visit: Open) -> None:
    tab = visit(own(BROKEN), expect="400 (Bad Request)")
    tab.page.get_by_role("alert").wait_for()
    assert "第 2 行第" in tab.page.get_by_role("alert").inner_text()
    assert tab.page.locator("#editor .wrong-line").count() == 1
    english = visit(own(BROKEN, lang="en"), expect="400 (Bad Request)")
    english.page.get_by_role("alert").wait_for()
    assert "第 2 行" not in english.page.get_by_role("alert").inner_text()
    tab.write(COUNTS)
    tab.page.locator("#run").click()
    assert tab.rows()
    assert tab.page.locator("#editor .wrong-line").count() == 0


@with_editor
def test_a_query_can_be_stopped(visit: Open) -> None:
    tab = visit("/sparql")
    held: list[Any] = []
    tab.page.route("**/sparql", lambda route: held.append(route))  # no answer comes
    tab.write(COUNTS)
    tab.page.keyboard.press("Control+Enter")
    tab.page.locator("#stop").click()
    tab.page.get_by_text("查询已停止").wait_for()
    assert tab.page.locator("#stop").is_hidden()
    assert held


PAGES = {
    "chart": "/sparql?name=department-load&show=bar",
    "line": "/sparql?name=department-load&show=line&lang=en",
    "graph": own(DUTIES, show="graph", run="1"),
}


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_in_pictures(visit: Open, name: str) -> None:
    if not AXE.exists():
        pytest.skip("axe was not fetched: python viz/web/bundle.py --tests")
    tab = visit(PAGES[name])
    tab.page.locator("#picture svg").first.wait_for()
    assert tab.violations() == []
    for width in (700, 400):
        tab.page.set_viewport_size({"width": width, "height": 800})
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
