from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, parse, serialize

from kg import schemes, toy, vocab
from kg.extract import read_policy
from kg.model import Annex, Citation, Indicator, Notice, Organization, Policy, Resolved, Supervisor
from kg.rdf import build_document_quads, build_ontology_quads, build_registry_quads, merge_shared, sort_quads
from kg.rdf.stated import full_date
from kg.rdf.terms import day, decimal
from kg.registry import load_registry
from kg.resolve import resolve_reading
from kg.resolve.organizations import resolve_name
from kg.resolve.regions import Scope
from kg.vocab import DCTERMS, ELI, OA, ORG, QUDT, RDF, SKOS, ZR
from tests.records import ACT, ECOLOGY, PLAN, REFORM, TEXT, another_toy, evidence, resolved_toy, toy_registry


def values(quads: Iterable[Quad], subject: NamedNode, predicate: NamedNode) -> list[str]:
    found = [quad.object for quad in quads if quad.subject == subject and quad.predicate == predicate]
    assert all(isinstance(node, NamedNode | Literal) for node in found)
    return sorted(node.value for node in found)  # type: ignore[union-attr]


def with_indicator(indicator: Indicator) -> Resolved:
    toy = resolved_toy()
    task = replace(toy.reading.tasks[0], indicators=(indicator,))
    return replace(toy, reading=replace(toy.reading, tasks=(task,)))


FIRST, SECOND = vocab.task(PLAN.key, "1"), vocab.task(PLAN.key, "2")
POLICY = vocab.policy(PLAN.key)
FACTS = [
    (POLICY, DCTERMS.title, ["示范市2023年生态环境工作要点"]),
    (POLICY, ELI.id_local, ["示政办〔2023〕1号"]),
    (POLICY, ELI.date_document, ["2023-05-24"]),
    (POLICY, DCTERMS.type, [vocab.concept("document-kind", "key-points").value]),
    (POLICY, ZR.periodEnd, ["2023-12-31"]),
    # cited in the preamble: the document carries it out, no task does
    (POLICY, ZR.implements, [vocab.policy(ACT.key).value]),
    (FIRST, ZR.implements, []),
    # cited in a task: both create it
    (POLICY, ZR.creates, [vocab.policy("130100.straw").value]),
    (SECOND, ZR.creates, [vocab.policy("130100.straw").value]),
    (FIRST, ZR.leadUnit, [vocab.organization(ECOLOGY.key).value]),
    (FIRST, ZR.supportUnit, [vocab.organization("130100/county-governments").value, vocab.organization(REFORM.key).value]),
    (SECOND, ZR.inheritedUnit, [vocab.organization(REFORM.key).value]),
    (FIRST, ZR.dueDate, ["2023-06-30"]),
    (FIRST, ZR.duePrecision, ["month"]),
    (FIRST, ZR.dueText, ["2023年6月底前"]),
    (FIRST, ZR.dueKind, ["https://w3id.org/zeren/scheme/due-kind/dated"]),
    # "μg/m3" under another name
    (vocab.indicator(PLAN.key, "1", 1), QUDT.hasUnit, ["http://qudt.org/vocab/unit/MicroGM-PER-M3"]),
    # the number as written beside the number as a number, and that in hectares
    (vocab.indicator(PLAN.key, "1", 2), QUDT.value, ["4.5"]),
    (vocab.indicator(PLAN.key, "1", 2), ZR.valueText, ["4.50"]),
    (vocab.indicator(PLAN.key, "1", 2), ZR.normalizedValue, ["3000"]),
    (vocab.indicator(PLAN.key, "1", 2), ZR.normalizedUnit, ["http://qudt.org/vocab/unit/HA"]),
    (vocab.indicator(PLAN.key, "2", 1), ZR.baselineValue, ["95"]),
    (vocab.indicator(PLAN.key, "2", 1), ZR.binding, [vocab.concept("binding", "binding").value]),
    # XX个: the number is not known, the unit is
    (vocab.indicator(PLAN.key, "2", 2), QUDT.value, []),
    (vocab.indicator(PLAN.key, "2", 2), ZR.normalizedValue, []),
    (vocab.indicator(PLAN.key, "2", 2), ZR.unitText, ["个"]),
    # the region was stated by a person; that shows at the document
    (POLICY, ZR.decision, [vocab.decision(PLAN.key, "period", 1).value, vocab.decision(PLAN.key, "region", 1).value]),
    (vocab.decision(PLAN.key, "region", 1), ZR.verdict, [vocab.concept("verdict", "stated").value]),
    (vocab.decision(PLAN.key, "period", 1), ZR.targetText, ["2023"]),
]


@pytest.mark.parametrize(("subject", "predicate", "expected"), FACTS)
def test_facts(subject: NamedNode, predicate: NamedNode, expected: list[str]) -> None:
    assert values(build_document_quads(resolved_toy()), subject, predicate) == expected


def test_a_supervisor_is_a_name_with_its_evidence_and_no_body() -> None:
    toy = resolved_toy()
    words = evidence("示范点", "supervisors.label")  # any words will do
    task = replace(toy.reading.tasks[0], supervisors=(Supervisor("张某某", words),))
    quads = list(build_document_quads(replace(toy, reading=replace(toy.reading, tasks=(task,)))))
    assert values(quads, FIRST, ZR.supervisor) == ["张某某"]
    (node,) = values(quads, FIRST, ZR.supervisorEvidence)
    assert values(quads, NamedNode(node), OA.exact) == ["示范点"]
    assert values(quads, FIRST, ZR.unit) == values(build_document_quads(toy), FIRST, ZR.unit)


SHARED = [
    (vocab.organization(REFORM.key), SKOS.prefLabel, ["示范市发展和改革委员会"]),
    (vocab.organization(REFORM.key), SKOS.altLabel, ["市发展改革委", "市发改委"]),
    (vocab.organization(REFORM.key), ZR.level, [vocab.concept("level", "prefecture").value]),
    (vocab.organization("130100/county-governments"), RDF.type, [ORG.Organization.value, ZR.GenericBody.value]),
    (vocab.function("ecology-environment"), SKOS.prefLabel, ["ecology and environment", "生态环境"]),
    # the places above, up to the country
    (vocab.region("130000"), ZR.parentRegion, [vocab.region("100000").value]),
    (vocab.region("100000"), SKOS.prefLabel, ["中国"]),
    (vocab.policy(ACT.key), ZR.level, [vocab.concept("level", "province").value]),
    (vocab.metric("pm25"), ZR.direction, ["lower"]),
]


@pytest.mark.parametrize(("subject", "predicate", "expected"), SHARED)
def test_shared_facts(subject: NamedNode, predicate: NamedNode, expected: list[str]) -> None:
    assert values(build_registry_quads(resolved_toy(), toy_registry()), subject, predicate) == expected


def test_a_department_bears_no_name_of_a_higher_level() -> None:
    bureau = replace(REFORM, key="130100/ecology-environment", label="石家庄市生态环境局", function="ecology-environment")
    quads = build_registry_quads(replace(resolved_toy(), organizations={"市生态环境局": bureau}), load_registry())
    found = values(quads, vocab.organization(bureau.key), SKOS.altLabel)
    assert "市环保局" not in found  # until 2018
    assert {"市生态局", "市生态环境分局"} <= set(found)
    assert not [name for name in found if name.endswith(("部", "厅"))]


def test_a_department_bears_every_short_name_that_its_function_has_today() -> None:
    registry = load_registry()
    quads = build_registry_quads(resolved_toy(), registry)
    found = values(quads, vocab.organization(REFORM.key), SKOS.altLabel)
    assert {"市发改委", "市发改局", "市发展改革委"} <= set(found)
    assert "市计委" not in found  # until 2003
    assert REFORM.label not in found
    assert values(quads, vocab.organization("130100/county-governments"), SKOS.altLabel) == []


def _with_body(body: Organization) -> list[Quad]:
    toy = resolved_toy()
    return build_registry_quads(replace(toy, organizations={**toy.organizations, "x": body}), load_registry())


def test_a_body_of_several_functions_has_one_main_function() -> None:
    key = "130123/education_sports"
    quads = _with_body(Organization(key, "正定县教体局", (), "organization", "education", "130123", ("sports",)))
    education, sports = vocab.function("education").value, vocab.function("sports").value
    assert values(quads, vocab.organization(key), ZR.function) == [education, sports]
    assert values(quads, vocab.organization(key), ZR.mainFunction) == [education]
    assert values(quads, vocab.function("sports"), SKOS.prefLabel) == ["sports", "体育"]


def test_a_reform_ties_the_old_body_to_the_new_one() -> None:
    quads = _with_body(Organization("130100/tourism", "石家庄市旅游局", (), "organization", "tourism", "130100"))
    event, heir = vocab.change("130100/tourism", 2018), vocab.organization("130100/culture-tourism")
    assert values(quads, event, RDF.type) == [ORG.ChangeEvent.value]
    assert values(quads, event, ORG.originalOrganization) == [vocab.organization("130100/tourism").value]
    assert values(quads, event, ORG.resultingOrganization) == [heir.value]
    assert values(quads, heir, SKOS.prefLabel) == ["石家庄市文化广电和旅游局"]
    assert values(quads, vocab.change("130100/development-reform", 2018), RDF.type) == []  # goes on as it is


def test_same_input_same_quads() -> None:
    first, second = (serialize(build_document_quads(resolved_toy()), format=RdfFormat.N_QUADS) for _ in range(2))
    assert first == second


@given(st.integers(0, 3), st.text(max_size=40), st.booleans())
def test_quads_are_sorted_unique_and_without_blank_nodes(count: int, words: str, second: bool) -> None:
    toy = another_toy() if second else resolved_toy()
    task = replace(toy.reading.tasks[0], title=words, text=words * count)
    quads = build_document_quads(replace(toy, reading=replace(toy.reading, tasks=(task,))))
    assert quads == sort_quads(quads)
    assert not any(isinstance(node, BlankNode) for quad in quads for node in (quad.subject, quad.object, quad.graph_name))


@given(st.text(max_size=60), st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12))
def test_written_quads_read_back_the_same(words: str, value: Decimal) -> None:
    toy = resolved_toy()
    indicator = replace(toy.reading.tasks[0].indicators[0], name=words, value=value)
    quads = build_document_quads(with_indicator(indicator))
    text = serialize(quads, format=RdfFormat.N_QUADS)
    assert text is not None
    assert list(parse(text, format=RdfFormat.N_QUADS)) == quads
    store = Store()
    store.bulk_load(text, format=RdfFormat.N_QUADS)
    assert set(store) == set(quads)  # numbers are in the form that the store would give them


def test_rdflib_reads_the_same() -> None:
    from rdflib import Dataset

    quads = build_document_quads(resolved_toy()) + build_ontology_quads()
    other = Dataset()
    other.parse(data=serialize(quads, format=RdfFormat.N_QUADS), format="nquads")
    assert len(list(other.quads())) == len(quads)


def test_everything_found_points_to_its_words() -> None:
    quads = build_document_quads(resolved_toy())
    pieces = [quad.subject for quad in quads if quad.predicate == RDF.type and quad.object == ZR.Evidence]
    assert len(pieces) == 15
    for piece in pieces:
        assert isinstance(piece, NamedNode)
        start, end = (int(values(quads, piece, name)[0]) for name in (OA.start, OA.end))
        assert values(quads, piece, OA.exact) == [TEXT[start:end]]
        assert values(quads, piece, OA.prefix) == [TEXT[max(0, start - 20) : start]]
        assert values(quads, piece, OA.suffix) == [TEXT[end : end + 20]]


def issued_toy() -> Resolved:
    """Return the toy plan with the notice above it that issues it."""
    toy = resolved_toy()
    said = Notice(
        "关于印发要点的通知",
        "示政办[2023]1号",
        "示范市人民政府办公室",
        "2023-05-25",
        evidence("示政办〔2023〕1号", "notices.title"),
    )
    notice = Policy("130100.notice", said.title, "prefecture", "130100", said.issuer, "示政办〔2023〕1号")
    return replace(toy, reading=replace(toy.reading, notice=said), notice=notice)


def test_a_notice_and_its_plan_are_two_policies_tied_by_annex() -> None:
    resolved = issued_toy()
    quads = build_document_quads(resolved)
    notice = vocab.policy("130100.notice")
    assert values(quads, notice, ELI.has_annex) == [POLICY.value]
    assert values(quads, POLICY, ELI.is_annex_of) == [notice.value]
    assert values(quads, notice, ELI.id_local) == ["示政办〔2023〕1号"]
    assert values(quads, notice, ELI.date_document) == ["2023-05-25"]
    assert values(build_registry_quads(resolved, toy_registry()), notice, DCTERMS.title) == ["关于印发要点的通知"]


def test_a_notice_alone_hands_its_parents_to_the_plan_that_it_issues() -> None:
    toy = resolved_toy()
    plan = Policy("130100.annex", "要点", "prefecture", "130100", None)
    resolved = replace(toy, annexes=(Annex(PLAN, plan),))
    node = vocab.policy(plan.key)
    parents = values(build_document_quads(resolved), POLICY, ZR.implements)
    assert parents == values(build_document_quads(resolved), node, ZR.implements) != []
    shared = build_registry_quads(resolved, toy_registry())
    assert values(shared, POLICY, ELI.has_annex) == [node.value]
    assert values(shared, node, ELI.is_annex_of) == [POLICY.value]


def test_a_citation_keeps_its_number_as_written_and_its_policy_the_normalised_one() -> None:
    toy = resolved_toy()
    cited = replace(toy.reading.citations[0], number="示发[2020]3号")
    act = replace(toy.policies[cited.title], number="示发〔2020〕3号")
    resolved = replace(toy, reading=replace(toy.reading, citations=(cited,)), policies={**toy.policies, cited.title: act})
    quads = build_document_quads(resolved)
    assert values(quads, vocab.citation(PLAN.key, 1), ZR.numberText) == ["示发[2020]3号"]
    assert values(build_registry_quads(resolved, toy_registry()), vocab.policy(act.key), ELI.id_local) == ["示发〔2020〕3号"]


def test_a_document_that_cites_itself_is_no_parent_of_itself() -> None:
    toy = resolved_toy()
    citation = Citation(PLAN.title, "self", "prefecture", None, True, "preamble", evidence("示范市2023年", "citations.title"))
    reading = replace(toy.reading, citations=(citation, replace(citation, relation="basis")))
    quads = build_document_quads(replace(toy, reading=reading, policies={PLAN.title: PLAN}))
    assert values(quads, POLICY, ZR.implements) == values(quads, POLICY, ELI.cites) == []
    assert values(quads, vocab.citation(PLAN.key, 1), ZR.citedPolicy) == [POLICY.value]


def test_what_was_not_resolved_is_not_dropped() -> None:
    toy = another_toy()
    quads = build_document_quads(toy)
    node = vocab.assignment(toy.policy.key, "2", 1)
    assert values(quads, node, ZR.asWritten) == ["市农业农村局"]
    assert values(quads, node, ZR.organization) == []
    assert len(values(quads, node, ZR.evidence)) == 1


def test_another_base_moves_data_but_not_the_vocabulary() -> None:
    text = str(build_document_quads(resolved_toy(), "https://example.org/"))
    assert "https://w3id.org/zeren/id/" not in text
    assert "https://w3id.org/zeren/graph/" not in text
    assert "https://w3id.org/zeren/scheme/role/lead" in text


UNITS = [
    ("%", "5", "PERCENT", "5"),
    ("％", "5", "PERCENT", "5"),
    ("‰", "0.9", "PERMILLE", "0.9"),
    ("家", "12", "NUM", "12"),
    ("万户", "1.2", "NUM", "12000"),
    ("名", "30", "INDIV", "30"),
    ("亿元", "1.5", "CCY_CNY", "150000000"),
    ("万元", "20", "CCY_CNY", "200000"),
    ("万亩", "15", "HA", "10000"),
    ("亩", "1", "HA", "0.066666667"),
    ("平方公里", "2", "HA", "200"),
    ("平方米", "2", "M2", "2"),
    ("公里", "3.5", "KiloM", "3.5"),
    ("亿立方米", "0.3", "M3", "30000000"),
    ("万吨", "8", "TONNE", "80000"),
    ("万千瓦", "130", "KiloW", "1300000"),
    ("亿千瓦", "1", "KiloW", "100000000"),
    ("μg/m³", "40", "MicroGM-PER-M3", "40"),
    ("㎡", "7", "M2", "7"),
    ("万吨标准煤", "2", "tonne-of-coal-equivalent", "20000"),
    ("个百分点", "1.5", "percentage-point", "1.5"),
    ("亿美元", "3", "CCY_USD", "300000000"),
    ("亿斤", "1200", "TONNE", "60000000"),
    ("万张", "2", "NUM", "20000"),
    ("蒸吨/小时", "35", "TONNE-PER-HR", "35"),
    ("万标箱", "150", "teu", "1500000"),
    ("/10万", "12", "PERMILLE", "0.12"),
    ("分钟", "30", "HR", "0.5"),
    ("岁", "79.5", "YR", "79.5"),
    ("万立方米/日", "5", "cubic-metres-per-day", "50000"),
    ("人/亿元", "0.02", "people-per-hundred-million-yuan", "0.02"),
    ("PB", "2", "TeraBYTE", "2000"),
    ("亿人公里", "3", "passenger-kilometres", "300000000"),
]


@pytest.mark.parametrize(("written", "value", "base", "normal"), UNITS)
def test_units(written: str, value: str, base: str, normal: str) -> None:
    unit = schemes.find_unit(written)
    assert unit is not None
    assert unit.base.value.rpartition("/")[2] == base
    assert unit.normalize(Decimal(value)) == Decimal(normal)


def test_an_unknown_unit_keeps_its_words_only() -> None:
    toy = resolved_toy()
    indicator = replace(toy.reading.tasks[0].indicators[0], unit="柱")
    quads = build_document_quads(with_indicator(indicator))
    node = vocab.indicator(PLAN.key, "1", 1)
    assert values(quads, node, ZR.unitText) == ["柱"]
    assert values(quads, node, QUDT.hasUnit) == values(quads, node, ZR.normalizedValue) == []
    assert values(quads, node, QUDT.value) == ["40"]


def test_a_date_that_is_none_is_not_stated() -> None:
    assert day(full_date("2023-05")) is None
    assert day(full_date("2023-02-30")) is None


NUMBERS = [("4.50", "4.5"), ("100", "100"), ("1E+3", "1000"), ("-0.0", "0"), ("0.10", "0.1"), ("-2.50", "-2.5")]


@pytest.mark.parametrize(("value", "canonical"), NUMBERS)
def test_numbers(value: str, canonical: str) -> None:
    literal = decimal(Decimal(value))
    assert literal is not None
    assert literal.value == canonical


def test_in_one_document_too_each_thing_has_one_name() -> None:
    registry = load_registry()
    scope = Scope(registry.regions["500000"], "province", 2019, "500000")
    bodies = {
        name: resolve_name(name, scope, registry).organization for name in ("市扶贫办", "市农业农村委", "市旅游局", "市文旅委")
    }
    cited = replace(resolved_toy().policy, title="关于印发要点的通知（市级）")
    quads = build_registry_quads(replace(resolved_toy(), organizations=bodies, policies={"要点": cited}), registry)
    assert [body.label for body in bodies.values() if len(values(quads, vocab.organization(body.key), SKOS.prefLabel)) != 1] == []
    assert values(quads, vocab.organization("500000/agriculture-rural"), SKOS.prefLabel) == ["重庆市农业农村委员会"]
    assert values(quads, POLICY, DCTERMS.title) == [PLAN.title]


RENAMED = [
    ("500000", 2019, "市扶贫开发办公室", 2022, "市乡村振兴局", "重庆市乡村振兴局"),
    ("130100", 2015, "市环境保护局", 2023, "市生态环境局", "石家庄市生态环境局"),
    ("330000", 2016, "省人力资源社会保障厅", 2020, "省人力社保厅", "浙江省人力资源和社会保障厅"),  # no new name
]


@pytest.mark.parametrize(("code", "then", "old", "later", "new", "label"), RENAMED)
def test_a_body_is_called_by_its_last_name(code: str, then: int, old: str, later: int, new: str, label: str) -> None:
    registry, parts, keys = load_registry(), [], set()
    for year, name in ((then, old), (later, new)):
        scope = Scope(registry.regions[code], registry.regions[code].level, year, code)
        body = resolve_name(name, scope, registry).organization
        keys.add(body.key)
        parts.append((str(year), build_registry_quads(replace(resolved_toy(), organizations={name: body}), registry)))
    (key,) = keys
    assert values(merge_shared(parts), vocab.organization(key), SKOS.prefLabel) == [label]


def test_a_shared_thing_has_one_name_and_keeps_the_others() -> None:
    toy = resolved_toy()
    fuller = replace(REFORM, label="示范市发展和改革委员会（市粮食局）")
    cited = replace(PLAN, title="2023年生态环境工作要点（市级）", level="unknown")
    one = build_registry_quads(toy, toy_registry())
    other = build_registry_quads(
        replace(another_toy(), organizations={"市发改委": fuller}, policies={"要点": cited}), toy_registry()
    )
    parts = [(toy.policy.key, one), ("130100.key-points.2024", other)]
    merged = merge_shared(parts)
    assert merged == merge_shared(reversed(parts)) == sort_quads(merged)
    body = vocab.organization(REFORM.key)
    assert values(merged, body, SKOS.prefLabel) == [fuller.label]
    assert REFORM.label in values(merged, body, SKOS.altLabel)
    # a document knows its own title better than one that cites it
    assert values(merged, POLICY, DCTERMS.title) == [PLAN.title]
    assert values(merged, POLICY, SKOS.altLabel) == [cited.title]
    assert values(merged, POLICY, ZR.level) == [vocab.concept("level", "prefecture").value]
    assert merge_shared([(toy.policy.key, one)]) == one


def test_a_county_lies_in_its_city_and_province_and_keeps_its_former_name() -> None:
    reading = read_policy(toy.document("静海县2013年农村工作计划\n一、任务\n1.种好蔬菜。（县农委）"))
    registry = load_registry()
    quads = build_registry_quads(resolve_reading(reading, registry), registry)
    county, city = vocab.region("120118"), vocab.region("120000")
    assert values(quads, county, SKOS.prefLabel) == ["静海区"]
    assert values(quads, county, SKOS.altLabel) == ["静海县"]
    assert values(quads, county, ZR.parentRegion) == [city.value]
    assert values(quads, city, ZR.parentRegion) == [vocab.region("100000").value]
