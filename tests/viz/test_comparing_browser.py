"""Plans and cities side by side in a real browser: choose, filter, share the address; on a server and from a disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg import store
from kg.endpoint import Settings, running
from kg.explorer import Snapshot
from kg.explorer.compare import successions
from tests.viz.explored import AXE, Visit
from viz.pages import make_routes, sparql_page
from viz.site.work import Writer

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright, which drives the browser, is not installed")
CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
STATIC = Path(__file__).parents[2] / "viz" / "static"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture(scope="module")
def snapshot(built: Path) -> Iterator[Snapshot]:
    found = Snapshot(store.current(built))
    yield found
    found.close()


@pytest.fixture(scope="module")
def site(built: Path) -> Iterator[str]:
    with running(Settings(built, port=0, workers=2), routes=make_routes(), page=sparql_page) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


def test_a_pair_is_chosen_filtered_and_shared(browser: Any, site: str) -> None:
    one = Visit(browser.new_page(), site)
    one.open("/compare")
    one.page.locator("#pairs-rows a.button").first.click()
    assert one.page.locator("#rows-tasks tbody tr").count() == 33
    one.page.locator(".fact.fate-dropped a").click()
    one.page.wait_for_url("**kind=dropped**")
    assert one.page.locator("#rows-tasks tbody tr").count() == 4
    one.page.locator("select[name=kind]").select_option("changed-bodies")
    one.page.wait_for_url("**kind=changed-bodies**")
    rows = one.page.locator("#rows-tasks tbody tr").all_inner_texts()
    again = Visit(browser.new_page(), site)
    again.open(one.page.url.removeprefix(site))
    assert again.page.locator("#rows-tasks tbody tr").all_inner_texts() == rows
    one.page.locator(".aspects a", has_text="目标变化").click()
    assert one.page.locator("#rows-targets tbody tr").count() == 72
    one.page.go_back()
    assert one.page.locator("#rows-tasks tbody tr").all_inner_texts() == rows
    one.page.locator("#rows-tasks a", has_text="在原文中查看").first.click()
    one.page.wait_for_url("**/document/**at=**")
    assert (one.strayed, one.complaints) == ([], [])


@pytest.mark.parametrize("view", ["", "&view=targets", "&view=bodies&lang=en"])
def test_every_aspect_is_for_everybody(browser: Any, site: str, snapshot: Snapshot, view: str) -> None:
    ((before, after),) = successions(snapshot)
    one = Visit(browser.new_page(viewport={"width": 1024, "height": 800}), site)
    for path in (
        f"/compare?before={before.key}&after={after.key}{view}",
        "/compare?by=city",
        "/compare?function=ecology-environment",
    ):
        one.open(path)
        assert one.sideways() <= 0
        if AXE.exists():
            assert one.violations() == []
    assert one.complaints == []


def test_a_pair_on_a_disk_is_whole_and_filters_itself(browser: Any, snapshot: Snapshot, tmp_path: Path) -> None:
    ((before, after),) = successions(snapshot)
    path = f"/compare/pair/{before.key}..{after.key}"
    writer = Writer(snapshot, tmp_path, ("zh",), ["/compare", path])
    writer.render(path, "compare", "compare", data=gathered(snapshot, path))
    shutil.copytree(STATIC / "app", tmp_path / "assets" / "app")
    shutil.copy(STATIC / "icon.svg", tmp_path / "assets")
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    (file,) = (tmp_path / "compare" / "pair").glob("*.html")
    page.goto(file.as_uri())
    assert [page.locator(f"#rows-{name} tbody tr").count() for name in ("tasks", "targets", "bodies")] == [33, 72, 31]
    page.locator("#tasks select[name=kind]").select_option("dropped")
    page.locator("#tasks form button", has_text="应用").click()
    assert page.locator("#rows-tasks tbody tr:visible").count() == 4
    page.locator(".fact.fate-new a").click()
    assert page.locator("#rows-tasks tbody tr:visible").count() == 4
    assert page.locator("#rows-tasks tbody tr:visible .tag").first.inner_text() == "新增"
    assert complaints == []


def gathered(snapshot: Snapshot, path: str) -> object:
    from kg.explorer import Params
    from kg.explorer.compare import gather_compare

    return gather_compare(snapshot, Params(path.removeprefix("/compare/")))
