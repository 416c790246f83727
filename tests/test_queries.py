"""Each named query: its head, its form, its rows on the toy graph, and the same rows on another engine."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import QueryBoolean, QueryTriples, RdfFormat, Store, Variable, serialize
from rdflib import Dataset

from kg import data, vocab
from kg.ask import GROUPS, NamedQuery, Term, ask, bind, find_query, list_queries, resolve_params
from kg.ask.find import kind_of
from kg.ask.names import TYPES
from kg.ask.values import known_types
from kg.store import open_current
from tests.toy_graph import (
    ABOVE,
    COUNTIES,
    DEPARTMENTS,
    DEV,
    ECO,
    FURTHER,
    GROUP,
    ID,
    PLAN,
    POINTS,
    TANGSHAN,
    TOY,
    TS_DEV,
    TS_ECO,
    WATER,
    task,
    toy_store,
    whole_store,
)

QUERIES = list_queries()
SELECTS = [query for query in QUERIES if kind_of(query) == "select"]
FACTS = list_queries(data.QUERIES / "facts")
REGION = {"region": "唐山市"}
POINTS_TITLE = "石家庄市2023年生态文明建设工作要点"


@pytest.fixture(scope="module")
def store() -> Store:
    return toy_store()


@pytest.fixture(scope="module")
def further() -> Store:
    """The toy with all further documents, so that every question has an answer."""
    return whole_store()


@pytest.fixture(scope="module")
def dataset(further: Store) -> Dataset:
    """All with their derived facts, read by rdflib itself."""
    found = Dataset(default_union=True)
    found.parse(TOY, format="trig")
    found.parse(FURTHER, format="trig")
    found.parse(ABOVE, format="trig")
    derived = further.quads_for_pattern(None, None, None, vocab.derived_graph())
    found.parse(data=serialize(derived, format=RdfFormat.N_QUADS), format="nquads")
    return found


# of whom to ask on the toy, where the example of the head has no answer there
ON_THE_TOY = {
    "target-comparisons": {"document": "石家庄市2025年生态文明建设工作要点"},
    "changed-bodies": {"earlier": "ts.txt"},
    "continued-tasks": {"earlier": "ts.txt"},
    "departments-between": {"earlier": "plan.txt"},
    "dropped-tasks": {"earlier": "ts.txt"},
    "document-outline": {"document": "ts2023.txt"},
    "functions-missing": {"region": "石家庄市", "other": "河北省"},
    "new-tasks": {"later": "ts2023.txt"},
    "partners-elsewhere": {"unit": "唐山市生态环境局"},
    "policies-to-write": {"document": "ts2023.txt"},
    "rule-usage": {"document": "ts2023.txt"},
    "section-load": {"document": "ts2023.txt"},
    "supervisors": {"document": "ts2023.txt"},
    "targets-without-baseline": {"document": "ts2023.txt"},
    "tasks-between": {"earlier": "ts.txt", "later": "ts2023.txt"},
    "unknown-values": {"document": "ts.txt"},
}


def examples(query: NamedQuery, optional: bool = False) -> dict[str, str]:
    return {param.name: param.example for param in query.params if optional or not param.optional}


def on_the_toy(query: NamedQuery, optional: bool = False) -> dict[str, str]:
    return examples(query, optional) | ON_THE_TOY.get(query.name, {})


def rows(store: Store, name: str, columns: str, **params: str) -> list[tuple[Any, ...]]:
    answer = ask(store, find_query(name), params)
    return [tuple(record[column] for column in columns.split()) for record in answer.records()]


# what the head says


def test_there_are_enough() -> None:
    assert len(QUERIES) >= 70
    assert [query.name for query in QUERIES] == [query.name for query in list_queries()]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_head_is_whole(query: NamedQuery) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", query.name)
    assert re.search("[\u4e00-\u9fff]", query.title)
    assert query.question.endswith("？")
    assert query.title_en.isascii()
    assert query.question_en.endswith("?")
    assert query.group in GROUPS
    assert query.tags
    for param in query.params:
        assert param.type in (*TYPES, *known_types())
        assert re.fullmatch(r"[a-z][A-Za-z]*", param.name)
        assert not keyword.iskeyword(param.name)


# how it is written, so that every engine answers it, and fast


@pytest.mark.parametrize("query", QUERIES + FACTS, ids=lambda query: query.name)
def test_form(query: NamedQuery) -> None:
    text = re.sub(r"#.*", "", query.text) if "<http" not in query.text else re.sub(r"(?m)^#.*$", "", query.text)
    for inside in re.findall(r"NOT EXISTS \{([^}]*)\}", text):
        assert not re.search(r" [.;,] ", inside), f"more than one triple in NOT EXISTS: {inside}"
    for path in re.finditer(r"zr:\w+[+*]", text):
        assert "SELECT DISTINCT" in text[: path.start()].rpartition("{")[0][-60:], "a path outside DISTINCT"
    assert "SERVICE" not in text
    if kind_of(query) != "select":
        return
    assert "ORDER BY" in text
    outermost = text[text.index("SELECT") : text.index("WHERE {")]
    for param in query.params:
        assert f"?{param.name}" in outermost, f"{param.name} is not projected: it cannot be substituted"


@pytest.mark.parametrize("query", SELECTS + FACTS, ids=lambda query: query.name)
def test_order_is_total(query: NamedQuery, further: Store) -> None:
    answer = ask(further, query, on_the_toy(query))
    keys = [name for name in re.findall(r"\?(\w+)", query.text.rpartition("ORDER BY")[2]) if name in answer.variables]
    found = [tuple(record[key] for key in keys) for record in answer.records()]
    assert len(found) == len(set(found))


@pytest.mark.parametrize("query", QUERIES + FACTS, ids=lambda query: query.name)
def test_answers_once_each(query: NamedQuery, further: Store) -> None:
    """The toy says some things in two graphs; no row may come twice."""
    answer = ask(further, query, on_the_toy(query))
    assert len(answer) > 0
    assert len(set(answer.terms)) == len(answer)


RIGHTLY_NONE = {
    # each vague or collective body stands beside a department; every body is identified
    "collective-tasks",
    "unresolved-bodies",
    "vague-tasks",
    # nobody corrected anything
    "corrections",
    "justifications",
    # all five set dates, and rest on some policy, whose text is not here
    "documents-without-parent",
    "parent-targets",
    "target-comparisons",
    "weaker-targets",
    "standing-duties",
    # nobody supports, and nobody from elsewhere takes part
    "lead-support-pairs",
    "partners-elsewhere",
    "support-only-bodies",
    # no leader is named, no body was reformed since
    "renamed-organizations",
    "supervisors",
}


@pytest.mark.parametrize("query", QUERIES + FACTS, ids=lambda query: query.name)
def test_answers_on_the_five_documents(query: NamedQuery, built: Path) -> None:
    answer = ask(open_current(built), query, examples(query))
    assert bool(answer) is (query.name not in RIGHTLY_NONE)
    assert len(set(answer.terms)) == len(answer)


def canonical(found: Iterable[Iterable[object]]) -> list[tuple[str, ...]]:
    """Rows as text, numbers without their spelling."""
    return [tuple(_spell(value) for value in row) for row in found]


def _spell(value: object) -> str:
    text = "" if value is None else str(getattr(value, "value", value) if type(value).__module__ == "pyoxigraph" else value)
    return str(Decimal(text).normalize()) if re.fullmatch(r"-?\d+(\.\d+)?", text) else text


def found(result: Any) -> list[tuple[str, ...]]:
    """An answer of either engine as text: the yes or no, the rows in their order, the triples sorted."""
    if isinstance(result, QueryBoolean) or getattr(result, "type", "") == "ASK":
        return [(str(bool(result)),)]
    if isinstance(result, QueryTriples):
        return sorted(set(canonical((one.subject, one.predicate, one.object) for one in result)))
    rows = canonical(result)
    return sorted(set(rows)) if getattr(result, "type", "") == "CONSTRUCT" else rows


@pytest.mark.parametrize("optional", [False, True], ids=["required", "all"])
@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_same_on_rdflib(query: NamedQuery, optional: bool, further: Store, dataset: Dataset) -> None:
    """Substitution in Oxigraph, and the values in the text in Oxigraph and rdflib give the same rows in the same order."""
    terms: dict[str, Term] = resolve_params(further, query, on_the_toy(query, optional))
    bound = bind(query, terms)
    substitutions: dict[Variable, Any] = {Variable(name): term for name, term in terms.items()}
    expected = found(further.query(query.text, use_default_graph_as_union=True, substitutions=substitutions))
    assert found(further.query(bound, use_default_graph_as_union=True)) == expected
    assert found(dataset.query(bound)) == expected


# the rows, worked out by hand from the table on top of toy.trig


def test_department_load(store: Store) -> None:
    columns = "unit tasks led responsible supported sharedLoad indicators bindingIndicators inherited generic"
    assert rows(store, "department-load", columns) == [
        (ECO, 4, 1, 2, 1, Decimal("1.8333"), 4, 1, 0, False),  # 1/2 + 1/2 + 1/3 + 1/2
        (DEV, 3, 0, 2, 1, Decimal("1.3333"), 3, 1, 0, False),  # 1/2 + 1/3 + 1/2: the inherited counties do not share
        (TS_DEV, 2, 0, 1, 1, Decimal("1.5"), 2, 0, 0, False),  # of equal tasks, the larger share first
        (COUNTIES, 2, 0, 2, 0, Decimal("1.3333"), 2, 0, 2, True),  # 1/3 + 1; two more by 下同
        (WATER, 2, 1, 1, 0, Decimal(1), 1, 0, 0, False),
        (DEPARTMENTS, 1, 0, 1, 0, Decimal(1), 0, 0, 0, True),
        (GROUP, 1, 0, 1, 0, Decimal("0.5"), 0, 0, 0, False),
        (TS_ECO, 1, 1, 0, 0, Decimal("0.5"), 2, 0, 0, False),
    ]


def test_department_load_of_a_region(store: Store) -> None:
    assert rows(store, "department-load", "unit tasks", region="130200") == [(TS_DEV, 2), (TS_ECO, 1)]


def test_shared_pairs(store: Store) -> None:
    assert rows(store, "shared-pairs", "a b shared jaccard generic") == [
        (ECO, WATER, 2, Decimal("0.5"), False),  # plan 2, points 2; of as many tasks, the larger part first
        (DEV, ECO, 2, Decimal("0.4"), False),  # plan 1, points 1
        (TS_DEV, TS_ECO, 1, Decimal("0.5"), False),
        (GROUP, DEV, 1, Decimal("0.3333"), False),
        (COUNTIES, DEV, 1, Decimal("0.25"), True),  # points 1 only: what is inherited is not shared
        (COUNTIES, ECO, 1, Decimal("0.2"), True),
    ]
    assert rows(store, "shared-pairs", "a b shared", **REGION) == [(TS_DEV, TS_ECO, 1)]


def test_department_tasks(store: Store) -> None:
    assert rows(store, "department-tasks", "task role inherited due", unit="各县（市、区）政府") == [
        (task("sjz-2023", 1), "责任", False, date(2023, 12, 31)),
        (task("sjz-2023", 2), "责任", True, None),
        (task("sjz-2023", 3), "责任", True, None),
        (task("sjz-2023", 7), "责任", False, None),
    ]


def test_department_partners(store: Store) -> None:
    assert rows(store, "department-partners", "partner shared unitLeads partnerLeads", unit="石家庄市生态环境局") == [
        (DEV, 2, 1, 0),
        (WATER, 2, 0, 1),
        (COUNTIES, 1, 0, 0),
    ]


def test_unowned_tasks(store: Store) -> None:
    """Task 8 names a body that nobody knows: that is no task without an owner; 6 is a safeguard."""
    assert rows(store, "unowned-tasks", "task") == [(task("sjz-2023", 5),)]


def test_vague_and_collective_tasks(store: Store) -> None:
    assert rows(store, "vague-tasks", "task") == [(task("sjz-2023", 4),)]
    assert rows(store, "collective-tasks", "task") == [(task("sjz-2023", 4),), (task("sjz-2023", 7),)]


def test_diffuse_tasks(store: Store) -> None:
    assert rows(store, "diffuse-tasks", "task bodies joint") == [
        (task("sjz-2023", 1), 3, False),
        (task("sjz-plan", 2), 2, False),  # the earlier period first
        (task("sjz-2023", 3), 2, True),
    ]


def test_tasks_without_indicator(store: Store) -> None:
    assert rows(store, "tasks-without-indicator", "number", document=POINTS_TITLE) == [
        ("3",),
        ("4",),
        ("5",),
        ("7",),
        ("8",),
    ]


def test_incomplete_indicators(store: Store) -> None:
    assert rows(store, "incomplete-indicators", "name kind missing") == [
        ("优良天数比率", "trend", "数值"),
        ("造林", "placeholder", "数值"),
    ]


def test_department_indicators(store: Store) -> None:
    assert rows(store, "department-indicators", "name comparator value year role", unit=WATER) == [
        ("劣Ⅴ类断面", "equal", "0", 2023, "牵头")
    ]


def test_document_indicators(store: Store) -> None:
    assert rows(store, "document-indicators", "name value unitText year baselineYear baseline binding", document="plan.txt") == [
        ("PM2.5年平均浓度", "40", "微克/立方米", 2025, 2020, Decimal(58), "binding")
    ]


def test_same_function_across_cities(store: Store) -> None:
    columns = "unit tasks led indicators documents"
    assert rows(store, "function-across-cities", columns, function="ecology and environment") == [
        (ECO, 4, 1, 4, 2),
        (TS_ECO, 1, 1, 2, 1),
    ]
    assert rows(store, "shared-functions", "label regions tasks") == [("发展改革", 2, 5), ("生态环境", 2, 5)]


def test_same_metric_across_cities_and_years(store: Store) -> None:
    assert rows(store, "metric-across-cities", "regionLabel year comparator value", metric="细颗粒物（PM2.5）浓度") == [
        ("石家庄市", 2023, "at-most", "44"),
        ("石家庄市", 2025, "at-most", "40"),
        ("唐山市", 2022, "at-most", "43"),
    ]
    assert rows(store, "shared-metrics", "label documents regions targets firstYear lastYear") == [
        ("细颗粒物（PM2.5）浓度", 3, 2, 3, 2022, 2025)
    ]


def test_parent_policies(store: Store) -> None:
    """The opinion is named by two documents and reached by a third through the plan."""
    columns = "policy level documents reached tasks departments tasksReached departmentsReached regions here"
    assert rows(store, "parent-policies", columns) == [
        (
            f"{ID}policy/opinion",
            "national",
            2,
            3,
            0,
            0,
            12,
            8,
            2,
            False,
        ),  # all tasks: two name it, the points come to it by the plan
        (f"{ID}policy/two-highs", "province", 1, 1, 1, 3, 1, 3, 1, False),
        (PLAN, "prefecture", 1, 1, 0, 0, 8, 6, 1, True),
    ]


def test_missing_texts(store: Store) -> None:
    assert rows(store, "missing-texts", "policy level tasksReached tasks documents") == [
        (f"{ID}policy/opinion", "national", 12, 0, 2),
        (f"{ID}policy/two-highs", "province", 1, 1, 1),
    ]


def test_policy_followers(store: Store) -> None:
    assert rows(store, "policy-followers", "what direct", policy="关于深入打好污染防治攻坚战的意见") == [
        (PLAN, True),
        (TANGSHAN, True),
        (POINTS, False),
    ]
    assert rows(store, "policy-followers", "what direct", policy="关于坚决遏制“两高”项目盲目发展的若干措施") == [
        (POINTS, True),
        (task("sjz-2023", 1), True),
    ]


def test_accountability_chain(store: Store) -> None:
    columns = "step kind label detail quote start end file"
    opinion = "关于深入打好污染防治攻坚战的意见"
    assert rows(store, "accountability-chain", columns, task=f"{POINTS_TITLE}#1") == [
        (0, "更上位的政策", opinion, "见于《石家庄市生态环境保护“十四五”规划》", f"《{opinion}》", 12, 30, "plan.txt"),
        (
            1,
            "任务的上位政策",
            "关于坚决遏制“两高”项目盲目发展的若干措施",
            "",
            "《关于坚决遏制“两高”项目盲目发展的若干措施》",
            42,
            60,
            "2023.txt",
        ),
        (2, "文件的上位政策", "石家庄市生态环境保护“十四五”规划", "", "《石家庄市生态环境保护“十四五”规划》", 5, 26, "2023.txt"),
        (3, "文件", POINTS_TITLE, "石生态办〔2023〕1号", None, None, None, "2023.txt"),
        (4, "任务", "持续开展蓝天保卫战", "1 时限 2023-12-31", "1.持续开展蓝天保卫战。", 30, 120, "2023.txt"),
        (6, "责任单位", "石家庄市生态环境局", "市生态环境局", "市生态环境局", 98, 104, "2023.txt"),
        (6, "责任单位", "石家庄市发展和改革委员会", "市发改委", "市发改委", 105, 109, "2023.txt"),
        (6, "责任单位", "各县（市、区）政府", "各县（市、区）政府", "各县（市、区）政府", 110, 119, "2023.txt"),
        (8, "指标", "PM2.5年平均浓度", "at-most 44微克/立方米 2023", "PM2.5年平均浓度达到44微克/立方米", 62, 82, "2023.txt"),
        (8, "指标", "优良天数比率", "", "优良天数比率持续改善", 84, 94, "2023.txt"),
        (10, "缺口", "3 个主体共同承担，没有牵头单位", None, "1.持续开展蓝天保卫战。", 30, 120, "2023.txt"),
        (10, "缺口", "指标“优良天数比率”只说方向，没有数值", None, "优良天数比率持续改善", 84, 94, "2023.txt"),
    ]


def test_chain_shows_lead_support_inherited_and_unknown(store: Store) -> None:
    assert rows(store, "accountability-chain", "kind label detail", task=task("sjz-2023", 2))[4:7] == [
        ("牵头单位", "石家庄市水利局", "市水利局"),
        ("责任单位", "各县（市、区）政府", "各县（市、区）政府（下同）"),
        ("配合单位", "石家庄市生态环境局", "市生态环境局"),
    ]
    steps = rows(store, "accountability-chain", "kind label detail", task=task("sjz-2023", 8))
    assert steps[-3] == ("责任单位", "循环化工园区", "循环化工园区")
    assert {step[:2] for step in steps[-2:]} == {("缺口", "没有可以检查的指标"), ("缺口", "“循环化工园区”未能对应到机构")}


def test_documents(store: Store) -> None:
    assert rows(store, "documents", "doc publisher date tasks indicators bodies parents file") == [
        (PLAN, None, None, 2, 1, 3, 1, "plan.txt"),
        (POINTS, "石家庄市生态文明建设领导小组办公室", date(2023, 5, 24), 7, 3, 6, 2, "2023.txt"),
        (TANGSHAN, "唐山市人民政府办公室", None, 2, 2, 2, 1, "ts.txt"),
    ]


def test_document_tasks(store: Store) -> None:
    assert rows(store, "document-tasks", "number title role label", document="唐山市2022年度工作方案") == [
        ("1", "改善空气质量", "牵头", "唐山市生态环境局"),
        ("1", "改善空气质量", "配合", "唐山市发展和改革委员会"),
        ("2", "推进节能降耗", "责任", "唐山市发展和改革委员会"),
    ]
    points = rows(store, "document-tasks", "number label", document=POINTS_TITLE)
    assert ("5", None) in points
    assert ("8", "循环化工园区") in points


def test_deadlines(store: Store) -> None:
    assert rows(store, "deadlines", "due kind label text", document=POINTS_TITLE) == [
        (date(2023, 12, 31), "任务", "持续开展蓝天保卫战", "2023年底前"),
        (date(2023, 12, 31), "指标", "PM2.5年平均浓度", "PM2.5年平均浓度达到44微克/立方米"),
        (date(2023, 12, 31), "指标", "劣Ⅴ类断面", "全部消除劣Ⅴ类断面"),
    ]


def test_standing_duties(store: Store) -> None:
    """What comes back stands first; a task with a date is no standing duty."""
    assert rows(store, "standing-duties", "kind every label text task") == [
        ("周期性", "每季度", "推进碳达峰碳中和", "每季度末", task("sjz-2023", 3)),
        ("周期性", "每月", "推进节能降耗", "每月28日前", task("ts-2022", 2)),
        ("长期", None, "加强宣传引导", "长期坚持", task("sjz-2023", 4)),
    ]
    assert rows(store, "standing-duties", "label", document="唐山市2022年度工作方案") == [("推进节能降耗",)]


def test_decisions(store: Store) -> None:
    assert rows(store, "open-decisions", "doc mention verdict count candidate") == [
        (POINTS, "循环化工园区", "未识别", 1, None),
        (TANGSHAN, "市发改局", "多个候选", 3, TS_DEV),
        (TANGSHAN, "市发改局", "多个候选", 3, TS_ECO),
    ]
    assert rows(store, "stated-facts", "mention verdict targetLabel") == [("XX市", "声明", "唐山市")]


def test_corrections(store: Store) -> None:
    columns = "by mention before verdict reason state documentTitle quote"
    assert rows(store, "corrections", columns) == [
        ("王某", "循环化工园区", "未识别", "不是机构", "是地名", "未用到", POINTS_TITLE, "循环化工园区"),
        ("https://example.org/li", None, None, "森林覆盖率", "同一指标", "失效", None, "林木覆盖率"),
    ]
    assert rows(store, "corrections", "mention", document=POINTS_TITLE) == [("循环化工园区",)]
