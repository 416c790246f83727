"""What else a bracket says beside the bodies: by when, how far, what sort of target. The bodies keep their roles."""

from __future__ import annotations

import pytest

from kg.extract.deadlines import Clock, find_deadline
from kg.extract.units import find_assigned
from kg.text import map_text

# the bracket's words, the bodies (body/role), the deadline
REMARKS: list[tuple[str, str, str | None]] = [
    # the State Council's own lists
    ("国务院各部门分别负责，全年持续推进", "国务院各部门/r", "2024-12-31"),
    ("水利部牵头，年内持续推进", "水利部/l", "2024-12-31"),
    ("水利部、财政部负责，8月底前出台实施办法，年内抓好落实", "水利部/r 财政部/r", "2024-12-31"),
    ("商务部牵头，海关总署配合，2024年10月底前完成", "商务部/l 海关总署/s", "2024-10-31"),
    ("水利部等部门负责，11月底前取得阶段性成果，长期坚持", "水利部/r", "2024-11-30"),
    ("自然资源部、水利部负责，年内提请审议", "自然资源部/r 水利部/r", "2024-12-31"),
    ("人民银行、金融监管总局牵头，持续推进，重要情况及时报告", "人民银行/l 金融监管总局/l", "continuous"),
    ("教育部、财政部，年内完成修订工作", "教育部/r 财政部/r", "2024-12-31"),
    ("由财政部会同海关总署负责，4月15日前落实到位", "财政部/r 海关总署/r", "2024-04-15"),
    ("各有关部门按职责分工负责，贯穿全年", "各有关部门/r", "2024-12-31"),
    ("各部门负责，各地区贯彻落实", "各部门/r 各地区/r", None),
    ("水利部、农业农村部等负责，已印发方案，抓好组织实施", "水利部/r 农业农村部/r", None),
    # a target's sort before the bodies
    ("预期性指标，牵头单位：省统计局；责任单位：省商务厅", "省统计局/l 省商务厅/r", None),
    ("约束性指标，省水利厅负责", "省水利厅/r", None),
    ("民生实事项目，市民政局牵头，市财政局配合", "市民政局/l 市财政局/s", None),
    ("省重点改革任务，责任单位：市司法局", "市司法局/r", None),
    # fields and dates in any order
    ("完成时限：2024年9月底；责任单位：县医保局、县卫健局", "县医保局/r 县卫健局/r", "2024-09-30"),
    ("2024年9月底前，县医保局、县卫健局负责", "县医保局/r 县卫健局/r", "2024-09-30"),
    ("上半年完成，县医保局牵头", "县医保局/l", "2024-06-30"),
    ("县医保局，2024年6月", "县医保局/r", "2024-06-30"),
    ("县医保局、县财政局；2024年底", "县医保局/r 县财政局/r", "2024-12-31"),
    ("县医保局、县财政局；长期", "县医保局/r 县财政局/r", "continuous"),
    ("责任单位：县医保局、县财政局，每季度末报送进展", "县医保局/r 县财政局/r", "month-quarter"),
    ("县医保局牵头，各乡镇（街道）配合，12月底前", "县医保局/l 各乡镇（街道）/s", "2024-12-31"),
    ("县医保局负责，各县（市、区）人民政府抓好落实，确保按期完成", "县医保局/r 各县（市、区）人民政府/r", None),
    # short names behind a verb are no remark
    ("县医保局牵头，民政、财政、卫健部门配合", "县医保局/l 民政/s 财政/s 卫健部门/s", None),
    # a body whose name opens with a year or a figure
    ("责任单位：2025年全运会组委会、市体育局，6月底前完成", "2025年全运会组委会/r 市体育局/r", "2024-06-30"),
]


@pytest.mark.parametrize(("words", "bodies", "due"), REMARKS)
def test_remarks_beside_the_bodies(words: str, bodies: str, due: str | None) -> None:
    copy = map_text(f"推进改革。（{words}）")
    names = [name for one in find_assigned(copy.text, 0, len(copy.text)) for name in one.names]
    assert " ".join(f"{name.name}/{name.role[0]}" for name in names) == bodies
    found = find_deadline(copy, 0, len(copy.text), Clock(2024, 2024, 2024))
    said = found and (found.due or (f"month-{found.every}" if found.every else found.kind))
    assert said == due


NO_REMARK = [
    "全面实施三年行动（2023—2025年）。",  # a plan's years, not a date by which it is done
    "全市新增就业5万人（预期性指标）。",
    "推进改革（年内持续推进）。",
]


@pytest.mark.parametrize("text", NO_REMARK)
def test_a_remark_alone_names_nobody(text: str) -> None:
    copy = map_text(text)
    assert [name for one in find_assigned(copy.text, 0, len(copy.text)) for name in one.names] == []


def test_the_years_of_a_plan_are_no_deadline() -> None:
    copy = map_text("全面实施三年行动（2023—2025年）。")
    assert find_deadline(copy, 0, len(copy.text), Clock(2024, 2024, 2024)) is None
