"""The page as a reader has it: opened from a file in a real browser, the network off."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import pytest

from tests.viz.explored import AXE
from tests.viz.ledgers import (
    BRACKET,
    HOSTILE,
    REASON,
    SHIJIAZHUANG,
    TEXT,
    corrected,
    document,
    hostile,
    many_departments,
    three_cities,
)
from tests.viz.reader import Reader
from viz.collect import build_view
from viz.graph import render_graph, write_graph, write_page
from viz.views import ROLES

BARE = ["--no-sandbox", "--disable-gpu", "--disable-software-rasterizer", "--disable-webgl"]  # as an old office computer
TASK, ECOLOGY, COUNTIES, PLAN = "task/130100/a/1", "org/130100/ecology", "org/130100/counties", "policy/130500/p"


@pytest.fixture(scope="module")
def browser(playwright: Any, chromium: str) -> Iterator[Any]:
    found = playwright.chromium.launch(executable_path=chromium, args=BARE)
    yield found
    found.close()


@pytest.fixture
def context(browser: Any) -> Iterator[Any]:
    tab = browser.new_context(viewport={"width": 1400, "height": 860}, offline=True, locale="zh-CN")
    yield tab
    tab.close()


@pytest.fixture
def read(context: Any, tmp_path: Path) -> Iterator[Callable[[Mapping[str, Any]], Reader]]:
    """Open a ledger's page; at the end nothing was asked for but the file itself, and nothing was complained about."""
    readers: list[Reader] = []

    def opened(ledger: Mapping[str, Any]) -> Reader:
        path = tmp_path / "graph.html"
        write_graph(ledger, path)
        readers.append(Reader(context, path.as_uri()))
        return readers[-1]

    yield opened
    for reader in readers:
        assert [url for url in reader.requests if url.split("#")[0] != reader.address and not url.startswith("data:")] == []
        assert reader.complaints == []


@pytest.fixture
def page(read: Callable[[Mapping[str, Any]], Reader]) -> Reader:
    return read(three_cities())


INK = """() => {
  const canvas = document.querySelector('#net canvas'), data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  const colours = new Set(); let ink = 0;
  for (let i = 0; i < data.length; i += 16) if (data[i + 3] && (data[i] < 235 || data[i + 1] < 235 || data[i + 2] < 235)) {
    ink++; colours.add([data[i] >> 4, data[i + 1] >> 4, data[i + 2] >> 4].join()); }
  return [ink, colours.size];
}"""
GLYPHS = """() => {
  const draw = text => { const c = document.createElement('canvas'); c.width = c.height = 40; const x = c.getContext('2d');
    x.font = '30px ' + atlas.SANS; x.fillText(text, 2, 32); return c.toDataURL(); };
  return new Set(Array.from('责任发展牵𠮷').map(draw)).size;
}"""


def test_the_graph_is_drawn(page: Reader) -> None:
    page.page.wait_for_timeout(300)
    ink, colours = page.run(INK)
    assert ink > 2000
    assert colours > 5
    assert page.run(GLYPHS) == 6  # a missing font draws the same box six times


def test_overview_shows_all_documents_and_departments(page: Reader) -> None:
    view = build_view(three_cities())
    assert page.shown() == {node.id for kind in ("document", "department") for node in view.of_kind(kind)}
    loads = page.run("() => atlas.scene().items.filter(i => i.count).map(i => [i.id, +i.count])")
    expected: dict[str, int] = {}
    for (name, _), load in view.loads().items():
        expected[name] = expected.get(name, 0) + load
    assert dict(loads) == expected
    assert "未写责任单位" in page.run("() => atlas.scene().panels.map(p => p.note).join()")


@pytest.mark.parametrize("state", ["#v=over", f"#v=ego&c={TASK}", f"#v=ego&c={TASK}&d=2", f"#v=ego&c={ECOLOGY}&d=2", "#v=all"])
def test_labels_never_lie_over_each_other(page: Reader, state: str) -> None:
    page.open(state)
    assert page.shown()
    assert page.overlaps() == []


def test_a_click_opens_what_is_under_it(page: Reader) -> None:
    page.page.mouse.click(*page.spot(ECOLOGY))
    assert page.title == "石家庄市生态环境局"
    assert f"n={ECOLOGY}" in page.page.url
    assert page.page.locator("#panel table.load td").all_inner_texts() == ["3", "2", "1", "0", "0"]
    page.page.mouse.click(*page.spot(PLAN))
    assert page.title == "邢台市生态环境保护“十四五”规划"


def test_a_click_on_the_words_is_a_click_on_the_node(page: Reader) -> None:
    x, y = page.spot(ECOLOGY)
    side = page.run("id => atlas.scene().index.get(id).side", ECOLOGY)
    page.page.mouse.click(x + side * 45, y)
    assert page.title == "石家庄市生态环境局"


def test_a_task_shows_bodies_quotes_indicators_and_sources(page: Reader) -> None:
    page.open(f"#v=ego&c={ECOLOGY}")
    page.page.mouse.click(*page.spot(TASK))
    assert page.title == "打好蓝天保卫战"
    assert page.page.locator("#panel blockquote").all_inner_texts()[:2] == [BRACKET, TEXT]
    panel = page.page.locator("#panel").inner_text()
    assert "130100-a.txt · 第 100–" in panel
    assert "< 43 微克/立方米（2023年）" in panel
    assert "《河北省大气污染防治条例》" in panel
    groups = page.page.locator("#panel details.group summary").all_inner_texts()
    assert [text.replace("\n", "") for text in groups] == ["牵头1", "责任1", "配合2", "指标1", "依据的上位政策1", "所在章节1"]
    assert page.page.locator("#panel mark").all_inner_texts()[:2] == ["市生态环境局", "市发改委"]


def test_tasks_of_a_department_stand_by_document_with_their_role(page: Reader) -> None:
    page.open(f"#v=ego&c={COUNTIES}")
    rows = page.page.locator("#panel details.group").first.locator("li").all_inner_texts()
    assert [row.split() for row in rows] == [
        ["打好蓝天保卫战", "配"],
        ["打好碧水保卫战", "配", "同上"],
        ["推进绿色出行", "责", "同上"],
    ]


def test_what_the_curator_stated_is_said_to_be_so(page: Reader) -> None:
    page.open("#v=over&n=policy/130100/x")
    text = page.page.locator("#panel").inner_text()
    assert "石家庄市（编者注明，非原文所载）" in text
    assert REASON in page.page.locator("#panel .stated").inner_text()
    page.open("#v=over&n=policy/130100/a")
    assert "石家庄市（原文所载）" in page.page.locator("#panel").inner_text()
    assert page.page.locator("#panel .stated").count() == 0


def test_what_people_corrected_says_who_when_and_why(read: Callable[[Mapping[str, Any]], Reader]) -> None:
    page = read(corrected())
    for state, words in (
        (f"#v=over&n={TASK}", ("王某", "2025-03-01", "会议纪要", "未识别")),
        (f"#v=over&n={ECOLOGY}", ("王某", "会议纪要")),
        (f"#v=ego&c={TASK}&n=indicator/130100/a/1/1", ("王某", "表中为43")),
        ("#v=over&n=policy/130100/a", ("有关方面", "不是机构", "是泛称", "已适用")),
    ):
        page.open(state)
        text = page.page.locator("#panel .stated").inner_text()
        assert "人工更正" in text, state
        assert [word for word in words if word not in text] == [], state
    page.open("#v=over&n=policy/130500/p")
    assert page.page.locator("#panel .stated").count() == 0


def test_the_empty_panel_helps_and_lists_gaps(page: Reader) -> None:
    text = page.page.locator("#panel").inner_text()
    assert "怎么看这张图" in text
    assert "共 12 项任务（不含保障措施 1 项）" in text
    gap = page.page.locator("#panel details.group", has_text="没有责任单位的任务")
    assert gap.locator("summary b").inner_text() == "6"
    gap.locator("summary").click()
    gap.locator("li a").first.click()
    assert page.title == "落实第1项规划任务"


def search(page: Reader, text: str) -> list[str]:
    page.page.keyboard.press("Escape")
    page.page.locator("#query").fill(text)
    found: list[str] = page.page.locator("#hit-list li .name").all_inner_texts()
    return found


def test_search_finds_names_as_written_and_ranks(page: Reader) -> None:
    assert search(page, "市生态环境局") == ["石家庄市生态环境局", "唐山市生态环境局"]
    assert search(page, "市环保局") == ["唐山市生态环境局"]
    # as written in one city; in the other the same words with letters left out
    assert search(page, "市发改委") == ["石家庄市发展和改革委员会", "唐山市发展和改革委员会"]
    # departments and tasks come before indicators, and what starts with the words before what holds them
    assert search(page, "PM2.5浓度") == ["PM2.5浓度", "PM2.5浓度", "降低PM2.5浓度"]
    assert search(page, "打好") == ["打好蓝天保卫战", "打好碧水保卫战"]
    assert search(page, "各县(市、区)政府") == ["各县（市、区）政府"]  # half-width brackets find full-width ones
    # first letters, from the beginning of a name or from within
    assert search(page, "sthjj") == ["石家庄市生态环境局", "唐山市生态环境局"]
    assert search(page, "FGW") == ["石家庄市发展和改革委员会"]  # as its plan writes it: 市发改委
    assert search(page, "dhlt") == ["打好蓝天保卫战"]
    assert search(page, "没有这个") == []
    assert "没有找到" in page.page.locator("#hits").inner_text()


def test_search_by_keyboard_alone(page: Reader) -> None:
    keyboard = page.page.keyboard
    keyboard.press("/")
    keyboard.type("市生态环境局")
    keyboard.press("ArrowDown")
    keyboard.press("ArrowDown")
    box = page.page.locator("#query")
    assert box.get_attribute("aria-activedescendant") == page.page.locator("#hit-list [aria-selected=true]").get_attribute("id")
    keyboard.press("Enter")
    assert page.title == "唐山市生态环境局"
    assert "v=ego&c=org/130200/ecology" in page.page.url
    assert page.run("() => document.activeElement.id") == "net"
    assert box.get_attribute("aria-expanded") == "false"


def test_double_click_opens_the_neighbourhood(page: Reader) -> None:
    page.page.mouse.dblclick(*page.spot(COUNTIES))
    page.until("atlas.state().view === 'ego'")
    assert page.shown() == {COUNTIES, TASK, "task/130100/a/2", "task/130100/a/3"}


def test_a_walk_does_not_pass_through_departments(page: Reader) -> None:
    view = build_view(three_cities())
    hubs = {node.id for node in view.nodes if node.kind in ("department", "policy", "document")}
    for task in view.of_kind("task"):
        reached, front = {task.id}, {task.id}
        for _ in range(2):
            front = {
                other
                for edge in view.edges
                for here, other in ((edge.source, edge.target), (edge.target, edge.source))
                if here in front and (here == task.id or here not in hubs)
            } - reached
            reached |= front
        page.open(f"#v=ego&c={task.id}&d=2")
        assert page.shown() == reached


ROLE_NAMES = {"lead": "牵头", "responsible": "责任", "support": "配合", "inherited": "沿用"}


@pytest.mark.parametrize("role", ROLE_NAMES)
def test_a_role_filter_hides_exactly_its_relations(page: Reader, role: str) -> None:
    page.open("#v=all")
    before = set(page.run("() => atlas.scene().edges.map(e => e.id)"))
    page.page.locator("#roles button", has_text=ROLE_NAMES[role]).click()
    after = set(page.run("() => atlas.scene().edges.map(e => e.id)"))
    edges = build_view(three_cities()).edges
    hidden = {
        f"e{index}"
        for index, edge in enumerate(edges)
        if edge.relation in ROLES and ("inherited" if edge.inherited else edge.relation) == role
    }
    assert before - after == hidden
    assert hidden
    assert f"off={role}" in page.page.url


def test_region_and_document_filters(page: Reader) -> None:
    page.page.locator("#region").select_option("唐山市")
    assert page.shown() == {"policy/130200/t", "org/130200/ecology", "org/130200/reform"}
    page.page.locator("#document").select_option(PLAN)
    assert page.shown() == {PLAN}
    page.page.locator("#clear").click()
    assert len(page.shown()) == 11


@pytest.mark.parametrize("kind", ["document", "section", "task", "department", "indicator", "policy"])
def test_the_legend_hides_its_kind(page: Reader, kind: str) -> None:
    page.open("#v=all")
    everything, of_kind = page.shown(), page.shown(kind)
    button = page.page.locator(f"#legend [data-hide={kind}]")
    button.click()
    assert page.shown() == everything - of_kind
    assert of_kind
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    assert page.shown() == everything


def test_a_copied_link_opens_the_same_state(page: Reader, context: Any) -> None:
    page.open(f"#v=ego&c={TASK}&d=2")
    page.page.locator("#roles button", has_text="沿用").click()
    page.page.mouse.click(*page.spot(ECOLOGY))
    other = Reader(context, page.address)
    other.open(page.page.url[len(page.address) :])
    assert other.title == page.title == "石家庄市生态环境局"
    assert other.shown() == page.shown()
    assert other.run("() => [atlas.state().depth, [...atlas.state().off]]") == [2, ["inherited"]]


def test_back_returns_to_where_one_was(page: Reader) -> None:
    page.page.mouse.click(*page.spot(ECOLOGY))
    page.page.locator("#panel .actions a", has_text="查看邻域").click()
    page.until("atlas.state().view === 'ego'")
    page.page.go_back()
    page.until("atlas.state().view === 'over'")
    assert page.title == "石家庄市生态环境局"
    page.page.go_back()
    page.until("!atlas.state().node")
    assert page.title == "怎么看这张图"


@pytest.mark.parametrize(
    "state", ["#v=ego&c=task/nobody/knows", "#v=over&n=%E0%A4%A", "#v=elsewhere&hide=x,y&d=7", "#n=__proto__"]
)
def test_an_unknown_link_falls_back(page: Reader, state: str) -> None:
    page.open(state)
    assert page.run("() => atlas.state().view") == "over"
    assert len(page.shown()) == 11
    notice = page.page.locator("#notice")
    assert notice.is_visible() == ("nobody" in state or "__proto__" in state)


def test_keys_walk_the_graph(page: Reader) -> None:
    keyboard = page.page.keyboard
    page.open(f"#v=over&n={ECOLOGY}")
    page.page.locator("#net").focus()
    side = page.run("id => atlas.scene().index.get(id).side", ECOLOGY)
    keyboard.press("ArrowLeft" if side > 0 else "ArrowRight")
    assert page.run("() => atlas.nodes.get(atlas.state().node).kind") == "document"
    keyboard.press("ArrowRight" if side > 0 else "ArrowLeft")
    assert page.run("() => atlas.nodes.get(atlas.state().node).kind") == "department"
    keyboard.press("Enter")
    page.until("atlas.state().view === 'ego'")
    assert page.run("() => document.activeElement.id") == "net"
    keyboard.press("Escape")
    page.until("atlas.state().view === 'over'")
    keyboard.press("t")
    assert page.page.locator("#table table tbody tr").count() == 11
    keyboard.press("Escape")
    assert page.page.locator("#table").is_hidden()


def test_what_was_visited_and_pinned_stays_in_reach(page: Reader, context: Any) -> None:
    page.open(f"#v=ego&c={ECOLOGY}")
    page.page.mouse.dblclick(*page.spot(TASK))
    page.until("id => atlas.state().center === id", TASK)
    assert page.page.locator("#trail li").all_inner_texts() == ["石家庄市生态环境局"]
    page.page.locator("#panel .actions button", has_text="固定").click()
    page.page.locator("#trail a").click()
    page.until("id => atlas.state().center === id", ECOLOGY)
    assert page.page.locator("#pins li a").all_inner_texts() == ["打好蓝天保卫战"]
    assert page.page.locator("#trail li").all_inner_texts() == ["打好蓝天保卫战"]
    other = Reader(context, page.address)
    other.open(page.page.url[len(page.address) :])
    assert other.page.locator("#pins li a").all_inner_texts() == ["打好蓝天保卫战"]
    page.page.locator("#net").focus()
    page.page.keyboard.press("p")
    assert page.page.locator("#pins li").count() == 2
    page.page.locator("#pins .off").first.click()
    page.page.locator("#pins .off").first.click()
    assert page.page.locator("#pins").is_hidden()
    assert "pin=" not in page.page.url


def test_what_is_pinned_comes_first(read: Callable[[Mapping[str, Any]], Reader]) -> None:
    page = read(many_departments(400))
    last = "org/130100/office-399"
    page.open("#v=ego&c=task/130100/m/1")
    assert last not in page.shown()
    page.open(f"#v=ego&c=task/130100/m/1&pin={last}")
    assert last in page.shown()
    assert len(page.shown("department")) == 59


def test_nothing_moves_for_who_wants_no_motion(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "graph.html"
    write_graph(many_departments(400), path)
    for motion, moved in (("reduce", True), ("no-preference", False)):
        calm = browser.new_context(viewport={"width": 900, "height": 500}, reduced_motion=motion)
        page = Reader(calm, path.as_uri() + "#all=1")
        far = "() => atlas.scene().items.reduce((a, b) => (b.y > a.y ? b : a)).id"
        at_once = "id => { atlas.reveal(id); const item = atlas.scene().index.get(id), at = atlas.net.getViewPosition();"
        at_once += "return Math.abs(at.y - item.y) < 1; }"
        assert page.run(at_once, page.run(far)) == moved
        calm.close()


def test_a_wall_that_swallows_requests_holds_nothing_up(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "graph.html"
    write_graph(three_cities(), path)
    walled = browser.new_context()
    asked: list[str] = []
    walled.route("http*://**", lambda route: asked.append(route.request.url))  # never answered
    page = Reader(walled, path.as_uri())
    assert len(page.shown()) == 11
    assert page.run(INK)[0] > 2000
    assert asked == []
    walled.close()


def test_more_departments_than_can_be_read(read: Callable[[Mapping[str, Any]], Reader]) -> None:
    page = read(many_departments(400))
    assert len(page.shown("department")) == 99
    assert "显示 99 / 400" in page.page.locator("#status").inner_text()
    assert "难以辨读" not in page.page.locator("#status").inner_text()
    page.page.locator("#rest").click()
    assert len(page.shown("department")) == 400
    assert "超过 300 个，难以辨读" in page.page.locator("#status").inner_text()
    page.page.locator("#rest").click()
    assert search(page, "市第399办公室") == ["石家庄市第399办公室"]
    page.open("#v=ego&c=task/130100/m/1")
    assert len(page.shown("department")) == 59
    assert "显示 60 / 401（章节 1，部门 400）" in page.page.locator("#status").inner_text()
    assert "部门 400" in page.page.locator("#panel .around").inner_text()  # said before all of them are opened


def test_many_regions_are_tiles_to_open(context: Any, tmp_path: Path) -> None:
    path = tmp_path / "graph.html"
    write_graph(three_cities(), path, most=1)
    page = Reader(context, path.as_uri())
    regions = {"region/130100", "region/130200", "region/130500"}
    assert page.shown() == regions
    assert page.overlaps() == []
    page.page.mouse.click(*page.spot("region/130200"))
    assert page.title == "唐山市"
    assert "zeren graph --region" not in page.page.locator("#panel").inner_text()
    page.page.keyboard.press("Enter")
    page.until("atlas.state().region === '唐山市'")
    assert page.shown() == {"policy/130200/t", "org/130200/ecology", "org/130200/reform"}
    loads = dict(page.run("() => atlas.scene().items.filter(i => i.count).map(i => [i.id, +i.count])"))
    assert loads == {"org/130200/ecology": 2, "org/130200/reform": 1}
    page.page.mouse.dblclick(*page.spot("org/130200/ecology"))
    page.until("atlas.state().view === 'ego'")
    assert page.shown() == {"policy/130200/t", "org/130200/ecology"}
    assert page.page.locator("#panel table.load td").all_inner_texts() == ["2", "1", "1", "0", "0"]
    page.page.locator("#roles button", has_text="牵头").click()
    assert page.page.locator("#panel table.load td").all_inner_texts() == ["1", "0", "1", "0", "0"]
    page.open("#v=all")
    assert page.shown() == set()
    assert "zeren graph --region" in page.page.locator("#notice").inner_text()
    page.open("#t=1")
    assert page.page.locator("#table tbody tr").count() == 3
    assert search(page, "市环保局") == ["唐山市生态环境局"]
    assert page.complaints == []


def test_hostile_text_is_shown_and_never_run(read: Callable[[Mapping[str, Any]], Reader]) -> None:
    page = read(hostile())
    ids = page.run("() => atlas.data.nodes.map(n => n.id)")
    for name in ids:
        page.open(f"#v=ego&c={name}&d=2")
        page.page.mouse.move(*page.spot(name))
    for text in HOSTILE[:4]:
        search(page, text[:12])
    page.open("#v=all")
    page.page.keyboard.press("t")
    assert page.run("() => window.__x") is None
    page.open("#v=ego&c=org/130100/h1")
    assert page.title == HOSTILE[0]
    assert page.page.locator("#panel img, #panel script, #panel svg").count() == 0
    assert page.page.title() == "政策责任图谱"


def test_the_other_language(page: Reader) -> None:
    page.page.locator("#language").click()
    assert page.page.locator("h1").inner_text() == "Policy responsibility graph"
    assert page.page.locator("html").get_attribute("lang") == "en"
    page.page.mouse.click(*page.spot(ECOLOGY))
    assert page.title == "石家庄市生态环境局"  # what documents say stays as it is
    assert page.page.locator("#panel h2").get_attribute("lang") == "zh-CN"
    assert "Tasks" in page.page.locator("#panel table.load").inner_text()
    page.page.locator("#language").click()
    assert page.page.locator("h1").inner_text() == "政策责任图谱"


def test_beside_other_pages_it_is_found_by_their_links(context: Any, tmp_path: Path) -> None:
    titles: dict[Literal["zh", "en"], str] = {"zh": "政策责任图谱", "en": "Policy responsibility graph"}
    for lang, title in titles.items():
        path = tmp_path / f"{lang}.html"
        write_page(render_graph(three_cities(), home="index.html", lang=lang), path)
        page = Reader(context, path.as_uri() + f"?view=ego&center={TASK}&hops=2")
        assert page.page.locator("h1").inner_text() == title
        assert (page.title, page.run("() => [atlas.state().view, atlas.state().depth]")) == ("打好蓝天保卫战", ["ego", 2])
        assert page.page.locator("header a.button").get_attribute("href") == "index.html"
    page.page.locator("#language").click()
    assert page.page.locator("h1").inner_text() == "政策责任图谱"
    assert "lang=zh" in page.page.url


def test_it_prints(page: Reader) -> None:
    page.open(f"#v=ego&c={TASK}")
    page.page.wait_for_timeout(200)
    assert len(page.page.pdf()) > 20_000
    assert page.page.locator("#panel details:not([open]), #panel .more").count() == 0  # nothing stays folded on paper
    page.page.emulate_media(media="print")
    assert page.page.locator("#panel blockquote").first.is_visible()
    assert page.page.locator("#net").is_hidden()
    assert page.page.locator(".filters").is_hidden()


@pytest.mark.parametrize("size", [(1400, 860), (1920, 1080), (700, 900)])
def test_the_picture_fits_its_room(page: Reader, size: tuple[int, int]) -> None:
    page.page.set_viewport_size({"width": size[0], "height": size[1]})
    page.page.wait_for_timeout(400)
    inside = page.run(
        "() => { const box = document.getElementById('net'), [l, t, r, b] = atlas.scene().bounds;"
        "const a = atlas.net.canvasToDOM({x: l, y: t}), z = atlas.net.canvasToDOM({x: r, y: b});"
        "return a.x >= 0 && a.y >= 0 && z.x <= box.clientWidth && z.y <= box.clientHeight; }"
    )
    assert inside


def test_a_ledger_without_documents(read: Callable[[Mapping[str, Any]], Reader]) -> None:
    page = read({"documents": []})
    assert page.page.locator("#empty").inner_text() == "图中没有内容：台账里没有文件。"
    for state in ("#v=ego", "#v=all"):
        page.open(state)
        assert page.shown() == set()


def test_a_document_without_tasks(read: Callable[[Mapping[str, Any]], Reader]) -> None:
    unnamed = {"title": None, "region": None, "file": "/somewhere/else/report.txt"}
    page = read({"documents": [document("x/a", "", SHIJIAZHUANG, []) | unnamed]})
    [card] = page.run("() => atlas.scene().items.map(i => i.card.join(''))")
    assert card == "report.txt"
    [[title, note, width]] = page.run("() => atlas.scene().panels.map(p => [p.title, p.note, p.width])")
    assert (title, note) == ("地区未说明", "1 份文件 · 0 项任务")
    assert page.run("note => atlas.measure(note, 16)", note) + 28 + 22 * len(title) < width


@pytest.mark.skipif(not AXE.exists(), reason="axe was not fetched: python viz/web/bundle.py --tests")
@pytest.mark.parametrize("state", ["#v=over", f"#v=ego&c={TASK}", "#v=all", "#v=over&t=1", f"#v=over&n={ECOLOGY}&lang=en"])
def test_axe_finds_nothing(page: Reader, state: str) -> None:
    page.open(state)
    if state == "#v=over":
        search(page, "市")
    page.run(AXE.read_text("utf-8"))
    found = page.run("() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']})")
    assert [(problem["id"], [node["html"][:200] for node in problem["nodes"]]) for problem in found["violations"]] == []


def test_the_five_documents_are_counted_as_elsewhere(
    read: Callable[[Mapping[str, Any]], Reader], ledger: Mapping[str, Any]
) -> None:
    """The numbers that stand on the page; what they equal elsewhere is in test_counts.py."""
    page, view = read(ledger), build_view(ledger)
    names = page.page.locator("#panel dl.counts dt").all_inner_texts()
    counts = dict(zip(names, map(int, page.page.locator("#panel dl.counts dd").all_inner_texts()), strict=True))
    generic = sum(node.form == "generic" for node in view.of_kind("department"))
    assert (counts["部门"], counts["泛指主体"]) == (len(view.of_kind("department")) - generic, generic)
    assert counts["引用政策"] == len(view.of_kind("policy"))
    assert counts["上位政策"] == len({edge.target for edge in view.edges if edge.relation == "basis"})
    assert f"{counts['部门']} 个部门 · 泛指主体 {generic}" in page.page.locator("#status").inner_text()
    for gap, name in (("leaderless", "多个单位、无牵头的任务"), ("undecided", "尚未判定的名称"), ("unlisted", "未收录的指标")):
        shown = page.page.locator("#panel details.group", has_text=name).locator("summary b").inner_text()
        assert int(shown) == next(len(one.members) + len(one.notes) for one in view.gaps if one.name == gap)
    undecided = page.page.locator("#panel details.group", has_text="尚未判定的名称")
    undecided.locator("summary").click()
    notes = next(one.notes for one in view.gaps if one.name == "undecided")
    assert {note.subject for note in notes} == {"policy"}
    assert undecided.locator("h4").all_inner_texts() == [f"引用文件{len(notes)}"]


def test_the_five_documents(read: Callable[[Mapping[str, Any]], Reader], ledger: Mapping[str, Any]) -> None:
    page = read(ledger)
    assert len(render_graph(ledger).encode("utf-8")) < 1_000_000
    assert len(page.shown("document")) == 5
    assert len(page.shown()) <= 105
    assert page.overlaps() == []
    assert page.run("() => 19 * atlas.net.getScale()") > 11  # pixels of a label
    found = search(page, "市生态环境局")
    assert {"石家庄市生态环境局", "唐山市生态环境局", "宿州市生态环境局"} <= set(found[:4])
    for task in [task for entry in ledger["documents"] for task in entry["tasks"]][::40]:
        page.run("id => atlas.go({view: 'ego', center: id, node: id})", task["id"].partition("/id/")[2])
        page.until("id => atlas.state().center === id", task["id"].partition("/id/")[2])
        assert page.page.locator("#panel blockquote").last.inner_text() or not task["text"]
        assert task["text"] in page.page.locator("#panel blockquote").all_inner_texts()
        assert page.overlaps() == []
