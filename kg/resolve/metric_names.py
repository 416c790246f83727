"""The names of metrics in the forms in which they are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

_MARKS = re.compile(r"[\s“”\"'‘’《》]")
# whose figure it is, not what is measured
_SCOPE = re.compile(
    r"^(?:全市域|全[市省国区县州](?!性)|全社(?!会)|[本我][市省区县]|市域|市城区|主城区|中心城区|城区|市区|县域(?!内)|区域|各类(?=.{2})"
    r"|年度|年均|当年|全年|累计|力争|确保|新增(?=.{6})|保持|实现|完成(?=.{3,}(?:率|比重|比例|指数)$)|主要|总体|其中[:：]?)"
)
_TAIL = re.compile(r"(?:达到|达|保持在|稳定在|控制在|不低于|提高到|提升到|目标任务|目标|任务)$")
# ways to write the same: GDP is 地区生产总值, 规模以上 is 规上, 比率 is 比例; only for looking up, never shown
_SAME: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?:地区|国内)?生产总值"), "GDP"),
    (re.compile(r"规模以?上"), "规上"),
    (re.compile(r"限额以?上"), "限上"),
    (re.compile(r"占(?:全[市省国县区州]|我[市省])"), "占"),
    (re.compile(r"(?:比率|占比|比例)$"), "比重"),
    (re.compile(r"年平均|年均|平均(?=浓度)"), ""),
    (re.compile(r"能源消耗|综合能耗|能源消费(?=降|下|强)"), "能耗"),
    (re.compile(r"以及|[、及与和]"), "和"),
    (re.compile(r"(?<=.)的"), ""),
    (re.compile(r"每(?=[千万百])"), ""),
    (re.compile(r"(?<=万|千)(?:常住)?人口?拥有"), "人"),
    (re.compile(r"(?<=万|千)人口"), "人"),
)
NUMBER_OF = re.compile(r"(?:数量|总数|总量|套数|户数|人数|家数|个数|数|改造提升|改造|建设|建设项目|项目|工程|面积|里程|长度)$")
# what is done to things that are counted: 新改建公厕 counts 公厕
_DONE_TO = re.compile(
    r"^(?:新改建|新改扩建|新建改造|新建改建|新建|改建|改造提升|改造|新增|完成|筹集|建设|建成|打造|创建|培育|引进|实施|发放|开展|组织|交付|认定|推广|开行)(?=.{2})"
)
TYPO_LENGTH = 7  # characters; of a shorter name too many others are near
_LONGEST = 60  # characters of a name; what is longer is a piece of a broken text
# 规模上工业 for 规模以上工业; without 非, 劣 or 新 it would be another metric
_MEANINGLESS = frozenset("以之的性化综合施设资产业务费模管覆盖理")


def normalize_metric(name: str) -> str:
    """Return an indicator's name in the form in which names are compared.

    >>> normalize_metric("全市细颗粒物（PM2.5） 年均浓度达到")
    '细颗粒物PM2.5年均浓度'
    """
    text = _MARKS.sub("", unicodedata.normalize("NFKC", name))  # turns Ⅴ into V as well
    text = text.replace("pm", "PM").replace("Pm", "PM").replace("(", "").replace(")", "").rstrip("。,;:、")
    while (short := _SCOPE.sub("", text)) != text and len(short) >= 2:
        text = short
    return short if len(short := _TAIL.sub("", text)) >= 2 else text


def same(text: str) -> str:
    """Return a name in one of the ways in which it can be written.

    >>> same("战略性新兴产业增加值占全市生产总值的比重") == same("战略性新兴产业增加值占GDP比重")
    True
    """
    for pattern, word in _SAME:
        text = pattern.sub(word, text)
    return text


def forms_of(text: str) -> Iterator[str]:
    """Yield the forms in which the catalogue may have a name; 秸秆综合利用 is the rate, 改造老旧小区 is 老旧小区改造.

    >>> list(forms_of("新改建公厕"))
    ['新改建公厕', '新改建公厕率', '公厕', '公厕改造']
    """
    yield text
    yield f"{text}率"
    if (bare := NUMBER_OF.sub("", text)) != text:
        yield bare
    if (thing := _DONE_TO.sub("", text)) != text:
        yield thing
        yield f"{thing}改造"


def slips_of(text: str, known: Collection[str]) -> set[str]:
    """Return the known names that a name is one slip of the pen away from: a doubled, swapped or missing character.

    >>> slips_of("固定产投资完成额", {"固定资产投资完成额", "固定产出投资额"})
    {'固定资产投资完成额'}
    """
    if not TYPO_LENGTH <= len(text) <= _LONGEST:
        return set()
    near = {text[:i] + text[i + 1 :] for i in range(1, len(text)) if text[i] == text[i - 1]}
    near |= {text[:i] + text[i + 1] + text[i] + text[i + 2 :] for i in range(len(text) - 1)}
    near |= {text[:i] + char + text[i:] for i in range(1, len(text)) for char in _MEANINGLESS}
    return {name for name in near if name in known and name != text}
