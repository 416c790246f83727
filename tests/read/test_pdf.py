"""PDFs: reading order, page numbers and running heads, ruled tables across pages, what has no text."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from kg.errors import SourceError
from kg.model import Document
from kg.read import document_of
from kg.read.pdf.tables import Table, joined
from kg.read.pinned import Words
from tests.read.papers import NAMELESS, Sheet, pdf


def read(*sheets: Sheet, picture: bool = False) -> Document:
    return document_of(Path("a.pdf"), pdf(*sheets, picture=picture))


def lines(*sheets: Sheet) -> list[str]:
    return read(*sheets).text.splitlines()


LAYOUTS = [
    # the order of the page, not of the file
    ([Sheet().text(80, 200, "二、任务").text(80, 100, "一、目标").text(80, 150, "到2025年完成。")], ["一、目标", "到2025年完成。", "二、任务"]),
    # parts of one line, a raised sign in it
    ([Sheet().text(140, 100, "浓度").text(80, 100, "PM2.5").text(164, 97, "①", 7)], ["PM2.5浓度①"]),
    # words far apart
    ([Sheet().text(80, 100, "市水利局").text(200, 100, "市教育局")], ["市水利局 市教育局"]),
    # drawn twice to look bold
    ([Sheet().text(80, 100, "重点任务").text(80.4, 100, "重点任务")], ["重点任务"]),
    ([Sheet().text(80, 100, "好好学习")], ["好好学习"]),
    # a page that lies on its side
    ([Sheet(turn=90).text(80, 100, "一、目标").text(80, 150, "二、任务")], ["一、目标", "二、任务"]),
    # lines that run up the page, as a wide table is often printed
    ([Sheet().up(80, 700, "一、目标").up(120, 700, "二、任务")], ["一、目标", "二、任务"]),
]  # fmt: skip


@pytest.mark.parametrize(("sheets", "wanted"), LAYOUTS, ids=range(len(LAYOUTS)))
def test_lines_in_reading_order(sheets: list[Sheet], wanted: list[str]) -> None:
    assert lines(*sheets) == wanted


def test_two_columns_are_read_one_after_the_other() -> None:
    sheet = Sheet().text(100, 120, "示范市人民政府关于印发水环境治理工作方案的通知")
    for i in range(10):
        sheet.text(60, 160 + 20 * i, f"左栏第{i}行的文字内容").text(320, 160 + 20 * i, f"右栏第{i}行的文字内容")
    found = lines(sheet)
    assert found[0].startswith("示范市")
    assert [words[:2] for words in found[1:]] == ["左栏"] * 10 + ["右栏"] * 10


def page(*rows: tuple[float, str], number: int = 1) -> Sheet:
    """Return a page of rows of 12 points: by how many characters each is indented, and its words."""
    sheet = Sheet().text(280, 800, f"— {number} —", 9)
    for i, (indent, words) in enumerate(rows):
        sheet.text(80 + 12 * indent, 100 + 22 * i, words)
    return sheet


def test_indented_paragraphs_are_whole_also_across_pages() -> None:
    full = "加强水环境质量监测推进污染防治完善责任落实制度确保各项任务按期完成"
    first = page((8, "工作方案"), (2, full[:-2]), (0, full), (0, "按期完成。"), (2, "一、治水"), (2, full[:-2]), number=1)
    second = page((0, full), (0, "下降。"), (2, full[:-2]), (2, "二、治气"), number=2)
    document = read(first, second)
    assert document.text.splitlines() == [
        "工作方案",
        f"{full[:-2]}{full}按期完成。",
        "一、治水",
        f"{full[:-2]}{full}下降。",
        full[:-2],  # what follows is indented again
        "二、治气",
    ]
    assert document.text[document.pages[1] :].startswith(f"{full}下降")


def test_lines_without_indents_are_left_as_they_are() -> None:
    full = "加强水环境质量监测推进污染防治完善责任落实制度确保各项任务按期完成"
    assert lines(page((0, full), (0, full), (0, "按期完成。"))) == [full, full, "按期完成。"]


def numbered(i: int, number: str, head: str = "示范市人民政府公报 2025年第3期") -> Sheet:
    return Sheet().text(200, 30, head, 9).text(80, 100, f"第{i}段正文。").text(80, 400, f"{i}").text(280, 800, number, 9)


NUMBERS = ["— {} —", "-{}-", "{}", "第{}页", "第 {} 页 共 4 页", "{}/4", "· {} ·", "－{}－"]


@pytest.mark.parametrize("form", NUMBERS)
def test_page_numbers_and_running_heads_are_left_out(form: str) -> None:
    document = read(*(numbered(i, form.format(i)) for i in range(1, 5)))
    assert document.text.splitlines() == [words for i in range(1, 5) for words in (f"第{i}段正文。", f"{i}")]
    assert [document.text[start:].split("\n")[0] for start in document.pages] == [f"第{i}段正文。" for i in range(1, 5)]


def test_what_stands_at_the_edge_once_stays() -> None:
    assert lines(Sheet().text(80, 40, "示政办〔2025〕3号").text(80, 400, "正文。").text(80, 790, "2025年3月5日印发")) == [
        "示政办〔2025〕3号",
        "正文。",
        "2025年3月5日印发",
    ]


XS = [60.0, 100.0, 300.0, 420.0, 540.0]
HEADING = ["序号", "任务", "牵头", "责任"]


def test_a_ruled_table_with_merged_cells() -> None:
    rows = [HEADING, ["1", "治水", "市水利局", "市城管局、市交通运\n输局"], ["2", "", "市教育局", ""], ["合计", "", "", ""]]
    sheet = (
        Sheet()
        .text(60, 80, "任务清单")
        .grid(XS, [110, 130, 170, 200, 230], rows, without="h21 v13 v23 v33")
        .text(60, 240, "注：下同。")
    )
    document = read(sheet)
    assert document.text.splitlines() == [
        "任务清单",
        "| 序号 | 任务 | 牵头 | 责任 |",
        "| 1 | 治水 | 市水利局 | 市城管局、市交通运输局 |",
        "| 2 |  | 市教育局 |  |",
        "| 合计 |  |  |  |",
        "注：下同。",
    ]
    (grid,) = document.grids
    spans = {cell.span.of(document.text): (cell.row, cell.column, cell.rows, cell.columns) for cell in grid.cells}
    assert (spans["治水"], spans["合计"]) == ((1, 1, 2, 1), (3, 0, 1, 4))


BOXES = [
    # open sides
    (Sheet().line(60, 100, 540, 100).line(60, 130, 540, 130).line(60, 160, 540, 160).line(300, 100, 300, 160)
     .text(70, 105, "任务").text(310, 105, "单位").text(70, 135, "治水").text(310, 135, "市水利局"), ["| 任务 | 单位 |", "| 治水 | 市水利局 |"]),
    # a frame around a page, a line under a heading: no tables
    (Sheet().grid([40, 555], [40, 800], []).line(60, 120, 500, 120).text(80, 100, "正文。").text(80, 130, "又一行。"), ["正文。", "又一行。"]),
    # a box with lines of its own within
    (Sheet().grid([60, 540], [100, 130, 400], [["专栏1 工程"], ["内容。"]]), ["专栏1 工程", "内容。"]),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "wanted"), BOXES, ids=range(len(BOXES)))
def test_what_lines_make_a_table(sheet: Sheet, wanted: list[str]) -> None:
    assert lines(sheet) == wanted


def test_a_table_goes_on_over_the_page() -> None:
    first = Sheet().text(60, 80, "清单").grid(XS, [700, 720, 745], [HEADING, ["1", "治水", "市水利局", "市城管局"]])
    second = Sheet().grid(XS, [90, 110, 140], [HEADING, ["2", "治气", "市生态环境局", ""]]).text(60, 160, "注。")
    document = read(first.text(280, 800, "- 1 -"), second.text(280, 800, "- 2 -"), Sheet().text(60, 100, "附件。"))
    assert document.text.splitlines() == [
        "清单",
        "| 序号 | 任务 | 牵头 | 责任 |",
        "| 1 | 治水 | 市水利局 | 市城管局 |",
        "| 2 | 治气 | 市生态环境局 |  |",
        "注。",
        "附件。",
    ]
    assert len(document.grids) == 1
    assert [document.text[start:][:3] for start in document.pages] == ["清单\n", "| 2", "附件。"]


def table(*rows: tuple[str, ...]) -> Table:
    cells = tuple(Words(words, r, c) for r, row in enumerate(rows) for c, words in enumerate(row))
    return Table(0, 0, 9, 9, tuple(range(len(rows[0]) + 1)), cells)


JOINS = [
    # a row that the page broke is one row
    ([("1", "加强监", "市水利局、")], [("", "管。", "市城管局"), ("2", "治气", "市教育局")],
     [("1", 0, 1), ("加强监管。", 0, 1), ("市水利局、市城管局", 0, 1), ("2", 1, 1), ("治气", 1, 1), ("市教育局", 1, 1)]),
    ([("1", "加强水环境质量的监测和", "市水利局")], [("", "监管。", "")], [("1", 0, 1), ("加强水环境质量的监测和监管。", 0, 1), ("市水利局", 0, 1)]),
    # a cell that holds for several rows goes on
    ([("治水", "甲。", "市水利局")], [("", "乙。", "市城管局")],
     [("治水", 0, 2), ("甲。", 0, 1), ("市水利局", 0, 1), ("乙。", 1, 1), ("市城管局", 1, 1)]),
    # an empty cell on the right says nothing of the bodies above
    ([("1", "甲。", "市水利局")], [("2", "乙。", "")], [("1", 0, 1), ("甲。", 0, 1), ("市水利局", 0, 1), ("2", 1, 1), ("乙。", 1, 1), ("", 1, 1)]),
]  # fmt: skip


@pytest.mark.parametrize(("above", "below", "wanted"), JOINS, ids=range(len(JOINS)))
def test_pieces_of_a_table_are_put_together(
    above: list[tuple[str, ...]], below: list[tuple[str, ...]], wanted: list[tuple[str, int, int]]
) -> None:
    made = joined(table(*above), table(*below))
    assert [(cell.text, cell.row, cell.rows) for cell in made.cells] == wanted


def test_a_scan_is_told_from_an_empty_file() -> None:
    for sheets in ([Sheet()], [Sheet().text(280, 800, "- 1 -"), Sheet().text(280, 800, "- 2 -")]):
        with pytest.raises(SourceError, match=r"is scanned, .*OCR"):
            read(*sheets, picture=True)
    assert read(Sheet().text(80, 100, "此件公开。")).text == "此件公开。\n"


def test_a_font_that_hides_its_characters() -> None:
    with pytest.raises(SourceError, match=r"fonts do not say .*OCR"):
        read(Sheet(font=NAMELESS).text(80, 100, "\ue000\ue001\ue002" * 9))


def test_broken_locked_and_endless_files(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf(*(Sheet().text(80, 100, "正文。") for _ in range(3)))
    with pytest.raises(SourceError, match="is damaged"):
        document_of(Path("a.pdf"), b"%PDF-1.7\n1 0 obj")
    locked = data.replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R/Encrypt<</Filter/Standard/V 1/R 2/O(" + b"a" * 32 + b")/U(" + b"b" * 32 + b")/P -4>>/ID[<00><00>]",
    )
    with pytest.raises(SourceError, match="is locked with a password"):
        document_of(Path("a.pdf"), locked)
    monkeypatch.setattr("kg.read.pdf.MAX_PAGES", 2)
    with pytest.raises(SourceError, match="has 3 pages, more than 2; split it"):
        document_of(Path("a.pdf"), data)


def test_a_cut_file_is_read_or_refused() -> None:
    data = pdf(Sheet().grid(XS, [100, 120, 140], [HEADING, ["1", "治水", "市水利局", ""]]))
    for end in range(0, len(data), 97):
        try:
            document = document_of(Path("a.pdf"), data[:end])
        except SourceError:
            continue
        assert document.text.strip()


def test_the_engine_is_let_go() -> None:
    data = pdf(Sheet().text(80, 100, "正文。"))
    for _ in range(50):
        document_of(Path("a.pdf"), data)
    assert len(pypdfium2.PdfDocument(data)) == 1
