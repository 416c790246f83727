"""Names as a reader would give them: whole, without verbs and connectives, not longer than need be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract.indicators.found import Found
from kg.extract.indicators.names import ENCLOSED, TOWARDS, is_metric, verb_pattern

LONGEST = 30  # characters; a longer name is a statement
LEAD = re.compile(
    rf"^(?:[^，]*全覆盖、|为(?=\d|[\u4e00-\u9fff]{{2,}}免费)|{TOWARDS}|[的和与及并、，；：·\-\s]+|[）)〕”]+|[（(][^（()）]{{1,6}}[)）](?=[\u4e00-\u9fff]{{4}}))"
)
TAIL = re.compile(
    r"(?:[的和与及、，：\s]+|等|[（(](?:[^（()）]*\d[^（()）]*|(?:以下简称|含|不含|详?见|其中)[^（()）]*)[)）]"
    r"|(?:来|赴)[\u4e00-\u9fff]{1,6}(?:设立|投资|发展|创业|就业|落户)[\u4e00-\u9fff]*)$"
)
NO_THING = re.compile(
    r"^(?:建成|完成|实施|开展|新建|实现|达到|提供|形成|推进|落实|投入|组织|新增|增加|提高|提升|打造|建设|开工|支持|服务|允许|预期|目标|制度|机制)$"
    r"|(?:方面|以上|以下|期间|左右|其中|平均|可达|需要|最低|最高|至少|全部|仅|共|总计|^\d[\d.,]*[%％]?$|^[一二三四五六七八九十]+是$)$"
)
GRADE = re.compile(r"^[^，、]{1,4}级$")
# a measure whose thing was named before: 柑橘种植面积380万亩、产量370万吨
PART = re.compile(
    r"^(?:年|总|年总|年均|综合|亩均|全年)?(?:产量|产值|综合产值|单产|库容|总产|产能|销售额|销售收入|营业收入|加工产值|(?:播种|种植|养殖)?面积)$"
)
DEED = re.compile(
    r"(?:(?:到|来|赴)[\u4e00-\u9fff]{2,14}(?:工作|服务|就业|创业|设立|建设|开展|落户|投资)|(?:开展|参与|从事|实施|建立)(?!的)).{0,30}$"
)
# of a rate, what is done to reach it: 开展部门联合抽查占比
LIGHT = re.compile(r"^(?:开展|实施|落实|组织|做好|推进|加强)(?=.{4,}(?:率|比例|占比|比重)$)")
# 列入责任书的9个考核断面水质优良比例
HOW_MANY = re.compile(
    r"^(?:[^，、\d]{0,24}的|([^，、\d]{0,12}))(?<![前每第])\d{1,4}(?:个(?!月|工作日|小时|百分点)|[条座处家所项])(?!以[上下])(?=[\u4e00-\u9fff].{5,})"
)
BEGUN = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:新?开工|竣工|建成|投产)$")
DUTY = re.compile(r"(?<=[\u4e00-\u9fff])(?:要|应当|应|须|必须|均|都|全部)(?=配备|实现|达到|建立|建成|完成|开展|使用|安装)")
MEASURED = re.compile(r"(?:年|总)*(?:播种|种植|养殖|栽培|在地|造林|规划)?(?:总)?(?:面积|产量|产值|规模|总量|数量)$")


def tidy_names(found: list[Found]) -> Iterator[Found]:
    """Yield the targets of a sentence with whole names; what names nothing is left out.

    >>> from kg.extract.indicators import find_indicators
    >>> [found.name for found in find_indicators("柑橘种植面积达到380万亩、产量达到370万吨；储备项目100个", 2025)]
    ['柑橘种植面积', '柑橘产量', '储备项目']
    """
    thing = ""  # named before, for a verb or a measure that stands alone
    for one in _whole_grades(found):
        own = _short(_bare(one.name))
        name = _with_thing(own, thing) if thing else own
        if len(name) < 2 and one.rule.startswith("figure.count") and not one.rule.endswith("before"):
            continue
        if not name or NO_THING.search(name):
            continue
        thing = own if name == own else thing
        yield replace(one, name=name)


def _bare(name: str) -> str:
    """Return a name without what only joins it to its neighbours, a rate without how many things it is taken of."""
    name = HOW_MANY.sub(r"\1", name) if is_metric(name) else name
    name = LIGHT.sub("", DUTY.sub("", name))
    while (short := TAIL.sub("", LEAD.sub("", name))) != name and short:
        name = short
    return name.strip("、，；：")


def _short(name: str) -> str:
    """Return the head of a long name: before what they are to do, behind its last 的 or 等."""
    if len(name) > LONGEST and (deed := DEED.search(name)) and deed.start() >= 4:
        name = name[: deed.start()]
    while len(name) > LONGEST:
        bare = ENCLOSED.sub(lambda match: "□" * len(match[0]), name)
        at = max(bare.rfind("的"), bare.rfind("等"))
        if at < 0 or len(name) - at < 5:
            break
        name = name[at + 1 :]
    return name


def _with_thing(name: str, before: str) -> str:
    """Return a name with the thing that was named before it: 新建高标准农田20万亩，改造提升10万亩."""
    thing = MEASURED.sub("", before)
    if PART.match(name):
        return thing + name if len(thing) >= 2 and (thing != before or not is_metric(before)) else name
    if re.fullmatch(rf"(?:{verb_pattern()})+", name) and not is_metric(before):
        thing = BEGUN.sub("", before)
        return thing + name if not thing.endswith(name) else name
    return name


def _whole_grades(found: list[Found]) -> Iterator[Found]:
    """Yield 1个国家级、3个省级产业园 as counts of 产业园 both, and 省级以上平台20个，其中国家级2个 likewise."""
    done: list[Found] = []
    following = ""
    for one in reversed(found):
        if GRADE.match(one.name) and "级" in following:
            one = replace(one, name=one.name + following.split("级", 1)[1])
        following = one.name
        done.append(one)
    before = ""
    for one in reversed(done):
        if GRADE.match(one.name) and "级" in before:
            one = replace(one, name=one.name + re.sub(r"^(?:及?以上|及?以下)", "", before.split("级", 1)[1]))
        before = one.name
        yield one
