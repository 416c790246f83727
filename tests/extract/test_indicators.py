"""Targets in the text of tasks and goals, and in tables: a row for each form, with the reason why it is there."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cues import Cue, load_cues
from kg.extract.indicators import Found, find_indicators
from kg.extract.indicators.names import split_names

YEAR = 2025

CUES = [pytest.param(cue, id=f"{table}-{cue.id}") for table, cues in load_cues("indicators.toml").items() for cue in cues]


@pytest.mark.parametrize("cue", CUES)
def test_a_cue_finds_its_matches_and_passes_its_rejects_over(cue: Cue) -> None:
    assert cue.matches
    assert [words for words in cue.matches if not cue.pattern.search(words)] == []
    assert [words for words in cue.rejects if cue.pattern.search(words)] == []


def _row(found: Found) -> tuple[str, str | None, str, str | None]:
    return found.name, found.op, "XX" if found.kind == "placeholder" else str(found.value), found.unit


FIGURES = [
    # the comparator before the figure
    ("地表水国省考断面优良水体比例达到70%", [("地表水国省考断面优良水体比例", ">=", "70", "%")]),
    ("确保城市(县城)污水处理率不低于95%", [("城市(县城)污水处理率", ">=", "95", "%")]),
    ("生态文明建设工作所占的比例≥20%", [("生态文明建设工作所占的比例", ">=", "20", "%")]),
    ("确保森林火灾受害率小于0.9‰", [("森林火灾受害率", "<", "0.9", "‰")]),
    ("全国农机总动力超过10亿千瓦", [("全国农机总动力", ">=", "10", "亿千瓦")]),
    ("城镇登记失业率控制在4.5%以内", [("城镇登记失业率", "<=", "4.5", "%")]),
    ("达标率为100%", [("达标率", "=", "100", "%")]),
    # … and behind it
    ("滚动实施技改项目100项以上", [("技改项目", ">=", "100", "项")]),
    ("全国农机总动力稳定在11亿千瓦左右", [("全国农机总动力", "~", "11", "亿千瓦")]),
    # less of it is better, so 达到 is an upper bound
    ("PM2.5年平均浓度达到40μg/m3", [("PM2.5年平均浓度", "<=", "40", "μg/m3")]),
    ("研发经费投入强度达到2.5%", [("研发经费投入强度", ">=", "2.5", "%")]),
    # a comparator, then the group it is compared in
    ("确保林草覆盖率不低于平原地区18%目标值", [("林草覆盖率", ">=", "18", "%")]),
    # several names, several figures; the last one's 以上 is for all
    (
        "畜禽粪污综合利用率、秸秆综合利用率分别稳定在95%、97%以上",
        [("畜禽粪污综合利用率", ">=", "95", "%"), ("秸秆综合利用率", ">=", "97", "%")],
    ),
    # several names, one figure; they share a head and a tail
    ("其中马铃薯种植、收获机械化率均达到45%", [("马铃薯种植机械化率", ">=", "45", "%"), ("马铃薯收获机械化率", ">=", "45", "%")]),
    (
        "确保公众对生态文明建设的满意度和参与度均不低于80%",
        [("公众对生态文明建设的满意度", ">=", "80", "%"), ("公众对生态文明建设的参与度", ">=", "80", "%")],
    ),
    # without 均 or 分别 the list is one name
    ("火电、钢铁等行业大宗货物清洁方式运输比例达到70%以上", [("火电、钢铁等行业大宗货物清洁方式运输比例", ">=", "70", "%")]),
    # the grade stands alone, the noun comes with the last one
    ("打造1个国家级、3个省级产业园", [("国家级产业园", "=", "1", "个"), ("省级产业园", "=", "3", "个")]),
    # the verb stands apart from its level
    ("压缩企业开办时间至3个工作日内", [("企业开办时间", "<=", "3", "个工作日")]),
    ("战略性新兴产业增加值占生产总值比重达到20%", [("战略性新兴产业增加值占生产总值比重", ">=", "20", "%")]),
    # changes
    ("单位地区生产总值能源消耗同比下降1.5%", [("单位地区生产总值能源消耗", "-=", "1.5", "%")]),
    ("全市湿地保护率增加1个百分点", [("湿地保护率", "+=", "1", "个百分点")]),
    ("压减地下水超采量0.17亿立方米以上", [("地下水超采量", "-=", "0.17", "亿立方米")]),
    ("规上工业增加值增长10%左右", [("规上工业增加值", "~", "10", "%")]),
    ("降低企业用电成本5%以上", [("企业用电成本", "-=", "5", "%")]),
    ("用水量较省厅下达的上年度任务指标下降3%", [("用水量", "-=", "3", "%")]),
    ("入学率由2020年的85%提高到2025年的92%", [("入学率", ">=", "92", "%")]),
    # a figure without a name goes on with the metric before it
    ("地区生产总值突破5000亿元，年均增长7%", [("地区生产总值", ">=", "5000", "亿元"), ("地区生产总值", "+=", "7", "%")]),
    # the count stands before the noun
    ("打造200个以上省级美丽乡村", [("省级美丽乡村", ">=", "200", "个")]),
    (
        "5年内重点引进30名金融高级管理人才和50名金融高级专业人才",
        [("金融高级管理人才", "=", "30", "名"), ("金融高级专业人才", "=", "50", "名")],
    ),
    ("推动制定不少于10项北斗高精度国家标准", [("北斗高精度国家标准", ">=", "10", "项")]),
    ("每年至少组织2次生态文明专题培训", [("生态文明专题培训", ">=", "2", "次")]),
    ("培育2—3家龙头企业", [("龙头企业", ">=", "2", "家")]),
    ("实施东风水库、上游水库等35个灌区改造", [("灌区改造", "=", "35", "个")]),
    # … or behind it, with the verbs off
    ("新建及改造提升高标准农田25万亩", [("高标准农田", "=", "25", "万亩")]),
    ("完成造林绿化20万亩，其中人工造林12万亩", [("造林绿化", "=", "20", "万亩"), ("人工造林", "=", "12", "万亩")]),
    ("推荐报送“省级最美家庭”10户，“全国最美家庭”4户", [("“省级最美家庭”", "=", "10", "户"), ("“全国最美家庭”", "=", "4", "户")]),
    ("在蔬菜、茶叶等重点乡镇新建冷库200座", [("冷库", "=", "200", "座")]),
    # a figure inside a name is no target
    ("共享脚踏车150米半径覆盖面积不低于60%", [("共享脚踏车150米半径覆盖面积", ">=", "60", "%")]),
    ("打造2个年交易额100亿元以上的专业市场", [("年交易额100亿元以上的专业市场", "=", "2", "个")]),
    # a share of the things themselves
    ("60%以上的城市社区达到绿色社区标准", [("城市社区达到绿色社区标准", ">=", "60", "%")]),
    # in brackets
    ("实现平原地区散煤清零（改造户数达到98％以上）", [("平原地区散煤", "=", "0", None), ("改造户数", ">=", "98", "％")]),
    # an index has no unit, mortality a ratio for one
    ("确保生态环境状况指数(EI)不低于55", [("生态环境状况指数(EI)", ">=", "55", None)]),
    ("孕产妇死亡率控制在12/10万以下", [("孕产妇死亡率", "<=", "12", "/10万")]),
    # made unreadable
    ("年内改造户厕XX万座", [("户厕", "=", "XX", "万座")]),
    ("无害化处理率保持在XX％以上", [("无害化处理率", ">=", "XX", "％")]),
    ("覆盖XXX个村生活污水无害化处理设施建设工作", [("村生活污水无害化处理设施建设工作", "=", "XX", "个")]),
]

PHRASES = [
    ("化肥使用量继续保持零增长", [("化肥使用量", "=", "0", None)]),
    ("实现问题厕所动态清零", [("问题厕所", "=", "0", None)]),
    ("国考断面全部消除V类", [("V类", "=", "0", None)]),
    ("全域无劣Ⅴ类和黑臭水体", [("劣Ⅴ类", "=", "0", None), ("黑臭水体", "=", "0", None)]),
    ("确保不发生重大人员伤亡", [("重大人员伤亡", "=", "0", None)]),
    ("实现全市原生生活垃圾零填埋", [("原生生活垃圾", "=", "0", None)]),
    ("推动城镇污水管网全覆盖", [("城镇污水管网", "=", "100", "%")]),
    ("排污口水质自动监测、视频监控全覆盖", [("排污口水质自动监测", "=", "100", "%"), ("视频监控", "=", "100", "%")]),
    ("实现“双随机、一公开”监管全覆盖", [("“双随机、一公开”监管", "=", "100", "%")]),  # 、 within a name
    ("将污染地块全部纳入污染地块信息系统", [("污染地块纳入污染地块信息系统", "=", "100", "%")]),
    ("城市集中式饮用水水源水质达到考核要求", [("城市集中式饮用水水源水质", None, "None", None)]),
    ("完成省下达的地表水优良水体比例目标", [("地表水优良水体比例", None, "None", None)]),
    (
        "滨海湿地修复面积、自然岸线修复长度完成上级管控目标",
        [("滨海湿地修复面积", None, "None", None), ("自然岸线修复长度", None, "None", None)],
    ),
    ("持续提高非化石能源消费比重", [("非化石能源消费比重", None, "None", None)]),
    ("优良天数比率持续改善", [("优良天数比率", None, "None", None)]),
    ("确保生态保护红线面积不减少", [("生态保护红线面积", None, "None", None)]),
]

NOTHING = [
    "推进6个重点行业企业创A行动",  # scope: which ones, not how many are to be
    "督导11个县（市、区）开展整治",
    "对年运量150万吨以上的企业开展审计",  # a condition
    "新增或更新的560kW以下非道路移动机械应符合国四排放标准",
    "持续开展三年行动，建立“1+N”政策体系",  # names
    "巩固“300米见绿、500米见园”成果",
    "给予最高500万元奖励",  # what people are paid
    "按照投资额的10%给予补助",
    "年龄在35岁以下",
    "已建成5G基站3000个",  # a result
    "截至2022年6月底，普及率达到73%",
    "2022年3月18日印发",  # dates, numbers of documents
    "国办发〔2019〕12号",
    "加强监管，提升治理能力和水平",  # no metric
    "打造多维度、全覆盖的产业体系",
    "全面推行林长制",
    "推动化肥使用量零增长向减量增效升级",
    "建立健全覆盖城乡的网络",
    "责任单位：市水利局、市统计局2个部门",
    "《示范市建设规划（2021-2025年）》覆盖率",
]


@pytest.mark.parametrize(("text", "expected"), FIGURES + PHRASES)
def test_a_target_is_read(text: str, expected: list[tuple[str, str | None, str, str | None]]) -> None:
    assert [_row(found) for found in find_indicators(text, YEAR)] == expected


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_target_is_passed_over(text: str) -> None:
    assert [_row(found) for found in find_indicators(text, YEAR)] == []


KINDS = [
    ("秸秆综合利用率达到92%", "quantitative"),
    ("化肥使用量零增长", "zero"),
    ("全年新增高新技术企业XXX家", "placeholder"),
    ("完成2022年度节能目标任务", "delegated"),
    ("管网漏损率持续下降", "trend"),
    ("技术合同成交额持续提升", "trend"),
    ("全社会研发经费投入持续提升", "trend"),
    ("旅游接待人次持续增长", "trend"),
    ("居民健康素养水平稳步提升", "trend"),
    ("群众安全感持续提升", "trend"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_each_kind_has_its_name(text: str, kind: str) -> None:
    assert [found.kind for found in find_indicators(text, YEAR)] == [kind]


YEARS = [
    ("森林覆盖率达到36%。", [2025]),  # nothing said: the document's own
    ("2022年底前，森林覆盖率达到36%。", [2022]),
    ("5年内引进人才30名。", [2025]),
    # each year holds until the next one
    ("到2020年，普及率达到70%。水平提升。覆盖率达到60%。到2025年，普及率达到75%。覆盖率达到80%。", [2020, 2020, 2025, 2025]),
    ("入园率2022年达到90%，2025年达到95%。", [2022, 2025]),
    ("2023年，完成造林3万亩。新建公园5个。", [2023, 2025]),  # a plain year ends with its sentence
    ("比2020年下降5%", []),  # of nothing
    ("能耗比2020年下降5%。", [2025]),  # the year compared with is no goal's
    ("2022年12月1日起实施，保护率达到95%。", [2025]),
    ("落实《规划（2021-2022年）》，保护率达到95%。", [2025]),
]


@pytest.mark.parametrize(("text", "years"), YEARS)
def test_the_year_is_the_one_that_the_text_sets(text: str, years: list[int]) -> None:
    assert [found.year for found in find_indicators(text, YEAR)] == years


def test_a_direction_that_only_announces_a_figure_is_not_said_twice() -> None:
    text = "提高城镇污水处理率。加快管网建设，确保城市(县城)污水处理率不低于95%，稳步降低漏损率。持续降低漏损率。"
    assert [found.name for found in find_indicators(text, YEAR)] == ["城市(县城)污水处理率", "漏损率"]


NAMES = [
    ("城镇、农村居民人均可支配收入", ["城镇居民人均可支配收入", "农村居民人均可支配收入"]),
    ("县级以上文明村、文明乡镇占比", ["县级以上文明村占比", "县级以上文明乡镇占比"]),
    ("国家和市级示范社", ["国家示范社", "市级示范社"]),
    ("绿化覆盖率、绿地率", ["绿化覆盖率", "绿地率"]),
    ("学前教育普及率", ["学前教育普及率"]),  # 及 within a word
]


@pytest.mark.parametrize(("name", "expected"), NAMES)
def test_names_in_a_list_get_what_they_share(name: str, expected: list[str]) -> None:
    assert split_names(name) == expected


WORDS = st.text(
    alphabet="全部覆盖率达到不低于以上分别均、，。；（）“”《》和及建设新增个家%％0123456789.XX年省要求零清\n|" + "森林",
    max_size=80,
)


@settings(max_examples=150, deadline=None)
@given(WORDS)
def test_every_target_lies_within_the_text(text: str) -> None:
    for found in find_indicators(text, YEAR):
        assert 0 <= found.start < found.end <= len(text)
        assert found.name.strip()


@pytest.mark.parametrize(
    "unit",
    [
        "全部",
        "全面提高发展水平",
        "建设10个",
        "种植、",
        "持续",
        "1、",
        "（",
        "“",
        "到2025年",
        "XX",
        "|1",
        "推进10个",
        "一半",
        "省前5",
        "申报条件：",
    ],
)
def test_a_long_text_without_full_stops_is_read_to_its_end(unit: str) -> None:
    text = unit * 3000  # how long that takes is measured in benchmarks/; a pattern that goes back and forth would hang here
    assert all(found.end <= len(text) for found in find_indicators(text, YEAR))
