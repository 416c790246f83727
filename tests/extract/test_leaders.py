"""Who leads by a rule that the text sets once, in the words of many places, and by a mark."""

from __future__ import annotations

import pytest

from kg.extract import read_policy
from kg.extract.units import find_assigned
from kg.model import Document

HEAD = "某市2024年重点任务分工方案\n一、重点任务\n"


def roles(text: str) -> list[str]:
    """Return the bodies of each task in a word: body/role, i where inherited."""
    tasks = read_policy(Document("t.txt", "0" * 64, "utf-8", text)).tasks
    return [" ".join(f"{unit.name}/{unit.role[0]}{'i' * unit.inherited}" for unit in task.units) for task in tasks]


# where the rule stands and what it says: the first of three bodies leads, the rest answer, and none bears its words
FIRST = [
    "责任单位：市水利局、市林业局、市财政局（列第一位者为工作牵头或汇总单位，下同）",
    "责任单位：市水利局、市林业局、市财政局（排序第一的单位负责汇总，下同）",
    "责任单位：市水利局（首位单位为牵头汇总单位，下同）、市林业局、市财政局",
    "（市水利局（排名首位为牵头单位，下同）、市林业局、市财政局）",
    "（责任单位：市水利局、市林业局、市财政局，排第一位的为总牵头单位，负责汇总上报，下同）",
    "责任单位：市水利局、市林业局、市财政局(除注明“牵头”单位外,列首位的为牵头或汇总单位,下同)",
    "责任单位：市水利局、市林业局（排在最前的单位为牵头单位并负责汇总进展情况）、市财政局",
    "责任单位：市水利局（以排在第一位的单位为主，下同）、市林业局、市财政局",
    "责任部门（排在第一位的为牵头部门）：市水利局、市林业局、市财政局",
    "（市水利局、市林业局、市财政局等按职责分工负责，排名第一的部门牵头）",
    "责任单位：市水利局、市林业局、市财政局（第一责任单位牵头，下同）",
    "责任单位：市水利局、市林业局、市财政局。列首位的为牵头单位，下同。",
    "（市水利局、市林业局、市财政局负责。列第一位者为牵头部门或单位，其他有关部门和单位按职责分工负责，下同）",
    "（市水利局、市林业局、市财政局，列首位的为牵头单位，其他相关单位分工负责，下同）",
    # all of them are called leaders, and then one alone leads
    "牵头单位：市水利局、市林业局、市财政局（列第一位的为牵头单位）",
]


@pytest.mark.parametrize("words", FIRST)
def test_the_first_leads_and_no_name_bears_the_rule(words: str) -> None:
    assert roles(f"{HEAD}1.治水。清淤。{words}\n2.种树。（市林业局、市水利局）\n") == [
        "市水利局/l 市林业局/r 市财政局/r",
        "市林业局/l 市水利局/r",
    ]


# 下同 speaks of the rule: no body is inherited; where somebody is said to lead, the first of the others does not
NOT_FIRST = [
    (
        "1.治水。（市水利局、市财政局牵头，市林业局（除标注牵头外，列第一位的为牵头单位，下同））\n2.种树。（市林业局、市水利局）",
        ["市水利局/l 市财政局/l 市林业局/r", "市林业局/l 市水利局/r"],
    ),
    ("1.治水。把安全放在首位，市水利局负责汇总。（市林业局、市水利局）", ["市林业局/r 市水利局/r"]),
    ("1.治水。增速位居全省第一，为全国前列。（市林业局、市水利局）", ["市林业局/r 市水利局/r"]),
]


@pytest.mark.parametrize(("text", "expected"), NOT_FIRST)
def test_the_first_does_not_lead(text: str, expected: list[str]) -> None:
    assert roles(HEAD + text) == expected


MARKED = [
    # a mark that one body has and the others have not, with and without a note
    ("1.治水。\n责任单位：▲水利局、财政局、林业局", "水利局/l 财政局/r 林业局/r"),
    ("1.治水。\n责任单位：水利局、财政局▲、林业局", "水利局/r 财政局/l 林业局/r"),
    ("1.治水。（市水利局*、市财政局）", "市水利局/l 市财政局/r"),
    ("1.治水。（★县水利局、县财政局）", "县水利局/l 县财政局/r"),
    ("1.治水。（●县水利局、○县财政局、○县林业局）", "县水利局/l 县财政局/r 县林业局/r"),
    ("1.治水。（◆县水利局、县财政局）\n注：◆为牵头单位。", "县水利局/l 县财政局/r"),
    ("1.治水。（△县水利局、▲县财政局）\n注：△表示牵头单位，▲表示配合单位。", "县水利局/l 县财政局/s"),
    # all marked alike, as in a list with dots; marked for something else; alone
    ("1.治水。（●县水利局、●县财政局）", "县水利局/r 县财政局/r"),
    ("1.治水。（★县水利局、县财政局）\n注：★为新增单位。", "县水利局/r 县财政局/r"),
    ("1.治水。（★县水利局）", "县水利局/r"),
]


@pytest.mark.parametrize(("text", "expected"), MARKED)
def test_a_mark_says_who_leads(text: str, expected: str) -> None:
    assert roles(HEAD + text) == [expected]


def test_a_rule_keeps_offsets() -> None:
    text = "整治。责任单位：市水利局（列首位的为牵头单位，下同）、市财政局"
    (one,) = find_assigned(text, 0, len(text))
    assert [text[name.start : name.end] for name in one.names] == ["市水利局", "市财政局"]
