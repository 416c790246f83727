"""Where a figure stands in its clause: what joins it to a metric, what follows it, and whether it is a target at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from kg.cues import Cue, first, load_cues
from kg.extract.indicators.found import Found
from kg.extract.indicators.names import is_metric, strip_name, verb_pattern
from kg.extract.indicators.passages import BLANK, Passage
from kg.extract.indicators.quantities import Quantity
from kg.model import Comparator

LONGEST_NAME = 60
LEADING = "□、，和及并"  # what may stand between two clauses
AFTER_FIGURE = re.compile(
    r"^的?(?:目标|任务|要求|水平|标准|规模|比例|幅度|速度|增速|指标|台阶|大关|关口|门槛)(?:任务|目标|要求|值)?(?=$|、|的|并|和|内)|^等(?!级|第)"
)
CONNECTIVE = re.compile(r"^(?:[、，；：]|和|与|及|以及|并|且|或)|^$")
NOUN_END = re.compile(r"(?:[、，；：]|和|与|及|以及|并|或|其中)+$")
YEAR_BETWEEN = re.compile(
    r"(?:20\d\d年(?:底|末)?的?|每(?!年|月|季)[\u4e00-\u9fff]{1,5})$"
)  # 达到每平方公里4座, 提高到2025年的92%
BASE_BETWEEN = re.compile(r"(?<=[到达过于])[^，、\d]{2,10}[口数量额积员]的$")  # 人数达到总人口的45%
BOUND_APART = re.compile(r"不(?:低于|少于)[^，、\d]{1,16}$")  # 不低于平原地区18%
# more conditions on what is meant: 入井人数超过30人、井深超过800米的矿山; 200户或500人以上的村
CONDITION = re.compile(
    r"[、或且及和][^，、]{0,16}?(?:(?:超过|不低于|不少于|大于|高于)\d|\d[^，、]{1,5}以[上下])[^，]{0,8}的(?!目标|任务|要求|水平|标准)"
)
# money that is to come in or to be saved, not to be paid: 争取上级资金5亿元, 减轻企业负担2亿元
SOUGHT = re.compile(
    r"(?:争取|撬动|减轻|吸引|招引|引进|盘活|清欠|化解|拉动)(?!项目)[^，、]{0,16}(?:资金|资本|负担|外资|内资|投资|债务|欠款|账款|资产|消费)$"
)
CONDITION_REACH = 60
# 已培训3万人，带动就业1万人: the second is a result as the first is
DONE_BEFORE = re.compile(r"(?:^|，)[□\s]*(?:目前|现|我市|全市|全省|全县)?已(?:累计|经|完|建|实|培|发|有)[^，]*\d[^，]*，")
AHEAD = re.compile(r"力争|确保|计划|争取|今年|将|到20\d\d年|年底前|新增|再|要")
YEARS_APART = re.compile(r"每(?:[2-9]|[两二三四五六七八九十])年[^，]{0,8}$")  # 每5年修订1次 is a rule, no target
THING = re.compile(r"[\u4e00-\u9fff□]{2,16}")
SENTENCE_REACH = 400  # characters before a figure in which 截至目前 says that it is a result
LINK_REACH = 120  # characters before a figure in which the word that joins it stands


@dataclass(frozen=True, slots=True)
class Link:
    """What joins a metric to its figure; ``start`` is where it begins in the words before the figure."""

    cue: Cue
    start: int
    name: int = 0  # where the metric begins, when the wording says so: 压缩…至

    @property
    def changes(self) -> bool:
        """Say whether a change is stated, not a level."""
        return self.cue.says in ("+=", "-=")


@dataclass(frozen=True, slots=True)
class Site:
    """A group of quantities within its clause: what stands before and behind it."""

    passage: Passage
    sentence: int  # where the sentence begins
    left: int  # where the words before the figure begin
    group: list[Quantity]
    right: int  # where the words behind it end
    follows: bool  # another target stands before it in the same sentence

    @property
    def quantity(self) -> Quantity:
        """Return the last quantity of the group."""
        return self.group[-1]

    @property
    def before(self) -> str:
        """Return the words before the figure."""
        return self.passage.shape[self.left : self.group[0].start]

    @property
    def behind(self) -> str:
        """Return the words behind the figure."""
        return self.passage.shape[self.quantity.end : self.right]

    @property
    def after_share(self) -> bool:
        """Say whether a share of something is done: 养殖场粪污处理设施100%配套."""
        return self.quantity.kind == "percent" and first(load_cues("indicators.toml")["whole"], self.behind) is not None

    def found(self, quantity: Quantity, name: tuple[int, int], op: Comparator, rule: str, end: int) -> Found:
        """Return the target of this site that ``name`` marks."""
        passage = self.passage
        start = min(self.left if passage.shape[self.left] not in "、，" else self.left + 1, name[0])
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


@cache
def verbs() -> str:
    """Return the pattern of the verbs that take a counted thing."""
    return f"(?:{verb_pattern()})"


def find_link(before: str) -> Link | None:
    """Return what joins a metric to the figure behind ``before``.

    >>> find_link("农膜回收率达到").cue.id
    'reach'
    """
    far = max(0, len(before) - LINK_REACH)
    near = BASE_BETWEEN.sub("", YEAR_BETWEEN.sub("", before[far:].rstrip(" \u3000")))
    cues = load_cues("indicators.toml")["link"]
    for cue in cues:
        if match := cue.pattern.search(near):
            apart = match.groupdict().get("name") is not None
            return Link(cue, far + match.end("name"), far + match.start("name")) if apart else Link(cue, far + match.start())
    if match := BOUND_APART.search(near):
        return Link(next(cue for cue in cues if cue.id == "not_less"), far + match.start())
    return None


def find_noun(site: Site) -> tuple[int, int] | None:
    """Return where the thing counted stands, when it stands behind the figure."""
    behind = site.behind
    if CONNECTIVE.match(behind) or AFTER_FIGURE.match(behind):
        return None
    start = site.quantity.end + behind.startswith("的")
    noun = site.passage.shape[start : site.right]
    if site.passage.shape[site.right : site.right + 1].isdigit():  # the verb of the next figure is no part of it
        noun = NOUN_END.sub("", re.sub(rf"(?:{verbs()}|不少于|不低于|超过|至少)+$", "", NOUN_END.sub("", noun)))
    if site.passage.text[start : start + 1] in ("（", "(") and not noun.strip(BLANK):  # 29万吨（分别比上年增加1万吨）
        return None
    return (start, start + len(noun)) if noun.strip(BLANK + " ") or len(noun) > 3 else None


def qualifies(shape: str, quantity: Quantity, end: int) -> bool:
    """Say whether a figure only tells what kind of thing is meant: 年交易额100亿元以上的专业市场."""
    behind = shape[quantity.end : end]
    return quantity.kind not in ("percent", "count") and behind.startswith("的") and not AFTER_FIGURE.match(behind)


def sizes(shape: str, quantity: Quantity, then: Quantity | None) -> bool:
    """Say whether a figure tells how large the things are that the next one counts: 35蒸吨及以下燃煤锅炉100台."""
    between = shape[quantity.end : then.start] if then else ""
    bounded = quantity.kind in ("measure", "money", "time") and quantity.says in (">=", "<=")
    return bounded and then is not None and then.kind == "count" and THING.fullmatch(between) is not None


def is_no_target(site: Site, noun: tuple[int, int] | None, link: Link | None) -> bool:
    """Say whether the figure is a result, a condition, or a rate that people are paid by."""
    kind = site.quantity.kind
    if _is_result(site) or (site.behind.startswith("的") and noun is None and not AFTER_FIGURE.match(site.behind)):
        return True
    clause = site.passage.shape[site.left : site.right]
    if site.quantity.unit == "次" and YEARS_APART.search(site.before):
        return True
    if kind != "percent" and CONDITION.match(site.passage.shape, site.quantity.end, site.quantity.end + CONDITION_REACH):
        return True
    if kind in ("money", "percent", "time") and first(load_cues("indicators.toml")["parameter"], clause):
        return True
    if kind == "money" and noun is None and SOUGHT.search(site.before):
        return False
    if kind in ("money", "time") and (noun or not link):
        return kind == "time" or noun is not None or not is_metric(_bare(site))
    described = noun is not None and (site.behind.startswith("的") or site.quantity.says is not None)
    return described and kind == "measure" and not re.search(f"{verbs()}$", site.before)


def _is_result(site: Site) -> bool:
    cues = load_cues("indicators.toml")
    sentence = site.passage.shape[max(site.sentence, site.group[0].start - SENTENCE_REACH) : site.group[0].start]
    if first(cues["past"], site.before[-20:]) is not None or first(cues["so_far"], sentence) is not None:
        return True
    done = DONE_BEFORE.search(sentence)
    return done is not None and AHEAD.search(sentence, done.end()) is None


def _bare(site: Site) -> str:
    return site.passage.shape[slice(*strip_name(site.passage.shape, site.left, site.group[0].start, verbs=True))]


def bound_of(link: Link) -> Comparator:
    """Return what a link says of a level; whether 达到 is a lower or an upper bound depends on the metric."""
    return ">=" if link.cue.says == "reach" else cast(Comparator, link.cue.says)
