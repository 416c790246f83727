"""A working copy of a text: Simplified, joined, without markup; with the way back to the pinned offsets.

Documents come hard-wrapped, broken by pages, with blanks inside words and with HTML or Markdown left over. Rules below
decide what is one paragraph; nothing is guessed from a dictionary. The pinned text is never changed.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.lines import CLOSERS, LABEL, MARKER, OPENERS, Line, balance, join_lines
from kg.model import Evidence, Span

__all__ = ["CLOSERS", "MARKER", "OPENERS", "MappedText", "balance", "map_text", "simplify"]

TRADITIONAL_SHARE = 0.03  # of the Han characters; a Simplified text with a few old forms stays below 0.01
_IN_BOTH = frozenset("乾著瞭藉夥徵甚昇併佈覆餘")  # Traditional elsewhere, right in Simplified names: 乾县, 著名

_MARKUP = re.compile(
    r"<(?:br|/p|/div|/tr)\s*/?>|</?(?:sub|sup|b|i|u|em|strong|p|div|span|font|a|table|tr|td|th)\b[^<>\n]{0,200}>", re.I
)
# a page number that a conversion left within a line: 市发展－ 3 －改革委
_PAGE_WITHIN = re.compile(
    r"(?<=[\u4e00-\u9fff、，：:；。])\s*[－–—-]\s*\d{1,3}\s*[－–—-]\s*(?=[\u4e00-\u9fff、，])"
    r"|\s*第\s*\d{1,3}\s*页[\s,，/／]*共\s*\d{1,3}\s*页\s*"
)
_EMPHASIS = re.compile(r"\*{2,3}|__")
_HEADING = re.compile(r"^\s*#{1,6}\s*")
_PAGE_NUMBER = re.compile(
    r"^\s*(?:[-—－–·•]{1,2}\s*\d{1,4}\s*[-—－–·•]{1,2}|第\s*\d{1,4}\s*页(?:\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4})\s*$"
)
_TABLE_ROW = re.compile(r"^\s*\||\|\s*$|\|.*\||<t[dh]\b", re.I)  # a row, or a cell with its border
_CELL = re.compile(r"<t[dh]\b[^<>\n]{0,200}>|</tr\s*>", re.I)  # a table in HTML: its cells and rows end with a |
_LISTS = re.compile(
    r"(?:单位|部门|科室|处室|股室)(?:[：:]|\s+[\u4e00-\u9fff])|^\s*[|]|[|].*[|]|<t[dh]\b"
)  # a line in which a blank may separate names
_ENDS_BODY = "局委部厅署办府院会心队站所司团行社处科股室"
_WIDE = {i: chr(i - 0xFEE0) for i in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
# signs for parts of characters that a PDF gives instead of the characters, where NFKC leaves them or makes them Traditional
_RADICALS = str.maketrans(
    "⺎⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻤⻥⻦⻨⻩⻬⻮⻰⻳⼾",
    "兀母民虎西见角贝车长门青韦页风飞食马鬼鱼鸟麦黄齐齿龙龟户",
)
_PARAGRAPH = re.compile(r"[^\n]+")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"


@dataclass(frozen=True, slots=True)
class MappedText:
    """Text as it is read, with the pinned offset of each of its characters."""

    text: str
    offsets: array[int]  # one a character
    pinned: str

    def span(self, start: int, end: int) -> Span:
        """Return where ``text[start:end]`` stands in the pinned text."""
        if start >= end:
            at = self.offsets[start] if start < len(self.offsets) else len(self.pinned)
            return Span(at, at)
        return Span(self.offsets[start], self.offsets[end - 1] + 1)

    def evidence(self, start: int, end: int, rule: str) -> Evidence:
        """Return ``text[start:end]`` as evidence, read by ``rule``."""
        span = self.span(start, end)
        return Evidence(span, span.of(self.pinned), self.text[start:end].strip().replace("\n", ""), rule)

    def paragraphs(self, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
        """Yield start and end of each paragraph that is not empty, of the whole text or of a stretch."""
        for match in _PARAGRAPH.finditer(self.text, start, len(self.text) if end is None else end):
            yield match.span()


def map_text(pinned: str, *, whole: bool = False) -> MappedText:
    r"""Return the working copy of ``pinned``: one paragraph a line; ``whole``: its lines are paragraphs already.

    >>> copy = map_text("到 2025 年，PM<sub>2.5</sub> 平均浓度下降到每立方米四十微克以下，生态环境\n\n质量持续改善。")
    >>> copy.text
    '到2025年，PM2.5平均浓度下降到每立方米四十微克以下，生态环境质量持续改善。\n'
    >>> copy.span(7, 12).of(copy.pinned)
    'PM<sub>2.5'
    """
    simple = simplify(pinned)
    chars: list[str] = []
    offsets: array[int] = array("l")
    for paragraph in join_lines(list(_lines(simple)), whole=whole):
        for line in paragraph:
            chars.extend(line.chars)
            offsets.extend(line.offsets)
        if chars and chars[-1] != "\n":
            chars.append("\n")
            offsets.append(offsets[-1] + 1)
    return MappedText("".join(chars), offsets, pinned)


@cache
def _converter() -> Any:
    import opencc  # takes a while to load

    converter: Any = opencc
    return converter.OpenCC("t2s")


def simplify(text: str) -> str:
    """Return ``text`` in Simplified characters when it is Traditional, of the same length, else as it is.

    >>> simplify("確保環境信息公開率達到100%"), simplify("乾县水利局")
    ('确保环境信息公开率达到100%', '乾县水利局')
    """
    converted = _same_length(text)
    han = sum("\u4e00" <= char <= "\u9fff" for char in text)
    changed = sum(a != b and a not in _IN_BOTH for a, b in zip(text, converted, strict=True))
    return converted if changed > max(2, TRADITIONAL_SHARE * han) or (han < 60 and changed) else text


def _same_length(text: str) -> str:
    convert = _converter().convert
    whole: str = convert(text)
    if len(whole) == len(text):
        return whole
    return "".join(new if len(new := convert(char)) == 1 else char for char in text)


def _lines(text: str) -> Iterator[Line]:
    """Yield the cleaned lines that hold text."""
    start = 0
    for raw in re.split("(\r\n|\r|\n|\v|\f|\u2028|\u2029|(?=<tr\\b))", text):
        if raw.strip() and not _PAGE_NUMBER.match(raw):
            line = _clean(raw, start)
            if line.chars:
                yield line
        start += len(raw)


def _clean(raw: str, start: int) -> Line:
    skip = bytearray(len(raw))
    heading = _HEADING.match(raw)
    for match in (*_MARKUP.finditer(raw), *_PAGE_WITHIN.finditer(raw), *_EMPHASIS.finditer(raw), *([heading] if heading else [])):
        skip[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    table = bool(_TABLE_ROW.search(raw.strip()))
    edges = {match.start() for match in _CELL.finditer(raw)}
    lists = _LISTS.search(raw) is not None
    depth = 0  # within a bracket a blank may separate names too
    chars: list[str] = []
    offsets: list[int] = []
    pending = -1  # offset of a blank that may have to stay
    for i, char in enumerate(raw):
        if i in edges:
            chars.append("|")
            offsets.append(start + i)
        if skip[i] or char in _INVISIBLE:
            continue
        if char.isspace():
            pending = i if pending < 0 else pending
            continue
        if (
            pending >= 0
            and chars
            and (_separates(chars[-1], char) or ((lists or depth > 0) and _separates_names(chars, raw[i : i + 3])))
        ):
            chars.append(" ")
            offsets.append(start + pending)
        pending = -1
        if char in OPENERS:
            depth += 1
        elif char in CLOSERS and depth:
            depth -= 1
        chars.append(_plain(char))
        offsets.append(start + i)
    return Line(chars, offsets, bool(heading), table, _width(raw.strip()))


def _width(line: str) -> int:
    """Return how wide a line is on paper, in Han characters; Latin letters, digits and half-width signs are half as wide."""
    return len(line) - len(line.encode("ascii", "ignore")) // 2


def _separates(left: str, right: str) -> bool:
    """Say whether a blank between two characters is one that people meant: between Latin words only."""
    return left.isascii() and right.isascii() and left.isalpha() and right.isalpha()


def _separates_names(left: list[str], right: str) -> bool:
    """Say whether a blank stands between two bodies: 市教育局 市财政局; not within 牵 头 部 门."""
    word = "".join(left[-3:])
    if LABEL.fullmatch("".join(left[-4:])):
        return right[0] not in "：:|"
    return word[-1] in _ENDS_BODY and len(word) == 3 and " " not in word and len(right) == 3 and not re.search(r"[\s|]", right)


def _plain(char: str) -> str:
    """Return full-width letters and digits narrow and radicals as characters; punctuation stays."""
    if ord(char) in _RADICALS:
        return char.translate(_RADICALS)
    if "\u2f00" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff":
        return unicodedata.normalize("NFKC", char)
    return _WIDE.get(ord(char), char)
