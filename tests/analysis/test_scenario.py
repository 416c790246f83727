"""What if: bodies gone, tasks in other hands; what the measures then say."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import store
from kg.analysis import Columns, Load, open_columns
from kg.analysis.scenario.effect import Effect, measure_effect
from kg.analysis.scenario.steps import apply_scenario
from kg.errors import QueryError
from tests.analysis.made import make_columns
from tests.toy_graph import COUNTIES, DEV, ECO, TS_DEV, TS_ECO, WATER, task, toy_store

TASKS = {"t1": ["a:lead", "b:support"], "t2": ["a"], "t3": ["b", "c"], "t4": [], "t5": ["a:lead", "c:lead", "d:inherited"]}


def on_task(columns: Columns, task: str) -> list[tuple[str, str]]:
    rows = columns.execute(
        "SELECT organization, role FROM assignments WHERE task = $task ORDER BY position, organization", {"task": task}
    )
    return [(body, role) for body, role in rows.fetchall()]


def test_a_body_that_is_gone_is_on_no_task() -> None:
    columns = make_columns(TASKS)
    (step,) = apply_scenario(columns, ["a"])
    assert step.words == "假设没有“a局”：3 项任务少了它，其中由它牵头的 2 项"
    assert [on_task(columns, name) for name in TASKS] == [
        [("b", "support")],
        [],
        [("b", "responsible"), ("c", "responsible")],
        [],
        [("c", "lead"), ("d", "responsible")],
    ]


MOVES = [
    # the lead goes to another
    ("t1", "c", [("b", "support"), ("c", "lead")], "假设任务“t1”的牵头由“a局”改为“c局”"),
    # who supported it now leads it, and no longer supports it
    ("t1", "b", [("b", "lead")], "假设任务“t1”的牵头由“a局”改为“b局”，它在该任务的原有分工随之取消"),
    # the one body that answers for it
    ("t2", "c", [("c", "responsible")], "假设任务“t2”的责任单位由“a局”改为“c局”"),
    # nobody answered for it
    ("t4", "c", [("c", "responsible")], "假设任务“t4”（原无责任单位）由“c局”负责"),
    # several answer and nobody leads: it leads them, whether it is one of them or not
    ("t3", "a", [("a", "lead"), ("b", "responsible"), ("c", "responsible")], "假设任务“t3”（2 家共同承担，无人牵头）由“a局”牵头"),
    ("t3", "b", [("b", "lead"), ("c", "responsible")], "假设任务“t3”（2 家共同承担，无人牵头）由“b局”牵头"),
    # several led; what is inherited stays
    ("t5", "b", [("b", "lead"), ("d", "responsible")], "假设任务“t5”的牵头由“a局”、“c局”改为“b局”"),
]


@pytest.mark.parametrize(("name", "body", "after", "words"), MOVES)
def test_moves(name: str, body: str, after: list[tuple[str, str]], words: str) -> None:
    columns = make_columns(TASKS)
    (step,) = apply_scenario(columns, moves=[(name, body)])
    assert (sorted(on_task(columns, name)), step.words) == (after, words)
    for other in TASKS:
        if other != name:
            assert on_task(columns, other) == on_task(make_columns(TASKS), other)


def test_moves_come_before_who_is_gone_and_build_on_each_other() -> None:
    columns = make_columns(TASKS)
    steps = apply_scenario(columns, ["a"], [("t1", "c"), ("t1", "d")])
    assert [step.kind for step in steps] == ["move", "move", "without"]
    assert sorted(on_task(columns, "t1")) == [("b", "support"), ("d", "lead")]
    assert steps[2].words == "假设没有“a局”：2 项任务少了它，其中由它牵头的 1 项"


def test_what_cannot_be_moved() -> None:
    with pytest.raises(QueryError, match=r"no task t9 is in view; check --region and --period"):
        apply_scenario(make_columns(TASKS), moves=[("t9", "a")])
    with pytest.raises(QueryError, match=r"no body z is in view"):
        apply_scenario(make_columns(TASKS), ["z"])


def loads(effect: Effect) -> dict[str, tuple[float | None, float | None]]:
    """Return the shared load of each body over all documents, before and after."""

    def share(load: Load | None) -> float | None:
        return None if load is None else load.shared_load

    changes = [change for change in effect.loads if change.load.period is None]
    return {change.load.organization: (share(change.before), share(change.after)) for change in changes}


def test_effect_on_the_toy() -> None:
    """Without the water bureau, ECO has the plan's task 2 alone; on the points' task 2 the counties still answer by 下同."""
    with open_columns(toy_store()) as columns:
        effect = measure_effect(columns, [WATER])
    assert loads(effect) == {WATER: (1.0, None), ECO: (1.8333, 2.8333)}  # 1/2 + 1 + 1/3 + 1
    assert [change.load.organization for change in effect.loads][:2] == [ECO, WATER]
    assert ("no-lead", task("sjz-plan", 2)) in {(gap.kind, gap.task) for gap in effect.closed_gaps}
    assert effect.new_gaps == ()


def test_who_leaves_a_task_to_nobody_leaves_a_gap() -> None:
    with open_columns(toy_store()) as columns:
        effect = measure_effect(columns, [TS_DEV])
    assert ("no-unit", task("ts-2022", 2)) in {(gap.kind, gap.task) for gap in effect.new_gaps}
    with open_columns(toy_store()) as columns:
        effect = measure_effect(columns, moves=[(task("sjz-2023", 5), DEV)])
    assert ("no-unit", task("sjz-2023", 5)) in {(gap.kind, gap.task) for gap in effect.closed_gaps}
    assert loads(effect) == {DEV: (1.3333, 2.3333), ECO: (1.8333, 1.8333)}  # which is no longer first
    assert [(one.before and one.before.rank, one.after and one.after.rank) for one in effect.loads[:2]] == [(2, 1), (1, 2)]


def test_a_move_there_and_back_changes_nothing() -> None:
    first = task("ts-2022", 1)
    with open_columns(toy_store()) as columns:
        effect = measure_effect(columns, moves=[(first, COUNTIES), (first, TS_ECO)])
    assert (effect.loads, effect.new_gaps, effect.closed_gaps) == ((), (), ())


def test_the_stored_graph_stays_as_it_is(built: Path) -> None:
    generation = store.current(built)
    before = {path: path.read_bytes() for path in generation.tables.iterdir()}
    with open_columns(generation) as columns:
        assert measure_effect(columns, ["https://w3id.org/zeren/id/org/130100/ecology-environment"]).loads
    with open_columns(generation) as columns:
        assert columns.execute(
            "SELECT count(*) FROM assignments WHERE organization LIKE '%130100/ecology-environment'"
        ).fetchall() > [(0,)]
    assert {path: path.read_bytes() for path in generation.tables.iterdir()} == before
