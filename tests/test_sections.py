"""The tree of headings and items."""

from __future__ import annotations

import pytest

from kg.extract.items import address
from kg.sections import Block, heading_of, read_outline
from kg.text import map_text


def tree(text: str) -> list[object]:
    copy = map_text(text)

    def shape(block: Block) -> object:
        name = heading_of(block, copy.text)
        return (name, [shape(child) for child in block.children]) if block.children else name

    return [shape(block) for block in read_outline(copy)]


TREES = [
    # the usual nesting
    ("一、任务\n（一）水\n1.河。\n2、湖。\n（二）气\n1.尘。", [("任务", [("水", ["河", "湖"]), ("气", ["尘"])])]),
    # half-width brackets and a missing level
    ("二、任务\n1.河。\n(1)干流。\n(2)支流。", [("任务", [("河", ["干流", "支流"])])]),
    # Markdown marks do not count, the numbering does
    ("## （一）甲。\n### 1. 乙。\n#### **（二）丙。**", [("甲", ["乙"]), "丙"]),
    # chapters and articles
    ("第一章 总则\n第一条 目的。\n第二条 范围。", [("总则", ["目的", "范围"])]),
    # figures and years open nothing
    ("一、目标\n2.5万亩造林。\n2025年完成。", ["目标"]),
    # a whole chapter on one line: cut where the count goes on
    (
        "一、要求。坚持原则。二、任务。（一）治水。清河。（二）治气。降尘。三、保障。",
        ["要求", ("任务", ["治水", "治气"]), "保障"],
    ),
    # 121 is part of the title: only 11 is due
    ("10.甲。\n11.121人才项目。乙。", ["甲", "121人才项目"]),
    # numerals in one sign
    ("㈠治水\n⒈河。\n⑴干流。\n㈡治气", [("治水", [("河", ["干流"])]), "治气"]),
    # nothing is counted: short lines with prose below
    (
        "某市工作要点\n改善水质\n" + "整治河道排污口，" * 6 + "清淤。\n改善空气\n" + "控制工地扬尘污染，" * 6 + "洒水。",
        ["改善水质", "改善空气"],
    ),
    # a whole plan on one line, its title and headings without stops
    (
        "某县工作要点一、改革1.深化改革。推进。2.优化服务。二、监管3.加强执法。",
        [("改革", ["深化改革", "优化服务"]), ("监管", ["加强执法"])],
    ),
    # numbers that run through the chapters, on one line: behind headings with and without a stop
    (
        "一、治水（一）清河。清淤。（二）清湖。补水。二、治气（三）降尘。洒水。三、治土。要求如下。（四）修复。换土。",
        [("治水", ["清河", "清湖"]), ("治气", ["降尘"]), ("治土", ["修复"])],
    ),
    (
        "（一）治水。1.清河。清淤。2.清湖。补水。（二）治气。3.降尘。洒水。4.减排。改造。",
        [("治水", ["清河", "清湖"]), ("治气", ["降尘", "减排"])],
    ),
    ("现提出以下意见：一、治水。清河。二、治气。降尘。", ["治水", "治气"]),
    # a list of hundreds; a year opens nothing
    ("一、任务\n998.甲。\n999.乙。\n1000.丙。\n1001.丁。\n2025、2026年持续推进。", [("任务", ["甲", "乙", "丙", "丁"])]),
    # what is attached is no part of the plan
    ("一、任务\n1.河。\n2.湖。\n附件：1.名单\n2.办法", [("任务", ["河", "湖"])]),
    ("一、任务\n1.河。\n附件：\n1.名单\n2.办法\n某市分工\n1.塘。", [("任务", ["河", "塘"])]),
    # a box has a count of its own, that of the plan goes on behind it
    ("一、任务\n5.河。\n专栏1 工程\n1.甲。\n2.乙。\n6.湖。", [("任务", ["河", "湖"])]),
    ("一、任务\n1.河。\n2.湖。\n专栏1 工程\n1.甲。\n2.乙。\n3.塘。\n二、保障", [("任务", ["河", "湖"]), "保障"]),
    ("（一）水\n专栏2 工程\n1.甲。\n2.乙。\n（二）气\n1.尘。", ["水", ("气", ["尘"])]),
    # decimal numbers; figures at the beginning of a line are none
    (
        "一、任务\n1.1治水\n1.1.1清河。清淤。\n1.1.2清湖。补水。\n1.2治气。降尘。\n2.5万亩造林。\n2.1.保障。资金。",
        [("任务", [("治水", ["清河", "清湖"]), "治气", "保障"])],
    ),
    ("一、任务\n3.5版系统上线。\n1.2倍增长。", ["任务"]),
    # who answers is no part of a heading
    ("（一）治水（牵头单位：市水利局；配合单位：市城管局）\n1.清河。\n2.清湖。", [("治水", ["清河", "清湖"])]),
    # a page that holds its text twice; two chapters of the same name are two
    (
        "一、水\n" + "整治河道排污口，" * 6 + "清淤。\n二、气\n降尘。\n一、水\n" + "整治河道排污口，" * 6 + "清淤。\n",
        ["水", "气"],
    ),
    ("一、水\n清河。\n一、水\n清湖，补水，" + "整治河道排污口。", ["水", "水"]),
    # other dots behind numbers; days are none
    ("一﹒任务\n1﹒河。\n2﹒湖。", [("任务", ["河", "湖"])]),
    ("一·任务\n1·河长制。\n2·湖长制。\n9·3阅兵。\n五·一假期。", [("任务", ["河长制", "湖长制"])]),
    ("一.任务\n1․河。\n(2).湖。\n3）．塘。", [("任务", [("河", ["湖", "塘"])])]),
    ("一、任务\n1 、河。\n2 . 湖。\n3.2024年6月底前建塘。", [("任务", ["河", "湖", "2024年6月底前建塘"])]),
    # commas and blanks behind numbers, where the numbers run on
    ("一,任务安排\n1,整治河道。\n2，建设公园。\n二,保障措施", [("任务安排", ["整治河道", "建设公园"]), "保障措施"]),
    ("一 任务安排\n1 整治河道。\n2 建设公园。\n二 保障措施", [("任务安排", ["整治河道", "建设公园"]), "保障措施"]),
    ("一、任务\n12 整治河道。\n13 建设公园。\n14 修建步道。", [("任务", ["整治河道", "建设公园", "修建步道"])]),
    # amounts, and numbers that lead nowhere
    ("一、任务\n3 月底前清河。\n4 个公园开工。\n20 条道路。", ["任务"]),
    ("一、任务\n7 整治河道。\n3,建设公园。\n一，要认真。\n三，要落实。", ["任务"]),
    # a table's rows
    ("一、任务\n1 治水 清河 县水利局 六月 全县\n2 治气 洒水 县城管局 七月 全县", ["任务"]),
    # blocks that are named: below a chapter, below a section; what is spoken of in a sentence is none
    ("一、安排\n任务一：治水\n清河。\n任务二：治气\n降尘。\n二、保障", [("安排", ["治水", "治气"]), "保障"]),
    (
        "一、整改\n（一）城建\n问题1：道路破损。\n问题2：路灯不亮。\n（二）环保\n问题3：河道脏乱。",
        [("整改", [("城建", ["道路破损", "路灯不亮"]), ("环保", ["河道脏乱"])])],
    ),
    ("专项行动一：治水\n1.清河。\n2.清湖。\n专项行动二：治气\n3.降尘。", [("治水", ["清河", "清湖"]), ("治气", ["降尘"])]),
    ("第一项：修路。\n（一）征地。\n（二）施工。\n第二项：建桥。", [("修路", ["征地", "施工"]), "建桥"]),
    ("（任务1）修路\n三月开工。\n（任务2）建桥\n五月开工。", ["修路", "建桥"]),
    ("一、安排\n任务一经下达即须完成。\n项目1个以上。\n行动一致。", ["安排"]),
    # the beginning of a plan on one line: only the last count has a second
    (
        "某县工作要点一、推进改革（一）简化审批。1.减材料。提速。2.减时间。压缩。",
        [("推进改革", [("简化审批", ["减材料", "减时间"])])],
    ),
    (
        "现就有关事项通知如下：一、提振信心(一)扩大消费。1.发放消费券。2.举办展会。",
        [("提振信心", [("扩大消费", ["发放消费券", "举办展会"])])],
    ),
    # a plan pasted into one paragraph: headings that are known by their words alone end without a stop
    (
        "为管好河道，制定本办法。一、主要目标到2025年，水质优良率达到90%以上。",
        ["主要目标"],
    ),
    (
        "现制定如下方案。一、工作目标通过三年努力，建成示范县。二、重点任务全面排查隐患，建立台账。三、工作要求各乡镇要高度重视。",
        ["工作目标", "重点任务", "工作要求"],
    ),
    ("一、总体要求以人民为中心，改善服务。\n二、保障措施加强调度。", ["总体要求", "保障措施"]),
    (
        "为安全度汛，制定方案。一、工作目标不死人。二、重点工作排查水库。三、组织领导成立领导小组，镇长任组长。",
        ["工作目标", "重点工作", "组织领导"],
    ),
    ("为改厕，制定方案。一、基本情况我县有农户5万户。二、主要任务改造户厕1万座。", ["基本情况", "主要任务"]),
    # the same words within other words
    ("一、清河。清淤。二、重点工作落实机制建设。建台账。", ["清河", "重点工作落实机制建设"]),
    # a blank where the line's end was lost; a colon
    (
        "各镇人民政府: 一、提高对禁烧工作的认识 秸秆禁烧事关民生。各镇要重视。 二、突出重点 (一)建设站点。建三座。 (二)开展宣传。每季一次。",
        ["提高对禁烧工作的认识", ("突出重点", ["建设站点", "开展宣传"])],
    ),
    ("一、工作目标：到2025年建成。\n二、指导思想 坚持公益，惠及群众。", ["工作目标", "指导思想"]),
    # no headings by their words alone: the number of a list within a sentence, a blank within the words
    ("推进试点，制定办法。一、二期工程同步建设。", []),
    ("一、推进 河道整治，清理垃圾。", ["推进河道整治，清理垃圾"]),
    # a table of contents is no second document
    ("一、水\n二、气\n一、水\n清河。\n二、气\n降尘。", ["水", "气"]),
]


ENDS = [
    # who signs, and what the page says below
    ("一、河。清淤。\n二、湖。补水。\n某市人民政府办公室\n2024年3月1日\n责任编辑：甲 浏览次数：120", "二、湖。补水。\n"),
    ("一、河。清淤。\n二、湖。补水。\n（此件公开发布）\n附件1\n名单", "二、湖。补水。\n"),
    ("一、河。清淤。\n二、湖。补水。\n附件2：\n表格说明\n甲表用黑笔填写。", "二、湖。补水。\n"),
    # a date within the words signs nothing
    ("一、河。清淤。\n二、湖。\n2024年3月1日前补水。", "二、湖。\n2024年3月1日前补水。\n"),
]


@pytest.mark.parametrize(("text", "expected"), ENDS)
def test_what_follows_the_last_item_is_nobodys(text: str, expected: str) -> None:
    copy = map_text(text)
    last = read_outline(copy)[-1]
    assert copy.text[last.start : last.end] + "\n" * (not copy.text[: last.end].endswith("\n")) == expected


@pytest.mark.parametrize(("text", "expected"), TREES)
def test_headings_nest_by_their_numbering(text: str, expected: list[object]) -> None:
    assert tree(text) == expected


def test_numbers_that_start_over_under_one_heading_are_told_apart() -> None:
    blocks = read_outline(map_text("一、任务\n1.河\n（1）干流。\n2.湖。\n1.尘\n（1）工地。\n一、保障\n1.资金。"))
    addresses = [address(block) for root in blocks for block in root.walk()]
    assert addresses == ["1", "1.1", "1.1.1", "1.2", "1.1-2", "1.1-2.1", "1-2", "1-2.1"]
