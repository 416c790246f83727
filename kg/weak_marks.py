"""Numbers that prove to open items only by their run: 1 任务 / 2 任务 with a blank, 1,任务 / 2,任务 with a comma."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.numbering import Block, number_value
from kg.text import MappedText

_WORDS = r"[\u4e00-\u9fffA-Za-z“《‘「]"
# 3 月底前, 20 个 and 5 大工程 say how many, not which
MEASURES = (
    "(?:[年月日号时秒个户座所件批岁元万亿千百吨亩辆台套周届度余至到]|分(?!类|级|析|布|步)|项(?!目)|人(?!才|大|民|口|社|居|力|工)|公(?=里|顷|斤)"
    "|平(?=方|米)|立(?=方)|米|里|成(?!立|品|果)|处(?!置|理)|多(?=[个家项元万种])|家(?!庭|政|电)|条(?!件)|场(?!地|所|景|馆)|大(?!力|型|规模|数据|学)"
    "|天(?!然|气)|期(?!间)|名(?!录|牌|单)|种(?!植|业|子|养)|类(?!型)|次(?!生)|点(?!位)|倍|周(?!边))"
)
_COMMA = re.compile(rf"(?:(?P<digit>\d{{1,3}})|(?P<cn>[一二三四五六七八九十]{{1,3}}))[,，：:](?={_WORDS})")
_BLANK = re.compile(
    rf"(?:(?P<digit>\d{{1,2}})(?!{MEASURES})"
    rf"|(?P<cn>[一二三四五六七八九十]{{1,3}}))(?={_WORDS})"
)
_GAPS = 3  # blanks from which on a line is a table's row
SHORTEST = 4  # characters of an item


@dataclass(frozen=True, slots=True)
class _Mark:
    style: str
    value: int
    block: Block


def find_weak_marks(copy: MappedText) -> dict[int, Block]:
    r"""Return the blocks that such numbers open, by where they stand: each goes on with the one before, or comes before it.

    >>> from kg.text import map_text
    >>> copy = map_text("1 整治河道垃圾\n2 建设湿地公园\n5 个项目开工建设\n")
    >>> [(at, block.number) for at, block in find_weak_marks(copy).items()]
    [(0, '1'), (8, '2')]
    """
    runs: dict[str, list[_Mark]] = {}
    found: dict[int, Block] = {}
    for mark in _marks(copy):
        run = runs.setdefault(mark.style, [])
        if run and mark.value != run[-1].value + 1:
            found |= _proven(run)
            run.clear()
        run.append(mark)
    for run in runs.values():
        found |= _proven(run)
    return dict(sorted(found.items()))


def _proven(run: list[_Mark]) -> dict[int, Block]:
    least = 2 if run[0].value == 1 or run[0].style.startswith("comma") else 3
    return {mark.block.start: mark.block for mark in run} if len(run) >= least else {}


def _marks(copy: MappedText) -> Iterator[_Mark]:
    for start, end in copy.paragraphs():
        if end - start < SHORTEST:
            continue
        comma = _COMMA.match(copy.text, start, end)
        match = comma or _BLANK.match(copy.text, start, end)
        if match is None or (comma is None and not _set_apart(copy, match.end(), end)):
            continue
        words, family = (match["digit"], "digit") if match["digit"] else (match["cn"], "cn")
        value = number_value(words)
        if value:
            block = Block(family, 5 if family == "digit" else 3, words, value, start, match.end(), end, end)
            yield _Mark(f"{'comma' if comma else 'blank'} {family}", value, block)


def _set_apart(copy: MappedText, at: int, end: int) -> bool:
    """Say whether a blank stands behind the number, and hardly any in the rest of the line: no row of a table."""
    gaps = [i for i in range(at, min(end, at + 200)) if _is_gap(copy, i)]
    return gaps[:1] == [at] and len(gaps) <= _GAPS


def _is_gap(copy: MappedText, at: int) -> bool:
    between = copy.pinned[copy.offsets[at - 1] + 1 : copy.offsets[at]]
    return bool(between) and between.isspace() and "\n" not in between
