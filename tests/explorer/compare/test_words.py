"""Which words of two sentences differ, and which both have."""

from __future__ import annotations

import pytest

from kg.explorer.compare.words import Piece, begin, mark_words

# before, after, marked before, marked after
CHANGED = [
    ("新建绿道20公里，由园林局负责。", "新建绿道35公里，由园林局牵头。", ["20", "负责"], ["35", "牵头"]),
    # a number changes as a whole: 97.5% is not 9 and 8
    ("达标率达到97.5%以上。", "达标率达到98.5%以上。", ["97.5%"], ["98.5%"]),
    # a clause that moved has not changed
    ("整治排污口，创建节水型企业。", "创建节水型企业，整治排污口。", [], []),
    ("整治排污口，创建节水型企业。", "整治排污口，创建节水型企业，新增绿地。", [], ["新增绿地"]),
    # full and half width say the same
    ("健全规划体系，由甲局负责。", "健全规划体系,由甲局负责。", [], []),
]


@pytest.mark.parametrize(("before", "after", "left", "right"), CHANGED)
def test_words_that_changed(before: str, after: str, left: list[str], right: list[str]) -> None:
    sides = mark_words(before, after)
    assert [[piece.text for piece in side if piece.mark == "changed"] for side in sides] == [left, right]


def test_short_texts_are_shown_whole() -> None:
    for before, after, *_ in CHANGED:
        assert ["".join(piece.text for piece in side) for side in mark_words(before, after)] == [before, after]


def test_where_little_is_left_the_common_words_are_marked() -> None:
    old, new = mark_words(
        "开展矿山治理，严格审批，整治入河排污口。", "推进学校建设，扩大招生规模，整治入河排污口，加强师资培训。"
    )
    assert [piece.text for piece in old if piece.mark] == ["整治入河排污口"] == [piece.text for piece in new if piece.mark]
    assert {piece.mark for piece in (*old, *new)} == {"", "same"}


def test_what_every_task_has_is_no_common_word() -> None:
    old, new = mark_words("开展矿山治理。（责任单位：甲局）", "扩大招生规模。（责任单位：乙局）", shared=True)
    assert [piece for piece in (*old, *new) if piece.mark] == []


def test_long_runs_without_a_mark_are_left_out() -> None:
    before = "一是" + "继续做好各项工作" * 30 + "，完成造林20万亩。"
    old, _ = mark_words(before, before.replace("20", "30"))
    assert Piece("…", "cut") in old
    assert sum(len(piece.text) for piece in old) < 120
    for piece in old:
        assert piece.mark == "cut" or piece.text in before
    assert begin("短") == (Piece("短"),)
    assert begin(before)[-1] == Piece("…", "cut")


def test_empty_texts_are_no_fault() -> None:
    assert mark_words("", "新增") == ((), (Piece("新增"),))
