"""Targets in tables of all forms: rows as they stand in plans, and what is read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.indicators.found import Found
from kg.extract.indicators.tables import find_indicator_tables
from kg.model import Cell, Grid, Span
from kg.text import map_text

YEAR = 2025


def _in_tables(text: str) -> list[Found]:
    return [found for table in find_indicator_tables(map_text(text), (), YEAR) for found in table.found]


def _row(found: Found) -> tuple[str, str | None, str, str | None]:
    return found.name, found.op, str(found.value), found.unit


TABLE = """
| 类别 | 序号 | 指标 | 2020年 | 2025年 | 5年累计 | 指标属性 |
|----|----|----|----|----|----|----|
| 环境治理 | 1 | 市城区PM2.5年平均浓度(μg/m3) | 53 | 40 | -- | 约束性 |
|  | 2 | 地表水达到或好于Ⅲ类水体比例(%) | 12.5 | 达到国家和省要求 | -- | 约束性 |
|  | 3 | 地表水劣Ⅴ类水体比例(%) | 全部消除 | 全部消除 | -- | 预期性 |
|  | 8 | 化学需氧量重点工程减排量(吨) | -- | -- | 13900 | 约束性 |
|  | 氨氮重点工程减排量(吨) | -- | -- | 500 |  |  |
| 生态保护 | 15 | 生态质量指数(EQI) | -- | 稳中向好 | -- | 预期性 |
"""


def test_a_table_is_read_also_where_its_cells_have_slid() -> None:
    found = _in_tables(TABLE)
    assert [(f.name, f.kind, f.value, f.unit, f.binding) for f in found] == [
        ("市城区PM2.5年平均浓度", "quantitative", Decimal(40), "μg/m3", "binding"),
        ("地表水达到或好于Ⅲ类水体比例", "delegated", None, "%", "binding"),
        ("地表水劣Ⅴ类水体比例", "zero", Decimal(0), "%", "expected"),
        ("化学需氧量重点工程减排量", "quantitative", Decimal(13900), "吨", "binding"),
        ("氨氮重点工程减排量", "quantitative", Decimal(500), "吨", "binding"),  # the cell above spans this row
        ("生态质量指数(EQI)", "trend", None, None, "expected"),  # no unit in that bracket
    ]
    assert [f.baseline and (f.baseline.year, f.baseline.value) for f in found] == [
        (2020, Decimal(53)),
        (2020, Decimal("12.5")),
        (2020, Decimal(0)),
        None,
        None,
        None,
    ]
    assert {f.year for f in found} == {2025}
    assert all(f.table for f in found)


HEADS = [
    ("|序号|指标名称|单位|2020年基期值|2025年目标值|属性|", "|1|森林覆盖率|%|34.1|≥36.5|约束性|"),
    ("|指标|单位|2020年|2025年|指标性质|", "|森林覆盖率|%|34.1|≥36.5|约束性|"),
    ("|一级指标|指标|2020年现状|2025年|属性|", "|生态|森林覆盖率（%）|34.1|36.5以上|约束性|"),
]


@pytest.mark.parametrize(("head", "row"), HEADS)
def test_tables_are_headed_in_many_ways(head: str, row: str) -> None:
    (found,) = _in_tables(f"{head}\n|--|--|--|--|--|\n{row}")
    assert _row(found) == ("森林覆盖率", ">=", "36.5", "%")
    assert (found.year, found.binding) == (2025, "binding")
    assert found.baseline is not None
    assert (found.baseline.year, found.baseline.value) == (2020, Decimal("34.1"))


def test_a_table_of_something_else_has_no_indicators() -> None:
    assert _in_tables("|任务|责任单位|时限|\n|--|--|--|\n|建设公园5个|市城管局|2025年|") == []


PLAN = """专栏1　“十四五”时期经济社会发展主要指标
| 类别 | 序号 | 指标 | 2020年 | 2025年 | 年均增速〔累计〕 | 属性 |
|--|--|--|--|--|--|--|
| 经济发展 | 1 | 地区生产总值（亿元） | 2350 | 3300 | 6.5%左右 | 预期性 |
| 经济发展 | 2 | 常住人口城镇化率（%） | 58.2 | 65 | 〔6.8〕 | 预期性 |
| 民生福祉 | 3 | 居民人均可支配收入（元） | 27300 | — | 8%以上 | 预期性 |
| 民生福祉 | | 其中：农村 | 16200 | 24000 | — | 预期性 |
| 绿色生态 | 4 | 单位地区生产总值能源消耗降低（%） | — | 完成省下达任务 | — | 约束性 |
| 绿色生态 | 5 | 重点工程减排量（吨） | — | — | 〔850〕 | 约束性 |
| 安全保障 | 6 | 粮食综合生产能力（万吨） | 180 | ≥185 | — | 约束性 |
| 安全保障 | 7 | 亿元GDP生产安全事故死亡率* | 0.03 | 下降15% | — | 约束性 |
"""


def test_a_plan_has_totals_growth_parts_and_signs() -> None:
    found = _in_tables(PLAN)
    assert [_row(one) for one in found] == [
        ("地区生产总值", "=", "3300", "亿元"),
        ("常住人口城镇化率", "=", "65", "%"),
        ("居民人均可支配收入", "+=", "8", "元"),  # the year has a dash: growth stands in for it
        ("农村居民人均可支配收入", "=", "24000", "元"),  # 其中 borrows name and unit from the row above
        ("单位地区生产总值能源消耗降低", None, "None", "%"),
        ("重点工程减排量", "=", "850", "吨"),  # the total in brackets
        ("粮食综合生产能力", ">=", "185", "万吨"),
        ("亿元GDP生产安全事故死亡率", "-=", "15", "%"),  # without the sign of a footnote
    ]
    assert [one.binding for one in found] == ["expected"] * 4 + ["binding"] * 4


HTML = """<table><tr><td rowspan="2">序号</td><td rowspan="2">指标名称</td><td rowspan="2">单位</td>
<td rowspan="2">2020年基期值</td><td colspan="2">目标值</td><td rowspan="2">指标属性</td></tr>
<tr><td>2022年目标</td><td>2025年目标</td></tr>
<tr><td>1</td><td>每千人口执业（助理）医师数</td><td>人</td><td>2.7</td><td>2.9</td><td>3.2</td><td rowspan="2">预期性</td></tr>
<tr><td>2</td><td>孕产妇死亡率</td><td>1/10万</td><td>12.1</td><td>—</td><td>＜11</td></tr></table>"""


def test_a_heading_of_two_lines_gives_a_target_for_each_year() -> None:
    assert [(*_row(one), one.year, one.binding) for one in _in_tables(HTML)] == [
        ("每千人口执业（助理）医师数", "=", "2.9", "人", 2022, "expected"),
        ("每千人口执业（助理）医师数", "=", "3.2", "人", 2025, "expected"),
        ("孕产妇死亡率", "<", "11", "1/10万", 2025, "expected"),
    ]


def test_a_grid_that_the_format_marks() -> None:
    rows = [
        ["指标", "单位", "2024年目标"],
        ["新建5G基站", "个", "2000"],
        ["网上可办率", "%", "98以上"],
        ["群众满意度", "—", "稳步提升"],
    ]
    text, cells = "", []
    for i, row in enumerate(rows):
        for j, words in enumerate(row):
            cells.append(Cell(Span(len(text), len(text) + len(words)), i, j))
            text += words + "\n"
    (table,) = find_indicator_tables(map_text(text), [Grid(tuple(cells))], YEAR)
    assert [(*_row(one), one.kind, one.year) for one in table.found] == [
        ("新建5G基站", "=", "2000", "个", "quantitative", 2024),
        ("网上可办率", ">=", "98", "%", "quantitative", 2024),
        ("群众满意度", None, "None", None, "trend", 2024),
    ]


ONE_A_LINE = [
    # with running numbers, and headings of groups between them
    (
        "主要指标|序号|指标|单位|2020年|2025年|属性|一、教育普及|1|学前教育毛入园率|%|88.5|93|预期性|2|九年义务教育巩固率|%|95.2|96|约束性"
        "|二、人才培养|3|劳动年龄人口平均受教育年限|年|10.6|11.3|约束性|指标说明如下。",
        [
            ("学前教育毛入园率", "=", "93", "%"),
            ("九年义务教育巩固率", "=", "96", "%"),
            ("劳动年龄人口平均受教育年限", "=", "11.3", "年"),
        ],
    ),
    # without: the word that says whether it binds closes the row
    (
        "指标名称|2025年目标值|属性|生产安全事故死亡人数|下降15%|约束性|重特大事故起数|下降20%|约束性|因灾直接经济损失占GDP比例|<1%|预期性",
        [
            ("生产安全事故死亡人数", "-=", "15", "%"),
            ("重特大事故起数", "-=", "20", "%"),
            ("因灾直接经济损失占GDP比例", "<", "1", "%"),
        ],
    ),
    # an empty cell was lost: one number is the target
    (
        "序号|指标|2020年|2025年|属性|1|森林覆盖率（%）|36.2|38|约束性|2|新增治理水土流失面积（平方公里）|200|预期性",
        [("森林覆盖率", "=", "38", "%"), ("新增治理水土流失面积", "=", "200", "平方公里")],
    ),
    # no table of targets
    ("序号|任务|责任单位|1|建设公园5个|市城管局|2|新建公厕10座|市城管局", []),
    ("一、总体要求|二、主要目标|到2025年，森林覆盖率达到36%。", []),
]


@pytest.mark.parametrize(("cells", "expected"), ONE_A_LINE)
def test_a_table_that_lost_its_lines(cells: str, expected: list[tuple[str, str | None, str, str | None]]) -> None:
    assert [_row(one) for one in _in_tables(cells.replace("|", "\n"))] == expected


GLUED = [
    (
        "主要指标序号指标单位2020年2025年属性1粮食产量万吨180≥185约束性2森林覆盖率％36.238预期性3灌溉水有效利用系数—0.5610.58预期性",
        [("粮食产量", ">=", "185", "万吨"), ("森林覆盖率", "=", "38", "％"), ("灌溉水有效利用系数", "=", "0.58", None)],
    ),
    # too few rows to be sure
    ("指标单位2020年2025年属性1粮食产量万吨180185约束性2森林覆盖率％36.238预期性", []),
    # where the cut is not clear, nothing is said: 4.4 and 761 are far apart, 44.7 and 61 are not closer than 4 and 4.761
    (
        "指标单位2020年2025年属性1粮食产量万吨180185约束性2高标准农田占比％44.761预期性3森林覆盖率％36.238预期性4绿地率％3840预期性",
        [("粮食产量", "=", "185", "万吨"), ("森林覆盖率", "=", "38", "％"), ("绿地率", "=", "40", "％")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), GLUED)
def test_a_table_whose_cells_were_glued_together(text: str, expected: list[tuple[str, str | None, str, str | None]]) -> None:
    assert [_row(one) for one in _in_tables(text)] == expected


WORDS = st.text(alphabet="指标单位属性约束预期性目标值年序号覆盖率（）%≥〔〕0123456789.|\n —其中：", max_size=120)


@settings(max_examples=150, deadline=None)
@given(WORDS)
def test_every_target_lies_within_its_table(text: str) -> None:
    copy = map_text(text)
    for table in find_indicator_tables(copy, (), YEAR):
        for found in table.found:
            assert table.start <= found.start < found.end <= table.end <= len(copy.text)
            assert found.name
