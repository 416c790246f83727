"""A table that was filled in elsewhere becomes corrections, all rows or none."""

from __future__ import annotations

import re

import pytest

from kg.errors import CorrectionError
from kg.review import Desk, read_sheet
from tests.review.shop import WHEN, question, sheet


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8-sig", ","), ("gb18030", ","), ("utf-8", ";"), ("utf-8", "\t")])
def test_a_filled_in_table_becomes_corrections(encoding: str, delimiter: str, desk: Desk) -> None:
    unit, figure = question(desk, "unit", "市拾遗局"), question(desk, "indicator", "农村生活污水治理率")
    filled = {
        unit: {"裁定": "接受", "对象": "市财政局", "裁定理由": "已更名"},
        figure: {"裁定": "改值", "数值": "46", "年份": "2025", "裁定人": "李某"},
    }
    found = read_sheet(sheet(desk, filled, encoding, delimiter), desk, by="王某", why="会上定", when=WHEN)
    assert {(c.item, c.action, c.verdict, c.by, c.why) for c in found} == {
        (unit, "accept", "廊坊市财政局", "王某", "已更名"),
        (figure, "correct", "数值 46，年份 2025", "李某", "会上定"),
    }


def test_a_table_with_wrong_rows_is_refused_whole(desk: Desk) -> None:
    unit, figure, good = (
        question(desk, s, m) for s, m in (("unit", "市拾遗局"), ("indicator", "农村生活污水治理率"), ("task", "控制扬尘污染"))
    )
    filled = {unit: {"裁定": "接受", "对象": "火星局"}, figure: {"裁定": "也许"}, good: {"裁定": "否定"}}
    with pytest.raises(CorrectionError) as caught:
        read_sheet(sheet(desk, filled), desk, by="王某", why="会上定", when=WHEN, where="a.csv")
    assert "nothing was taken, since 2 rows are wrong" in str(caught.value)
    assert len(re.findall(r"row \d+:", str(caught.value))) == 2


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00", '编号,裁定\n"'.encode()])
def test_what_is_no_table_of_questions_is_said(content: bytes, desk: Desk) -> None:
    with pytest.raises(CorrectionError, match=r"export it|save it"):
        read_sheet(content, desk, by="a", why="b", when=WHEN)
