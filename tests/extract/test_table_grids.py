"""Task tables with real cells: those of web pages, of Word and of Excel."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kg import toy
from kg.extract import read_policy
from kg.model import Cell, Document, Grid, Span
from tests.extract.told import TITLE, read, told

HTML = [
    # a heading of two lines, a chapter across the whole table, months written 2024.10
    (
        "<table><tr><td rowspan=2>序号</td><td rowspan=2>工作内容</td><td colspan=2>责任分工</td><td rowspan=2>完成时限</td></tr><tr><td>牵头单位</td><td>配合单位</td></tr>"
        "<tr><td colspan=5>一、产业发展</td></tr><tr><td>1</td><td>建设产业园区3个</td><td>市发改委</td><td>市工信局、市财政局</td><td>2024.10</td></tr>"
        "<tr><td>2</td><td>招引项目20个</td><td>市商务局</td><td></td><td>年底</td></tr></table>",
        [
            ("1", ("一、产业发展",), "建设产业园区3个", [("市发改委", "lead"), ("市工信局", "support"), ("市财政局", "support")]),
            ("2", ("一、产业发展",), "招引项目20个", [("市商务局", "lead")]),
        ],
    ),
    # a group and a leading body that span rows
    (
        "<table><tr><th>领域</th><th>序号</th><th>任务</th><th>牵头单位</th></tr><tr><td rowspan='2'>教育</td><td>1</td><td>新建学校5所。</td><td rowspan=2>县教育局</td></tr>"
        "<tr><td>2</td><td>培训教师100名。</td></tr><tr><td>卫生</td><td>3</td><td>改造卫生院2所。</td><td>县卫健局</td></tr></table>",
        [
            ("1", ("教育",), "新建学校5所", [("县教育局", "lead")]),
            ("2", ("教育",), "培训教师100名", [("县教育局", "lead")]),
            ("3", ("卫生",), "改造卫生院2所", [("县卫健局", "lead")]),
        ],
    ),
    # one task over two lines that differ in their bodies only
    (
        "<table><tr><td>序号</td><td>重点任务</td><td>责任单位</td></tr><tr><td rowspan=2>1</td><td rowspan=2>整治河道清理垃圾</td><td>市水利局</td></tr><tr><td>市城管局</td></tr></table>",
        [("1", (), "整治河道清理垃圾", [("市水利局", "responsible"), ("市城管局", "responsible")])],
    ),
    # a table that only holds another one, for the looks of a page
    (
        "<table><tr><td><table><tr><td>序号</td><td>任务</td><td>责任单位</td></tr><tr><td>1</td><td>整治河道</td><td>市水利局</td></tr></table></td></tr></table>",
        [("1", (), "整治河道", [("市水利局", "responsible")])],
    ),
]


@pytest.mark.parametrize(("text", "expected"), HTML)
def test_tables_in_html(text: str, expected: list[object]) -> None:
    assert told(read(text).tasks) == expected


Cells = list[tuple[str, int, int, int, int]]  # words, row, column, rows, columns


def with_grid(cells: Cells, before: str = TITLE, after: str = "") -> Document:
    """Return a document with a table as a reader of docx or xlsx pins it: a line a row, a merged cell's words once."""
    text = before
    placed: list[Cell] = []
    width = max(column + columns for _, _, column, _, columns in cells)
    for row in range(max(row + rows for _, row, _, rows, _ in cells)):
        for column in range(width):
            text += "| "
            for words, _, _, rows, columns in (one for one in cells if one[1:3] == (row, column)):
                placed.append(Cell(Span(len(text), len(text) + len(words)), row, column, rows, columns))
                text += words
            text += " "
        text += "|\n"
    return replace(toy.document(text + after), grids=(Grid(tuple(placed)),))


GRIDS: list[tuple[Cells, list[object]]] = [
    # a title across the table, a group and a leading body over two rows
    (
        [
            ("某市重点任务分工表", 0, 0, 1, 4),
            ("序号", 1, 0, 1, 1),
            ("重点任务", 1, 1, 1, 1),
            ("具体措施", 1, 2, 1, 1),
            ("牵头单位", 1, 3, 1, 1),
            ("1", 2, 0, 1, 1),
            ("治水", 2, 1, 2, 1),
            ("整治河道，清理垃圾", 2, 2, 1, 1),
            ("市水利局", 2, 3, 2, 1),
            ("2", 3, 0, 1, 1),
            ("建设湿地公园", 3, 2, 1, 1),
        ],
        [
            ("1", ("治水",), "整治河道", [("市水利局", "lead")]),
            ("2", ("治水",), "建设湿地公园", [("市水利局", "lead")]),
        ],
    ),
    # each row has a task of its own beside its details: that names it; a cell that says the roles itself
    (
        [
            ("任务", 0, 0, 1, 1),
            ("主要内容", 0, 1, 1, 1),
            ("责任分工", 0, 2, 1, 1),
            ("治水", 1, 0, 1, 1),
            ("整治河道", 1, 1, 1, 1),
            ("牵头：市水利局 配合：市城管局", 1, 2, 1, 1),
            ("治气", 2, 0, 1, 1),
            ("控制扬尘", 2, 1, 1, 1),
            ("市生态环境局牵头，市住建局配合", 2, 2, 1, 1),
        ],
        [
            (None, (), "治水", [("市水利局", "lead"), ("市城管局", "support")]),
            (None, (), "治气", [("市生态环境局", "lead"), ("市住建局", "support")]),
        ],
    ),
    # 一 in the first column, the chapter in the others; an empty cell of bodies says nobody
    (
        [
            ("序号", 0, 0, 1, 1),
            ("工作任务", 0, 1, 1, 1),
            ("责任单位", 0, 2, 1, 1),
            ("备注", 0, 3, 1, 1),
            ("一", 1, 0, 1, 1),
            ("提升服务", 1, 1, 1, 3),
            ("1", 2, 0, 1, 1),
            ("简化审批流程", 2, 1, 1, 1),
            ("市行政审批局", 2, 2, 1, 1),
            ("2", 3, 0, 1, 1),
            ("建设服务大厅", 3, 1, 1, 1),
        ],
        [
            ("1", ("一、提升服务",), "简化审批流程", [("市行政审批局", "responsible")]),
            ("2", ("一、提升服务",), "建设服务大厅", []),
        ],
    ),
    # bodies of two tiers in two columns
    (
        [
            ("任务名称", 0, 0, 1, 1),
            ("市级责任单位", 0, 1, 1, 1),
            ("县级责任单位", 0, 2, 1, 1),
            ("整治河道清理垃圾", 1, 0, 1, 1),
            ("市水利局", 1, 1, 1, 1),
            ("甲县政府", 1, 2, 1, 1),
        ],
        [(None, (), "整治河道清理垃圾", [("市水利局", "responsible"), ("甲县政府", "responsible")])],
    ),
]


@pytest.mark.parametrize(("cells", "expected"), GRIDS)
def test_tables_of_docx_and_xlsx(cells: Cells, expected: list[object]) -> None:
    reading = read_policy(with_grid(cells))
    assert told(reading.tasks) == expected
    for task in reading.tasks:
        places = [task.evidence, *(unit.evidence for unit in task.units)]
        assert all(one and one.span.of(reading.document.text) == one.quote for one in places)


def test_a_cell_of_bodies_and_persons_is_parted() -> None:
    head: Cells = [("任务", 0, 0, 1, 1), ("责任单位及责任人", 0, 1, 1, 1), ("分管领导", 0, 2, 1, 1)]
    rows: Cells = [
        ("整治河道", 1, 0, 1, 1),
        ("市水利局 甲某某", 1, 1, 1, 1),
        ("丙某某 丁某", 1, 2, 1, 1),
        ("建设公园", 2, 0, 1, 1),
        ("市园林局（乙某）、市住建局", 2, 1, 1, 1),
    ]
    tasks = read_policy(with_grid([*head, *rows])).tasks
    assert [[unit.name for unit in task.units] for task in tasks] == [["市水利局"], ["市园林局", "市住建局"]]
    assert [[person.name for person in task.supervisors] for task in tasks] == [["甲某某", "丙某某", "丁某"], ["乙某"]]


def test_what_stands_in_a_cell_is_read_like_prose() -> None:
    head: Cells = [("序号", 0, 0, 1, 1), ("目标任务", 0, 1, 1, 1), ("责任单位", 0, 2, 1, 1)]
    words = "落实《某省河道管理条例》，污水处理率达到95%以上"
    (task,) = read_policy(with_grid([*head, ("1", 1, 0, 1, 1), (words, 1, 1, 1, 1), ("市水利局", 1, 2, 1, 1)])).tasks
    assert [(found.name, found.value) for found in task.indicators] == [("污水处理率", Decimal(95))]
    assert [cited.title for cited in task.citations] == ["某省河道管理条例"]
