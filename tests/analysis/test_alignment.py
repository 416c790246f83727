"""Which task goes on in which: against truth tables made by hand from reading, and in the corners."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from benchmarks.alignment import TRUTHS, Score, Truth, read_files, read_truths, score_links
from kg.analysis.continuity.alignment import Link, PlanTask, align, similarity

SHIJIAZHUANG = TRUTHS / "shijiazhuang_2022_2023.toml"


@pytest.fixture(scope="module")
def truths(built: Path) -> dict[str, Truth]:
    return {truth.name: truth for truth in read_truths(built)}


@pytest.mark.parametrize("path", sorted(TRUTHS.glob("*.toml")), ids=lambda path: path.stem)
def test_a_truth_table_says_what_becomes_of_every_task(path: Path) -> None:
    table = tomllib.loads(path.read_text("utf-8"))
    truth = table.get("truth", table)
    sure = [link for link in truth["link"] if not link.get("doubtful")]
    for side, key, name in ((0, "old", "dropped"), (1, "new", "new")):
        known = (
            {row["number"] for row in table[("earlier", "later")[side]]}
            if "truth" in table
            else {str(n + 1) for n in range(table["size"][side])}
        )
        linked, left = {link[key] for link in sure}, {row[key] for row in truth[name]}
        assert len(known) == table["size"][side]
        assert linked | left == known
        assert not linked & left
    assert all(row["reason"] for row in [*truth["link"], *truth["dropped"], *truth["new"]])
    assert len({(link["old"], link["new"]) for link in truth["link"]}) == len(truth["link"])


def test_links_are_those_of_the_truth_tables(truths: dict[str, Truth]) -> None:
    found = {name: score_links(truth, align(truth.earlier, truth.later)) for name, truth in truths.items()}
    assert found == {
        # 城镇污水垃圾 and 矿山综合治理 are put in other words
        "石家庄市2022年→2023年生态文明建设工作要点": Score(24, 0, 2),
        "自拟：政务服务年度计划": Score(9, 0, 0),
        "自拟：一句一项的任务分解表": Score(9, 0, 0),
    }


def test_what_is_dropped_and_new_in_shijiazhuang(built: Path) -> None:
    table = tomllib.loads(SHIJIAZHUANG.read_text("utf-8"))
    earlier, later = read_files(built, [Path(table[side]).name for side in ("earlier", "later")])
    links = align(earlier.tasks, later.tasks)
    dropped = {item.number for n, item in enumerate(earlier.items) if n not in {link.earlier for link in links}}
    new = {item.number for n, item in enumerate(later.items) if n not in {link.later for link in links}}
    assert dropped == {row["old"] for row in table["dropped"]}
    # 18 goes on with a clause of 1, which is doubtful; 6 and 13 are the two links that are missed
    assert new == {row["new"] for row in table["new"]} - {"18"} | {"6", "13"}


def test_kinds_of_links_in_shijiazhuang(built: Path) -> None:
    table = tomllib.loads(SHIJIAZHUANG.read_text("utf-8"))
    earlier, later = read_files(built, [Path(table[side]).name for side in ("earlier", "later")])
    meant = {(link["old"], link["new"]): link["kind"] for link in table["link"] if not link.get("doubtful")}
    found = {
        (earlier.items[link.earlier].number, later.items[link.later].number): link.kind
        for link in align(earlier.tasks, later.tasks)
    }
    other = {pair for pair in meant.keys() & found.keys() if meant[pair] != found[pair]}
    # 4 is split in two halves, 6 in five: which of them goes on is anybody's guess; 9 goes on from 14 or from 11
    assert other == {("4", "2"), ("4", "3"), ("6", "14"), ("11", "9"), ("14", "9")}


def test_a_clause_in_the_words_of_both_is_shown() -> None:
    earlier = [PlanTask("整治河湖", "整治入河排污口，打击非法采砂。"), PlanTask("推进绿化", "完成营造林10万亩。")]
    (link, _) = align(earlier, [PlanTask("整治河湖水域", "打击河道非法采砂。"), PlanTask("推进绿化", "完成营造林12万亩。")])
    assert link.words == ("打击非法采砂", "打击河道非法采砂")


def plan(*titles: str) -> list[PlanTask]:
    return [PlanTask(title, "") for title in titles]


def test_a_plan_goes_on_in_itself(truths: dict[str, Truth]) -> None:
    for truth in truths.values():
        links = [link for link in align(truth.earlier, truth.earlier) if link.kind == "continued"]
        assert [(link.earlier, link.later) for link in links] == [(n, n) for n in range(len(truth.earlier))]
        assert min(link.score for link in links) >= 0.85


def test_a_task_has_one_continuation_at_most(truths: dict[str, Truth]) -> None:
    for truth in truths.values():
        links = align(truth.earlier, truth.later)
        whole = [link for link in links if link.kind == "continued"]
        assert len({link.earlier for link in whole}) == len({link.later for link in whole}) == len(whole)
        assert len({(link.earlier, link.later) for link in links}) == len(links)


def test_the_order_of_the_tasks_does_not_matter(truths: dict[str, Truth]) -> None:
    def pairs(links: list[Link], olds: int, news: int, turned: bool) -> set[tuple[Any, ...]]:
        return {
            (olds - 1 - link.earlier if turned else link.earlier, news - 1 - link.later if turned else link.later, link.kind)
            for link in links
        }

    for truth in truths.values():
        sizes = len(truth.earlier), len(truth.later)
        there = pairs(align(truth.earlier, truth.later), *sizes, False)
        assert there == pairs(align(truth.earlier[::-1], truth.later[::-1]), *sizes, True)


def test_plans_too_long_for_memory_are_aligned_alike(truths: dict[str, Truth], monkeypatch: pytest.MonkeyPatch) -> None:
    # two plans that say the same again and again, and the truth tables
    stock = [f"{verb}{what}工作机制，落实责任" for verb in ("完善", "健全") for what in ("监管", "考核", "督查", "预警")]
    repeated = [PlanTask(f"推进任务{n}", "。".join(stock[n % 5 :])) for n in range(12)]
    pairs = [(repeated, repeated[3:]), *((truth.earlier, truth.later) for truth in truths.values())]
    whole = [align(*pair) for pair in pairs]
    monkeypatch.setattr(similarity, "_FITS", 0)
    monkeypatch.setattr(similarity, "_BLOCK", 7)
    assert [align(*pair) for pair in pairs] == whole


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        ([], [], []),
        (plan("推进节水"), [], []),
        ([], plan("推进节水"), []),
        (plan("推进节水"), plan("推进节水"), [(0, 0, "continued")]),
        # nothing but a number or a mark: no words, no link
        (plan("1", "——"), plan("1", "——"), []),
        # 新增学位 stands in both, but the kindergarten goes on elsewhere
        (
            plan("新建幼儿园6所，新增学位1800个", "改造公园3个", "修建公路9公里"),
            plan("新建幼儿园4所，增加学位900个", "新建高中2所，新增学位3000个", "办好运动会"),
            [(0, 0, "continued")],
        ),
    ],
)
def test_corners(earlier: list[PlanTask], later: list[PlanTask], expected: list[tuple[int, int, str]]) -> None:
    assert [(link.earlier, link.later, link.kind) for link in align(earlier, later)] == expected


def test_bodies_and_metrics_count_beside_words() -> None:
    def task(title: str, body: str) -> PlanTask:
        return PlanTask(title, "", frozenset([body]), frozenset())

    earlier = [task("抓好整治工作", "甲"), task("推进绿化行动", "乙")]
    alone = align(earlier, [task("开展整治行动", "丙"), task("做好绿化工作", "丁")])
    named = align(earlier, [task("开展整治行动", "甲"), task("做好绿化工作", "乙")])
    assert [link.score for link in named] > [link.score for link in alone]
