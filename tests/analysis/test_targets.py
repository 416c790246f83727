"""Two targets for one metric: raised or lowered, stronger or weaker, or why that cannot be said."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest

from kg.analysis.targets.values import TargetStep, TargetValue, compare_targets
from kg.analysis.targets.wording import Wording, weigh_wording
from tests.analysis.plain_targets import judge
from tests.analysis.targets_graph import CITY, PROVINCE, Plan, Said

ROWS = [
    # 秸秆综合利用率 95% → 97%
    (("95", "%", "at-least"), ("97", "%", "at-least"), "higher", ("raised", "stronger", None)),
    # PM2.5 ≤ 38 → ≤ 40: the higher number is the weaker target
    (("38", "µg", "at-most"), ("40", "µg", "at-most"), "lower", ("raised", "weaker", None)),
    # 0.90 and 0.9 are one number
    (("0.90", "‰", "below"), ("0.9", "‰", "below"), "lower", ("same", "equal", None)),
    # 营造林 XX 万亩: a redacted number is not zero
    ((None, "ha", "equal"), ("75066.67", "ha", "equal"), "higher", (None, None, "no-number")),
    # 下降 1.5% beside 0.4 吨标准煤: a change is no level
    (("1.5", "%", "decrease"), ("0.4", "%", "equal"), "lower", (None, None, "form")),
    (("1.5", "%", "decrease"), ("1.5", "%", "increase"), "lower", (None, None, "form")),
    (("100", "个", "equal"), ("100", "%", "equal"), "higher", (None, None, "unit")),
    # 能耗下降 3% → 1.5%
    (("3", "%", "decrease"), ("1.5", "%", "decrease"), "lower", ("lowered", "weaker", None)),
    # 增长 8% → 10%
    (("8", "%", "increase"), ("10", "%", "increase"), "higher", ("raised", "stronger", None)),
    # 优良天数比率 may fall by 2, then by 3 points: what should rise falls further
    (("2", "%", "decrease"), ("3", "%", "decrease"), "higher", ("raised", "weaker", None)),
    # nobody says whether more is better, but 不低于 does
    (("5", "家", "at-least"), ("8", "家", "at-least"), None, ("raised", "stronger", None)),
    (("5", "家", "at-most"), ("8", "家", "at-most"), None, ("raised", "weaker", None)),
    (("5", "家", "equal"), ("8", "家", "equal"), None, ("raised", None, "direction")),
    (("5", "家", "at-least"), ("8", "家", "equal"), None, ("raised", None, "direction")),
]


@pytest.mark.parametrize(("first", "second", "direction", "expected"), ROWS)
def test_the_second_target_beside_the_first(
    first: tuple[str | None, str, str], second: tuple[str | None, str, str], direction: str | None, expected: tuple[object, ...]
) -> None:
    a, b = (TargetValue(None if value is None else Decimal(value), unit, sign) for value, unit, sign in (first, second))
    found = compare_targets(a, b, direction)
    assert (found.step, found.strength, found.reason) == expected


SIGNS = (None, "equal", "at-least", "above", "at-most", "below", "about", "increase", "decrease")


@pytest.mark.parametrize("direction", ["higher", "lower", None])
def test_the_rule_for_targets_above_never_says_otherwise(direction: str | None) -> None:
    """It asks for more before it judges (same words, same baseline), but what it judges this rule judges the same way."""
    judged = 0
    for value, sign, above in product(("92", "95", "97"), SIGNS, SIGNS):
        child, parent = (Plan(region, (2025, 2025), (said,)) for region, said in _both(value, sign, above))
        verdict, _ = judge(child, parent, "秸秆综合利用率", direction)
        if verdict != "not-comparable":
            judged += 1
            first, second = (TargetValue(said.normal, "%", said.sign) for said in (parent.targets[0], child.targets[0]))
            assert compare_targets(first, second, direction).strength == verdict
    assert bool(judged) is (direction is not None)


def _both(value: str, sign: str | None, above: str | None) -> tuple[tuple[str, Said], tuple[str, Said]]:
    return (CITY, Said(value, sign=sign)), (PROVINCE, Said("95", sign=above))


BASELINES = [
    # each against the year before, in whatever words
    ("较上年下降3%", "较上年下降2%", None),
    ("比2021年下降3%", "比2022年下降2%", None),
    ("下降3%", "较2022年下降2%", None),
    ("下降3%", "同比下降2%", None),
    ("下降3%", "下降2%", None),
    # both against one year
    ("比2020年下降3%", "比2020年下降2%", None),
    # against two years, or nobody knows against what
    ("比2015年下降3%", "比2022年下降2%", "baseline"),
    ("下降3%", "较省厅下达指标下降2%", "baseline"),
    ("累计下降3%", "下降2%", "baseline"),
]


@pytest.mark.parametrize(("first", "second", "reason"), BASELINES)
def test_changes_of_two_years_are_compared_against_their_years(first: str, second: str, reason: str | None) -> None:
    old, new = (Wording("能耗", text, "decrease", year) for text, year in ((first, 2022), (second, 2023)))
    expected = TargetStep("lowered", "weaker") if reason is None else TargetStep(None, None, "baseline")
    assert weigh_wording(TargetStep("lowered", "weaker"), old, new, "lower") == expected
