"""The screen of co-responsibility in a browser: from a number to its tasks, by mouse, by arrow keys and without a script."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from kg import store
from kg.endpoint import Settings, running
from kg.explorer import Snapshot
from tests.viz.filed import write_page
from viz.pages import make_routes, sparql_page

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright, which drives the browser, is not installed")
CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture(scope="module")
def site(built: Path) -> Iterator[str]:
    with running(Settings(built, port=0, workers=1), routes=make_routes(), page=sparql_page) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened, said = context.new_page(), []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    assert said == []
    context.close()


def test_a_number_leads_to_as_many_tasks(page: Any, site: str) -> None:
    page.goto(f"{site}/sharing")
    for number in (0, 7, 40):
        cell = page.locator("table.pairs td a").nth(number)
        shared, said = int(cell.inner_text()), cell.get_attribute("title")
        cell.click()
        page.locator("#pair").wait_for()
        assert page.locator("#pair ol > li").count() == shared
        names = page.locator("#pair h2 a").all_inner_texts()
        assert all(part.strip() in "".join(names) for part in said.split("：")[0].split(" 与 "))
        assert page.locator("#pair blockquote").count() == shared
        page.locator("#pair .actions a").click()
        assert page.locator("#pair").count() == 0


def test_arrow_keys_go_through_the_matrix(page: Any, site: str) -> None:
    page.goto(f"{site}/sharing")
    assert page.locator("table.pairs td a[tabindex='0']").count() == 1
    page.locator("table.pairs td a[tabindex='0']").focus()
    place = "[document.activeElement.parentNode.parentNode.rowIndex, document.activeElement.parentNode.cellIndex]"
    assert page.evaluate(place) == [1, 2]  # beside the diagonal
    page.keyboard.press("ArrowRight")
    assert page.evaluate(place) == [1, 3]
    page.keyboard.press("ArrowDown")
    assert page.evaluate(place) == [2, 3]
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(place) == [2, 1]  # over the diagonal, which is no pair
    page.keyboard.press("Enter")
    page.locator("#pair").wait_for()
    assert len(parse_qs(urlsplit(page.url).query)["pair"][0].split(",")) == 2


def test_fewer_pairs_with_a_higher_threshold(page: Any, site: str) -> None:
    page.goto(f"{site}/sharing?view=network")
    before = page.locator("svg.network path").count()
    assert 0 < before <= 60
    page.locator("input[name=min]").fill("8")
    page.keyboard.press("Enter")
    page.wait_for_url("**min=8**")
    drawn = page.locator("svg.network path").count()
    assert 0 < drawn < before
    assert page.locator("#view-network tbody tr").count() == drawn
    page.goto(f"{site}/sharing?view=network&min=1")
    assert page.locator("#view-network .cut").count() == 1  # more than can be drawn, and it is said
    page.goto(f"{site}/sharing?view=network&min=999")
    assert page.locator(".empty a").inner_text() == "自动选择"


def test_without_a_script(browser: Any, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/sharing")
    page.locator("select[name=region]").select_option("130200")
    page.get_by_role("button", name="应用").click()
    assert parse_qs(urlsplit(page.url).query)["region"] == ["130200"]
    assert "唐山市" in page.locator(".summary").inner_text()
    context.close()


@pytest.mark.parametrize(
    "path",
    [
        "/sharing?view=network",
        "/sharing?view=groups&lang=en",
        "/sharing?view=body",
        "/sharing?pair=130100/ecology-environment,130100/development-reform",
    ],
)
def test_every_view_is_in_order(page: Any, site: str, path: str) -> None:
    page.set_viewport_size({"width": 1024, "height": 800})
    assert page.goto(site + path).status == 200
    assert page.evaluate("document.documentElement.scrollWidth") <= 1024
    if AXE.exists():
        page.evaluate(AXE.read_text("utf-8"))
        found = page.evaluate("() => axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] })")
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []


def test_a_page_on_a_disk_brings_the_tasks_along(browser: Any, built: Path, tmp_path: Path) -> None:
    snapshot = Snapshot(store.current(built))
    address = write_page(snapshot, "sharing", "", tmp_path)
    other = write_page(snapshot, "sharing", "130200", tmp_path)
    snapshot.close()
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.locator("nav.places a", has_text="唐山市").click()
    assert page.url == other
    assert "唐山市" in page.locator(".summary").inner_text()
    page.goto(address)
    for number in (0, 30):
        cell = page.locator("table.pairs td a").nth(number)
        shared = int(cell.inner_text())
        cell.click()
        assert page.locator("#pair li").count() == shared
        assert page.locator("#pair li a").first.get_attribute("href").startswith("task/")
    page.goto(f"{address}?view=groups")
    assert page.locator("section[id^=view-]:visible").evaluate_all("all => all.map(one => one.id)") == ["view-groups"]
    page.goto(f"{address}?pair=130100/development-reform,130100/ecology-environment")
    assert page.locator("#pair li").count() == 20
    context.close()
