"""Who bears what, and with whom: load and sharing, worked out by hand from the tables on top of the toy graphs."""

from __future__ import annotations

from datetime import date

from pyoxigraph import Store

from kg.ask import ask
from tests.queries.asking import PLAN_TITLE, POINTS_TITLE, PROVINCE, TS_TITLE, TS_WATER, rows, triples
from tests.toy_graph import DEV, ECO, GROUP, ID, TS_DEV, TS_ECO, task


def test_department_years(store: Store) -> None:
    columns = "start end tasks led responsible supported indicators"
    assert rows(store, "department-years", columns, unit=ECO) == [
        (date(2021, 1, 1), date(2025, 12, 31), 2, 1, 1, 0, 1),
        (date(2023, 1, 1), date(2023, 12, 31), 2, 0, 1, 1, 3),  # two indicators of task 1, one of task 2
    ]
    # what 各县（市、区）政府 inherit (tasks 2 and 3) is left out
    assert rows(store, "department-years", columns, unit="各县（市、区）政府") == [
        (date(2023, 1, 1), date(2023, 12, 31), 2, 0, 2, 0, 2)
    ]


def test_department_deadlines(store: Store) -> None:
    assert rows(store, "department-deadlines", "due kind title name role", unit=ECO) == [
        (date(2023, 12, 31), "任务", "持续开展蓝天保卫战", None, "责任"),
        (date(2023, 12, 31), "指标", "持续开展蓝天保卫战", "PM2.5年平均浓度", "责任"),
        (date(2023, 12, 31), "指标", "深入打好碧水保卫战", "劣Ⅴ类断面", "配合"),
        (date(2025, 12, 31), "指标", "改善大气环境质量", "PM2.5年平均浓度", "牵头"),
    ]
    assert len(rows(store, "department-deadlines", "due", unit=ECO, before="2024年6月30日")) == 3
    assert rows(store, "department-deadlines", "due", unit=ECO, before="2023-12-30") == []


def test_tasks_in_role(store: Store) -> None:
    columns = "task asWritten others"
    expected = [(task("sjz-2023", 1), "市生态环境局", 2), (task("sjz-plan", 2), "市生态环境局", 1)]
    assert rows(store, "tasks-in-role", columns, unit=ECO, role="责任") == expected
    assert rows(store, "tasks-in-role", columns, unit=ECO, role="responsible", since="2024") == expected[1:]
    assert rows(store, "tasks-in-role", "task", unit=ECO, role="牵头") == [(task("sjz-plan", 1),)]


def test_section_load(further: Store) -> None:
    assert rows(further, "section-load", "label tasks indicators bodies", document=TS_TITLE) == [
        ("大气", 1, 2, 3),
        ("农业", 1, 1, 2),
    ]


def test_lead_ranking(further: Store) -> None:
    """DEV leads with ECO and PROVINCE, and TS_WATER; ECO with DEV in 2022, with DEV and PROVINCE in 2023."""
    assert rows(further, "lead-ranking", "unit led followers documents", region="唐山市") == [
        (TS_DEV, 2, 3, 1),
        (TS_ECO, 2, 2, 2),
    ]
    assert rows(further, "lead-ranking", "unit", region="河北省") == []


def test_support_only_bodies(store: Store, further: Store) -> None:
    assert rows(store, "support-only-bodies", "unit", region="唐山市") == []  # DEV supports once, and answers once
    assert rows(further, "support-only-bodies", "unit tasks documents", region="唐山市") == [(TS_WATER, 1, 1)]


def test_lead_support_pairs(store: Store, further: Store) -> None:
    assert rows(store, "lead-support-pairs", "a b tasks", region="唐山市") == [(TS_ECO, TS_DEV, 1)]
    assert rows(further, "lead-support-pairs", "a b tasks", region="唐山市") == [
        (TS_DEV, PROVINCE, 1),
        (TS_DEV, TS_WATER, 1),
        (TS_ECO, PROVINCE, 1),
        (TS_ECO, TS_DEV, 1),
    ]


def test_collaborations(store: Store) -> None:
    assert rows(store, "collaborations", "unit role task", region="石家庄市") == [(GROUP, "责任", task("sjz-2023", 3))]
    assert rows(store, "collaborations", "unit", region="唐山市") == []


def test_partners_elsewhere(further: Store) -> None:
    assert rows(further, "partners-elsewhere", "regionLabel partner shared", unit=TS_DEV) == [("河北省", PROVINCE, 1)]
    assert rows(further, "partners-elsewhere", "partner", unit=ECO) == []


def test_several_leads(store: Store, further: Store) -> None:
    assert rows(store, "several-leads", "task", region="唐山市") == []
    assert rows(further, "several-leads", "task unit", region="唐山市") == [
        (task("ts-2023", 1), TS_DEV),
        (task("ts-2023", 1), TS_ECO),
    ]


def test_share_any_task(store: Store) -> None:
    assert ask(store, "share-any-task", {"unit": ECO, "other": DEV}).boolean
    assert not ask(store, "share-any-task", {"unit": ECO, "other": TS_ECO}).boolean
    # 各县（市、区）政府 stand on task 3 beside the leading group by 下同 only
    assert not ask(store, "share-any-task", {"unit": GROUP, "other": "各县（市、区）政府"}).boolean


def test_responsibility_network(store: Store) -> None:
    found = triples(store, "responsibility-network", region="唐山市")
    first, second = task("ts-2022", 1), task("ts-2022", 2)
    assert {edge for edge in found if edge[1].endswith("Unit")} == {
        (first, "leadUnit", TS_ECO),
        (first, "supportUnit", TS_DEV),
        (second, "responsibleUnit", TS_DEV),
    }
    assert {edge for edge in found if edge[1] == "prefLabel"} == {
        (TS_ECO, "prefLabel", "唐山市生态环境局"),
        (TS_DEV, "prefLabel", "唐山市发展和改革委员会"),
    }
    assert (first, "label", "改善空气质量") in found


def test_department_graph(store: Store) -> None:
    found = triples(store, "department-graph", unit=TS_ECO)
    assert found == {
        (task("ts-2022", 1), "type", "https://w3id.org/zeren/ns#Task"),
        (task("ts-2022", 1), "isPartOf", f"{ID}policy/ts-2022"),
        (task("ts-2022", 1), "label", "改善空气质量"),
        (task("ts-2022", 1), "leadUnit", TS_ECO),
        (task("ts-2022", 1), "supportUnit", TS_DEV),
        (f"{ID}policy/ts-2022", "title", "唐山市2022年度工作方案"),
        (TS_ECO, "prefLabel", "唐山市生态环境局"),
        (TS_DEV, "prefLabel", "唐山市发展和改革委员会"),
    }


def test_document_bodies(store: Store) -> None:
    assert rows(store, "document-bodies", "unit tasks led responsible supported", document=PLAN_TITLE) == [
        (ECO, 2, 1, 1, 0),
        (DEV, 1, 0, 0, 1),
        (f"{ID}org/130100/water", 1, 0, 1, 0),
    ]
    assert rows(store, "document-bodies", "label tasks inherited generic", document=POINTS_TITLE)[0] == (
        "各县（市、区）政府",
        4,
        2,
        True,
    )
