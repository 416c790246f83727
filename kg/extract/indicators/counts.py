"""Things that are counted: 打造200个以上省级美丽乡村, 创建绿色工厂10家."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from kg.cues import first, load_cues
from kg.extract.indicators.found import Found
from kg.extract.indicators.made import is_made, made_name
from kg.extract.indicators.names import HOUSED, is_metric, is_plain, strip_name, verb_pattern
from kg.extract.indicators.sites import LEADING, LONGEST_NAME, Link, Site, bound_of, verbs
from kg.model import Comparator

EARLIER_BOUND = re.compile(r"(?:至少|不少于|不低于|超过)[^，\d]{0,8}$")
REACHING = re.compile(r"(?:覆盖|实现|带动|惠及|引导|推动|确保|安排|预留|拿出|提取)$")
PLACED = re.compile(r"(?:为|在|向|对|面向|从|于|通过|围绕|依托|利用)")
# 为全区2万名老年人提供上门服务
SERVED = re.compile(r"(?:为|给)(?:全[市省县区州国]|[我本][市省县区]|辖区内?|城乡)+(?:近|约|超过)?$")
FREE = re.compile(r"(?:免费|无偿)(?:为|给|向)$")  # 免费为2000名儿童窝沟封闭
SERVICE = re.compile(r"[\u4e00-\u9fff]{2,}(?:提供|开展|实施|发放|安装|配备|改造|进行|购买|办理|落实)")
# 对28所学校食堂安装监控平台: a thing for each, where 对15个乡镇开展检查 only says which
TARGETED = re.compile(rf"[{LEADING}]*(?:为|给|对)(?:近|约|超过)?")
FITTED = re.compile(r"(?:(?!的)[\u4e00-\u9fff□、]){2,}?(?:安装|加装|装配|配备|配置|配齐|改造|修缮|维修|更换|发放|购买)")
COVERING = re.compile(r"覆盖(?:到|至)?$")
OFTEN = re.compile(r"每(?:半?年|季度|个?月|周)(?:至少|不少于)?(?:开展|组织|进行|举办)?$")
# a deed as a noun: 残疾人家庭无障碍改造500户, 森林抚育35万亩
DONE = re.compile(
    r".{2,}(?:改造|改培|抚育|栽培|种植|养殖|治理|整治|修复|加固|培训|体检|筛查|搬迁|演出|放映|巡诊|造林|绿化|安置|开工|竣工)$"
)
PUSHED = re.compile(rf"[{LEADING}]*(?:滚动|加快|统筹|重点|全力|力争|确保)*(?:推进|推动|争取)(?!.*的$)")
PUSHING = re.compile(r"(?:推动|推进|引导|鼓励|组织|力争|确保|促进|实现|支持)$")  # with a bound only: 推动6家企业 says which ones
# of a project: how large it is, not what is to be reached
# of a year it is a target: 年度计划投资200亿元
YEARLY = re.compile(r"(?:(?:年度|当年|今年|本年度?|20\d\d年度?)(?:计划)?(?:完成)?)(?=投资)")
# whose system or body does something: 平台归集数据10亿条
SUBJECT = re.compile(
    r"[\u4e00-\u9fff□\dA-Za-z]{0,12}?(?:平台|系统|网站|热线|客户端|APP|中心|馆|场馆|院|学校|高校|企业|机构|组织|工会|银行|协会|基地|库|网|队伍|部门|园区|景区)(?:累计|共|全年|年)?"
)
DESCRIBED = re.compile(
    r"^(?:项目|工程|其中)?(?:总|计划|估算|概算|规划|设计|预计|占地|建筑|用地|可|新增)*(?:投资额?|占地|面积|规模|长度|全长|里程|人口|工期|时间|年限)$"
)


def opens_count(site: Site, core_end: int) -> bool:
    """Say whether a verb that makes or brings things stands right before the figure, or another count does."""
    return is_made(site, core_end) or _follows_a_verb(site, core_end)


def _follows_a_verb(site: Site, core_end: int) -> bool:
    raw = site.passage.shape[site.left : core_end]
    start, end = strip_name(site.passage.shape, site.left, core_end, verbs=False)
    if site.quantity.kind == "percent":
        return start == end or REACHING.search(raw) is not None
    if PUSHING.search(raw) and site.quantity.says is not None:
        return True
    if re.search(rf"(?:{verbs()}|[建设])(?:和|及|与|、|并)?(?:的|约|近|各|共|了)?$", raw) or _ends_a_list(raw):
        return True
    if site.follows and raw.endswith("与"):
        return True
    if FREE.search(site.before) or (SERVED.search(raw) and SERVICE.search(site.behind)):
        return True
    if TARGETED.fullmatch(raw) and FITTED.match(site.behind):
        return True
    return start == end and (core_end < site.group[0].start or (site.follows and not raw.strip(LEADING)))


def _ends_a_list(words: str) -> bool:
    """Say whether the figure sums up what was named one by one: 实施东风水库、上游水库等35个灌区改造."""
    makers = [cue for cue in load_cues("indicators.toml")["maker"] if cue.says != "placed"]
    return words.endswith("等") and any(cue.pattern.match(words.lstrip(LEADING)) for cue in makers)


def read_count_before(site: Site, link: Link | None, noun: tuple[int, int]) -> Found:
    """Return the target of 打造200个以上省级美丽乡村."""
    quantity = site.quantity
    stated = None if link is None or link.changes else bound_of(link)  # 新增10家 is a count, 不少于10家 a bound
    earlier: Comparator | None = ">=" if EARLIER_BOUND.search(site.before) else None
    op = quantity.says or stated or earlier or (">=" if quantity.kind == "percent" else "=")
    found = site.found(quantity, noun, op, "figure.count_before", end=noun[1])
    shape, left = site.passage.shape, site.left
    core_end = left + len(site.before)
    if is_made(site, core_end) and not _follows_a_verb(site, core_end):
        return replace(found, name=made_name(site, noun, core_end))
    start, end = strip_name(shape, left, left + len(COVERING.sub("", site.before)), verbs=False)
    if quantity.kind == "percent" and COVERING.search(site.before) and end - start >= 2:  # 改革试点覆盖50%以上行政村
        return replace(found, name=f"{site.passage.text[start:end]}覆盖{found.name}")
    if (deed := re.search(rf"(?:{verb_pattern()})$", site.before)) and is_plain(found.name):
        return replace(found, name=deed[0] + found.name)
    if len(found.name) <= 2 and (often := OFTEN.search(site.before)):  # 监测点位每年至少开展1次监测
        start, end = strip_name(shape, left, left + often.start(), verbs=False)
        return replace(found, name=site.passage.text[start:end] + found.name) if end - start >= 4 else found
    return found


def read_count_after(site: Site) -> Iterator[Found]:
    """Yield the target of 创建省级及以上绿色工厂10家."""
    shape, quantity, cues = site.passage.shape, site.quantity, load_cues("indicators.toml")
    share = quantity.kind == "percent"
    start, end = strip_name(shape, site.left, site.group[0].start, verbs=False)
    if not (share and is_metric(shape[start:end])):
        start, end = _last_object(shape, *strip_name(shape, start, end, verbs=True))
    name = shape[start:end]
    if not 2 <= end - start <= LONGEST_NAME or quantity.kind in ("none", "ratio") or name.startswith("占"):
        return
    change = first(cues["change"], site.before) if share else None
    yearly = YEARLY.search(site.before)
    if change is None and yearly is None and not _sets_a_count(site, start, end):
        return
    if change is not None and (said := change.pattern.search(site.before)):
        start = max(start, site.left + said.end())
    if yearly is not None:
        start = site.left + yearly.start()
    elif is_plain(site.passage.text[start:end]) or _does(site) is not None:
        start = min(start, _does(site) or start, strip_name(shape, site.left, end, verbs=False)[0])
    cut = quantity.kind != "count" and first(cues["cut"], site.before) is not None
    op = "-=" if cut else change.says if change else quantity.says or "="
    yield site.found(quantity, (start, end), cast(Comparator, op), "figure.count_after", end=quantity.end)


def _sets_a_count(site: Site, start: int, end: int) -> bool:
    """Say whether what stands before the figure sets it as a target: a verb, another target, or a name of something measured."""
    shape, quantity = site.passage.shape, site.quantity
    name, counted = shape[start:end], quantity.kind == "count"
    if site.follows or site.after_share or re.search(verbs(), shape[site.left : start + 1]) is not None:
        return True
    if (kept := re.match(verbs(), name)) and HOUSED.fullmatch(name, kept.end()):  # 认定平台20个
        return True
    if is_metric(name) and (quantity.kind == "percent" or (quantity.kind != "time" and not DESCRIBED.match(name))):
        return True
    if counted and (PUSHED.match(site.before) is not None or _does(site) is not None):
        return True
    return quantity.kind in ("count", "measure") and DONE.search(name) is not None and not shape[site.left : start].strip(LEADING)


def _does(site: Site) -> int | None:
    """Return where a system or body is named that does what is counted: 平台归集数据10亿条."""
    shape, end = site.passage.shape, site.group[0].start
    start = strip_name(shape, site.left, end, verbs=False)[0]
    subject = None if PLACED.match(shape, start, end) else SUBJECT.match(shape, start, end)
    if strip_name(shape, start, end, verbs=True)[0] != start:
        return None
    return start if subject and re.compile(verbs()).match(shape, subject.end(), end - 1) else None


def _last_object(shape: str, start: int, end: int) -> tuple[int, int]:
    """Return the object of the last verb: of 在重点乡镇新建冷库 it is 冷库."""
    placed = PLACED.match(shape, start, end) is not None
    cues = [cue for cue in load_cues("indicators.toml")["maker"] if placed or cue.says != "placed"]
    makers = sorted((match for cue in cues for match in cue.pattern.finditer(shape, start, end)), key=lambda match: match.start())
    for match in reversed(makers):
        inner = strip_name(shape, match.end(), end, verbs=True)
        if HOUSED.fullmatch(shape, *inner):  # 重点建设项目 is one name
            continue
        if inner[1] - inner[0] >= 2 and match.start() - start >= (3 if placed else 4):
            return inner
    return start, end
