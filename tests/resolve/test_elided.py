"""Names in a list that share the end of its last one: rows of (region, lists, key of each name)."""

from __future__ import annotations

import pytest

from kg.extract import read_policy
from kg.model import Decision, Document
from kg.registry import load_registry
from kg.resolve.organizations import resolve_units
from kg.resolve.regions import Scope


def _decide(code: str, *lists: str) -> dict[str, Decision]:
    registry = load_registry()
    region = registry.regions[code]
    items = (f"{i}.治水。清淤。（责任单位：{words}）" for i, words in enumerate(lists, 1))
    text = "\n".join(["某市2020年工作要点", "一、重点任务", *items])
    reading = read_policy(Document("t.txt", "0" * 64, "utf-8", text))
    _, decisions = resolve_units(reading, Scope(region, region.level, 2020, code), registry)
    return {decision.mention: decision for decision in decisions}


SHARED = [
    ("420100", "江岸、江汉、武昌区人民政府、市民政局", ("420102/government", "420103/government", "420106/government")),
    (
        "141000",
        "市公安局、侯马、洪洞经济开发区管委会",
        (None, "141081/economic-development-zone", "141024/economic-development-zone"),
    ),
    ("420100", "江岸、武昌公安分局", ("420102/public-security", "420106/public-security")),
    ("420100", "江岸、武昌法院", ("420102/court", "420106/court")),
    # a town has no code: its name is its own
    ("130123", "城东、城西街道", ("130123/subdistrict-", "130123/subdistrict-")),
    ("130123", "城东、河口镇", ("130123/subdistrict-", "130123/subdistrict-")),
    # 部门 is no place's end, and 武昌区 is whole
    ("420100", "民政、财政部门", ("420100/x-", None)),
    ("420100", "武昌区、江汉区政府", ("420106/government", "420103/government")),
    # nor does it reach over another body
    ("420100", "江岸、市民政局、武昌区政府", ("420100/x-", None, "420106/government")),
]


@pytest.mark.parametrize(("code", "words", "keys"), SHARED)
def test_the_last_of_a_list_has_an_end_for_all(code: str, words: str, keys: tuple[str | None, ...]) -> None:
    found = list(_decide(code, words).values())
    for decision, key in zip(found, keys, strict=False):
        assert key is None or (decision.target or "").startswith(key)


def test_lists_that_end_differently_leave_it_open() -> None:
    decision = _decide("420100", "江岸、武昌区人民政府", "江岸、武昌法院")["江岸"]
    assert decision.verdict == "ambiguous"
    assert decision.candidates == ("420102/government", "420102/court")
