"""Chains: each step stands in the pinned text, they say what ``zeren trace`` says, and what is not shown is counted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from kg import store
from kg.analysis.lineage.policy_reach import measure_policy_reach
from kg.explorer import NotHereError, Params, Scope, Snapshot
from kg.explorer.chain import ChainView, Edge, gather_chain, gather_file, gather_sheet, gather_start, list_chains
from kg.explorer.chain.gather import Extent, gather_extent
from kg.trace import GAP, trace
from tests.explorer.toy import TEXTS, build_toy

LAW = "中共中央国务院关于深入打好污染防治攻坚战的意见"
PROVINCE = "河北省“十四五”生态环境保护规划"
CITY = "廊坊市2024年河湖与空气质量工作要点（示例）"
KINDS = {  # of steps, as zeren trace calls them
    "above": "更上位的政策",
    "names": "任务的上位政策",
    "cites": "文件的上位政策",
    "task": "任务",
    "lead": "牵头单位",
    "responsible": "责任单位",
    "support": "配合单位",
    "indicator": "指标",
    "gap": GAP,
}


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    found = Snapshot(store.current(build_toy(tmp_path_factory.mktemp("chain"))))
    yield found
    found.close()


@pytest.fixture(scope="module")
def seeds(built: Path) -> Iterator[Snapshot]:
    found = Snapshot(store.current(built))
    yield found
    found.close()


def key_of(snapshot: Snapshot, kind: str, name: str) -> str:
    asked = {
        "policy": "SELECT policy AS iri FROM citations WHERE policy_title = $name UNION SELECT iri FROM documents WHERE title = $name",
        "task": "SELECT iri FROM tasks WHERE title = $name",
        "department": "SELECT iri FROM organizations WHERE name = $name",
        "indicator": "SELECT metric AS iri FROM indicators WHERE metric_name = $name LIMIT 1",
    }
    (row,) = snapshot.rows(asked[kind], name=name)
    return f"{kind}/{snapshot.key(row['iri'])}"


def ask(snapshot: Snapshot, kind: str, name: str, **query: str) -> ChainView:
    return gather_chain(snapshot, Params(key_of(snapshot, kind, name), {key: (value,) for key, value in query.items()}))


def titles(view: ChainView) -> list[tuple[str, int, list[str]]]:
    return [(group.document.title, group.depth, [row.title for row in group.rows]) for group in view.groups]


def test_from_a_national_policy_down_to_the_city(toy: Snapshot) -> None:
    view = ask(toy, "policy", LAW)
    assert titles(view) == [
        (PROVINCE, 0, ["改善水质"]),
        (CITY, 1, ["整治入河排污口", "推进农村生活污水治理", "控制扬尘污染", "开展绿色出行宣传", "加强组织领导"]),
    ]
    assert view.groups[1].through == PROVINCE
    assert (view.level, view.here, view.direction) == ("national", None, "down")
    last = ask(toy, "policy", LAW, task=view.groups[1].rows[0].key)
    assert [(edge.kind, edge.source, edge.target) for edge in last.edges[:3]] == [
        ("above", LAW, PROVINCE),
        ("cites", PROVINCE, CITY),
        ("task", CITY, "整治入河排污口"),
    ]


def test_from_the_city_up(toy: Snapshot) -> None:
    view = ask(toy, "policy", CITY, direction="up")
    (group,) = view.groups
    assert [(box.title, box.steps, box.through, box.whole) for box in group.policies] == [
        (PROVINCE, 1, None, True),
        (LAW, 2, PROVINCE, False),
    ]
    assert len(group.rows) == 5


def test_a_body_and_its_roles(toy: Snapshot) -> None:
    assert titles(ask(toy, "department", "廊坊市生态环境局")) == [(CITY, 0, ["整治入河排污口", "推进农村生活污水治理"])]
    assert titles(ask(toy, "department", "廊坊市生态环境局", role="lead")) == [(CITY, 0, ["整治入河排污口"])]
    assert titles(ask(toy, "department", "廊坊市生态环境局", role="support")) == []
    assert titles(ask(toy, "indicator", "施工工地扬尘治理措施")) == [(CITY, 0, ["控制扬尘污染"])]


def test_the_steps_of_a_task(toy: Snapshot) -> None:
    view = ask(toy, "task", "整治入河排污口")
    assert [(edge.kind, edge.target) for edge in view.edges] == [
        ("above", PROVINCE),
        ("cites", CITY),
        ("task", "整治入河排污口"),
        ("due", "年内"),
        ("lead", "廊坊市生态环境局"),
        ("lead", "廊坊市水利局"),
        ("support", "各县（市、区）政府（廊坊市）"),
        ("indicator", "入河排污口整治"),
        ("indicator", "国考断面优良水体比例"),
        ("gap", "several-leads"),
    ]
    assert [(edge.target, edge.correction.by, edge.correction.why) for edge in view.edges if edge.correction] == [
        ("廊坊市水利局", "王某", "会议纪要")
    ]


def said(edge: Edge) -> tuple[object, ...]:
    label = edge.source if edge.kind in ("above", "names", "cites") else edge.gap.words if edge.gap else edge.target
    quote = None if edge.gap else edge.quote
    place = (quote.text, quote.start, quote.end) if quote else (None, None, None)
    by = edge.correction.by if edge.correction else None
    return KINDS[edge.kind], label, *place, edge.decision.reason if edge.decision else None, by


@pytest.mark.parametrize("every", [9])
def test_a_chain_says_what_trace_says(seeds: Snapshot, toy: Snapshot, every: int) -> None:
    for snapshot in (seeds, toy):
        graph = store.open_current(snapshot.generation.out)
        tasks = [key for key in list_chains(snapshot) if key.startswith("task/")]
        for key in tasks[:: every if snapshot is seeds else 1]:
            view = gather_chain(snapshot, Params(key))
            (traced,) = trace(graph, view.iri)
            expected = {
                (
                    step.kind,
                    step.label,
                    *((None, None, None) if step.kind == GAP else (step.quote, step.start, step.end)),
                    None if step.kind in (GAP, "任务") else step.reason,
                    step.correction.by if step.correction else None,
                )
                for step in traced.steps
                if step.kind in KINDS.values()
            }
            found = {said(edge) for edge in view.edges if edge.kind != "due"}
            if snapshot is toy:
                assert found == expected, key
            else:  # what other tasks of the document rest on, trace shows as further up
                assert found == {step for step in expected if step[0] != "更上位的政策"}, key


def test_every_step_stands_in_the_pinned_text(seeds: Snapshot, toy: Snapshot) -> None:
    for snapshot in (seeds, toy):
        texts = {key: snapshot.read_text(key) for key in snapshot.documents}
        for key in islice(list_chains(snapshot), 0, None, 6):
            for edge in gather_sheet(snapshot, Params(key)).edges:
                if edge.quote is not None:
                    assert texts[edge.quote.document][edge.quote.start : edge.quote.end] == edge.quote.text
                    assert edge.quote.rule
    assert set(TEXTS.values()) == set(texts.values())


def test_policies_reach_what_the_measure_counts(seeds: Snapshot, toy: Snapshot) -> None:
    for snapshot in (seeds, toy):
        for one in measure_policy_reach(snapshot.columns(Scope())):
            view = gather_chain(snapshot, Params(f"policy/{snapshot.key(one.policy)}"))
            own = sum(group.cut.total for group in view.groups if group.own)
            assert view.tasks.total - own == one.tasks_reached, one.title


def test_what_is_not_shown_is_counted(seeds: Snapshot) -> None:
    key = key_of(seeds, "policy", "邢台市生态环境保护“十四五”规划")
    params = Params(key)
    small = gather_extent(seeds, params, Extent(1, 5))
    whole = gather_file(seeds, params)
    assert small.tasks.is_cut
    assert small.tasks.total == whole.tasks.total == whole.tasks.shown == len({edge.task for edge in whole.edges})
    assert small.tasks.shown == len(small.groups[0].rows) == 5
    last = whole.groups[0].rows[-1].key
    pinned = gather_extent(seeds, Params(key, {"pin": (last,)}), Extent(1, 5))
    assert [row.key for row in pinned.groups[0].rows if row.pinned] == [last]
    chosen = gather_extent(seeds, Params(key, {"task": (last,)}), Extent(1, 5))
    assert chosen.selected == last
    assert {edge.task for edge in chosen.edges} == {last}


def test_filters_leave_only_what_fits(seeds: Snapshot) -> None:
    key = key_of(seeds, "indicator", "空气质量优良天数比率")
    everything = gather_chain(seeds, Params(key))
    assert len(everything.groups) > 1
    region = everything.regions[0]
    some = gather_chain(seeds, Params(key, {"region": (region.code,)}))
    assert {group.document.region for group in some.groups} == {region.code}
    assert some.tasks.total == region.tasks
    assert some.regions == everything.regions  # so that another one can be chosen
    assert gather_chain(seeds, Params(key, {"level": ("county",)})).groups == ()
    lead = gather_chain(seeds, Params(key, {"role": ("lead",)}))
    assert all(any(duty.role == "lead" for duty in row.duties) for group in lead.groups for row in group.rows)


def test_where_chains_begin(seeds: Snapshot) -> None:
    view = gather_start(seeds, Params())
    assert view.policies_cut.total == len(measure_policy_reach(seeds.columns(Scope())))
    assert [one.tasks for one in view.departments] == sorted((one.tasks for one in view.departments), reverse=True)
    for kind, found in (("policy", view.policies), ("department", view.departments), ("indicator", view.metrics)):
        for one in found[:3]:
            assert gather_chain(seeds, Params(f"{kind}/{one.key}")).title == one.title
    named = gather_start(seeds, Params(query={"q": ("生态环境局",)}))
    assert named.departments
    assert all("生态环境局" in one.title for one in named.departments)


@pytest.mark.parametrize(
    "key", ["", "policy", "policy/", "policy/none", "task/none/1", "body/x", "department/130100", "indicator/%ff"]
)
def test_what_is_not_there_is_said(seeds: Snapshot, key: str) -> None:
    with pytest.raises(NotHereError):
        gather_chain(seeds, Params(key))
