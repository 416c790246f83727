"""What looks like a person's name, so that nobody takes it for a body."""

from __future__ import annotations

import re

# The commonest 150 surnames and the double ones
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易"
    "乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管"
)
_DOUBLE = ("欧阳", "上官", "司马", "诸葛", "皇甫", "令狐", "司徒", "东方", "夏侯", "尉迟")
_BODY = re.compile(
    r"[省市区县州旗乡镇村街局委办部厅处科股所站队院校馆会室组社台库段署司厂矿行店园场港群府庭]|(?:中心|公司|集团|联|企业)$"
)
_NAME = re.compile(f"^(?:(?:{'|'.join(_DOUBLE)})[一-鿿]{{1,2}}|[{_SURNAMES}][一-鿿]{{1,2}})$")


def is_person(text: str) -> bool:
    """Say whether ``text`` looks like a person's name and holds no word of a body.

    >>> is_person("张云峰"), is_person("欧阳建国"), is_person("金融办"), is_person("林业站")
    (True, True, False, False)
    """
    return bool(_NAME.match(text)) and not _BODY.search(text)
