"""The page of a body in a browser: what is filtered where it stands is what the server answers; the list on paper; the files."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pypdfium2
import pytest
from openpyxl import load_workbook

from kg import store
from kg.endpoint import Settings, running
from kg.explorer import Params, Snapshot
from kg.explorer.department import gather_department
from tests.viz.filed import write_page
from viz.pages import make_routes, sparql_page

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright, which drives the browser, is not installed")
CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
KEY = "130100/ecology-environment"
PAGE = f"/department/{KEY}"
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
    with running(Settings(built, port=0, workers=1), routes=make_routes(), page=sparql_page) as url:
        yield url


@pytest.fixture(scope="module")
def page(site: str) -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        opened = browser.new_page(viewport={"width": 1280, "height": 900})
        opened.said = []
        opened.on("console", lambda message: opened.said.append(message.text))
        opened.on("pageerror", lambda error: opened.said.append(str(error)))
        yield opened
        assert opened.said == []
        browser.close()


def titles(page: Any) -> list[str]:
    found: list[str] = page.locator("tr[data-row]:visible td.long > a").all_inner_texts()
    return [title.strip() for title in found]


FILTERS = [{"role": "responsible"}, {"year": "2022"}, {"indicator": "no"}, {"year": "none", "indicator": "yes"}]


@pytest.mark.parametrize("asked", FILTERS)
def test_a_filter_answers_at_once_what_the_server_answers(page: Any, site: str, asked: dict[str, str]) -> None:
    page.goto(site + PAGE)
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


def test_nothing_fits_is_said(page: Any, site: str) -> None:
    page.goto(site + PAGE)
    page.locator("select[name=year]").select_option("2023")
    page.locator("select[name=indicator]").select_option("no")
    assert titles(page) == []
    assert page.locator(".nothing").is_visible()
    assert page.locator("section.role-group:visible").count() == 0


def test_the_keyboard_filters_and_shows_the_words(page: Any, site: str) -> None:
    page.goto(site + PAGE)
    page.locator("select[name=role]").focus()
    page.keyboard.press("ArrowDown")
    assert parse_qs(urlsplit(page.url).query) == {"role": ["responsible"]}
    assert page.evaluate("document.activeElement.name") == "role"
    page.locator("#words").focus()
    page.keyboard.press("Space")
    assert page.locator("tr.words:visible").count() == len(titles(page))


def test_paper_holds_every_task_with_its_words_and_a_box(page: Any, site: str, snapshot: Snapshot) -> None:
    page.goto(f"{site}{PAGE}?year=2022")
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
    page.emulate_media(media="screen")


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


def test_a_page_on_a_disk_filters_by_its_address(page: Any, snapshot: Snapshot, tmp_path: Path) -> None:
    address = write_page(snapshot, "department", KEY, tmp_path)
    context = page.context.browser.new_context()
    filed = context.new_page()
    filed.goto(f"{address}?year=2022")
    assert len(titles(filed)) == 3
    filed.locator("select[name=year]").select_option("2023")
    assert len(titles(filed)) == 2
    assert filed.url.endswith("?year=2023")
    assert filed.locator("a[data-file]").count() == 0  # nobody there to answer
    context.close()
