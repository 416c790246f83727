"""What a named query must not mix up: what is inherited (下同), the order of the text, a cut of 3 % and a level of 3 %."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pyoxigraph import RdfFormat, Store

from kg.reason import derive
from tests.queries.asking import PLAN_TITLE, POINTS_TITLE, PROVINCE, rows
from tests.queries.test_over_time import FROM_PLAN
from tests.toy_graph import COUNTIES, DEV, ECO, ID, TANGSHAN, TOY, TS_ECO, WATER, task, toy_store

PREFIXES = f"""BASE <{ID}> PREFIX zr: <https://w3id.org/zeren/ns#> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX kind: <https://w3id.org/zeren/scheme/indicator-kind/> PREFIX sign: <https://w3id.org/zeren/scheme/comparator/>
PREFIX binding: <https://w3id.org/zeren/scheme/binding/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> """


@pytest.fixture
def mine() -> Store:
    """A toy graph of its own, which a test may change."""
    return toy_store()


def change(store: Store, update: str) -> None:
    store.update(PREFIXES + update)


def test_inherited_names_are_not_counted_again(store: Store) -> None:
    """各县（市、区）政府 stands in tasks 1 and 7; tasks 2 and 3 inherit it."""
    assert rows(store, "names-of-organization", "asWritten count documents", unit=COUNTIES) == [("各县（市、区）政府", 2, 1)]


def test_inherited_duties_are_no_function_at_work(mine: Store) -> None:
    """WATER inherits task 3, so that it still bears two; a leading group of its function does not make the function work."""
    change(
        mine, "INSERT DATA { GRAPH <x> { <task/sjz-2023/3> zr:unit <org/130100/water> ; zr:inheritedUnit <org/130100/water> } }"
    )
    change(mine, "INSERT DATA { GRAPH <x> { <org/130100/carbon-group> zr:function <function/carbon> } }")
    places = {"region": "石家庄市", "other": "唐山市"}
    assert rows(mine, "functions-missing", "functionLabel units tasks", **places) == [("水利", 1, 2)]


def test_what_one_region_only_inherits_is_missing_there(mine: Store) -> None:
    change(mine, "INSERT DATA { GRAPH <x> { <org/130200/ecology-environment> zr:function <function/water> } }")
    change(
        mine,
        "DELETE { GRAPH ?g { ?task zr:leadUnit <org/130200/ecology-environment> } } WHERE { GRAPH ?g { ?task zr:task ?any } }",
    )
    places = {"region": "石家庄市", "other": "唐山市"}
    assert rows(mine, "functions-missing", "functionLabel", **places) == []
    change(mine, "INSERT DATA { GRAPH <x> { <task/ts-2022/1> zr:inheritedUnit <org/130200/ecology-environment> } }")
    assert ("水利",) in rows(mine, "functions-missing", "functionLabel", **places)


def test_inherited_bodies_follow_nobody(store: Store) -> None:
    """WATER leads task 2 with the support of ECO; COUNTIES only inherits it. ECO leads task 1 of the plan, DEV supports."""
    assert rows(store, "lead-ranking", "unit led followers documents", region="石家庄市") == [(ECO, 1, 1, 1), (WATER, 1, 1, 1)]


def test_inherited_partners_elsewhere_do_not_count(mine: Store) -> None:
    change(mine, f"INSERT DATA {{ GRAPH <x> {{ <task/ts-2022/1> zr:unit <{PROVINCE}> }} }}")
    change(mine, f"INSERT DATA {{ GRAPH <x> {{ <{PROVINCE}> dcterms:spatial <region/130000> }} }}")
    assert rows(mine, "partners-elsewhere", "partner shared", unit=TS_ECO) == [(PROVINCE, 1)]
    change(mine, f"INSERT DATA {{ GRAPH <x> {{ <task/ts-2022/1> zr:inheritedUnit <{PROVINCE}> }} }}")
    assert rows(mine, "partners-elsewhere", "partner", unit=TS_ECO) == []


def test_who_inherits_the_lead_or_the_support_is_in_no_pair(mine: Store) -> None:
    change(mine, f"INSERT DATA {{ GRAPH <x> {{ <task/sjz-2023/2> zr:supportUnit <{WATER}>, <{COUNTIES}> }} }}")
    pairs = [(ECO, DEV, 1), (WATER, ECO, 1)]
    assert rows(mine, "lead-support-pairs", "a b tasks", region="石家庄市") == pairs
    change(mine, f"INSERT DATA {{ GRAPH <x> {{ <task/sjz-2023/2> zr:inheritedUnit <{WATER}> }} }}")
    assert rows(mine, "lead-support-pairs", "a b tasks", region="石家庄市") == pairs[:1]


def test_inherited_duties_are_marked(store: Store) -> None:
    deadlines = rows(store, "department-deadlines", "kind name inherited", unit=COUNTIES)
    assert deadlines == [("任务", None, False), ("指标", "PM2.5年平均浓度", False), ("指标", "劣Ⅴ类断面", True)]
    assert rows(store, "tasks-in-role", "task inherited", unit=COUNTIES, role="责任") == [
        (task("sjz-2023", 1), False),
        (task("sjz-2023", 2), True),
        (task("sjz-2023", 3), True),
        (task("sjz-2023", 7), False),
    ]


@pytest.mark.parametrize(
    ("query", "kind", "params"),
    [
        ("document-indicators", "delegated", {}),
        ("indicators-of-kind", "delegated", {"sort": "delegated"}),
        ("unknown-values", "delegated", {}),
        ("targets-without-baseline", "quantitative", {}),
    ],
)
def test_indicators_stand_as_in_the_text(mine: Store, query: str, kind: str, params: dict[str, str]) -> None:
    """The tenth indicator of a task comes after the third, though its IRI comes first."""
    for number, start in ((3, 96), (10, 99)):
        one = f"<indicator/sjz-2023/1/{number}>"
        change(
            mine,
            f"""INSERT DATA {{ GRAPH <x> {{ {one} a zr:Indicator ; zr:task <task/sjz-2023/1> ; dcterms:isPartOf <policy/sjz-2023> ;
            zr:kind kind:{kind} ; zr:comparator sign:decrease ; rdfs:label "第{number}项"@zh ; zr:evidence <evidence/{number}> .
            <evidence/{number}> oa:start {start} }} }}""",
        )
    names = [name for (name,) in rows(mine, query, "name", document=POINTS_TITLE, **params) if name.startswith("第")]
    assert names == ["第3项", "第10项"]


def test_found_tasks_stand_as_documents_do(mine: Store) -> None:
    """石家庄 (130100) before 唐山 (130200) and its plan of 2021–2025 before 2023, not by the letters of their IRIs."""
    for key in ("ts-2022/1", "sjz-2023/2", "sjz-2023/1", "sjz-plan/2"):
        change(mine, f'INSERT DATA {{ GRAPH <x> {{ <task/{key}> zr:text "推进海绵城市建设"@zh }} }}')
    found = dict.fromkeys(one for (one,) in rows(mine, "find-tasks", "task", words="海绵城市"))
    assert list(found) == [task("sjz-plan", 2), task("sjz-2023", 1), task("sjz-2023", 2), task("ts-2022", 1)]


def test_a_cut_is_not_compared_with_a_level(mine: Store) -> None:
    """PM2.5 ≤ 40 in the plan; were the 44 of 2023 a cut by 44, the difference would mean nothing."""
    columns = "comparatorBefore comparatorAfter change"
    assert rows(mine, "target-changes", columns, **FROM_PLAN) == [("at-most", "at-most", Decimal(4))]
    change(
        mine,
        "DELETE { GRAPH ?g { <indicator/sjz-2023/1/1> zr:comparator ?sign } } WHERE { GRAPH ?g { ?any zr:comparator ?sign } }",
    )
    assert rows(mine, "target-changes", columns, **FROM_PLAN) == [("at-most", None, Decimal(4))]
    change(mine, "INSERT DATA { GRAPH <x> { <indicator/sjz-2023/1/1> zr:comparator sign:decrease } }")
    assert rows(mine, "target-changes", columns, **FROM_PLAN) == [("at-most", "decrease", None)]
    change(
        mine,
        "DELETE { GRAPH ?g { <indicator/sjz-plan/1/1> zr:comparator ?sign } } WHERE { GRAPH ?g { ?any zr:comparator ?sign } }",
    )
    change(mine, "INSERT DATA { GRAPH <x> { <indicator/sjz-plan/1/1> zr:comparator sign:decrease } }")
    assert rows(mine, "target-changes", columns, **FROM_PLAN) == [("decrease", "decrease", Decimal(4))]


def test_values_across_cities_are_normalized_too(mine: Store) -> None:
    change(mine, "INSERT DATA { GRAPH <x> { <indicator/ts-2022/1/1> zr:normalizedValue 0.000043 } }")
    answer = rows(mine, "metric-across-cities", "value normalized doc", metric="细颗粒物（PM2.5）浓度")
    assert [row for row in answer if row[2] == TANGSHAN] == [("43", Decimal("0.000043"), TANGSHAN)]


def test_parent_targets_say_the_unit_of_both(store: Store) -> None:
    answer = rows(store, "parent-targets", "unitText parentUnitText", document=POINTS_TITLE)
    assert answer == [("微克/立方米", "微克/立方米")]


def test_one_unit_written_in_two_ways_is_compared(mine: Store) -> None:
    change(
        mine, "DELETE { GRAPH ?g { <indicator/sjz-2023/1/1> zr:unitText ?words } } WHERE { GRAPH ?g { ?any zr:unitText ?words } }"
    )
    change(mine, 'INSERT DATA { GRAPH <x> { <indicator/sjz-2023/1/1> zr:unitText "μg/m3" } }')
    assert rows(mine, "target-changes", "unitText change", **FROM_PLAN) == [("μg/m3", Decimal(4))]
    assert rows(mine, "targets-in-unit", "amount unitText", measureUnit="微克/立方米") == [
        (Decimal(44), "μg/m3"),
        (Decimal(43), "微克/立方米"),
        (Decimal(40), "微克/立方米"),
    ]


def test_lists_over_all_documents_keep_the_order_of_the_text() -> None:
    """Binding indicators 2 and 10 of a task, and 3 and 10 outside the tasks, stand as their numbers say."""
    raw = Store()
    raw.load(path=TOY, format=RdfFormat.TRIG)
    for place, owner in (("1/10", True), ("1/2", True), ("document/10", False), ("document/3", False)):
        of_task = "zr:task <task/sjz-plan/1> ;" if owner else ""
        change(
            raw,
            f"""INSERT DATA {{ GRAPH <x> {{ <indicator/sjz-plan/{place}> a zr:Indicator ; {of_task} dcterms:isPartOf <policy/sjz-plan> ;
            zr:dueDate "2025-12-31"^^xsd:date ; zr:binding binding:binding ; rdfs:label "{place}"@zh }} }}""",
        )
    raw.extend(list(derive(raw)))
    wanted = ["1/2", "1/10", "document/3", "document/10"]
    for query, column in (("binding-indicators", "name"), ("deadlines", "label")):
        names = dict.fromkeys(name for (name,) in rows(raw, query, column, document=PLAN_TITLE))
        assert [name for name in names if "/" in name] == wanted
