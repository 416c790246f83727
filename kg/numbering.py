"""How official documents number: 一、（一）1.（1）①, 第一章, 1.1; and the block that a number opens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.lines import CN_STOP, DIGIT_STOP, DOT, NAMED

_DIGITS = {char: i for i, char in enumerate("零一二三四五六七八九")} | {"〇": 0}
_CN = "一二三四五六七八九十百零〇"
# family → depth: numbering families nest in this order in every official document (党政机关公文格式: 一、（一）1.（1）)
_FAMILIES: tuple[tuple[str, float, str], ...] = (
    ("part", 0, rf"第(?P<v>[{_CN}\d]+)(?:编|部分)[、．.：:]?"),
    ("chapter", 1, rf"第(?P<v>[{_CN}\d]+)章[、．.：:]?"),
    ("division", 2, rf"第(?P<v>[{_CN}\d]+)节[、．.：:]?"),
    ("named", 3.5, NAMED),  # as deep as what it stands under says: sections.py
    ("article", 5, rf"第(?P<v>[{_CN}\d]+)条[、．.：:]?"),
    ("cn", 3, rf"(?P<v>[一二三四五六七八九十百]+){CN_STOP}"),
    ("cn_bracket", 4, rf"[（(](?P<v>[一二三四五六七八九十百]+)[)）][{DOT}]?"),
    ("digit", 5, rf"(?P<v>\d{{1,4}}){DIGIT_STOP}"),
    ("digit_bracket", 6, rf"[（(](?P<v>\d{{1,3}})[)）][{DOT}]?"),
    ("digit_half", 6, rf"(?P<v>\d{{1,2}})[)）][{DOT}]?"),
    ("circled", 7, rf"(?P<v>[①-⑳])[{DOT}]?"),
    ("cn_bracket", 4, r"(?P<v>[㈠-㈩])[、．.]?"),
    ("digit", 5, r"(?P<v>[⒈-⒛])"),
    ("digit_bracket", 6, r"(?P<v>[⑴-⒇])[、．.]?"),
)
_LOOSE = re.compile(r"(?P<v>\d{1,3})[.．、](?=\d)")  # 11.121人才梯队项目: a number only where 11 is due
# 1.1, 2.1.3: a figure (2.5万亩) is none, nor is what does not follow the one before
_DECIMAL = re.compile(
    r"(?P<v>\d{1,2}(?:[.．]\d{1,2}){1,3})[.．、]?(?=[\u4e00-\u9fffA-Za-z“《])"
    r"(?![万亿千百个家项倍公平吨亩米元度年月日分小天级版折寸人户辆座处台套次名条宗件份a-zA-Z])"
)
MARKERS = tuple((name, rank, re.compile(pattern)) for name, rank, pattern in _FAMILIES)


@dataclass(slots=True, eq=False)
class Block:
    """A heading or numbered item with its own text (``start`` to ``end`` of the working copy, children apart)."""

    family: str
    rank: float
    number: str | None
    value: int | None
    start: int
    mark_end: int  # where the marker ends and the words begin
    heading_end: int  # end of the paragraph that opens the block
    end: int
    parent: Block | None = None
    children: list[Block] = field(default_factory=list)
    annex: str | None = None  # the title of the annex that it stands in
    again: int = 1  # 2 for the second block of this number under the same heading, where numbering starts over

    def chain(self) -> list[Block]:
        """Return the blocks from the outermost down to this one."""
        return [*(self.parent.chain() if self.parent else []), self]

    def whole_end(self) -> int:
        """Return the end of the block with all that it holds."""
        return self.children[-1].whole_end() if self.children else self.end

    def walk(self) -> Iterator[Block]:
        """Yield the block and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


def number_value(words: str) -> int | None:
    """Return the number that Chinese, Arabic or circled numerals say.

    >>> [number_value(words) for words in ("十二", "二十", "7", "③", "㈡", "一百零八")]
    [12, 20, 7, 3, 2, 108]
    """
    if words.isascii() and words.isdigit():
        return int(words)
    for one, last in ("①⑳", "⑴⒇", "⒈⒛", "㈠㈩"):
        if len(words) == 1 and one <= words <= last:
            return ord(words) - ord(one) + 1
    total = digit = 0
    for char in words:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in "十百":
            total += max(1, digit) * (10 if char == "十" else 100)
            digit = 0
        else:
            return None
    return total + digit


def open_block(text: str, start: int, end: int, due: int | None = None) -> Block | None:
    """Return the block that opens at ``start``; ``due`` is the next number of the running count 1. 2. 3."""
    for name, rank, pattern in MARKERS:
        match = pattern.match(text, start, end)
        if match:
            words = match["v"] if name != "named" else next(filter(None, match.groups()))
            if len(words) == 4 and name == "digit" and 1900 <= int(words) <= 2100 and int(words) != due:
                return None  # 2025、2026年
            return Block(name, rank, words, number_value(words), start, match.end(), end, end)
    loose = _LOOSE.match(text, start, end)
    if loose and due is not None and int(loose["v"]) == due > 1:
        return Block("digit", 5, loose["v"], due, start, loose.end(), end, end)
    return None


def open_decimal(text: str, start: int, end: int, last: tuple[int, ...]) -> Block | None:
    """Return the block that opens with 1.1 or 2.1.3, if that follows the one before."""
    match = _DECIMAL.match(text, start, end)
    if not match:
        return None
    parts = decimal_parts(match["v"])
    at = len(parts) - 1
    next_one = parts[:-1] == last[:at] and len(last) > at and parts[-1] == last[at] + 1
    deeper = parts[-1] == 1 and (parts[:-1] == last or parts[0] > (last[0] if last else 0))
    if not (next_one or deeper or (parts[-1] == 1 and parts[:-1] > last[:at])):
        return None
    return Block("decimal", 5 + len(parts) / 10, match["v"].replace("．", "."), None, start, match.end(), end, end)


def decimal_parts(number: str | None) -> tuple[int, ...]:
    """Return the numbers that a decimal number is made of.

    >>> decimal_parts("2.1.3")
    (2, 1, 3)
    """
    return tuple(map(int, re.split("[.．]", number or "")))
