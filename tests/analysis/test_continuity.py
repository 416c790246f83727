"""What becomes of a plan's tasks, targets and bodies: hand-made plans, and the two of Shijiazhuang."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kg import store
from kg.analysis.columns import open_columns
from kg.analysis.continuity.changes import PlanComparison, compare_plans
from kg.analysis.continuity.plans import Content, Duty, Goal, Item, Plan, find_successions, list_plans, read_contents
from kg.analysis.targets.values import TargetValue


def plan(year: int, title: str = "绿化工作要点", region: str = "130100", last: int | None = None, **more: Any) -> Plan:
    years = (year, last or year)
    given = {"iri": f"p{title}{year}", "key": "", "kind": "key-points", "region_name": "甲市", "level": None, "tasks": 3} | more
    return Plan(id=year, title=f"甲市{year}年{title}", region=region, period=years, **given)


def content(year: int, *tasks: tuple[str, str, str]) -> Content:
    """Return a plan of tasks, each a title, bodies (``甲局:lead``) and targets (``绿化率 ≥ 40 %``)."""
    items = []
    for n, (title, bodies, goals) in enumerate(tasks):
        id_ = year * 100 + n
        items.append(
            Item(
                id_, f"t{id_}", str(n + 1), title, (), title, 0, "", tuple(map(duty, bodies.split())), tuple(goals_of(goals, id_))
            )
        )
    return Content(plan(year), tuple(items), tuple(goal for item in items for goal in item.goals))


def duty(text: str) -> Duty:
    name, _, flag = text.partition(":")
    role = flag if flag in ("lead", "support") else "responsible"
    return Duty(name, name, name, role, flag == "inherited", name)


def goals_of(text: str, task: int) -> list[Goal]:
    found = []
    for n, part in enumerate(filter(None, text.split(";"))):
        metric, sign, value, unit = part.split()
        target = TargetValue(None if value == "XX" else Decimal(value), unit, sign)
        found.append(
            Goal(f"i{task}{n}", task, metric, metric, metric, "higher", "quantitative", value, unit, None, target, part, part)
        )
    return found


def compared(earlier: Content, later: Content) -> PlanComparison:
    return compare_plans(earlier, later)


def bodies_of(found: PlanComparison) -> list[tuple[str, str, str]]:
    return [(link.earlier.title, change.name, change.kind) for link in found.continuations for change in link.bodies]


def test_bodies_come_go_and_change_roles() -> None:
    found = compared(
        content(2022, ("推进绿化造林", "甲局:lead 乙局 丙局", ""), ("整治入河排污口", "丁局", "")),
        content(2023, ("推进绿化造林行动", "甲局 乙局:lead 戊局", ""), ("整治入河排污口", "丁局", "")),
    )
    assert bodies_of(found) == [
        ("推进绿化造林", "戊局", "gained"),
        ("推进绿化造林", "丙局", "lost"),
        ("推进绿化造林", "乙局", "role"),
        ("推进绿化造林", "甲局", "role"),
    ]


def test_who_stays_by_inheritance_is_not_lost() -> None:
    found = compared(
        content(2022, ("推进绿化造林", "甲局 各县政府", ""), ("整治入河排污口", "各县政府:inherited 丁局", "")),
        content(2023, ("推进绿化造林", "甲局 各县政府:inherited", ""), ("整治入河排污口", "丁局 各县政府", "")),
    )
    assert bodies_of(found) == []
    count = next(count for count in found.bodies if count.body == "各县政府")
    assert (count.before, count.after, count.inherited_before, count.inherited_after) == (1, 1, 1, 1)


def test_who_goes_along_with_a_part_is_not_lost() -> None:
    whole = ("加强水土污染防治。整治入河排污口。管控受污染耕地", "水局 土局", "")
    found = compared(
        content(2022, whole, ("办好运动会", "体局", "")),
        content(2023, ("整治入河排污口", "水局", ""), ("管控受污染耕地", "土局", ""), ("办好运动会", "体局", "")),
    )
    assert sorted(link.kind for link in found.continuations) == ["continued", "continued", "split"]
    assert bodies_of(found) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("绿化率 at-least 40 %", "绿化率 at-least 42 %", [("kept", "raised", "stronger", True)]),
        ("绿化率 at-least 40 %", "绿化率 at-least 38 %", [("kept", "lowered", "weaker", True)]),
        ("绿化率 at-least XX %", "绿化率 at-least 38 %", [("kept", None, None, True)]),
        ("绿化率 at-least 40 %", "", [("removed", None, None, False)]),
        ("", "绿化率 at-least 40 %", [("added", None, None, False)]),
        # two of one metric: those of one unit belong together
        (
            "面积 equal 3 亩;面积 equal 9 个",
            "面积 equal 8 个;面积 equal 4 亩",
            [("kept", "raised", "stronger", True), ("kept", "lowered", "weaker", True)],
        ),
    ],
)
def test_targets_of_a_task(before: str, after: str, expected: list[tuple[Any, ...]]) -> None:
    found = compared(content(2022, ("推进绿化造林", "甲局", before)), content(2023, ("推进绿化造林", "甲局", after)))
    assert [
        (goal.kind, goal.step and goal.step.step, goal.step and goal.step.strength, goal.linked) for goal in found.goals
    ] == expected


def test_a_target_in_another_task_is_kept_but_not_linked() -> None:
    found = compared(
        content(2022, ("推进绿化造林", "甲局", "绿化率 at-least 40 %"), ("办好运动会", "体局", "")),
        content(2023, ("推进绿化造林", "甲局", ""), ("编制城市规划", "规局", "绿化率 at-least 42 %")),
    )
    (goal,) = found.goals
    assert (goal.kind, goal.linked, goal.step and goal.step.step) == ("kept", False, "raised")
    assert [item.title for item in found.dropped] == ["办好运动会"]
    assert [item.title for item in found.new] == ["编制城市规划"]


PLANS = [
    ("the next year", [plan(2022), plan(2023)], [(2022, 2023)]),
    ("three years", [plan(2024), plan(2022), plan(2023)], [(2022, 2023), (2023, 2024)]),
    ("a year is missing", [plan(2022), plan(2024)], [(2022, 2024)]),
    ("another region", [plan(2022), plan(2023, region="130200")], []),
    ("another title", [plan(2022), plan(2023, title="实施方案")], []),
    ("another field", [plan(2022, title="卫生健康工作要点"), plan(2023, title="生态环境工作要点")], []),
    # 工作要点 alone: any office has one
    ("no field", [plan(2022, title="工作要点"), plan(2023, title="工作要点")], []),
    ("no field, one office", [plan(2022, "工作要点", issuer="甲局"), plan(2023, "工作要点", issuer="甲局")], [(2022, 2023)]),
    ("no field, two offices", [plan(2022, "工作要点", issuer="甲局"), plan(2023, "工作要点", issuer="乙局")], []),
    # a government's plan may be sent out by its office
    ("two issuers", [plan(2022, issuer="甲市政府"), plan(2023, issuer="甲市政府办公室")], [(2022, 2023)]),
    # numbers that are no years, and second parts, tell plans apart
    ("two roads", [plan(2022, "G60沿线绿化方案"), plan(2023, "G50沿线绿化方案")], []),
    ("two lists", [plan(2022, "改革清单（第一批）"), plan(2023, "改革清单（第二批）")], []),
    ("tentative at first", [plan(2022, "绿化方案（试行）"), plan(2023, "绿化方案（2023年修订）")], [(2022, 2023)]),
    ("years in words", [plan(2022, "二〇二二年度绿化方案"), plan(2023, "二○二三年绿化方案")], [(2022, 2023)]),
    (
        "years in the title",
        [plan(2021, "绿化规划（2021-2023年）", last=2023), plan(2024, "2024年—2026年绿化规划", last=2026)],
        [(2021, 2024)],
    ),
    ("ten years are missing", [plan(2012), plan(2023)], []),
    ("five years are missing", [plan(2011, last=2015), plan(2021, last=2025)], [(2011, 2021)]),
    ("another kind", [plan(2022), plan(2023, kind="plan")], []),
    ("a plan of five years", [plan(2022), plan(2023, last=2027)], []),
    ("two for one year", [plan(2022), plan(2023), plan(2023, iri="another")], []),
    ("no task", [plan(2022), plan(2023, tasks=0)], []),
    ("five years, five years", [plan(2016, last=2020), plan(2021, last=2025)], [(2016, 2021)]),
    ("overlapping years", [plan(2016, last=2020), plan(2018, last=2022)], []),
]


@pytest.mark.parametrize(("plans", "expected"), [row[1:] for row in PLANS], ids=[row[0] for row in PLANS])
def test_which_plan_follows_which(plans: list[Plan], expected: list[tuple[int, int]]) -> None:
    assert [(one.id, other.id) for one, other in find_successions(plans)] == expected


@pytest.fixture(scope="module")
def shijiazhuang(built: Path) -> PlanComparison:
    with open_columns(store.current(built)) as columns:
        (pair,) = find_successions(list_plans(columns))
        contents = read_contents(columns, pair)
    return compare_plans(contents[pair[0].id], contents[pair[1].id])


def test_shijiazhuang_in_numbers(shijiazhuang: PlanComparison) -> None:
    assert shijiazhuang.cautions == ()
    assert {kind: shijiazhuang.count(kind) for kind in ("continued", "merged", "dropped", "new")} == {
        "continued": 13,
        "merged": 3,
        "dropped": 4,
        "new": 4,
    }


def test_targets_of_shijiazhuang_by_hand(shijiazhuang: PlanComparison) -> None:
    kept = {goal.metric_name: goal for goal in shijiazhuang.goals if goal.kind == "kept"}
    # the plan of 2022 leaves its numbers out (XX): nothing can be said of them, and nothing is
    assert {name for name, goal in kept.items() if goal.step and goal.step.step} == {"化肥使用量"}
    straw = kept["秸秆综合利用率"]
    assert straw.before is not None
    assert straw.after is not None
    assert (straw.before.value_text, straw.after.value_text, straw.step and straw.step.reason) == (None, "97", "no-number")
    assert (straw.before.written, straw.linked) == ("全市秸秆综合利用率保持在XX％以上", True)


def test_bodies_of_shijiazhuang_by_hand(shijiazhuang: PlanComparison) -> None:
    (water,) = (link for link in shijiazhuang.continuations if (link.earlier.number, link.later.number) == ("18", "17"))
    changes = {(change.name.removeprefix("石家庄市"), change.kind) for change in water.bodies}
    assert changes == {("机关事务管理局", "gained"), ("住房和城乡建设局", "lost")}
    counts = {count.name: (count.before, count.after) for count in shijiazhuang.bodies}
    assert counts["石家庄市工业和信息化局"] == (14, 8)
    # 市自然资源规划局 and 市自然资源局 are one bureau
    assert counts["石家庄市自然资源和规划局"] == (5, 7)


def test_every_quote_is_in_its_document(shijiazhuang: PlanComparison, built: Path) -> None:
    graph = store.current(built)
    texts = {part.source.key: graph.text_file(part).read_text("utf-8") for part in graph.manifest.documents}
    for link in shijiazhuang.continuations:
        for item, of in ((link.earlier, shijiazhuang.earlier), (link.later, shijiazhuang.later)):
            assert texts[of.key][item.start : item.start + len(item.quote)] == item.quote
