"""One plan in every format: the same tasks, bodies and indicators, from the file to the graph and its check."""

from __future__ import annotations

import html
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kg import pipeline, store, toy
from kg.check import check
from kg.extract import read_policy
from kg.read import document_of, read_bytes
from kg.text import map_text
from kg.vocab import OA, ZR
from tests.read.papers import Sheet, pdf

LINES = toy.TEXT.splitlines()
ROWS = [
    ["序号", "目标任务", "牵头单位", "责任单位", "完成时限"],
    ["1", "加强河湖水质监测", "市水利局", "市生态环境局、市城管局", "2025年底前"],
    ["2", "完善污水管网", "市住房城乡建设局", "各县（市、区）政府", "2025年6月底前"],
]


def as_docx() -> bytes:
    docx = pytest.importorskip("docx", reason="python-docx makes this file")
    made = docx.Document()
    for line in LINES:
        made.add_paragraph(line)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def as_html() -> bytes:
    body = "".join(f"<p>{html.escape(line)}</p>" for line in LINES)
    return f"<html><head><meta charset=gb2312></head><body><div id=zoom>{body}</div></body></html>".encode("gb18030")


def as_pdf() -> bytes:
    sheets = [Sheet()]
    for line in LINES:
        pieces = [line[i : i + 36] for i in range(0, len(line), 36)]
        for piece in pieces:
            if len(sheets[-1].drawn) == 6:
                sheets.append(Sheet())
            sheets[-1].text(80, 100 + 22 * len(sheets[-1].drawn), piece)
    return pdf(*(sheet.text(280, 800, f"— {i} —", 9) for i, sheet in enumerate(sheets, 1)))


FORMATS: list[tuple[str, Callable[[], bytes]]] = [("a.docx", as_docx), ("a.html", as_html), ("a.pdf", as_pdf)]


def said(name: str, data: bytes) -> list[Any]:
    reading = read_policy(document_of(Path(name), data))
    return [
        (task.number, task.title, [(unit.name, unit.role) for unit in task.units], [i.name for i in task.indicators])
        for task in reading.tasks
    ]


@pytest.mark.parametrize(("name", "make"), FORMATS, ids=[name for name, _ in FORMATS])
def test_a_plan_says_the_same_in_every_format(name: str, make: Callable[[], bytes]) -> None:
    wanted = said("a.txt", toy.TEXT.encode())
    assert wanted
    assert said(name, make()) == wanted


@pytest.mark.parametrize(("name", "make"), FORMATS, ids=[name for name, _ in FORMATS])
def test_a_build_of_every_format_is_checked_against_its_sources(name: str, make: Callable[[], bytes], tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(make())
    report = pipeline.build([tmp_path / name], tmp_path / "out")
    assert report.generation is not None
    found = check(report.generation, lambda path: read_bytes(Path(path)), java="")
    assert [finding for finding in found.findings if finding.part in ("evidence", "files")] == []
    (part,) = report.generation.manifest.documents
    pinned = report.generation.text_file(part).read_bytes().decode()
    ledger = json.loads((report.generation.folder / "ledger.json").read_text("utf-8"))
    task = ledger["documents"][0]["tasks"][0]
    assert task["title"] in pinned[task["start"] : task["end"]].replace("\n", "")
    again = pipeline.build([tmp_path / name], tmp_path / "out")
    assert again.unchanged


def test_evidence_from_a_pdf_says_its_page(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(as_pdf())
    generation = pipeline.build([tmp_path / "a.pdf"], tmp_path / "out").generation
    assert generation is not None
    document = document_of(tmp_path / "a.pdf", as_pdf())
    ledger = json.loads((generation.folder / "ledger.json").read_text("utf-8"))
    pages = [task["page"] for task in ledger["documents"][0]["tasks"]]
    assert pages == sorted(pages)
    assert pages[-1] > 1
    quads = list(store.open_store(generation))
    stated = {quad.subject: int(quad.object.value) for quad in quads if quad.predicate == ZR.page}
    starts = {quad.subject: int(quad.object.value) for quad in quads if quad.predicate == OA.start}
    assert stated.keys() == starts.keys()
    assert all(document.pages[page - 1] <= starts[node] for node, page in stated.items())


def test_evidence_from_a_text_has_no_page(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(toy.TEXT, "utf-8")
    generation = pipeline.build([tmp_path / "a.txt"], tmp_path / "out").generation
    assert generation is not None
    assert '"page"' not in (generation.folder / "ledger.json").read_text("utf-8")
    assert ZR.page not in {quad.predicate for quad in store.open_store(generation)}


@pytest.mark.parametrize("lines", [
    # a title and whom it is for; neither ends with a stop
    ["示范市人民政府办公室关于印发示范市2025年水环境治理工作方案的通知", "各县（市、区）人民政府，市政府各部门"],
    # a heading with commas above its text
    ["加强领导，落实责任，强化考核", "成立工作专班，定期调度，通报进展。"],
])  # fmt: skip
def test_paragraphs_of_a_page_are_not_joined_as_torn_lines_are(lines: list[str]) -> None:
    body = "".join(f"<p>{line}</p>" for line in lines)
    document = document_of(Path("a.html"), f"<html><body>{body}</body></html>".encode())
    assert map_text(document.text, whole=document.whole).text.splitlines() == lines
    assert len(map_text("\n".join(lines)).text.splitlines()) == 1


def table_as_xlsx() -> bytes:
    book: Any = openpyxl.Workbook()
    book.active.append(["示范市2025年水环境治理重点任务清单"])
    for row in ROWS:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def table_as_html() -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{words}</td>' for words in row)}</tr>" for row in ROWS)
    return f"<html><body><h1>示范市2025年水环境治理重点任务清单</h1><table>{rows}</table></body></html>".encode()


def table_as_docx() -> bytes:
    docx = pytest.importorskip("docx", reason="python-docx makes this file")
    made = docx.Document()
    made.add_paragraph("示范市2025年水环境治理重点任务清单")
    table = made.add_table(len(ROWS), len(ROWS[0]))
    for r, row in enumerate(ROWS):
        for c, words in enumerate(row):
            table.cell(r, c).text = words
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def table_as_pdf() -> bytes:
    xs = [30.0, 70.0, 200.0, 330.0, 480.0, 580.0]
    sheet = Sheet().text(120, 80, "示范市2025年水环境治理重点任务清单").grid(xs, [120, 150, 180, 210], ROWS)
    return pdf(sheet)


TABLES: list[tuple[str, Callable[[], bytes]]] = [
    ("a.xlsx", table_as_xlsx),
    ("a.html", table_as_html),
    ("a.docx", table_as_docx),
    ("a.pdf", table_as_pdf),
]


@pytest.mark.parametrize(("name", "make"), TABLES, ids=[name for name, _ in TABLES])
def test_a_table_of_tasks_says_the_same_in_every_format(name: str, make: Callable[[], bytes]) -> None:
    tasks = said(name, make())
    assert [(number, title) for number, title, _, _ in tasks] == [("1", "加强河湖水质监测"), ("2", "完善污水管网")]
    assert [units for _, _, units, _ in tasks] == [
        [("市水利局", "lead"), ("市生态环境局", "responsible"), ("市城管局", "responsible")],
        [("市住房城乡建设局", "lead"), ("各县（市、区）政府", "responsible")],
    ]
