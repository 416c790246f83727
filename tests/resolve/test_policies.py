"""Which policy a title means: same or different from another one, in documents of several places."""

from __future__ import annotations

import pytest

from kg.model import Level
from kg.registry import Registry, load_registry
from kg.resolve.policies import normalize_title, resolve_own, resolve_title
from kg.resolve.regions import Scope


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


def _scope(registry: Registry, code: str) -> Scope:
    region = registry.regions[code]
    return Scope(region, region.level, 2023, code)


def _key(registry: Registry, title: str, level: Level, code: str, issuer: str | None = None) -> str:
    return resolve_title(title, level, issuer, _scope(registry, code), registry)[0].key


Mention = tuple[str, Level, str]
SAME: list[tuple[Mention, Mention, str]] = [
    (("中华人民共和国环境保护法", "national", "130100"), ("环境保护法", "unknown", "341300"), "the law's short name"),
    (("《环境 保护法》", "national", "130100"), ("环境保护法", "national", "130100"), "marks and blanks"),
    (("河北省主体功能区划", "province", "130500"), ("河北省主体功能区规划", "unknown", "130100"), "both names are in the catalogue"),
    (("全市碳达峰实施方案", "prefecture", "130500"), ("邢台市碳达峰实施方案", "prefecture", "130500"), "全市 is the document's city"),
    (("碳达峰实施方案", "prefecture", "130500"), ("邢台市碳达峰实施方案", "unknown", "130000"), "named from elsewhere"),
    (("我省水资源规划", "unknown", "130100"), ("河北省水资源规划", "province", "130200"), "我省 in a city's document"),
    (("唐山市规划（2021—2025年）", "prefecture", "130200"), ("唐山市规划(2021-2025年)", "prefecture", "130200"), "dashes and brackets"),
    (("XX市2022年工作要点", "prefecture", "130100"), ("石家庄市2022年工作要点", "prefecture", "130100"), "a hidden name"),
    (("国务院关于加强统计的意见", "national", "130100"), ("关于加强统计的意见", "national", "130100"), "the issuer before the title"),
]  # fmt: skip
APART: list[tuple[Mention, Mention, str]] = [
    (("碳达峰实施方案", "prefecture", "130100"), ("碳达峰实施方案", "prefecture", "130200"), "two cities' plans"),
    (("碳达峰实施方案", "prefecture", "130100"), ("碳达峰实施方案", "province", "130100"), "the city's and the province's"),
    (("大气污染防治行动计划", "prefecture", "130100"), ("大气污染防治行动计划", "national", "130100"), "a city's is not the State Council's"),
    (("关于坚决遏制“两高”项目盲目发展的若干措施", "province", "130100"), ("关于坚决遏制“两高”项目盲目发展的若干措施", "province", "341300"), "two provinces'"),
    (("关于印发碳达峰实施方案的通知", "prefecture", "130100"), ("碳达峰实施方案", "prefecture", "130100"), "the notice and the plan"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "why"), SAME)
def test_same_policy(registry: Registry, one: Mention, other: Mention, why: str) -> None:
    assert _key(registry, *one) == _key(registry, *other), why


@pytest.mark.parametrize(("one", "other", "why"), APART)
def test_different_policies(registry: Registry, one: Mention, other: Mention, why: str) -> None:
    assert _key(registry, *one) != _key(registry, *other), why


def test_a_document_has_the_key_by_which_others_cite_it(registry: Registry) -> None:
    own = resolve_own("唐山市生态文明建设规划（2021-2025年）", None, _scope(registry, "130200"), registry, "0" * 12, "计划")
    assert own.key == _key(registry, "唐山市生态文明建设规划(2021-2025年)", "unknown", "130000")
    assert (own.region, own.level) == ("130200", "prefecture")


def test_a_document_without_a_title_is_known_by_its_source(registry: Registry) -> None:
    untitled = resolve_own(None, None, _scope(registry, "130200"), registry, "0" * 12, "计划")
    assert (untitled.key, untitled.title) == ("d-000000000000", "计划")


def test_an_unknown_level_is_not_guessed(registry: Registry) -> None:
    policy, (verdict, target, candidates, reason) = resolve_title(
        "生态环境保护责任清单", "unknown", None, _scope(registry, "130500"), registry
    )
    assert (verdict, target, policy.region) == ("ambiguous", policy.key, None)
    assert _key(registry, "生态环境保护责任清单", "prefecture", "130500") in candidates
    assert "河北省" in reason


def test_without_a_region_a_title_holds_in_its_document_only(registry: Registry) -> None:
    one, other = (Scope(None, "unknown", None, f"doc-{i}") for i in "12")
    keys = {resolve_title("工作方案", "unknown", None, scope, registry)[0].key for scope in (one, other)}
    assert len(keys) == 2


@pytest.mark.parametrize("title", ["中华人民共和国水法", "《“十四五”节能减排综合工作方案》", "规划（2021－2025 年）"])
def test_normalising_twice_is_normalising_once(title: str) -> None:
    assert normalize_title(normalize_title(title)) == normalize_title(title)
