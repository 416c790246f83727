"""What people type and what documents write meet in one form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.search import fold

SAME = [
    ("ＡＢＣ", "abc"),  # full width
    ("PM₂.₅", "pm2.5"),
    ("發展改革委", "发展改革委"),  # Traditional
    ("“十四五”规划", "十四五规划"),  # nobody types the quotation marks
    ("《大气污染防治行动计划》", "大气污染防治行动计划"),
    ("各县（市、区） 政府", "各县(市、区)政府"),
    ("国发〔2021〕36号", "国发[2021]36号"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_meet(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


def test_places_keep_their_characters() -> None:
    assert fold("乾县水利局") == "乾县水利局"  # 乾 is no Traditional 干 here


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=20), st.text(max_size=20))
def test_each_character_counts_by_itself(one: str, other: str) -> None:
    # a browser folds them one by one
    assert fold(one + other) == fold(one) + fold(other)
