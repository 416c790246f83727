"""The search box in a real browser: the same answers as in Python, by keyboard alone, the newest question answered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from kg.explorer import Snapshot
from kg.explorer.search import finder_of, path_of
from kg.search import Finder, make_index
from tests.search.test_find import TABLE, read_things
from tests.viz.explored import Open, stop_clock
from viz.pages.links import read_static
from viz.site.names import columns_of


@pytest.fixture(scope="session")
def window() -> dict[str, Any]:
    return {"viewport": {"width": 1024, "height": 800}}


@pytest.fixture(scope="module")
def script(browser: Any) -> Iterator[Any]:
    """A page that holds the finder and nothing else."""
    page = browser.new_page()
    code = read_static("app/finder.js")
    assert code is not None
    page.evaluate(code.decode())
    yield page
    page.close()


def answers(page: Any, finder: Finder, words: list[str]) -> list[Any]:
    page.evaluate("columns => { window.finder = zeren.makeFinder(columns); }", columns_of(finder.index))
    found: list[Any] = page.evaluate("words => words.map((one) => finder.find(one, 30))", words)
    return found


def test_a_browser_finds_the_same_by_the_table_of_rows(script: Any) -> None:
    finder = Finder(make_index(read_things(), TABLE["regions"]))
    rows = [row for row in TABLE["rows"] if not row.get("kinds")]
    for row, hits in zip(rows, answers(script, finder, [row["words"] for row in rows]), strict=True):
        entries = finder.find(row["words"]).entries
        assert [entry.key for entry in entries] == row["found"]
        assert [hit["path"] for hit in hits] == [path_of(entry.kind, entry.key, entry.spot) for entry in entries], row["why"]


def test_a_browser_finds_the_same_in_the_five_documents(script: Any, snapshot: Snapshot) -> None:
    finder = finder_of(snapshot)
    names = finder.index.names[::37]
    words = [
        *names,
        *(name[:2] for name in names),
        *(sound.lower()[:9] for sound in finder.index.sounds[::53]),
        "石家庄 PM2.5",
        "sjzfgw",
        "s",
    ]
    for word, hits in zip(words, answers(script, finder, words), strict=True):
        entries = finder.find(word, limit=30).entries
        mine = [(one.label, one.matched, one.grade, json.loads(json.dumps(one.marks))) for one in entries]
        theirs = [(one["label"], one["matched"] or one["label"], one["grade"], one["marks"]) for one in hits]
        assert theirs == mine, word


def test_the_keyboard_is_enough(visit: Open) -> None:
    one = visit("/")
    page = one.page
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("sjzsfgw")
    page.locator("#hits .hit").first.wait_for()
    box = page.locator("#search")
    assert (box.get_attribute("role"), box.get_attribute("aria-expanded"), box.get_attribute("aria-activedescendant")) == (
        "combobox",
        "true",
        None,
    )
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#hits [aria-selected=true]")
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert "石家庄市发展和改革委员会" in chosen.inner_text()
    assert chosen.locator("mark").inner_text() == "市发改委"
    page.keyboard.press("Escape")
    assert page.locator(".hits").is_hidden()
    assert box.input_value() == "sjzsfgw"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/department/130100/development-reform")
    one.complaints.clear()  # of a page that may not be there yet


def test_enter_without_a_choice_shows_all(visit: Open) -> None:
    page = visit("/?lang=en").page
    page.keyboard.press("/")
    page.keyboard.type("水利")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    assert "lang=en" in page.url
    assert page.locator(".found mark").first.inner_text() == "水利"
    assert page.locator("#q").input_value() == "水利"


def test_an_older_answer_never_takes_the_place_of_a_newer_one(visit: Open) -> None:
    page = visit("/").page
    held: list[Any] = []
    page.route("**/api/search?q=%E6%B0%B4*", lambda route: held.append(route) if not held else route.continue_())
    page.evaluate("AbortController = undefined")  # as if the first question could not be taken back
    box = page.locator("#search")
    box.focus()
    box.fill("水")
    page.wait_for_timeout(300)
    assert len(held) == 1
    box.fill("发改委")
    page.locator("#hits .hit").first.wait_for()
    newer = page.locator("#hits").inner_text()
    held[0].continue_()
    page.wait_for_timeout(300)
    assert page.locator("#hits").inner_text() == newer


def test_a_slow_answer_is_said_and_can_be_given_up(visit: Open) -> None:
    one = visit("/")
    page = one.page
    held: list[Any] = []
    page.route("**/api/search?q=*", lambda route: held.append(route))
    stop_clock(page)
    page.locator("#search").fill("水利")
    page.clock.run_for(1500)
    assert "正在查找" in page.locator(".hits .said").inner_text()
    page.clock.run_for(5000)
    page.get_by_role("button", name="取消").click()
    assert page.locator(".hits").is_hidden()
    for route in held:
        route.abort()
    one.complaints.clear()


def test_a_failed_search_can_be_tried_again(visit: Open) -> None:
    one = visit("/")
    page = one.page
    page.route("**/api/search?q=*", lambda route: route.abort())
    page.locator("#search").fill("水利")
    again = page.locator(".hits").get_by_role("button", name="重试")
    again.wait_for()
    page.unroute("**/api/search?q=*")
    again.click()
    page.locator("#hits .hit").first.wait_for()
    one.complaints.clear()


def test_the_list_is_of_hits_only(visit: Open) -> None:
    page = visit("/").page
    page.keyboard.press("/")
    page.keyboard.type("/生态<b>")
    page.locator(".hits .said").wait_for()
    assert page.locator(".hits .said").inner_text().startswith("没有找到")
    page.locator("#search").fill("")
    page.wait_for_timeout(200)
    assert page.locator(".hits").is_hidden()
