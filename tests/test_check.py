from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg import data, store, vocab
from kg.analysis import measure_gaps, open_columns
from kg.check import Report, check, check_queries, find_java, load_checks, run_checks
from kg.check.gaps import COVERED, check_gaps
from kg.check.queries import Check
from kg.check.shapes import check_shapes, read_ontology
from kg.errors import KnowledgeError, SourceError, StoreError
from kg.rdf import build_document_quads, build_ontology_quads, build_registry_quads, sort_quads
from kg.read import read_bytes
from kg.vocab import DCTERMS, OA, QUDT, RDF, SKOS, XSD, ZR
from tests.records import PLAN, TEXT, another_toy, resolved_toy, toy_registry

needs_java = pytest.mark.skipif(find_java() is None, reason="no Java: HermiT cannot run")
QUADS = build_document_quads(resolved_toy())
ONTOLOGY = build_ontology_quads()
SHARED = build_registry_quads(resolved_toy(), toy_registry())
GRAPH = vocab.document_graph(PLAN.key)
POLICY, TASK, ORG = vocab.policy(PLAN.key), vocab.task(PLAN.key, "1"), vocab.organization("130100/ecology-environment")
ASSIGNMENT, INDICATOR = vocab.assignment(PLAN.key, "1", 1), vocab.indicator(PLAN.key, "1", 1)
REDACTED, CITATION = vocab.indicator(PLAN.key, "2", 2), vocab.citation(PLAN.key, 1)
DECISION = vocab.decision(PLAN.key, "unit", 1)
SOURCE = vocab.source(resolved_toy().reading.document.sha256)
EVIDENCE = sorted(str(q.subject)[1:-1] for q in QUADS if q.predicate == RDF.type and q.object == ZR.Evidence)
PIECE = NamedNode(EVIDENCE[0])


def build(out: Path, document: Iterable[Quad] = QUADS, shared: Iterable[Quad] = SHARED) -> store.Generation:
    pinned = resolved_toy().reading.document
    with store.prepare(out) as draft:
        draft.put(store.Source(PLAN.key, pinned.path, pinned.sha256), sort_quads(document), sort_quads(shared), pinned.text)
        return draft.commit()


def read(path: str) -> bytes:
    return TEXT.encode()


def names(report: Report) -> set[str]:
    return {finding.name for finding in report.findings}


def without(subject: NamedNode, *predicates: NamedNode) -> Callable[[list[Quad]], list[Quad]]:
    return lambda quads: [q for q in quads if q.subject != subject or q.predicate not in predicates]


def plus(subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> Callable[[list[Quad]], list[Quad]]:
    return lambda quads: [*quads, Quad(subject, predicate, value, GRAPH)]


def instead(subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> Callable[[list[Quad]], list[Quad]]:
    return lambda quads: plus(subject, predicate, value)(without(subject, predicate)(quads))


def said(*facts: NamedNode) -> list[Quad]:
    """Return a correction of which nothing is known but these facts."""
    node, graph = vocab.correction("c-1"), vocab.corrections_graph()
    pairs = [(RDF.type, ZR.Correction), *zip(facts[::2], facts[1::2], strict=True)]
    return [Quad(node, predicate, value, graph) for predicate, value in pairs]


def scored(verdict: NamedNode) -> Callable[[list[Quad]], list[Quad]]:
    """Add a load with a score and this verdict."""
    facts = ((ZR.score, Literal("2.5", datatype=XSD.decimal)), (ZR.loadVerdict, verdict))
    return lambda quads: [*quads, *(Quad(NOWHERE, term, value, GRAPH) for term, value in facts)]


def region_load(term: NamedNode, value: str) -> Callable[[list[Quad]], list[Quad]]:
    """Add the load of a region with this figure."""
    facts = ((RDF.type, ZR.RegionLoad), (term, Literal(value, datatype=XSD.decimal)))
    return lambda quads: [*quads, *(Quad(NOWHERE, name, said, GRAPH) for name, said in facts)]


NOWHERE = vocab.task(PLAN.key, "nowhere")
WRONG = [
    ("statement-without-evidence", without(ASSIGNMENT, ZR.evidence)),
    ("evidence-without-quote", without(PIECE, OA.exact)),
    ("evidence-without-quote", instead(PIECE, OA.exact, Literal(""))),
    ("evidence-without-offsets", without(PIECE, OA.end)),
    ("evidence-without-offsets", without(PIECE, OA.start, OA.end)),
    ("evidence-with-offsets-reversed", instead(PIECE, OA.end, Literal(0))),
    ("evidence-of-wrong-length", instead(PIECE, OA.exact, Literal("三个字"))),
    ("evidence-without-one-source", without(PIECE, OA.hasSource)),
    ("evidence-without-one-source", plus(PIECE, OA.hasSource, vocab.source("0"))),
    ("evidence-without-rule", without(PIECE, ZR.rule)),
    ("source-text-without-digest", instead(SOURCE, vocab.SCHEMA.sha256, Literal("abc"))),
    ("statement-without-one-policy", without(TASK, DCTERMS.isPartOf)),
    ("policy-without-one-title", plus(NOWHERE, RDF.type, ZR.Policy)),
    ("policy-without-one-title", plus(POLICY, DCTERMS.title, Literal("另一个标题", language="zh"))),
    ("policy-without-region", plus(NOWHERE, ZR.sourceText, SOURCE)),
    ("policy-without-period", without(POLICY, ZR.periodEnd)),
    ("policy-without-issuer", without(POLICY, DCTERMS.publisher)),
    ("policy-without-kind", without(POLICY, DCTERMS.type)),
    ("continuation-without-two-tasks", plus(NOWHERE, RDF.type, ZR.TaskContinuation)),
    ("policy-above-itself", plus(POLICY, ZR.implements, POLICY)),
    ("two-texts-for-one-policy", plus(POLICY, ZR.sourceText, vocab.source("0"))),
    ("task-without-text", without(TASK, ZR.text)),
    ("task-without-title", without(TASK, vocab.RDFS.label)),
    ("task-without-unit", without(TASK, ZR.unit, ZR.leadUnit, ZR.supportUnit)),
    ("task-without-lead", instead(ASSIGNMENT, ZR.role, vocab.concept("role", "support"))),
    ("task-without-indicator", lambda quads: [q for q in quads if q.predicate != ZR.task]),
    ("assignment-without-one-task", plus(ASSIGNMENT, ZR.task, NOWHERE)),
    ("assignment-without-one-role", without(ASSIGNMENT, ZR.role)),
    ("assignment-without-words", without(ASSIGNMENT, ZR.asWritten)),
    ("assignment-without-organization", without(ASSIGNMENT, ZR.organization)),
    ("assignment-without-decision", without(ASSIGNMENT, ZR.decision)),
    ("assignment-without-shortcut", without(TASK, ZR.leadUnit)),
    ("shortcut-without-assignment", without(ASSIGNMENT, ZR.organization)),
    ("indicator-without-one-kind", without(INDICATOR, ZR.kind)),
    ("indicator-without-one-owner", without(INDICATOR, ZR.task)),
    ("indicator-without-one-owner", plus(INDICATOR, ZR.policy, POLICY)),
    ("indicator-without-name", without(INDICATOR, vocab.RDFS.label)),
    ("quantitative-without-value", without(INDICATOR, QUDT.value)),
    ("unknown-value-with-number", plus(REDACTED, QUDT.value, Literal(0))),
    ("value-that-is-no-number", instead(INDICATOR, QUDT.value, Literal("甲"))),
    ("value-that-is-no-number", plus(INDICATOR, ZR.normalizedValue, Literal("甲", datatype=XSD.decimal))),
    ("value-that-is-no-number", plus(INDICATOR, ZR.baselineValue, POLICY)),
    ("value-without-wording", without(INDICATOR, ZR.valueText)),
    ("baseline-without-year", plus(INDICATOR, ZR.baselineValue, Literal(1))),
    ("unit-of-measure-unknown", without(INDICATOR, QUDT.hasUnit)),
    ("indicator-without-metric", without(INDICATOR, ZR.metric)),
    ("indicator-without-year", without(INDICATOR, ZR.year)),
    ("citation-without-one-relation", without(CITATION, ZR.relation)),
    ("citation-without-policy", without(CITATION, ZR.citedPolicy)),
    ("decision-without-one-verdict", without(DECISION, ZR.verdict)),
    ("decision-without-reason", without(DECISION, ZR.reason)),
    ("decision-without-target", without(DECISION, ZR.target)),
    ("ambiguous-with-one-candidate", instead(DECISION, ZR.verdict, vocab.concept("verdict", "ambiguous"))),
    ("organization-without-one-name", plus(ORG, SKOS.prefLabel, Literal("又一个名称", language="zh"))),
    ("region-without-code", plus(NOWHERE, RDF.type, ZR.Region)),
    ("function-without-name", plus(NOWHERE, RDF.type, ZR.Function)),
    ("community-without-member", plus(NOWHERE, RDF.type, ZR.Community)),
    ("evidence-that-is-none", instead(TASK, ZR.evidence, POLICY)),
    ("task-that-is-none", instead(ASSIGNMENT, ZR.task, POLICY)),
    ("unit-that-is-no-organization", plus(TASK, ZR.unit, POLICY)),
    ("role-that-is-none", instead(ASSIGNMENT, ZR.role, vocab.concept("comparator", "below"))),
    ("metric-that-is-none", instead(INDICATOR, ZR.metric, ORG)),
    ("cited-policy-that-is-none", instead(CITATION, ZR.citedPolicy, ORG)),
    ("parent-that-is-no-policy", plus(TASK, ZR.implements, ORG)),
    ("stale-correction", lambda quads: [*quads, *said(ZR.state, vocab.concept("correction-state", "stale"))]),
    ("correction-without-person", lambda quads: [*quads, *said()]),
    ("correction-without-time", lambda quads: [*quads, *said()]),
    ("correction-without-reason", lambda quads: [*quads, *said()]),
    ("correction-without-words", lambda quads: [*quads, *said()]),
    ("correction-that-is-none", plus(ASSIGNMENT, ZR.correction, ORG)),
    ("load-without-one-body", plus(NOWHERE, RDF.type, ZR.TotalLoad)),
    ("load-without-one-share", plus(NOWHERE, RDF.type, ZR.TotalLoad)),
    ("load-without-one-verdict", plus(NOWHERE, RDF.type, ZR.PeriodLoad)),
    ("period-load-without-years", plus(NOWHERE, RDF.type, ZR.PeriodLoad)),
    ("score-without-verdict", scored(vocab.concept("load-verdict", "not-judged"))),
    ("concentration-out-of-range", region_load(ZR.gini, "1.2")),
    ("concentration-out-of-range", region_load(ZR.topShare, "-0.1")),
    ("derivation-without-program", plus(NOWHERE, RDF.type, ZR.Derivation)),
    ("derivation-without-one-time", plus(NOWHERE, RDF.type, ZR.Derivation)),
    ("comparison-without-one-child", plus(NOWHERE, RDF.type, ZR.TargetComparison)),
    ("comparison-without-one-parent", plus(NOWHERE, RDF.type, ZR.TargetComparison)),
    ("comparison-without-one-verdict", plus(NOWHERE, RDF.type, ZR.TargetComparison)),
    ("comparison-without-reason", plus(NOWHERE, RDF.type, ZR.TargetComparison)),
    ("gap-that-is-incomplete", plus(NOWHERE, RDF.type, ZR.Gap)),
    ("reference-to-nothing", plus(TASK, ZR.section, NOWHERE)),
]


@pytest.mark.parametrize(("rule", "spoil"), WRONG, ids=[f"{i}-{rule}" for i, (rule, _) in enumerate(WRONG)])
def test_each_rule_finds_what_breaks_it(rule: str, spoil: Callable[[list[Quad]], list[Quad]]) -> None:
    before, after = found_by_queries(QUADS), found_by_queries(spoil(list(QUADS)))
    assert rule in {name for name, _ in after - before}


def found_by_queries(quads: Iterable[Quad]) -> set[tuple[str, str]]:
    graph = Store()
    graph.bulk_extend([*quads, *SHARED, *ONTOLOGY])
    return {(found.name, found.where) for found in run_checks(graph, load_checks(), Path("memory"))}


def test_each_rule_has_an_example() -> None:
    assert {rule for rule, _ in WRONG} == {rule.name for rule in load_checks()}


def shaped() -> set[str]:
    return set(re.findall(r"^shape:(\S+) a sh:", (data.ONTOLOGY / "shapes.ttl").read_text("utf-8"), re.M))


def test_each_shape_is_also_a_query_of_the_same_words_and_weight() -> None:
    rules = {rule.name: rule for rule in load_checks()}
    text = (data.ONTOLOGY / "shapes.ttl").read_text("utf-8")
    for block in re.split(r"\n(?=shape:)", text)[1:]:
        name = re.match(r"shape:(\S+)", block)
        found = re.search(r'sh:severity sh:(\w+) ;\s+sh:message "([^"]+)"@zh, "([^"]+)"@en', block)
        assert name is not None
        assert found is not None
        rule = rules[name[1]]
        word = {"Violation": "violation", "Warning": "warning", "Info": "info"}[found[1]]
        assert (word, found[2], found[3]) == (rule.severity, rule.zh, rule.en)


def spoiled(seed: int) -> list[Quad]:
    """Return the toy's quads with some lost, some doubled with another's value, some swapped."""
    chance = random.Random(seed)
    quads = [quad for quad in QUADS if chance.random() > 0.08]
    for _ in range(25):
        one, other = chance.choice(QUADS), chance.choice(QUADS)
        if one.predicate == other.predicate or chance.random() < 0.1:
            quads.append(Quad(one.subject, one.predicate, other.object, GRAPH))
    return quads


@pytest.mark.parametrize("seed", range(12))
def test_shapes_and_queries_find_the_same(tmp_path: Path, seed: int) -> None:
    generation = build(tmp_path, spoiled(seed) if seed else QUADS)
    by_shapes = {(found.name, found.where) for found in check_shapes(generation, generation.manifest.documents[0])}
    rules = [rule for rule in load_checks() if rule.name in shaped()]
    by_queries = {(found.name, found.where) for found in run_checks(store.open_store(generation), rules, tmp_path)}
    assert by_shapes == by_queries
    assert len(by_shapes) > (10 if seed else 0)


def test_the_toy_has_gaps_but_nothing_wrong(tmp_path: Path) -> None:
    build(tmp_path)
    report = check(tmp_path, read, java="")
    assert report.ok
    assert names(report) == {"assignment-without-decision", "indicator-without-metric"}
    gap = report.findings[0]
    assert (gap.severity, gap.zh, gap.label) == ("warning", "没有判定的分工", "各县（市、区）政府")
    assert report.counts == {"violation": 0, "warning": 1, "info": 2}


def test_findings_come_once_and_the_gravest_first(tmp_path: Path) -> None:
    build(tmp_path, without(ASSIGNMENT, ZR.evidence, ZR.organization)(QUADS))
    findings = check(tmp_path, java="").findings
    assert findings[0].name in {"shortcut-without-assignment", "statement-without-evidence"}
    assert len({(finding.name, finding.where) for finding in findings}) == len(findings)
    order = [["violation", "warning", "info"].index(finding.severity) for finding in findings]
    assert order == sorted(order)


def test_a_quotation_that_the_source_does_not_have(tmp_path: Path) -> None:
    build(tmp_path, instead(PIECE, OA.exact, Literal("?" * 300))(QUADS))
    found = [finding for finding in check(tmp_path, read, java="").findings if finding.part == "evidence"]
    assert [(finding.name, finding.where, finding.severity) for finding in found] == [
        ("quote-not-in-source", PIECE.value, "violation")
    ]
    assert "'??" in found[0].detail


@pytest.mark.parametrize("offset", ["一", "", "-3", "9" * 5000, "1.5"])
def test_offsets_that_are_none(tmp_path: Path, offset: str) -> None:
    build(tmp_path, instead(PIECE, OA.start, Literal(offset, datatype=XSD.integer))(QUADS))
    found = [finding for finding in check(tmp_path, read, java="").findings if finding.part == "evidence"]
    assert [(finding.name, finding.where) for finding in found] == [("quote-not-in-source", PIECE.value)]
    assert "no offsets" in found[0].detail


@pytest.mark.parametrize(
    ("value", "fine"),
    [(Literal(1), True), (Literal(1.5), True), (Literal("甲"), False), (Literal("甲", datatype=XSD.decimal), False)],
)
def test_shapes_and_queries_agree_on_what_is_a_number(tmp_path: Path, value: Literal, fine: bool) -> None:
    generation = build(tmp_path, plus(INDICATOR, ZR.normalizedValue, value)(QUADS))
    by_shapes = {(found.name, found.where) for found in check_shapes(generation, generation.manifest.documents[0])}
    by_queries = {(f.name, f.where) for f in run_checks(store.open_store(generation), load_checks(), tmp_path)}
    row = ("value-that-is-no-number", INDICATOR.value)
    assert (row in by_shapes, row in by_queries) == (not fine, not fine)


def test_a_source_that_changed(tmp_path: Path) -> None:
    build(tmp_path)
    report = check(tmp_path, lambda path: (TEXT + "改").encode(), java="")
    assert ("source-changed", "docs/示范市.txt") in {(finding.name, finding.where) for finding in report.findings}
    assert not report.ok


def test_a_source_that_is_gone(tmp_path: Path) -> None:
    def gone(path: str) -> bytes:
        raise SourceError(f"{path}: does not exist; check the path")

    build(tmp_path)
    finding = next(finding for finding in check(tmp_path, gone, java="").findings if finding.part == "evidence")
    assert (finding.name, finding.severity) == ("source-missing", "warning")
    assert "does not exist" in finding.detail


def test_quads_that_were_tampered_with(tmp_path: Path) -> None:
    generation = build(tmp_path)
    path = generation.document_file(generation.manifest.documents[0])
    path.write_text(path.read_text("utf-8").replace("市生态环境局", "市财政局"), "utf-8")
    report = check(generation, read, java="")
    assert ("quads-damaged", path.as_posix()) in {(finding.name, finding.where) for finding in report.findings}


def test_a_pinned_text_that_was_tampered_with(tmp_path: Path) -> None:
    generation = build(tmp_path)
    path = generation.text_file(generation.manifest.documents[0])
    assert path.read_text("utf-8") == TEXT
    path.write_text("别的", "utf-8")
    assert not generation.is_whole()
    report = check(generation, read, java="")
    assert ("quads-damaged", path.as_posix()) in {(finding.name, finding.where) for finding in report.findings}
    path.unlink()
    assert "missing" in {finding.detail for finding in check(generation, read, java="").findings}


@pytest.mark.parametrize("name", ["quads/derived.nq", "tables/tasks.parquet"])
def test_a_changed_file_of_the_whole_graph_is_found(name: str, built: Path, tmp_path: Path) -> None:
    """Figures that somebody changed by hand, in what `zeren pull` and other programs read."""
    shutil.copytree(built, tmp_path / "out")
    path = store.current(tmp_path / "out").folder / name
    path.write_bytes(path.read_bytes() + b"\n")
    report = check(tmp_path / "out", java="")
    assert ("quads-damaged", path.as_posix()) in {(finding.name, finding.where) for finding in report.findings}
    assert not report.ok


def test_quotations_are_compared_though_the_source_is_gone(tmp_path: Path) -> None:
    def gone(path: str) -> bytes:
        raise SourceError(f"{path}: does not exist; check the path")

    build(tmp_path, instead(PIECE, OA.exact, Literal("?"))(QUADS))
    found = {finding.name for finding in check(tmp_path, gone, java="").findings if finding.part == "evidence"}
    assert found == {"source-missing", "quote-not-in-source"}


@needs_java
def test_a_document_that_contradicts_the_ontology(tmp_path: Path) -> None:
    with store.prepare(tmp_path) as draft:
        for resolved, extra in (
            (resolved_toy(), []),
            (
                another_toy(),
                [Quad(vocab.task("130100.key-points.2024", "1"), ZR.leadUnit, vocab.policy("130000.air-act"), GRAPH)],
            ),
        ):
            pinned = resolved.reading.document
            quads = sort_quads([*build_document_quads(resolved), *extra])
            shared = build_registry_quads(resolved, toy_registry())
            draft.put(store.Source(resolved.policy.key, pinned.path, pinned.sha256), quads, shared, pinned.text)
        draft.commit()
    found = [finding for finding in check(tmp_path).findings if finding.part == "logic"]
    assert [(finding.name, finding.where) for finding in found] == [("contradiction", "docs/另一份.txt")]


def test_without_java_the_report_says_what_was_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    build(tmp_path)
    report = check(tmp_path)
    assert [skipped.part for skipped in report.skipped] == ["evidence", "logic"]
    assert "没有 Java" in report.skipped[1].zh
    assert report.ok


def test_a_java_that_does_not_work_is_said_too(tmp_path: Path) -> None:
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\necho no heap >&2\nexit 1\n", "utf-8")
    java.chmod(0o755)
    build(tmp_path / "out")
    report = check(tmp_path / "out", java=str(java))
    assert [skipped.part for skipped in report.skipped] == ["evidence", "logic"]
    assert "推理机未能运行" in report.skipped[1].zh


def test_progress_and_plain_values(tmp_path: Path) -> None:
    build(tmp_path)
    steps: list[tuple[str, int, int]] = []
    report = check(tmp_path, read, java="", progress=lambda *step: steps.append(step))
    assert ("形状 shapes", 1, 1) in steps
    assert report.to_dict()["counts"] == {"violation": 0, "warning": 1, "info": 2}
    assert report.to_dict()["findings"][0]["name"] == "assignment-without-decision"


def test_no_graph(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no graph here yet"):
        check(tmp_path)


def test_a_rule_without_a_title(tmp_path: Path) -> None:
    (tmp_path / "rule.rq").write_text("# severity: violation\nSELECT ?item WHERE { ?item ?p ?o }", "utf-8")
    with pytest.raises(KnowledgeError, match=r"rule\.rq: needs `# title:`"):
        load_checks(tmp_path)


def test_rules_are_findings(tmp_path: Path) -> None:
    generation = build(tmp_path)
    rule = Check("a", "info", "甲", "a", "SELECT ?item ?n WHERE { ?item a <https://w3id.org/zeren/ns#Region> BIND(1 AS ?n) }")
    found = list(run_checks(store.open_store(generation), [rule], tmp_path))
    assert [finding.detail for finding in found] == ["n: 1"] * 3


def test_nothing_is_wrong_with_the_five_documents(built: Path) -> None:
    generation = store.current(built)
    report = check(generation, lambda path: read_bytes(Path(path)))
    assert [finding for finding in report.findings if finding.severity == "violation"] == []
    assert not {finding.part for finding in report.findings} & {"evidence", "files", "logic"}


def test_shapes_and_queries_agree_on_the_five_documents(built: Path) -> None:
    generation = store.current(built)
    ontology = read_ontology(generation)
    by_shapes = {(f.name, f.where) for part in generation.manifest.documents for f in check_shapes(generation, part, ontology)}
    rules = [rule for rule in load_checks() if rule.name in shaped()]
    assert by_shapes == {(f.name, f.where) for f in run_checks(store.open_store(generation), rules, built)}


# gaps


def test_gaps_are_findings_in_their_own_words(built: Path) -> None:
    with open_columns(store.current(built)) as columns:
        wanted = {(gap.kind, gap.of, gap.words) for gap in measure_gaps(columns)}
    report = check(built, java="")
    found = [finding for finding in report.findings if finding.part == "gaps"]
    assert {(finding.name, finding.where, finding.detail) for finding in found} == wanted
    assert {finding.severity for finding in found if finding.name in ("no-unit", "no-lead", "several-leads")} == {"warning"}
    assert {finding.severity for finding in found if finding.name in ("no-indicator", "no-deadline")} == {"info"}
    assert not names(report) & COVERED  # not said twice
    assert {(f.name, f.where) for f in check_queries(store.open_current(built)).findings if f.part == "gaps"} == {
        (kind, where) for kind, where, _ in wanted
    }


def test_the_rules_that_gaps_stand_for_find_no_more_than_gaps(built: Path) -> None:
    """A graph without derived facts is judged by these rules; where there are gaps, none of their findings is lost."""
    graph = store.open_current(built)
    offenders: dict[str, set[str]] = {}
    for finding in run_checks(graph, [rule for rule in load_checks() if rule.name in COVERED]):
        offenders.setdefault(finding.name, set()).add(finding.where)
    gaps: dict[str, set[str]] = {}
    for finding in check_gaps(graph):
        gaps.setdefault(finding.name, set()).add(finding.where)
    assert offenders["task-without-lead"] == gaps["no-lead"] | gaps.get("no-lead-joint", set())
    assert offenders["task-without-indicator"] == gaps["no-indicator"]
    assert offenders["task-without-unit"] == gaps["no-unit"] | (gaps.get("unknown-unit", set()) & offenders["task-without-unit"])
    assert offenders.get("indicator-without-year", set()) == gaps.get("indicator-without-year", set())
