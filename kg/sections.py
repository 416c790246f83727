"""The document's own tree of headings and numbered items."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from kg.headings import end_of_heading
from kg.lines import DOT
from kg.numbering import MARKERS, decimal_parts, open_block, open_decimal
from kg.numbering import Block as Block
from kg.numbering import number_value as number_value
from kg.text import MappedText
from kg.weak_marks import find_weak_marks

# within a paragraph: behind a sentence's end; 一、 1. and （一） also right behind a heading that has no full stop
_INLINE = re.compile(
    rf"(?<=[。；;)）〕】])(?=(?:[一二三四五六七八九十]{{1,3}}|\d{{1,4}})[{DOT}])"
    r"|(?<=[^第其十一二三四五六七八九百零\W])(?=一、)|(?<=[：:])(?=一、)|(?<=[\u4e00-\u9fff])(?=\d{1,3}[.．、﹒][\u4e00-\u9fff])"
    r"|(?<=[^第、，,(（])(?=[（(][一二三四五六七八九十]{1,3}[)）])"
    r"|(?<=[^《“见及和与、])(?=第[一二三四五六七八九十]{1,3}[章节](?![的、，。》”第]))"
)
_INLINE_STOP = re.compile("[。；;)）〕】]")
_INLINE_FAMILIES = ("chapter", "division", "cn", "cn_bracket", "digit")
_BOX = re.compile(r"专栏\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?![、.．]\d)|(?P<list>附[件表]\s*[：:])")
_FIRST = re.compile(rf"1[{DOT}]")
_ANNEX = re.compile(r"附\s*[件表录]\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]?)?(?:[-—]\d{1,2})?\s*[：:]?\s*$")
_DATED = re.compile(r"(?:20\d\d|19\d\d|[一二][〇○ＯO零一二三四五六七八九]{3})年.{1,3}月.{1,3}日$")
_CLOSES = re.compile(
    r"(?:抄送|主送|抄报|分送)[：:]|[（(]此件.{2,14}[)）]$|扫一扫|.{0,6}(?:责任编辑|关闭窗口|打印本页|浏览次数|上一篇|下一篇)"
)
_SIGNER = re.compile(r"[\u4e00-\u9fff（）()\s]{4,40}(?:政府|委员会|办公[厅室]|局|厅|委|部|领导小组|院|会|指挥部|署)$")
_STOP = re.compile(r"[。；;！？]")
# who answers is no part of a heading: （一）治理河道（牵头单位：市水利局；配合单位：…）
_ASSIGNED = re.compile(
    r"(?<=.)[。]?[（(〔【](?=[^（）()〔〕【】。]{0,14}(?:单位|部门|科室|处室|领导|牵头|责任|责任人)[^（）()。]{0,4}[：:])"
)
REPEATED = 40  # characters from which on the same words are the same chapter


def read_outline(copy: MappedText, without: Sequence[tuple[int, int]] = (), begin: int = 0) -> list[Block]:
    """Return the outermost blocks; text before the first is nobody's (the preamble).

    Nothing opens before ``begin`` (the letter that comes before a plan), and stretches in ``without`` are passed over.
    A block's depth follows from its numbering family, so that numbering may restart in every section or run through.
    """
    roots: list[Block] = []
    stack: list[Block] = []
    count = 0
    box: _Box | None = None
    loose = False  # behind a signature, an annex' number or a table of tasks: nobody's until the next block
    annex: str | None = None
    decimal: tuple[int, ...] = ()  # the last of 1.1, 1.2, 1.2.1
    before = (0, 0)  # the end of the block before the last line was added, and where that line starts
    weak = find_weak_marks(copy)
    named = 0.0  # the depth of the last 任务一：
    for start, end in _pieces(copy, begin, weak):
        if any(a <= start < b for a, b in without):
            loose = True
            continue
        block = open_decimal(copy.text, start, end, decimal) or open_block(copy.text, start, end, count + 1) or weak.get(start)
        opens = _BOX.match(copy.text, start, end)
        if opens:
            box = _Box({above.family: above.value or 0 for above in _latest(stack)}, list_only=opens["list"] is not None)
            box.inside["digit"] = 1 if opens["list"] and _FIRST.match(copy.text, opens.end(), end) else 0
        elif box and not box.holds(block):
            box = None
        block = None if box else block
        count = block.value or 0 if block and block.family == "digit" else count
        if block is None:
            if _ANNEX.match(copy.text, start, end):
                loose, annex = True, ""
            elif annex == "":
                annex = copy.text[start:end]
            if stack and (_DATED.match(copy.text, start, end) or _CLOSES.match(copy.text, start, end)):
                loose = True
                if _SIGNER.fullmatch(copy.text, before[1], stack[-1].end):
                    stack[-1].end = before[0]
            if stack and not loose:
                before = (stack[-1].end, start)
                stack[-1].end = end
            continue
        block.heading_end = end_of_heading(copy, block)
        decimal = decimal_parts(block.number) if block.family == "decimal" else decimal
        loose, before = False, (end, end)
        if block.family == "named":
            block.rank = named = named if named and block.value != 1 else _depth_below(stack)
        while stack and stack[-1].rank >= block.rank:
            stack.pop()
        block.parent = stack[-1] if stack else None
        block.annex = annex or None
        (stack[-1].children if stack else roots).append(block)
        stack.append(block)
    found = _without_contents(_once(roots, copy.text), copy.text) if roots else list(_unnumbered(copy, without, begin))
    _tell_apart(found)
    return found


def _tell_apart(siblings: Sequence[Block]) -> None:
    """Count the blocks that have the same number under the same heading."""
    seen: Counter[int | str | None] = Counter()
    for block in siblings:
        step = block.value if block.value is not None else block.number
        seen[step] += step is not None
        block.again = max(1, seen[step])
        _tell_apart(block.children)


def _depth_below(stack: Sequence[Block]) -> float:
    """Return how deep 任务一： lies: right below a heading that holds no words, else below the chapters 一、."""
    bare = bool(stack) and stack[-1].end == stack[-1].heading_end and stack[-1].family != "named"
    return stack[-1].rank + 0.5 if bare else 3.5


def _once(roots: Sequence[Block], text: str) -> list[Block]:
    """Leave out chapters that a page holds a second time, word for word."""
    seen: set[tuple[str, int | None, str]] = set()
    kept: list[Block] = []
    for root in roots:
        words = (root.family, root.value, text[root.start : root.whole_end()].rstrip())
        if words not in seen or len(words[2]) < REPEATED:
            kept.append(root)
        seen.add(words)
    return kept


def _latest(stack: Sequence[Block]) -> Iterator[Block]:
    """Yield the open blocks and the last of what each of them holds."""
    for block in stack:
        yield block
        yield from block.children[-1:]


class _Box:
    """A box 专栏 within a plan, or the list of what is attached (附件：1.…): counted apart from the plan.

    ``list_only``: it ends with the first line that has no number.
    """

    def __init__(self, outside: dict[str, int], *, list_only: bool) -> None:
        self.outside = outside
        self.inside: dict[str, int] = {}
        self.list_only = list_only

    def holds(self, block: Block | None) -> bool:
        """Say whether a line belongs to the box; a numbered item does where it goes on with the box's count, which is noted."""
        if block is None:
            return not self.list_only
        value, family = block.value or 0, block.family
        if block.rank < 4 or value != self.inside.get(family, 0) + 1:
            return False
        if block.rank == 4 and value == self.outside.get(family, 0) + 1:
            return False  # （二） behind a box in （一）
        self.inside[family] = value
        return True


def _unnumbered(copy: MappedText, without: Sequence[tuple[int, int]], begin: int) -> Iterator[Block]:
    """Yield the sections of a text that counts nothing: a short line without a stop, with prose below."""
    lines = [(a, b) for a, b in copy.paragraphs() if a >= begin and not any(x <= a < y for x, y in without)]
    heads = [
        i
        for i, ((a, b), (c, d)) in enumerate(pairwise(lines))
        if i and 4 <= b - a <= 25 and d - c >= 40 and not re.search(r"[。；;，,：:！？|\d]", copy.text[a:b])
    ]
    if len(heads) < 2:
        return
    for head, following in zip(heads, [*heads[1:], len(lines)], strict=True):
        start, end = lines[head]
        yield Block("plain", 3, None, None, start, start, end, lines[following - 1][1])


def _pieces(copy: MappedText, begin: int, weak: Mapping[int, Block]) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs, cut where a following item opens within one (a chapter that stands on one line)."""
    last: dict[str, int | None] = {}
    running = {"digit": 0, "cn_bracket": 0}  # the last 1. 2. 3. and （一）（二） of a count that may run through the chapters
    for start, end in copy.paragraphs():
        if start < begin:
            continue
        cuts = [start]
        spots = [start, *(match.start() for match in _INLINE.finditer(copy.text, start, end))]
        opened = [open_block(copy.text, spot, end, running["digit"] + 1) for spot in spots]
        opened[0] = opened[0] or weak.get(start)
        begin_a_count = _beginnings(copy.text, opened)
        begin_a_count |= {i for i, block in enumerate(opened) if i and block and _begins_named(copy, block)}
        for i, (spot, block) in enumerate(zip(spots, opened, strict=True)):
            if block is None or block.value is None:
                continue
            headed = block.family in running and spot > start and _is_heading(copy.text, cuts[-1], spot)
            if block.family == "digit" and spot > start and not headed and not _INLINE_STOP.match(copy.text[spot - 1]):
                continue
            due = (last.get(block.family) or 0) + 1
            goes_on = block.family in running and block.value == running[block.family] + 1 > 1
            stopped = block.family == "cn_bracket" and copy.text[spot - 1] in "。；"
            follows = (block.value == due and due > 1) or (headed and block.value == running[block.family] + 1)
            follows = follows or (goes_on and stopped)
            if spot == start or (block.family in _INLINE_FAMILIES and (follows or i in begin_a_count)):
                if spot != start:
                    cuts.append(spot)
                last[block.family] = block.value
                if block.family in running:
                    running[block.family] = block.value
                for family, rank, _ in MARKERS:  # numbering below starts anew
                    if rank > block.rank:
                        last.pop(family, None)
        yield from zip(cuts, [*cuts[1:], end], strict=True)


def _beginnings(text: str, opened: Sequence[Block | None]) -> set[int]:
    """Return which of the marks on a line are the first of a count: a second one follows, or the first one below.

    二、 may be missing behind 一、加快发展（一）扩大消费。1.……2.…… where a page shows but the beginning.
    """
    found: set[int] = set()
    second: set[str] = set()  # families of which a 2 stands further on
    below: Block | None = None  # the mark that comes next, if it is the first of its count
    for i in range(len(opened) - 1, -1, -1):
        block = opened[i]
        if block is None:
            continue
        heads = below is not None and below.rank > block.rank and _is_heading(text, block.start, below.start)
        if block.value == 1 and (block.family in second or heads):
            found.add(i)
            below = block
        else:
            below = None
        if block.value == 2:
            second.add(block.family)
    return found


def _begins_named(copy: MappedText, block: Block) -> bool:
    """Say whether 一、 within a line opens a chapter by its name alone: ……制定本办法。一、主要目标到2025年……."""
    return block.family == "cn" and block.value == 1 and end_of_heading(copy, block) < block.heading_end


def _is_heading(text: str, start: int, end: int) -> bool:
    """Say whether a stretch is a heading right before its first item: 一、深化改革1.……, （二）推动创新。6.……."""
    return (
        end - start <= 40
        and re.match("[一二三四五六七八九十（(]", text[start]) is not None
        and not _STOP.search(text, start, end - 1)
    )


def _without_contents(roots: list[Block], text: str) -> list[Block]:
    """Drop a table of contents: leading blocks without text whose headings come again below.

    Where a heading below runs on into its text, the table of contents says where it ends.
    """
    later: dict[tuple[str, int | None], list[Block]] = {}
    for root in roots:
        for block in root.walk():
            later.setdefault((block.family, block.value), []).append(block)

    def repeated(block: Block) -> Block | None:
        name = _name(block, text)
        found = (other for other in later[block.family, block.value] if other.start > block.start)
        return next((other for other in found if name and text.startswith(name, other.mark_end)), None)

    def listed(block: Block) -> bool:
        bare = block.end == block.heading_end and not _STOP.search(text, block.mark_end, block.end)
        return bare and repeated(block) is not None and all(map(listed, block.children))

    first = next((root for root in roots if listed(root)), None)
    begins = repeated(first) if first else None
    if first is None or begins is None:
        return roots
    contents = [root for root in roots if first.start <= root.start < begins.start]
    for root in contents:
        for block in root.walk():
            again = repeated(block)
            if again is not None and again.end > again.mark_end + len(_name(block, text)):
                again.heading_end = min(again.heading_end, again.mark_end + len(_name(block, text)))
    return [root for root in roots if root not in contents]


def _name(block: Block, text: str) -> str:
    return re.sub(r"[\s.…·]+\d*$", "", text[block.mark_end : block.heading_end])


def heading_of(block: Block, text: str) -> str:
    r"""Return the words of a block's heading without its number: up to the first full stop, or its whole line.

    >>> from kg.text import map_text
    >>> copy = map_text("（二）推进产业转型。加快发展。\\n")
    >>> heading_of(read_outline(copy)[0], copy.text)
    '推进产业转型'
    """
    words = text[block.mark_end : block.heading_end]
    stop = _ASSIGNED.search(words) or re.search(r"[。；;！]|[：:]$", words)
    return words[: stop.start()] if stop else words
