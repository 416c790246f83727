"""Which documents set work, and which of their sections and items do."""

from __future__ import annotations

import pytest

from kg import toy
from kg.extract import read_policy

ITEMS = "一、修建甲乙道路，连接两镇。\n二、整治河道两岸，清理垃圾。\n三、新建丙丁公园，开放绿地。"

NO_WORK = [
    # a reply to those who asked
    "甲乡人民政府：\n你乡《关于调整村规模的请示》（甲政〔2013〕4号）收悉。经县政府研究同意，现批复如下：\n" + ITEMS,
    "某县人民政府关于同意甲街道设立乙社区的批复\n" + ITEMS,
    # who is praised for what was done
    "某市人民政府关于对2023年先进集体给予表扬的通报\n" + ITEMS,
    "为鼓励先进，经研究，决定对以下单位予以通报表彰。\n" + ITEMS,
    # days off, names, posts, lists
    "某市人民政府办公室关于2024年部分节假日安排的通知\n一、元旦：1月1日放假。\n二、春节：2月10日至17日放假。",
    "某县民政局关于甲苑等5处地名命名的通知\n" + ITEMS,
    "某市人民政府关于调整市安全委员会组成人员的通知\n" + ITEMS,
    "某市人民政府关于公布第三批文物保护单位名单的通知\n" + ITEMS,
    # somebody tells of a policy: an interview, a report
    "《某市促进产业发展若干意见》政策解读\n" + ITEMS,
    "近日，某市政府办公室印发了《关于加强河道治理的意见》。\n1.请问出台的背景是什么？修建道路。\n2.请问有何措施？整治河道。",
    "新华社某地1月4日电（记者甲某某）4日召开的会议提出三项要求。\n" + ITEMS,
    "问：为什么修建道路？\n答：为了出行。\n问：何时建成？\n答：年内。\n" + ITEMS,
    # a standing body and its rules
    "经省政府同意，建立河湖治理联席会议（以下简称联席会议）制度。\n一、主要职责\n研究政策。\n二、成员单位\n由甲局、乙局组成。\n"
    + ITEMS,
    # a plan for emergencies under another document's name
    "某市人民政府关于印发某市防汛应急预案的通知\n" + ITEMS,
    # articles of an opinion that is a rule
    "某市经费定额指导意见\n第一条 为加强管理，制定本意见。\n第二条 定额分为三类。\n第三条 定额由基数构成。",
]


@pytest.mark.parametrize("text", NO_WORK)
def test_documents_that_set_no_work(text: str) -> None:
    assert [task.title for task in read_policy(toy.document(text)).tasks] == []


def test_a_document_of_any_sort_holds_the_work_that_someone_answers_for() -> None:
    text = "某市人民政府关于对2023年先进集体给予表扬的通报\n一、修建道路。（责任单位：市交通局）\n二、整治河道。"
    assert [task.title for task in read_policy(toy.document(text)).tasks] == ["修建道路"]


WORK = [
    # what an item says of praise, councils and news is work, not a word on the document
    (
        "某市旅游工作要点\n1.评选先进。对成绩突出的予以通报表扬。\n2.授予诚信商家“放心店”称号。每年一次。\n3.经同意，建立旅游联席会议制度。定期会商。",
        ["评选先进", "授予诚信商家“放心店”称号", "经同意"],
    ),
    # a plan set in articles
    (
        "某市支持企业创新若干措施\n第一条 支持研发。给予补助。\n第二条 引进人才。提供住房。\n第三条 建设平台。开放共享。",
        ["支持研发", "引进人才", "建设平台"],
    ),
    # why and for whom, criteria, and the closing words
    (
        "某市整治方案\n一、充分认识整治工作的重要意义\n（一）形势所迫。必须重视。\n二、整治范围\n（一）城区道路。\n三、整治任务\n（一）清理占道。疏通道路。\n四、本方案自印发之日起施行。",
        ["清理占道"],
    ),
    # a list of what must be so is part of what is done with it
    (
        "某市清理意见\n一、清理内容\n（一）符合下列条件的单位予以保留：\n1.有固定场所；\n2.有专职人员。\n（二）撤销其他单位。办理注销。",
        ["符合下列条件的单位予以保留", "撤销其他单位"],
    ),
    # measures that do the work are no safeguards
    (
        "某市整治方案\n一、具体措施\n（一）清理占道。疏通道路。\n二、保障措施\n（一）加强领导。高度重视。",
        ["清理占道", "加强领导"],
    ),
    # what a chapter rests on is no review of what was
    (
        "某市规划\n一、提升保障能力，夯实发展基础\n（一）保障粮食。建设粮库。\n二、发展基础\n（一）粮食增产。连年丰收。",
        ["保障粮食"],
    ),
    # an annex that only explains
    (
        "关于启用新号牌的通知\n一、核发号牌。统一制作。\n二、管理号牌。严格使用。\n某市政府\n2024年1月5日\n附件\n号牌式样\n一、号牌尺寸\n（一）汽车号牌。长四十四厘米。\n（二）摩托车号牌。长二十二厘米。",
        ["核发号牌", "管理号牌"],
    ),
    # an annex that shares out work
    (
        "某市实施意见\n一、修建道路。连接两镇。\n附件1\n任务分工方案\n一、勘察设计。完成图纸。\n二、土建施工。完成路基。",
        ["修建道路", "勘察设计", "土建施工"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), WORK)
def test_documents_that_set_work(text: str, expected: list[str]) -> None:
    assert [task.title for task in read_policy(toy.document(text)).tasks] == expected
