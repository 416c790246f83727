"""Which metric an indicator's name means: rows of (name, key or None, direction, why)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg.registry import Registry, load_registry
from kg.resolve.metric_names import normalize_metric
from kg.resolve.metrics import resolve_metric
from kg.resolve.regions import Scope


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


ROWS = [
    ("单位GDP能耗", "energy-intensity", "lower", "short"),
    ("单位地区生产总值能源消耗", "energy-intensity", "lower", "long"),
    ("单位地区生产总值能耗降低率", "energy-intensity-fall", "higher", "a fall of what is better low is better high"),
    ("秸秆综合利用率", "straw-use", "higher", "itself"),
    ("完成秸秆综合利用率", "straw-use", "higher", "完成 is about the target"),
    ("秸秆综合利用", "straw-use", "higher", "wholly done: the rate at 100 %"),
    ("全市农作物秸秆综合利用率达到", "straw-use", "higher", "whose figure it is says nothing of the metric"),
    ("细颗粒物(PM2.5)", "pm25", "lower", "name and sign"),
    ("市城区PM2.5年平均浓度", "pm25", "lower", "urban area"),
    ("PM2.5平均浓度降幅", "pm25-fall", "higher", "a change"),
    ("石家庄市优良天数比率", "good-air-days", "higher", "the document's own place"),
    ("优良天数比例", "good-air-days", "higher", "比例 = 比率"),
    ("地表水劣Ⅴ类水体比例", "surface-water-bad", "lower", "Roman figure"),
    ("规上工业增加值增速", "industrial-output-rise", "higher", "growth"),
    # told apart although the names are close: other things are counted
    ("户籍人口城镇化率", "urbanization-registered", "higher", "registered, not resident"),
    ("优良天数", "good-air-day-count", "higher", "days, not their share"),
    ("限额以上社会消费品零售总额", "retail-sales-large", "higher", "the large shops alone"),
    ("新改建公厕", "public-toilets", "higher", "what is done to them is no other metric"),
    # slips of the pen, in long names alone and where one metric alone is near
    ("规模上工业增加值", "industrial-output", "higher", "a missing character"),
    ("固定产投资总额", "investment", "higher", "a missing character"),
    ("规模以以上工业增加值", "industrial-output", "higher", "a doubled character"),
    ("农村居民人可均支配收入", "rural-income", "higher", "two characters swapped"),
    ("化石能源占能源消费总量比重", None, None, "without 非 it is another metric"),
    ("外贸进口总额", None, None, "a character less, another metric"),
    ("共享脚踏车150米半径覆盖面积", None, None, "not in the catalogue: its own"),
    ("丘陵山区县农作物耕种收综合机械化率", None, None, "a narrower group is another metric"),
]


@pytest.mark.parametrize(("name", "key", "direction", "why"), ROWS)
def test_metric(registry: Registry, name: str, key: str | None, direction: str | None, why: str) -> None:
    scope = Scope(registry.regions["130100"], "prefecture", 2023, "130100")
    metric, known = resolve_metric(name, scope, registry)
    assert (metric.key if known else None, metric.direction) == (key, direction), why
    assert known or metric.key.startswith("m-")


with (Path(__file__).parents[1] / "data" / "metric_names.csv").open(encoding="utf-8", newline="") as file:
    NAMES = [(row["name"], row["metric"], row["direction"] or None, row["unit"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("name", "key", "direction", "unit"), NAMES)
def test_a_name_of_yearly_work_is_known(registry: Registry, name: str, key: str, direction: str | None, unit: str) -> None:
    metric, known = resolve_metric(name, Scope(registry.regions["130100"], "prefecture", 2023, "130100"), registry)
    units = {one.metric.key: one.unit for one in registry.metrics}
    usual = units.get(metric.key, "%") or ""  # a rise or a fall is a percentage
    assert (known, metric.key, metric.direction, usual) == (True, key, direction, unit)


def test_whose_figure_it_is_leaves_the_name_whole() -> None:
    assert normalize_metric("全社会对应急预案的知晓率") == "全社会对应急预案的知晓率"
    assert normalize_metric("全市应急预案知晓率") == "应急预案知晓率"


def test_the_catalogue_is_unambiguous_when_normalised(registry: Registry) -> None:
    seen: dict[str, str] = {}
    for known in registry.metrics:
        for name in known.names:
            assert seen.setdefault(normalize_metric(name), known.metric.key) == known.metric.key, name
