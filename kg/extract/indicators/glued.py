"""Indicator tables whose cells a conversion glued together: …属性1粮食产量万吨1075≥1075约束性2肉类产量万吨158180预期性."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from kg.extract.indicators.found import Found
from kg.extract.indicators.rows import name_and_unit, read_aim, read_binding
from kg.model import Baseline

BINDS = re.compile(r"约束性|预期性")
HEAD = re.compile(r"指标.{0,40}?(?:属性|性质)")
YEARS = re.compile(r"(20\d\d)年")
GROUP = r"(?:[一二三四五六七八九十]{1,2}、[\u4e00-\u9fff、（）]{2,20}?)?"
VALUES = re.compile(r"(?:[≥≤＞＜><]?=?[〔\[]?[\d.]+[〕\]]?(?:左右|以上|以下|以内)?|[—–\-]{1,2})+$")
UNIT = re.compile(
    r"(?:％|%|‰|[十百千万亿]{0,2}(?:吨标准煤|平方公里|立方米|公顷|公里|千瓦|人次|元|吨|亩|人|户|个|张|件|头|只|家|所|岁|年))$"
)
PARTS = re.compile(r"[≥≤＞＜><]=?[\d.]+|〔[\d.]+〕|\[[\d.]+\]|[\d.]+(?:左右|以上|以下|以内)|[—–]{1,2}")
FEWEST = 3  # rows; two may be chance
NEAR = 3  # a base and its target are seldom further apart than this
CLEAR = 1.5  # times: so much closer than the next best


def find_glued_rows(text: str, start: int, end: int) -> list[Found]:
    """Return the targets of a paragraph that is a table; rows open with running numbers and close with 约束性 or 预期性.

    Of two numbers glued together it is the cut that leaves them closest, if that is clear; else the row is passed over.

    >>> rows = "指标单位2020年2025年属性1肉类产量万吨158180预期性2贡献率％60.264预期性3增加值亿元1803.332200预期性"
    >>> [(f.name, str(f.baseline.value), str(f.value), f.unit) for f in find_glued_rows(rows, 0, len(rows))]
    [('肉类产量', '158', '180', '万吨'), ('贡献率', '60.2', '64', '％'), ('增加值', '1803.33', '2200', '亿元')]
    """
    head = HEAD.search(text, start, end)
    edges = [match.end() for match in BINDS.finditer(text, head.end(), end)] if head else []
    if head is None or len(edges) < FEWEST:
        return []
    years = [int(year) for year in YEARS.findall(text[head.start() : head.end()])]
    found = list(_rows(text, [head.end(), *edges], years)) if len(years) == 2 else []
    return found if len(found) >= FEWEST else []


def _rows(text: str, edges: list[int], years: list[int]) -> Iterator[Found]:
    count = 0
    for start, end in pairwise(edges):
        opening = re.compile(rf"{GROUP}{count + 1}(?=[^\d.])").match(text, start, end)
        if opening is None:
            continue
        count += 1
        bind = max(match.start() for match in BINDS.finditer(text, start, end))
        values = VALUES.search(text, opening.end(), bind)
        if values is None:
            continue
        unit = UNIT.search(text, opening.end(), values.start())
        cut = (_cut(values[0].lstrip("—–-")) if unit is None else None) or _cut(values[0])  # a dash may stand for the unit
        if cut is None:
            continue
        name, own = name_and_unit(text[opening.end() : unit.start() if unit else values.start()], "")
        aim = read_aim(cut[1], name)
        if aim is None or len(name) < 2:
            continue
        base = Baseline(years[0], Decimal(cut[0])) if re.fullmatch(r"[\d.]+", cut[0]) else None
        yield Found(
            name, aim[0], aim[1], aim[2], own or (unit[0] if unit else aim[3]), years[1], opening.end(), end, "table.glued",
            baseline=base, binding=read_binding(text[bind:end]), table=True,
        )  # fmt: skip


def _cut(glued: str) -> tuple[str, str] | None:
    """Return the two cells of glued values, ``None`` where that is not clear."""
    marked = PARTS.findall(glued)
    if len(marked) == 2 and "".join(marked) == glued:
        return marked[0], marked[1]
    if len(marked) == 1 and marked[0] != glued and (glued.startswith(marked[0]) or glued.endswith(marked[0])):
        at = len(marked[0]) if glued.startswith(marked[0]) else len(glued) - len(marked[0])
        if re.fullmatch(r"[\d.]+|[—–\-]{1,2}", glued[at:] if at == len(marked[0]) else glued[:at]):
            return glued[:at], glued[at:]
    splits = sorted(_splits(glued))
    if not splits or splits[0][0] > NEAR or (len(splits) > 1 and splits[1][0] < CLEAR * splits[0][0]):
        return None
    return splits[0][1], splits[0][2]


def _splits(glued: str) -> Iterator[tuple[float, str, str]]:
    """Yield the ways to cut digits into two numbers, with how far apart the two are."""
    if not re.fullmatch(r"[\d.]{2,16}", glued):
        return
    for at in range(1, len(glued)):
        left, right = glued[:at], glued[at:]
        if all(re.fullmatch(r"(?:0|[1-9]\d*)(?:\.\d*[1-9])?", part) for part in (left, right)):
            one, two = float(left), float(right)
            if one and two:
                yield max(one, two) / min(one, two), left, right
