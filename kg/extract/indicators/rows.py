"""A row of an indicator table as a target: its name, its unit, what it was, what it is to be, whether it binds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from kg.extract.indicators.columns import Columns
from kg.extract.indicators.found import Found
from kg.extract.indicators.names import is_lower_better, is_metric
from kg.extract.indicators.quantities import unit_at
from kg.extract.tables.columns import Row
from kg.model import Baseline, Comparator, IndicatorKind

Binding = Literal["binding", "expected"]
Aim = tuple[IndicatorKind, Comparator | None, Decimal | None, str | None]

EMPTY = re.compile(r"^[\s—–\-－/／…]*$")
VALUE = re.compile(
    r"^(?P<change>(?:年均|累计|比?20\d\d年|较?上年)*(?:下降|降低|减少|压减|削减|增长|提高|上升|增加|提升))?"
    r"(?P<op>[≥≤><＞＜≧≦]=?|不低于|不少于|大于|小于|不超过|约|达到|控制在|高于|低于|超过|保持在|稳定在)?=?"
    r"(?P<value>-?\d[\d,]*(?:\.\d+)?)(?:[-—–~～至](?=\d)[\d.]+)?(?P<rest>.*)$"
)
AFTER = re.compile(r"(?:及?以上|及?以下|以内|之内|左右)")
CUMULATIVE = re.compile(r"^[〔\[【(（](.*)[〕\]】)）]$")
NAME_UNIT = re.compile(r"\s*[（(〔\[]([^（()）〔〕]{1,12})[)）〕\]]\s*$")
KNOWN_UNIT = re.compile(
    r"^(?:%|％|‰|‱|.*[元吨亩个家项件人户座次年岁天辆台里米顷瓦时升分倍册条处所张只套级头克辖位名部颗群艘架列]|.*/.*"
    r"|[kMGT]?W[hp]?|km2?|m[23]?|k?g|t|[GTP]B|.*吨标准煤|.*标煤|.*千瓦|℃|dB|.*百分点)$"
)
NUMBERING = re.compile(r"^(?:\d{1,3}[.、．)）]|[（(]\d{1,3}[)）]|[①-⑳]|[*＊]+|[-—•])\s*")
FOOTNOTE = re.compile(r"(?:[①-⑳*＊#]+|(?<=[\u4e00-\u9fff）)])[1-9])$")
WITHIN = re.compile(r"^其中[：:，]?\s*")
NOTHING = re.compile(r"(?:全部|基本)?(?:消除|清零|淘汰)|^无$|零增长")
EVERYTHING = re.compile(r"全覆盖|全部|百分之百")
ELSEWHERE = re.compile(
    r"(?:达到|完成|按).{0,10}(?:要求|标准|目标|任务|下达)|(?:国家|省|上级|市).{0,4}(?:要求|下达|核定|考核|为准)|以.{2,12}下达"
)
DIRECTION = re.compile(
    r"持续|稳步|稳中|逐步|逐年|保持|稳定|改善|提升|提高|下降|降低|增长|增加|向好|优于|不降低|不减少|上升|同步|高于|达标|优良|合格"
)
LONGEST_AIM = 30  # characters; a longer cell is a statement
OPERATORS: dict[str, Comparator] = {
    "≥": ">=", "≧": ">=", ">=": ">=", "≥=": ">=", "不低于": ">=", "不少于": ">=", "以上": ">=", "及以上": ">=", "达到": ">=",
    "超过": ">=", ">": ">", "＞": ">", "大于": ">", "高于": ">", "≤": "<=", "≦": "<=", "<=": "<=", "≤=": "<=", "不超过": "<=",
    "控制在": "<=", "以内": "<=", "之内": "<=", "以下": "<=", "及以下": "<=", "<": "<", "＜": "<", "小于": "<", "低于": "<",
    "左右": "~", "约": "~", "保持在": "=", "稳定在": "=",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Above:
    """What the rows above leave to the next: the name and unit of the last whole indicator, and whether it binds."""

    name: str = ""
    binding: Binding | None = None
    unit: str | None = None


def read_row(cells: Row, columns: Columns, above: Above, *, marked: bool) -> Iterator[Found]:
    """Yield the targets of a row; in a table whose format does not say what spans what, its cells may have slid to the left."""
    words = [clean(cell.text) if cell else "" for cell in cells]
    at = _name_cell(words, columns, marked)
    if at is None:
        return
    row = _Row(words, 0 if marked else at - columns.name)
    name, unit = name_and_unit(words[at], above.name)
    start = min(cell.start for cell in cells if cell and cell.text)
    end = max(cell.end for cell in cells if cell and cell.text)
    unit = unit or row.cell(columns.unit) or (above.unit if WITHIN.match(words[at]) else None)
    stated = [(column, when) for column, when in columns.targets if row.cell(column)]
    spare = [(column, when) for column, when in columns.spare if row.cell(column)]
    for column, when in stated or spare[:1]:
        aim = read_aim(row.cell(column), name, growth=columns.is_growth(column))
        if aim is None or not name:
            continue
        kind, op, value, own = aim
        yield Found(
            name, kind, op, value, unit or own, when, start, end, f"table.{kind}",
            baseline=_baseline(row, columns),
            binding=read_binding(row.cell(columns.binding)) or (None if marked else above.binding), table=True,
        )  # fmt: skip


def clean(words: str) -> str:
    """Return a cell's words without the blanks and breaks within them."""
    return re.sub(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])|\|", "", words)


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a row, and by how many columns they have slid."""

    cells: Sequence[str]
    shift: int

    def cell(self, column: int | None) -> str:
        """Return what belongs under a column, nothing for a dash."""
        if column is None or not 0 <= column + self.shift < len(self.cells):
            return ""
        cell = self.cells[column + self.shift]
        return "" if EMPTY.match(cell) else cell


def _baseline(row: _Row, columns: Columns) -> Baseline | None:
    if columns.base is None:
        return None
    was = _number(row.cell(columns.base[0]))
    return None if was is None else Baseline(columns.base[1], was)


def _name_cell(words: Sequence[str], columns: Columns, marked: bool) -> int | None:
    """Return which cell holds the name: the headed one, unless the cells have slid to the left."""
    if columns.name < len(words) and is_name(words[columns.name]):
        return columns.name
    if marked:
        return None
    return next((i for i in range(min(columns.name, len(words)) - 1, -1, -1) if is_name(words[i])), None)


def is_name(cell: str) -> bool:
    """Say whether a cell may name an indicator."""
    return bool(re.search(r"[\u4e00-\u9fff]{2}", cell)) and not (
        EMPTY.match(cell) or VALUE.match(cell) or read_binding(cell) or ELSEWHERE.fullmatch(cell) or NOTHING.fullmatch(cell)
    )


def name_and_unit(cell: str, above: str) -> tuple[str, str | None]:
    """Return the name and the unit that stands in its bracket; what is 其中 borrows the name above where it has none.

    >>> name_and_unit("1.农村生活污水治理率（%）", "")
    ('农村生活污水治理率', '%')
    >>> name_and_unit("其中：农村", "居民人均可支配收入")
    ('农村居民人均可支配收入', None)
    """
    cell = FOOTNOTE.sub("", cell)
    match = NAME_UNIT.search(cell)
    unit = match[1] if match and KNOWN_UNIT.match(match[1]) else None
    name = cell[: match.start()] if match and unit else cell
    part = WITHIN.match(name)
    name = NUMBERING.sub("", WITHIN.sub("", name))
    if part and above and not is_metric(name) and len(name) <= 8:
        overlap = next((n for n in (4, 3, 2) if name.endswith(above[:n])), 0)
        name += above[overlap:]
    return FOOTNOTE.sub("", name).strip("：:、"), unit


def read_binding(cell: str) -> Binding | None:
    """Return whether an indicator must be met (约束性) or is expected to be (预期性)."""
    if len(cell) > 10:
        return None
    return "binding" if "约束" in cell else "expected" if re.search("预期|指导|引导", cell) else None


def _number(cell: str) -> Decimal | None:
    bare = CUMULATIVE.sub(r"\1", cell)
    if (match := VALUE.match(bare)) and not match["change"]:
        return Decimal(match["value"].replace(",", ""))
    return Decimal(0) if NOTHING.search(cell) else None


def read_aim(words: str, name: str, *, growth: bool = False) -> Aim | None:
    """Return kind, operator, value and unit of what a cell sets as a target, ``None`` where it is a statement.

    >>> [aim[1:] for cell in ("≥36.5", "〔18〕", "下降15%") if (aim := read_aim(cell, "森林覆盖率"))]
    [('>=', Decimal('36.5'), None), ('=', Decimal('18'), None), ('-=', Decimal('15'), '%')]
    """
    growth = growth and not CUMULATIVE.match(words)
    words = CUMULATIVE.sub(r"\1", words)
    match = VALUE.match(words)
    if match and len(match["rest"]) <= LONGEST_AIM // 2:
        unit = unit_at(match["rest"])
        after = AFTER.search(match["rest"])
        op: Comparator = OPERATORS.get((after[0] if after else match["op"]) or "", "=")
        if match["op"] == "达到" and not after and is_lower_better(name):
            op = "<="
        if (change := match["change"]) or growth:
            falls = change is not None and re.search("降|减", change)
            op = "~" if op == "~" else "-=" if falls else "+="
        return "quantitative", op, Decimal(match["value"].replace(",", "")), unit
    if len(words) > LONGEST_AIM:
        return None
    if NOTHING.search(words):
        return "zero", "=", Decimal(0), None
    if ELSEWHERE.search(words):
        return "delegated", None, None, None
    if EVERYTHING.search(words):
        return "zero", "=", Decimal(100), None
    return ("trend", None, None, None) if DIRECTION.search(words) else None


def with_full_unit(found: Found) -> Found:
    """Return a target that is to be all as 100 %."""
    return replace(found, unit="%") if found.kind == "zero" and found.value == 100 and found.unit is None else found
