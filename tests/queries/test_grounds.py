"""On what something rests and where it stands: lineage, audit, and what finds things by their words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pyoxigraph import Store

from tests.queries.asking import PLAN_TITLE, POINTS_TITLE, PROVINCE, STRAW, TS_2023, TS_TITLE, rows, triples
from tests.toy_graph import DEV, ECO, ID, PLAN, POINTS, TANGSHAN, TS_DEV, TS_ECO, task

MEASURES, OPINION = f"{ID}policy/two-highs", f"{ID}policy/opinion"


def test_parent_targets(further: Store) -> None:
    columns = "label direction year value parentYear parentValue parent quote parentQuote"
    assert rows(further, "parent-targets", columns, document=POINTS_TITLE) == [
        (
            "细颗粒物（PM2.5）浓度",
            "lower",
            2023,
            Decimal(44),
            2025,
            Decimal(40),
            PLAN,
            "PM2.5年平均浓度达到44微克/立方米",
            "PM2.5年平均浓度降到40微克/立方米",
        )
    ]
    assert rows(further, "parent-targets", columns, document=PLAN_TITLE) == []  # the text of its parent is not here


def test_policies_to_write(further: Store) -> None:
    columns = "policy number role unit due quote"
    assert rows(further, "policies-to-write", columns, document=TS_TITLE) == [
        (STRAW, "2", "牵头", TS_DEV, date(2023, 6, 30), "《唐山市秸秆利用方案》")  # TS_WATER only supports
    ]
    assert rows(further, "policies-to-write", columns, document=POINTS_TITLE) == []


def test_policy_tree(store: Store) -> None:
    assert rows(store, "policy-tree", "between above level here", policy=POINTS_TITLE) == [
        (0, PLAN, "prefecture", True),
        (0, MEASURES, "province", False),
        (1, OPINION, "national", False),
    ]
    assert rows(store, "policy-tree", "above", policy=OPINION) == []


def test_policy_mentions(store: Store) -> None:
    columns = "doc relation task start"
    assert rows(store, "policy-mentions", columns, policy=MEASURES) == [(POINTS, "basis", task("sjz-2023", 1), 42)]
    assert rows(store, "policy-mentions", columns, policy=OPINION) == [(PLAN, "basis", None, 12), (TANGSHAN, "basis", None, 1)]


def test_documents_without_parent(store: Store, further: Store) -> None:
    assert rows(store, "documents-without-parent", "doc") == []
    assert rows(further, "documents-without-parent", "doc regionLabel") == [(TS_2023, "唐山市")]


def test_task_graph(store: Store) -> None:
    found = triples(store, "task-graph", task=task("sjz-2023", 1))
    assert (task("sjz-2023", 1), "implements", MEASURES) in found
    assert (f"{ID}assignment/sjz-2023/1/2", "organization", DEV) in found
    assert (f"{ID}indicator/sjz-2023/1/1", "valueText", "44") in found
    assert (f"{ID}citation/sjz-2023/2", "citedPolicy", MEASURES) in found
    assert (f"{ID}evidence/sjz-2023/98-104/units", "exact", "市生态环境局") in found
    assert {(ECO, "prefLabel", "石家庄市生态环境局"), (POINTS, "title", POINTS_TITLE)} <= found
    assert not [edge for edge in found if "sjz-2023/2/" in edge[0]]  # nothing of another task


def test_task_evidence(store: Store, further: Store) -> None:
    assert rows(store, "task-evidence", "start end kind quote file", task=task("sjz-2023", 1)) == [
        (30, 120, "任务", "1.持续开展蓝天保卫战。", "2023.txt"),
        (42, 60, "引用", "《关于坚决遏制“两高”项目盲目发展的若干措施》", "2023.txt"),
        (62, 82, "指标", "PM2.5年平均浓度达到44微克/立方米", "2023.txt"),
        (84, 94, "指标", "优良天数比率持续改善", "2023.txt"),
        (98, 104, "责任分工", "市生态环境局", "2023.txt"),
        (105, 109, "责任分工", "市发改委", "2023.txt"),
        (110, 119, "责任分工", "各县（市、区）政府", "2023.txt"),
    ]
    assert rows(further, "task-evidence", "kind rule", task=task("ts-2023", 2)) == [
        ("任务", "tasks"),
        ("指标", "indicators"),
        ("引用", "citations"),
    ]


def test_rule_usage(further: Store) -> None:
    assert rows(further, "rule-usage", "kind rule count", document=TS_TITLE) == [
        ("任务", "tasks", 2),
        ("引用", "citations", 1),
        ("指标", "indicators", 3),
        ("责任分工", "units", 2),  # the two of PROVINCE and TS_WATER say no place
    ]


def test_decisions_by_verdict(store: Store) -> None:
    columns = "subject verdict names count"
    assert rows(store, "decisions-by-verdict", columns, document=POINTS_TITLE) == [
        ("unit", "matched", 1, 2),
        ("unit", "unknown", 1, 1),
    ]
    assert rows(store, "decisions-by-verdict", columns, document="ts.txt") == [
        ("region", "stated", 1, 1),
        ("unit", "ambiguous", 1, 3),
    ]


def test_names_of_organization(store: Store) -> None:
    assert rows(store, "names-of-organization", "asWritten count documents", unit=DEV) == [
        ("市发展改革委", 2, 2),
        ("市发改委", 1, 1),
    ]


def test_matches_of_organization(further: Store) -> None:
    columns = "doc mention verdict reason count"
    assert rows(further, "matches-of-organization", columns, unit=ECO) == [
        (POINTS, "市生态环境局", "matched", "石家庄市的生态环境部门", 2)
    ]
    assert rows(further, "matches-of-organization", columns, unit=TS_ECO) == []  # a candidate only


def test_supervisors(further: Store) -> None:
    assert rows(further, "supervisors", "number supervisor quote", document=TS_TITLE) == [("1", "分管副市长", "分管副市长")]


def test_find_tasks(further: Store) -> None:
    assert rows(further, "find-tasks", "task unit", words="PM2.5") == [
        (task("sjz-plan", 1), ECO),  # DEV only supports
        (task("ts-2023", 1), TS_DEV),
        (task("ts-2023", 1), TS_ECO),
    ]
    assert rows(further, "find-tasks", "task", words='" || true || "') == []  # a value is never pasted into the query


def test_find_organizations(further: Store) -> None:
    assert rows(further, "find-organizations", "regionLabel unit functionLabel", words="生态环境") == [
        ("河北省", PROVINCE, "生态环境"),
        ("石家庄市", ECO, "生态环境"),
        ("唐山市", TS_ECO, "生态环境"),
    ]
    assert rows(further, "find-organizations", "unit", words="生态环境", at="省级") == [(PROVINCE,)]
    assert rows(further, "find-organizations", "functionLabel", words="旅游局") == [(None,), (None,)]


def test_find_policies(store: Store) -> None:
    assert rows(store, "find-policies", "policy level here", words="的意见") == [(OPINION, "national", False)]
    assert rows(store, "find-policies", "policy", words="市", at="市级") == [(TANGSHAN,), (POINTS,), (PLAN,)]


def test_find_metrics(store: Store) -> None:
    assert rows(store, "find-metrics", "label direction", words="PM2.5") == [("细颗粒物（PM2.5）浓度", "lower")]


def test_document_outline(further: Store) -> None:
    assert rows(further, "document-outline", "order number label parentLabel", document=TS_TITLE) == [
        (1, "一", "重点任务", None),
        (2, "（一）", "大气", "重点任务"),
        (3, "（二）", "农业", "重点任务"),
    ]


def test_document_graph(store: Store) -> None:
    found = triples(store, "document-graph", document=PLAN_TITLE)
    first, second = task("sjz-plan", 1), task("sjz-plan", 2)
    water = f"{ID}org/130100/water"
    assert {edge for edge in found if edge[1].endswith("Unit")} == {
        (first, "leadUnit", ECO),
        (first, "supportUnit", DEV),
        (second, "responsibleUnit", ECO),
        (second, "responsibleUnit", water),
    }
    assert {(edge[1], edge[2]) for edge in found if edge[0] == f"{ID}indicator/sjz-plan/1/1"} == {
        ("type", "https://w3id.org/zeren/ns#Indicator"),
        ("task", first),
        ("label", "PM2.5年平均浓度"),
        ("metric", f"{ID}metric/pm25"),
        ("comparator", "https://w3id.org/zeren/scheme/comparator/at-most"),
        ("value", "40"),
        ("unitText", "微克/立方米"),
        ("year", "2025"),
    }
    assert (second, "number", "2") in found
    assert (PLAN, "title", PLAN_TITLE) in found


def test_gaps_of_a_document_and_who_gave_the_reason(further: Store) -> None:
    """Task 1 has two leads, and 王某 said why; task 2 sets nothing that could be counted but a date, which is enough."""
    columns = "title sentence justified justifiedBy justifiedAt"
    assert rows(further, "document-gaps", columns, document=TS_TITLE) == [
        (
            "改善空气质量",
            "2 个单位同时牵头（“市生态环境局”、“市发改委”），没有写明由谁总负责",
            "大气、能耗各由一家牵头",
            "王某",
            "2025-03-03",
        ),
    ]
