"""What is to cover all of something, alone or beside shares of others: 覆盖所有城市社区、90%以上乡镇."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.extract.indicators.found import Found
from kg.extract.indicators.names import split_items, strip_name
from kg.extract.indicators.passages import BLANK, Passage
from kg.model import Comparator

PLACE = r"(?:全[市省县区州国]|城乡|辖区内?|我[市省县区])?的?"
COVERS = re.compile(rf"覆盖(?:到|至|了)?(?={PLACE}(?:所有|全部|全体|每个|\d))")
ITEM = re.compile(
    rf"(?:{PLACE}(?P<all>所有|全部|全体|每个)|(?P<share>\d{{1,2}}(?:\.\d+)?)%(?P<more>及?以上)?)(?:的)?"
    r"(?P<thing>[\u4e00-\u9fff□、]{1,40}?)(?=$|[、和及与](?:[^、，]{0,6}(?:所有|全部|全体|每个)|\d))"
)
JOINER = re.compile(r"[、和及与]")
# 覆盖所有城乡的服务体系 names a system; 覆盖所有有需求的儿童 does not
OF_WHAT = re.compile(
    r"的[^，]{0,24}(?:体系|网络?|制度|机制|格局|平台|系统|队伍|模式|服务圈?|设施|保障|政策|标准|中心|监管|管理|评价|培训|工作|能力)$"
    r"|[、和及与并]\S{0,16}(?:建立|健全|完善|形成|构建)"
)
LISTED = re.compile(r"^.*等")
LIST = re.compile("、")
LONGEST = 30  # characters of a name
FULL = Decimal(100)


def find_coverage(passage: Passage, start: int, end: int) -> Iterator[Found]:
    """Yield the targets of one clause that says what is to cover all of something; one row for each thing covered.

    >>> from kg.extract.indicators import find_indicators
    >>> text = "养老服务设施覆盖所有城市社区、90%以上乡镇和60%以上村。"
    >>> [(found.name, found.op, str(found.value)) for found in find_indicators(text, 2025)]
    [('养老服务设施覆盖城市社区', '=', '100'), ('养老服务设施覆盖乡镇', '>=', '90'), ('养老服务设施覆盖村', '>=', '60')]
    """
    covers = COVERS.search(passage.shape, start, end)
    if covers is None:
        return
    items = list(_items(passage.shape, covers.end(), end))
    if not any(item["all"] for item in items) or OF_WHAT.search(passage.shape[covers.end() : end]):
        return
    a, b = strip_name(passage.shape, start, covers.start(), verbs=False)
    if (listed := LISTED.match(passage.shape, a, b)) and b - listed.end() >= 3:
        a = listed.end()
    name = passage.text[a:b].strip("、")
    if not 2 <= len(name) <= LONGEST or not name.strip(BLANK):
        return
    for item in items:
        whole = item["all"] is not None
        op: Comparator = "=" if whole else ">="
        for thing in split_items(passage.text[slice(*item.span("thing"))], LIST):
            yield Found(
                f"{name}覆盖{thing}", "zero" if whole else "quantitative", op, FULL if whole else Decimal(item["share"]), "%",
                passage.years.at(a), a, item.end(), "zero.covers_all" if whole else "figure.covers_share",
            )  # fmt: skip


def _items(shape: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield what is covered, one after the other; nothing behind the first word that is no such thing."""
    while (item := ITEM.match(shape, start, end)) is not None:
        yield item
        joiner = JOINER.match(shape, item.end(), end)
        start = joiner.end() if joiner else end
