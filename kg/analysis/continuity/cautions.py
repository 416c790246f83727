"""What makes two plans hard to compare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.analysis.continuity.plans import Plan

_SAID = {
    "region": "地区不同：{before}与{after}",
    "no-period": "至少一份文件没有写明时期",
    "length": "时期长短不同：{before} 为 {years_before} 年，{after} 为 {years_after} 年",
    "kind": "文种不同",
    "gap": "时期不相接：{before} 与 {after} 之间缺 {years} 年",
    "overlap": "时期重叠：{before} 与 {after}",
}


@dataclass(frozen=True, slots=True)
class Caution:
    """A reason for care, with the values that its sentence names."""

    kind: str  # "region", "no-period", "length", "kind", "gap", "overlap"
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
