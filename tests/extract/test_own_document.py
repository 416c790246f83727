"""Which of the documents that a text names is the text itself, and whose the others are."""

from __future__ import annotations

import pytest

from kg.extract.citations import find_citations
from kg.extract.citations.own import Own
from kg.text import map_text

DISTRICT = Own("优化营商环境2022年工作要点", "青岛市李沧区人民政府办公室", "李沧政办发〔2022〕6号")
CITY = Own("甲市养老服务“十四五”规划任务分工方案", "甲市人民政府办公室", "甲政办发〔2022〕3号")
COUNTY = Own("2023年重点工作责任分解", "甲县人民政府办公室")
SHARE = Own("2022年省《政府工作报告》涉及我市任务责任分解", "甲市人民政府办公厅")
BEIJING = Own("2022年重点任务分工", "北京市人民政府办公厅")
ROWS: list[tuple[Own, str, list[tuple[str, str, str]]]] = [
    # the city's document of the same title, carried out by the district
    (
        DISTRICT,
        "根据《青岛市人民政府办公厅关于印发优化营商环境2022年工作要点的通知》，制定本要点。",
        [("青岛市人民政府办公厅关于印发优化营商环境2022年工作要点的通知", "basis", "prefecture")],
    ),
    (
        DISTRICT,
        "按照市政府《优化营商环境2022年工作要点》部署，制定本要点。",
        [("优化营商环境2022年工作要点", "basis", "prefecture")],
    ),
    (
        DISTRICT,
        "落实《优化营商环境2022年工作要点》（鲁政办发〔2022〕2号）。",
        [("优化营商环境2022年工作要点", "basis", "province")],
    ),
    (
        DISTRICT,
        "落实《国务院办公厅关于印发优化营商环境2022年工作要点的通知》要求。",
        [("国务院办公厅关于印发优化营商环境2022年工作要点的通知", "basis", "national")],
    ),
    # of another city's department, at the same level
    (
        Own("城市更新行动方案", "甲市住房和城乡建设局"),
        "学习借鉴《乙市人民政府关于印发城市更新行动方案的通知》，完善做法。",
        [("乙市人民政府关于印发城市更新行动方案的通知", "reference", "prefecture")],
    ),
    # its own notice, whatever office of the same government signs
    (
        DISTRICT,
        "《青岛市李沧区人民政府关于印发优化营商环境2022年工作要点的通知》已印发。",
        [("青岛市李沧区人民政府关于印发优化营商环境2022年工作要点的通知", "self", "county")],
    ),
    (DISTRICT, "现将《优化营商环境2022年工作要点》印发给你们。", [("优化营商环境2022年工作要点", "self", "county")]),
    # what is broken down is not the break-down
    (
        CITY,
        "现将《甲市养老服务“十四五”规划》任务分工方案印发给你们。",
        [("甲市养老服务“十四五”规划", "basis", "prefecture")],
    ),
    (
        CITY,
        "根据《甲市养老服务“十四五”规划》（甲政发〔2021〕9号），现将《规划》确定的任务分解如下。",
        [("甲市养老服务“十四五”规划", "basis", "prefecture")],
    ),
    (CITY, "《甲市养老服务“十四五”规划》重点任务清单已经市政府同意。", [("甲市养老服务“十四五”规划", "reference", "prefecture")]),
    (CITY, "现将《甲市养老服务“十四五”规划任务分工方案》及台账印发给你们。", [(str(CITY.title), "self", "prefecture")]),
    # whose 政府工作报告
    (COUNTY, "为落实《政府工作报告》，制定本分解。", [("政府工作报告", "basis", "county")]),
    (COUNTY, "落实省第十四届人大一次会议通过的《政府工作报告》。", [("政府工作报告", "basis", "province")]),
    (COUNTY, "贯彻落实国务院《政府工作报告》。", [("政府工作报告", "basis", "national")]),
    (COUNTY, "十四届全国人大二次会议审议通过的《政府工作报告》要落实到位。", [("政府工作报告", "reference", "national")]),
    (COUNTY, "落实省、市《政府工作报告》任务。", [("政府工作报告", "basis", "prefecture")]),
    (COUNTY, "分解县十七届人大三次会议审议通过的《2023年政府工作报告》。", [("2023年政府工作报告", "reference", "county")]),
    (SHARE, "2022年省《政府工作报告》涉及我市任务责任分解", [("政府工作报告", "basis", "province")]),
    (
        SHARE,
        "现将《2022年省〈政府工作报告〉涉及我市任务责任分解》印发给你们。",
        [("2022年省〈政府工作报告〉涉及我市任务责任分解", "self", "prefecture")],
    ),
    (COUNTY, "2023年《政府工作报告》主要目标任务分解清单", [("政府工作报告", "basis", "county")]),
    (COUNTY, "现将《政府工作报告》提出的2023年重点工作责任单位明确如下：", [("政府工作报告", "basis", "county")]),
    (COUNTY, "市政府办负责《政府工作报告》起草工作。", [("政府工作报告", "creates", "prefecture")]),
    (SHARE, "现将《政府工作报告》涉及我市的工作分解如下。", [("政府工作报告", "basis", "province")]),
    (BEIJING, "落实市十六届人大一次会议批准的《政府工作报告》。", [("政府工作报告", "basis", "province")]),
    (Own("2023年重点工作责任分解"), "落实《政府工作报告》。", [("政府工作报告", "basis", "unknown")]),
    # whose document, by a place alone or by bodies before it
    (CITY, "落实省《养老服务条例实施办法》。", [("养老服务条例实施办法", "basis", "province")]),
    (CITY, "承接国家《养老机构管理办法》。", [("养老机构管理办法", "reference", "national")]),
    (CITY, "执行我市《养老设施布局规划》。", [("养老设施布局规划", "basis", "prefecture")]),
    (CITY, "按照国家和省《养老设施布局规划》。", [("养老设施布局规划", "basis", "unknown")]),
    (CITY, "完善社区《养老服务公约》。", [("养老服务公约", "reference", "unknown")]),
    (BEIJING, "落实市委、市政府《关于优化服务的意见》。", [("关于优化服务的意见", "basis", "province")]),
    (CITY, "按照省发展改革委等7部门《关于促进消费的意见》推进。", [("关于促进消费的意见", "basis", "province")]),
    (CITY, "按照市委、市政府《关于促进消费的意见》推进。", [("关于促进消费的意见", "basis", "prefecture")]),
    (CITY, "落实县委办、县政府办《关于促进消费的意见》。", [("关于促进消费的意见", "basis", "county")]),
    (
        CITY,
        "落实《济南市历城区人民政府关于促进消费的意见》和《河北省保定市养老规划》。",
        [("济南市历城区人民政府关于促进消费的意见", "basis", "county"), ("河北省保定市养老规划", "basis", "province")],
    ),
    (
        CITY,
        "落实《养老服务法》和省《养老服务行动方案》。",
        [("养老服务法", "basis", "national"), ("养老服务行动方案", "basis", "province")],
    ),
    (CITY, "落实亳州市《关于文明创建的通知》。", [("关于文明创建的通知", "basis", "prefecture")]),
    (
        CITY,
        "根据《自然资源部办公厅关于印发〈城市体检规程〉的函》评估。",
        [("自然资源部办公厅关于印发〈城市体检规程〉的函", "basis", "national")],
    ),
    # what is carried out is what the notice issues
    (CITY, "按照省政府办公厅印发《关于社区治理的意见》的通知要求，推进改革。", [("关于社区治理的意见", "basis", "province")]),
    (
        CITY,
        "省政府办公厅印发《关于社区治理的意见》的通知（甲政办〔2021〕3号）下发后，",
        [("关于社区治理的意见", "reference", "province")],
    ),
    (CITY, "市民政局印发《社区治理实施办法》。", [("社区治理实施办法", "reference", "unknown")]),
    # without marks
    (CITY, "围绕市第十三次党代会报告和市政府工作报告，分解任务。", [("市政府工作报告", "basis", "prefecture")]),
    (CITY, "深入实施质量强国建设纲要。", [("质量强国建设纲要", "basis", "unknown")]),
    (CITY, "深入实施纲要，全面实施规划。", []),
    (CITY, "关于《甲市养老服务规划》重点任务的分工方案", [("甲市养老服务规划", "basis", "prefecture")]),
    (
        CITY,
        "市委办公室印发《乙城市建设教育强市2024年工作安排》。",
        [("乙城市建设教育强市2024年工作安排", "reference", "prefecture")],
    ),
    # plans that everybody has and nobody names
    (CITY, "修订完善现有应急预案，制定现行管理办法。", []),
    (CITY, "修订既有专项应急预案，完善目前工作方案。", []),
    (CITY, "修订甲市防汛应急预案。", [("甲市防汛应急预案", "creates", "prefecture")]),
]


@pytest.mark.parametrize(("own", "text", "expected"), ROWS)
def test_what_is_named_and_whose_it_is(own: Own, text: str, expected: list[tuple[str, str, str]]) -> None:
    copy = map_text(text)
    found = find_citations(copy, 0, len(copy.text), "preamble", own)
    assert [(citation.title, citation.relation, citation.level) for citation in found] == expected
