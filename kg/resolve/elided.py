"""Names in a list that share the end of its last one: 临汾、侯马、洪洞经济开发区管委会 are three administrations."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.model import Reading, Unit

_BARE = re.compile("[\u4e00-\u9fff]{2,4}")
_ENDED = re.compile("[局委办部厅院会社省市区县州旗镇乡]$|街道$|公司$|中心$")  # 江岸区 is whole by itself
_SHARED = re.compile(
    "[\u4e00-\u9fff]{2,4}?(?P<end>"
    "(?:(?:国家级|省级)?(?:经济|高新|工业|综合|农业|技术|产业|旅游|风景|名胜|保税|物流|港|临空)*"
    "(?:开发区|高新区|经开区|园区|新区|保税区|示范区|度假区|名胜区|集聚区|城区)|[区县市旗镇乡]|自治[县旗]|街道)"
    "(?:党委|党工委)?(?:管委会|管理委员会|管委|人民政府|政府|办事处|街道办)?"
    "|管委会|街道办|(?:公安|自然资源|资规|生态环境|环保|税务|交警|市场监管|规划)?(?:分局|支局)|(?:人民)?(?:法院|检察院)|海关|供电公司)"
)


def spell_out_elided(reading: Reading) -> Mapping[str, tuple[str, ...]]:
    r"""Return what the short names in a document's lists are in full: several where its lists end differently.

    >>> from kg.extract import read_policy
    >>> from kg.model import Document
    >>> text = "某市工作要点\n1.治水。清淤。（责任单位：城东、城西高新区管委会）"
    >>> spell_out_elided(read_policy(Document("t.txt", "0" * 64, "utf-8", text)))
    {'城东': ('城东高新区管委会',)}
    """
    meant: dict[str, dict[str, None]] = defaultdict(dict)
    for task in reading.tasks:
        own = [unit for unit in task.units if not unit.inherited]
        full = dict(_in_list(own, reading.document.text))
        for i, unit in enumerate(own):
            meant[unit.name][full.get(i, unit.name)] = None
    return {name: tuple(wholes) for name, wholes in meant.items() if [*wholes] != [name]}


def _in_list(units: Sequence[Unit], text: str) -> Iterator[tuple[int, str]]:
    """Yield the place in the list and the full name of each that shares the end of one behind it."""
    end, at = "", 0  # what the one behind ends with, and where it begins
    for i, unit in reversed(list(enumerate(units))):
        span = unit.evidence.span if unit.evidence else None
        if span and end and text[span.end : at].strip() == "、" and _BARE.fullmatch(unit.name) and not _ENDED.search(unit.name):
            yield i, unit.name + end
        else:
            shared = _SHARED.fullmatch(unit.name) if span and not (unit.collective or unit.vague) else None
            end = shared["end"] if shared else ""
        at = span.start if span else 0
