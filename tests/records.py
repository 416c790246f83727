"""A small plan with every record made by hand, for tests of what comes after reading and resolving."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from typing import cast

from kg.model import (
    Baseline,
    Citation,
    Deadline,
    Decision,
    Document,
    Evidence,
    Indicator,
    Metric,
    Organization,
    Policy,
    Profile,
    Reading,
    Region,
    Resolved,
    Section,
    Span,
    Task,
    Unit,
)
from kg.registry import Registry

TEXT = """示范市2023年生态环境工作要点
示政办〔2023〕1号
为贯彻落实《示范省大气污染防治条例》，制定本要点。
一、重点任务
1.深入打好蓝天保卫战。PM2.5平均浓度控制在40微克/立方米以内，完成营造林4.5万亩。2023年6月底前完成。
（牵头单位：市生态环境局；配合单位：市发改委、各县（市、区）政府）
2.加强秸秆综合利用。编制《示范市秸秆综合利用方案》，秸秆综合利用率由95%提高到97%以上，新增示范点XX个。
（责任单位：市农业农村局、市发展改革委）
"""

PLAN = Policy("130100.key-points.2023", "示范市2023年生态环境工作要点", "prefecture", "130100", None)
ACT = Policy("130000.air-act", "示范省大气污染防治条例", "province", "130000", None)
SCHEME = Policy("130100.straw", "示范市秸秆综合利用方案", "prefecture", "130100", None)
PROVINCE = Region("130000", "示范省", "province", "100000")
CITY = Region("130100", "示范市", "prefecture", "130000")
COUNTRY = Region("100000", "中国", "national", None)

ECOLOGY = Organization(
    "130100/ecology-environment", "示范市生态环境局", ("市生态环境局",), "organization", "ecology-environment", "130100"
)
REFORM = Organization(
    "130100/development-reform",
    "示范市发展和改革委员会",
    ("市发展改革委", "市发改委"),
    "organization",
    "development-reform",
    "130100",
)
FARMING = Organization("130100/agriculture", "示范市农业农村局", ("市农业农村局",), "organization", "agriculture", "130100")
COUNTIES = Organization("130100/county-governments", "各县（市、区）政府", (), "generic", None, "130100")
OFFICE = Organization("130100/office", "示范市人民政府办公室", (), "organization", None, "130100")


def toy_registry() -> Registry:
    """Return a registry that knows three functions and three regions, and nothing else."""
    functions = {
        "agriculture": SimpleNamespace(zh="农业农村", en="agriculture and rural affairs", names=(), until=None),
        "development-reform": SimpleNamespace(zh="发展改革", en="development and reform", names=(), until=None),
        "ecology-environment": SimpleNamespace(zh="生态环境", en="ecology and environment", names=(), until=None),
    }
    regions = {region.code: region for region in (COUNTRY, PROVINCE, CITY)}
    return cast(Registry, SimpleNamespace(functions=functions, regions=regions, policies=(), former_names=lambda code: ()))


def evidence(words: str, rule: str, text: str = TEXT) -> Evidence:
    """Return the first place of the words as evidence."""
    start = text.index(words)
    return Evidence(Span(start, start + len(words)), words, words.replace("\n", ""), rule)


def resolved_toy(text: str = TEXT, path: str = "docs/示范市.txt") -> Resolved:
    """Return the toy plan, resolved; ``text`` may have words before the plan's own."""

    def found(words: str, rule: str) -> Evidence:
        return evidence(words, rule, text)

    def unit(name: str, role: str, **flags: bool) -> Unit:
        return Unit(name, role, evidence=found(name, "units.bracket"), **flags)  # type: ignore[arg-type]

    first = text[text.index("1.深入") : text.index("2.加强")].rstrip()
    second = text[text.index("2.加强") :].rstrip()
    tasks = (
        Task(
            key="1",
            number="1",
            path=("一、重点任务",),
            title="深入打好蓝天保卫战",
            text=first.replace("\n", ""),
            section="1",
            evidence=found(first, "tasks.item"),
            units=(
                unit("市生态环境局", "lead"),
                unit("市发改委", "support"),
                unit("各县（市、区）政府", "support", collective=True),
            ),
            indicators=(
                Indicator(
                    "PM2.5平均浓度",
                    "quantitative",
                    "<=",
                    Decimal("40"),
                    "微克/立方米",
                    2023,
                    found("PM2.5平均浓度控制在40微克/立方米以内", "indicators.within"),
                ),
                Indicator(
                    "营造林", "quantitative", "=", Decimal("4.50"), "万亩", 2023, found("营造林4.5万亩", "indicators.count")
                ),
            ),
            deadline=Deadline("2023-06-30", found("2023年6月底前", "deadlines.by_end_of"), "month"),
        ),
        Task(
            key="2",
            number="2",
            path=("一、重点任务",),
            title="加强秸秆综合利用",
            text=second.replace("\n", ""),
            section="1",
            evidence=found(second, "tasks.item"),
            units=(unit("市农业农村局", "responsible"), unit("市发展改革委", "responsible", inherited=True)),
            indicators=(
                Indicator(
                    "秸秆综合利用率",
                    "quantitative",
                    ">=",
                    Decimal("97"),
                    "%",
                    2023,
                    found("秸秆综合利用率由95%提高到97%以上", "indicators.reach"),
                    baseline=Baseline(2022, Decimal("95")),
                    binding="binding",
                ),
                Indicator("示范点", "placeholder", None, None, "个", 2023, found("示范点XX个", "indicators.redacted")),
            ),
            citations=(
                Citation(
                    "示范市秸秆综合利用方案",
                    "creates",
                    "prefecture",
                    None,
                    True,
                    None,
                    found("《示范市秸秆综合利用方案》", "citations.title"),
                ),
            ),
        ),
    )
    act = Citation(
        "示范省大气污染防治条例",
        "basis",
        "province",
        None,
        True,
        "preamble",
        found("《示范省大气污染防治条例》", "citations.title"),
    )
    profile = Profile(PLAN.title, "示范市人民政府办公室", "示政办〔2023〕1号", "2023-05-24", (2023, 2023), "工作要点")
    document = Document(path, hashlib.sha256(text.encode()).hexdigest(), "utf-8", text)
    section = Section("1", "一", 1, "一、重点任务", None, found("一、重点任务", "sections.chinese"))
    return Resolved(
        reading=Reading(document, profile, (section,), tasks, (), (act,)),
        policy=PLAN,
        region=CITY,
        period=(2023, 2023),
        organizations={
            "市生态环境局": ECOLOGY,
            "市发改委": REFORM,
            "市发展改革委": REFORM,
            "市农业农村局": FARMING,
            "各县（市、区）政府": COUNTIES,
        },
        issuer=OFFICE,
        policies={act.title: ACT, SCHEME.title: SCHEME},
        metrics={
            "PM2.5平均浓度": Metric("pm25", "PM2.5平均浓度", "lower"),
            "秸秆综合利用率": Metric("straw-use", "秸秆综合利用率", "higher"),
        },
        decisions=(
            Decision("region", "示范市", "stated", "130100", (), "语料整理者说明", 1),
            Decision("period", "2023年", "matched", "2023", (), "标题中的年份", 1),
            Decision("unit", "市生态环境局", "matched", ECOLOGY.key, (), "示范市的生态环境部门", 1),
            Decision("unit", "市发改委", "matched", REFORM.key, (), "发展改革部门的简称", 1),
            Decision("unit", "市发展改革委", "matched", REFORM.key, (), "发展改革部门的简称", 1),
            Decision("unit", "市农业农村局", "matched", FARMING.key, (), "示范市的农业农村部门", 1),
            Decision("policy", "示范省大气污染防治条例", "matched", ACT.key, (), "标题相同", 1),
        ),
    )


def another_toy() -> Resolved:
    """Return a second document: the same plan under another key, one line further down, with one unit unknown."""
    toy = resolved_toy("新增的一行\n" + TEXT, "docs/另一份.txt")
    policy = replace(PLAN, key="130100.key-points.2024", title="示范市另一份要点")
    organizations = {name: body for name, body in toy.organizations.items() if body != FARMING}
    decisions = tuple(decision for decision in toy.decisions if decision.target != FARMING.key)
    unknown = Decision("unit", "市农业农村局", "unknown", None, (), "没有这样的机构", 1)
    return replace(toy, policy=policy, organizations=organizations, decisions=(*decisions, unknown))
