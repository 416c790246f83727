"""Which metric an indicator's name means: rows of (name, key or None, direction, why)."""

from __future__ import annotations

import pytest

from kg.registry import Registry, load_registry
from kg.resolve.metrics import normalize_metric, resolve_metric
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
    ("共享脚踏车150米半径覆盖面积", None, None, "not in the catalogue: its own"),
    ("丘陵山区县农作物耕种收综合机械化率", None, None, "a narrower group is another metric"),
]


@pytest.mark.parametrize(("name", "key", "direction", "why"), ROWS)
def test_metric(registry: Registry, name: str, key: str | None, direction: str | None, why: str) -> None:
    scope = Scope(registry.regions["130100"], "prefecture", 2023, "130100")
    metric, known = resolve_metric(name, scope, registry)
    assert (metric.key if known else None, metric.direction) == (key, direction), why
    assert known or metric.key.startswith("m-")


def test_the_catalogue_is_unambiguous_when_normalised(registry: Registry) -> None:
    seen: dict[str, str] = {}
    for known in registry.metrics:
        for name in known.names:
            assert seen.setdefault(normalize_metric(name), known.metric.key) == known.metric.key, name
