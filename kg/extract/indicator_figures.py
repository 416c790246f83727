"""Targets with a figure: 覆盖率达到95%, 打造200个以上省级美丽乡村, 绿色工厂10家."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import cast

from kg.cues import Cue, first, load_cues
from kg.extract.indicator_found import Found
from kg.extract.indicator_names import is_lower_better, is_metric, split_names, strip_name, verb_pattern
from kg.extract.indicator_passages import BLANK, Passage
from kg.extract.indicator_quantities import Quantity, find_quantities, group_quantities
from kg.model import Comparator

LONGEST_NAME = 60
EACH = re.compile(r"(?:分别|均|都|各)(?:应|要|须|需|力争|稳定|保持|不断|累计|基本|年均|同比)*$")
AFTER_FIGURE = re.compile(
    r"^的?(?:目标|任务|要求|水平|标准|规模|比例|幅度|速度|增速|指标)(?:任务|目标|要求|值)?(?=$|、|的|并|和|内)|^等(?!级|第)"
)
CONNECTIVE = re.compile(r"^(?:[、，；：]|和|与|及|以及|并|且|或|、)|^$")
NOUN_END = re.compile(r"(?:[、，；：]|和|与|及|以及|并|或|其中)+$")
SCOPE = re.compile(r"^的")


@dataclass(frozen=True, slots=True)
class _Site:
    """A group of quantities within its clause: what stands before and behind it."""

    passage: Passage
    sentence: int  # where the sentence begins
    left: int  # where the words before the figure begin
    group: list[Quantity]
    right: int  # where the words behind it end
    follows: bool  # another target stands before it in the same sentence

    @property
    def before(self) -> str:
        return self.passage.shape[self.left : self.group[0].start]

    @property
    def behind(self) -> str:
        return self.passage.shape[self.group[-1].end : self.right]


def find_figures(passage: Passage, start: int, end: int) -> Iterator[Found]:
    """Yield the targets with a figure of one sentence."""
    follows = False
    subject = ""  # the metric named last, for a figure without a name of its own: 同比增长8%
    for clause_start, clause_end in passage.clauses(start, end):
        quantities = [
            q for q in find_quantities(passage, clause_start, clause_end) if not _qualifies(passage.shape, q, clause_end)
        ]
        groups = list(group_quantities(passage.shape, quantities))
        left = clause_start
        for number, group in enumerate(groups):
            right = groups[number + 1][0].start if number + 1 < len(groups) else clause_end
            site = _Site(passage, start, left, group, right, follows)
            found = list(_read_site(site, subject))
            if found:
                follows, left = True, max(one.end for one in found)
                subject = found[-1].name
            yield from found
        if not groups:
            subject = _metric_of(passage, clause_start, clause_end)


def _qualifies(shape: str, quantity: Quantity, end: int) -> bool:
    """Say whether a figure only tells what kind of thing is meant: 年交易额100亿元以上的专业市场."""
    behind = shape[quantity.end : end]
    return quantity.kind not in ("percent", "count") and behind.startswith("的") and not AFTER_FIGURE.match(behind)


def _metric_of(passage: Passage, start: int, end: int) -> str:
    """Return the metric that a clause without a figure names, or nothing."""
    name = passage.text[slice(*strip_name(passage.shape, start, end, verbs=False))]
    return name if is_metric(name) else ""


def _read_site(site: _Site, subject: str) -> Iterator[Found]:
    link = _link(site.before)
    noun = _noun(site)
    core_end = site.left + (link[1] if link else len(site.before))
    if _is_no_target(site, noun, link):
        return
    if (
        noun
        and not _is_share_done(site)
        and site.group[-1].kind in ("count", "measure", "percent")
        and _opens_count(site, core_end)
    ):
        yield from _counted(site, link, noun, core_end)
    elif link and not _is_object(site, link):
        yield from _measured(site, link, core_end, subject)
    elif not noun or _is_share_done(site):
        yield from _counted_before(site)


def _is_object(site: _Site, link: tuple[Cue, int]) -> bool:
    """Say whether 提升 goes on with another verb and things are counted: 完成旧房整治提升32万户 states no rise."""
    words = site.before[: link[1]]
    counted = link[0].says == "+=" and site.group[-1].kind in ("count", "measure")
    return counted and re.search(f"{_verbs()}$", words) is not None and not is_metric(words)


def _link(before: str) -> tuple[Cue, int] | None:
    """Return what joins a metric to its figure, and where it begins in ``before``."""
    before = re.sub(r"(?:20\d\d年(?:底|末)?的?|每[\u4e00-\u9fff]{1,5})$", "", before)
    for cue in load_cues("indicators.toml")["link"]:
        if match := cue.pattern.search(before):
            return cue, match.start()
    if match := re.search(r"不(?:低于|少于)[^，、\d]{1,16}$", before):
        return next(cue for cue in load_cues("indicators.toml")["link"] if cue.id == "not_less"), match.start()
    return None


def _noun(site: _Site) -> tuple[int, int] | None:
    """Return where the thing counted stands, when it stands behind the figure."""
    behind = site.behind
    if CONNECTIVE.match(behind) or AFTER_FIGURE.match(behind):
        return None
    start = site.group[-1].end + (1 if behind.startswith("的") else 0)
    noun = site.passage.shape[start : site.right]
    if site.right < len(site.passage.shape) and site.passage.shape[site.right].isdigit():
        noun = re.sub(rf"(?:{verb_pattern()}|不少于|不低于|超过|至少)+$", "", NOUN_END.sub("", noun))
        noun = NOUN_END.sub("", noun)
    return (start, start + len(noun)) if len(noun.strip(BLANK + " ")) >= 1 or len(noun) > 3 else None


def _is_no_target(site: _Site, noun: tuple[int, int] | None, link: tuple[Cue, int] | None) -> bool:
    """Say whether the figure is a result, a condition, or a rate that people are paid by."""
    quantity = site.group[-1]
    clause = site.passage.shape[site.left : site.right]
    cues = load_cues("indicators.toml")
    if first(cues["past"], site.before[-20:]) or first(cues["so_far"], site.passage.shape[site.sentence : site.group[0].start]):
        return True
    if site.behind.startswith("的") and not noun and not AFTER_FIGURE.match(site.behind):
        return True
    if quantity.kind in ("money", "percent", "time") and any(
        cue.id == "grant" and cue.pattern.search(clause) for cue in cues["parameter"]
    ):
        return True
    if quantity.kind in ("money", "time") and (noun or not link):
        return quantity.kind == "time" or not (not noun and is_metric(_bare(site)))
    qualifies = noun is not None and (site.behind.startswith("的") or quantity.says is not None)
    return qualifies and quantity.kind == "measure" and not re.search(f"{_verbs()}$", site.before)


def _is_share_done(site: _Site) -> bool:
    """Say whether a share of something is done: 养殖场粪污处理设施100%配套."""
    return site.group[-1].kind == "percent" and first(load_cues("indicators.toml")["whole"], site.behind) is not None


def _bare(site: _Site) -> str:
    return site.passage.shape[slice(*strip_name(site.passage.shape, site.left, site.group[0].start, verbs=True))]


def _opens_count(site: _Site, core_end: int) -> bool:
    """Say whether a verb that makes or brings things stands right before the figure, or another count does."""
    shape = site.passage.shape
    start, end = strip_name(shape, site.left, core_end, verbs=False)
    core = shape[start:end]
    if site.group[-1].kind == "percent":
        return not core or re.search(r"(?:覆盖|实现|带动|惠及|引导|推动|确保)$", shape[site.left : core_end]) is not None
    raw = shape[site.left : core_end]
    if (
        re.search(rf"(?:{_verbs()}|[建设])(?:和|及|与|、|并)?(?:的|约|近|各|共|了)?$", raw)
        or _ends_a_list(raw)
        or (site.follows and re.search(r"与$", raw))
    ):
        return True
    return not core and (core_end < site.group[0].start or (site.follows and not raw.strip("□、，和及并")))


def _ends_a_list(words: str) -> bool:
    """Say whether the figure sums up what was named one by one: 实施东风水库、上游水库等35个灌区改造."""
    makers = load_cues("indicators.toml")["maker"]
    return words.endswith("等") and any(cue.pattern.match(words.lstrip("□、，和及并")) for cue in makers)


def _counted(site: _Site, link: tuple[Cue, int] | None, noun: tuple[int, int], core_end: int) -> Iterator[Found]:
    """Yield the target of 打造200个以上省级美丽乡村."""
    quantity = site.group[-1]
    op = quantity.says or _stated(link) or _earlier_bound(site.before) or (">=" if quantity.kind == "percent" else "=")
    yield _found(site, quantity, noun, op, "figure.count_before", end=noun[1])


def _stated(link: tuple[Cue, int] | None) -> Comparator | None:
    """Return what the words before a count say of it: 新增10家 is a count, 不少于10家 a bound."""
    if link is None or link[0].says in ("+=", "-="):
        return None
    return ">=" if link[0].says == "reach" else cast(Comparator, link[0].says)


def _earlier_bound(before: str) -> Comparator | None:
    return ">=" if re.search(r"(?:至少|不少于|不低于|超过)[^，\d]{0,8}$", before) else None


def _measured(site: _Site, link: tuple[Cue, int], core_end: int, subject: str) -> Iterator[Found]:
    """Yield the targets of 畜禽粪污综合利用率、秸秆综合利用率分别稳定在95%、97%以上."""
    shape, left = site.passage.shape, site.left
    if SCOPE.match(site.behind) and not AFTER_FIGURE.match(site.behind):
        return
    start, end = strip_name(shape, left, core_end, verbs=False)
    name = shape[start:end]
    if site.group[-1].kind != "percent" and not is_metric(name):
        start, end = strip_name(shape, left, core_end, verbs=True)
    if end - start < 2 and subject:
        yield from _named(site, link[0], [subject])
        return
    if not 2 <= end - start <= LONGEST_NAME:
        return
    if site.group[-1].kind == "money" and _describes(shape[left:core_end], site.behind):
        return
    if site.group[-1].kind == "time" and (link[0].says in ("+=", "-=") or not is_metric(shape[start:end])):
        return
    each = EACH.search(shape[site.left : core_end]) is not None
    group = _share_bounds(site.group)
    names = split_names(site.passage.text[start:end]) if each or len(group) > 1 else [site.passage.text[start:end]]
    if len(group) == 1 and each:
        group = group * len(names)
    elif len(group) > 1 and len(names) != len(group):
        names = [site.passage.text[start:end]] * len(group)
    yield from _named(site, link[0], names, group, (start, end))


def _describes(words: str, behind: str) -> bool:
    """Say whether the figure describes what is made, named behind it: 培育年产值超100亿元、具有竞争力的龙头企业."""
    return re.match(rf"[□、，和及并]*{_verbs()}", words) is not None and len(behind) > 4 and _link(behind) is None


def _named(
    site: _Site, link: Cue, names: list[str], group: list[Quantity] | None = None, span: tuple[int, int] | None = None
) -> Iterator[Found]:
    """Yield a target for each name with its quantity."""
    for item, quantity in zip(names, group or site.group, strict=False):
        if quantity.kind == "none" and not is_metric(item):
            continue
        op = _operator(link, quantity, item)
        at = span or (site.left, site.left)
        yield replace(_found(site, quantity, at, op, f"figure.{link.id}", end=site.group[-1].end), name=item)


def _share_bounds(group: list[Quantity]) -> list[Quantity]:
    """Return the quantities, each with the 以上 or 左右 that stands behind the last one."""
    says = group[-1].says
    return [quantity if quantity.says else replace(quantity, says=says) for quantity in group]


def _operator(link: Cue, quantity: Quantity, name: str) -> Comparator:
    if link.says in ("+=", "-="):
        return "~" if quantity.says == "~" else cast(Comparator, link.says)
    if quantity.says is not None:
        return quantity.says
    if link.says == "reach":
        return "<=" if is_lower_better(name) else ">="
    return cast(Comparator, link.says)


def _counted_before(site: _Site) -> Iterator[Found]:
    """Yield the target of 创建省级及以上绿色工厂10家."""
    passage, quantity = site.passage, site.group[-1]
    shape = passage.shape
    start, end = _last_object(shape, *strip_name(shape, site.left, site.group[0].start, verbs=True))
    name = shape[start:end]
    change = first(load_cues("indicators.toml")["change"], site.before) if quantity.kind == "percent" else None
    verb = change is not None or re.search(_verbs(), shape[site.left : start + 1]) is not None
    if not 2 <= end - start <= LONGEST_NAME or quantity.kind == "none" or name.startswith("占"):
        return
    if not (verb or site.follows or _is_share_done(site) or (is_metric(name) and quantity.kind == "percent")):
        return
    if change and (said := change.pattern.search(site.before)):
        start = max(start, site.left + said.end())
    cut = quantity.kind != "count" and first(load_cues("indicators.toml")["cut"], site.before) is not None
    op = cast(Comparator, "-=" if cut else change.says if change else quantity.says or "=")
    yield _found(site, quantity, (start, end), op, "figure.count_after", end=quantity.end)


@cache
def _verbs() -> str:
    return rf"(?:{verb_pattern()})"


def _last_object(shape: str, start: int, end: int) -> tuple[int, int]:
    """Return the object of the last verb: of 在重点乡镇新建冷库 it is 冷库."""
    makers = [match for cue in load_cues("indicators.toml")["maker"] for match in cue.pattern.finditer(shape, start, end)]
    for match in reversed(makers):
        inner = strip_name(shape, match.end(), end, verbs=True)
        if inner[1] - inner[0] >= 2 and match.start() - start >= 4:
            return inner
    return start, end


def _found(site: _Site, quantity: Quantity, name: tuple[int, int], op: Comparator, rule: str, end: int) -> Found:
    passage = site.passage
    start = min(site.left if passage.shape[site.left] not in "、，" else site.left + 1, name[0])
    return Found(
        name=passage.text[name[0] : name[1]],
        kind="placeholder" if quantity.hidden else "quantitative",
        op=op,
        value=quantity.value,
        unit=quantity.unit,
        year=passage.years.at(quantity.start),
        start=start,
        end=max(end, quantity.end),
        rule=rule,
    )
