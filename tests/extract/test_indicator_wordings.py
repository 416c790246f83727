"""Wordings of targets: all of something beside shares, newly made things, states that stay, 总体要求, rows with blanks."""

from __future__ import annotations

import pytest

from kg import toy
from kg.extract import read_policy
from kg.extract.indicators import find_indicators
from kg.extract.indicators.tables import find_indicator_tables
from kg.text import map_text

YEAR = 2025
Row = tuple[str, list[tuple[str, str | None, str | None, str | None]]]

COVERAGE: list[Row] = [
    (
        "电商服务站点覆盖全部乡镇、80%以上建制村。",
        [("电商服务站点覆盖乡镇", "=", "100", "%"), ("电商服务站点覆盖建制村", ">=", "80", "%")],
    ),
    (
        "力争公共体育设施覆盖所有街道、95%以上社区和70%以上行政村。",
        [
            ("公共体育设施覆盖街道", "=", "100", "%"),
            ("公共体育设施覆盖社区", ">=", "95", "%"),
            ("公共体育设施覆盖行政村", ">=", "70", "%"),
        ],
    ),
    ("预防接种、健康教育、孕产妇保健等公共卫生服务覆盖全体城乡居民。", [("公共卫生服务覆盖城乡居民", "=", "100", "%")]),
    ("法律援助工作站覆盖全市所有乡镇。", [("法律援助工作站覆盖乡镇", "=", "100", "%")]),
    (
        "审计监督覆盖所有公共资金、国有资产。",
        [("审计监督覆盖公共资金", "=", "100", "%"), ("审计监督覆盖国有资产", "=", "100", "%")],
    ),
    ("康复救助覆盖所有有需求的残疾儿童。", [("康复救助覆盖有需求的残疾儿童", "=", "100", "%")]),
    ("城区雨水口淤积点全部进行清理。", [("城区雨水口淤积点清理", "=", "100", "%")]),
    ("餐厨垃圾全部得到无害化处理。", [("餐厨垃圾无害化处理", "=", "100", "%")]),
    # a system is described, nothing is covered by anything named
    ("建立覆盖所有城乡居民的信用体系。", []),
    ("加快构建覆盖全体劳动者的终身技能培训制度。", []),
    ("已覆盖所有乡镇。", []),
]

NEWLY: list[Row] = [
    ("力争新创国家级卫生镇 2 个、省级文明村 6 个。", [("国家级卫生镇", "=", "2", "个"), ("省级文明村", "=", "6", "个")]),
    ("新培植规上工业企业15家、瞪羚企业3家。", [("规上工业企业", "=", "15", "家"), ("瞪羚企业", "=", "3", "家")]),
    ("新注册地理标志商标4件。", [("地理标志商标", "=", "4", "件")]),
    ("新建成公办幼儿园、小学9所。", [("公办幼儿园、小学", "=", "9", "所")]),
    ("新创业者可申请贷款。", []),
    ("把握新发展阶段，贯彻新发展理念5个方面要求。", []),
]

STATES: list[Row] = [
    ("乡镇集中式饮用水水源水质保持稳定。", [("乡镇集中式饮用水水源水质", None, None, None)]),
    # one character says of which sort: two targets
    (
        "食品抽检合格率达到98%，药品抽检合格率持续提升。",
        [("食品抽检合格率", ">=", "98", "%"), ("药品抽检合格率", None, None, None)],
    ),
    (
        "工业废水达标排放率达到95%以上，农业废水达标排放率逐步提高。",
        [("工业废水达标排放率", ">=", "95", "%"), ("农业废水达标排放率", None, None, None)],
    ),
    # the same said again, of the same place by another name
    ("城区优良天数比率达到80%，辖区优良天数比率持续改善。", [("城区优良天数比率", ">=", "80", "%")]),
    ("近岸海域水质类别总体稳定。", [("近岸海域水质类别", None, None, None)]),
    # the same of different waters is two targets, the same water again is one
    (
        "东山水库饮用水水源水质不退化。各县饮用水水源水质保持稳定。",
        [("东山水库饮用水水源水质", None, None, None), ("各县饮用水水源水质", None, None, None)],
    ),
    ("清洁能源消费占比显著增大。", [("清洁能源消费占比", None, None, None)]),
    ("万元产值能耗逐年增大。", []),  # describes how things stand
    ("社会大局保持稳定。", []),
]

FIGURES: list[Row] = [
    ("降尘量控制在7吨/平方千米·月以内。", [("降尘量", "<=", "7", "吨/平方千米·月")]),
    ("平均降尘量不高于4.5吨/平方公里·月。", [("平均降尘量", "<=", "4.5", "吨/平方公里·月")]),
    ("居民消费价格涨幅3%左右。", [("居民消费价格", "~", "3", "%")]),
    ("农产品价格指数上涨2%。", [("农产品价格指数", "+=", "2", "%")]),
    ("城镇调查失业率全年控制在5.5%以内。", [("城镇调查失业率", "<=", "5.5", "%")]),
    ("城镇新增就业当年达到3万人。", [("城镇新增就业", ">=", "3", "万人")]),
    # a remark in brackets is nothing that is counted
    ("油菜籽总产稳定在12万吨以上(比上年增加0.5万吨)。", [("油菜籽总产", ">=", "12", "万吨")]),
    # a thing for each of them
    ("对35家养老机构安装消防预警设备。", [("养老机构安装消防预警设备", "=", "35", "家")]),
    ("为120户困难家庭更换燃气软管。", [("困难家庭更换燃气软管", "=", "120", "户")]),
    ("对20个乡镇开展专项检查。", []),
    ("对12个项目的资金进行配置。", []),
    # of how many a rate is taken is no part of its name
    ("全县12条河流水质达标率达到90%。", [("河流水质达标率", ">=", "90", "%")]),
    ("列入责任书的6个考核断面水质优良比例达到83.3%。", [("考核断面水质优良比例", ">=", "83.3", "%")]),
    ("全国前100家企业营收占比达到30%。", [("全国前100家企业营收占比", ">=", "30", "%")]),  # which ones
    # 达到 within a name
    ("达到国家标准的公路养护站全部建成。", [("达到国家标准的公路养护站建成", "=", "100", "%")]),
    ("达到二级标准的乡镇卫生院比例达到80%。", [("达到二级标准的乡镇卫生院比例", ">=", "80", "%")]),
    ("到2025年，城乡供水管网全面建成并投入使用。", [("城乡供水管网建成并投入使用", None, None, None)]),
]


@pytest.mark.parametrize(("text", "expected"), COVERAGE + NEWLY + STATES + FIGURES)
def test_a_wording_is_read(text: str, expected: list[tuple[str, str | None, str | None, str | None]]) -> None:
    found = find_indicators(text, YEAR)
    assert [(one.name, one.op, None if one.value is None else str(one.value), one.unit) for one in found] == expected


def test_a_plan_gives_the_year_where_the_document_says_none() -> None:
    text = "“十一五”期间，新创省级名牌产品5个。打造驰名商标2件。\n培育企业3家。"
    assert [one.year for one in find_indicators(text, None)] == [2010, 2010, None]
    assert [one.year for one in find_indicators("“十四五”期间新建冷库20座。", None)] == [2025]
    assert [one.year for one in find_indicators("“十四五”期间新建冷库20座。", 2023)] == [2023]


TORN = [
    ("全县文化产业增加值在\n\n地区生产总值中的占比达到5%。", ["文化产业增加值在地区生产总值中的占比"]),
    ("——旱厕改造后的\n\n卫生厕所普及率持续提升。", ["旱厕改造后的卫生厕所普及率"]),
    ("养老机构护理型床位和\n\n普通床位数达到300张。", ["养老机构护理型床位和普通床位数"]),
    # a sentence of its own, or an item
    ("全面提高服务能力\n\n入园率达到95%。", ["入园率"]),
    ("打造群众满意的\n\n一是办结率达到98%。", ["办结率"]),
]


@pytest.mark.parametrize(("text", "expected"), TORN)
def test_a_sentence_that_a_page_tore_is_read_whole(text: str, expected: list[str]) -> None:
    whole = f"甲县公共服务规划\n一、主要目标\n{text}\n二、重点任务\n1.开展排查。全面开展隐患排查。（责任单位：县应急局）\n"
    assert [one.name for one in read_policy(toy.document(whole)).indicators] == expected


GENERAL = [
    (
        "一、总体要求",
        "坚持以人为本，全面提升应急能力，确保火灾起数下降12%，力争不发生较大以上火灾事故。",
        ["火灾起数", "较大以上火灾事故"],
    ),
    ("一、指导思想", "贯彻新理念，力争全年游客满意度达到95%以上。", ["游客满意度"]),
    ("一、工作思路", "围绕一条主线，着力提高办学水平，到2025年学前教育普及率达到98%。", ["学前教育普及率"]),
    ("一、总体要求", "坚持深化改革，公共服务质量持续提高，城乡环境质量不断改善。", []),  # how work is meant
    ("一、现状与形势", "近年来发展加快，确保了粮食产量稳定，森林覆盖率达到40%。", []),  # a review
]


@pytest.mark.parametrize(("heading", "text", "expected"), GENERAL)
def test_a_goal_set_in_passing_is_read_from_the_general_part(heading: str, text: str, expected: list[str]) -> None:
    whole = f"甲县消防工作方案\n{heading}\n{text}\n二、重点任务\n1.开展排查。全面开展隐患排查。（责任单位：县应急局）\n"
    reading = read_policy(toy.document(whole))
    assert [one.name for one in reading.indicators] == expected


TABLES = [
    # one year in the heading
    (
        "    指 标            2025 年    属 性\n\n  1.新增就业人数(万人)       >4      预期性\n\n  2.救助对象补贴覆盖率(%)     100     约束性\n",
        [("新增就业人数", ">", "4", "万人", None), ("救助对象补贴覆盖率", "=", "100", "%", None)],
    ),
    # what was and what is to be, with running numbers and a column of units
    (
        "序号  指标名称   单位   2020年   2025年   属性\n1  学前教育毛入园率   %   88.5   93   预期性\n2  新建学校数   所   —   12   约束性\n",
        [("学前教育毛入园率", "=", "93", "%", "88.5"), ("新建学校数", "=", "12", "所", None)],
    ),
    # no year: the value is the only one
    (
        "主要指标   目标值   属性\n（1）图书馆藏书量（万册）   ≥60   预期性\n（2）人均体育场地面积（平方米）   2.6   约束性\n",
        [("图书馆藏书量", ">=", "60", "万册", None), ("人均体育场地面积", "=", "2.6", "平方米", None)],
    ),
    # a sentence about indicators is no table
    ("指标分为约束性和预期性\n指标完成情况良好，属于预期性\n森林覆盖率是约束性\n", []),
]


@pytest.mark.parametrize(("text", "expected"), TABLES)
def test_rows_whose_cells_stand_apart_by_blanks_are_read(
    text: str, expected: list[tuple[str, str | None, str, str | None, str | None]]
) -> None:
    found = [one for table in find_indicator_tables(map_text(text), (), YEAR) for one in table.found]
    assert [(f.name, f.op, str(f.value), f.unit, str(f.baseline.value) if f.baseline else None) for f in found] == expected
