"""Tables by hand: choose, sort, turn the page, take columns, walk through the rows; on a server and from a disk."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pypdfium2
import pytest

from kg.explorer import Params, Snapshot
from kg.explorer.listings import Thing, gather_table
from tests.viz.explored import AXE, Open, Visit
from tests.viz.filed import write_page


def names(one: Visit, column: str = "task") -> list[str]:
    found = one.page.locator(f"#results tbody tr:not([hidden]) td.c-{column} > a").all_inner_texts()
    return [str(name) for name in found]


def titles(snapshot: Snapshot, **query: str) -> list[Any]:
    view = gather_table(snapshot, Params("tasks", {name: (value,) for name, value in query.items()}))
    return [row.cells["task"].value for row in view.rows]


def choose(one: Visit, facet: str, value: str) -> None:
    pick = one.page.locator(f"details[data-pick={facet}]")
    if pick.get_attribute("open") is None:
        pick.locator("summary").click()
    pick.locator(f'input[value="{value}"]').click()


def test_what_is_chosen_shows_at_once_and_stands_in_the_address(visit: Open, snapshot: Snapshot) -> None:
    one = visit("/table/tasks")
    page = one.page
    choose(one, "has_lead", "yes")
    page.wait_for_url("**/table/tasks?has_lead=yes")
    page.locator(".total", has_text="41 / 270").wait_for()
    assert names(one) == titles(snapshot, has_lead="yes")
    assert page.locator("details[data-pick=has_lead]").get_attribute("open") is not None  # one may go on choosing
    page.locator("th.c-task a").click()
    page.locator("th.c-task[aria-sort=ascending]").wait_for()
    assert names(one) == titles(snapshot, has_lead="yes", sort="task")
    page.locator("#asked input[name=q]").fill("治理")
    page.locator(".chips", has_text="治理").wait_for()
    assert names(one) == titles(snapshot, has_lead="yes", sort="task", q="治理")
    linked = page.evaluate("zeren.permalink()").removeprefix(one.site)
    again = visit(linked)
    assert names(again) == names(one)
    assert again.page.locator("#asked input[name=q]").input_value() == "治理"
    page.go_back()
    page.locator(".chips", has_text="治理").wait_for(state="detached")
    page.locator(".chips a", has_text="有").first.click()
    page.locator(".total", has_text="270").wait_for()


def test_pages_and_columns(visit: Open, snapshot: Snapshot) -> None:
    one = visit("/table/tasks")
    page = one.page
    page.locator("a[rel=next]").click()
    page.wait_for_url("**page=2")
    page.locator("a[rel=prev]").wait_for()
    assert names(one) == titles(snapshot, page="2")
    choose(one, "columns", "region")
    page.locator("th.c-region").wait_for()
    assert "columns=" in page.url
    assert "page=" not in page.url
    choose(one, "columns", "region")
    page.locator("th.c-region").wait_for(state="detached")
    assert "columns=" not in page.url  # as usual


def test_the_keyboard_walks_through_rows(visit: Open, snapshot: Snapshot) -> None:
    one = visit("/table/tasks?has_lead=yes")
    page = one.page
    page.locator("#results tbody tr").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press(" ")
    sentence = page.locator("#results tbody tr").nth(1).locator("details[open] blockquote")
    assert sentence.is_visible()
    first = page.locator("#results tbody tr").nth(1).locator("a").first.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{first}")


@pytest.mark.parametrize("path", ["/table/departments", "/table/indicators?lang=en", "/table/policies", "/table/tasks?q=%3Cb%3E"])
def test_every_table_is_whole(visit: Open, path: str) -> None:
    one = visit(path)
    assert one.page.locator("h1").count() == 1
    assert one.sideways() <= 0
    one.page.locator("details.pick summary").first.click()
    assert one.page.locator("details.pick[open] .panel").bounding_box()["x"] >= 0
    if AXE.exists():
        assert one.violations() == []


def test_filters_are_buttons_without_a_script(visit: Open, snapshot: Snapshot) -> None:
    one = visit("/table/tasks", java_script_enabled=False)
    choose(one, "has_lead", "yes")
    one.page.locator("details[data-pick=has_lead] button").click()
    assert names(one) == titles(snapshot, has_lead="yes")
    assert one.page.locator(".total").inner_text().startswith("41 / 270")


# --- from a disk


@pytest.fixture(scope="module")
def folder(snapshot: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write two pages as a folder of files holds them."""
    made: Path = tmp_path_factory.mktemp("folder")
    write_page(snapshot, "table", "tasks", made)
    write_page(snapshot, "indicators", "", made)
    return made


def test_a_file_filters_sorts_and_saves_the_rows_it_has(visit: Open, folder: Path, snapshot: Snapshot) -> None:
    one = visit("/table/tasks.html", folder.as_uri())
    page = one.page
    assert len(names(one)) == 270
    choose(one, "has_lead", "yes")
    assert names(one) == titles(snapshot, has_lead="yes")
    assert page.locator("[data-shown]").inner_text() == "41"
    choose(one, "region", "130200")
    assert names(one) == titles(snapshot, has_lead="yes", region="130200")
    counted = page.locator('[data-n=has_lead][data-of="no"]').text_content()
    assert int(counted) == len(titles(snapshot, has_lead="no", region="130200"))
    page.locator("th.c-task a").click()
    assert names(one) == titles(snapshot, has_lead="yes", region="130200", sort="task")
    with page.expect_download() as download:
        page.locator("[data-csv]").click()
    saved = Path(download.value.path()).read_bytes().decode("utf-8")
    assert saved.startswith("\ufeff序号,任务,")
    assert len(saved.split("\r\n")) - 2 == len(names(one))
    again = visit("/table/tasks.html" + page.evaluate("location.search"), folder.as_uri())
    assert names(again) == names(one)


def test_a_link_to_a_body_s_tasks_works_from_a_disk(visit: Open, folder: Path, snapshot: Snapshot) -> None:
    for department, role in (("130200/ecology-environment", "lead"), ("130100/ecology-environment", "responsible,inherited")):
        query = {"department": department, "role": role}
        one = visit(f"/table/tasks.html?{urlencode(query)}", folder.as_uri())
        assert names(one) == titles(snapshot, **query)
        view = gather_table(snapshot, Params("tasks", {name: (value,) for name, value in query.items()}))
        for choice in next(facet for facet in view.facets if facet.key == "role").choices:
            mark = one.page.locator(f'[data-n=role][data-of="{choice.value}"]')
            assert mark.text_content() == str(choice.rows)


def test_metrics_in_a_file(visit: Open, folder: Path) -> None:
    one = visit("/indicators.html", folder.as_uri())
    one.page.locator("#asked input[name=q]").fill("PM2.5")
    shown = one.page.locator("#metrics tbody tr:not([hidden]):not([data-heading]) th a").all_inner_texts()
    assert shown
    assert all("PM2.5" in name for name in shown)
    headings = one.page.locator("#metrics tr[data-heading]:not([hidden])").count()
    assert 0 < headings <= len(shown)


def test_paper_holds_every_body_of_a_task(visit: Open, snapshot: Snapshot) -> None:
    """The screen shows four of many bodies; paper cannot be opened, so it has them all."""
    cells = [row.cells["responsible"].value for row in gather_table(snapshot, Params("tasks", {})).rows]
    many = next(value for value in cells if isinstance(value, tuple) and len(value) > 5)
    names = [one.short for one in many if isinstance(one, Thing)]
    one = visit("/table/tasks")
    assert one.page.locator("details.rest[open]").count() == 0
    sheet = pypdfium2.PdfDocument(one.page.pdf(format="A4"))
    text = re.sub(r"\s", "", "".join(page.get_textpage().get_text_bounded() for page in sheet))
    assert "、".join(names[:4]) + "、".join(names[4:]) in text
    assert one.page.locator("details.rest[open]").count() == 0
    sheet.close()
