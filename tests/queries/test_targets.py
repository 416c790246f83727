"""What is measured, what is missing, and what other places set: indicators, gaps and comparison."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pyoxigraph import Store

from tests.queries.asking import POINTS_TITLE, TS_2023, TS_TITLE, TS_WATER, rows
from tests.toy_graph import ID, PLAN, POINTS, TANGSHAN, TS_DEV, task

PM25, GOOD_DAYS, BAD = (f"{ID}metric/{name}" for name in ("pm25", "good-days", "bad-sections"))


def test_unresolved_bodies(store: Store, further: Store) -> None:
    expected = [("市发改局", 3, 1), ("市治理专班", 2, 1), ("循环化工园区", 1, 1)]
    assert rows(further, "unresolved-bodies", "mention count decisions") == expected
    assert rows(store, "unresolved-bodies", "mention count decisions") == [expected[0], expected[2]]


def test_unknown_values(store: Store) -> None:
    assert rows(store, "unknown-values", "kind name unitText asWritten", document="ts.txt") == [
        ("placeholder", "造林", "万亩", "造林XX万亩")
    ]
    assert rows(store, "unknown-values", "name", document=POINTS_TITLE) == []  # a trend has no value to withhold


def test_targets_without_baseline(further: Store) -> None:
    assert rows(further, "targets-without-baseline", "name comparator value", document=TS_TITLE) == [
        ("能耗强度", "decrease", "3")
    ]


def test_tasks_without_deadline(store: Store) -> None:
    """Task 1 has a date, 2 a dated target, 3 comes back, 4 never ends, 6 is a safeguard."""
    assert rows(store, "tasks-without-deadline", "number", document=POINTS_TITLE) == [("5",), ("7",), ("8",)]


def test_region_targets(store: Store) -> None:
    columns = "label year comparator value binding"
    expected = [
        ("劣Ⅴ类断面", 2023, "equal", "0", None),
        ("优良天数比率", None, None, None, None),
        ("细颗粒物（PM2.5）浓度", 2023, "at-most", "44", None),
        ("细颗粒物（PM2.5）浓度", 2025, "at-most", "40", "binding"),
    ]
    assert rows(store, "region-targets", columns, region="石家庄市") == expected
    assert rows(store, "region-targets", columns, region="石家庄市", targetYear="2023年") == [expected[0], expected[2]]


def test_lower_is_better(store: Store) -> None:
    assert rows(store, "lower-is-better", "metric year value baselineYear baseline", region="石家庄市") == [
        (BAD, 2023, "0", None, None),
        (PM25, 2023, "44", None, None),
        (PM25, 2025, "40", 2020, Decimal(58)),
    ]


def test_targets_in_unit(store: Store) -> None:
    assert rows(store, "targets-in-unit", "amount doc", measureUnit="微克/立方米") == [
        (Decimal(44), POINTS),
        (Decimal(43), TANGSHAN),
        (Decimal(40), PLAN),
    ]
    assert len(rows(store, "targets-in-unit", "amount", measureUnit="μg/m3")) == 3  # the same unit
    assert rows(store, "targets-in-unit", "amount name", measureUnit="万亩") == [(None, "造林")]


def test_indicators_of_kind(store: Store) -> None:
    assert rows(store, "indicators-of-kind", "number name", document=POINTS_TITLE, sort="趋势") == [("1", "优良天数比率")]
    assert rows(store, "indicators-of-kind", "number name value due", document=POINTS_TITLE, sort="zero") == [
        ("2", "劣Ⅴ类断面", "0", date(2023, 12, 31))
    ]


def test_milestones(further: Store) -> None:
    assert rows(further, "milestones", "due name unit task", targetYear="2023") == [
        (date(2023, 6, 30), "秸秆利用方案", TS_DEV, task("ts-2023", 2)),
        (date(2023, 6, 30), "秸秆利用方案", TS_WATER, task("ts-2023", 2)),
    ]
    assert rows(further, "milestones", "name", targetYear="2022") == []


def test_targets_above_value(further: Store) -> None:
    columns = "amount regionLabel year doc"
    expected = [
        (Decimal(44), "石家庄市", 2023, POINTS),
        (Decimal(43), "唐山市", 2022, TANGSHAN),
        (Decimal(41), "唐山市", 2023, TS_2023),
        (Decimal(40), "石家庄市", 2025, PLAN),
    ]
    assert rows(further, "targets-above-value", columns, metric=PM25, least="30") == expected
    assert rows(further, "targets-above-value", columns, metric=PM25, least="41.5") == expected[:2]


def test_functions_missing(store: Store) -> None:
    assert rows(store, "functions-missing", "functionLabel units tasks", region="石家庄市", other="唐山市") == [("水利", 1, 2)]
    assert rows(store, "functions-missing", "functionLabel", region="唐山市", other="石家庄市") == []


def test_metrics_missing(store: Store) -> None:
    assert rows(store, "metrics-missing", "metric targets documents", region="石家庄市", other="唐山市") == [
        (BAD, 1, 1),
        (GOOD_DAYS, 1, 1),
    ]
    assert rows(store, "metrics-missing", "metric", region="唐山市", other="石家庄市") == []
