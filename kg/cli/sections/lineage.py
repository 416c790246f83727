"""What stands above: parent policies by reach, texts to fetch, targets weaker than those above them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.cli.sections.section import Row, Section, View

if TYPE_CHECKING:
    from kg.analysis.lineage.policy_reach import MissingText, PolicyReach
    from kg.analysis.lineage.target_comparison import ComparisonCount, TargetComparison

_LEVELS = {"national": "国家级", "province": "省级", "prefecture": "市级", "county": "县级"}


def _measure_parents(view: View) -> Sequence[PolicyReach]:
    from kg.analysis.lineage.policy_reach import measure_policy_reach

    return measure_policy_reach(view.whole, view.top, view.region, view.period)


def _parent_row(one: PolicyReach) -> Row:
    figures = (one.documents, one.reached, one.tasks, one.tasks_reached, one.bodies_reached, one.regions)
    return (one.title or one.policy, one.number, _LEVELS.get(one.level or ""), *figures, "有" if one.here else "缺")


def _measure_missing(view: View) -> Sequence[MissingText]:
    from kg.analysis.lineage.policy_reach import find_missing_texts

    return find_missing_texts(view.whole, view.top, view.region, view.period)


def _missing_row(one: MissingText) -> Row:
    known = (one.title or one.policy, one.number, _LEVELS.get(one.level or ""), one.issuer)
    return (*known, one.tasks, one.tasks_direct, one.documents, _one_line(one.quote), one.document_title)


def _measure_weaker(view: View) -> Sequence[TargetComparison]:
    from kg.analysis.lineage.target_comparison import compare_with_above

    return list(compare_with_above(view.whole, ["weaker"], view.region, view.period, top=view.top, worst_first=True))


def _weaker_row(one: TargetComparison) -> Row:
    from kg.analysis.lineage.target_comparison import RELATIONS

    said = (one.metric_name, one.year, one.reason, _BINDING.get(one.parent.binding or ""), RELATIONS[one.relation])
    below, above = ((side.title, _one_line(side.quote)) for side in (one.child, one.parent))
    return (one.child.region, *said, *below, *above)


def _weaker_facts(one: TargetComparison) -> dict[str, Any]:
    facts = asdict(one) | {"reason": one.reason, "difference": _number(one.difference)}
    for side in ("child", "parent"):
        facts[side]["normal"] = _number(facts[side]["normal"])
    return facts


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _count(view: View) -> Sequence[ComparisonCount]:
    from kg.analysis.lineage.target_comparison import count_comparisons

    return count_comparisons(view.whole, view.region, view.period)


def _count_row(one: ComparisonCount) -> Row:
    from kg.analysis.lineage.target_comparison import GROUNDS, RELATIONS, TARGET_VERDICTS

    return (RELATIONS[one.relation], TARGET_VERDICTS[one.verdict], GROUNDS[one.ground] if one.ground else None, one.pairs)


def _one_line(words: str) -> str:
    return " ".join(words.split())


_BINDING = {"binding": "约束性", "expected": "预期性"}
PARENTS = Section(
    "parents",
    "上位政策：按直接落实的文件数排列；影响 = 随整份文件或经由其他政策落实的也算",
    ("上位政策", "发文字号", "层级", "直接落实文件", "影响文件", "写明任务", "影响任务", "影响机构", "影响地区", "原文"),
    _measure_parents,
    _parent_row,
    nothing="没有文件写明上位政策",
)
MISSING = Section(
    "missing-texts",
    "应先补的上位政策原文：按影响任务数排列",
    ("上位政策", "发文字号", "层级", "发文机关", "影响任务", "写明任务", "文件", "引文", "引自"),
    _measure_missing,
    _missing_row,
    nothing="没有缺原文的上位政策",
)
WEAKER = Section(
    "weaker-targets",
    "低于上位目标的指标：同一指标、同一年，与上级地区或本地区更长时期规划相比；只列口径一致、可以直接比的",
    ("地区", "指标", "年份", "对照", "上位目标性质", "对照对象", "文件", "原文", "上位文件", "上位原文"),
    _measure_weaker,
    _weaker_row,
    nothing="没有低于上位目标的指标",
    tasks=lambda one: (one.child.task,) if one.child.task else (),
    facts=_weaker_facts,
)
TARGETS = Section(
    "target-verdicts",
    "指标与上位目标的对照：各类结论有多少对",
    ("对照对象", "结论", "不可比的理由", "对数"),
    _count,
    _count_row,
    nothing="没有同一指标、同一年的上位目标",
    listed=False,
)
