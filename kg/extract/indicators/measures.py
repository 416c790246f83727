"""Metrics that are to reach a level or to change: 覆盖率达到95%, 能耗下降3%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from kg.extract.indicators.found import Found
from kg.extract.indicators.names import is_lower_better, is_metric, is_plain, split_names, strip_name
from kg.extract.indicators.quantities import Quantity
from kg.extract.indicators.sites import AFTER_FIGURE, LEADING, LONGEST_NAME, Link, Site, bound_of, find_link, verbs
from kg.model import Comparator

SHORTER = re.compile(r"(?:压缩|压减|缩短|缩减|减少)")  # 抵押登记压缩至2个工作日
RATIO = re.compile(r"(?:比|比例|比值|系数)$")
EACH = re.compile(r"(?:分别|均|都|各)(?:应|要|须|需|力争|稳定|保持|不断|累计|基本|年均|同比)*$")


def is_object(site: Site, link: Link) -> bool:
    """Say whether 提升 goes on with another verb and things are counted: 完成旧房整治提升32万户 states no rise."""
    words = site.before[: link.start]
    counted = link.cue.says == "+=" and site.quantity.kind in ("count", "measure")
    return counted and re.search(f"{verbs()}$", words) is not None and not is_metric(words)


def read_measure(site: Site, link: Link, subject: str) -> Iterator[Found]:
    """Yield the targets of 畜禽粪污综合利用率、秸秆综合利用率分别稳定在95%、97%以上.

    ``subject`` is the metric named before, for a figure without a name: 地区生产总值突破5000亿元，年均增长7%.
    """
    if site.behind.startswith("的") and not AFTER_FIGURE.match(site.behind):
        return
    shape = site.passage.shape
    start, end = _name(site, link)
    if end - start < 2 and subject:
        yield from _named(site, link, [subject], site.group, (site.left, site.left))
        return
    if not 2 <= end - start <= LONGEST_NAME or _is_other(site, link, shape[start:end]):
        return
    words = site.passage.text[start:end]
    group = _share_bounds(site.group)
    each = EACH.search(site.before[: link.start]) is not None
    names = split_names(words) if each or len(group) > 1 else [words]
    if len(group) == 1:
        group = group * len(names)
    elif len(names) != len(group):
        names = [words] * len(group)
    yield from _named(site, link, names, group, (start, end))


def _name(site: Site, link: Link) -> tuple[int, int]:
    """Return where the metric stands; the verb is left off where no metric follows it: 培训新型农民达到40000名."""
    shape, left, end = site.passage.shape, site.left + link.name, site.left + link.start
    found = strip_name(shape, left, end, verbs=False)
    if site.quantity.kind != "percent" and not is_metric(shape[slice(*found)]):
        bare = strip_name(shape, left, end, verbs=True)
        return found if is_plain(site.passage.text[slice(*bare)]) else bare
    return found


def _is_other(site: Site, link: Link, name: str) -> bool:
    """Say whether the figure tells how long something lasts, or what kind of thing is made."""
    if site.quantity.kind == "ratio":
        return RATIO.search(name) is None  # 服务时间为9:00 is a clock
    if site.quantity.kind == "time":
        return link.changes or not (is_metric(name) or SHORTER.match(site.before, link.start))
    return site.quantity.kind == "money" and _describes(site.before[: link.start], site.behind)


def _describes(words: str, behind: str) -> bool:
    """Say whether the figure describes what is made, named behind it: 培育年产值超100亿元、具有竞争力的龙头企业."""
    return re.match(rf"[{LEADING}]*{verbs()}", words) is not None and len(behind) > 4 and find_link(behind) is None


def _named(site: Site, link: Link, names: list[str], group: list[Quantity], span: tuple[int, int]) -> Iterator[Found]:
    """Yield a target for each name with its quantity."""
    for item, quantity in zip(names, group, strict=False):
        if quantity.kind != "none" or is_metric(item):
            op = _operator(link, quantity, item)
            found = site.found(quantity, span, op, f"figure.{link.cue.id}", end=site.quantity.end)
            yield replace(found, name=item)


def _share_bounds(group: list[Quantity]) -> list[Quantity]:
    """Return the quantities, each with the 以上 or 左右 that stands behind the last one."""
    last = group[-1]
    if last.kind == "time":  # 3个、2个工作日
        group = [replace(one, unit=last.unit, kind="time") if one.unit == "个" else one for one in group]
    return [one if one.says else replace(one, says=last.says) for one in group]


def _operator(link: Link, quantity: Quantity, name: str) -> Comparator:
    if link.changes:
        return "~" if quantity.says == "~" else cast(Comparator, link.cue.says)
    if quantity.says is not None:
        return quantity.says
    return "<=" if link.cue.says == "reach" and is_lower_better(name) else bound_of(link)
