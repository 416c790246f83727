"""First letters as people type them: phrases decide how a character sounds."""

from __future__ import annotations

import csv

import pytest
from pypinyin import pinyin_dict

from kg.search import initials, spell
from kg.search.pinyin import READINGS

LETTERS = [
    ("重庆市", "cqs"),
    ("重点任务", "zdrw"),
    ("中国人民银行石家庄中心支行", "zgrmyhsjzzxzh"),
    ("推进行政审批", "tjxzsp"),
    ("市发展和改革委员会", "sfzhggwyh"),
    ("长三角一体化", "csjyth"),  # not 长 as in 市长
    ("河长制", "hzz"),
    ("增长率", "zzl"),
    ("PM2.5年均浓度", "pm25njnd"),
    ("单位GDP能耗", "dwgdpnh"),
    ("六安市", "las"),
    ("重慶市", "cqs"),  # Traditional
    ("", ""),
    ("《》", ""),
]


@pytest.mark.parametrize(("name", "letters"), LETTERS)
def test_first_letters(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_one_letter_for_each_character() -> None:
    assert spell("单位GDP能耗降低率") == "DanWeiGDPNengHaoJiangDiLv"


def test_readings_are_needed_and_complete() -> None:
    with READINGS.open(encoding="utf-8", newline="") as file:
        rows = [(row["words"], row["pinyin"].split()) for row in csv.DictReader(file)]
    assert [words for words, _ in rows] == sorted({words for words, _ in rows})
    for words, syllables in rows:
        assert len(words) == len(syllables), words
        assert all(ord(char) in pinyin_dict.pinyin_dict for char in words), words
        assert spell(words).lower() == "".join(syllables), words
