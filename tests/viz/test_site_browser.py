"""The folder of pages in a real browser, from the disk: search, states, links; nothing asked of anybody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.explorer import Snapshot
from tests.viz.explored import Open
from viz.site import write_site


@pytest.fixture(scope="module")
def site(snapshot: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> str:
    made = write_site(snapshot, tmp_path_factory.mktemp("stick") / "U盘 100%", most=260)
    return made.folder.as_uri() + "/"


@pytest.fixture(scope="session")
def window() -> dict[str, Any]:
    return {"viewport": {"width": 1024, "height": 800}, "offline": True}


@pytest.mark.parametrize("start", ["index.html", "department/130100/water-resources.html"])
def test_a_search_by_keyboard_opens_a_page(visit: Open, start: str) -> None:
    page = visit(start).page
    page.keyboard.press("/")
    page.keyboard.type("sjzsfgw")
    page.locator("#hits .hit").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/department/130100/development-reform.html")
    assert "石家庄市发展和改革委员会" in page.locator("h1").inner_text()


def test_the_page_of_the_search(visit: Open) -> None:
    page = visit("en/index.html").page
    page.locator("#search").fill("生态")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search.html?*")
    page.locator(".found li").first.wait_for()
    assert page.locator(".found mark").first.inner_text() == "生态"
    assert page.locator("#q").input_value() == "生态"
    page.locator(".kindlist a", has_text="Tasks").click()
    page.locator(".kindlist [aria-current]", has_text="Tasks").wait_for()
    assert page.locator("#found h2").count() == 1
    page.locator(".found a").first.click()
    page.wait_for_url("**/en/document/*")


def test_a_link_to_other_data_says_so(visit: Open) -> None:
    assert "另一次构建" in visit("index.html?snap=000000000000").page.locator("#states").inner_text()
    one = visit("index.html")
    assert one.page.locator("#states .state").count() == 0
    mine = one.page.evaluate("zeren.permalink()").removeprefix(one.site)
    assert visit(mine).page.locator("#states .state").count() == 0


def test_what_needs_a_server_says_so(visit: Open) -> None:
    page = visit("index.html").page
    page.locator("header nav a", has_text="SPARQL").click()
    page.wait_for_url("**/server.html?*")
    assert "需要本机服务" in page.locator("h1").inner_text()
    assert "/sparql" in page.locator("#asked").inner_text()


def test_the_graph_is_there_and_leads_back(visit: Open) -> None:
    page = visit("department/130100/development-reform.html").page
    page.locator("header nav a", has_text="图谱").click()
    page.wait_for_url("**/graph.html*")
    assert len(page.evaluate("() => atlas.scene().items")) > 20
    page.locator("header a.button").click()
    page.wait_for_url("**/index.html")


def test_without_scripts_pages_are_read_and_linked(visit: Open) -> None:
    page = visit("department/130100/development-reform.html", java_script_enabled=False).page
    assert page.locator("h1").inner_text().strip()
    page.locator("header nav a").first.click()
    page.wait_for_url("**/index.html")


def test_every_kind_of_page_opens_quietly(visit: Open, site: str) -> None:
    root = Path(sync_path(site))
    samples = {path.parent: path for path in sorted(root.rglob("*.html"))}
    for path in samples.values():
        one = visit(path.relative_to(root).as_posix().replace("%", "%25"))
        assert one.page.locator("h1").count() == 1
        assert one.sideways() <= 0


def sync_path(uri: str) -> str:
    from urllib.parse import unquote, urlsplit

    return unquote(urlsplit(uri).path)
