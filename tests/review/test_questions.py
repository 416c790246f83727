"""What waits for a person: questions, candidates, ids, doubts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg import pipeline, store
from kg.cli import build_parser
from kg.cli.verdicts import order_of
from kg.correction import Revocation
from kg.cues import Cue, load_cues
from kg.errors import CorrectionError
from kg.rdf import parse_corrections
from kg.read import read_document
from kg.registry import Registry
from kg.review import Desk, choose, commands_for, read_book, revoke
from kg.review.doubts import find_doubts
from tests.review.shop import TEXT, WHEN, Shop, corrected, order, question, written

# what is asked


def test_open_questions_say_what_would_decide_them(desk: Desk) -> None:
    found = choose(desk.items.values())
    item = next(item for item in found if item.mention == "市拾遗局")
    assert (
        item.places[0].context
        == "…施工工地扬尘治理措施全覆盖。（责任单位：市住房城乡建设局、【市拾遗局】）"[0:0] + item.places[0].context
    )
    assert "【市拾遗局】" in item.places[0].context
    commands = [words for words, _ in commands_for(item, desk)]
    assert ("reject", item.id) in commands
    assert all(item.open for item in found)
    assert not [item for item in found if item.subject in ("assignment", "task")]
    everything = choose(desk.items.values(), everything=True)
    assert {item.subject for item in everything} == {
        "region",
        "unit",
        "period",
        "policy",
        "metric",
        "indicator",
        "assignment",
        "task",
    }


HOLES = ("名称或键", "正式名称", "地名或代码", "数值", "单位", "年份", "2021-2025", "原文中的单位")


def test_the_command_lines_do_what_they_say(built: Path) -> None:
    """Each line that needs nothing but who and why is taken as it is printed."""
    desk = Desk(store.current(built), pipeline.read_ledger(store.current(built)))
    parser, done = build_parser(), 0
    for item in choose(desk.items.values()):
        for words, _ in commands_for(item, desk):
            if not set(words) & set(HOLES):
                options = parser.parse_args(["review", *words, "--by", "王某", "--because", "核对"])
                correction = desk.decide(order_of(options), WHEN)
                assert parse_corrections(written(correction), "x") == (correction,)
                done += 1
    assert done > 20


def test_a_candidate_that_no_document_has_named_yet(tmp_path: Path, registry: Registry) -> None:
    shop = Shop(tmp_path, TEXT.replace("《河北省“十四五”生态环境保护规划》", "《生态环境保护责任清单》"))
    desk = shop.desk()
    item = next(item for item in choose(desk.items.values()) if item.subject == "policy")
    assert [label.partition("：")[0] for label in desk.labels(item).values()] == ["廊坊市", "河北省", "全国"]
    for key in item.candidates:
        correction = desk.decide(order("accept", item.id, target=key), WHEN)
        entry = corrected(read_document(shop.file), registry, correction)
        assert key in {decision["target"] for decision in entry["decisions"]}
        assert any(c["policy_id"].endswith(key) for c in entry["citations"])
    with pytest.raises(CorrectionError, match="say which"):
        desk.decide(order("accept", item.id), WHEN)


def test_candidates_of_one_name_are_told_apart_by_their_place(tmp_path: Path, registry: Registry) -> None:
    text = "2024年重点工作要点\n一、重点任务\n1.扩大招生。新增学位120个。（责任单位：南山区教育局）\n"
    shop = Shop(tmp_path, text)
    desk = shop.desk()
    item = desk.items[question(desk, "unit", "南山区教育局")]
    assert set(desk.labels(item).values()) == {"南山区教育局（黑龙江省鹤岗市）", "南山区教育局（广东省深圳市）"}
    key = next(key for key, label in desk.labels(item).items() if "深圳" in label)
    entry = corrected(read_document(shop.file), registry, desk.decide(order("accept", item.id, target=key), WHEN))
    assert [(a["unit_key"], a["label"]) for task in entry["tasks"] for a in task["assignments"]] == [(key, "南山区教育局")]
    assert entry["region"] is None
    at = question(desk, "region", "*")
    entry = corrected(read_document(shop.file), registry, desk.decide(order("accept", at, target="广东省深圳市南山区"), WHEN))
    assert entry["region_code"] == key.partition("/")[0]


def test_ids_are_made_of_what_they_name(tmp_path: Path, desk: Desk) -> None:
    other = Shop(tmp_path)  # the same text in another folder
    assert other.desk().items.keys() == desk.items.keys()
    other.write(TEXT + "4.（补）略。\n")  # bodies and policies keep their ids when the text changes
    other.build()
    stable = {key for key, item in desk.items.items() if item.subject in ("unit", "policy", "metric")}
    assert stable <= other.desk().items.keys()


def test_a_question_on_file_is_asked_no_more(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    item = question(shop.desk(), "unit", "市拾遗局")
    assert item in [one.id for one in choose(shop.desk().items.values(), read_book(shop.out))]
    made = shop.decide("accept", item, target="市财政局")
    assert item not in [one.id for one in choose(shop.desk().items.values(), read_book(shop.out))]
    shop.build()
    assert item not in [one.id for one in choose(shop.desk().items.values(), read_book(shop.out))]
    assert shop.desk().items[item].corrected == (made.key,)
    revoke(shop.out, made.key, Revocation("李某", WHEN, "看错"))
    shop.build()
    assert item in [one.id for one in choose(shop.desk().items.values(), read_book(shop.out))]


DOUBTS: list[tuple[dict[str, Any], list[str]]] = [
    ({}, []),
    ({"name": "目标"}, ["generic-name"]),
    ({"name": "和污水治理率"}, ["torn-name"]),
    ({"name": "城镇" * 16}, ["long-name"]),
    ({"value": 120}, ["over-whole"]),
    ({"value": 120, "name": "投资完成率"}, []),  # more than planned can be done
    ({"unit": None}, ["no-unit"]),
    ({"kind": "zero", "unit": None, "value": 0}, []),
    ({"op": None}, ["no-comparator"]),
    ({"kind": "placeholder", "value": None}, ["placeholder"]),
    ({"year": None}, ["no-year"]),
    ({"year": 1999}, ["out-of-time"]),
]


@pytest.mark.parametrize(("changes", "names"), DOUBTS)
def test_doubts_about_an_indicator(changes: dict[str, Any], names: list[str]) -> None:
    right = {"name": "污水治理率", "kind": "quantitative", "op": ">=", "value": 95, "unit": "%", "year": 2024}
    found = list(find_doubts({**right, **changes}, {"period": [2024, 2024]}))
    assert [doubt.name for doubt in found] == names
    assert all(doubt.words for doubt in found)


@pytest.mark.parametrize("cue", load_cues("doubts.toml")["doubt"], ids=lambda cue: cue.id)
def test_a_cue_of_doubt_finds_its_matches_and_passes_its_rejects_over(cue: Cue) -> None:
    assert cue.matches
    assert cue.rejects
    assert [words for words in cue.matches if not cue.pattern.search(words)] == []
    assert [words for words in cue.rejects if cue.pattern.search(words)] == []
