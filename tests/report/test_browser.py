"""The report as a reader has it: in a real browser without a network, on the screen and on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from kg import store
from kg.report import gather_report
from viz.report import LANGUAGES, render_report

PAPER = 642  # CSS pixels between the margins of an A4 page, 170 mm
LEAF = 962  # and from top to bottom, 254.5 mm


@pytest.fixture(scope="module", params=LANGUAGES)
def page(browser: Any, built: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Any]:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(render_report(gather_report(store.current(built)), request.param, workbook="report.xlsx"), "utf-8")
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    opened, asked, said = context.new_page(), [], []
    opened.on("request", lambda one: asked.append(one.url))
    opened.on("console", lambda one: said.append(one.text))
    opened.on("pageerror", lambda one: said.append(str(one)))
    opened.goto(path.as_uri())
    yield opened
    assert asked == [path.as_uri()]
    assert said == []
    context.close()


@pytest.mark.parametrize("width", [794, 1280])
def test_nothing_is_wider_than_the_window(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_tables_fit_the_window_of_a_desk(page: Any) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    wide = "[...document.querySelectorAll('.scroll')].filter(e => !e.closest('details') && e.scrollWidth > e.clientWidth + 1)"
    assert page.evaluate(f"{wide}.map(e => e.getAttribute('aria-label'))") == []


def test_every_drawing_fits_on_a_page_and_no_table_is_cut_at_its_side(page: Any) -> None:
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER, "height": LEAF})
    heights = page.evaluate("[...document.querySelectorAll('figure')].map(e => e.getBoundingClientRect().height)")
    assert max(heights) < LEAF
    assert (
        page.evaluate(
            "[...document.querySelectorAll('table')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).length"
        )
        == 0
    )
    page.emulate_media(media="null")


def test_it_prints_on_a4_with_page_numbers(page: Any, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    with pypdfium2.PdfDocument(path) as paper:
        assert 25 <= len(paper) <= 70
        assert [round(side) for side in paper[0].get_size()] == [595, 842]
        text = paper[2].get_textpage().get_text_bounded()
        assert re.search(rf"第 3 页\s共 {len(paper)} 页|Page 3 of {len(paper)}", text)


def test_drawings_can_be_read_as_text(page: Any) -> None:
    assert "石家庄市生态环境局" in page.evaluate("document.querySelector('svg.chart').textContent")
    size = page.evaluate("[...document.querySelectorAll('svg.chart text')].map(e => e.getBoundingClientRect().height)")
    assert min(height for height in size if height) > 8
