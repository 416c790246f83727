"""Chains in a browser: moved through by keys, sent as a link, printed as a sheet that holds every quotation; the files beside it."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from typing import Any

import httpx
import pypdfium2
import pytest
from openpyxl import load_workbook

from kg.explorer import Params, Snapshot
from kg.explorer.chain import ChainView, gather_chain, gather_file, gather_sheet
from tests.viz.explored import Open
from viz.pages.chain_files import write_csv, write_workbook

KEY = "department/130100/ecology-environment"


def steps(page: Any) -> list[str]:
    return [" ".join(text.split()) for text in page.locator("ol.steps > li").all_inner_texts()]


def focus(page: Any) -> tuple[str, str]:
    lane, words = page.evaluate("() => { const e = document.activeElement; return [e.dataset.lane || '', e.innerText]; }")
    return lane, words


def test_arrow_keys_lead_along_the_lanes(visit: Open, snapshot: Snapshot) -> None:
    page = visit(f"/chain/{KEY}").page
    rows = gather_chain(snapshot, Params(KEY)).groups[0].rows
    page.locator(".box.document").first.focus()
    page.keyboard.press("ArrowRight")
    assert focus(page) == ("2", f"{rows[0].number} {rows[0].title}")
    page.keyboard.press("ArrowDown")
    assert focus(page) == ("2", f"{rows[1].number} {rows[1].title}")
    assert page.locator("tr.on").get_attribute("data-row") == rows[1].key
    page.keyboard.press("ArrowRight")
    assert focus(page)[0] == "3"
    assert focus(page)[1].split()[-1] in [duty.written for duty in rows[1].duties]
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert focus(page)[0] == "1"
    page.keyboard.press("ArrowLeft")
    assert focus(page)[0] == "0"


def test_a_chosen_task_lists_its_steps_and_the_link_brings_them_back(visit: Open, snapshot: Snapshot) -> None:
    page = visit(f"/chain/{KEY}").page
    before = steps(page)
    row = gather_chain(snapshot, Params(KEY)).groups[0].rows[3]
    page.locator(f'tr[data-row="{row.key}"] .box.task > a').click()
    page.wait_for_url("**task=**")
    chosen = steps(page)
    assert chosen != before
    expected = gather_chain(snapshot, Params(KEY, {"task": (row.key,)}))
    assert len(chosen) == len(expected.edges)
    assert all(" ".join(edge.quote.text.split()) in said for said, edge in zip(chosen, expected.edges, strict=True) if edge.quote)
    assert page.locator("tr.chosen").get_attribute("data-row") == row.key
    again = visit(page.evaluate("zeren.permalink()")).page
    assert steps(again) == chosen
    assert again.locator("#states .state").count() == 0
    page.go_back()
    assert steps(page) == before


def test_a_pinned_task_stays_and_filters_work_without_script(visit: Open, snapshot: Snapshot) -> None:
    page = visit(f"/chain/{KEY}", java_script_enabled=False).page
    row = gather_chain(snapshot, Params(KEY)).groups[0].rows[1]
    page.locator(f'tr[data-row="{row.key}"] .box.task small a').last.click()
    assert "pin=" in page.url
    page.locator("#role").select_option("inherited")
    page.get_by_role("button", name="应用").click()
    assert "role=inherited" in page.url
    assert "pin=" in page.url
    page.goto(page.url.partition("?")[0] + "?role=lead")
    assert page.get_by_text("没有符合筛选条件的任务").count() == 1
    page.get_by_role("link", name="清除筛选").first.click()
    assert page.locator("tr[data-row]").count() > 1


@pytest.mark.parametrize("key", [KEY, "policy/hebei-two-high-2021"])
def test_the_printed_sheet_holds_every_quotation(visit: Open, snapshot: Snapshot, key: str) -> None:
    page = visit(f"/sheet/{key}").page
    view = gather_sheet(snapshot, Params(key))
    paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True, print_background=True))
    width, height = paper[0].get_size()
    assert (round(width), round(height)) == (842, 595)  # A4, lying
    pages = [_plain(sheet.get_textpage().get_text_bounded()) for sheet in paper]
    whole = "".join(pages)
    quotes = [edge.quote for edge in view.edges if edge.quote]
    assert [quote.text for quote in quotes if _plain(quote.text) not in whole] == []
    assert all(f"{quote.start}–{quote.end}" in whole for quote in quotes)
    assert all(re.search("判定与复核", text) for text in pages[:-1])  # the heading repeats
    for said in (
        view.title,
        snapshot.id,
        snapshot.generation.manifest.program,
        f"/sheet/{key}",
        "核查人（签字）",
        "责任链条核查单",
    ):
        assert _plain(said) in whole
    assert "复制链接" not in whole
    paper.close()


def test_files_hold_the_rows_of_the_sheet(site: str, snapshot: Snapshot) -> None:
    view = gather_file(snapshot, Params(KEY, {"role": ("responsible",)}))
    answer = httpx.get(f"{site}/download/chain/{KEY}", params={"form": "csv", "role": "responsible"})
    assert "filename*=UTF-8''" in answer.headers["content-disposition"]
    heads, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert [row[heads.index("原文")] for row in rows] == [edge.quote.text if edge.quote else "" for edge in view.edges]
    assert [row[heads.index("起")] for row in rows] == [str(edge.quote.start) if edge.quote else "" for edge in view.edges]
    book = httpx.get(f"{site}/download/chain/{KEY}", params={"form": "xlsx", "role": "responsible"})
    sheet = load_workbook(io.BytesIO(book.content)).active
    assert sheet is not None
    assert sheet.max_row == 1 + len(view.edges)
    assert httpx.get(f"{site}/download/chain/task/none", params={"form": "csv"}).status_code == 404


def test_files_hold_no_formulas(snapshot: Snapshot) -> None:
    view: ChainView = gather_file(snapshot, Params(KEY))
    quoted = next(edge for edge in view.edges if edge.quote)
    assert quoted.quote is not None
    evil = replace(quoted, quote=replace(quoted.quote, text="=HYPERLINK(1)"), target="+1+1")
    evil_view = replace(view, edges=(evil,))
    text = write_csv(evil_view, "zh").decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert "'+1+1" in text
    sheet = load_workbook(io.BytesIO(write_workbook(evil_view, "zh"))).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if cell.value in ("=HYPERLINK(1)", "+1+1")} == {
        "s"
    }


def _plain(text: str) -> str:
    return re.sub(r"[\s\u0000-\u001f\ufffe\u00ad]", "", text)
