"""At which level a body or a title speaks: the centre, a province, a city or a county, by its first words."""

from __future__ import annotations

import re

from kg.model import Level

_NATIONAL = re.compile(
    r"^(?:中华人民共和国|国务院|中共中央|党中央|中国共产党|全国|国家(?!级)|中央|中国|最高人民|公民|外商)|(?<=[《〈])(?:国务院|中共中央)"
    r"|(?<![办方司执立违依合普非守做用手语书技疗文])法$|法典$|宪法$"
)
_MINISTRY = re.compile(
    r"^(?:国务院|中共中央|党中央|中央|国家|全国|最高人民|中办|国办|人民银行|中国人民银行|海关总署|审计署|税务总局|民航局|国资委|证监会|银保监会|银监会|保监会|住建部|人社部|工信部"
    r"|[\u4e00-\u9fff]{2,12}(?<!组织)(?<!宣传)(?<!统战)(?<!武装)(?<!社会工作)部$|[\u4e00-\u9fff]{2,10}总局$)"
)
_PROVINCE = re.compile(
    r"^(?:中共)?(?:省|自治区|全省|我省|本省|[\u4e00-\u9fff]{1,3}省|[\u4e00-\u9fff]{2,6}自治区|(?:北京|上海|天津|重庆)市)"
)
_CITY = re.compile(
    r"^(?:中共)?(?:全市|我市|本市|市(?=[委政级人直])|市[^场政民容]{0,8}[局委办]|[Xx×某]{1,3}市|[\u4e00-\u9fff]{1,6}?(?:(?<!城)(?<!都)(?<!超)市(?!场|政(?!府)|民|容|级)|地区(?=行|城))|[\u4e00-\u9fff]{2,12}?自治州|[\u4e00-\u9fff]{2,4}州(?=20\d\d|人民|政府|委(?!员)|党)|州[委政]"
    r"|[运聊晋盐宣韩诸禹邹海凤兴项永桐塔丰应麻]城市|[成宜昌]都市)"  # names that end like 城市, 都市
)
_COUNTY = re.compile(
    r"^(?:中共)?(?:全县|我县|本县|全区|我区|[县区](?=[委政级人直])|[\u4e00-\u9fff]{1,4}?(?:自治县|县|新区|(?<!地)(?<!区分)(?<!功能)(?<!保护)(?<![园城社小片校辖景灾库])区)(?=[\u4e00-\u9fff]{2}|20\d\d|“)(?!域|级|分级|块|划|县)"
    r"|[\u4e00-\u9fff]{2,4}?(?<![园社地])区(?=人民政府|政府|委(?!员)))"
)
# 关于开发区建设的意见, 推进城市更新方案: what is done stands first, not whose it is
_NO_PLACE = re.compile(
    "关于|推[进动]|加[强快]|促进|支持|深化|进一步|实施|做好|规范|完善|优化|提升|开展|全面|建[立设](?!市)|健全|落实|贯彻|扶持|鼓励|老旧"
)
_LEVELS: tuple[tuple[Level, re.Pattern[str]], ...] = (("province", _PROVINCE), ("prefecture", _CITY), ("county", _COUNTY))
# 济南市钢城区人民政府, 河北省石家庄市2023年…: the place within the first one; a body, a year or a subject must follow
_INNER = re.compile(
    r"(?![委人政党及和、])(?P<city>[\u4e00-\u9fff]{2,5}(?<![设各城都超辖级])市|[\u4e00-\u9fff]{2,8}自治州)?"
    r"(?P<county>[\u4e00-\u9fff]{1,5}(?<![各辖强名])(?:自治[县旗]|县|旗|市|(?<![地社园发范税验保])区(?=人民|政府|委(?!员)|党))"
    r"|[\u4e00-\u9fff]{2,4}(?<![地社园发范税验保小老])(?<!主城)(?<!心城)(?<!高新)区)?"
    r"(?=人民|政府|委(?!员)|党|人大|政协|20\d\d|“|关于|国民经济|十[一二三四五]|[\u4e00-\u9fff]{2,10}(?:局|委|办公室|办)(?:$|关于)|$)"
)


def level_of_words(title: str) -> Level:
    """Return the level that a title shows by itself.

    >>> level_of_words("河北省水利规划"), level_of_words("安全生产法"), level_of_words("新能源城市公交车实施细则")
    ('province', 'national', 'unknown')
    >>> level_of_words("济南市钢城区人民政府关于某事的意见"), level_of_words("河北省石家庄市2023年工作要点")
    ('county', 'prefecture')
    >>> level_of_words("运城市应急规划"), level_of_words("沿海城市群规划"), level_of_words("中共北京市委北京市人民政府关于某意见")
    ('prefecture', 'unknown', 'province')
    >>> level_of_words("关于社区治理的意见"), level_of_words("推进开发区建设方案"), level_of_words("建德市养老规划")
    ('unknown', 'unknown', 'prefecture')
    """
    words = title.removeprefix("关于印发").lstrip('《〈“”"0123456789年')
    found = _level_of_place(words)
    return found if found != "unknown" else "national" if _NATIONAL.search(words) or _NATIONAL.search(title) else "unknown"


def level_of_issuer(issuer: str) -> Level:
    """Return the level of a body, of several the first one's.

    >>> level_of_issuer("市委、市政府"), level_of_issuer("省发展改革委等7部门"), level_of_issuer("交通运输部")
    ('prefecture', 'province', 'national')
    """
    words = re.sub("(?<=[部局署])办公[厅室]$", "", re.split("、|等", issuer)[0])
    found = _level_of_place(words)
    return found if found != "unknown" else "national" if _MINISTRY.match(words) else "unknown"


def _level_of_place(words: str) -> Level:
    if _NO_PLACE.match(words):
        return "unknown"
    for level, pattern in _LEVELS:
        if match := pattern.match(words):
            return _within(words[match.end() :], level)
    return "unknown"


def _within(words: str, level: Level) -> Level:
    """Return the level of the place that follows a place: a county in a city, either in a province."""
    inner = _INNER.match(words)
    if inner is None or level == "county" or not inner[0] or _NO_PLACE.match(words):
        return level
    if inner["county"]:
        return "prefecture" if level == "province" and inner["county"].endswith("市") else "county"
    return "prefecture" if level == "province" else "county"
