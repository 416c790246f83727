"""The screen of co-responsibility in a browser: from a number to its tasks, by mouse, by arrow keys and without a script."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from kg.explorer import Snapshot
from tests.viz.explored import AXE, Open
from tests.viz.filed import write_page


def test_a_number_leads_to_as_many_tasks(visit: Open) -> None:
    page = visit("/sharing").page
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


def test_arrow_keys_go_through_the_matrix(visit: Open) -> None:
    page = visit("/sharing").page
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


def test_fewer_pairs_with_a_higher_threshold(visit: Open) -> None:
    page = visit("/sharing?view=network").page
    before = page.locator("svg.network path").count()
    assert 0 < before <= 60
    page.locator("input[name=min]").fill("8")
    page.keyboard.press("Enter")
    page.wait_for_url("**min=8**")
    drawn = page.locator("svg.network path").count()
    assert 0 < drawn < before
    assert page.locator("#view-network tbody tr").count() == drawn
    assert (
        visit("/sharing?view=network&min=1").page.locator("#view-network .cut").count() == 1
    )  # more than can be drawn, and it is said
    assert visit("/sharing?view=network&min=999").page.locator(".empty a").inner_text() == "自动选择"


def test_without_a_script(visit: Open) -> None:
    page = visit("/sharing", java_script_enabled=False).page
    page.locator("select[name=region]").select_option("130200")
    page.get_by_role("button", name="应用").click()
    assert parse_qs(urlsplit(page.url).query)["region"] == ["130200"]
    assert "唐山市" in page.locator(".summary").inner_text()


@pytest.mark.parametrize(
    "path",
    [
        "/sharing?view=network",
        "/sharing?view=groups&lang=en",
        "/sharing?view=body",
        "/sharing?pair=130100/ecology-environment,130100/development-reform",
    ],
)
def test_every_view_is_in_order(visit: Open, path: str) -> None:
    one = visit(path, viewport={"width": 1024, "height": 800})
    assert one.sideways() <= 0
    if AXE.exists():
        assert one.violations() == []


def test_a_page_on_a_disk_brings_the_tasks_along(visit: Open, snapshot: Snapshot, tmp_path: Path) -> None:
    address = write_page(snapshot, "sharing", "", tmp_path)
    other = write_page(snapshot, "sharing", "130200", tmp_path)
    page = visit(address, tmp_path.as_uri()).page
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
