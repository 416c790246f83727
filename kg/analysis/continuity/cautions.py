"""What makes plans hard to compare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.analysis.continuity.plans import Plan

FEWEST_CITIES = 3  # below it a median says nothing
_NAMED = 6  # in a sentence
_SAID = {
    "region": "地区不同：{before}与{after}",
    "no-period": "至少一份文件没有写明时期",
    "length": "时期长短不同：{before} 为 {years_before} 年，{after} 为 {years_after} 年",
    "kind": "文种不同",
    "gap": "时期不相接：{before} 与 {after} 之间缺 {years} 年",
    "overlap": "时期重叠：{before} 与 {after}",
    "few-tasks": "《{title}》只有 {tasks} 项任务，太少，任务去向仅供参考",
    "documents": "文件份数不同，任务数是各份合计：{counts}",
    "levels": "行政层级不同",
    "kinds": "文种不同，共 {number} 种",
    "lengths": "时期长短不同，任务数和目标值不能直接相比：{years} 年",
    "periods": "时期不同：{periods}",
    "few": "只有 {number} 个地区，太少，不给中位数",
}


@dataclass(frozen=True, slots=True)
class Caution:
    """A reason for care, with the values that its sentence names."""

    kind: str  # one of the words above
    values: Mapping[str, str]

    @property
    def words(self) -> str:
        """The sentence in Chinese."""
        return _SAID[self.kind].format(**self.values)


def list_cautions(earlier: Plan, later: Plan) -> Iterator[Caution]:
    """Yield what makes two plans hard to compare.

    >>> from kg.analysis.continuity.plans import Plan
    >>> year = Plan(1, "", "", "甲市2022年工作要点", "key-points", "130100", "甲市", None, (2022, 2022), 20)
    >>> five = Plan(2, "", "", "甲市“十五五”规划", "five-year-plan", "130100", "甲市", None, (2026, 2030), 90)
    >>> [caution.words for caution in list_cautions(year, five)]
    ['时期长短不同：2022 为 1 年，2026–2030 为 5 年', '文种不同', '时期不相接：2022 与 2026–2030 之间缺 3 年']
    """
    if earlier.region != later.region:
        yield Caution("region", {"before": earlier.region_name or "不明", "after": later.region_name or "不明"})
    if earlier.period is None or later.period is None:
        yield Caution("no-period", {})
    years = {"before": earlier.years, "after": later.years}
    lengths = [0 if plan.period is None else plan.period[1] - plan.period[0] + 1 for plan in (earlier, later)]
    if 0 not in lengths and lengths[0] != lengths[1]:
        yield Caution("length", years | {"years_before": str(lengths[0]), "years_after": str(lengths[1])})
    if earlier.kind != later.kind:
        yield Caution("kind", {})
    if earlier.period is not None and later.period is not None:
        gap = later.period[0] - earlier.period[1] - 1
        if gap > 0:
            yield Caution("gap", years | {"years": str(gap)})
        elif gap < 0:
            yield Caution("overlap", years)


def list_city_cautions(plans: Sequence[Plan]) -> Iterator[Caution]:
    """Yield what makes the plans of several regions hard to compare.

    >>> from kg.analysis.continuity.plans import Plan
    >>> plans = [Plan(n, "", "", "", "key-points", str(n), name, None, (2022, 2022 + n), 9) for n, name in enumerate("甲乙")]
    >>> [caution.words for caution in list_city_cautions(plans)]
    ['时期长短不同，任务数和目标值不能直接相比：1、2 年', '只有 2 个地区，太少，不给中位数']
    """
    counts = Counter(plan.region_name or "?" for plan in plans)
    if len(set(counts.values())) > 1:
        yield Caution("documents", {"counts": _some([f"{name} {number}" for name, number in counts.items()])})
    if len({plan.level for plan in plans}) > 1:
        yield Caution("levels", {})
    kinds = {plan.kind for plan in plans}
    if len(kinds) > 1:
        yield Caution("kinds", {"number": str(len(kinds))})
    if any(plan.period is None for plan in plans):
        yield Caution("no-period", {})
    periods = sorted({plan.period for plan in plans if plan.period})
    lengths = sorted({last - first + 1 for first, last in periods})
    if len(lengths) > 1:
        yield Caution("lengths", {"years": "、".join(map(str, lengths))})
    elif len(periods) > 1:
        yield Caution("periods", {"periods": _some([plan_years(period) for period in periods])})
    if len(counts) < FEWEST_CITIES:
        yield Caution("few", {"number": str(len(counts))})


def plan_years(period: tuple[int, int]) -> str:
    """Return a period as it is written: 2023, 2021–2025."""
    return f"{period[0]}" if period[0] == period[1] else f"{period[0]}–{period[1]}"


def _some(words: Sequence[str]) -> str:
    return "、".join(words[:_NAMED]) + ("……" if len(words) > _NAMED else "")
