"""Answers on the five documents, worked out by hand from their texts before the program was asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kg.ask import ask, find_query
from kg.store import open_current


def rows(built: Path, query: str, columns: str, **params: str) -> list[tuple[Any, ...]]:
    answer = ask(open_current(built), find_query(query), params)
    return [
        tuple(str(record[name]) if record[name] is not None else None for name in columns.split()) for record in answer.records()
    ]


def test_what_the_agriculture_bureau_of_suzhou_has_to_do(built: Path) -> None:
    assert rows(built, "department-tasks", "number title role", unit="宿州市农业农村局") == [
        ("6", "推进机械强农", "责任"),
        ("8", "加快农业绿色发展", "责任"),
        ("10", "推进秸秆综合利用工程", "责任"),
        ("11", "推进畜禽废弃物资源化利用", "责任"),
        ("12", "切实抓好化肥、农药减量增效", "责任"),
        ("32", "抓好砀山县黄河鲤保护区禁捕退捕工作", "责任"),
    ]


def test_what_the_forestry_bureau_of_suzhou_is_measured_by(built: Path) -> None:
    # 20 (推进林业碳汇项目) sets nothing; 30 is shared with 市生态环境局
    assert rows(built, "department-indicators", "number name comparator value unitText year", unit="宿州市林业局") == [
        ("30", "全市自然保护地管理培训班", "equal", "1", "次", "2022"),
        ("33", "林木覆盖率", "at-least", "32.8", "%", "2022"),
        ("33", "湿地保护率", "increase", "1", "个百分点", "2022"),
    ]


def test_who_shares_a_task_with_whom_in_suzhou(built: Path) -> None:
    # tasks 2, 5, 15, 19, 23, 24, 30 name two bodies each, task 27 three; all others one
    pairs = {frozenset(row[:2]): row[2] for row in rows(built, "shared-pairs", "labelA labelB shared", region="宿州市")}
    discipline, organization = "中共宿州市纪律检查委员会宿州市监察委员会", "中共宿州市委组织部"
    assert pairs == {
        frozenset(pair): "1"
        for pair in [
            ("中国人民银行宿州市中心支行", "宿州市地方金融监督管理局"),
            (organization, "中共宿州市委党校"),
            ("宿州市精神文明建设指导委员会办公室", "中共宿州市委宣传部"),
            ("宿州市发展和改革委员会", "宿州市生态环境局"),
            ("宿州市生态环境局", "宿州市自然资源和规划局"),
            ("宿州市生态环境局", "宿州市公安局"),
            ("宿州市林业局", "宿州市生态环境局"),
            ("宿州市审计局", organization),
            ("宿州市审计局", discipline),
            (organization, discipline),
        ]
    }


def test_what_the_plan_of_tangshan_rests_on_and_creates(built: Path) -> None:
    found = rows(
        built, "document-citations", "number relation title", document="唐山市创建国家生态文明建设示范市2022年度工作方案"
    )
    assert found == [
        (None, "self", "唐山市创建国家生态文明建设示范市2022年度工作方案"),
        (None, "basis", "唐山市生态文明建设规划(2021-2025年)"),
        ("3", "creates", "全市自然资源资产负债表贯彻落实意见和细化措施"),
        ("12", "creates", "国土绿化方案"),
        ("13", "reference", "国家重点保护野生动物名录"),
        ("13", "reference", "国家重点保护野生植物名录"),
        ("18", "creates", "河湖岸线保护与利用规划"),
        ("19", "creates", "唐山市海岸线保护与利用规划"),
        ("19", "creates", "海岸带分区分级保护监管实施方案"),
        ("23", "creates", "唐山市碳达峰行动方案"),
        ("24", "basis", "中华人民共和国清洁生产促进法"),  # cited as 清洁生产促进法
    ]


def test_the_use_of_straw_across_cities_and_years(built: Path) -> None:
    assert rows(built, "metric-across-cities", "regionLabel year comparator value", metric="秸秆综合利用率") == [
        ("石家庄市", "2022", "at-least", None),  # XX％: redacted, neither zero nor left out
        ("石家庄市", "2023", "at-least", "97"),
        ("邢台市", "2025", "equal", "100"),  # 基本实现全面综合利用
        ("宿州市", "2022", "at-least", "92"),
    ]


def test_the_environment_bureaus_side_by_side(built: Path) -> None:
    # brackets that name 市生态环境局, counted in the texts; 唐山's lead, the others answer
    assert rows(built, "function-across-cities", "regionLabel tasks led", function="生态环境") == [
        ("石家庄市", "27", "0"),
        ("唐山市", "22", "22"),
        ("宿州市", "8", "0"),
    ]


def test_nobody_owns_the_tasks_of_xingtai(built: Path) -> None:
    # the five-year plan of 邢台 names no unit at all; every task of the others carries a bracket
    assert {row[0] for row in rows(built, "unowned-tasks", "documentTitle")} == {"邢台市生态环境保护“十四五”规划"}
    assert len(rows(built, "unowned-tasks", "task")) == 138
