"""The page of a body in a browser: what is filtered where it stands is what the server answers; the list on paper; the files."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pypdfium2
import pytest
from openpyxl import load_workbook

from kg.explorer import Params, Snapshot
from kg.explorer.department import gather_department
from tests.viz.explored import Open
from tests.viz.filed import write_page

KEY = "130100/ecology-environment"
PAGE = f"/department/{KEY}"


def titles(page: Any) -> list[str]:
    found: list[str] = page.locator("tr[data-row]:visible td.long > a").all_inner_texts()
    return [title.strip() for title in found]


FILTERS = [{"role": "responsible"}, {"year": "2022"}, {"indicator": "no"}, {"year": "none", "indicator": "yes"}]


@pytest.mark.parametrize("asked", FILTERS)
def test_a_filter_answers_at_once_what_the_server_answers(visit: Open, asked: dict[str, str]) -> None:
    page = visit(PAGE).page
    page.evaluate("window.same = true")
    for name, value in asked.items():
        page.locator(f"select[name={name}]").select_option(value)
    at_once, counted = titles(page), page.locator("[data-shown]").inner_text()
    assert page.evaluate("window.same")  # nothing was loaded
    assert {name: values[-1] for name, values in parse_qs(urlsplit(page.url).query).items()} == asked
    assert page.locator("a[data-file]").first.get_attribute("href").count(next(iter(asked.values()))) == 1
    page.reload()  # now the server
    assert titles(page) == at_once
    assert page.locator("[data-shown]").inner_text() == counted
    assert at_once
    page.locator("a.clear").click()
    assert len(titles(page)) == 27


def test_nothing_fits_is_said(visit: Open) -> None:
    page = visit(PAGE).page
    page.locator("select[name=year]").select_option("2023")
    page.locator("select[name=indicator]").select_option("no")
    assert titles(page) == []
    assert page.locator(".nothing").is_visible()
    assert page.locator("section.role-group:visible").count() == 0


def test_the_keyboard_filters_and_shows_the_words(visit: Open) -> None:
    page = visit(PAGE).page
    page.locator("select[name=role]").focus()
    page.keyboard.press("ArrowDown")
    assert parse_qs(urlsplit(page.url).query) == {"role": ["responsible"]}
    assert page.evaluate("document.activeElement.name") == "role"
    page.locator("#words").focus()
    page.keyboard.press("Space")
    assert page.locator("tr.words:visible").count() == len(titles(page))


def test_paper_holds_every_task_with_its_words_and_a_box(visit: Open, snapshot: Snapshot) -> None:
    page = visit(f"{PAGE}?year=2022").page
    sheet = pypdfium2.PdfDocument(page.pdf(format="A4"))
    text = re.sub(r"\s", "", "".join(one.get_textpage().get_text_bounded() for one in sheet))
    size = sheet[0].get_size()
    sheet.close()
    view = gather_department(snapshot, Params(KEY, {"year": ("2022",)}))
    duties = [duty for group in view.roles for part in group.documents for duty in part.duties]
    assert len(duties) == 3
    for duty in duties:
        assert re.sub(r"\s", "", duty.title) in text
        assert re.sub(r"\s", "", duty.quote.text)[:40] in text
    assert "办结" in text
    assert "经办人" in text
    assert "一起承担任务的单位" not in text  # what is not the list stays on the screen
    assert size == pytest.approx((595, 842), abs=2)
    page.emulate_media(media="print")
    assert page.locator(".box:visible").count() == 3


@pytest.mark.parametrize("query", ["", "?year=2022", "?indicator=no&lang=en"])
def test_files_hold_exactly_what_is_shown(site: str, snapshot: Snapshot, query: str) -> None:
    asked = {name: tuple(values) for name, values in parse_qs(query.removeprefix("?")).items()}
    view = gather_department(snapshot, Params(KEY, asked))
    keys = [duty.key for group in view.roles for part in group.documents for duty in part.duties]
    address = f"{site}/download{PAGE}{query}{'&' if query else '?'}form="
    with httpx.Client(trust_env=False, timeout=30) as client:
        text, book = client.get(address + "csv"), client.get(address + "xlsx")
    assert text.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(text.text.removeprefix("\ufeff"))))
    assert [row[-1] for row in rows[1:]] == keys
    assert rows[0][0] == ("role" if "lang=en" in query else "角色")
    sheet = load_workbook(io.BytesIO(book.content)).active
    assert sheet is not None
    assert [row[-1] for row in sheet.iter_rows(min_row=2, values_only=True)] == keys
    quotes = [row[rows[0].index("words of the source" if "lang=en" in query else "原文")] for row in rows[1:]]
    assert quotes == [duty.quote.text for group in view.roles for part in group.documents for duty in part.duties]


def test_without_a_body_the_table_of_all(site: str) -> None:
    with httpx.Client(trust_env=False) as client:
        answer = client.get(f"{site}/department?lang=en")
        missing = client.get(f"{site}/download/department/none")
    assert (answer.status_code, answer.headers["location"]) == (307, "/table/departments?lang=en")
    assert missing.status_code == 404


def test_a_page_on_a_disk_filters_by_its_address(visit: Open, snapshot: Snapshot, tmp_path: Path) -> None:
    address = write_page(snapshot, "department", KEY, tmp_path)
    filed = visit(f"{address}?year=2022", tmp_path.as_uri()).page
    assert len(titles(filed)) == 3
    filed.locator("select[name=year]").select_option("2023")
    assert len(titles(filed)) == 2
    assert filed.url.endswith("?year=2023")
    assert filed.locator("a[data-file]").count() == 0  # nobody there to answer
