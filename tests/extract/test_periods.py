"""Which date is the document's own, and which years it speaks for, where a page around it has a date too."""

from __future__ import annotations

import pytest

from kg import toy
from kg.extract import read_policy

BODY = "一、任务\n1.治水。清理河道。（市水利局）\n2.治气。减少扬尘。（市住建局）\n"
ROWS = [
    # the title's year stands, whenever somebody uploaded it
    ("甲市2018年扶贫工作要点\n上传时间：2021-03-02\n" + BODY, None, (2018, 2018)),
    ("甲县2019年禁毒工作方案\n发布时间：2023-07-11 09:20:31\n" + BODY, None, (2019, 2019)),
    ("甲区教育局2020年工作计划\n会员免费\n2024-08-05\n28.1KB\n" + BODY, None, (2020, 2020)),
    # so does the number's
    (
        "乙市人民政府关于发展物流业的意见（乙政〔2016〕31号）\n来源：乙市政府网 发布时间：2017-02-14 10:11:12\n" + BODY,
        None,
        (2016, 2016),
    ),
    ("乙县人民政府关于植树造林的意见\n乙政发〔2015〕8号\n发布日期：2019-04-20\n" + BODY, None, (2015, 2015)),
    # what it wants to reach by 2018 did not come out later
    ("丙县养蜂工作方案\n发布时间：2022-05-06\n一、目标\n到2018年，蜂群达到2万箱。\n二、任务\n1.育种。建蜂场。\n", None, None),
    # put on the web by whomever
    ("做好春季防火工作方案\n时间：2021-03-22 08:15:40\n" + BODY, None, None),
    # nothing speaks against the page: the same year, the end of the year before, the start of the year after what is reported
    ("甲市2018年扶贫工作要点\n发布日期：2018-03-02\n" + BODY, "2018-03-02", (2018, 2018)),
    ("甲市2018年扶贫工作要点\n发布日期：2017-12-28\n" + BODY, "2017-12-28", (2018, 2018)),
    ("甲市2018年扶贫工作情况通报\n发布日期：2019-01-15\n" + BODY, "2019-01-15", (2018, 2018)),
    (
        "丁市节水方案\n发布日期：2019-06-06\n一、目标\n到2021年，用水量下降10%。\n二、任务\n1.改造。换管网。\n",
        "2019-06-06",
        (2019, 2021),
    ),
    # a signature stands against all
    ("甲市2018年扶贫工作要点\n发布时间：2021-03-02\n" + BODY + "甲市人民政府\n2018年2月9日\n", "2018-02-09", (2018, 2018)),
    ("乙县植树方案\n成文日期：2016-03-12\n发布日期：2020-08-01\n" + BODY, "2016-03-12", (2016, 2016)),
]


@pytest.mark.parametrize(("text", "date", "period"), ROWS, ids=lambda value: value[:16] if isinstance(value, str) else None)
def test_date_and_period(text: str, date: str | None, period: tuple[int, int] | None) -> None:
    profile = read_policy(toy.document(text)).profile
    assert (profile.date, profile.period) == (date, period)
