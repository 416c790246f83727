"""Persons among the bodies of an assignment: they answer for a task, but are no units."""

from __future__ import annotations

import re

from kg.cues import pattern

# surnames of most people, without those that open the short name of an office (林业, 金融, 卫健, 文旅)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何罗高梁郑谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范廖贾夏韦付傅白邹孟熊秦邱江尹薛闫阎雷侯龙陶黎贺顾毛郝龚邵万钱严"
    "覃武戴莫孔汤温施牛樊葛邢齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧兰焦俞左柳甘祝包宁尚符舒阮柯梅童凌毕季裴霍涂苗谷盛曲翁冉骆蓝辛靳柴蒙鲍华喻祁蒲滕屈饶解牟艾尤穆卓吉缪简芦麦褚娄窦戚岑景宫费"
    "卜冷晏席米柏宗瞿桂全佟臧闵苟邬卞姬仇栾隋刁沙荣巫寇桑甄丛仲虞敖巩明佘池查麻苑迟邝"
)
_OTHERS = "林方石金安文卫农司成时路管车连商和师单纪党游向阳关史房应古边段康耿项郎"
_NAME = re.compile(f"(?:欧阳|司马|上官|诸葛|司徒|夏侯|[{_SURNAMES}])[\u4e00-\u9fff]{{1,2}}")
_PLACES = ("高新", "高铁", "江南", "江北", "江东", "江岸", "江汉")


def names_person(words: str) -> bool:
    """Say whether words are a person's office, with or without the name: 某副市长, 县委书记某某.

    >>> names_person("分管副市长"), names_person("县委书记张某某"), names_person("市长热线办")
    (True, True, False)
    """
    titled = pattern("clause", "person").search(words)
    return titled is not None and (titled.end() == len(words) or _NAME.fullmatch(words, titled.end()) is not None)


def looks_like_name(words: str) -> bool:
    """Say whether words could be a person's name and nothing else says so: 江岸 could be one too.

    >>> looks_like_name("张某"), looks_like_name("市财政局")
    (True, False)
    """
    return _NAME.fullmatch(words) is not None and words not in _PLACES


def lists_person(words: str) -> bool:
    """Say whether a line opens with somebody's name and nothing else, as in lists of members: 林某某（某镇人民政府）."""
    return looks_like_name(words) or re.fullmatch(f"[{_OTHERS}][\u4e00-\u9fff]{{1,2}}", words) is not None
