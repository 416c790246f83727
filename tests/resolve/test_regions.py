"""Whose document it is: rows of (title, issuer, text, code or None, verdict, why)."""

from __future__ import annotations

import pytest

from kg import data
from kg.extract import read_policy
from kg.model import Document, Profile, Reading, Region
from kg.read import read_document
from kg.registry import Registry, Statement, load_registry
from kg.resolve import resolve_reading
from kg.resolve.regions import find_place, find_region


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


def _reading(title: str | None, issuer: str | None, text: str) -> Reading:
    document = Document("a.txt", "0" * 64, "utf-8", text)
    return Reading(document, Profile(title, issuer, None, None, None, None), (), (), (), ())


ROWS = [
    ("石家庄市2023年生态文明建设工作要点", None, "", "130100", "matched", "the title opens with it"),
    ("2023年工作要点", "唐山市人民政府办公室", "", "130200", "matched", "the issuer"),
    ("国务院关于促进综合保税区发展的若干意见", "国务院", "", "100000", "matched", "the State Council"),
    ("教育部等八部门关于规范培训的意见", None, "", "100000", "matched", "a ministry"),
    ("国务院关于同意在上海浦东新区开展试点的批复", None, "", "100000", "matched", "the issuer stands before the place"),
    ("关于做好就业工作的通知", None, "各省、自治区、直辖市人民政府，国务院各部委：\n正文", "100000", "matched", "addressee"),
    ("石家庄市长安区2023年工作要点", None, "", "130102", "matched", "the district, not the city before it"),
    ("长安区2023年工作要点", None, "在石家庄市委领导下，", "130102", "matched", "of namesakes the one whose city the text names"),
    ("长安区2023年工作要点", None, "", None, "ambiguous", "two districts of one name"),
    ("恩施州2023年工作要点", None, "", "422800", "matched", "a prefecture without its peoples"),
    ("XX市2022年工作要点", None, "石家庄市石家庄市石家庄市", None, "unknown", "a hidden name is not guessed from the text"),
    (None, None, "甘井子区建设公园。甘井子区修路。甘井子区办学。", "210211", "matched", "the place most named"),
    (None, None, "学习石家庄市和唐山市、邢台市的做法。", None, "unknown", "examples are not the place"),
    (
        "关于全面推进工作的通知",
        "国家税务总局石家庄市税务局",
        "",
        "130100",
        "matched",
        "a central body's office in a place is the place's",
    ),
    ("关于做好服务的通知", "中国人民银行合肥中心支行", "", "340100", "matched", "the place stands inside the name"),
    ("规划环境影响评价条例", None, "国务院有关部门应当进行评价。", "100000", "matched", "local rules name their place"),
    ("“十四五”国家应急体系规划", None, "", "100000", "matched", "and so do local plans"),
    ("国家卫生城市创建方案", None, "我市要抓好落实，全市动员。", None, "unknown", "a national title that a city strives for"),
    (None, None, "近日，生态环境部印发《办法》。", "100000", "matched", "a report opens with whom it speaks of"),
    (
        None,
        None,
        "各县（市、区）要抓好落实。抓好长安区、桥西区、裕华区和正定县的工作，全市推进，我市力争。",
        "130100",
        "matched",
        "districts of one city",
    ),
    (
        "2013年工作要点",
        None,
        "长安区、雁塔区、碑林区、未央区，全市动员，我市推进。",
        "610100",
        "matched",
        "of namesakes those of the city that has the others",
    ),
    (
        "鼓楼区2020年工作要点",
        None,
        "福州市鼓楼区推进，市委要求，福州市支持。",
        "350102",
        "matched",
        "the city that the text speaks of",
    ),
    ("鼓楼区2020年工作要点", None, "台江区、仓山区、晋安区学习。", "350102", "matched", "the districts beside it"),
    ("朝阳区2020年工作要点", "朝阳区人民政府", "", None, "ambiguous", "北京 or 长春"),
    (
        "朝阳区2020年工作要点",
        "朝阳区人民政府",
        "北京市委要求，按照北京市部署。",
        "110105",
        "matched",
        "the municipality that the text names",
    ),
    (
        "关于加强就业工作的通知",
        None,
        "武汉市、鄂州市、黄石市人力资源和社会保障局：\n为贯彻落实",
        "420000",
        "matched",
        "whom it is for",
    ),
    ("密云县2013年工作要点", None, "", "110118", "matched", "a county that became a district"),
    ("萝岗区2013年工作要点", None, "", "440112", "matched", "a district that became part of another"),
    ("雄安新区2023年工作要点", "河北雄安新区管理委员会", "", "130000-xiongan", "matched", "an area without a code of its own"),
    ("武汉东湖新技术开发区工作要点", None, "", "420100", "matched", "a zone lies in its city"),
]

NUMBERS = [
    ("沪府办规〔2025〕5号", "各单位要落实。", "310000", "an abbreviation that only one has"),
    ("国办发〔2018〕126号", "各单位要落实。", "100000", "the centre"),
    ("教社科司函〔2006〕68号", "有关高等学校要落实。", "100000", "a ministry's department"),
    ("石政办发〔2021〕3号", "石家庄市要落实，石狮市的做法。我市推进，全市落实。", None, "two cities of that character"),
    ("石政办发〔2021〕3号", "石家庄市要落实。", "130100", "the city that the text names"),
    ("义政办发〔2013〕113号", "推动义乌市发展。", "330782", "a county-level city"),
    ("宁政发〔2013〕1号", "南京市要落实，我市推进，全市动员。", "320100", "宁夏 or 南京: by the text"),
    ("宁政发〔2013〕1号", "我区要落实，宁夏回族自治区推进。全区动员。", "640000", "宁夏 or 南京: by the text"),
    ("青政办〔2013〕1号", "我省推进，全省动员。", "630000", "the province, by what it calls itself"),
]


@pytest.mark.parametrize(("number", "text", "code", "why"), NUMBERS)
def test_region_by_number(registry: Registry, number: str, text: str, code: str | None, why: str) -> None:
    document = Document("a.txt", "0" * 64, "utf-8", text)
    reading = Reading(document, Profile(None, None, number, None, None, None), (), (), (), ())
    region, _ = find_region(reading, registry, None)
    assert (region.code if region else None) == code, why


CALLED = [
    ("密云县2013年工作要点", (2013, 2013), "密云县"),
    ("密云区2018年工作要点", (2018, 2018), "密云区"),
    ("密云区2013年工作要点", (2013, 2013), "密云县"),
    ("萝岗区2013年工作要点", (2013, 2013), "萝岗区"),
    ("黄埔区2013年工作要点", (2013, 2013), "黄埔区"),
    ("襄阳市2018年工作要点", (2018, 2018), "襄阳市"),
]


@pytest.mark.parametrize(("title", "period", "name"), CALLED)
def test_a_region_is_called_as_in_the_documents_year(registry: Registry, title: str, period: tuple[int, int], name: str) -> None:
    reading = Reading(Document("a.txt", "0" * 64, "utf-8", ""), Profile(title, None, None, None, period, None), (), (), (), ())
    region, _ = find_region(reading, registry, None)
    assert region is not None
    assert region.name == name


def test_a_file_name_is_the_last_resort(registry: Registry) -> None:
    profile = Profile(None, None, None, None, None, None)
    named = Reading(Document("池州市信访局公开要点.txt", "0" * 64, "utf-8", "办公室落实。"), profile, (), (), (), ())
    region, decision = find_region(named, registry, None)
    assert region is not None
    assert region.code == "341700"
    assert "源文件名" in decision.reason


TOWNS = [
    ("青山镇2018年度防火工作方案", None, None, "按照嘉鱼县林业局要求，结合我镇实际，制定方案。", "421221", "the one county that it names"),
    ("青山镇2018年度防火工作方案", None, None, "按照县林业局要求，结合我镇实际，制定方案。", None, "no county named"),
    ("青山镇2018年度防火工作方案", None, None, "学习武汉市做法。武汉市、武汉市、武汉市。", None, "a city is not the town's place"),
    ("青山镇2018年度防火工作方案", None, None, "学习嘉鱼县、通山县做法。", None, "two counties"),
    ("青山镇2018年防火工作方案", None, "嘉鱼青政发〔2018〕3号", "学习嘉鱼县、通山县做法。", "421221", "two counties, and one in its number"),
    ("2019年工作要点", "鄱阳县油墩街镇人民政府", None, "", "361128", "the issuer"),
    ("长沙镇2020年农村工作计划", None, None, "结合我镇实际。", None, "a town that is called like a city"),
    ("2021年工作计划", None, "鲁山镇发〔2021〕3号", "我镇要落实。全镇动员，结合我镇实际。", None, "a town's number begins with no province"),
    ("东莞市长安镇2022年工作要点", None, None, "", "441900", "a city without counties"),
    ("镇江市2022年工作要点", None, None, "", "321100", "no town"),
    ("深圳市福田区莲花街道办事处2022年工作要点", None, None, "", "440304", "a subdistrict"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "issuer", "number", "text", "code", "why"), TOWNS)
def test_a_towns_document_is_its_countys_or_nobodys(
    registry: Registry, title: str, issuer: str | None, number: str | None, text: str, code: str | None, why: str
) -> None:
    profile = Profile(title, issuer, number, None, None, None)
    region, decision = find_region(Reading(Document("a.txt", "0" * 64, "utf-8", text), profile, (), (), (), ()), registry, None)
    assert (region.code if region else None) == code, why
    assert code is not None or "乡镇" in decision.reason


FILES = [
    ("2023_anyang_gongzuo.txt", "我市推进，全市落实。", "410500", "a whole part"),
    ("zhuzhou2022.txt", "推进。", "430200", "a name and its year"),
    ("anyanggongzuo.txt", "推进。", None, "no part of its own"),
    ("x_jinzhou_y.txt", "推进。", None, "锦州, or one of two counties of that sound"),
    ("x_chizhou_y.txt", "学习铜陵市做法。铜陵市、铜陵市。我市推进，全市落实。", "340700", "the text is the stronger clue"),
    ("h_tianjin_fuwu.txt", "（市卫生健康委、市财政局、市医保局负责）我市推进，全市落实。", "120000", "a city in pinyin"),
    ("h_suzhou_fuwu.txt", "我市推进，全市落实。", None, "苏州 or 宿州"),
    ("h_suzhou_fuwu.txt", "我市推进，全市落实，与安徽省一道，学习安徽经验。", "341300", "by the province that the text names"),
    ("xian_fuwu.txt", "推进。", None, "a word, or 西安"),
    ("江苏经验.txt", "推进。", None, "no title"),
]


@pytest.mark.parametrize(("path", "text", "code", "why"), FILES)
def test_region_by_file_name(registry: Registry, path: str, text: str, code: str | None, why: str) -> None:
    profile = Profile(None, None, None, None, None, None)
    reading = Reading(Document(path, "0" * 64, "utf-8", text), profile, (), (), (), ())
    region, decision = find_region(reading, registry, None)
    assert (region.code if region else None) == code, why
    if "拼音" in decision.reason:  # a guess stays open until a person confirms it
        assert decision.verdict in ("unknown", "ambiguous")
        assert code is None or (decision.target, decision.candidates) == (code, (code,))


@pytest.mark.parametrize(("title", "issuer", "text", "code", "verdict", "why"), ROWS)
def test_region(
    registry: Registry, title: str | None, issuer: str | None, text: str, code: str | None, verdict: str, why: str
) -> None:
    region, decision = find_region(_reading(title, issuer, text), registry, None)
    assert (region.code if region else None, decision.verdict) == (code, verdict), why
    assert decision.subject == "region"
    assert decision.reason


def test_ambiguous_names_its_candidates(registry: Registry) -> None:
    _, decision = find_region(_reading("长安区2023年工作要点", None, ""), registry, None)
    assert {"130102", "610116"} <= set(decision.candidates)
    assert "西安市" in decision.reason


def test_stated_is_not_read(registry: Registry) -> None:
    statement = Statement("a.txt", "0" * 64, "130100", (2022, 2022), None, "循环化工园区", "编者")
    region, decision = find_region(_reading("XX市工作要点", None, ""), registry, statement)
    assert region is not None
    assert (region.code, decision.verdict) == ("130100", "stated")
    assert "声明" in decision.reason


PLACES = [
    ("河北省石家庄市长安区教育局", ("130102",)),
    ("上海银监局", ("310000",)),
    ("上海路改造工程", ()),
    ("工作要点", ()),
]


@pytest.mark.parametrize(("words", "codes"), PLACES)
def test_place_at_the_beginning(registry: Registry, words: str, codes: tuple[str, ...]) -> None:
    assert find_place(words, registry) == codes


SEEDS = {"000": "130100", "001": "130100", "002": "341300", "003": "130500", "004": "130200"}


@pytest.mark.parametrize(("stem", "code"), SEEDS.items())
def test_seed_documents(registry: Registry, stem: str, code: str) -> None:
    (path,) = (data.SEEDS / "documents").glob(f"{stem}_*.txt")
    resolved = resolve_reading(read_policy(read_document(path)), registry)
    assert isinstance(resolved.region, Region)
    assert resolved.region.code == code
    assert resolved.decisions[0].verdict == ("stated" if stem == "000" else "matched")
    reading = resolved.reading
    assert set(resolved.organizations) == {unit.name for task in reading.tasks for unit in task.units}
    cited = [*reading.citations, *(citation for task in reading.tasks for citation in task.citations)]
    assert set(resolved.policies) == {citation.title for citation in cited}
    mentions = [(decision.subject, decision.mention) for decision in resolved.decisions]
    assert len(mentions) == len(set(mentions))
    assert all(decision.reason and decision.count >= 1 for decision in resolved.decisions)


def test_document_000_is_shijiazhuangs_by_statement(registry: Registry) -> None:
    (path,) = (data.SEEDS / "documents").glob("000_*.txt")
    resolved = resolve_reading(read_policy(read_document(path)), registry)
    assert resolved.policy.title == "石家庄市2022年生态文明建设工作要点"
    assert resolved.period == (2022, 2022)
    own = [policy for title, policy in resolved.policies.items() if title.startswith("XX市2022年生态文明")]
    assert all(policy.key == resolved.policy.key for policy in own)
