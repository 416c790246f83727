"""Which policy a title means: same or different from another one, in documents of several places."""

from __future__ import annotations

import pytest

from kg.extract import read_policy
from kg.model import Document, Level, Policy, Resolved
from kg.registry import Registry, load_registry
from kg.resolve import resolve_reading
from kg.resolve.citations import find_annex
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
    (("中共中央、国务院关于加快某事的意见", "national", "130100"), ("中共中央 国务院关于加快某事的意见", "national", "341300"), "two issuers"),
    (("唐山市规划（2021—2025）", "prefecture", "130200"), ("唐山市规划（2021年-2025年）", "prefecture", "130200"), "a period without 年"),
    (("唐山市二〇三五年远景规划", "prefecture", "130200"), ("唐山市2035年远景规划", "prefecture", "130200"), "a year in words"),
    (("唐山市人民政府关于印发《甲方案》的通知", "unknown", "130200"), ("唐山市人民政府印发〈甲方案〉的通知", "unknown", "130200"), "marks, and 关于 left out"),
    (("大气污染防治行动计划", "national", "130100"), ("大气十条", "unknown", "341300"), "a name that everybody knows"),
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


@pytest.mark.parametrize("title", ["政府工作报告", "处方管理办法", "居家养老服务清单"])
def test_above_the_centre_there_is_no_other_level(registry: Registry, title: str) -> None:
    policy, (verdict, target, candidates, reason) = resolve_title(title, "unknown", None, _scope(registry, "100000"), registry)
    assert (verdict, target, candidates, policy.region) == ("matched", policy.key, (), "100000")
    assert "国家层面" in reason
    assert len(resolve_title(title, "unknown", None, _scope(registry, "130000"), registry)[1][2]) == 2


def test_without_a_region_a_title_holds_in_its_document_only(registry: Registry) -> None:
    one, other = (Scope(None, "unknown", None, f"doc-{i}") for i in "12")
    keys = {resolve_title("工作方案", "unknown", None, scope, registry)[0].key for scope in (one, other)}
    assert len(keys) == 2


@pytest.mark.parametrize("title", ["中华人民共和国水法", "《“十四五”节能减排综合工作方案》", "规划（2021－2025 年）"])
def test_normalising_twice_is_normalising_once(title: str) -> None:
    assert normalize_title(normalize_title(title)) == normalize_title(title)


ANNEXES: list[tuple[str, str | None, str]] = [
    ("唐山市人民政府关于印发甲养老规划的通知", "甲养老规划", "the plan is the city's too"),
    (
        "唐山市人民政府办公室关于印发《唐山市甲养老规划（2021-2025年）》的通知",
        "唐山市甲养老规划（2021-2025年）",
        "in marks, with its period",
    ),
    ("国务院关于印发大气污染防治行动计划的通知", "大气污染防治行动计划", "the catalogue knows the plan"),
    ("唐山市财政局印发《关于支持某事的措施》的通知", "关于支持某事的措施", "without 关于"),
    ("唐山市人民政府关于加强养老服务的通知", None, "issues nothing"),
    ("唐山市人民政府关于印发甲规划和乙方案的通知", None, "two plans have two titles; which is which is not said"),
    ("唐山市人民政府关于印发某办法等三项制度的通知", None, "several, of which one is named"),
    ("唐山市人民政府关于转发某省养老规划的通知", None, "handed on, not issued"),
]


@pytest.mark.parametrize(("title", "plan", "why"), ANNEXES)
def test_a_notice_has_the_plan_that_it_issues_as_its_annex(registry: Registry, title: str, plan: str | None, why: str) -> None:
    scope = _scope(registry, "130200")
    notice, _ = resolve_title(title, "unknown", None, scope, registry)
    annex = find_annex(notice, scope, registry)
    assert (annex.plan.title if annex else None) == plan, why
    if annex is not None:
        assert annex.plan.key == _key(registry, annex.plan.title, annex.plan.level, "130200")
        assert annex.plan.key != annex.notice.key


NOTICE = """唐山市人民政府办公室关于印发《唐山市甲养老规划》的通知
唐政办发〔2023〕7号
各县（市、区）人民政府：
《唐山市甲养老规划》已经市政府同意，现印发给你们，请认真贯彻执行。
唐山市人民政府办公室
2023年5月24日
唐山市甲养老规划
为贯彻落实国发〔2019〕3号文件和《国务院关于印发大气污染防治行动计划的通知》，制定本规划。
一、主要任务
1.建设养老机构。按照《某省养老条例》（某发〔2020〕1号）要求，新建机构10家。（责任单位：市民政局）
2.强化监管。严格执行大气十条。（责任单位：市生态环境局）
"""


def _resolved(text: str, registry: Registry) -> Resolved:
    return resolve_reading(read_policy(Document("规划.txt", "0" * 64, "utf-8", text)), registry)


def test_a_plan_with_its_notice_above_is_two_policies(registry: Registry) -> None:
    resolved = _resolved(NOTICE, registry)
    assert (resolved.policy.title, resolved.policy.number) == ("唐山市甲养老规划", "唐政办发〔2023〕7号")
    assert resolved.notice is not None
    assert (resolved.notice.title, resolved.notice.number) == (
        "唐山市人民政府办公室关于印发《唐山市甲养老规划》的通知",
        "唐政办发〔2023〕7号",
    )
    assert resolved.notice.key != resolved.policy.key
    own = [citation for citation in resolved.reading.citations if "甲养老规划" in citation.title]
    assert {citation.relation for citation in own} == {"self"}
    assert {resolved.policies[citation.title].key for citation in own} == {resolved.policy.key}


def test_who_names_the_notice_means_the_plan(registry: Registry) -> None:
    resolved = _resolved(NOTICE, registry)
    meant = resolved.policies["国务院关于印发大气污染防治行动计划的通知"]
    assert meant.key == "air-plan-2013"
    assert [annex.plan.key for annex in resolved.annexes] == ["air-plan-2013"]
    decision = next(d for d in resolved.decisions if d.mention.startswith("国务院关于印发"))
    assert decision.target == "air-plan-2013"
    assert "印发" in decision.reason


def test_a_number_alone_is_a_policy(registry: Registry) -> None:
    resolved = _resolved(NOTICE, registry)
    policy = resolved.policies["国发〔2019〕3号"]
    assert (policy.level, policy.region, policy.number) == ("national", "100000", "国发〔2019〕3号")
    other = _scope(registry, "341300")
    assert resolve_title("国发〔2019〕3号", "national", None, other, registry, "国发[2019] 3号")[0].key == policy.key
    assert resolve_title("国发〔2013〕37号", "national", None, other, registry, "国发〔2013〕37号")[0].key == "air-plan-2013"


def test_a_number_joins_to_the_title_beside_which_it_stands(registry: Registry) -> None:
    text = NOTICE.replace("大气十条", "某发〔2020〕1号文件")
    resolved = _resolved(text, registry)
    assert resolved.policies["某发〔2020〕1号"] == resolved.policies["某省养老条例"]


def test_a_notice_that_stands_alone_has_its_plan_as_annex(registry: Registry) -> None:
    alone = "唐山市人民政府关于印发唐山市甲养老规划的通知\n各县（市、区）人民政府：\n现将规划印发给你们，请认真贯彻执行。\n"
    resolved = _resolved(alone, registry)
    assert resolved.notice is None
    assert [(annex.notice.key == resolved.policy.key, annex.plan.title) for annex in resolved.annexes] == [
        (True, "唐山市甲养老规划")
    ]


def test_a_number_never_overrules_a_title(registry: Registry) -> None:
    scope = _scope(registry, "130200")
    policy, _ = resolve_title("关于加强养老服务的意见", "national", None, scope, registry, "国发〔2013〕37号")
    assert policy.key != "air-plan-2013"
    assert isinstance(policy, Policy)


MENTIONS = [
    ("落实《国务院关于加强某事的意见》，按照《关于加强某事的意见》推进。", 1, "with and without its issuer"),
    ("落实《中共唐山市委 唐山市人民政府关于加强某事的意见》，按照《关于加强某事的意见》推进。", 1, "two issuers"),
    ("落实《河北省养老服务条例》，《养老服务条例》要求做好工作。", 2, "a bare 条例 is the centre's"),
    ("落实《河北省养老服务办法》，按照《养老服务办法》推进。", 1, "with and without its place"),
    ("落实省《养老服务办法》和《唐山市养老服务办法》，做好工作。", 2, "said to be of another level"),
    ("落实《河北省养老服务办法》和《唐山市养老服务办法》，执行《养老服务办法》。", 3, "which of both is not said"),
]


@pytest.mark.parametrize(("sentence", "count", "why"), MENTIONS)
def test_the_short_and_the_full_title_are_one_policy(registry: Registry, sentence: str, count: int, why: str) -> None:
    text = f"唐山市2023年养老工作方案\n{sentence}\n一、任务\n1.建设机构。（责任单位：市民政局）\n"
    resolved = _resolved(text, registry)
    assert len({policy.key for policy in resolved.policies.values()}) == count, why


def test_a_report_of_the_government_is_its_own_governments(registry: Registry) -> None:
    text = "重点工作责任分解\n为落实《政府工作报告》，制定本分解。\n一、任务\n1.修路。（责任单位：县交通局）\n2.办学。（县教育局）\n3.治水。（县水利局）"
    resolved = _resolved(text, registry)
    assert resolved.policies["政府工作报告"].level == "county"


COUNTY_CITIES = [
    ("政府工作报告", "prefecture", None, "330681", "the county-level city's own"),
    ("关于支持创业的意见", "prefecture", "市委、市政府", "330681", "市委 is its own"),
    ("关于支持创业的意见", "prefecture", "绍兴市人民政府", "330600", "the city above goes by its name"),
    ("关于支持创业的意见", "province", "省政府", "330000", "the province"),
]


@pytest.mark.parametrize(("title", "level", "issuer", "code", "why"), COUNTY_CITIES)
def test_in_a_county_level_city_the_city_is_itself(
    registry: Registry, title: str, level: Level, issuer: str | None, code: str, why: str
) -> None:
    policy, _ = resolve_title(title, level, issuer, _scope(registry, "330681"), registry)
    assert policy.region == code, why


def test_the_document_is_the_policy_that_it_calls_its_own(registry: Registry) -> None:
    text = (
        "唐山市人民政府关于印发《2023年唐山市〈政府工作报告〉责任分解方案》的通知\n"
        "《唐山市〈政府工作报告〉责任分解方案》已经市政府同意，现印发给你们。\n2023年3月1日\n"
        "2023年唐山市《政府工作报告》责任分解方案\n一、任务\n1.治水。（责任单位：市水利局）"
    )
    resolved = _resolved(text, registry)
    own = [citation.title for citation in resolved.reading.citations if citation.relation == "self"]
    assert own
    assert {resolved.policies[title].key for title in own} == {resolved.policy.key}
