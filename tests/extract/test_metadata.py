"""What a document says of itself."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kg import data, toy
from kg.cues import load_cues
from kg.extract import read_policy
from kg.model import Profile
from kg.registry import Registry, load_registry
from kg.resolve.regions import find_region
from kg.schemes import find_document_kind

PROFILES = [
    # a notice before the plan: the plan's title
    (
        "某市人民政府办公室关于印发某市2023年工作要点的通知\n某政办〔2023〕5号\n各县（市、区）人民政府：\n现将《某市2023年工作要点》印发给你们。\n"
        "某市人民政府办公室\n2023年5月24日\n某市2023年工作要点\n一、任务\n1.治水。清淤。",
        Profile("某市2023年工作要点", "某市人民政府办公室", "某政办〔2023〕5号", "2023-05-24", (2023, 2023), "工作要点"),
    ),
    # a title on two lines, signed at the end
    (
        "国务院关于加快推进农业机械化和\n农机装备产业转型升级的指导意见\n国发〔2018〕42号\n一、任务\n（一）创新。到2025年改善。\n国务院\n2018年12月21日",
        Profile(
            "国务院关于加快推进农业机械化和农机装备产业转型升级的指导意见",
            "国务院",
            "国发〔2018〕42号",
            "2018-12-21",
            (2018, 2025),
            "指导意见",
        ),
    ),
    (
        "# 某市生态环境保护“十四五”规划\n一、任务\n1.治水。清淤。",
        Profile("某市生态环境保护“十四五”规划", None, None, None, (2021, 2025), "规划"),
    ),
    # years in a line of their own belong to the title
    (
        "某市产业发展三年行动计划\n（2021-2023年）\n一、任务\n1.创新。",
        Profile("某市产业发展三年行动计划（2021-2023年）", None, None, None, (2021, 2023), "行动计划"),
    ),
    # a title on two lines, the second a mere kind; the date in words
    (
        "甲镇2017年度安全生产专项整治\n工作计划\n二〇一七年二月二十四日\n一、任务\n1.排查。",
        Profile("甲镇2017年度安全生产专项整治工作计划", None, None, "2017-02-24", (2017, 2017), "工作计划"),
    ),
    # a notice whose number stands under its long title; the plan's years on a line of their own
    (
        "某市人民政府办公室\n关于印发《某市健康行动实施方案（2020—2022年）》的通知\n某政办发〔2020〕3号\n《某市健康行动实施方案（2020—2022年）》已经同意，现印发给你们。\n"
        "2020年5月20日\n（此件公开发布）\n某市健康行动实施方案\n（2020—2022年）\n一、任务\n1.宣传。",
        Profile(
            "某市健康行动实施方案（2020—2022年）",
            "某市人民政府办公室",
            "某政办发〔2020〕3号",
            "2020-05-20",
            (2020, 2022),
            "实施方案",
        ),
    ),
    # the plan's title does not stand again, its text follows
    (
        "某市政府关于印发某市“十四五”水利规划的通知\n各区：\n现将《某市“十四五”水利规划》印发给你们。\n一、任务\n"
        + "（一）治水。清理河道。\n" * 200,
        Profile("某市“十四五”水利规划", "某市政府", None, None, (2021, 2025), "规划"),
    ),
    # fields of a web page
    (
        "索引号：|\n发文机关：|\n标题：|\n某省关于推进甲乙丙的意见|发文字号：|\n一、任务\n1.创新。",
        Profile("某省关于推进甲乙丙的意见", None, None, None, None, "意见"),
    ),
    # no title line: what the preamble says it makes
    (
        "结合我市实际，制定XX市2022年生态文明建设工作要点。\n一、任务\n1.治水。",
        Profile("XX市2022年生态文明建设工作要点", None, None, None, (2022, 2022), "工作要点"),
    ),
    # all on one line
    (
        "某市人民政府关于加快发展的意见某府发〔2019〕17号各区县人民政府：为了发展，提出意见。一、治水。清淤。二、治气。降尘。",
        Profile("某市人民政府关于加快发展的意见", "某市人民政府", "某府发〔2019〕17号", None, (2019, 2019), "意见"),
    ),
    # the same without any stop before the first chapter
    ("某县工作要点一、治水。清淤。二、治气。降尘。", Profile("某县工作要点", None, None, None, None, "工作要点")),
    # no title, no date: what the first words say was issued
    (
        "日前，某省政府办印发2018年重点工作责任分解的通知，明确责任。\n张某副省长牵头重点工作\n1.治水。\n责任单位：省水利厅",
        Profile(None, "某省政府办", None, None, (2018, 2018), None),
    ),
    ("今天天气很好。", Profile(None, None, None, None, None, None)),
]


@pytest.mark.parametrize(("text", "expected"), PROFILES, ids=range(len(PROFILES)))
def test_title_issuer_number_date_period_and_kind(text: str, expected: Profile) -> None:
    assert read_policy(toy.document(text)).profile == expected


DATA = Path(__file__).parent.parent / "data"
OPENINGS = [
    row
    for file in ("openings.toml", "openings_further.toml")
    for row in tomllib.loads((DATA / file).read_text("utf-8"))["opening"]
]


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


@pytest.mark.parametrize("row", OPENINGS, ids=lambda row: row["text"].strip()[:24].replace("\n", " "))
def test_what_a_document_says_of_itself(registry: Registry, row: Mapping[str, Any]) -> None:
    reading = read_policy(toy.document(row["text"]))
    region, decision = find_region(reading, registry, None)
    said = reading.profile
    found = {
        "region": region.code if region else None,
        "title": said.title,
        "issuer": said.issuer,
        "number": said.number,
        "date": said.date,
        "period": list(said.period) if said.period else None,
        "kind": said.kind,
    }
    assert found == {key: row.get(key) for key in found}, decision.reason


def test_every_kind_that_a_title_can_end_with_has_a_concept() -> None:
    fragments = {row["id"]: row["pattern"] for row in tomllib.loads((data.SEEDS / "cues.toml").read_text("utf-8"))["fragment"]}
    words = {*fragments["kind"].split("|"), *fragments["document_kind"].split("|")} - {"<<kind>>"}
    said = {cue.says for cue in load_cues()["sort"]} | {"政策解读"}
    assert sorted(word for word in words | said if find_document_kind(word) is None) == []
