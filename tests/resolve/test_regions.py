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
]


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
