"""What can become of a page while it is open, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.viz.explored import stop_clock

# asks and does not wait: the answer is at window.answer once window.got is there
ASK = "void (window.got = zeren.load('/api/slow', document.querySelector('main')).then((answer) => { window.answer = answer; }))"


@pytest.fixture
def page(browser: Any, site: str) -> Iterator[Any]:
    found = browser.new_page(viewport={"width": 1024, "height": 800})
    found.goto(site + "/")
    yield found
    found.close()


def test_other_data_are_said_and_can_be_loaded(page: Any) -> None:
    page.evaluate("zeren.look()")
    page.wait_for_timeout(200)
    assert page.locator("#states .state").count() == 0
    page.route("**/api/meta", lambda route: route.fulfill(json={"snapshot": "ffffffffffff", "built": ""}))
    page.evaluate("zeren.look()")
    banner = page.locator("#state-changed")
    banner.wait_for()
    page.evaluate("zeren.look()")
    page.wait_for_timeout(200)
    assert banner.count() == 1
    page.unroute("**/api/meta")
    with page.expect_navigation():
        banner.get_by_role("button", name="重新载入").click()
    assert page.locator("#states .state").count() == 0


def test_a_server_that_goes_is_said_until_it_is_back(page: Any) -> None:
    before = page.locator("main").inner_text()
    page.route("**/api/meta", lambda route: route.abort())
    page.evaluate("zeren.look()")
    banner = page.locator("#state-gone")
    banner.wait_for()
    assert "仍可阅读" in banner.inner_text()
    assert page.locator("main").inner_text() == before
    page.unroute("**/api/meta")
    banner.get_by_role("button", name="重试").click()
    banner.wait_for(state="detached")


@pytest.mark.parametrize(
    ("path", "act"),
    [
        ("/table/tasks", "document.querySelector('#picks input[type=checkbox]').click()"),
        ("/matrix", "document.querySelector('a[data-cell]').click()"),
    ],
)
def test_what_is_asked_of_a_server_that_is_gone_leaves_the_page_to_read(page: Any, site: str, path: str, act: str) -> None:
    page.goto(site + path)
    title = page.title()
    page.route("**/*", lambda route: route.abort())
    page.evaluate(act)
    page.locator("#state-gone").wait_for()
    page.wait_for_timeout(200)
    assert (page.title(), page.locator("main table").count() > 0) == (title, True)
    assert page.locator("[aria-busy=true]").count() == 0


def test_a_page_looks_again_when_somebody_comes_back(page: Any) -> None:
    page.route("**/api/meta", lambda route: route.abort())
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.locator("#state-gone").wait_for()


def test_an_old_link_says_so(page: Any, site: str) -> None:
    page.goto(site + "/?snap=000000000000")
    assert "另一次构建" in page.locator("#states").inner_text()


def test_an_old_browser_is_told_what_it_cannot_do(browser: Any, site: str) -> None:
    page = browser.new_page()
    page.add_init_script("delete Promise.allSettled; delete window.fetch;")
    page.goto(site + "/?lang=en")
    assert "old" in page.locator("#states").inner_text()
    assert page.locator("h1").count() == 1
    page.close()


def test_what_is_fetched_is_waited_for_given_up_and_tried_again(page: Any, site: str) -> None:
    held: list[Any] = []
    page.route("**/api/slow", lambda route: held.append(route))
    stop_clock(page)
    page.evaluate(ASK)
    page.clock.run_for(900)
    assert page.locator(".waiting").count() == 0
    page.clock.run_for(200)
    assert "正在读取" in page.locator(".waiting").inner_text()
    page.clock.run_for(4000)
    page.get_by_role("button", name="取消").click()
    page.evaluate("window.got")
    assert page.evaluate("window.answer") is None
    assert page.locator(".waiting").count() == 0
    page.unroute("**/api/slow")
    page.route("**/api/slow", lambda route: route.fulfill(status=500))
    page.evaluate(ASK)
    again = page.locator(".waiting").get_by_role("button", name="重试")
    again.wait_for()
    page.unroute("**/api/slow")
    page.route("**/api/slow", lambda route: route.fulfill(json={"fine": 1}))
    again.click()
    page.evaluate("window.got")
    assert page.evaluate("window.answer") == {"fine": 1}
