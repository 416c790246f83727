"""The name of what is measured or counted, without the verbs and adverbs around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.cues import first, load_cues
from kg.extract.indicators.passages import BLANK

SEPARATOR = re.compile(r"、|以及|(?<![总饱温缓共调])和(?!谐|平)|(?<!参)与|(?<![普涉波])及(?!以上|时|格)")
INNER = re.compile(r"(?:.*)(?:确保|力争)(?!$)")  # 省级人民政府应当确保出境水质
REACH = 60  # of the words around a name
ENCLOSED = re.compile(r"[（(〔“《][^（()）〔〕“”《》]*[)）〕”》]")
TRAILING_BRACKET = re.compile(r"[（(〔][^（()）〔〕]*[)）〕]$|□+$")
# what is emitted: of 化学需氧量、氨氮排放总量 both are 排放总量
SUBSTANCE = re.compile(
    r"化学需氧量|氨氮|氮氧化物|挥发性有机物|二氧化硫|二氧化碳|总磷|总氮|烟粉尘|颗粒物|甲烷|(?:COD|NH3-N|NOx?|SO2|CO2|VOCs)(?:□+|（[^）]+）)?"
)
# rates that say nothing alone: 热线办结率、满意率
RATE = re.compile(
    r"(?:按时|按期|及时|网上|线上|主动)?(?:受理|可办|评价|参评|结案|化解|调解|调处|审结|执结|出庭|履约|上报|处理|处置|整治|办结|办复|满意|及时|合格|知晓|响应|解决|答复|回复|好评|正确|准确|入住|使用|开放|接通|处置|整改)(?:率|度)$"
)
# a word that says nothing alone: 储备项目100个 counts 储备项目, 抽查4个项目 what is 抽查
PLAIN = re.compile(
    r"^(?:重点|重大|主要|各类|典型|突出|国内外|境内外|入境)?(?:项目|企业|工程|任务|人员|人才|单位|地区|活动|工作|平台|产品|案件|游客|旅客|问题|线索|事项|隐患|群众"
    r"|居民|市民|农户|群众|措施|举措|行动|矛盾纠纷|纠纷|诉求|投诉|举报|“?僵尸企业”?|存量土地|闲置土地|土地|学生|儿童|职工|农民|劳动者|用户|数据|信息|资金|投资|证照|服务|培训|检查|演出|讲座)(?=$|（|□)"
)
QUOTES = re.compile("[“”‘’]")
HOUSED = re.compile(
    r"基地|中心|站|站点|点|点位|平台|园|园区|机构|场所|设施|网点|网络|车间|队伍|人员|库|室|馆|示范点|项目|工程|用地|资金"
)  # 建成孵化基地: its kind
TOWARDS = r"对(?![外口虾标接象照讲比应])(?=[\u4e00-\u9fff]{3})"  # 对职工实行体检: 对外贸易 is a name
# 热线“三率”（接通率、办结率、满意率）
RATES = re.compile(r"^(?P<whose>[^“”（(]{2,}?)的?[“‘]?[两双三四五六]率[”’]?[（(](?P<list>[^（()）]*率)[）)]$")
EDGES = f"{BLANK}、，：； 的-·"


def strip_name(shape: str, start: int, end: int, *, verbs: bool) -> tuple[int, int]:
    """Return start and end of the name within ``shape[start:end]``; with ``verbs``, 新建冷库 is about 冷库.

    >>> shape = "力争全市新建冷库"
    >>> shape[slice(*strip_name(shape, 0, len(shape), verbs=True))]
    '冷库'
    """
    if (inner := INNER.match(shape, start, end)) and inner.end() < end:
        start = inner.end()
    start = skip_openers(shape, start, end)
    if verbs:
        start = _skip_verbs(shape, start, end)
    return start, skip_closers(shape, start, end)


def _skip_verbs(shape: str, start: int, end: int) -> int:
    """Return where the verbs that open a clause end; after 完成 and its like what follows is a noun: 完成造林绿化."""
    light, opened = False, start
    while (found := _verb_first().match(shape, start, end)) and end - found.end() >= 2:
        is_light = first(load_cues("indicators.toml")["light"], found[0]) is not None
        if light and not is_light:
            break
        if HOUSED.fullmatch(shape, found.end(), end) and (start > opened or not _makes(found[0])):
            break
        light, start = is_light, skip_openers(shape, found.end(), end)
    return start


def skip_openers(shape: str, start: int, end: int) -> int:
    """Return where the adverbs and connectives that open ``shape[start:end]`` end."""
    while start < end:
        head = shape[start : min(end, start + REACH)]
        length = match.end() if (match := _opener().match(head)) else 0
        if not length or (shape[start] == BLANK and _is_name_blank(shape, start, end)):
            break
        start += length
    return start


@cache
def _opener() -> re.Pattern[str]:
    """Return all openers as one pattern; the first row that fits decides, as in the table."""
    return re.compile("|".join(f"(?:{pattern.pattern})" for pattern in _patterns("opener")))


def skip_closers(shape: str, start: int, end: int) -> int:
    """Return where the name in ``shape[start:end]`` ends and the adverbs before the figure begin."""
    while start < end:
        tail = shape[max(start, end - REACH) : end]
        length = next((len(tail) - match.start() for pattern in _patterns("closer") if (match := pattern.search(tail))), 0)
        if not length:
            break
        end -= length
    return end


def _is_name_blank(shape: str, start: int, end: int) -> bool:
    """Say whether blanks at ``start`` are a name of their own (“全国最美家庭”), not the rest of a number or a quote."""
    run = re.compile(f"{BLANK}+").match(shape, start, end)
    return run is not None and run.end() - run.start() > 3


@cache
def _patterns(table: str) -> tuple[re.Pattern[str], ...]:
    return tuple(cue.pattern for cue in load_cues("indicators.toml")[table])


@cache
def verb_pattern() -> str:
    """Return the verbs that take a counted thing, the longest first."""
    words: set[str] = set()
    for cue in load_cues("indicators.toml")["verb"]:
        words.update(cue.pattern.pattern.removeprefix("(?:").removesuffix(")").split("|"))
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


def _makes(verb: str) -> bool:
    return any(cue.pattern.match(verb) for cue in load_cues("indicators.toml")["verb"] if cue.id == "make")


@cache
def _verb_first() -> re.Pattern[str]:
    return re.compile(f"(?:{verb_pattern()})(?:及|和|与|、|并|或)?(?:一批|了)?")


def is_plain(name: str) -> bool:
    """Say whether a name says too little without the verb before it: 游客, “僵尸企业”, 重点项目."""
    return PLAIN.match(QUOTES.sub("", name)) is not None


def is_metric(name: str) -> bool:
    """Say whether a name ends as names of measured things do: …率, …浓度, …面积."""
    return _any_metric().search(TRAILING_BRACKET.sub("", name)) is not None


@cache
def _any_metric() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern.pattern})" for pattern in _patterns("metric")))


def metric_kind(name: str) -> str | None:
    """Return of what kind a measured thing is (ratio, amount, state), None where the name is of no metric."""
    bare = TRAILING_BRACKET.sub("", name)
    return next((cue.says for cue in load_cues("indicators.toml")["metric"] if cue.pattern.search(bare)), None)


def is_lower_better(name: str) -> bool:
    """Say whether less of it is better: 浓度, 能耗, 失业率."""
    return any(cue.pattern.search(name) for cue in load_cues("indicators.toml")["lower"])


def split_names(name: str) -> list[str]:
    """Return the single names of a list, each with the head and the tail that it shares with the others.

    >>> split_names("马铃薯种植、收获机械化率")
    ['马铃薯种植机械化率', '马铃薯收获机械化率']
    >>> split_names("公众对生态文明建设的满意度和参与度")
    ['公众对生态文明建设的满意度', '公众对生态文明建设的参与度']
    """
    if bracket := RATES.search(name):
        return [bracket["whose"] + item for item in split_items(bracket["list"])]
    items = split_items(name)
    if len(items) < 2:
        return items
    if (last := SUBSTANCE.match(items[-1])) and any(SUBSTANCE.fullmatch(item) for item in items[:-1]):
        return [item + items[-1][last.end() :] if SUBSTANCE.fullmatch(item) else item for item in items]
    if is_metric(items[0]):
        return list(_with_head(items))
    if rates := _with_rates(items):
        return rates
    return list(_with_tail(items))


def split_items(name: str, separator: re.Pattern[str] = SEPARATOR) -> list[str]:
    """Return the members of a list as they stand; what is in brackets or quotation marks stays together."""
    bare = ENCLOSED.sub(lambda match: BLANK * len(match[0]), name)
    edges = [0, *(edge for match in separator.finditer(bare) for edge in match.span()), len(name)]
    return [item for start, end in zip(edges[::2], edges[1::2], strict=True) if (item := name[start:end])]


def _with_rates(items: list[str]) -> list[str]:
    """Return the names of things that share one rate and then another: 人大代表建议、政协提案办复率、满意率."""
    at = next((i for i, item in enumerate(items) if (rate := RATE.search(item)) and rate.start() >= 2), 0)
    rate = RATE.search(items[at])
    if not at or rate is None or not all(RATE.fullmatch(item) for item in items[at + 1 :]):
        return []
    things = [*items[:at], items[at][: rate.start()]]
    return [*(thing + rate[0] for thing in things), *("、".join(things) + item for item in items[at + 1 :])]


def _with_head(items: list[str]) -> Iterator[str]:
    """Yield full names where the first one lends its head: 单位GDP能耗、排放强度; …的满意度和参与度."""
    head = items[0][: items[0].rindex("的") + 1] if "的" in items[0] else ""
    if not head and (rate := RATE.search(items[0])) and rate.start() >= 4:
        head = items[0][: rate.start()]
    yield items[0]
    for item in items[1:]:
        if head and "的" not in head and not RATE.fullmatch(item):
            yield item
            continue
        yield item if not head or "的" in item or len(item) > 5 else head + item


def _with_tail(items: list[str]) -> Iterator[str]:
    """Yield full names where the last one lends its tail: 城镇、农村居民收入."""
    last = items[-1]
    if (anchor := last.find(items[0][-2:], 0, -2)) >= 0 and len(items[0]) > 2:
        yield from (item + last[anchor + 2 :] for item in items[:-1])
        yield last
        return
    if last[:2] in items[0] and len(items) == 2 and is_metric(last):
        head = items[0][: items[0].index(last[:2])]
        yield items[0] + (last[-3:] if last.endswith("率") else last[-2:])
        yield head + last
        return
    width = 2 if len(items[0]) > 3 and len(last) > 4 else len(items[0])
    tail = last[width:] if len(last) >= width + (2 if is_metric(last) else 3) else ""
    head = items[0][: len(items[0]) - width] if tail and len(items) == 2 else ""
    for item in items[:-1]:
        yield item + tail
    yield head + last
