"""Indicator tables one row a line, as a PDF has them: 1.职业技能培训人数(万人)  >4  预期性."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.extract.indicators.found import Found
from kg.extract.indicators.rows import EMPTY, KNOWN_UNIT, VALUE, clean, is_name, name_and_unit, read_aim, read_binding
from kg.model import Baseline
from kg.text import MappedText, simplify

HEAD = re.compile(r"^(?:序号)?(?:类别|领域)?(?:主要)?指标(?:名称)?.{0,60}(?:属性|性质|类型)$")
VALUE_HEAD = re.compile(r"(?P<year>20\d\d)年?|年均|累计|目标值?|规划值|现状")
ROW_END = re.compile(r"(?:约束性?|预期性?|指导性?)[】\]）)]?$")
CELL_EDGE = re.compile(r"(?<=[)）%])(?=[≥≤＞＜<>〔\d])|(?=(?:约束性|预期性|指导性)\s*$)")
NUMBER = re.compile(r"^\d{1,3}[.、．]?$")
LONGEST_ROW = 80  # characters of a row, and of a heading
MOST_BETWEEN = 2  # headings of groups between two rows
FEWEST = 2  # rows

Line = tuple[int, int]


def find_spaced_rows(copy: MappedText, lines: Sequence[Line]) -> Iterator[list[Found]]:
    r"""Yield the targets of each table whose rows are lines and whose cells stand apart by blanks.

    >>> from kg.text import map_text
    >>> copy = map_text("指 标   2025 年   属 性\n\n1.技能培训人数(万人)   >4   预期性\n\n2.补贴覆盖率(%)   100   约束性\n")
    >>> [(f.name, f.op, str(f.value), f.unit, f.year) for f in next(find_spaced_rows(copy, list(copy.paragraphs())))]
    [('技能培训人数', '>', '4', '万人', 2025), ('补贴覆盖率', '=', '100', '%', 2025)]
    """
    i = 0
    while i < len(lines):
        columns = _columns(copy.text[slice(*lines[i])])
        i += 1
        if not columns:
            continue
        found: list[Found] = []
        between = 0
        while i < len(lines) and between <= MOST_BETWEEN:
            words = copy.text[slice(*lines[i])]
            if len(words) > LONGEST_ROW or "。" in words or _columns(words):
                break
            one = _row(copy, *lines[i], columns) if ROW_END.search(words.strip()) else None
            between = 0 if one else between + 1
            found += [one] if one else []
            i += 1
        if len(found) >= FEWEST:
            yield found


def _columns(words: str) -> list[int | None]:
    """Return the years of the columns with values, ``None`` for one without; nothing where the line is no heading."""
    words = clean(words)
    if len(words) > LONGEST_ROW or HEAD.match(words) is None:
        return []
    return [int(match["year"]) if match["year"] else None for match in VALUE_HEAD.finditer(words)] or [None]


def _row(copy: MappedText, start: int, end: int, columns: Sequence[int | None]) -> Found | None:
    """Return the target of a row: its last column with a year, else its last value."""
    raw = simplify(copy.span(start, end).of(copy.pinned))
    fields = CELL_EDGE.sub(" ", raw.strip()).split()
    binding = read_binding(fields.pop()) if fields else None
    cells = fields[-len(columns) :]
    heads = fields[: -len(columns)]
    if binding is None or not heads or not all(EMPTY.match(cell) or VALUE.match(cell) or not is_name(cell) for cell in cells):
        return None
    unit = heads.pop() if len(heads) > 1 and KNOWN_UNIT.match(heads[-1]) and not NUMBER.match(heads[-1]) else None
    name, own = name_and_unit(clean("".join(heads[1:] if NUMBER.match(heads[0]) else heads)), "")
    dated = [year for year in columns if year is not None]
    stated = [(cell, year) for cell, year in zip(cells, columns, strict=True) if not EMPTY.match(cell)]
    last = [pair for pair in stated if dated and pair[1] == max(dated)] or stated[-1:]
    if not last or not is_name(name):
        return None
    aim = read_aim(last[0][0], name)
    if aim is None:
        return None
    before = next((pair for pair in stated if pair[1] and last[0][1] and pair[1] < last[0][1]), None)
    return Found(
        name, aim[0], aim[1], aim[2], own or unit or aim[3], last[0][1] or (max(dated) if dated else None), start, end,
        "table.spaced", baseline=_baseline(*before) if before else None, binding=binding, table=True,
    )  # fmt: skip


def _baseline(cell: str, year: int | None) -> Baseline | None:
    was = VALUE.match(cell)
    return Baseline(year, Decimal(was["value"].replace(",", ""))) if was and year else None
