"""Who is named, in which role: the forms in which assignments are written."""

from __future__ import annotations

import pytest

from kg.extract.units import find_assigned
from kg.extract.units.parts import is_body

L, R, S = "lead", "responsible", "support"
ASSIGNMENTS: list[tuple[str, list[tuple[str, str]]]] = [
    ("（责任单位：市水利局、市林业局）", [("市水利局", R), ("市林业局", R)]),
    ("〔责任单位:市水利局〕", [("市水利局", R)]),
    ("(牵头单位:A局;配合单位:B局、C局)", [("A局", L), ("B局", S), ("C局", S)]),
    ("（牵头单位：市住建局、配合单位：市财政局）", [("市住建局", L), ("市财政局", S)]),
    ("（A局牵头，B局、C局配合）", [("A局", L), ("B局", S), ("C局", S)]),
    ("（A局牵头，B局、C局按职责分工负责）", [("A局", L), ("B局", R), ("C局", R)]),
    ("整治。（市水利局、市林业局按职责分工负责）", [("市水利局", R), ("市林业局", R)]),
    ("(牵头单位:A局、B局按职责牵头)", [("A局", L), ("B局", L)]),
    ("推进林业碳汇项目。(市林业局)", [("市林业局", R)]),
    ("（6月底前完成，牵头单位：市水利局）", [("市水利局", L)]),
    # nested brackets are part of a name
    ("（责任单位：市水利局，各县（市、区）政府）", [("市水利局", R), ("各县（市、区）政府", R)]),
    # stray delimiters
    ("（责任单位：市水利局、市林业局、）", [("市水利局", R), ("市林业局", R)]),
    # never closed
    ("（责任单位：市水利局、市林业局", [("市水利局", R), ("市林业局", R)]),
    # 等 leaves the list open; the members of a group are a body of their own
    ("（责任单位：市水利局等）", [("市水利局", R)]),
    ("（责任单位：市水利局等碳达峰碳中和领导小组成员单位）", [("市水利局", R), ("碳达峰碳中和领导小组成员单位", R)]),
    # 各区、县级市 is one body
    ("（配合单位：市教育局，各区、县级市）", [("市教育局", S), ("各区、县级市", S)]),
    # 和 joins bodies, and stands in names
    ("（市财政局和市住房和城乡建设局负责）", [("市财政局", R), ("市住房和城乡建设局", R)]),
    ("（牵头单位：市委组织部；配合单位：各区政府及市直有关部门）", [("市委组织部", L), ("各区政府", S), ("市直有关部门", S)]),
    # a line of its own; people are not units
    ("责任部门:城建局、农海局 配合部门:各街道", [("城建局", R), ("农海局", R), ("各街道", S)]),
    ("责任领导：某某 责任单位：市水务局", [("市水务局", R)]),
    ("牵头单位：市教育局（牵头）、市财政局", [("市教育局", L), ("市财政局", L)]),
    ("整治。（各区县政府具体负责）", [("各区县政府", R)]),
    ("（责任单位：市商务委、浦东新区等相关区政府）", [("市商务委", R), ("浦东新区", R), ("相关区政府", R)]),
    # behind the last sentence, without brackets
    ("整治河道（含支流）。责任单位：市水利局、各镇（街道）。", [("市水利局", R), ("各镇（街道）", R)]),
    ("（责任单位：市水利局，各县〈市、区〉党委、政府）", [("市水利局", R), ("各县〈市、区〉党委、政府", R)]),
    # what follows says by when, and is no sentence of its own
    ("整治。牵头单位：区水利局；配合单位：各镇街。完成时限：6月底前。", [("区水利局", L), ("各镇街", S)]),
    # who answers in person comes first
    ("配齐教师。责任领导：某某 责任股室：教育股、德育办", [("教育股", R), ("德育办", R)]),
    # dates and efforts stand where bodies do
    ("（责任单位：州水利局、甲经开区管委会，6月底完成）", [("州水利局", R), ("甲经开区管委会", R)]),
    ("（责任单位：市水利局；以上任务2024年6月底前完成）", [("市水利局", R)]),
    ("（局办公室、党建办负责，长期坚持）", [("局办公室", R), ("党建办", R)]),
    # short labels
    ("（牵头：市公安局；配合：市司法局）", [("市公安局", L), ("市司法局", S)]),
    # verbs other than 牵头 and 配合; 协办 ends like a body
    ("（市公安局主责，市司法局协办）", [("市公安局", L), ("市司法局", S)]),
    ("（市教育局为主，市财政局配合）", [("市教育局", L), ("市财政局", S)]),
    ("（市教育局为牵头单位，市财政局为配合单位）", [("市教育局", L), ("市财政局", S)]),
    ("（由市教育局负责牵头落实）", [("市教育局", L)]),
    ("（市总工会、市科协分工负责）", [("市总工会", R), ("市科协", R)]),
    ("（市公安局牵头，会同市司法局、市财政局落实）", [("市公安局", L), ("市司法局", R), ("市财政局", R)]),
    # a second name in brackets does not hide that this is a body
    ("整治。（市委宣传部（市文明办）、市教育局）", [("市委宣传部（市文明办）", R), ("市教育局", R)]),
    ("（市政府办公室（市大数据局）牵头，市直各单位配合）", [("市政府办公室（市大数据局）", L), ("市直各单位", S)]),
    # separators within one name
    ("（责任单位：市直有关部门、单位，各市州委、政府）", [("市直有关部门、单位", R), ("各市州委、政府", R)]),
    ("（责任单位：各县（区）政府、管委会，各镇、街道办事处）", [("各县（区）政府、管委会", R), ("各镇、街道办事处", R)]),
    # departments that name nobody are no further body behind 等; groups and places are
    ("（责任单位：市教育局等市有关部门和单位）", [("市教育局", R)]),
    ("（牵头单位：市教育局；责任单位：市司法局等有关部门）", [("市教育局", L), ("市司法局", R)]),
    ("（市教育局、市财政局等相关单位按职责分工负责）", [("市教育局", R), ("市财政局", R)]),
    ("（责任单位：市教育局、市工信局等市直有关部门（单位））", [("市教育局", R), ("市工信局", R)]),
    ("（责任单位：市教育局等相关区政府）", [("市教育局", R), ("相关区政府", R)]),
    ("（责任单位：市教育局等各有关部门，各县区）", [("市教育局", R), ("各县区", R)]),
    ("（责任单位：市教育局等市直部门、有关部门）", [("市教育局", R), ("市直部门", R), ("有关部门", R)]),
    # only the last of elided names has its ending
    ("（民政、财政、卫健部门负责）", [("民政", R), ("财政", R), ("卫健部门", R)]),
    ("（责任单位：江岸、江汉、武昌区人民政府）", [("江岸", R), ("江汉", R), ("武昌区人民政府", R)]),
    # stars are marks, not names
    ("（责任单位：★市教育局、市财政局*）", [("市教育局", R), ("市财政局", R)]),
    # within a sentence, where a verb says what the bracket is
    ("整治河道（市水利局负责），确保完成。", [("市水利局", R)]),
    # an item of its own, numbered
    ("3.责任单位：市水利局", [("市水利局", R)]),
    # who answers in person stands between
    ("（责任领导：某某；责任单位：县教育局；责任人：某某；完成时限：2024年12月）", [("县教育局", R)]),
    # 商 opens a name more often than it says with whom
    ("（商务局牵头）", [("商务局", L)]),
    # not an assignment
    ("覆盖全市所有乡镇（街道）。", []),
    ("建设社区服务站（中心）。", []),
    ("开展督查（市委督查室、市政府督查室）工作。", []),
    ("加强与省级部门（省教育厅、省财政厅）的对接。", []),
    ("学习先进（如甲市、乙区）。", []),
    ("同时抄报当地局(分局不必将此表转报国家外汇管理局)。", []),
    ("清理（乱占、乱采、乱堆、乱建）。", []),
    ("治理挥发性有机物（VOCs）。", []),
    ("加强队伍建设（含县、区）。", []),
    ("发挥社会力量（行业协会、企业）作用。", []),
]


@pytest.mark.parametrize(("text", "expected"), ASSIGNMENTS)
def test_bodies_and_roles(text: str, expected: list[tuple[str, str]]) -> None:
    found = [name for one in find_assigned(text, 0, len(text)) for name in one.names]
    assert [(name.name, name.role) for name in found] == expected
    assert all(text[name.start : name.end] == name.name for name in found)


def test_no_bracket_is_too_long_that_a_label_opens() -> None:
    text = f"整治。（责任单位：{'、'.join(f'第{i}区水利局' for i in range(400))}）"
    assert len([name for one in find_assigned(text, 0, len(text)) for name in one.names]) == 400


LASTING = [
    # general bodies behind a comma hold for all later tasks, departments do not
    ("（责任单位：市水利局，各县（市、区）政府，高新区管委会，下同）", ["各县（市、区）政府", "高新区管委会"]),
    ("（责任单位：各县（市、区）政府，下同）", ["各县（市、区）政府"]),
    # the same in words
    (
        "（责任单位：市直有关部门，各区市政府。以下任务均需各区市政府、开发区管委落实，不再一一列出）",
        ["各区市政府", "开发区管委"],
    ),
    ("（责任单位：市水利局；各县区均为责任单位，不再列出）", ["各县区"]),
    ("（市水利局负责。具体任务均涉及相关市（州）人民政府，不再做分工，下同。）", ["相关市（州）人民政府"]),
    ("（责任单位：市水利局；各区均需落实，下同）", ["各区"]),
    ("（责任单位：市水利局，各区政府，以下各条均相同）", ["各区政府"]),
    ("（责任单位：市水利局、各区政府，下同，不再列出）", ["各区政府"]),
    ("（责任单位：市水利局；以下各项任务责任单位均包括各区政府，不再逐项列出）", ["各区政府"]),
    ("（市水利局负责。各区对本辖区内任务负责，以下不再列出）", ["各区"]),
    ("（市水利局负责，各区政府为各项任务的配合单位，以下不再重复）", ["各区政府"]),
    ("（市水利局牵头。除特别注明的外，各县（市、区）政府和高新区管委会都是配合单位）", ["各县（市、区）政府", "高新区管委会"]),
    ("（责任单位：市水利局；以下各项工作均需各乡镇（街道）配合）", ["各乡镇（街道）"]),
    ("（责任单位：市水利局。各镇街为所有任务的责任单位）", ["各镇街"]),
    # here 下同 speaks of the rule, not of bodies
    ("（市水利局、市林业局负责。列第一位者为牵头单位，下同）", []),
]


@pytest.mark.parametrize(("text", "expected"), LASTING)
def test_what_holds_below(text: str, expected: list[str]) -> None:
    (one,) = find_assigned("整治。" + text, 0, len(text) + 3)
    assert [name.name for name in one.lasting] == expected


FIRST_LEADS = [
    "列第一位者为牵头单位，下同",
    "排在第一位的为牵头部门",
    "排名第一的单位为牵头单位",
    "列首位的为牵头单位",
    "第一个单位为牵头单位",
    "各责任单位中排第一位的为牵头单位",
    "第一责任单位为牵头单位，下同",
    "责任分解中，列在第一位的责任单位为牵头单位或汇总单位",
    "有多个责任单位的，列首位的为牵头单位，下同",
    "排在第一的部门为牵头部门，其他为配合部门",
    "以第一个单位为牵头单位，其余为配合单位",
    "首家单位为牵头单位",
    "排在前面的为牵头单位",
    "列第1位者为牵头单位",
    "居第一位的部门为牵头部门",
]


@pytest.mark.parametrize("rule", FIRST_LEADS)
def test_the_rule_that_the_first_leads(rule: str) -> None:
    text = f"整治。（市水利局、市林业局负责，{rule}）"
    (one,) = find_assigned(text, 0, len(text))
    assert one.first_leads
    assert [name.name for name in one.names] == ["市水利局", "市林业局"]


GROUPS = [
    ("各县（市、区）政府", True, False),
    ("各有关单位", False, True),
    ("市有关部门", False, True),
    ("各有关区、县级市", True, True),
    ("生态文明建设领导小组成员单位", True, False),
    ("市直各部门", True, False),
    ("下属各单位", True, False),
    ("市有关部门和单位", False, True),
    # a committee of a zone is one body
    ("高新区管委会", False, False),
    ("青浦区政府", False, False),
    ("县级以上人民政府", True, False),
    ("5个市级帮扶集团牵头单位", True, False),
    ("属地政府", False, True),
    ("市、县（市、区）人民政府", True, False),
    ("各县、市、区政府", True, False),
    ("各省、自治区、直辖市人民政府", True, False),
    ("各区（县）、自治县", True, False),
    ("各区委、区政府", True, False),
    ("自治区有关部门", False, True),
    ("市级各有关部门", False, True),
    ("县直各相关单位", False, True),
    ("省政府各部门", True, False),
    ("委属部门单位", True, False),
    ("各直属机构", True, False),
    ("局属各单位", True, False),
    ("各科室", True, False),
    ("机关各处室", True, False),
    ("局机关各科室", True, False),
    ("县直医疗卫生单位", True, False),
    # 各 within a body's name
    ("市各界人士联谊会", False, False),
]


@pytest.mark.parametrize(("name", "collective", "vague"), GROUPS)
def test_groups_and_bodies_that_name_nobody(name: str, collective: bool, vague: bool) -> None:
    text = f"（责任单位：{name}）"
    (found,) = (n for one in find_assigned(text, 0, len(text)) for n in one.names)
    assert (found.collective, found.vague) == (collective, vague)


def test_bodies_by_their_endings() -> None:
    assert is_body("市发展改革委", sure=True)
    assert not is_body("行业协会", sure=True)
    assert not is_body("三年行动")
