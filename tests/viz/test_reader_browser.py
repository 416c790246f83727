"""The reader and the forms for decisions in a real browser: exact text, marks that lead on, keys, decisions with and without script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg import store
from kg.explorer import Snapshot
from kg.review import read_book
from tests.review.shop import TEXT, Shop
from tests.viz.conftest import serve
from tests.viz.explored import Open

STRANGE = TEXT.replace("控制扬尘污染", "控制\u202e扬尘\u202c污染𠮷\U0001f600<b>粗</b>&amp;")
VISIBLE = """() => { const box = document.querySelector('.text .at').getBoundingClientRect();
                     return box.top >= 0 && box.bottom <= innerHeight; }"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    return Shop(tmp_path_factory.mktemp("shop"), STRANGE)


@pytest.fixture(scope="module")
def snapshot(shop: Shop) -> Iterator[Snapshot]:
    found = Snapshot(store.current(shop.out))
    yield found
    found.close()


@pytest.fixture(scope="module")
def site(shop: Shop) -> Iterator[str]:
    with serve(shop.out) as url:
        yield url


@pytest.fixture(autouse=True)
def fresh(shop: Shop) -> None:
    (shop.out / "corrections.ttl").unlink(missing_ok=True)


def key_of(snapshot: Snapshot) -> str:
    return next(iter(snapshot.documents))


def place_of(snapshot: Snapshot, words: str) -> str:
    start = snapshot.read_text(key_of(snapshot)).index(words)
    return f"{start}-{start + len(words)}"


def test_the_text_is_the_pinned_one_and_marks_hold_their_words(visit: Open, snapshot: Snapshot) -> None:
    tab = visit(f"/document/{key_of(snapshot)}")
    text = snapshot.read_text(key_of(snapshot))
    assert "𠮷\U0001f600<b>粗</b>&amp;" in text
    assert tab.page.evaluate("document.getElementById('text').textContent") == text
    pieces = tab.page.evaluate(
        "[...document.querySelectorAll('#text [data-at]')].map(one => [Number(one.dataset.at), one.textContent])"
    )
    assert all(text[at : at + len(words)] == words for at, words in pieces)


def test_from_a_mark_to_its_thing_and_back(visit: Open, snapshot: Snapshot) -> None:
    tab = visit(f"/document/{key_of(snapshot)}")
    mark = tab.page.locator("#text a.body").first
    words = mark.inner_text()
    mark.click()
    tab.page.wait_for_url("**?at=*#at")
    assert tab.page.locator(".text .at").inner_text() == words
    assert tab.page.evaluate(VISIBLE)
    assert tab.page.locator(".chosen .said").inner_text() == words
    name = tab.page.locator(".chosen .card.first .name").inner_text()
    tab.page.get_by_role("link", name="打开部门").click()
    assert name in tab.page.locator("h1").inner_text()
    task = next(snapshot.rows("SELECT iri, quote, quote_start, quote_end FROM tasks ORDER BY position DESC"))
    tab = visit(f"/task/{snapshot.key(task['iri'])}")
    tab.page.locator(f'main a[href*="at={task["quote_start"]}-{task["quote_end"]}"]').first.click()
    marked = tab.page.evaluate("[...document.querySelectorAll('.text .at')].map(one => one.textContent).join('')")
    assert marked == task["quote"]


def test_kinds_are_hidden_and_the_address_keeps_it(visit: Open, snapshot: Snapshot) -> None:
    tab = visit(f"/document/{key_of(snapshot)}")
    ground = "getComputedStyle(document.querySelector('#text .body')).borderBottomStyle"
    assert tab.page.evaluate(ground) == "solid"
    tab.page.locator("[data-kind=body]").click()
    assert tab.page.evaluate(ground) == "none"
    assert tab.page.locator("[data-kind=body]").get_attribute("aria-pressed") == "false"
    assert "hide=body" in tab.page.url
    tab.page.reload()
    assert tab.page.evaluate(ground) == "none"
    tab.page.locator("[data-kind=body]").click()
    assert "hide" not in tab.page.url


def test_keys_walk_from_mark_to_mark(visit: Open, snapshot: Snapshot) -> None:
    tab = visit(f"/document/{key_of(snapshot)}")
    seen = []
    for _ in range(4):
        tab.page.keyboard.press("n")
        seen.append(tab.page.evaluate("document.activeElement.dataset.first || 'task'"))
    assert seen[0] in ("task", "indicator", "citation", "deadline")
    assert len(set(seen)) > 1
    assert "4 / " in tab.page.locator("#where").inner_text()
    tab.page.keyboard.press("p")
    assert "3 / " in tab.page.locator("#where").inner_text()
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url("**?at=*#at")
    assert tab.page.locator(".chosen .card").count() >= 1


def test_a_gap_is_justified_where_it_stands_and_the_name_is_remembered(visit: Open, shop: Shop) -> None:
    tab = visit("/findings/no-lead")
    for number, why in enumerate(("按职责分工", "两家各管一段")):
        gap = tab.page.locator(".gap.open").first
        gap.locator("summary").click()
        gap.get_by_label("缺口属实，有理由").check()
        if number == 0:
            gap.get_by_label("姓名").fill("王某")
        assert gap.get_by_label("姓名").input_value() == "王某"
        gap.get_by_label("理由", exact=True).fill(why)
        gap.get_by_role("button", name="记下").click()
        tab.page.wait_for_url("**done=c-*")
        assert why in tab.page.locator(".gap.waiting").all_inner_texts()[number]
    assert "zeren build" in tab.page.locator("#done").inner_text()
    assert sorted((one.by, one.why) for one in read_book(shop.out)) == [("王某", "两家各管一段"), ("王某", "按职责分工")]


def test_a_passage_is_reported_wrong_without_script(visit: Open, shop: Shop, snapshot: Snapshot) -> None:
    page = visit(f"/document/{key_of(snapshot)}?at={place_of(snapshot, '市拾遗局')}", java_script_enabled=False).page
    card = page.locator(".chosen .card.first")
    card.locator("summary").first.click()
    card.get_by_label("角色不对").check()
    card.locator("select[name='role.role']").select_option("support")
    card.get_by_label("姓名").fill("王某")
    card.get_by_label("理由", exact=True).fill("核对了原件")
    card.get_by_role("button", name="记下").click()
    assert "done=c-" in page.url
    (made,) = read_book(shop.out)
    assert (made.mention, made.changes, made.why) == ("市拾遗局", (("role", "support"),), "核对了原件")
    assert "核对了原件" in page.locator(".chosen .verdict").inner_text()
