"""What an indicator measures: a metric that is the same across documents."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from kg.model import Decision, Metric, Reading
from kg.registry import KnownMetric, Registry, short_name
from kg.resolve.regions import Scope

_MARKS = re.compile(r"[\s“”\"'‘’《》]")
# whose figure it is, not what is measured
_SCOPE = re.compile(
    r"^(?:全市域|全[市省国区县州社]|本[市省区县]|我[市省区县]|市域|市城区|主城区|中心城区|城区|市区|县域|区域"
    r"|年度|年均|当年|全年|累计|力争|确保|新增(?=.{6})|保持|实现|完成(?=.{3,}(?:率|比重|比例|指数)$)|主要|总体|其中[:：]?)"
)
_TAIL = re.compile(r"(?:达到|达|保持在|稳定在|控制在|不低于|提高到|提升到|目标任务|目标|任务)$")
_CHANGE = re.compile(
    r"(?P<change>(?:累计)?(?:下降|降低|减少|削减)(?:率|幅度|比例)?|降幅|(?:增长|增加|提高|提升)(?:率|速度|幅度|比例)?|增速|增幅)$"
)
# ways to write the same: GDP is 地区生产总值, 规模以上 is 规上, 比率 is 比例; only for looking up, never shown
_SAME: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?:地区|国内)?生产总值"), "GDP"),
    (re.compile(r"规模以上"), "规上"),
    (re.compile(r"限额以上"), "限上"),
    (re.compile(r"占(?:全[市省国县区州]|我[市省])"), "占"),
    (re.compile(r"(?:比率|占比|比例)$"), "比重"),
    (re.compile(r"年平均|年均|平均(?=浓度)"), ""),
    (re.compile(r"能源消耗|综合能耗|能源消费(?=降|下|强)"), "能耗"),
    (re.compile(r"以及|[、及与和]"), "和"),
    (re.compile(r"(?<=.)的"), ""),
    (re.compile(r"每(?=[千万百])"), ""),
    (re.compile(r"(?<=万|千)(?:常住)?人口?拥有"), "人"),
    (re.compile(r"(?<=万|千)人口"), "人"),
)
_NUMBER_OF = re.compile(r"(?:数量|总数|总量|套数|户数|人数|家数|个数|数|改造提升|改造|建设|建设项目|项目|工程|面积|里程|长度)$")
_FALL = re.compile(r"降|减")
_OPPOSITE: Mapping[Literal["higher", "lower"], Literal["higher", "lower"]] = {"higher": "lower", "lower": "higher"}


def normalize_metric(name: str) -> str:
    """Return an indicator's name in the form in which names are compared.

    >>> normalize_metric("全市细颗粒物（PM2.5） 年均浓度达到")
    '细颗粒物PM2.5年均浓度'
    """
    text = _MARKS.sub("", unicodedata.normalize("NFKC", name))  # turns Ⅴ into V as well
    text = text.replace("pm", "PM").replace("Pm", "PM").replace("(", "").replace(")", "").rstrip("。,;:、")
    while (short := _SCOPE.sub("", text)) != text and len(short) >= 2:
        text = short
    return short if len(short := _TAIL.sub("", text)) >= 2 else text


def resolve_metrics(reading: Reading, scope: Scope, registry: Registry) -> tuple[Mapping[str, Metric], tuple[Decision, ...]]:
    """Return the metric of each indicator's name, and a decision for each."""
    indicators = [*reading.indicators, *(indicator for task in reading.tasks for indicator in task.indicators)]
    metrics: dict[str, Metric] = {}
    decisions = []
    for name, count in Counter(indicator.name for indicator in indicators).items():
        metrics[name], known = resolve_metric(name, scope, registry)
        reason = f"指标目录里的“{metrics[name].label}”" if known else "指标目录里没有，单列为一个指标"
        decisions.append(Decision("metric", name, "matched" if known else "unknown", metrics[name].key, (), reason, count))
    return metrics, tuple(decisions)


def resolve_metric(name: str, scope: Scope, registry: Registry) -> tuple[Metric, bool]:
    """Return the metric that ``name`` means, and whether the catalogue has it.

    A change is a metric of its own: 单位GDP能耗降低率 is better high, 单位GDP能耗 is better low.
    """
    text = normalize_metric(name)
    if scope.region is not None:
        for place in (scope.region.name, short_name(scope.region.name)):
            text = text.removeprefix(place) if len(text) > len(place) + 1 else text
    names = _catalogue(registry)
    # 秸秆基本实现全面综合利用 sets the rate to 100 %; 改造老旧小区 and 老旧小区改造数 are one
    for form in (text, f"{text}率", _NUMBER_OF.sub("", text)):
        if len(form) >= 2 and (known := names.get(form) or names.get(_same(form))) is not None:
            return known.metric, True
    if match := _CHANGE.search(text):
        base = text[: match.start()]
        if (known := names.get(base) or names.get(_same(base))) is not None:
            return _change(known.metric, falls=bool(_FALL.search(match["change"]))), True
    digest = hashlib.sha256(text.encode()).hexdigest()[:10]
    return Metric(f"m-{digest}", text, None), False


def _change(metric: Metric, *, falls: bool) -> Metric:
    direction = _OPPOSITE[metric.direction] if falls and metric.direction else metric.direction
    key, word = ("fall", "降幅") if falls else ("rise", "增幅")
    return Metric(f"{metric.key}-{key}", metric.label + word, direction)


@lru_cache(maxsize=4)
def _catalogue(registry: Registry) -> dict[str, KnownMetric]:
    names: dict[str, KnownMetric] = {}
    for known in registry.metrics:
        for name in known.names:
            names.setdefault(normalize_metric(name), known)
    for name, known in list(names.items()):
        names.setdefault(_same(name), known)
    return names


def _same(text: str) -> str:
    """Return a name in one of the ways in which it can be written.

    >>> _same("战略性新兴产业增加值占全市生产总值的比重") == _same("战略性新兴产业增加值占GDP比重")
    True
    """
    for pattern, word in _SAME:
        text = pattern.sub(word, text)
    return text
