"""Word documents: the numbers that Word generates, tables with merged cells, what is left out."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.model import Document
from kg.read import document_of
from kg.read.numerals import numeral

docx = pytest.importorskip("docx", reason="python-docx makes the files of these tests")

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def packed(body: str, numbering: str = "", styles: str = "", **parts: str) -> bytes:
    """Return a .docx with the given content; its parts are those of a file that Word wrote."""
    stream = io.BytesIO()
    related = "".join(
        f'<Relationship Id="r{i}" Type="http://x/{kind}" Target="{kind}.xml"/>' for i, kind in enumerate(("numbering", "styles"))
    )
    relation = "http://schemas.openxmlformats.org/package/2006/relationships"
    files = {
        "_rels/.rels": f'<Relationships xmlns="{relation}"><Relationship Id="r" Type="http://x/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{relation}">{related}</Relationships>',
        "word/document.xml": f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>",
        "word/numbering.xml": f"<w:numbering {W}>{numbering}</w:numbering>",
        "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
        **parts,
    }
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def read(data: bytes) -> Document:
    return document_of(Path("a.docx"), data)


def p(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def numbered(words: str, depth: int = 0, num: str = "1") -> str:
    return p(words, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr>')


def level(depth: int, style: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


OFFICIAL = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "chineseCounting", "%1、")
    + level(1, "chineseCountingThousand", "（%2）")
    + level(2, "decimal", "%3．")
    + level(3, "decimalEnclosedCircle", "%4")
    + "</w:abstractNum>"
)
LISTS = OFFICIAL + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'

NUMBERED = [
    # each level begins anew under the one above
    (
        "一、甲 （一）乙 （二）丙 1．丁 ①戊 二、己 （一）庚",
        [(0, "甲"), (1, "乙"), (1, "丙"), (2, "丁"), (3, "戊"), (0, "己"), (1, "庚")],
    ),
    # a level left out goes on with its own count
    ("一、甲 1．乙 2．丙 二、丁 1．戊", [(0, "甲"), (2, "乙"), (2, "丙"), (0, "丁"), (2, "戊")]),
    (" ".join([f"{numeral(i, 'chineseCounting')}、项" for i in range(1, 13)]), [(0, "项")] * 12),
]


@pytest.mark.parametrize(("wanted", "items"), NUMBERED)
def test_generated_numbers_stand_in_the_text(wanted: str, items: list[tuple[int, str]]) -> None:
    document = read(packed("".join(numbered(words, depth) for depth, words in items), LISTS))
    assert document.text.split() == wanted.split()


def test_lists_on_one_definition_count_together_unless_one_starts_over() -> None:
    lists = OFFICIAL + (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    rows = [("1", "甲"), ("2", "乙"), ("3", "丙"), ("3", "丁"), ("0", "戊")]  # list 0 is none
    document = read(packed("".join(numbered(words, 0, num) for num, words in rows), lists))
    assert document.text.split() == ["一、甲", "二、乙", "五、丙", "六、丁", "戊"]


def test_numbers_of_several_levels_and_of_a_style() -> None:
    lists = (
        '<w:abstractNum w:abstractNumId="7">'
        + level(0, "chineseCounting", "第%1章 ", '<w:pStyle w:val="H1"/>')
        + level(1, "decimal", "%1.%2 ", '<w:isLgl/><w:pStyle w:val="H2"/>')
        + '</w:abstractNum><w:num w:numId="4"><w:abstractNumId w:val="7"/></w:num>'
    )
    styles = (
        '<w:style w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="H2"><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    )
    body = "".join(
        p(words, f'<w:pStyle w:val="{style}"/>')
        for style, words in [("H1", "总则"), ("H2", "目标"), ("H2", "任务"), ("Loop", "无")]
    )
    assert read(packed(body, lists, styles)).text.splitlines() == ["第一章 总则", "1.1 目标", "1.2 任务", "无"]


NUMERALS = [
    (1, "chineseCounting", "一"),
    (10, "chineseCounting", "十"),
    (21, "chineseCountingThousand", "二十一"),
    (105, "chineseCountingThousand", "一百零五"),
    (110, "chineseCountingThousand", "一百一十"),
    (20, "ideographDigital", "二〇"),
    (12, "chineseLegalSimplified", "壹拾贰"),
    (3, "ideographTraditional", "丙"),
    (21, "decimalEnclosedCircle", "㉑"),
    (99, "decimalEnclosedCircle", "99"),
    (3, "decimalEnclosedParen", "⑶"),
    (7, "decimalFullWidth", "７"),
    (9, "decimalZero", "09"),
    (14, "upperRoman", "XIV"),
    (28, "lowerLetter", "bb"),
    (5, "a style of tomorrow", "5"),
    (1, "bullet", ""),
]


@pytest.mark.parametrize(("value", "style", "wanted"), NUMERALS)
def test_numerals(value: int, style: str, wanted: str) -> None:
    assert numeral(value, style) == wanted


def test_a_table_with_merged_cells() -> None:
    made = docx.Document()
    table = made.add_table(4, 3)
    rows = [
        ("目标任务", "牵头单位", "责任单位"),
        ("强化|监管", "市水利局", "市城管局\n市交通局"),
        ("", "市农业局", ""),
        ("合计", "", ""),
    ]
    for r, row in enumerate(rows):
        for c, words in enumerate(row):
            table.cell(r, c).text = words
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 1).merge(table.cell(3, 2))
    made.add_paragraph("表后说明。")
    stream = io.BytesIO()
    made.save(stream)
    document = read(stream.getvalue())
    assert document.text.splitlines() == [
        "| 目标任务 | 牵头单位 | 责任单位 |",
        "| 强化｜监管 | 市水利局 | 市城管局 市交通局 |",
        "|  | 市农业局 |  |",
        "| 合计 |  |  |",
        "表后说明。",
    ]
    cells = {cell.span.of(document.text): (cell.row, cell.column, cell.rows, cell.columns) for cell in document.grids[0].cells}
    assert cells["强化｜监管"] == (1, 0, 2, 1)
    assert cells["市农业局"] == (2, 1, 1, 1)


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def tc(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


TEXTS = [
    # soft line breaks and tabs
    (p("甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙"), "甲\n乙 丙"),
    # tracked changes as if all were accepted
    ("<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>", "新"),
    ("<w:p><w:moveFrom><w:r><w:t>前</w:t></w:r></w:moveFrom></w:p><w:p><w:moveTo><w:r><w:t>后</w:t></w:r></w:moveTo></w:p>", "后"),
    # hidden text, and what only looks so
    ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>显</w:t></w:r></w:p>", "显"),
    # a field: its result, not its code
    ("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>3</w:t></w:r></w:p>", "3"),
    # a link, a content control, a box to tick
    ("<w:p><w:hyperlink><w:r><w:t>附件</w:t></w:r></w:hyperlink></w:p>", "附件"),
    (f"<w:sdt><w:sdtPr/><w:sdtContent>{p('正文')}</w:sdtContent></w:sdt>", "正文"),
    ('<w:p><w:r><w:sym w:char="F0A3"/><w:t>是</w:t></w:r></w:p>', "□是"),
    # a generated table of contents
    ('<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
     f"<w:sdtContent>{p('一、总则1')}</w:sdtContent></w:sdt>{p('一、总则')}", "一、总则"),
    (p("一、总则 1", '<w:pStyle w:val="11"/>') + p("一、总则"), "一、总则"),
    # a text box stands behind its paragraph, once
    ("<w:p><w:r><mc:AlternateContent><mc:Choice>"
     f"<w:txbxContent>{p('框')}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>{p('框')}</w:txbxContent></mc:Fallback>"
     "</mc:AlternateContent><w:t>段</w:t></w:r></w:p>", "段\n框"),
    # a frame of one cell or column holds paragraphs
    (tbl(tc(p("专栏1 重点工程") + numbered("工程"))), "专栏1 重点工程\n一、工程"),
    (tbl(tc(p("甲")), tc(p("乙"))), "甲\n乙"),
    # a table in a cell: its words
    (tbl(tc(p("甲")) + tc(tbl(tc(p("乙")) + tc(p("丙"))) + p("丁"))), "| 甲 | 乙 丙 丁 |"),
    # a column of nothing but generated numbers
    (tbl(tc(numbered("")) + tc(p("甲")), tc(numbered("")) + tc(p("乙"))) + numbered(""), "| 一、 | 甲 |\n| 二、 | 乙 |"),
    # rows that begin further right, a deleted row
    (tbl("<w:trPr><w:gridBefore w:val='1'/></w:trPr>" + tc(p("甲")), tc(p("乙")) + tc(p("丙"))), "|  | 甲 |\n| 乙 | 丙 |"),
    (tbl("<w:trPr><w:del/></w:trPr>" + tc(p("删")) + tc(p("去")), tc(p("乙")) + tc(p("丙"))), "| 乙 | 丙 |"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "wanted"), TEXTS)
def test_what_is_text_in_word(body: str, wanted: str) -> None:
    styles = '<w:style w:styleId="11"><w:name w:val="toc 1"/></w:style>'
    assert read(packed(body + p("终"), LISTS, styles)).text.removesuffix("终\n").strip() == wanted


def test_headers_and_footers_are_left_out() -> None:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "页眉"
    made.sections[0].footer.paragraphs[0].text = "页脚"
    made.add_paragraph("正文")
    stream = io.BytesIO()
    made.save(stream)
    assert read(stream.getvalue()).text == "正文\n"


def test_the_strict_variant_of_the_format() -> None:
    parts = {
        "word/document.xml": '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main">'
        f"<w:body>{p('正文')}</w:body></w:document>"
    }
    assert read(packed("", **parts)).text == "正文\n"


WRONG = [
    (packed(p("文"))[:-60], "is damaged"),
    (packed(p("文")).replace(b"word/document.xml", b"word/documint.xml"), "is damaged"),
    (packed("<w:p>"), "is damaged"),
    (packed("", **{"word/document.xml": "<w:document xmlns:w='x'/>"}), "is damaged"),
    (
        packed(
            "", **{"word/document.xml": f'<!DOCTYPE a [<!ENTITY x "y">]><w:document {W}><w:body>{p("&x;")}</w:body></w:document>'}
        ),
        "declares entities",
    ),
    (packed("<w:sdt>" * 250 + "</w:sdt>" * 250), "is empty|damaged"),
    (packed(""), "is empty"),
    (b"PK\3\4 no archive", "is damaged"),
]


@pytest.mark.parametrize(("data", "message"), WRONG, ids=range(len(WRONG)))
def test_what_cannot_be_read_is_said_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message) as raised:
        read(data)
    assert "\n" not in str(raised.value)


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed(p("零" * 400_000))
    monkeypatch.setattr("kg.read.archive.MAX_PART", 1_000_000)
    with pytest.raises(SourceError, match="unpacks to more than 1 MB"):
        read(data)
