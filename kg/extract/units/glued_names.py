"""Bodies that stand together without a sign, as lost lines leave them: 文化股文化馆, by names that are known."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cache

from kg import data
from kg.extract.units.names import Name
from kg.extract.units.parts import is_body
from kg.registry.functions import read_functions

# an office of the body before it, or a body of that party or government: 市教育局办公室, 市委宣传部
_OFFICE = re.compile("(?:办|办公室|科|处|股|室|组)$")
_WHOLE = re.compile("(?:委|政府|管委会)$")
# bodies of places and enterprises: no list has them all
_PLACED = re.compile(
    r"(?:经济(?:技术)?开发区|经开区|高新区|高新园|工业园区?"
    r"|[^\W局厅委\d]{1,8}?(?:街道(?:办事处|办)?|镇(?:人民政府|政府)?|乡(?:人民政府|政府)?|公司|集团|开发区|经开区|高新区|高新园|工业园|园区|管委会))"
    r"(?:[（(][\u4e00-\u9fff、]{1,10}[)）])?"
)
_DEED = re.compile("推进|建设|实施|完成|加强|开展|新建|落实|提升|优化|组织|举办|为|对|支持|引进|培育|打造|改造")
SHORTEST = 3
LONGEST = 200
Piece = tuple[int, int]


def split_glued(name: Name, known: Collection[str]) -> Iterator[Name]:
    """Yield the two or more bodies that a name is made of; ``known``: names of the table's cells.

    >>> name = Name("派出所质监所", "responsible", 0, 6, False, False)
    >>> [one.name for one in split_glued(name, {"质监所"})]
    ['派出所', '质监所']
    """
    for at in range(SHORTEST, len(name.name) - SHORTEST + 1):
        left, right = name.name[:at], name.name[at:]
        shown = (left in known) + (right in known)
        if shown and _stand_alone(left, right) and (shown == 2 or (is_body(left) and is_body(right))):
            yield replace(name, name=left, end=name.start + at)
            yield from split_glued(replace(name, name=right, start=name.start + at), known)
            return
    yield name


def _stand_alone(left: str, right: str) -> bool:
    inner = _OFFICE.search(right) and not _OFFICE.search(left)
    return not inner and not _WHOLE.search(left)


def cover(text: str, start: int, end: int, *, whole: bool) -> list[Piece]:
    """Return the bodies that follow each other from ``start`` without a sign between; none if the first is not a known one.

    ``whole``: up to ``end``, else as far as they go.

    >>> text = "区教育局人社局各街道晋某公司"
    >>> [text[a:b] for a, b in cover(text, 0, len(text), whole=True)]
    ['区教育局', '人社局', '各街道', '晋某公司']
    """
    limit = min(end, start + LONGEST)
    ways: dict[int, tuple[int, list[Piece]]] = {start: (0, [])}
    for at in range(start, limit):
        cost, pieces = ways.get(at, (0, []))
        if at not in ways:
            continue
        for stop, price in _bodies_at(text, at, limit, sure=at == start):
            skip = stop + 1 if text[stop : stop + 1] in ("、", "，") and stop + 1 < limit else stop
            if skip not in ways or cost + price < ways[skip][0]:
                ways[skip] = (cost + price, [*pieces, (at, stop)])
    if whole:
        return ways[end][1] if end in ways else []
    return ways[max(ways)][1]


def _bodies_at(text: str, start: int, end: int, *, sure: bool) -> Iterator[tuple[int, int]]:
    """Yield where bodies end that begin here, and how doubtful each is."""
    known = _known_names()
    bare = start + (text[start] in "省市区县州旗")
    for stop in range(bare + 2, min(end, bare + 16) + 1):
        if text[bare:stop] in known:
            yield stop, 1
    if not sure:
        place = _PLACED.match(text, start, end)
        if place and not _DEED.match(place[0]):
            yield place.end(), 4


@cache
def _known_names() -> frozenset[str]:
    return frozenset(name for name in read_functions(data.SEEDS / "functions.toml").names if len(name) > 2 and is_body(name))
