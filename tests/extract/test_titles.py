"""A document's title, however page, file or print set it."""

from __future__ import annotations

import pytest

from kg import toy
from kg.extract import read_policy

BODY = "\n为做好这项工作，制定本方案。\n一、任务\n1.治水。清理河道。（市水利局）\n2.治气。减少扬尘。（市住建局）\n"
TITLES = [
    # the second line begins with the years
    ("甲省林业发展规划纲要\n（2019—2025年）任务分工方案" + BODY, "甲省林业发展规划纲要（2019—2025年）任务分工方案"),
    ("乙市全民健身实施计划\n(2021-2025年)重点任务分工" + BODY, "乙市全民健身实施计划(2021-2025年)重点任务分工"),
    ("国家安全生产专项规划\n（2016—2020年）实施意见\n某局\n2017年3月1日" + BODY, "国家安全生产专项规划（2016—2020年）实施意见"),
    # years and no more, and a number, are no second half of another sort
    ("甲省林业发展规划纲要\n（2019—2025年）" + BODY, "甲省林业发展规划纲要（2019—2025年）"),
    ("甲省林业发展规划\n（甲政发〔2019〕5号）" + BODY, "甲省林业发展规划"),
    # a file's name that cuts the title
    ("乙县农田工作方案.docx\n页数：12\n乙县2018年高标准农田工作方案" + BODY, "乙县2018年高标准农田工作方案"),
    ("丙市消防工作要点.doc\n丙市消防工作要点\n丙市2020年度消防安全工作要点" + BODY, "丙市2020年度消防安全工作要点"),
    ("丁区河长制实施方案\n丁区全面推行河长制实施方案" + BODY, "丁区全面推行河长制实施方案"),
    # the plan of another sort or of another place is another one
    ("乙县农田工作方案\n乙县2018年农田水利工作要点" + BODY, "乙县农田工作方案"),
    ("丙市消防工作要点\n丙市关于印发消防工作要点的通知" + BODY, "丙市消防工作要点"),
    # the headline of whoever passes it on
    (
        "《乙市政府印发乙市扬尘防治2019年工作方案》\n • 编译者：甲\n • 乙市扬尘防治2019年工作方案" + BODY,
        "乙市扬尘防治2019年工作方案",
    ),
    ("丙县政府办印发2020年植树计划\n来源：某报\n丙县2020年植树计划\n2020年植树计划" + BODY, "2020年植树计划"),
    ("《丁市节水行动方案》" + BODY, "丁市节水行动方案"),
    # whom it is for follows at once
    (
        "甲县关于加强秸秆禁烧工作的通知各乡镇人民政府，县直各部门：为保护环境，通知如下：一、巡查。每日巡查。",
        "甲县关于加强秸秆禁烧工作的通知",
    ),
    ("乙局2019年普法工作计划各科室、局属各单位：为做好普法，制定计划。一、学习。每月学习。", "乙局2019年普法工作计划"),
    ("丙街道防汛工作方案各社区居委会：为做好防汛，制定方案。一、值守。全天值守。", "丙街道防汛工作方案"),
    # a page's fields on the same line
    (
        "首页\n发布时间：2023-04-11 10:20 来源：丁区政府 访问次数：31 字体：[大 中 小]丁区2023年民生实事任务分解方案\n一、任务\n1.治水。清河道。",
        "丁区2023年民生实事任务分解方案",
    ),
    ("点击数:7次 字号：【大 中 小】甲市2022年治超工作方案" + BODY, "甲市2022年治超工作方案"),
    # a running head
    (
        "Page 9 - 乙自治区人民政府关于印发牧业发展规划的通知\nP. 9\n草场更好，牧民更富。\n",
        "乙自治区人民政府关于印发牧业发展规划的通知",
    ),
    ("第3页 共9页 丙省人民政府关于发展中医药的意见\n全面发展。\n", "丙省人民政府关于发展中医药的意见"),
]


@pytest.mark.parametrize(("text", "title"), TITLES, ids=[title for _, title in TITLES])
def test_title(text: str, title: str) -> None:
    assert read_policy(toy.document(text)).profile.title == title


ISSUERS = [
    # a body that stamps for the one that signs; a date whose marks are lost; a note on who may read it
    ("甲市节水方案\n甲市水资源联席会议办公室\n（甲市水利局代章）\n2018年3月5日" + BODY, "甲市水资源联席会议办公室"),
    (
        "关于印发乙市普法要点的通知\n各区：\n现印发给你们。\n乙市人民政府办公室\n20197 9\n乙市普法要点" + BODY,
        "乙市人民政府办公室",
    ),
    ("各单位：\n现将要点印发给你们。\n健康丙省推进委员会办公室\n20223月23日\n丙省健康要点" + BODY, "健康丙省推进委员会办公室"),
    ("关于防汛的通知\n各镇：\n请遵照执行。\n丁县人民政府\n（此件公开发布）" + BODY, "丁县人民政府"),
    # a year below a body is a table's
    ("任务分解\n责任单位\n市水利局\n2019年" + BODY, None),
]


@pytest.mark.parametrize(("text", "issuer"), ISSUERS, ids=range(len(ISSUERS)))
def test_who_signs(text: str, issuer: str | None) -> None:
    assert read_policy(toy.document(text)).profile.issuer == issuer


def test_what_a_running_head_says_was_issued_is_the_kind_of_its_plan() -> None:
    plan = "Page 9 - 乙自治区人民政府关于印发牧业发展规划的通知\nP. 9\n草场更好，牧民更富。\n"
    letter = "乙自治区人民政府关于印发牧业发展规划的通知\n各盟：现将规划印发给你们。\n"
    assert [read_policy(toy.document(text)).profile.kind for text in (plan, letter)] == ["规划", "通知"]
