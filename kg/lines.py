"""Lines of a text, and which of them are one paragraph: what a page, a fixed width or a bracket broke is put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

DOT = "、．.﹒․"  # what stands behind a number: small and other full stops too
# the same, with 1.2024年6月底前……; · where words follow: 9·3 and 五·一 are days
CN_STOP = rf"(?:[{DOT}](?!\d)|[{DOT}](?=20\d\d年)|[·・‧](?![一二三四五六七八九十\d]))"
DIGIT_STOP = rf"(?:[{DOT}](?!\d)|[{DOT}](?=20\d\d年)|[·・‧](?=[\u4e00-\u9fff“《]))"
# 任务一：, （问题3）, 第一项：, 【行动二】
NAMED = (
    r"(?:重点|专项|主要|整改|改革)?(?:[（(【](?:任务|问题|项目|行动|工程|事项|实事)(?P<v1>[一二三四五六七八九十\d]{1,3})[)）】][：:、]?"
    r"|(?:任务|问题|项目|行动|工程|事项|实事)(?P<v2>[一二三四五六七八九十\d]{1,3})(?:[：:]|[、．.﹒](?!\d))"
    r"|第(?P<v3>[一二三四五六七八九十\d]{1,3})[项件](?:任务|行动|工程|工作|实事)?[：:、])"
)
# 一、 （一） 1. 1、 （1） ① 第一章: what opens a heading or an item; "2.5" and "3.5亿" do not
MARKER = re.compile(
    r"(?:第[一二三四五六七八九十百零〇\d]+[编章节条]|第[一二三四五六七八九十百零〇\d]+部分"
    rf"|[一二三四五六七八九十百]+{CN_STOP}|[（(][一二三四五六七八九十百]+[)）]|\d{{1,4}}{DIGIT_STOP}"
    rf"|[（(]\d{{1,3}}[)）](?:[{DOT}](?!\d))?|\d{{1,2}}[)）](?:[{DOT}](?!\d))?|[①-⒛㈠-㈩]"
    rf"|{re.sub('[(][?]P<v[123]>', '(?:', NAMED)})"
)
CLOSED = re.compile(r"[。！？；;：:!?…)）〕】]$")
BULLET = re.compile(r"[•●○◆◇■□▪▲★※➢►▶❖◎✓]|——|—(?=\S)")
# lines that are whole by themselves: 某政办发〔2020〕3号, a date, whom a letter is for
_ALONE = re.compile(
    r"[\u4e00-\u9fff]{2,12}[〔\[［(（]20\d\d[〕\]］)）]\d{1,4}号$|(?:20\d\d|[一二][〇○ＯO零一二三四五六七八九]{3})年.{1,3}月.{1,3}日$|[（(]此件.{2,10}[)）]$"
)
# a title on one line, perhaps with the site's name behind it; whom it is for, or a page's field, does not go on with it
_TITLE = re.compile(
    r"[^。；，,]{0,60}关于[^。；]{2,90}(?:的)?(?:通知|意见|决定|通报|公告|通告|函|报告|批复|方案|措施|办法)(?:[|｜_-].{2,24})?$"
)
_FIELD = re.compile(
    r"[^。，,；;]{0,3}(?:(?:发布|公开|印发|成文|生成)(?:时间|日期|机构)|来源|信息来源|作者|编辑|浏览|字体|日期|时间|索引号)[：:]|[^。]{2,160}[：:]$"
)
OPENERS, CLOSERS = "（(〔［[【〈", "）)〕］]】〉"
# 责任单位： with its bodies on the next line, or with a blank in place of the colon
LABEL = re.compile(r"(?:责任|牵头|配合|主办|协办|承办|落实|实施|参与|参加|协同)(?:单位|部门|处室|科室|股室)")
_LABEL_ALONE = re.compile(rf"[^：:。，,、；;]{{0,6}}{LABEL.pattern}[：:]$")
_OPENS_LABEL = re.compile(r"[^：:。，,、；;（(]{2,8}[：:]")
# 责任单位：市水利局、市人力资源 / 和社会保障局: a list of bodies whose last name a line's end broke
_LIST = re.compile(rf"(?:^|[。；;！）)])[^：:。，,、；;]{{0,6}}{LABEL.pattern}[：:][^。：:]+$")
# the rest of such a list: 保障局、市财政局; a whole sentence is none
_LIST_REST = re.compile("[^。；;，,：:！、]{0,16}[局委部厅署办府](?:、|[，,](?=[市省区县各])|[。；;]?$)")
_ENDS_LIST = "局委部厅署办府院会心队站所司团行社处科股室区县市州旗镇乡道企校等。.；;）)"
_MARK_ALONE = re.compile(rf"(?:{MARKER.pattern})$")
_FIGURE = re.compile(r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})$")
_SEEN = 40  # lines of a paragraph that are looked back upon: text may come one character a line
_ORDER_HEADING = ("序号", "编号", "序")  # a table's heading: a number alone on a line is a cell


@dataclass(frozen=True, slots=True)
class Line:
    """A cleaned line that holds text."""

    chars: list[str]
    offsets: list[int]
    heading: bool  # marked as a heading by Markdown
    table: bool
    width: int  # of the line as it stands in the source

    @property
    def text(self) -> str:
        """Return the line's words."""
        return "".join(self.chars)


def join_lines(lines: list[Line], *, whole: bool = False) -> Iterator[list[Line]]:
    """Yield the lines that one paragraph was broken into, a group a paragraph; ``whole`` ones were broken by people only.

    >>> lines = [Line(list(words), [0] * len(words), False, False, 20) for words in ("（责任单位：市教", "育局）", "2.加强监管")]
    >>> ["".join(line.text for line in group) for group in join_lines(lines)]
    ['（责任单位：市教育局）', '2.加强监管']
    """
    wrap = _wrap_width(lines)
    tabular = any(line.text in _ORDER_HEADING for line in lines)
    paragraph: list[Line] = []
    depth = 0
    for line in lines:
        if depth > 0 and line.text.isdigit() and len(line.chars) < 4:
            continue  # a page's number between the lines of a bracket that a page break tore apart
        torn = bool(paragraph) and not tabular and _mark_torn_off(paragraph, line)
        if paragraph and not torn and not _continues(paragraph, line, wrap, depth, whole=whole):
            yield paragraph
            paragraph, depth = [], 0
        paragraph.append(line)
        depth = max(0, depth + balance(line.chars))
    if paragraph:
        yield paragraph


def balance(chars: Iterable[str]) -> int:
    """Return how many more brackets open than close."""
    return sum((char in OPENERS) - (char in CLOSERS) for char in chars)


def _wrap_width(lines: list[Line]) -> int | None:
    """Return the width at which the text was hard-wrapped, or None.

    Many lines end there in the middle of a sentence and hardly one goes beyond: a list of short lines is not wrapped.
    """
    widths = sorted(line.width for line in lines if not line.table)
    if len(widths) < 12:
        return None
    widest = widths[int(len(widths) * 0.97)]
    if not 15 <= widest <= 60:
        return None
    torn = sum(
        widest - 3 <= line.width <= widest + 1 and not CLOSED.search(line.text) and not MARKER.match(following.text)
        for line, following in pairwise(lines)
        if not line.table
    )
    return widest if torn >= 0.3 * len(widths) else None


def _mark_torn_off(paragraph: list[Line], line: Line) -> bool:
    """Say whether a line is but the words of a number that stands alone above it: 「3.」 / 「推进改革」."""
    last = paragraph[-1]
    if len(paragraph) > 1 or line.table or last.table or line.heading or MARKER.match(line.text):
        return False
    return bool(_MARK_ALONE.match(last.text)) or (bool(_FIGURE.match(last.text)) and line.text[0] in "．.、")


def _names_bodies(paragraph: list[Line]) -> bool:
    """Say whether a paragraph ends with a list of bodies behind its label."""
    words = "".join(line.text for line in paragraph[-8:])[-400:]
    return ("：" in words or ":" in words) and _LIST.search(words) is not None


def _continues(paragraph: list[Line], line: Line, wrap: int | None, depth: int, *, whole: bool) -> bool:
    """Say whether ``line`` goes on with the sentence that ``paragraph`` left open.

    A sentence is left open by a bracket that is not closed, or by a line that ends without a full stop where it was as
    wide as lines are broken at. A heading (a marker, a ``#``) never continues anything.
    """
    last = paragraph[-1]
    if line.heading or line.table or last.table or _ALONE.match(line.text) or _ALONE.match(last.text):
        return False
    if last.heading:
        return False
    opening = MARKER.match(line.text) or BULLET.match(line.text)
    if depth > 0 and len(paragraph) < _SEEN and not (opening and not balance(line.chars) < 0):
        return True
    if line.text[0] in "、，,；;。":
        return True
    if _FIELD.match(line.text) and _TITLE.match("".join(part.text for part in paragraph[-3:])):
        return False
    if (
        _LABEL_ALONE.search(last.text)
        or last.text[-1] in "、，,"
        or (last.text[-1] not in _ENDS_LIST and _names_bodies(paragraph))
    ):
        return not opening and not _OPENS_LABEL.match(line.text)
    if opening or CLOSED.search(last.text):
        return False
    if _names_bodies(paragraph):
        return _LIST_REST.match(line.text) is not None  # 省审计厅、省国资委 / 深化行政执法改革。 are two
    if wrap is not None:
        return last.width >= wrap - 3
    if whole:
        return False
    # without a fixed width: prose (it holds a full stop or two commas), or a line too long for a heading, was broken by a page
    prose = re.search("[。；]|[，,].*[，,]", "".join(part.text for part in paragraph[-_SEEN:])) is not None
    return prose or last.width >= (45 if MARKER.match(last.text) else 30)
