"""Targets in a table: a name, what it was, what it is to be, and whether that binds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from kg.extract.indicator_found import Found
from kg.model import Baseline, Comparator, IndicatorKind

Binding = Literal["binding", "expected"]

NAME_HEAD = re.compile(r"指标(?!属性|性质|类型|类别|值|单位)|^(?:名称|项目|主要任务|内容)$")
UNIT_HEAD = re.compile(r"单位")
BINDING_HEAD = re.compile(r"属性|性质|类型|约束")
YEAR_HEAD = re.compile(r"(20\d\d)")
TOTAL_HEAD = re.compile(r"累计|五年|5年")
TARGET_HEAD = re.compile(r"目标|规划值|计划")
BASE_HEAD = re.compile(r"基期|基准|现状|实际|完成值|基数")
EMPTY = re.compile(r"^[\s—–\-－/／]*$")
NUMBER = re.compile(
    r"^(?P<op>[≥≤><＞＜≧≦]|不低于|不少于|大于|小于|不超过|约|达到)?=?(?P<value>-?\d[\d,]*(?:\.\d+)?)"
    r"(?P<unit>[%％‰])?(?P<after>以上|以下|以内|左右)?"
)
NAME_UNIT = re.compile(r"\s*[（(]([^（()）]{1,12})[)）]\s*$")
KNOWN_UNIT = re.compile(
    r"^(?:%|％|‰|.*[元吨亩个家项件人户座次年岁天辆台里米顷瓦时升分倍]|.*/.*|[kMGT]?W[hp]?|km2?|m[23]?|k?g|t|[GTP]B)$"
)
NOTHING = re.compile(r"(?:全部|基本)?(?:消除|清零|淘汰)|^无$|零增长")
EVERYTHING = re.compile(r"全覆盖|全部|百分之百")
ELSEWHERE = re.compile(r"(?:达到|完成|按).{0,10}(?:要求|标准|目标|任务|下达)|(?:国家|省|上级|市).{0,4}(?:要求|下达)")
OPERATORS: dict[str, Comparator] = {
    "≥": ">=", "≧": ">=", "不低于": ">=", "不少于": ">=", "以上": ">=", "达到": ">=", ">": ">", "＞": ">", "大于": ">",
    "≤": "<=", "≦": "<=", "不超过": "<=", "以内": "<=", "以下": "<=", "<": "<", "＜": "<", "小于": "<", "左右": "~", "约": "~",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column of a table holds what."""

    name: int
    base: tuple[int, int] | None  # column, year
    targets: tuple[tuple[int, int | None], ...]  # column, year; a column of totals holds for the last year
    binding: int | None
    unit: int | None


def find_table_indicators(lines: str, year: int | None) -> Iterator[Found]:
    r"""Yield the targets of a Markdown table; where a cell spans rows, the cells of the later rows have slid to the left.

    >>> table = "|指标|2020年|2025年|属性|\n|--|--|--|--|\n|森林覆盖率(%)|34.1|36.5|约束性|"
    >>> [(f.name, str(f.value), f.unit, f.baseline.year, f.binding) for f in find_table_indicators(table, 2025)]
    [('森林覆盖率', '36.5', '%', 2020, 'binding')]
    """
    columns: _Columns | None = None
    binding: Binding | None = None
    for match in re.finditer(r"[^\n]+", lines):
        cells = _cells(match[0])
        header = _columns(cells, year)
        if header is not None:
            columns, binding = header, None
        elif columns is not None and not all(EMPTY.match(cell) for cell in cells):
            found = _read_row(cells, columns, binding, match.span())
            if found is not None:
                binding = found.binding
                yield found


def _cells(line: str) -> list[str]:
    cells = line.strip().strip("|").split("|") if "|" in line else line.split("\t")
    return [re.sub(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])", "", cell) for cell in cells]


def _columns(cells: Sequence[str], year: int | None) -> _Columns | None:
    """Return what the columns hold if the cells are a heading of an indicator table."""
    names = [number for number, cell in enumerate(cells) if NAME_HEAD.search(cell) and not TOTAL_HEAD.search(cell)]
    years = [(number, int(match[1])) for number, cell in enumerate(cells) if (match := YEAR_HEAD.search(cell))]
    names = [number for number in names if not YEAR_HEAD.search(cells[number])]
    if not names or any(NUMBER.match(cell) and not YEAR_HEAD.search(cell) for cell in cells if not TOTAL_HEAD.search(cell)):
        return None
    last = max((when for _, when in years), default=year)
    bases = [(number, when) for number, when in years if BASE_HEAD.search(cells[number]) or (last is not None and when < last)]
    targets: list[tuple[int, int | None]] = [(number, when) for number, when in years if (number, when) not in bases]
    targets += [(number, last) for number, cell in enumerate(cells) if TOTAL_HEAD.search(cell) and not YEAR_HEAD.search(cell)]
    if not targets:
        targets = [(number, year) for number, cell in enumerate(cells) if TARGET_HEAD.search(cell) and number not in names]
    if not targets:
        return None
    return _Columns(
        names[-1],
        bases[0] if bases else None,
        tuple(targets),
        _column(cells, BINDING_HEAD, names[-1]),
        _column(cells, UNIT_HEAD, names[-1]),
    )


def _column(cells: Sequence[str], head: re.Pattern[str], after: int) -> int | None:
    return next((number for number, cell in enumerate(cells) if number > after and head.search(cell)), None)


def _read_row(cells: list[str], columns: _Columns, above: Binding | None, span: tuple[int, int]) -> Found | None:
    """Return the target of a row; ``above`` is the binding of the row above, for a cell that spans both."""
    at = _name_cell(cells, columns)
    if at is None:
        return None
    row = _Row(cells, at - columns.name)
    target = next(((row.cell(column), when) for column, when in columns.targets if row.cell(column)), None)
    if target is None:
        return None
    name, unit = _split_unit(cells[at])
    kind, op, value, own_unit = _read_target(target[0])
    return Found(
        name, kind, op, value, unit or row.cell(columns.unit) or own_unit, target[1], *span, f"table.{kind}",
        baseline=_baseline(row, columns), binding=_binding(row.cell(columns.binding)) or above, table=True,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a row, and by how many columns they have slid."""

    cells: list[str]
    shift: int

    def cell(self, column: int | None) -> str:
        """Return what belongs under a column, nothing for a dash."""
        if column is None or not 0 <= column + self.shift < len(self.cells):
            return ""
        cell = self.cells[column + self.shift]
        return "" if EMPTY.match(cell) else cell


def _baseline(row: _Row, columns: _Columns) -> Baseline | None:
    if columns.base is None:
        return None
    was = _number(row.cell(columns.base[0]))
    return None if was is None else Baseline(columns.base[1], was)


def _name_cell(cells: list[str], columns: _Columns) -> int | None:
    """Return which cell holds the name: the headed one, unless the cells have slid to the left."""
    if columns.name < len(cells) and _is_name(cells[columns.name]):
        return columns.name
    return next((number for number in range(min(columns.name, len(cells)) - 1, -1, -1) if _is_name(cells[number])), None)


def _is_name(cell: str) -> bool:
    return bool(re.search(r"[\u4e00-\u9fff]{2}", cell)) and not (
        EMPTY.match(cell) or NUMBER.match(cell) or _binding(cell) or ELSEWHERE.fullmatch(cell) or NOTHING.fullmatch(cell)
    )


def _split_unit(cell: str) -> tuple[str, str | None]:
    """Return the name and the unit that stands in its bracket: 农村生活污水治理率(%)."""
    match = NAME_UNIT.search(cell)
    if match and KNOWN_UNIT.match(match[1]):
        return cell[: match.start()], match[1]
    return cell, None


def _binding(cell: str) -> Binding | None:
    return "binding" if "约束" in cell else "expected" if re.search("预期|指导|引导", cell) else None


def _number(cell: str) -> Decimal | None:
    match = NUMBER.match(cell)
    if match:
        return Decimal(match["value"].replace(",", ""))
    return Decimal(0) if NOTHING.search(cell) else None


def _read_target(words: str) -> tuple[IndicatorKind, Comparator | None, Decimal | None, str | None]:
    """Return kind, operator, value and unit of what a cell sets as a target."""
    if match := NUMBER.match(words):
        op = OPERATORS.get(match["after"] or match["op"] or "", "=")
        return "quantitative", op, Decimal(match["value"].replace(",", "")), match["unit"]
    if NOTHING.search(words):
        return "zero", "=", Decimal(0), None
    if ELSEWHERE.search(words):
        return "delegated", None, None, None
    if EVERYTHING.search(words):
        return "zero", "=", Decimal(100), None
    return "trend", None, None, None
