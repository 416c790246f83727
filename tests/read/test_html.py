"""Web pages: the document without the site, its title, its tables, in any encoding."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from kg.cues import Cue, load_cues
from kg.errors import SourceError
from kg.model import Document
from kg.read import document_of
from kg.read.html.main import is_furniture

CUES = [pytest.param(cue, id=f"{table}-{cue.id}") for table, cues in load_cues("pages.toml").items() for cue in cues]


@pytest.mark.parametrize("cue", CUES)
def test_a_cue_of_pages_finds_its_matches_and_passes_its_rejects_over(cue: Cue) -> None:
    assert cue.matches
    assert [words for words in cue.matches if not cue.pattern.search(words)] == []
    assert [words for words in cue.rejects if cue.pattern.search(words)] == []


def read(page: str | bytes, name: str = "a.html") -> Document:
    return document_of(Path(name), page.encode() if isinstance(page, str) else page)


def lines(page: str | bytes) -> list[str]:
    return read(page).text.splitlines()


MENU = "".join(
    f'<li><a href="/{i}.html">{words}</a></li>' for i, words in enumerate(("首页", "政务公开", "办事服务", "互动交流"))
)
PROSE = "加强水环境质量监测，推进污染防治，完善责任落实制度，确保各项任务按期完成。"
TABLE = (
    "<table border=1><tr><th>序号</th><th>任务</th><th>责任单位</th></tr><tr><td>1</td><td rowspan='2'>治水</td><td>市水利局</td></tr>"
    "<tr><td>2</td><td>市城管局<br>市交通局</td></tr></table>"
)
FOOT = "<div class='footer'><p>主办：示范市人民政府办公室 承办：示范市大数据局</p><p>示范ICP备05000001号</p><p>网站地图</p></div>"
HEAD = f"<div class='header'><ul>{MENU}</ul></div><div class='crumb'>当前位置：<a href='/'>首页</a> &gt; <a href='/zc'>政策文件</a></div>"
AROUND = "<div class='bdsharebuttonbox'>分享到：</div><p>【打印】【关闭】</p><p>上一篇：<a href='/8'>关于某事的通知</a></p>"
RECORD = "<p>来源：市政府办公室　发布时间：2025-03-05 10:20　浏览次数：128</p>"
BODY = f"<p>一、总体要求</p><p>{PROSE}</p><p>二、重点任务</p><p>{PROSE}（责任单位：市水利局）</p>{TABLE}<p>附件：<a href='1.doc'>任务清单.doc</a></p>"
WANTED = [
    "一、总体要求",
    PROSE,
    "二、重点任务",
    f"{PROSE}（责任单位：市水利局）",
    "| 序号 | 任务 | 责任单位 |",
    "| 1 | 治水 | 市水利局 |",
    "| 2 |  | 市城管局 市交通局 |",
    "附件：任务清单.doc",
]
TITLE = "示范市2025年水环境治理工作方案"

PAGES = [
    # the document in a place that the content system names
    f"<html><head><title>{TITLE}-示范市人民政府网站</title></head><body>{HEAD}<div class='main'><h1>{TITLE}</h1>{RECORD}"
    f"<div class='TRS_Editor'>{BODY}</div>{AROUND}</div>{FOOT}</body></html>",
    # in a place without a name
    f"<html><head><meta name='ArticleTitle' content='{TITLE}'></head><body>{HEAD}<div><div><p>{TITLE}</p>{RECORD}{BODY}</div></div>"
    f"{AROUND}{FOOT}</body></html>",
    # a page laid out with tables, the site's menu in one, the document in a cell
    f"<html><head><title>{TITLE}</title></head><body><table><tr><td>{HEAD}</td></tr></table><table><tr><td><ul>{MENU}</ul></td>"
    f"<td><table><tr><td>{RECORD}</td></tr><tr><td id='zoom'>{BODY}</td></tr></table>{AROUND}</td></tr></table>{FOOT}</body></html>",
    # what is left of a page when only the document was saved; its title broken in two lines
    f"<meta name='ArticleTitle' content='{TITLE}'><p align=center>示范市2025年水环境</p><p align=center>治理工作方案</p>{BODY}",
    # programs, styles, comments, what is not shown
    f"<title>{TITLE}</title><style>.a{{color:red}}</style><script>var a = '<p>二、重点任务</p>';</script>"
    f"<!-- <p>旧</p> --><div style='display: none'>不显示的字</div><form><input value='搜索'><select><option>选择</option></select></form>{BODY}",
]


@pytest.mark.parametrize("page", PAGES, ids=range(len(PAGES)))
def test_the_document_without_the_site(page: str) -> None:
    assert lines(page) == [TITLE, *WANTED]


def test_tables_are_grids() -> None:
    document = read(PAGES[0])
    (grid,) = document.grids
    assert [(cell.span.of(document.text), cell.row, cell.column, cell.rows) for cell in grid.cells[3:6]] == [
        ("1", 1, 0, 1),
        ("治水", 1, 1, 2),
        ("市水利局", 1, 2, 1),
    ]


FRAGMENTS = [
    # blocks, breaks, blanks, characters by name
    ("<p>甲<br>乙</p>丙<div>丁 \n 戊&nbsp;己</div>", ["甲", "乙", "丙", "丁 戊 己"]),
    ("<p>PM<sub>2.5</sub>浓度<b>下降</b><span>3%</span></p>", ["PM2.5浓度下降3%"]),
    # lists with numbers that the browser writes
    ("<ol><li>甲<li>乙</ol><ul><li>丙</ul>", ["1. 甲", "2. 乙", "丙"]),
    ("<ol start=3 type=A><li>甲<li value=7>乙<li>丙</ol>", ["C. 甲", "G. 乙", "H. 丙"]),
    ("<ol style='list-style-type: none'><li>1.甲</ol>", ["1.甲"]),
    ("<ol class='custom_cn2'><li><p>甲</p></li><li><p>乙</p></li></ol>", ["（一）", "甲", "（二）", "乙"]),
    # a record is no table of data: 发文机关 beside its name
    ("<table><tr><td>发文机关：</td><td>市政府</td></tr></table><p>正文</p>", ["发文机关： 市政府", "正文"]),
    # a table around the whole text, with its record on top
    (f"<table><tr><td>文号</td><td>1号</td></tr><tr><td>日期</td><td>5月</td></tr><tr><td colspan=2><p>{PROSE * 9}</p><p>{PROSE}</p></td>"
     "</tr></table>", [PROSE * 9, PROSE]),
    # a small table in a cell of a table
    ("<table><tr><td>任务</td><td>单位</td></tr><tr><td>甲乙丙丁戊己庚辛</td><td><table><tr><td>子</td><td>丑</td></tr></table></td></tr></table>",
     ["| 任务 | 单位 |", "| 甲乙丙丁戊己庚辛 | 子 丑 |"]),
    # spans that lie
    ("<table><tr><td rowspan=99999999>任务</td><td colspan=0>单位</td></tr><tr><td rowspan=-2>市水利局</td></tr><tr><td>子<td>丑</table>",
     ["| 任务 | 单位 |  |", "|  | 市水利局 |  |", "|  | 子 | 丑 |"]),
    # a page that ends in the middle of a tag
    ("<p>甲</p><p>乙</p><a hre", ["甲", "乙"]),
]  # fmt: skip


@pytest.mark.parametrize(("page", "wanted"), FRAGMENTS, ids=range(len(FRAGMENTS)))
def test_what_is_text_in_a_page(page: str, wanted: list[str]) -> None:
    assert lines(f"<html><body>{page}</body></html>") == wanted


DECLARED = "<html><head><meta http-equiv='Content-Type' content='text/html; charset={}'></head><body><p>{}</p></body></html>"
ENCODED = [
    ("gb2312", "gb18030", "镕基、喆、㛃：责任单位", "gb18030"),  # says GB 2312, but holds more than that
    ("gbk", "utf-8", "责任单位：市水利局", "utf-8"),  # says the wrong thing
    ("big5", "big5", "責任單位：市水利局，加強管理。", "big5hkscs"),
    ("utf-8", "utf-8-sig", "责任单位：市水利局", "utf-8"),
    ("utf-16", "utf-16", "责任单位：市水利局", "utf-16"),
    ("", "gb18030", "责任单位：市水利局，加强管理。", "gb18030"),
]


@pytest.mark.parametrize(("declared", "encoding", "words", "found"), ENCODED)
def test_the_encoding_of_a_page(declared: str, encoding: str, words: str, found: str) -> None:
    document = read(DECLARED.format(declared, words).encode(encoding))
    assert (document.text, document.encoding) == (f"{words}\n", found)


def test_a_byte_that_is_lost_costs_only_itself() -> None:
    page = DECLARED.format("gb2312", PROSE * 30).encode("gb18030")
    document = read(page[:200] + b"\xff" + page[200:])
    assert document.text.count("\ufffd") == 1
    assert document.encoding == "gb18030"


def test_a_saved_page_with_its_pictures() -> None:
    page = (
        b"From: <Saved by Blink>\r\nSubject: =?utf-8?B?5pS/562W?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        b'\ttype="text/html";\r\n\tboundary="B"\r\n\r\n--B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: '
        b"quoted-printable\r\n\r\n<html><body><p>=E8=B4=A3=E4=BB=BB=E5=8D=95=\r\n=E4=BD=8D</p></body></html>\r\n--B\r\n"
        b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--B--\r\n"
    )
    assert read(page, "a.mhtml").text == "责任单位\n"
    with pytest.raises(SourceError, match="without a page in it"):
        read(page.replace(b"text/html", b"text/x"), "a.mht")


NAMES = [
    ("a.txt", f"\n<!DOCTYPE html>\n<html><body><p>{PROSE}</p></body></html>", f"{PROSE}\n"),  # a page, whatever its name
    ("a.html", PROSE, PROSE),  # no page, whatever its name
    ("a.doc", f"<html xmlns:o='urn:schemas-microsoft-com:office:office'><body><p>{PROSE}</p></body></html>", f"{PROSE}\n"),
    ("a.md", f"# 标题\n\n{TABLE}\n{PROSE}", f"# 标题\n\n{TABLE}\n{PROSE}"),  # Markdown with a table stays as it is
    ("a.htm", f"<p>{PROSE}</p>", f"{PROSE}\n"),
]


@pytest.mark.parametrize(("name", "content", "text"), NAMES)
def test_content_decides_what_is_a_page(name: str, content: str, text: str) -> None:
    assert read(content, name).text == text


@pytest.mark.parametrize("page", ["<html></html>", "<html><body><script>load()</script><div id=app></div></body></html>"])
def test_a_page_that_a_program_fills_later(page: str) -> None:
    with pytest.raises(SourceError, match=r"without any text .*; copy the text"):
        read(page)


@pytest.mark.parametrize("line", ["（责任单位：市水利局）", "下载任务清单", "2025年3月5日", "大", "首页建设由市大数据局负责。"])
def test_lines_of_a_document_are_no_furniture(line: str) -> None:
    assert is_furniture(line) is (line == "大")


DEEP = ["<div>" * 30_000, "<table><tr><td>" * 3_000, "<p>" + "<b>" * 9_000]


@pytest.mark.parametrize("opening", DEEP, ids=range(len(DEEP)))
def test_deep_pages_are_read_or_refused(opening: str) -> None:
    with suppress(SourceError):
        assert PROSE in read(f"<html><body>{opening}{PROSE}").text


def test_what_stands_deep_within_is_not_lost() -> None:
    assert lines("<html><body>" + "<table><tr><td>" * 100 + PROSE) == [PROSE]


def test_long_lists_are_numbered_in_time() -> None:
    assert lines("<ol>" + "<li>甲" * 20_000)[-1] == "20000. 甲"
