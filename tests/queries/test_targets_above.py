"""Targets beside those above them, as the derived graph states them and the named queries list them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pyoxigraph import Store

from kg.trace import trace
from tests.queries.asking import PLAN_TITLE, rows
from tests.toy_graph import ID, PLAN, above_store

YEAR = f"{ID}policy/sjz-2025"
HEBEI = f"{ID}policy/hb-plan"


@pytest.fixture(scope="module")
def above() -> Store:
    return above_store()


def test_weaker_targets(above: Store, store: Store) -> None:
    columns = "regionLabel label year against difference doc parent quote parentQuote"
    dust, straw = "细颗粒物（PM2.5）浓度", "秸秆综合利用率"
    mine, theirs = "PM2.5年平均浓度降到40微克/立方米", "PM2.5年平均浓度降到38微克/立方米"
    of_the_year = "PM2.5平均浓度控制在39微克/立方米以内"
    straws = "农作物秸秆综合利用率达到95%以上", "秸秆综合利用率达到97%以上"
    expected = [
        # the plan of the city has 40, that of its year 2025 has 39, the province has 38
        ("石家庄市", dust, 2025, "region-above", Decimal(2), PLAN, HEBEI, mine, theirs),
        ("石家庄市", dust, 2025, "region-above", Decimal(1), YEAR, HEBEI, of_the_year, theirs),
        ("石家庄市", straw, 2025, "region-above", Decimal(-2), YEAR, HEBEI, *straws),
    ]
    assert rows(above, "weaker-targets", columns) == expected
    assert rows(above, "weaker-targets", columns, region="石家庄市") == expected
    assert rows(above, "weaker-targets", columns, region="河北省") == []
    assert rows(store, "weaker-targets", columns) == []  # nothing stands above anything there


def test_target_comparisons(above: Store) -> None:
    columns = "label standing against parent reason"
    dust = "细颗粒物（PM2.5）浓度"
    higher = "≤39微克/立方米；上位目标≤38微克/立方米：高1微克/立方米，该指标越低越好"
    lower = "≤39微克/立方米；上位目标≤40微克/立方米：低1微克/立方米，该指标越低越好"
    assert rows(above, "target-comparisons", columns, document="石家庄市2025年生态文明建设工作要点") == [
        (dust, "weaker", "region-above", HEBEI, higher),
        (dust, "stronger", "longer-plan", PLAN, lower),
        ("秸秆综合利用率", "weaker", "region-above", HEBEI, "≥95%；上位目标≥97%：低2个百分点，该指标越高越好"),
        # 营造林 is an amount and not listed; 78%左右 is about
        ("优良天数比率", "not-comparable", "region-above", HEBEI, "一方是约数：≈78%；上位目标≥80%"),
    ]
    assert rows(above, "target-comparisons", "standing", document=PLAN_TITLE) == [("weaker",)]


def test_the_chain_of_a_task_shows_the_target_above(above: Store) -> None:
    steps = [step for step in trace(above, f"{PLAN_TITLE}#1")[0].steps if step.kind == "上位目标"]
    assert [(step.label, step.detail, step.quote, step.reason, step.file) for step in steps] == [
        (
            "PM2.5年平均浓度",
            "低于上位目标，见于《河北省生态环境保护“十四五”规划》",
            "PM2.5年平均浓度降到38微克/立方米",
            "≤40微克/立方米；上位目标≤38微克/立方米：高2微克/立方米，该指标越低越好",
            "hb-plan.txt",
        )
    ]
