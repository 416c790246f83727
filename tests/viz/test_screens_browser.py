"""What every screen of the explorer has to hold, in a real browser: on the five documents, and on one whose words are attacks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from kg import pipeline, store
from kg.explorer import Snapshot
from tests.viz.conftest import serve
from tests.viz.explored import AXE, Open, sample_pages
from viz.pages.screens import SCREENS

ACORN = AXE.with_name("acorn.js")
STATIC = Path(__file__).parents[2] / "viz" / "static" / "app"
PATHS = [screen.path for screen in SCREENS]  # names are shared by the screen of all and that of one region
ATTACKS = [
    '"><img src=x onerror="window.__x=1">',
    "</script><script>window.__x=1</script>",
    "{{ 7 * 7 }}${7*7}",
    "' onmouseover='window.__x=1",
    "javascript:window.__x=1",
    "\u202e反过来\u202c𠮷\U0001f600",
]
HOSTILE = """石家庄市{title}2024年工作要点

一、重点任务{chapter}
{items}
二、保障措施
加强组织领导。
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Snapshot]]:
    """Serve a document that tries to be more than text."""
    folder = tmp_path_factory.mktemp("hostile")
    items = "\n".join(
        f"{number}.推进{words}专项行动。到2024年底，{words}合格率达到{90 + number}%以上。落实《{words}办法》。"
        f"（牵头单位：市{words}局；责任单位：市财政局，市发改委）"
        for number, words in enumerate(ATTACKS, 1)
    )
    text = HOSTILE.format(title=ATTACKS[0], chapter=ATTACKS[1], items=items)
    (folder / "strange 'name'.txt").write_text(text, encoding="utf-8", newline="\n")
    pipeline.build([folder], folder / "out")
    shown = Snapshot(store.current(folder / "out"))
    with serve(folder / "out") as url:
        yield url, shown
    shown.close()


@pytest.fixture(scope="session")
def window() -> dict[str, Any]:
    return {"viewport": {"width": 1024, "height": 800}}


def path_of(snapshot: Snapshot, screen: str) -> str:
    found = {one.path: path for one, path in sample_pages(snapshot)}
    if screen not in found:
        pytest.skip(f"nothing in these documents has the screen {screen}")
    return found[screen]


@pytest.mark.parametrize("screen", PATHS)
def test_a_page_is_whole(visit: Open, snapshot: Snapshot, screen: str) -> None:
    path = path_of(snapshot, screen)
    one = visit(path)
    assert one.page.locator("h1").count() == 1
    assert one.page.locator("header nav [aria-current=page]").count() == (screen != "/search")  # which is on every page
    assert one.sideways() <= 0
    one.page.set_viewport_size({"width": 640, "height": 500})  # a window of 1280 at 200 %
    assert one.sideways() <= 0
    if AXE.exists():
        assert one.violations() == []


@pytest.mark.parametrize("screen", PATHS)
def test_the_address_is_the_state(visit: Open, snapshot: Snapshot, screen: str) -> None:
    one = visit(path_of(snapshot, screen))
    again = visit(one.page.url.removeprefix(one.site))
    assert again.words() == one.words()
    linked = one.page.evaluate("zeren.permalink()")
    assert f"snap={snapshot.id}" in linked
    assert visit(linked.removeprefix(one.site)).page.locator("#states .state").count() == 0
    older = visit(linked.removeprefix(one.site).replace(snapshot.id, "000000000000"))
    assert older.page.locator("#states .state").count() == 1


@pytest.mark.parametrize("screen", PATHS)
def test_english_words_around_chinese_data(visit: Open, snapshot: Snapshot, screen: str) -> None:
    one = visit(path_of(snapshot, screen) + "?lang=en")
    assert one.page.locator("html").get_attribute("lang") == "en"
    assert not re.search(r"[\u4e00-\u9fff]", one.page.locator("header nav").inner_text())
    one.page.locator("a.language").click()
    assert one.page.locator("html").get_attribute("lang") == "zh-CN"
    assert one.page.url.removeprefix(one.site).partition("?")[0] == path_of(snapshot, screen)


@pytest.mark.parametrize("screen", PATHS)
def test_a_page_needs_no_script(visit: Open, snapshot: Snapshot, screen: str) -> None:
    one = visit(path_of(snapshot, screen), java_script_enabled=False)
    assert one.page.locator("h1").inner_text().strip()
    assert len(one.words()) > 20


@pytest.mark.parametrize("screen", PATHS)
def test_the_keyboard_is_enough(visit: Open, snapshot: Snapshot, screen: str) -> None:
    one = visit(path_of(snapshot, screen))
    places = one.walk()
    assert "skip" in places[0]["name"]
    assert [place["name"] for place in places if not place["shown"]] == []
    assert [place["name"] for place in places if place["wide"] * place["high"] < 1] == []


@pytest.mark.parametrize("screen", PATHS)
def test_paper_holds_the_page(visit: Open, snapshot: Snapshot, screen: str) -> None:
    one = visit(path_of(snapshot, screen))
    sheet = pypdfium2.PdfDocument(one.page.pdf(format="A4", print_background=True))
    text = "".join(page.get_textpage().get_text_bounded() for page in sheet)
    heading = one.page.locator("h1").inner_text().split()[0]
    assert heading[:6] in re.sub(r"\s", "", text)
    sheet.close()


@pytest.mark.parametrize("screen", PATHS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_words_are_words(visit: Open, hostile: tuple[str, Snapshot], screen: str, lang: str) -> None:
    url, shown = hostile
    for path in (path for one, path in sample_pages(shown, each=6) if one.path == screen):
        one = visit(path + ("?lang=en" if lang == "en" else ""), url)
        assert one.page.evaluate("window.__x") is None
        assert one.page.locator("img[src=x]").count() == 0
        assert "49$" not in one.words()


def test_strange_addresses_are_answered(browser: Any, site: str) -> None:
    page = browser.new_page()
    for screen in SCREENS:
        start = site + screen.path
        strange = ["?sort=%00&page=-1&region=%27", f"?q={'长' * 300}&document=x"] + (["none", "%ff", "../.."] * screen.has_key)
        for tail in strange:
            status = page.goto(start + tail).status
            assert status in (200, 400, 404), (screen.name, tail, status)
            assert page.locator("h1").count() == 1, (screen.name, tail)
    page.close()


@pytest.mark.skipif(not ACORN.exists(), reason="acorn was not fetched: python viz/web/bundle.py --tests")
@pytest.mark.parametrize("script", sorted(STATIC.glob("*.js")), ids=lambda path: path.name)
def test_old_browsers_can_read_the_scripts(browser: Any, script: Path) -> None:
    page = browser.new_page()
    page.evaluate(ACORN.read_text("utf-8"))
    page.evaluate("code => { acorn.parse(code, { ecmaVersion: 2020 }); }", script.read_text("utf-8"))  # Chrome 80
    page.close()
