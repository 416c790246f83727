"""What the columns of an indicator table hold, by their headings: 指标, 单位, 2020年基期, 2025年目标, 年均增速, 属性."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kg.extract.tables.columns import Cell, Row

Part = Literal["order", "group", "name", "unit", "base", "year", "target", "growth", "total", "binding", "other"]

YEAR = re.compile(r"(20\d\d)")
NUMBER = re.compile(r"^[≥≤><＞＜≧≦〔\[【]?-?\d(?!.*年)")
MAX_HEADING = 20
_AROUND = re.compile(r"[\s*]+")
_BRACKETS = re.compile(r"[（(〔\[【].*?[)）〕\]】]")
# the first that fits decides
_PARTS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    ("order", re.compile(r"^(?:序号|编号|序|No\.?)$", re.I)),
    ("binding", re.compile(r"属性|性质|指标类型|^类型$|约束")),
    ("unit", re.compile(r"^(?:计量|指标|数据)?单位$")),
    ("group", re.compile(r"^(?:指标)?(?:类别|分类|领域|维度|板块)$|^[一二]级指标$|^目标层$|^准则层$")),
    ("growth", re.compile(r"年均|增速|增长率|增幅")),
    ("total", re.compile(r"累计|五年|(?<!\d)5年")),
    ("base", re.compile(r"基期|基准|现状|实际|完成值|完成情况|基数|现值|预计")),
    ("year", re.compile(r"20\d\d")),
    ("name", re.compile(r"指标(?!值|目标|来源|责任|解释)|^(?:名称|项目|主要任务|内容|项目名称|考核内容)$")),
    ("target", re.compile(r"目标|规划值|计划|预期值|指标值|标准值|考核值|要求")),
)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table holds what."""

    parts: tuple[Part, ...]
    name: int
    base: tuple[int, int] | None  # column, year
    targets: tuple[tuple[int, int | None], ...]  # column, year
    spare: tuple[tuple[int, int | None], ...]  # totals and growth: where no target stands
    binding: int | None
    unit: int | None

    def is_growth(self, column: int) -> bool:
        """Say whether a column holds how much something changes each year."""
        return self.parts[column] == "growth"


def part_of(words: str) -> Part | None:
    """Return what a column with this heading holds, ``None`` where these are no words of an indicator table's heading.

    >>> [part_of(words) for words in ("指标名称", "单位", "2020年", "2025年目标", "责任单位", "森林覆盖率")]
    ['name', 'unit', 'year', 'year', None, None]
    """
    words = _AROUND.sub("", words)
    if not words or len(words) > MAX_HEADING or (NUMBER.match(words)):
        return None
    bare = _BRACKETS.sub("", words) or words
    return next((part for part, pattern in _PARTS if pattern.search(bare)), None)


def find_columns(rows: Sequence[Row], year: int | None) -> tuple[int, Columns] | None:
    """Return how many rows the heading takes (one or two) and the columns, if the rows open with one of an indicator table."""
    for depth in (2, 1):
        lines = [[_words(cell) for cell in row] for row in rows[:depth]]
        if len(lines) < depth or len({len(line) for line in lines}) > 1 or not all(map(_is_heading_line, lines)):
            continue
        heads = ["".join(dict.fromkeys(words for words in column if words)) for column in zip(*lines, strict=True)]
        if (columns := columns_of(heads, year)) is not None:
            return depth, columns
    return None


def columns_of(heads: Sequence[str], year: int | None) -> Columns | None:
    """Return what the columns with these headings hold, ``None`` where they make no indicator table.

    >>> columns_of(["指标", "2020年", "2025年", "属性"], None).targets
    ((2, 2025),)
    """
    parts: list[Part] = [part_of(head) or "other" for head in heads]
    names = [i for i, part in enumerate(parts) if part == "name"]
    if not names or any(NUMBER.match(head) for head in heads):
        return None
    dated = [(i, int(found[1])) for i, head in enumerate(heads) if (found := YEAR.search(head)) and parts[i] in ("base", "year")]
    last = max((when for i, when in dated if parts[i] == "year"), default=year)
    aims = [(i, when) for i, when in dated if parts[i] == "year" and (when == last or "目标" in heads[i] or "计划" in heads[i])]
    bases = [(i, when) for i, when in dated if (i, when) not in aims and (parts[i] == "base" or last is None or when < last)]
    targets: list[tuple[int, int | None]] = list(aims)
    targets += [(i, last) for i, part in enumerate(parts) if part == "target" and not aims]
    spare = [(i, last) for kind in ("total", "growth") for i, part in enumerate(parts) if part == kind]
    if not targets and not spare:
        return None
    marked = any("目标值" in head or "指标值" in head for head in heads)
    if not (marked or dated or {"binding", "unit", "order"} & {*parts}):
        return None
    return Columns(
        tuple(parts),
        names[-1],
        bases[0] if bases else None,
        tuple(targets),
        tuple(spare),
        _first(parts, "binding"),
        _first(parts, "unit"),
    )


def _words(cell: Cell | None) -> str:
    return _AROUND.sub("", cell.text) if cell else ""


def _is_heading_line(words: Sequence[str]) -> bool:
    """Say whether a line has two or more headings and no number of its own."""
    known = sum(part_of(word) is not None for word in words)
    return known >= min(2, len(words)) and not any(len(word) > MAX_HEADING or NUMBER.match(word) for word in words if word)


def _first(parts: Sequence[Part], part: Part) -> int | None:
    return next((i for i, one in enumerate(parts) if one == part), None)
