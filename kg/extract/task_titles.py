"""What a task is called, and what stands above it."""

from __future__ import annotations

import re

from kg.extract.items import Item, heading_line
from kg.extract.units import only_side_notes
from kg.sections import heading_of
from kg.text import CLOSERS, MARKER, OPENERS

_QUOTES = "“‘「《"
_UNQUOTES = "”’」》"
_COUNT = re.compile(
    r"[\s\-*•·—●○◆◇■□▪▲★※➢►▶❖◎✓]*(?:[一二三四五六七八九十]{1,2}是|(?:项目|任务|事项|工作)(?:名称|内容)[：:]|(?:反馈|存在|整改|具体|主要)?问题(?:表现|描述|内容)?[：:]|任务[一二三四五六七八九十\d]{1,3}[：:])?"
)
# （一）深化用水改革，健全节水制度。……: two clauses make the heading of a section with its text on the same line
_TWOFOLD = re.compile(
    r"(?P<title>(?![以在按对到由将从向为于围根通据鼓凡各]|[\u4e00-\u9fff]{2,12}要)[\u4e00-\u9fff“”、]{4,18}[，,](?![并使确力实争])[\u4e00-\u9fff“”、]{4,18})。"
    r"(?=.{20})"
)
# 1.深化改革。（1）简化登记。……（甲局）（2）……: the heading of a list that runs on behind it
_LIST_HEADING = re.compile("[^。；;，,：:（(\n]{2,38}[。：:](?=[（(]1[)）])")
_SECOND = re.compile("[（(]2[)）]")
_COUNTED = re.compile(r"[（(]\d{1,2}[)）]")


def title_of(item: Item, text: str) -> str:
    """Return the item's leading phrase: its heading, or its first clause where it opens with a whole statement."""
    start = item.block.mark_end if item.part in (None, 1) else item.start
    listed = _list_heading(item, text)
    start = listed[1] if listed and item.part == 1 else start
    marker = MARKER.match(text, start, item.end) if start == item.start or listed else None
    start = marker.end() if marker else start
    count = _COUNT.match(text, start, item.end)
    start = count.end() if count else start
    stop = min((one.start for one in item.assigned), default=item.end)
    stop = max(start, min(stop, item.end))
    line_end = text.find("\n", start, stop)
    line_end = stop if line_end < 0 else line_end
    if start < item.block.heading_end < line_end and item.part in (None, 1):
        return heading_of(item.block, text)  # the table of contents says where it ends
    line = text[start:line_end]
    twofold = _TWOFOLD.match(line) if item.block.family in ("cn", "cn_bracket") and item.part in (None, 1) else None
    if twofold:
        return twofold["title"]
    more = not only_side_notes(text, line_end, stop)
    sentence = item.block.family == "plain" and line.endswith("。")
    if more and not sentence and not re.search("[。；;！]", line[:-1]):
        return line.rstrip("。；;：:，, ")
    return opening_of(line)


def row_title(own: str | None, words: str) -> str:
    """Return what a table's row is called: what a column of its own says, else its first clause."""
    marker = MARKER.match(own or words)
    line = (own or words)[marker.end() if marker else 0 :].strip()
    line = re.split("[|\n]", line)[0].strip()
    name = re.split("[。；;：:]", line)[0] if own else ""
    return name.rstrip("、，,") or opening_of(line).rstrip("、")


def opening_of(line: str) -> str:
    """Return a line up to its first stop or comma outside of brackets and quotes."""
    depth = 0
    for i, char in enumerate(line):
        depth += (char in OPENERS or char in _QUOTES) - (char in CLOSERS or char in _UNQUOTES)
        if depth <= 0 and char in "。，,；;":
            return line[:i]
    return line.rstrip("：: ")


def path_of(item: Item, text: str) -> tuple[str, ...]:
    """Return the headings that an item stands under, from the outermost on."""
    above = tuple(heading_line(block, text) for block in item.block.chain()[:-1])
    listed = _list_heading(item, text)
    return (*above, text[item.block.start : listed[1]].rstrip("。：:")) if listed else above


def _list_heading(item: Item, text: str) -> tuple[int, int] | None:
    """Return the heading in front of （1）（2） on one line, if each of them is a part of the item that is answered for apart."""
    heading = _LIST_HEADING.match(text, item.block.mark_end, item.block.heading_end) if item.part else None
    if heading is None:
        return None
    if item.part == 1:
        return None if _SECOND.search(text, heading.end(), item.end) else heading.span()
    return heading.span() if _COUNTED.match(text, item.start) else None
