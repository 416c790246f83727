"""A target beside the one above it: each row of the decision table by SQL, by SPARQL and in plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

import pytest
from pyoxigraph import Literal, NamedNode, QueryTriples, Store

from kg import data, schemes, vocab
from kg.analysis import open_columns
from kg.analysis.continuity.plans import Goal, make_goal
from kg.analysis.lineage.target_comparison import (
    GROUNDS,
    RELATIONS,
    TARGET_VERDICTS,
    compare_with_above,
    comparison_rules,
    count_comparisons,
)
from kg.analysis.targets.values import REASONS as STEP_REASONS
from kg.analysis.targets.values import compare_targets
from kg.analysis.targets.wording import weigh_wording
from kg.cues import Cue, load_cues
from kg.rdf import build_ontology_quads
from kg.schemes import find_unit
from kg.vocab import SKOS, ZR, concept
from tests.analysis.plain_targets import judge
from tests.analysis.targets_graph import CITY, COUNTRY, COUNTY, OTHER, PROVINCE, Case, Plan, Said, graph_of, indicator

Rows = Sequence[tuple[str, str, str, str, str | None, Decimal | None]]
PLAN, YEAR = (2021, 2025), (2025, 2025)
ENERGY, DROP, WOODS, DUST = "单位地区生产总值能耗", "单位地区生产总值能耗降幅", "营造林面积", "细颗粒物（PM2.5）浓度"


class Row(NamedTuple):
    child: Said
    parent: Said
    verdict: str  # or the ground against a comparison
    metric: str = "秸秆综合利用率"
    direction: str | None = "higher"
    periods: tuple[tuple[int, int], tuple[int, int]] = (PLAN, PLAN)


def fall(value: str, words: str, baseline: int | None = None) -> Said:
    return Said(value, "%", "decrease", name=ENERGY, words=words, baseline=baseline)


def still(words: str) -> Said:
    return Said("0", None, "equal", "zero", name="化肥使用量", words=f"化肥使用量{words}")


def dust(value: str, sign: str = "at-most", unit: str = "微克/立方米", name: str = "PM2.5年均浓度") -> Said:
    return Said(value, unit, sign, name=name)


ROWS = [
    # more is better
    Row(Said("92"), Said("95"), "weaker"),
    Row(Said("95.0"), Said("95"), "equal"),
    Row(Said("97"), Said("95"), "stronger"),
    # 达到95% in a table is "=": the number counts, not the sign
    Row(Said("95", sign="equal"), Said("95", sign="above"), "equal"),
    # less is better; two ways to write the unit
    Row(dust("40"), dust("37", unit="μg/m3"), "weaker", DUST, "lower"),
    Row(dust("35"), dust("37"), "stronger", DUST, "lower"),
    Row(dust("37", sign="below"), dust("37"), "equal", DUST, "lower"),
    # names that come to the same: 年均, 平均, 细颗粒物（PM2.5）
    Row(dust("40", name="细颗粒物（PM2.5）平均浓度"), dust("37"), "weaker", DUST, "lower"),
    # so much a head: 平方米 is no area of the region here
    Row(Said("14.5", "平方米", name="人均公园绿地面积"), Said("15", "平方米", name="人均公园绿地面积"), "weaker", "人均公园绿地面积"),
    # 1.2万元 and 15000元 a head
    Row(Said("1.2", "万元", name="人均收入"), Said("15000", "元", name="人均收入"), "weaker", "居民人均可支配收入"),
    # a county's area is a part of its province's
    Row(Said("20", "万亩", "equal", name="营造林"), Said("1500", "万亩", "equal", name="营造林"), "amount", WOODS),
    Row(Said("8", "家"), Said("100", "家"), "amount", "绿色工厂数量"),
    # equal areas are no agreement either
    Row(Said("15", "亩", name="营造林"), Said("1", "公顷", name="营造林"), "amount", WOODS),
    # without a number
    Row(Said(None, None, None, "trend"), Said("95"), "no-number"),
    Row(Said("95"), Said(None, None, None, "delegated"), "no-number"),
    Row(Said(None, "%", "at-least", "placeholder"), Said("95"), "no-number"),
    Row(Said(None, None, None, "milestone"), Said(None, None, None, "milestone"), "no-number"),
    # units
    Row(Said("55", None, name="EI"), Said("60", None, name="EI"), "unit-unknown", "生态环境状况指数"),
    Row(Said("3", "柱"), Said("95"), "unit-unknown"),
    Row(Said("2", "个百分点"), Said("95"), "unit-differs"),
    Row(Said("5", "‰"), Said("95"), "unit-differs"),
    # 全部消除 beside 全部消除, and beside a share
    Row(Said("0", None, "equal", "zero"), Said("0", None, "equal", "zero"), "equal", "城市黑臭水体比例", "lower"),
    Row(Said("0", None, "equal", "zero"), Said("10", "%", "at-most"), "unit-unknown", "城市黑臭水体比例", "lower"),
    Row(Said("0", "%", "equal", "zero"), Said("10", "%", "at-most"), "stronger", "城市黑臭水体比例", "lower"),
    # 零增长 is recorded as 0, and is 0 more than before: no level, and 负增长 no number
    Row(still("零增长"), still("保持零增长"), "equal", "化肥使用量", "lower"),
    Row(still("零增长"), Said("0", None, "equal", "zero"), "change-and-level", "化肥使用量", "lower"),
    Row(Said("300", "万吨", "at-most", name="化肥使用量"), still("零增长"), "change-and-level", "化肥使用量", "lower"),
    Row(Said("3", "%", "decrease", name="化肥使用量", words="下降3%"), still("零增长"), "unit-unknown", "化肥使用量", "lower"),
    Row(still("零增长"), still("负增长"), "range", "化肥使用量", "lower"),
    Row(still("零增长"), still("零增长"), "baseline", "化肥使用量", "lower", (YEAR, PLAN)),
    # nobody says which way is better
    Row(Said("92"), Said("95"), "no-direction", "重点水域覆盖率", None),
    # 下降3% is no level
    Row(fall("3", "能耗下降3%"), Said("13", "%", name=ENERGY), "change-and-level", ENERGY, "lower"),
    # changes: against the same year, stated or in a table; or plans of one period without a word on it
    Row(fall("13", "能耗比2020年下降13%"), fall("14.5", "能耗比2020年下降14.5%"), "weaker", ENERGY, "lower"),
    Row(fall("15", "下降15%", 2020), fall("14.5", "下降14.5%", 2020), "stronger", ENERGY, "lower"),
    Row(fall("15", "能耗下降15%"), fall("15", "能耗下降15%"), "equal", ENERGY, "lower"),
    Row(fall("13", "能耗比2015年下降13%"), fall("14.5", "能耗比2020年下降14.5%"), "baseline", ENERGY, "lower"),
    Row(fall("13", "能耗下降13%"), fall("14.5", "能耗比2020年下降14.5%"), "baseline", ENERGY, "lower"),
    Row(fall("13", "下降13%", 2015), fall("14.5", "下降14.5%", 2020), "baseline", ENERGY, "lower"),
    # 3% in one year and 14.5% in five
    Row(fall("3", "能耗下降3%"), fall("14.5", "能耗下降14.5%"), "baseline", ENERGY, "lower", (YEAR, PLAN)),
    Row(fall("3", "能耗每年下降3%"), fall("14.5", "能耗下降14.5%"), "baseline", ENERGY, "lower"),
    # a metric that is a change itself, with ≥
    Row(Said("3", name="能耗降低率"), Said("14.5", name="能耗降低率"), "baseline", DROP, "higher", (YEAR, PLAN)),
    Row(Said("13", name="能耗降低率"), Said("14.5", name="能耗下降"), "weaker", DROP),
    # 户厕改造数 达到98%: of what?
    Row(Said("98", name="改厕"), Said("99", name="改厕"), "unit-unlike-metric", "户厕改造数"),
    # the same metric in the catalogue, but not the same thing
    Row(Said("96", name="体质健康合格率"), Said("50", name="体质健康优良率"), "name", "学生体质健康优良率"),
    Row(Said("96", name="县城污水处理率"), Said("98", name="城市污水处理率"), "name", "城市污水处理率"),
    Row(Said("60", words="平原地区达到60%"), Said("95"), "scope"),
    # two ends, of which the indicator has one
    Row(Said("36", words="达到36%"), Said("35", words="达到35%—37%"), "range"),
    # about
    Row(Said("92", sign="about", words="92%左右"), Said("95"), "vague"),
    Row(Said("92", words="力争达到92%"), Said("95"), "vague"),
    Row(Said("92", sign="about", words="92%左右"), Said("95", sign="about", words="95%左右"), "weaker"),
    # at most of what is better when higher: it may have been read wrongly
    Row(Said("92", sign="at-most"), Said("95"), "against-direction"),
    Row(dust("40", "at-least"), dust("37"), "against-direction", DUST, "lower"),
    Row(Said("92"), Said("95", sign="below"), "against-direction"),
]  # fmt: skip


def by_sql(store: Store) -> Rows:
    with open_columns(store) as columns:
        return [
            (one.child.iri, one.parent.iri, one.relation, one.verdict, one.ground, one.difference)
            for one in compare_with_above(columns, TARGET_VERDICTS)
        ]


def by_sparql(store: Store) -> Rows:
    text = (data.QUERIES / "derive" / "target-comparison.rq").read_text("utf-8")
    triples = store.query(text, use_default_graph_as_union=True)
    assert isinstance(triples, QueryTriples)
    found: dict[str, dict[NamedNode, str]] = {}
    for triple in triples:
        assert isinstance(triple.subject, NamedNode)
        assert isinstance(triple.object, NamedNode | Literal)
        found.setdefault(triple.subject.value, {})[triple.predicate] = triple.object.value
    return sorted(
        (
            facts[ZR.childTarget],
            facts[ZR.parentTarget],
            facts[ZR.targetRelation].rpartition("/")[2],
            facts[ZR.targetVerdict].rpartition("/")[2],
            facts[ZR.comparisonGround].rpartition("/")[2] if ZR.comparisonGround in facts else None,
            Decimal(facts[ZR.difference]) if ZR.difference in facts else None,
        )
        for facts in found.values()
    )


def case_of(row: Row) -> Case:
    plans = Plan(CITY, row.periods[0], (row.child,)), Plan(PROVINCE, row.periods[1], (row.parent,))
    return Case(plans, row.metric, row.direction)


@pytest.fixture(scope="module")
def both() -> tuple[Rows, Rows]:
    """What SQL and SPARQL say of all rows at once."""
    store = graph_of(*map(case_of, ROWS))
    return by_sql(store), by_sparql(store)


@pytest.mark.parametrize("number", range(1, len(ROWS) + 1), ids=lambda n: f"{ROWS[n - 1].child.text}-{ROWS[n - 1].parent.text}")
def test_a_row_of_the_decision_table(both: tuple[Rows, Rows], number: int) -> None:
    row, ends = ROWS[number - 1], (indicator(number, 1), indicator(number, 2))
    expected = (row.verdict, None) if row.verdict in TARGET_VERDICTS else ("not-comparable", row.verdict)
    child, parent = case_of(row).plans
    assert judge(child, parent, row.metric, row.direction) == expected
    found, stated = ([one for one in rows if one[:2] == ends] for rows in both)
    assert [one[2:5] for one in found] == [("region-above", *expected)]
    # what has no number, or is an amount, is not stated in the graph
    assert stated == ([] if row.verdict in ("no-number", "amount") else found)


# one region beside itself: amounts may be compared, unknown units are the same words, the signs tell the direction
OWN_CASES = ("amount", "unit-unknown", "unit-unlike-metric", "no-direction")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.child.text}-{row.parent.text}")
def test_successive_plans_are_judged_alike(row: Row) -> None:
    """What is weaker than the target above is weaker than the year before; what is in doubt there is no stronger or weaker here."""
    old, new = (goal_of(said, row) for said in (row.parent, row.child))
    step = compare_targets(old.target, new.target, row.direction)
    found = weigh_wording(step, old.wording, new.wording, row.direction)
    if row.verdict in TARGET_VERDICTS:
        assert found.strength == row.verdict
    elif row.verdict == "baseline" and old.wording.text == new.wording.text:
        assert found.strength == "equal"  # 零增长 twice, each beside the year before
    elif row.verdict not in OWN_CASES and not (row.verdict == "baseline" and _silent(row)):
        assert found.strength is None


def _silent(row: Row) -> bool:
    """Return whether neither says against what: then it is the year before each plan."""
    return row.periods[0] != row.periods[1]


def goal_of(said: Said, row: Row) -> Goal:
    known = find_unit(said.unit)
    return make_goal(
        {
            "iri": "i",
            "task": None,
            "name": said.name,
            "metric": "m",
            "metric_name": row.metric,
            "direction": row.direction,
            "kind": said.kind,
            "value_text": said.value,
            "unit": said.unit,
            "year": said.year,
            "value": said.value,
            "normalized_value": said.normal,
            "normalized_unit": known.base.value if known else None,
            "comparator": said.sign,
            "as_written": said.text,
            "quote": said.text,
            "baseline_year": said.baseline,
        }
    )


def test_words_for_the_same_ground_are_the_same() -> None:
    shared = (STEP_REASONS.keys() & GROUNDS.keys()) - {"no-number"}  # there it says of which side
    assert {ground: STEP_REASONS[ground] for ground in shared} == {ground: GROUNDS[ground] for ground in shared}
    assert shared == {"name", "scope", "baseline", "range", "vague", "against-direction"}


def test_every_ground_has_a_row() -> None:
    assert {row.verdict for row in ROWS} == {*GROUNDS, "weaker", "equal", "stronger"} - {"several-values"}


def pairs(*plans: Plan, metric: str = "秸秆综合利用率") -> list[tuple[int, int, str, str | None]]:
    """Return which document is judged by which, with the verdict and the ground; SQL and SPARQL say the same."""
    store = graph_of(Case(plans, metric))
    known = {indicator(1, n, i): n for n, plan in enumerate(plans, 1) for i in range(1, len(plan.targets) + 1)}
    found = by_sql(store)
    assert sorted(found) == by_sparql(store)
    return [
        (known[child], known[parent], f"{relation} {verdict}", ground) for child, parent, relation, verdict, ground, _ in found
    ]


def test_who_is_judged_by_whom() -> None:
    targets = (Said("92"),)
    country, province, city = (Plan(code, PLAN, (Said("95"),)) for code in (COUNTRY, PROVINCE, CITY))
    assert pairs(Plan(COUNTY, PLAN, targets), city, province, country) == [
        (1, 2, "region-above weaker", None),
        (1, 3, "region-above weaker", None),
        (1, 4, "region-above weaker", None),
        (2, 3, "region-above equal", None),
        (2, 4, "region-above equal", None),
        (3, 4, "region-above equal", None),
    ]
    # a neighbour is not above, nor is another year's target
    assert pairs(Plan(CITY, PLAN, targets), Plan(OTHER, PLAN, (Said("95"),))) == []
    assert pairs(Plan(CITY, PLAN, targets), Plan(PROVINCE, PLAN, (Said("95", year=2024), Said("96", year=None)))) == []


def test_a_plan_stands_below_the_same_regions_longer_plan() -> None:
    assert pairs(Plan(CITY, YEAR, (Said("92"),)), Plan(CITY, PLAN, (Said("95"),))) == [(1, 2, "longer-plan weaker", None)]
    # of two plans of one period neither is above; a period that only overlaps does not hold the other
    assert pairs(Plan(CITY, PLAN, (Said("92"),)), Plan(CITY, PLAN, (Said("95"),))) == []
    assert pairs(Plan(CITY, (2024, 2026), (Said("92"),)), Plan(CITY, PLAN, (Said("95"),))) == []


def test_several_numbers_for_one_target_are_in_doubt() -> None:
    child = Plan(CITY, PLAN, (Said("92"),))
    two = Plan(PROVINCE, PLAN, (Said("95"), Said("97")))
    assert judge(child, two, "秸秆综合利用率", "higher") == ("not-comparable", "several-values")
    assert {pair[2:] for pair in pairs(child, two)} == {("region-above not-comparable", "several-values")}
    # the same number twice, a change beside a level, another thing under the same metric: no doubt
    same = Plan(PROVINCE, PLAN, (Said("95"), Said("95.0"), Said("2", sign="increase"), Said("97", name="玉米秸秆利用率")))
    assert judge(child, same, "秸秆综合利用率", "higher") == ("weaker", None)
    assert pairs(child, same)[:2] == [(1, 2, "region-above weaker", None)] * 2


def test_only_those_asked_for() -> None:
    store = graph_of(
        Case((Plan(CITY, YEAR, (Said("92"),)), Plan(CITY, PLAN, (Said("96"),)), Plan(PROVINCE, PLAN, (Said("95"),))))
    )
    with open_columns(store) as columns:
        found = {
            "weaker": list(compare_with_above(columns)),
            "stronger": list(compare_with_above(columns, ["stronger"])),
            "of the year": list(compare_with_above(columns, TARGET_VERDICTS, period=YEAR)),
            "of the city": list(compare_with_above(columns, TARGET_VERDICTS, region=f"{vocab.BASE}id/region/{CITY}")),
            "of the province": list(compare_with_above(columns, TARGET_VERDICTS, region=PROVINCE)),
        }
        assert {name: len(rows) for name, rows in found.items()} == {
            "weaker": 2,
            "stronger": 1,
            "of the year": 2,
            "of the city": 3,
            "of the province": 0,
        }
        assert [(one.relation, one.verdict, one.ground, one.pairs) for one in count_comparisons(columns)] == [
            ("region-above", "weaker", None, 1),
            ("region-above", "stronger", None, 1),
            ("longer-plan", "weaker", None, 1),
        ]
        assert sum(one.pairs for one in count_comparisons(columns, PROVINCE)) == 0


def test_the_worst_come_first() -> None:
    def said(value: str, binding: bool = False, sign: str = "at-least") -> Said:
        return Said(value, binding=binding, sign=sign)

    none, some = (Plan(code, PLAN, (said(value, sign="at-most"),)) for code, value in ((PROVINCE, "0"), (CITY, "3")))

    store = graph_of(
        Case((Plan(CITY, PLAN, (said("94"),)), Plan(PROVINCE, PLAN, (said("95"),)))),
        Case((Plan(CITY, PLAN, (said("2"),)), Plan(PROVINCE, PLAN, (said("4"),)))),  # half of it, though but 2 points
        Case((Plan(CITY, PLAN, (said("89"),)), Plan(PROVINCE, PLAN, (said("90", binding=True),)))),
        Case((some, none), direction="lower"),  # no share of nothing
    )
    with open_columns(store) as columns:
        found = [one.child.iri for one in compare_with_above(columns, worst_first=True)]
        assert found == [indicator(number, 1) for number in (3, 2, 1, 4)]
        assert [one.child.iri for one in compare_with_above(columns, worst_first=True, top=1)] == found[:1]
        assert [one.child.iri for one in compare_with_above(columns)] == [indicator(number, 1) for number in (1, 2, 3, 4)]


REASONS = [
    (Said("92"), Said("95"), "≥92%；上位目标≥95%：低3个百分点，该指标越高越好"),
    (Said("95"), Said("95"), "≥95%；上位目标≥95%：数值相同"),
    (fall("13", "下降13%"), fall("14.5", "下降14.5%"), "下降13%；上位目标下降14.5%：少下降1.5个百分点"),
    (
        Said("20", "万亩", "equal", name="营造林"),
        Said("1500", "万亩", "equal", name="营造林"),
        "绝对数量：20万亩＝13333.33公顷；上位目标1500万亩＝1000000公顷",
    ),
    (Said(None, None, None, "delegated"), Said("95"), "一方没有数值：完成上级下达的任务；上位目标≥95%"),
]


@pytest.mark.parametrize(("child", "parent", "reason"), REASONS)
def test_the_reason_shows_both_numbers_and_how_they_were_converted(child: Said, parent: Said, reason: str) -> None:
    metric = {"营造林": WOODS, ENERGY: ENERGY}.get(child.name, child.name)
    case = Case((Plan(CITY, PLAN, (child,)), Plan(PROVINCE, PLAN, (parent,))), metric, "lower" if metric == ENERGY else "higher")
    with open_columns(graph_of(case)) as columns:
        (found,) = compare_with_above(columns, TARGET_VERDICTS)
    assert found.reason == reason


RULES = load_cues("comparison.toml")["comparison"]


@pytest.mark.parametrize("cue", RULES, ids=lambda cue: cue.id)
def test_a_rule_finds_its_matches_and_passes_its_rejects_over(cue: Cue) -> None:
    assert cue.matches
    assert [words for words in cue.matches if not cue.pattern.search(words)] == []
    assert [words for words in cue.rejects if cue.pattern.search(words)] == []


def test_the_definition_has_the_words_of_the_table() -> None:
    text = (data.QUERIES / "derive" / "target-comparison.rq").read_text("utf-8")
    for name, rule in comparison_rules().items():
        for word in {"ratios": [], "scope": rule}.get(name, [rule]):
            assert f'"{word}"' in text


def test_the_lists_say_what_the_program_says() -> None:
    labels = {
        str(quad.subject): quad.object.value
        for quad in build_ontology_quads()
        if quad.predicate == SKOS.prefLabel and isinstance(quad.object, Literal) and quad.object.language == "zh"
    }
    for scheme, words in (("target-relation", RELATIONS), ("target-verdict", TARGET_VERDICTS), ("comparison-ground", GROUNDS)):
        assert {code: labels[str(concept(scheme, code))] for code in words} == words
        assert len([iri for iri in labels if f"/scheme/{scheme}/" in iri]) == len(words)


@pytest.mark.parametrize(
    ("unit", "intensive"),
    [
        *((unit, True) for unit in ("%", "微克/立方米", "平方米/人", "天", "吨/万元")),
        *((unit, False) for unit in ("万亩", "吨", "家", "亿元", "万千瓦", "公里", "人", "万立方米/日")),
    ],
)
def test_which_units_a_part_shares_with_the_whole(unit: str, intensive: bool) -> None:
    found = schemes.find_unit(unit)
    assert found is not None
    assert (found.base.value in schemes.intensive_units()) is intensive
