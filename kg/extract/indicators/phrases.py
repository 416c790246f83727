"""Targets without a figure: all or nothing (全覆盖, 清零), set elsewhere (达到省要求), or only a direction (持续下降)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from kg.cues import Cue, load_cues
from kg.extract.indicators.found import Found
from kg.extract.indicators.names import TOWARDS, is_lower_better, is_metric, split_items, split_names, strip_name
from kg.extract.indicators.passages import Passage
from kg.model import IndicatorKind

KINDS: tuple[IndicatorKind, ...] = ("zero", "delegated", "trend")
PAST = re.compile(r"已(?:经|全|实现|达|基本|形成|有效)|了(?!解)|取得|^□*(?:随着|由于|为了|通过|面对|针对)")
ACTOR = re.compile(r"(?:项目|企业|产品|设备|机械|车辆|单位|技术|部门|政府|地区|[县区局委前])$")
VERB_FIRST = ("raise", "reduce")
NO_OBJECT = re.compile(r"(?:规模|质量|功能|投资)$")  # 扩大规模, 提升质量 are efforts, no measure
VAGUE = re.compile(
    r"(?:认知度|知晓度|参与度|认可度|美誉度|知名度|影响力|关注度|集聚度|(?:考核|评价|评估)中的(?:比重|权重|占比|比例)|的时间|风险数量)$"
)
UPWARD = re.compile(r"(?:上升|增长|增加|扩大|增大|提高|提升|壮大|增强)")
AGAIN = re.compile(r"(?:和|并|、)?(?:延长|降低|减少|增加(?!值)|提高|提升|扩大|缩小|稳定)(?!率|幅度|比例|系数|面积|改造)")
NEGATION = re.compile(r"^(?:不发生|不出现|无(?!害))")
FROM = re.compile(r"由[^，]{1,8}全?覆盖到")  # 养老保险由制度全覆盖到法定人群全覆盖
WHOSE = re.compile(r"^(?:所有|全部|各类|各个)(?=[\u4e00-\u9fff]{3})")
DONE = re.compile(
    r"^.*(?:基本)?(?:(?:实现|做到)(?=[\u4e00-\u9fff]{3})|达到(?=[\u4e00-\u9fff]{3})(?!.*的[\u4e00-\u9fff]{2}))"
)  # 所有乡镇基本实现养老设施全覆盖
SHARED_HEAD = re.compile(r"[性式]$")  # 系统性、区域性风险 is one name
TO_WHOM = re.compile(r"^对(?P<whom>[^，]{2,24}?)(?:实行|开展|提供|实施|进行|实现)(?P<what>.*)$")  # 对职工实行体检全覆盖
# nothing that could be checked: 各项目标任务, 全市经济社会发展主要预期目标
ANYTHING = re.compile(
    r"(?:(?:20\d\d)?年度?|[全本][市省县区年国州]|主要|各项|全部|所有|既定|预期|总体|预定|经济|社会|高质量|发展|工作|重点|任务|目标|指标|计划|建设|事业|确定|规划"
    r"|上级|国家|约束性|预期性|考核|责任|综合|改革|□|十[三四五六]五|[的、和与及省市])*"
)
DEED = re.compile(r"^(?:综合|跟踪|分析|研判|加强|完善|建立|健全|推进|开展|强化)")
ENUMERATION = re.compile("、")
SHORTEST = 3  # characters of a metric that moves: 水质 says too little
FULL = "100"
LONGEST_CLAUSE = 200  # a longer one is no sentence but a table or a list that lost its lines


def find_phrases(passage: Passage, start: int, end: int) -> Iterator[Found]:
    """Yield the targets of one clause that name no figure; the first table that has something decides."""
    clause = passage.shape[start:end]
    if len(clause) > LONGEST_CLAUSE:
        return
    kinds = [kind for kind in KINDS if _hint(kind).search(clause)]
    if not kinds or PAST.search(clause):
        return
    for kind in kinds:
        for cue in load_cues("indicators.toml")[kind]:
            found = [one for match in cue.pattern.finditer(clause) for one in _read_match(passage, start, match, cue, kind)]
            if found:
                yield from found
                return


@cache
def _hint(kind: IndicatorKind) -> re.Pattern[str]:
    """Return what every clause of a kind has somewhere; most clauses have none of it and are done with."""
    return next(cue.pattern for cue in load_cues("indicators.toml")["hint"] if cue.id == kind)


def _read_match(passage: Passage, offset: int, match: re.Match[str], cue: Cue, kind: IndicatorKind) -> Iterator[Found]:
    span = next((match.span(name) for name in ("name", "name2", "name3", "name4", "name5") if match.groupdict().get(name)), None)
    words = passage.text[offset : offset + len(match.string)]
    rest = next((words[slice(*match.span(name))] for name in ("rest", "rest2", "rest3") if match.groupdict().get(name)), "")
    if span is None:
        if not rest:
            return
        span = (match.start("rest"), match.start("rest"))
    start, end = strip_name(passage.shape, offset + span[0], offset + span[1], verbs=False)
    start = _object(passage.shape, start, end) if kind == "trend" else start
    name = passage.text[start:end]
    if kind == "trend" and is_lower_better(name) and UPWARD.search(match[0].replace(name, "")):
        return  # 能源消费总量不断上升 describes how things stand
    for item in _names(name, rest, kind, cue.id):
        if ANYTHING.fullmatch(item):
            continue
        unit = "%" if kind == "zero" and cue.says == FULL else None
        value = Decimal(cue.says) if kind == "zero" else None
        yield Found(
            item, kind, "=" if kind == "zero" else None, value, unit, passage.years.at(start),
            offset + match.start(), offset + match.end(), f"{kind}.{cue.id}",
        )  # fmt: skip


def _object(shape: str, start: int, end: int) -> int:
    """Return where the last object begins: 提升就业质量增加劳动者收入 is about 劳动者收入."""
    within = [match.end() for match in AGAIN.finditer(shape, start + 3, end)]
    return within[-1] if within and end - within[-1] >= 3 else start


def _names(name: str, rest: str, kind: IndicatorKind, rule: str) -> list[str]:
    """Return the metrics that a phrase speaks of; none when it speaks of no metric."""
    if kind == "zero":
        return [item for item in _zero_names(name, rest, rule) if len(item) >= 2]
    if kind == "delegated":
        return [] if ACTOR.search(name) or len(name or rest) < 2 else _metrics(name or rest)
    if not is_metric(name) or (rule in VERB_FIRST and (NO_OBJECT.search(name) or VAGUE.search(name))):
        return []
    return [item for item in _metrics(name) if len(item) >= SHORTEST and is_metric(item) and not VAGUE.search(item)]


def _zero_names(name: str, rest: str, rule: str) -> list[str]:
    """Return what is to be nothing or everything: 园区污水全收集、全处理 is two targets, 环境质量、污染源监测全覆盖 too."""
    if rule == "full_of" and (parts := re.findall(r"全(..)", rest)):
        return [name + part for part in parts]
    name = FROM.sub("", WHOSE.sub("", name))
    if whom := TO_WHOM.match(name):
        name = whom["what"] if len(whom["what"]) >= 2 else whom["whom"]
    name = re.sub(f"^{TOWARDS}", "", name).rstrip("“‘")
    if (done := DONE.search(name)) and len(name) - done.end() >= 3:
        name = name[done.end() :]
    if rest.endswith("基础上"):  # 在受污染耕地全部实现安全利用的基础上
        name, rest = re.sub(r"^在(?:全[市省县区])?", "", name), re.sub(r"的?基础上$", "", rest)
    if rest:
        return [name + re.sub(r"^(?:实现|按期完成|完成|达到|做到|到位|进行|得到|予以)", "", rest)]
    items = split_items(name) if rule == "none" else split_items(name, ENUMERATION)
    items = [item for item in items if not DEED.match(item)] or [DEED.sub("", item) for item in items[-1:]]
    if any(SHARED_HEAD.search(item) for item in items[:-1]):
        return [name]
    shortest = 3 if rule == "none" else 4
    return [NEGATION.sub("", item) for item in items] if all(len(item) >= shortest for item in items) else [name]


def _metrics(name: str) -> list[str]:
    """Return the metrics of a list whose members each are one, else the whole."""
    parts = split_items(name)
    if len(parts) < 2 or any(len(part) < 3 for part in parts):
        return [name]
    shared = "、" in name and parts[-1].find(parts[0][-2:], 0, -2) >= 0 and is_metric(name)
    return split_names(name) if shared or is_metric(parts[0]) else [name]
