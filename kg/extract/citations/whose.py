"""Whose document is cited: by its title, its number, its issuer and the words before it."""

from __future__ import annotations

import re

from kg.extract.citations.levels import level_of_issuer, level_of_words
from kg.extract.citations.numbers import level_of_number, normalize_number
from kg.extract.citations.own import NOBODY, Own
from kg.extract.citations.relations import without_lead
from kg.model import Level, Relation

_RULES = re.compile(r"(?:条例|实施条例)(?:[（(][^（()）]*[)）])?$")
_REPORT = re.compile(r"^(?:(?:19|20)\d\d年(?:度)?)?政府工作报告$")
# 省第十四届人大二次会议审议通过的《政府工作报告》, 区《政府工作报告》
_ASSEMBLY = re.compile(
    r"(?P<national>国务院|全国人(?:大|民代表大会)|全国两会|党中央|中央经济工作会议)"
    r"|(?P<place>(?:北京|上海|天津|重庆)市|省|自治区|市|州|盟|县|区|旗)"
    r"(?:(?:人民)?政府(?!工作报告)|委(?!员)|(?:[（(]?第?[一二三四五六七八九十\d]{1,3}届)|人大|人民代表大会|[两二]会|级?(?:20\d\d年度?)?$)"
)
_PLACE_ALONE = re.compile(
    r"(?:20\d\d年度?)?(?P<who>国家|中央|(?:[我全本原]|[\u4e00-\u9fff]{2,8})?(?<![社城园地超街片])(?:省|自治区|市|州|县|区|旗))(?:级|里)?的?"
)
_VERB = re.compile("^.*(?:承接|对接|参照|参考|争取|纳入|列入|达到|完成|分解|细化|宣传|修订|制定|编制|出台)(?:好|了)?")
_SEVERAL = re.compile("[国家省市区县州](?:和|、|及|与|以及)[省市区县州]$")  # 国家和省《某规划》: the title of both
_MUNICIPAL = re.compile(r"(?:中共)?(?:[全我本]?市(?=[委政级人直第]|《|$)|市[^场政民容]{0,8}[局委办])")
_BY_MARK: dict[str, Level] = {"省": "province", **dict.fromkeys("市州盟", "prefecture"), **dict.fromkeys("县区旗", "county")}


def level_of(
    title: str, issuer: str | None, number: str | None, relation: Relation, own: Own = NOBODY, before: str = ""
) -> Level:
    """Return whose document it is: by its title, its number, its issuer or the words ``before``, else by what kind it is.

    >>> level_of("某意见", None, "国发〔2018〕3号", "basis"), level_of("某意见", None, None, "basis", before="认真落实省")
    ('national', 'province')
    >>> level_of("居住证管理办法", None, None, "basis")
    'unknown'
    """
    if relation == "self" and own.level != "unknown":
        return own.level
    if own.in_municipality and any(words and _MUNICIPAL.match(words) for words in (title, issuer)):
        return "province"
    by_title = level_of_words(title)
    if by_title != "unknown":
        return by_title
    if number and (level := level_of_number(normalize_number(number))) != "unknown":
        return level
    if issuer and (level := level_of_issuer(issuer)) != "unknown":
        return level
    if is_report(title):
        return _level_of_report(before, own)
    if relation == "creates":
        return own.level if own.level != "unknown" else "prefecture"
    if (level := _level_of_place(before)) != "unknown":
        return "province" if level == "prefecture" and own.in_municipality else level
    return "national" if _RULES.search(title) and not re.match("[省市县区]", title) else "unknown"


def is_report(title: str) -> bool:
    """Say whether a title is that of a government's yearly report, which does not say whose it is."""
    return _REPORT.match(title) is not None


def _level_of_report(before: str, own: Own) -> Level:
    """Return whose 政府工作报告 it is: of the assembly that is named nearest before, else of the document's own government."""
    found = list(_ASSEMBLY.finditer(before))
    if found:
        level: Level = "national" if found[-1]["national"] else _BY_MARK.get(found[-1]["place"][-1], "unknown")
        four = len(found[-1]["place"] or "") > 2 and found[-1]["place"] != "自治区"
        return "province" if four or found[-1]["place"] == "自治区" or (level == "prefecture" and own.in_municipality) else level
    return own.report


def _level_of_place(before: str) -> Level:
    """Return the level of a bare place right before a title: 承接省《某方案》."""
    near = re.split("[，,：:》]", before)[-1]
    match = None if _SEVERAL.search(near) else _PLACE_ALONE.fullmatch(_VERB.sub("", without_lead(near)))
    return "unknown" if match is None else level_of_words(f"{match['who']}委")
