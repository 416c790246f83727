"""From one plan to the next: what continues, what is dropped, what is new."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pyoxigraph import Store

from tests.queries.asking import PLAN_TITLE, POINTS_TITLE, TS_TITLE, rows
from tests.toy_graph import COUNTIES, DEPARTMENTS, DEV, ECO, GROUP, ID, PLAN, POINTS, WATER, task

FROM_PLAN = {"earlier": PLAN_TITLE, "later": POINTS_TITLE}
FROM_POINTS = {"earlier": POINTS_TITLE, "later": PLAN_TITLE}


def test_region_documents(store: Store) -> None:
    assert rows(store, "region-documents", "start end date doc tasks indicators bodies", region="石家庄市") == [
        (date(2021, 1, 1), date(2025, 12, 31), None, PLAN, 2, 1, 3),
        (date(2023, 1, 1), date(2023, 12, 31), date(2023, 5, 24), POINTS, 7, 3, 6),
    ]


def test_departments_between(store: Store) -> None:
    columns = "state unit tasksBefore tasksAfter"
    assert rows(store, "departments-between", columns, **FROM_PLAN) == [
        ("不变", ECO, 2, 2),
        ("不变", WATER, 1, 1),
        ("增加", DEV, 1, 2),
        ("新增", GROUP, 0, 1),
        ("新增", COUNTIES, 0, 2),  # two more are inherited
        ("新增", DEPARTMENTS, 0, 1),
    ]
    assert rows(store, "departments-between", columns, **FROM_POINTS)[:4] == [
        ("不再承担", GROUP, 1, 0),
        ("不再承担", COUNTIES, 2, 0),
        ("不再承担", DEPARTMENTS, 1, 0),
        ("不变", ECO, 2, 2),
    ]


def test_metrics_between(store: Store) -> None:
    columns = "state label targetsBefore targetsAfter"
    assert rows(store, "metrics-between", columns, **FROM_PLAN) == [
        ("新增", "劣Ⅴ类断面", 0, 1),
        ("新增", "优良天数比率", 0, 1),
        ("沿用", "细颗粒物（PM2.5）浓度", 1, 1),
    ]
    assert [row[:2] for row in rows(store, "metrics-between", columns, **FROM_POINTS)] == [
        ("不再提", "劣Ⅴ类断面"),
        ("不再提", "优良天数比率"),
        ("沿用", "细颗粒物（PM2.5）浓度"),
    ]


def test_target_changes(store: Store) -> None:
    columns = "label direction yearBefore valueBefore yearAfter valueAfter change"
    assert rows(store, "target-changes", columns, **FROM_PLAN) == [
        ("细颗粒物（PM2.5）浓度", "lower", 2025, Decimal(40), 2023, Decimal(44), Decimal(4))
    ]
    assert rows(store, "target-changes", "change", **FROM_POINTS) == [(Decimal(-4),)]


def test_tasks_between(further: Store) -> None:
    """改善空气质量 stands in both: ECO and DEV bear it in both, PROVINCE is new."""
    params = {"earlier": "唐山市2022年度工作方案", "later": TS_TITLE}
    columns = "title was is bodiesBefore bodiesAfter kept"
    assert rows(further, "tasks-between", columns, **params) == [
        ("改善空气质量", task("ts-2022", 1), task("ts-2023", 1), 2, 3, 2)
    ]
    assert rows(further, "tasks-between", columns, **FROM_PLAN) == []


def test_renamed_organizations(store: Store, further: Store) -> None:
    assert rows(store, "renamed-organizations", "unit") == []
    assert rows(further, "renamed-organizations", "year regionLabel label successor heir") == [
        ("2018", "唐山市", "唐山市旅游局", "唐山市文化广电和旅游局", f"{ID}org/130200/culture-tourism")
    ]
