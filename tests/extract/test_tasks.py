"""What is a task, what it is called, and what is carried from one to the next."""

from __future__ import annotations

import pytest

from kg import toy
from kg.extract import read_policy
from kg.model import Evidence, Reading


def read(text: str) -> Reading:
    return read_policy(toy.document(text))


def tasks(text: str) -> list[tuple[str, str, list[str]]]:
    return [(task.key, task.title, [unit.name for unit in task.units]) for task in read(text).tasks]


HEAD = "一、重点任务\n"
TASKS: list[tuple[str, list[tuple[str, str, list[str]]]]] = [
    # the leading phrase is the title
    (HEAD + "1.整治河道。清理垃圾。（责任单位：市水利局）", [("1", "整治河道", ["市水利局"])]),
    # a whole statement: its first clause
    (HEAD + "1.加强执法,查处违法行为。(责任单位:市城管局)", [("1", "加强执法", ["市城管局"])]),
    # the heading stands alone, commas belong to it
    (HEAD + "（一）优化结构，提升质量\n推进改造。（市工信局）", [("1", "优化结构，提升质量", ["市工信局"])]),
    # several paragraphs with a bracket of their own
    (
        HEAD + "2、健全制度。开展审计。(牵头单位:市审计局)\n实行追究制。(牵头单位:市纪委)\n3、公开信息。(牵头单位:市政府办)",
        [("2.1", "健全制度", ["市审计局"]), ("2.2", "实行追究制", ["市纪委"]), ("3", "公开信息", ["市政府办"])],
    ),
    # brackets at the ends of sentences
    (
        HEAD + "1.改善水质。整治排污口。（市生态环境局负责）建设湿地。（市林业局负责）",
        [("1.1", "改善水质", ["市生态环境局"]), ("1.2", "建设湿地", ["市林业局"])],
    ),
    # the bracket behind the last of a list is the whole item's
    (HEAD + "（一）防汛\n1.巡查。\n2.抢险。（责任单位：市水利局）", [("1", "防汛", ["市水利局"])]),
    # items with brackets of their own are tasks, whatever holds them
    (HEAD + "（一）防汛\n1.巡查。（市水利局）\n2.抢险。（市应急局）", [("1", "巡查", ["市水利局"]), ("2", "抢险", ["市应急局"])]),
    # numbers restart: the address tells them apart
    (
        HEAD + "（一）水\n1.河。清淤。\n（二）气\n1.尘。洒水。",
        [("1.1.1", "河", []), ("1.2.1", "尘", [])],
    ),
    # a section without items is itself a task
    (HEAD + "（一）水\n1.河。清淤。\n（二）加强尾矿管控。严格准入。", [("1.1.1", "河", []), ("1.2", "加强尾矿管控", [])]),
    # general parts, reviews and goals are none
    ("一、总体要求\n（一）指导思想。以……为指导。\n（二）主要目标。到2025年改善。\n二、任务\n1.河。清淤。", [("1", "河", [])]),
    # headings without words are contents
    ("第一章 农业\n第一节 粮食\n第二节 蔬菜\n第二章 乡村\n第一节 道路", []),
    # articles of a regulation assign nothing
    ("第一章 总则\n第一条 为了加强管理，制定本条例。\n第二条 本条例适用于本市。", []),
    # nor do the lists within them
    ("第一章 专家\n第一条 为加强管理，制定本办法。第二条 专家应当：\n（一）拥护宪法；\n（二）廉洁自律。\n第三条 专家由市科委选聘。", []),
    # lines of their own under an item
    (
        HEAD + "1.修路。\n责任部门：城建局 配合部门：各街道\n2.建校。\n责任部门：教育局",
        [("1", "修路", ["城建局", "各街道"]), ("2", "建校", ["教育局"])],
    ),
]


@pytest.mark.parametrize(("text", "expected"), TASKS)
def test_tasks_with_their_titles_and_bodies(text: str, expected: list[tuple[str, str, list[str]]]) -> None:
    assert tasks(text) == expected


def test_safeguards_are_measures_unless_someone_answers_for_them() -> None:
    reading = read(HEAD + "1.河。清淤。（市水利局）\n二、保障措施\n（一）加强领导。高度重视。\n（二）保障资金。（市财政局）")
    assert [(task.title, task.measure) for task in reading.tasks] == [("河", False), ("加强领导", True), ("保障资金", False)]


def test_safeguards_that_are_counted_with_the_tasks_are_tasks() -> None:
    reading = read("二、任务\n（一）河。清淤。\n（二）湖。清淤。\n三、保障措施\n（三）加强领导。高度重视。")
    assert [(task.key, task.measure) for task in reading.tasks] == [("1", False), ("2", False), ("3", False)]


def test_general_bodies_hold_for_all_later_tasks_that_are_assigned() -> None:
    reading = read(
        HEAD
        + "1.河。（责任单位：市水利局，各县（市、区）政府，下同）\n2.湖。（责任单位：市林业局）\n3.塘。清淤。\n4.渠。（责任单位：各县（市、区）政府）"
    )
    assert [[(unit.name, unit.inherited) for unit in task.units] for task in reading.tasks] == [
        [("市水利局", False), ("各县（市、区）政府", False)],
        [("市林业局", False), ("各县（市、区）政府", True)],
        [],
        [("各县（市、区）政府", False)],
    ]


def test_the_first_body_leads_where_the_text_says_so_once() -> None:
    reading = read(
        HEAD
        + "1.河。（水利部、林草局负责。列第一位者为牵头单位，下同）\n2.湖。（林草局、水利部负责）\n3.塘。（水利部负责）\n4.渠。（有关部门、水利部负责）"
    )
    assert [[unit.role for unit in task.units] for task in reading.tasks] == [
        ["lead", "responsible"],
        ["lead", "responsible"],
        ["responsible"],
        ["responsible", "responsible"],
    ]


def test_every_fact_of_the_toy_stands_where_it_says() -> None:
    reading = read_policy(toy.document())
    evidence: list[Evidence | None] = [section.evidence for section in reading.sections]
    evidence += [indicator.evidence for indicator in reading.indicators]
    evidence += [citation.evidence for citation in reading.citations]
    for task in reading.tasks:
        evidence += [
            task.evidence,
            *(unit.evidence for unit in task.units),
            *(indicator.evidence for indicator in task.indicators),
        ]
        evidence += [citation.evidence for citation in task.citations]
        evidence += [task.deadline.evidence] if task.deadline else []
    assert len(evidence) > 20
    assert all(one and one.span.of(reading.document.text) == one.quote for one in evidence)
    assert [(task.key, task.deadline.due if task.deadline else None) for task in reading.tasks] == [
        ("1", "2024"), ("2", "2024-09"), ("3", None), ("4", None), ("3.1", None),
    ]  # fmt: skip


TABLES = [
    # Markdown; an empty cell of a spanning column says what stands above
    (
        "| 序号 | 重点任务 | 具体措施 | 牵头单位 | 配合单位 | 完成时限 |\n|---|---|---|---|---|---|\n"
        "| 1 | 治水 | 整治河道，清理垃圾 | 市水利局 | 市城管局、市财政局 | 2024年6月底前 |\n| 2 | | 建设湿地公园 | 市林业局 | | 全年 |\n",
        [
            ("1", ("治水",), "整治河道", [("市水利局", "lead"), ("市城管局", "support"), ("市财政局", "support")]),
            ("2", ("治水",), "建设湿地公园", [("市林业局", "lead")]),
        ],
    ),
    # flattened to one cell a line; groups stand before their first row only
    (
        "工作任务\n|\n具体要求\n|\n责任科室\n|\n时限要求\n|\n政策解读\n|\n1\n|\n丰富解读形式\n|\n办公室\n|\n年底前\n|\n2\n|\n回应社会关切\n|\n各科室\n|\n持续推进\n|\n加强宣传\n|\n3\n|\n报送优秀稿件\n|\n办公室\n|\n全年\n|\n",
        [
            ("1", ("政策解读",), "丰富解读形式", [("办公室", "responsible")]),
            ("2", ("政策解读",), "回应社会关切", [("各科室", "responsible")]),
            ("3", ("加强宣传",), "报送优秀稿件", [("办公室", "responsible")]),
        ],
    ),
    # an indicator table assigns nothing
    ("| 指标 | 2020年 | 2025年 |\n|---|---|---|\n| 森林覆盖率(%) | 34.1 | 36.5 |\n", []),
]


@pytest.mark.parametrize(("text", "expected"), TABLES)
def test_rows_of_task_tables(text: str, expected: list[object]) -> None:
    found = read("关于任务分解的通知\n" + text).tasks
    assert [(task.number, task.path, task.title, [(unit.name, unit.role) for unit in task.units]) for task in found] == expected
