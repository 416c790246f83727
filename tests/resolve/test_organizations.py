"""Which body a name means: rows of (name, organization's key, label, why) by the document's region and year."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.registry import Registry, load_registry
from kg.resolve.organizations import Resolution, merge_names, resolve_name
from kg.resolve.regions import Scope

GOLD = Path(__file__).parent.parent / "gold" / "seeds"
MORE = Path(__file__).parents[3] / "shared" / "gold" / "more"


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


def _scope(registry: Registry, code: str, year: int | None = 2023) -> Scope:
    region = registry.regions[code]
    return Scope(region, region.level, year, code)


SHIJIAZHUANG = [
    ("市发改委", "130100/development-reform", "石家庄市发展和改革委员会", "abbreviation"),
    ("市发展改革委", "130100/development-reform", "石家庄市发展和改革委员会", "the same body"),
    ("发展改革委", "130100/development-reform", "石家庄市发展和改革委员会", "elided place: the document's own"),
    ("石家庄市生态环境局", "130100/ecology-environment", "石家庄市生态环境局", "place written out"),
    ("省生态环境厅", "130000/ecology-environment", "河北省生态环境厅", "the level above"),
    ("生态环境部", "100000/ecology-environment", "生态环境部", "部 is the ministry in any document"),
    ("国家发展改革委", "100000/development-reform", "国家发展和改革委员会", "国家 is a level mark"),
    ("唐山市生态环境局", "130200/ecology-environment", "唐山市生态环境局", "another city's"),
    ("市自然资源规划局", "130100/natural-resources", "石家庄市自然资源和规划局", "和 left out"),
    ("市自然资源局", "130100/natural-resources", "石家庄市自然资源局", "a full official form stays"),
    ("市林业局", "130100/forestry-grassland", "石家庄市林业局", "not the natural resources bureau"),
    ("市城管局", "130100/urban-management", "石家庄市城市管理局", "not the parks bureau"),
    ("市园林局", "130100/landscaping", "石家庄市园林局", "not urban management"),
    ("市委宣传部", "130100/party-publicity", "中共石家庄市委宣传部", "委 is the party's"),
    ("市文明办", "130100/civilization-office", "石家庄市精神文明建设指导委员会办公室", "sits with 宣传部, is another body"),
    ("团市委", "130100/youth-league", "共青团石家庄市委员会", "the level stands inside"),
    ("市纪委监委", "130100/party-discipline", "中共石家庄市纪律检查委员会石家庄市监察委员会", "two plates, one body"),
    ("市市场监管局", "130100/market-regulation", "石家庄市市场监督管理局", "市 twice"),
    ("市场监管局", "130100/market-regulation", "石家庄市市场监督管理局", "市 is the word's, not a mark"),
    ("高新区", "130100/high-tech-zone", "石家庄市高新技术产业开发区管理委员会", "the zone stands for its administration"),
    ("高新区管委会", "130100/high-tech-zone", "石家庄市高新技术产业开发区管理委员会", "the same"),
    ("机关事务管理局", "130100/government-offices-administration", "石家庄市机关事务管理局", "elided"),
    ("正定县政府", "130123/government", "正定县人民政府", "a county in the city"),
    ("鹿泉区", "130110/government", "鹿泉区人民政府", "a bare place is its government"),
    ("人民银行石家庄中心支行", "130100/central-bank", "中国人民银行石家庄中心支行", "the place inside"),
    ("石家庄海关", "130100/customs", "石家庄海关", "named without 市"),
    ("市税务局", "130100/tax", "国家税务总局石家庄市税务局", "run from above, of this place"),
    ("河北证监局", "130000/securities-regulation", "中国证券监督管理委员会河北监管局", "the province's short name"),
    ("市教体局", "130100/education_sports", "石家庄市教体局", "two functions in one body"),
    ("市发科局", "130100/development-reform_science-technology", "石家庄市发科局", "the same, one character each"),
    ("市退役局", "130100/veterans-affairs", "石家庄市退役军人事务局", "abbreviation"),
    ("市生态局", "130100/ecology-environment", "石家庄市生态环境局", "abbreviation"),
    ("市文化广电体育和旅游局", "130100/culture-tourism", "石家庄市文化广电体育和旅游局", "a usual combination is no new body"),
    ("市公安局交警支队", "130100/traffic-police", "石家庄市公安局交通警察支队", "a part that has a row of its own"),
    ("市农业农村局（市乡村振兴局）", "130100/agriculture-rural", "石家庄市农业农村局", "a second plate in brackets"),
]


@pytest.mark.parametrize(("name", "key", "label", "why"), SHIJIAZHUANG)
def test_in_a_city(registry: Registry, name: str, key: str, label: str, why: str) -> None:
    found = resolve_name(name, _scope(registry, "130100"), registry)
    assert (found.organization.key, found.organization.label, found.verdict) == (key, label, "matched"), why


ELSEWHERE = [
    ("100000", 2020, "发展改革委", "100000/development-reform", "国家发展和改革委员会", "in a national document the ministry"),
    ("100000", 2018, "银保监会", "100000/financial-regulation", "中国银行保险监督管理委员会", "its name in 2018"),
    ("100000", 2020, "移民局", "100000/immigration", "国家移民管理局", "in a city it would be the resettlement office"),
    ("100000", 2020, "水利部长江水利委员会", "100000/river-basin-720107", "水利部长江水利委员会", "the ministry's name before"),
    ("310000", 2021, "市规划资源局", "310000/natural-resources", "上海市规划资源局", "an official form of its own stays"),
    ("310000", 2021, "市交通委", "310000/transport", "上海市交通委员会", "委 stays 委员会"),
    ("310000", 2021, "青浦区政府", "310118/government", "青浦区人民政府", "a district"),
    ("210211", 2011, "城建局", "210211/housing-construction", "甘井子区住房和城乡建设局", "elided in a district's document"),
    ("210211", 2011, "市规划局", "210200/urban-planning", "大连市城乡规划局", "市 in a district is the city above"),
    ("210211", 2011, "农海局", "210211/agriculture-rural_oceanic", "甘井子区农海局", "a compound by characters"),
    (
        "330782",
        2016,
        "市环保局",
        "330782/ecology-environment",
        "义乌市环境保护局",
        "the name before 2018, 市 is the county-level city",
    ),
    ("440100", 2012, "市科技和信息化局", "440100/science-technology_industry-information", "广州市科技和信息化局", "compound"),
    (
        "510107",
        2019,
        "市公安局武侯区分局",
        "510107/public-security",
        "市公安局武侯区分局",
        "the city's branch is the district's police",
    ),
    ("510107", 2019, "区卫健局", "510107/health", "武侯区卫生健康局", "区 in a district's document"),
    (
        "420000",
        2024,
        "湖北金融监管局",
        "420000/financial-regulation",
        "国家金融监督管理总局湖北监管局",
        "since 2023 the centre's",
    ),
    ("420000", 2024, "恩施州人民政府", "422800/government", "恩施土家族苗族自治州人民政府", "peoples left out"),
    (
        "340100",
        2020,
        "市金融监管局",
        "340100/local-finance",
        "合肥市地方金融监督管理局",
        "with 市 and before 2023 the city's own",
    ),
    ("130100", 2010, "市国土局", "130100/natural-resources", "石家庄市国土资源局", "the name before 2018"),
    ("130100", 2022, "市国土局", "130100/natural-resources", "石家庄市自然资源和规划局", "an old name after its time"),
]


# The label is the name valid in that year, written out, and gives no body a rank that the text does not give it.
LABELS = [
    ("210304", 2023, "立山经济开发区", "立山经济开发区", "named after its district without 区: a name of its own"),
    ("341602", 2025, "谯城经开区管委会", "谯城经济开发区管理委员会", "经开区 says nothing of 技术"),
    ("341602", 2025, "谯城经济技术开发区", "谯城经济技术开发区", "what the text does say stays"),
    ("130100", 2023, "经开区", "石家庄市经济开发区管理委员会", "the same in a city"),
    ("500000", 2020, "保税港区管委会", "重庆市保税港区管理委员会", "no 综合保税区"),
    ("500000", 2020, "综保区", "重庆市综合保税区管理委员会", "written out"),
    ("130100", 2023, "高新区党工委", "石家庄市高新技术产业开发区管理委员会", "one office"),
    ("330000", 2020, "省委改革办", "中共浙江省委全面深化改革委员会办公室", "the party's, in full"),
    ("330000", 2016, "省委改革办", "中共浙江省委全面深化改革领导小组办公室", "until 2018 a leading group's"),
    ("450000", 2022, "自治区党委宣传部", "中共广西壮族自治区委宣传部", "the party's"),
    ("210000", 2024, "省委军民融合办", "中共辽宁省委军民融合发展委员会办公室", "like other party bodies"),
    ("610300", 2021, "市委财经办", "中共宝鸡市委财经委员会办公室", "like other party bodies"),
    ("430000", 2021, "省委审计办", "中共湖南省委审计委员会办公室", "the party's, beside 审计厅"),
    ("100000", 2021, "中央改革办", "中央全面深化改革委员会办公室", "the centre's"),
    ("340000", 2022, "人行合肥中心支行", "中国人民银行合肥中心支行", "a branch in a place, written out"),
    ("500000", 2021, "人行重庆营管部", "中国人民银行重庆营业管理部", "the same"),
    ("210304", 2023, "区市场局", "立山区市场监督管理局", "市 belongs to 市场"),
    ("210304", 2023, "区发改局", "立山区发展和改革局", "the county's form"),
    ("330782", 2023, "市发改局", "义乌市发展和改革局", "in a county-level city"),
    ("330100", 2023, "市发改委", "杭州市发展和改革委员会", "the city's form"),
    ("420114", 2023, "区发展改革局", "蔡甸区发展改革局", "an official form stays as written"),
    ("341525", 2025, "安商工作部", "霍山县安商工作部", "a zone's own office"),
    ("341525", 2025, "招商工作部", "霍山县招商工作部", "treated alike"),
    ("500000", 2021, "市乡村振兴局", "重庆市乡村振兴局", "as written where it is official"),
    ("500000", 2019, "市扶贫办", "重庆市扶贫开发办公室", "its name then"),
    ("100000", 2023, "国家药监局审评检查长三角分中心", "国家药监局审评检查长三角分中心", "国家 is part of the name"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "year", "name", "label", "why"), LABELS)
def test_labels(registry: Registry, code: str, year: int, name: str, label: str, why: str) -> None:
    found = resolve_name(name, _scope(registry, code, year), registry)
    assert (found.organization.label, found.verdict) == (label, "matched"), why


TOWN_OFFICES = [
    ("生态办", "organization", "ecology-environment"),
    ("林站", "organization", "forestry-grassland"),
    ("电管所", "organization", "power-supply"),
    ("拆迁办", "organization", "construction-management"),
    ("超限检测站", "organization", "transport"),
    ("图书馆", "organization", "culture-tourism"),
    ("征兵工作领导小组办", "collaboration", "armed-forces"),  # a leading group's even there
    ("执法大队", "organization", "public-institution"),  # whose, nobody knows
    ("城管执法大队", "organization", "urban-management"),
    ("改革办", "organization", "internal-division"),  # with 市委 before it, the party's
]


@pytest.mark.parametrize(("name", "kind", "function"), TOWN_OFFICES)
def test_offices_of_a_town_whose_region_is_not_known(registry: Registry, name: str, kind: str, function: str) -> None:
    body = resolve_name(name, Scope(None, "unknown", 2017, "doc-0123456789"), registry).organization
    assert (body.kind, body.function) == (kind, function)


@pytest.mark.parametrize("name", ["刘福利", "张云峰", "欧阳建国", "王伟"])
def test_a_person_is_no_body(registry: Registry, name: str) -> None:
    found = resolve_name(name, _scope(registry, "370685"), registry)
    assert (found.verdict, found.organization.function) == ("unknown", None)
    assert "人名" in found.reason


@pytest.mark.parametrize("name", ["市国资委深化行政执法体制改革", "市财政局加强资金统筹", "市公安局严厉打击犯罪"])
def test_a_name_that_runs_on_into_the_text_is_no_part_of_a_body(registry: Registry, name: str) -> None:
    assert resolve_name(name, _scope(registry, "130100"), registry).organization.function is None


def test_a_new_area_named_after_a_county_is_open_in_the_citys_document(registry: Registry) -> None:
    found = resolve_name("正定新区管委会", _scope(registry, "130100"), registry)
    assert (found.verdict, found.organization.region, len(set(found.candidates))) == ("ambiguous", "130100", 2)
    assert {key.split("/")[0] for key in found.candidates} == {"130100", "130123"}
    assert resolve_name("石家庄新区", _scope(registry, "130100"), registry).organization.key not in found.candidates
    for code, name in (("130123", "正定新区管委会"), ("130100", "正定经济开发区"), ("130100", "正定县政府")):
        assert resolve_name(name, _scope(registry, code), registry).verdict == "matched"


def test_bodies_of_two_levels_have_two_labels_without_a_region(registry: Registry) -> None:
    scope = Scope(None, "unknown", 2022, "doc-0123456789")
    labels = [resolve_name(name, scope, registry).organization.label for name in ("市教育局", "区教育局", "县委组织部", "财政局")]
    assert labels == ["市教育局", "区教育局", "中共县委组织部", "财政局"]


@pytest.mark.parametrize(("code", "year", "name", "key", "label", "why"), ELSEWHERE)
def test_elsewhere(registry: Registry, code: str, year: int, name: str, key: str, label: str, why: str) -> None:
    found = resolve_name(name, _scope(registry, code, year), registry)
    assert (found.organization.key, found.organization.label) == (key, label), why


KINDS = [
    ("碳达峰碳中和领导小组成员单位", "collaboration", "temporary-office", "development-reform"),
    ("市污染防治攻坚战指挥部办公室", "collaboration", "temporary-office", "ecology-environment"),
    ("市大气污染防治工作专班", "collaboration", "temporary-office", "ecology-environment"),
    ("市推进新型城镇化工作专班", "collaboration", "temporary-office", "temporary-office"),  # its name tells no one function
    ("循环化工园区", "organization", "named-zone", "named-zone"),
    ("临港新片区管委会", "organization", "named-zone", "named-zone"),
    ("东湖高新区管委会", "organization", "named-zone", "high-tech-zone"),
    ("营城子街道", "organization", "subdistrict", "subdistrict"),
    ("市水务集团", "organization", "enterprise", "enterprise"),
    ("市人民医院", "organization", "hospital", "hospital"),
    ("市环境科学研究院", "organization", "research-institute", "research-institute"),
    ("市植保站", "organization", "public-institution", "agriculture-rural"),
    ("高新区财政局", "organization", "finance", "finance"),  # the zone's own, beside the city's
]


@pytest.mark.parametrize(("name", "kind", "stem", "function"), KINDS)
def test_open_kinds(registry: Registry, name: str, kind: str, stem: str, function: str) -> None:
    body = resolve_name(name, _scope(registry, "130100"), registry).organization
    assert (body.kind, body.function) == (kind, function)
    assert body.key.startswith(f"130100/{stem}-")


DIVISIONS = [
    ("办公室", "池州市信访局", "letters-calls"),
    ("政策法规科", "池州市生态环境局", "ecology-environment"),
    ("办公室", None, "internal-division"),  # whose, the document does not say
]


@pytest.mark.parametrize(("name", "issuer", "function"), DIVISIONS)
def test_a_division_answers_for_its_bureau(registry: Registry, name: str, issuer: str | None, function: str) -> None:
    scope = Scope(registry.regions["341700"], "prefecture", 2022, "341700", issuer)
    body = resolve_name(name, scope, registry).organization
    assert body.function == function
    assert body.key.startswith("341700/internal-division-")


SEVERAL = [
    ("市教体局", "education", ("sports",)),
    ("市文化广电体育和旅游局", "culture-tourism", ("sports", "radio-television")),
    ("市科技和经信局", "science-technology", ("industry-information",)),
    ("市园林和林业局", "landscaping", ("forestry-grassland",)),
    ("市农业农村局（市乡村振兴局）", "agriculture-rural", ("rural-revitalization",)),
    ("市委社会工委市民政局", "civil-affairs", ("party-social-work",)),
    ("市发展改革委", "development-reform", ()),
    ("市住房和城乡建设局", "housing-construction", ()),  # 住房 is no second function here
]


@pytest.mark.parametrize(("name", "function", "further"), SEVERAL)
def test_a_body_of_several_functions(registry: Registry, name: str, function: str, further: tuple[str, ...]) -> None:
    body = resolve_name(name, _scope(registry, "130100", 2022), registry).organization
    assert (body.function, body.further) == (function, further)


# A body that another has taken over: in its time itself, later the heir (the last column); localities follow the centre
# by a year.
HEIRS = [
    ("市旅游局", 2016, "tourism", False),
    ("市旅游局", 2023, "culture-tourism", True),
    ("市国税局", 2016, "state-tax", False),
    ("市国税局", 2023, "tax", True),
    ("市工商局", 2019, "industry-commerce", False),
    ("市工商局", 2020, "market-regulation", True),
    ("国家旅游局", 2019, "culture-tourism", True),
    ("市人口计生委", 2012, "family-planning", False),
    ("市人口计生委", 2016, "health", True),
    ("市乡村振兴局", 2024, "rural-revitalization", False),
    ("市乡村振兴局", 2025, "agriculture-rural", True),
    ("省扶贫办", 2025, "agriculture-rural", True),
]


@pytest.mark.parametrize(("name", "year", "function", "late"), HEIRS)
def test_a_name_out_of_its_time_means_the_heir(registry: Registry, name: str, year: int, function: str, late: bool) -> None:
    found = resolve_name(name, _scope(registry, "130100", year), registry)
    assert (found.organization.function, found.organization.key.split("/")[1]) == (function, function)
    assert ("旧称" in found.reason) == late


SAME = [
    ("市发改委", "市发展和改革委员会"),
    ("市城管执法局", "市城市管理综合行政执法局"),
    ("循环化工园区", "石家庄循环化工园区管委会"),
    ("市教体局", "市教育体育局"),
    ("市大数据局", "市数据局"),
    ("市委改革办", "市改革办"),
]
APART = [
    ("市数据局", "市大数据中心"),
    ("市委政法委", "市禁毒办"),
    ("市民政局", "省民政厅"),
    ("市人社局", "市就业服务中心"),
    ("市行政审批局", "市政务服务中心"),
    ("市第一医院", "市第二医院"),
    ("市民盟", "民建市委"),
    ("市审计局", "市委审计办"),
    ("招商工作部", "安商工作部"),
    ("市生态环境局", "市生态环境局执法支队"),
]


@pytest.mark.parametrize(("one", "other", "same"), [*((*pair, True) for pair in SAME), *((*pair, False) for pair in APART)])
def test_pairs(registry: Registry, one: str, other: str, same: bool) -> None:
    scope = _scope(registry, "130100")
    keys = {resolve_name(name, scope, registry).organization.key for name in (one, other)}
    assert (len(keys) == 1) == same


LEVELS = {"n": "national", "p": "province", "c": "prefecture", "d": "county"}


def _mentions() -> Iterator[tuple[str, int, str, str, str]]:
    """Yield (region, year, name, function, level) from the table; its head says how to read it."""
    code, year = "", 0
    for line in (Path(__file__).parents[1] / "data" / "mentions.txt").read_text("utf-8").splitlines():
        if line.startswith("@"):
            _, code, written = line.split()
            year = int(written)
        elif line and not line.startswith("#"):
            name, function, level = line.rsplit(" ", 2)
            yield code, year, name, function, level


def _answer(registry: Registry, code: str, year: int, name: str, functions: str) -> tuple[str, str]:
    body = resolve_name(name, _scope(registry, code, year), registry).organization
    if body.kind == "generic":
        return body.function or "-", "*"
    found = (body.function or "unknown", *body.further)
    level = {word: letter for letter, word in LEVELS.items()}[registry.regions[body.region].level] if body.region else "?"
    return "+".join(found) if "+" in functions else found[0], level


def test_mentions_of_many_documents(registry: Registry) -> None:
    rows = list(_mentions())
    wrong = [(row, found) for row in rows if (found := _answer(registry, *row[:4])) != row[3:]]
    assert len(rows) > 2300
    assert wrong == []


@pytest.mark.parametrize("name", ["市云台管理局", "市开发局"])  # 发 inside a word is not 发改
def test_nobody_is_guessed(registry: Registry, name: str) -> None:
    found = resolve_name(name, _scope(registry, "440300"), registry)
    assert (found.verdict, found.organization.function) == ("unknown", None)
    assert re.fullmatch(r"440300/x-[0-9a-f]{10}", found.organization.key)
    assert "没有" in found.reason


def test_namesakes_are_ambiguous(registry: Registry) -> None:
    found = resolve_name("鼓楼区政府", _scope(registry, "130100"), registry)
    assert found.verdict == "ambiguous"
    assert "320106/government" in found.candidates


def test_a_name_of_two_times_is_ambiguous_without_a_year(registry: Registry) -> None:
    found = resolve_name("金融监管局", _scope(registry, "130100", None), registry)
    assert found.verdict == "ambiguous"
    assert found.candidates == ("130100/financial-regulation", "130100/local-finance")


def test_old_names_say_so(registry: Registry) -> None:
    assert "旧称" in resolve_name("市环保局", _scope(registry, "130100", 2022), registry).reason
    assert "改革前" in resolve_name("市环保局", _scope(registry, "130100", 2015), registry).reason


def test_without_a_region_bodies_stay_the_documents_own(registry: Registry) -> None:
    scope = Scope(None, "prefecture", 2022, "doc-0123456789")
    one, other = (resolve_name(name, scope, registry).organization for name in ("市教育局", "教育局"))
    assert one.key == other.key == "doc-0123456789-city/education"
    assert one.region is None
    assert resolve_name("教育部", scope, registry).organization.key == "100000/education"
    assert resolve_name("唐山市教育局", scope, registry).organization.key == "130200/education"


def test_the_fullest_official_form_is_the_label(registry: Registry) -> None:
    scope = _scope(registry, "130100")
    found = [resolve_name(name, scope, registry) for name in ("市自然资源局", "市自然资源规划局")]
    (body,) = merge_names(found).values()
    assert body.label == "石家庄市自然资源和规划局"
    assert body.names == ("市自然资源局", "市自然资源规划局")


# Document → (region, year), as the gold's readers found it; h20 and h13 do not say it themselves.
PLACES = {
    "000": ("130100", 2022), "001": ("130100", 2023), "002": ("341300", 2022), "003": ("130500", 2021), "004": ("130200", 2022),
    "h02": ("100000", 2018), "h07": ("310000", 2021), "h10": ("440100", 2012), "h13": ("341700", None), "h15": ("210211", 2011),
    "h20": ("120000", 2018),
}  # fmt: skip


def _gold(stem: str) -> Path:
    folder = MORE if stem.startswith("h") else GOLD
    if not (folder / f"{stem}.json").exists():
        pytest.skip(f"{stem}.json is not here (../shared is not part of the repository)")
    return folder / f"{stem}.json"


def _resolve_all(stem: str, registry: Registry) -> tuple[dict[str, Resolution], dict[str, str], frozenset[str]]:
    gold = json.loads(_gold(stem).read_text("utf-8"))
    units = [unit for task in gold["tasks"] + gold.get("measures", []) for unit in task.get("units", [])]
    groups = frozenset(unit["name"] for unit in units if unit.get("collective") or unit.get("vague"))
    scope = _scope(registry, *PLACES[stem])
    found = {unit["name"]: resolve_name(unit["name"], scope, registry, group=unit["name"] in groups) for unit in units}
    return found, gold.get("unit_clusters", {}), groups


@pytest.mark.parametrize("stem", PLACES)
def test_same_body_pairs_of_the_gold(registry: Registry, stem: str) -> None:
    found, clusters, _ = _resolve_all(stem, registry)
    for one, other in itertools.combinations([name for name in found if name in clusters], 2):
        same = found[one].organization.key == found[other].organization.key
        assert same == (clusters[one] == clusters[other]), (one, other)


@pytest.mark.parametrize("stem", PLACES)
def test_every_body_of_the_gold_has_a_function(registry: Registry, stem: str) -> None:
    found, _, groups = _resolve_all(stem, registry)
    assert [name for name, f in found.items() if name not in groups and f.organization.function is None] == []
    assert [name for name in groups if found[name].organization.kind == "organization"] == []
