"""The matrix in a real browser: its drawer, its keys, its filters, on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pytest

from kg.explorer import Params, Snapshot
from kg.explorer.matrix import gather_matrix
from tests.explorer.toy import build_toy
from tests.viz.conftest import serve
from tests.viz.explored import AXE, Open, Visit
from tests.viz.filed import write_page


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serve(build_toy(tmp_path_factory.mktemp("matrix"))) as url:
        yield url


def cell(one: Visit, body: str, place: int = 0) -> Any:
    return one.page.locator("tbody tr", has_text=body).locator("td.c > a").nth(place)


def focused(one: Visit) -> str:
    """Return which cell has the focus."""
    return str(one.page.evaluate("document.activeElement.dataset.cell || document.activeElement.id"))


def drawer(one: Visit) -> Any:
    return one.page.locator("#cell")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_click_on_a_cell_shows_its_tasks(visit: Open, scripts: bool) -> None:
    one = visit("/matrix", java_script_enabled=scripts)
    assert not drawer(one).is_visible()
    cell(one, "廊坊市生态环境局").click()
    drawer(one).locator("article").first.wait_for()
    titles = [re.sub(r"^\d+ ", "", text.split("\n")[-1].strip()) for text in drawer(one).locator("h3 a").all_inner_texts()]
    assert titles == ["整治入河排污口", "推进农村生活污水治理"]
    assert "国考断面优良水体比例达到70%以上" in drawer(one).inner_text()
    assert "cell=" in one.page.url
    drawer(one).get_by_text("关闭").click()
    one.page.wait_for_url(lambda url: "cell=" not in url)
    assert not drawer(one).is_visible()


def test_the_address_of_an_open_cell_brings_it_back(visit: Open) -> None:
    one = visit("/matrix")
    cell(one, "廊坊市生态环境局").click()
    drawer(one).locator("article").first.wait_for()
    words = drawer(one).inner_text()
    again = visit(one.page.url.removeprefix(one.site))
    assert drawer(again).inner_text() == words
    assert again.page.locator("td a[aria-current]").count() == 1
    if AXE.exists():
        assert again.violations() == []
    one.page.go_back()
    one.page.wait_for_function("document.getElementById('cell').hidden")
    one.page.go_forward()
    drawer(one).locator("article").first.wait_for()
    assert drawer(one).inner_text() == words


def test_arrow_keys_move_and_enter_opens(visit: Open) -> None:
    one = visit("/matrix")
    press = one.page.keyboard.press
    assert one.page.locator("td.c > a[tabindex='0']").count() == 1  # one stop for the Tab key
    one.page.locator("td.c > a[tabindex='0']").focus()
    first = focused(one)
    assert first.startswith("-@section/")  # the tasks that name nobody
    press("ArrowDown")
    below = focused(one)
    assert below.partition("@")[2] == first.partition("@")[2]
    assert one.page.locator("td.c > a[tabindex='0']").get_attribute("data-cell") == below
    press("ArrowLeft")
    press("ArrowRight")
    assert focused(one) == below or focused(one).partition("@")[0] == below.partition("@")[0]
    press("ArrowUp")
    assert focused(one) != below
    cell(one, "廊坊市生态环境局").focus()
    here = focused(one)
    press("Enter")
    drawer(one).locator("article").first.wait_for()
    one.page.wait_for_function("document.activeElement.id === 'cell-title'")
    press("Escape")
    assert not drawer(one).is_visible()
    assert focused(one) == here
    for _ in range(40):  # at the edge nothing happens
        press("ArrowDown")
    assert one.page.evaluate("document.activeElement.matches('td.c > a')")


def test_a_choice_in_the_form_applies_at_once(visit: Open) -> None:
    one = visit("/matrix")
    assert not one.page.get_by_role("button", name="应用").is_visible()
    one.page.get_by_label("角色").select_option("lead")
    one.page.wait_for_url("**role=lead*")
    assert one.page.locator("tbody tr").count() == 2  # 生态环境局, 水利局
    assert set(one.page.locator("td.c").all_inner_texts()) <= {"", "牵", "牵2"}
    one.page.get_by_label("文件").select_option(label="河北省“十四五”生态环境保护规划")
    one.page.wait_for_url("**document=*")
    assert one.page.locator(".empty").is_visible()  # nobody leads there
    one.page.locator(".empty a").click()
    assert one.page.locator("tbody tr").count() == 9
    plain = visit("/matrix", java_script_enabled=False)
    plain.page.get_by_label("角色").select_option("support")
    plain.page.get_by_role("button", name="应用").click()
    assert plain.page.locator("tbody tr").count() == 1


def test_the_head_and_the_names_stay_in_sight(visit: Open) -> None:
    one = visit("/matrix?open=all", viewport={"width": 1024, "height": 420})
    box = one.page.locator(".box")
    one.page.evaluate("document.querySelector('.box').scrollTo(300, 300)")
    frame = box.bounding_box()
    name, head = one.page.locator("tbody th").nth(4).bounding_box(), one.page.locator("thead th.flat").last.bounding_box()
    assert abs(name["x"] - frame["x"]) < 3
    assert 0 <= head["y"] - frame["y"] < 40
    assert one.sideways() <= 0


@pytest.fixture(scope="module")
def folder(snapshot: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_page(snapshot, "matrix", "", tmp_path_factory.mktemp("folder"))


def test_a_file_filters_and_sorts_by_itself(visit: Open, folder: str, snapshot: Snapshot) -> None:
    page = visit(folder, "file:").page

    def expected(**query: str) -> tuple[list[str], list[str]]:
        found = gather_matrix(snapshot, Params(query={name: (value,) for name, value in query.items()}))
        counts = [str(one.tasks or one.inherited) for row in found.rows for one in row.cells if one.role]
        return sorted(row.label for row in found.rows), sorted(counts)

    def shown() -> tuple[list[str], list[str]]:
        cells = page.locator("tbody tr:not(.nobody):visible td.c > a:visible").all_inner_texts()
        names = page.locator("tbody tr:not(.nobody):visible th > a").all_inner_texts()
        return sorted(names), sorted(re.sub(r"\D", "", one) or "1" for one in cells)

    assert shown() == expected()
    for role in ("lead", "responsible", "inherited"):
        page.get_by_label("角色").select_option(role)
        assert shown() == expected(role=role)
    page.get_by_label("角色").select_option("")
    (key,) = (one.key for one in snapshot.documents.values() if one.region == "130200")
    page.get_by_label("文件").select_option(key)
    assert shown() == expected(document=key)
    own = [one for one in gather_matrix(snapshot, Params()).columns if one.document.key == key]
    assert page.locator("thead th[data-document]:visible").count() == 1 + len(own)
    page.get_by_label("文件").select_option("")
    page.locator("a[data-sort=indicators]").click()
    numbers = [int(one) for one in page.locator("tbody tr:not(.nobody) .c-indicators").all_inner_texts() if one]
    assert numbers == sorted(numbers)
    assert page.locator("td.c > a").first.get_attribute("href").startswith(("department/", "findings/"))


def test_paper_holds_the_table_and_the_open_cell(visit: Open) -> None:
    one = visit("/matrix")
    cell(one, "廊坊市生态环境局").click()
    drawer(one).locator("article").first.wait_for()
    sheet = pypdfium2.PdfDocument(one.page.pdf(prefer_css_page_size=True, print_background=True))
    wide, high = sheet[0].get_size()
    text = re.sub(r"\s", "", "".join(page.get_textpage().get_text_bounded() for page in sheet))
    sheet.close()
    assert wide > high  # A4 landscape
    assert "无责任单位" in text
    assert "各县（市、区）政府（廊坊市）" in text
    assert "国考断面优良水体比例达到70%以上" in text
    assert "导出Excel" not in text
