"""What the page can show, as records: checked without a browser."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest

from kg.errors import OutputError
from tests.viz.ledgers import BASE, BRACKET, HOSTILE, REASON, TEXT, citation, hostile, many_departments, three_cities
from viz.collect import build_view, find_bracket
from viz.graph import render_graph, write_graph
from viz.layout import Layout, measure_ems, wrap_title
from viz.overview import READABLE, place_overview
from viz.views import Node, View
from viz.whole import place_whole

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def view() -> View:
    return build_view(three_cities())


def node(view: View, name: str) -> Node:
    return next(node for node in view.nodes if node.id == name)


def test_nodes_of_every_kind(view: View) -> None:
    kinds = {kind: len(view.of_kind(kind)) for kind in ("document", "task", "department", "indicator", "policy")}
    assert kinds == {"document": 4, "task": 13, "department": 7, "indicator": 3, "policy": 1}


def test_edges_lead_to_nodes(view: View) -> None:
    ids = [node.id for node in view.nodes]
    assert len(ids) == len(set(ids))
    assert {edge.source for edge in view.edges} | {edge.target for edge in view.edges} <= set(ids)


def test_a_department_is_found_by_each_name_as_written(view: View) -> None:
    assert node(view, "org/130200/ecology").names == ("市生态环境局", "市环保局")
    assert node(view, "org/130200/ecology").short == "市生态环境局"


def test_roles_and_inheritance(view: View) -> None:
    found = [(edge.relation, edge.inherited, edge.written) for edge in view.edges if edge.target == "org/130100/counties"]
    assert found == [
        ("support", False, "各县（市、区）政府"),
        ("support", True, "各县（市、区）政府"),
        ("responsible", True, "各县（市、区）政府"),
    ]


def test_load_counts_tasks_not_mentions(view: View) -> None:
    assert view.loads()["org/130100/ecology", "policy/130100/a"] == 2
    assert view.loads()["org/130100/counties", "policy/130100/a"] == 3


def test_a_task_quotes_its_sentence_and_its_bracket(view: View) -> None:
    sentence, bracket = node(view, "task/130100/a/1").quotes
    assert (sentence.text, sentence.start, sentence.end) == (TEXT, 100, 100 + len(TEXT))
    assert (bracket.text, bracket.start, bracket.end) == (BRACKET, 160, 196)


def test_what_a_curator_stated_is_kept_apart(view: View) -> None:
    assert node(view, "policy/130100/x").stated == (("region", "石家庄市"), ("period", "2022"), ("reason", REASON))
    assert node(view, "policy/130100/a").stated == ()


def test_gaps(view: View) -> None:
    gaps = {gap.name: len(gap.members) + len(gap.notes) for gap in view.gaps}
    # a safeguard (保障措施) is expected to name nobody; 市交通运输局 alone, with a body named elsewhere (下同), needs no lead
    assert gaps == {"unowned": 6, "leaderless": 1, "vague": 0, "unmeasured": 10, "undecided": 1, "unlisted": 0}


def test_a_safeguard_with_several_bodies_needs_no_lead() -> None:
    ledger = three_cities()
    ledger["documents"][3]["tasks"][1]["measure"] = True
    assert next(gap.members for gap in build_view(ledger).gaps if gap.name == "leaderless") == ()


def test_open_decisions_are_counted_as_the_review_does() -> None:
    ledger = three_cities()
    asked = {
        "subject": "policy",
        "mention": "责任清单",
        "verdict": "ambiguous",
        "reason": "哪一级不明",
        "target": "p",
        "count": 1,
    }
    metric = {"subject": "metric", "mention": "绿化率", "verdict": "unknown", "reason": "指标表里没有", "target": "m", "count": 2}
    for entry in ledger["documents"]:
        entry["decisions"] = [*entry["decisions"], asked, metric, asked | {"mention": "条例", "verdict": "exact"}]
    gaps = {gap.name: [(note.subject, note.words) for note in gap.notes] for gap in build_view(ledger).gaps}
    # the same question in four documents is one question
    assert gaps["undecided"] == [("unit", "高新区：两个机构都符合"), ("policy", "责任清单：哪一级不明")]
    assert gaps["unlisted"] == [("metric", "绿化率：指标表里没有")]


def test_parents_are_told_from_other_cited_policies() -> None:
    ledger = three_cities()
    ledger["documents"][0]["citations"] = [citation("plan", "石家庄市实施方案", "creates")]
    forms = {node.label: node.form for node in build_view(ledger).of_kind("policy")}
    assert forms == {"河北省大气污染防治条例": "parent", "石家庄市实施方案": "other"}


def test_a_title_that_a_person_said_stands_before_the_one_read() -> None:
    ledger = three_cities()
    ledger["documents"][0]["stated"]["title"] = "石家庄市2022年生态文明建设工作要点"
    label = "石家庄市2022年生态文明建设工作要点（原文：XX市2022年生态文明建设工作要点）"
    assert node(build_view(ledger), "policy/130100/x").label == label
    assert "".join(wrap_title(label)) == label  # its card shows it whole


def test_a_document_that_names_itself_says_nothing_new() -> None:
    ledger = three_cities()
    ledger["documents"][0]["citations"] = [{"policy_id": f"{BASE}policy/130100/x", "title": "本文", "relation": "self"}]
    assert not [edge for edge in build_view(ledger).edges if edge.target == "policy/130100/x"]


def test_a_cited_document_that_is_here_is_one_node() -> None:
    ledger = three_cities()
    cited = {"policy_id": f"{BASE}policy/130500/p", "title": "邢台规划", "relation": "basis"}
    ledger["documents"][0]["citations"] = [cited]
    view = build_view(ledger)
    assert node(view, "policy/130500/p").kind == "document"
    assert [edge.source for edge in view.edges if edge.target == "policy/130500/p"] == ["policy/130100/x"]


def test_an_unmatched_unit_is_shown_as_such() -> None:
    ledger = three_cities()
    unmatched = {"unit": "市某某办", "unit_id": None, "unit_key": None, "label": None, "kind": None, "role": "lead"}
    ledger["documents"][0]["tasks"][0]["assignments"].append(unmatched)
    found = node(build_view(ledger), "org/policy/130100/x/市某某办")
    assert (found.label, found.form, found.region) == ("市某某办", "unmatched", "石家庄市")


BRACKETS = [
    ("推进治理。（责任单位：市水利局）", "市水利局", "（责任单位：市水利局）"),
    # the outer bracket, not the 市、区 inside it
    ("推进。（市水利局，各县（市、区）政府）", "市水利局", "（市水利局，各县（市、区）政府）"),
    # the last one: the first only explains
    ("由（市水利局）上报。(牵头单位:市水利局)", "市水利局", "(牵头单位:市水利局)"),
    ("没有括号，市水利局负责。", "市水利局", None),
    # never closed
    ("推进。（市水利局", "市水利局", None),
]


@pytest.mark.parametrize(("text", "name", "expected"), BRACKETS)
def test_brackets(text: str, name: str, expected: str | None) -> None:
    span = find_bracket(text, name)
    assert (span and text[slice(*span)]) == expected


def rectangles(layout: Layout, view: View, font: int, row: int) -> list[tuple[float, float, float, float]]:
    labels = {node.id: node.short for node in view.nodes}
    found = []
    for place in layout.places:
        if place.side:
            width = min(measure_ems(labels[place.node]), 9.1) * font + 14
            found.append(
                (
                    min(place.x, place.x + place.side * width),
                    place.y - row / 2,
                    max(place.x, place.x + place.side * width),
                    place.y + row / 2,
                )
            )
        else:
            found.append((place.x - 79, place.y - 45, place.x + 79, place.y + 45))
    return found


@pytest.mark.parametrize("count", [7, 60, 400])
def test_overview_labels_do_not_overlap(count: int) -> None:
    view = build_view(three_cities() if count == 7 else many_departments(count))
    boxes = rectangles(place_overview(view), view, 19, 36)
    for one, other in combinations(boxes, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1], (one, other)


def test_overview_shows_every_document_and_keeps_to_what_is_readable() -> None:
    view = build_view(many_departments(400))
    layout = place_overview(view)
    assert len(layout.places) <= READABLE
    assert (layout.panels[0].shown, layout.panels[0].total) == (99, 400)
    loads = view.loads()
    shown = {place.node for place in layout.places}
    hidden = [load for (name, _), load in loads.items() if name not in shown]
    assert min(load for (name, _), load in loads.items() if name in shown) >= max(hidden)


def test_a_document_without_departments_is_in_the_overview(view: View) -> None:
    layout = place_overview(view)
    assert "policy/130500/p" in {place.node for place in layout.places}
    assert {panel.title: panel.total for panel in layout.panels} == {"石家庄市": 5, "唐山市": 2, "邢台市": 0}


def test_the_map_places_every_node_once(view: View) -> None:
    placed = [place.node for place in place_whole(view).places]
    assert sorted(placed) == sorted(node.id for node in view.nodes)
    spots = [(place.x, place.y) for place in place_whole(view).places]
    assert len(spots) == len(set(spots))


def test_same_ledger_same_page() -> None:
    assert render_graph(three_cities()) == render_graph(three_cities())


TITLES = [
    ("宿州市实施绿色发展行动2022年工作要点", 3),
    ("规划", 1),
    ("长" * 500, 5),
    ("A" * 60, 4),
]


@pytest.mark.parametrize(("title", "lines"), TITLES)
def test_titles_fit_their_card(title: str, lines: int) -> None:
    wrapped = wrap_title(title)
    assert len(wrapped) <= lines
    assert all(measure_ems(line) <= 10 for line in wrapped)
    assert not any(line[-1:].isdigit() and after[:1].isdigit() for line, after in pairwise(wrapped))


def data_of(page: str) -> Mapping[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    content: Mapping[str, Any] = json.loads(found[1])
    return content


def test_hostile_text_stays_data() -> None:
    page = render_graph(hostile())
    data = data_of(page)
    assert {text for text in HOSTILE if text} <= set(data["texts"]) | {
        node[2] for node in data["nodes"] if isinstance(node[2], str)
    }
    assert "<img" not in page.split('id="data">')[1].split("</script>")[0]
    assert page.count("window.__x") == page.split('id="data">')[1].split("</script>")[0].count("window.__x")


def test_the_page_asks_for_nothing() -> None:
    page = render_graph(three_cities())
    head = page[: page.index("<style>")]
    assert "default-src &#39;none&#39;" in head
    assert not re.findall(r"""<(?:script|link|img|iframe)[^>]*\s(?:src|href)=["'](?!#)[^"']+""", page)
    assert "unsafe" not in head


def test_scripts_keep_to_2018() -> None:
    for path in sorted((ROOT / "viz" / "static").glob("*.js")):
        code = re.sub(r"//.*", "", path.read_text("utf-8"))
        assert not re.search(
            r"\?\.[A-Za-z_(\[]|\?\?|\.replaceAll\(|\.flatMap\(|\.at\(|replaceChildren|Object\.fromEntries|catch \{", code
        ), path.name


def test_both_languages_have_the_same_words() -> None:
    text = (ROOT / "viz" / "static" / "words.js").read_text("utf-8")
    chinese, english = text[text.index("zh: {") : text.index("en: {")], text[text.index("en: {") : text.index("atlas.language")]
    keys = [re.findall(r'(?:^|[{,])\s*("[^"]+"|\w+): "', part) for part in (chinese, english)]
    assert keys[0] == keys[1]


@pytest.mark.parametrize(("locale", "charset"), [("C", ""), ("zh_CN", "GBK"), ("en_US", "CP1252")])
def test_the_file_is_utf8_whatever_the_locale(tmp_path: Path, locale: str, charset: str) -> None:
    """Windows in China: Python's own choice would be GBK, which has no ©, and the page says that it is UTF-8."""
    if charset:
        _make_locale(tmp_path / "locales", locale, charset)
    code = (
        "import locale, pathlib, sys; from tests.viz.ledgers import three_cities; from viz.graph import write_graph;"
        "assert locale.getencoding().upper() in sys.argv[2:], locale.getencoding();"
        "write_graph(three_cities(), pathlib.Path(sys.argv[1]))"
    )
    settings = {"LC_ALL": f"{locale}.{charset}".rstrip("."), "LOCPATH": str(tmp_path / "locales")}
    settings |= {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONPATH": str(ROOT)}
    target = tmp_path / "out" / "graph.html"
    target.parent.mkdir()
    expected = [charset or "ANSI_X3.4-1968", charset or "US-ASCII"]
    subprocess.run([sys.executable, "-c", code, target, *expected], env=os.environ | settings, cwd=ROOT, check=True)
    content = target.read_bytes()
    assert content.decode("utf-8") == render_graph(three_cities())
    assert b"\r" not in content
    assert [path.name for path in target.parent.iterdir()] == ["graph.html"]


def _make_locale(folder: Path, locale: str, charset: str) -> None:
    """Compile a locale for this test alone; skip where the system cannot."""
    maker = shutil.which("localedef")
    if maker is None:
        pytest.skip("localedef, which makes locales, is not installed")
    folder.mkdir()
    name = folder / f"{locale}.{charset}"
    subprocess.run([maker, "-i", locale, "-f", charset, name], capture_output=True, check=False)
    if not name.is_dir():
        pytest.skip(f"the system has no sources for the locale {name.name}")


def test_a_folder_that_cannot_be_written_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="could not be written"):
        write_graph(three_cities(), tmp_path / "missing" / "graph.html")
    taken = tmp_path / "graph.html"
    taken.mkdir()
    with pytest.raises(OutputError, match="could not be written"):
        write_graph(three_cities(), taken)
    assert [path.name for path in tmp_path.iterdir()] == ["graph.html"]


def test_an_empty_ledger_gives_a_page() -> None:
    assert data_of(render_graph({"documents": []}))["nodes"] == []
