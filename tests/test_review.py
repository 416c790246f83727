"""People decide: each kind of verdict, what a rebuild makes of it, what a changed text does to it, and the file itself."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store, parse

from kg import data, pipeline, store, toy, vocab
from kg.ask import ask, find_query
from kg.check import check
from kg.check.shapes import _shapes, read_graph
from kg.cli import build_parser, main
from kg.cli.verdicts import order_of
from kg.correct import correct_reading, locate, share_out
from kg.correction import Anchor, Correction, Revocation
from kg.cues import Cue, load_cues
from kg.errors import CorrectionError
from kg.extract import read_policy
from kg.ledger import ledger_entry, render_ledger
from kg.model import Document, Metric, Organization, Policy, Region
from kg.rdf import add_revocation, add_to_file, parse_corrections, read_corrections
from kg.read import read_document
from kg.registry import Registry, load_registry
from kg.review import ASKED, SHOWN, Desk, Order, add_corrections, choose, commands_for, list_items, read_book, read_sheet, revoke
from kg.review.doubts import find_doubts
from kg.review.sheet import sheet_rows

TEXT = toy.TEXT.replace("（责任单位：市住房城乡建设局、市城管局）", "（责任单位：市住房城乡建设局、市拾遗局）")
WHEN = "2025-03-01T08:30:00Z"
SIGNED = {"by": "王某", "why": "核对了文件"}
Capture = pytest.CaptureFixture[str]


class Shop:
    """A folder with a plan and the graph built from it."""

    def __init__(self, home: Path, text: str = TEXT) -> None:
        self.documents, self.out = home / "documents", home / "out"
        self.documents.mkdir(parents=True)
        self.file = self.documents / "plan.txt"
        self.write(text)
        self.build()

    def write(self, text: str) -> None:
        self.file.write_text(text, "utf-8")

    def build(self) -> pipeline.BuildReport:
        return pipeline.build([self.documents], self.out)

    def ledger(self) -> Mapping[str, Any]:
        return pipeline.read_ledger(store.current(self.out))

    def desk(self) -> Desk:
        return Desk(store.current(self.out), self.ledger())

    def decide(self, action: str, item: str, when: str = WHEN, **values: Any) -> Correction:
        correction = self.desk().decide(order(action, item, **values), when)
        add_corrections(self.out, [correction])
        return correction

    def quads(self, *, corrections: bool = False) -> list[str]:
        ours = vocab.corrections_graph()
        return sorted(str(quad) for quad in store.open_current(self.out) if corrections or quad.graph_name != ours)


def order(action: Any, item: str, **values: Any) -> Order:
    return Order(action, item, **{**SIGNED, **values})


def question(desk: Desk, subject: str, mention: str) -> str:
    found = [item.id for item in desk.items.values() if item.subject == subject and mention in (item.mention, "*")]
    assert len(found) == 1, (subject, mention, found)
    return found[0]


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """Return a built plan; to be read only."""
    return Shop(tmp_path_factory.mktemp("shop"))


@pytest.fixture(scope="module")
def desk(shop: Shop) -> Desk:
    return shop.desk()


@pytest.fixture(scope="module")
def document(shop: Shop) -> Document:
    return read_document(shop.file)


def corrected(document: Document, registry: Registry, *corrections: Correction) -> Mapping[str, Any]:
    return ledger_entry(correct_reading(read_policy(document), registry, corrections))


# what can be decided: the question, the verdict, and what the ledger says of it afterwards


def duties(entry: Mapping[str, Any]) -> list[tuple[str, str | None, str]]:
    return [(a["unit"], a["label"], a["role"]) for task in entry["tasks"] for a in task["assignments"] if not a["inherited"]]


def figures(entry: Mapping[str, Any]) -> list[tuple[str, Any, str | None, int | None]]:
    return [(i["name"], i["value"], i["unit"], i["year"]) for task in entry["tasks"] for i in task["indicators"]]


def cited(entry: Mapping[str, Any]) -> list[str]:
    return [c["title"] for part in (entry, *entry["tasks"]) for c in part["citations"]]


def cited_keys(entry: Mapping[str, Any]) -> list[str]:
    """Return the titles of the policies that citations of the very words are taken to mean."""
    targets = {d["mention"]: d["target"] for d in entry["decisions"] if d["subject"] == "policy"}
    own = {target: mention for mention, target in reversed(targets.items())}
    return [own[targets[title]] for title in cited(entry) if title == "廊坊市农村生活污水治理专项规划"]


def metrics(entry: Mapping[str, Any]) -> list[tuple[str, str | None]]:
    return [(i["name"], i["metric"]) for task in entry["tasks"] for i in task["indicators"]]


View = Callable[[Mapping[str, Any]], list[Any]]
Row = tuple[str, str, str, dict[str, Any], View, list[Any], list[Any]]
VERDICTS: list[Row] = [
    # gone before, there afterwards
    ("unit", "市拾遗局", "reject", {}, duties, [("市拾遗局", "廊坊市拾遗局", "responsible")], []),
    (
        "unit", "市拾遗局", "accept", {"target": "廊坊市生态环境局"}, duties,
        [("市拾遗局", "廊坊市拾遗局", "responsible")], [("市拾遗局", "廊坊市生态环境局", "responsible")],
    ),
    # a body that no document has named yet, by what it is called where it stands
    ("unit", "市拾遗局", "accept", {"target": "市财政局"}, duties, [], [("市拾遗局", "廊坊市财政局", "responsible")]),
    (
        "unit", "市拾遗局", "accept", {"new": "廊坊市扬尘控制办公室", "function": "生态环境"}, duties,
        [], [("市拾遗局", "廊坊市扬尘控制办公室", "responsible")],
    ),
    (
        "unit", "市发改委", "split", {"new": "廊坊开发区发展改革局"}, duties,
        [("市发改委", "廊坊市发展和改革委员会", "responsible")], [("市发改委", "廊坊开发区发展改革局", "responsible")],
    ),
    (
        "unit", "市农业农村局", "merge", {"target": "市发改委"}, duties,
        [("市农业农村局", "廊坊市农业农村局", "responsible")], [("市农业农村局", "廊坊市发展和改革委员会", "responsible")],
    ),
    ("assignment", "市水利局", "correct", {"changes": {"role": "lead"}}, duties, [], [("市水利局", "廊坊市水利局", "lead")]),
    ("assignment", "市水利局", "reject", {}, duties, [("市水利局", "廊坊市水利局", "support")], []),
    (
        "indicator", "国考断面优良水体比例", "correct", {"changes": {"value": "75", "year": "2025"}}, figures,
        [("国考断面优良水体比例", 70, "%", 2024)], [("国考断面优良水体比例", 75, "%", 2025)],
    ),
    ("indicator", "农村生活污水治理率", "reject", {}, figures, [("农村生活污水治理率", 45, "%", 2024)], []),
    (
        "policy", "廊坊市农村生活污水治理专项规划", "reject", {}, cited,
        ["廊坊市农村生活污水治理专项规划"], [],
    ),
    (
        "policy", "廊坊市农村生活污水治理专项规划", "accept", {"target": "河北省“十四五”生态环境保护规划"}, cited_keys,
        [], ["河北省“十四五”生态环境保护规划"],
    ),
    ("metric", "国考断面优良水体比例", "accept", {"target": "森林覆盖率"}, metrics, [], [("国考断面优良水体比例", "森林覆盖率")]),
    ("metric", "农村生活污水治理率", "merge", {"target": "森林覆盖率"}, metrics, [], [("农村生活污水治理率", "森林覆盖率")]),
    ("assignment", "市水利局", "accept", {"target": "市财政局"}, duties, [], [("市水利局", "廊坊市财政局", "support")]),
    ("task", "控制扬尘污染", "reject", {}, lambda entry: [task["title"] for task in entry["tasks"]], ["控制扬尘污染"], []),
    (
        "task", "开展绿色出行宣传", "add", {"words": "绿色出行", "changes": {"role": "lead"}}, duties,
        [], [("绿色出行", "绿色出行", "lead")],
    ),
    ("region", "*", "accept", {"target": "唐山市"}, lambda e: [e["region"]], ["廊坊市"], ["唐山市"]),
    (
        "period", "*", "correct", {"changes": {"period": "2024-2025"}},
        lambda e: e["period"][-1:], [2024], [2025],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("subject", "mention", "action", "values", "view", "before", "after"), VERDICTS, ids=[f"{r[2]}-{r[0]}" for r in VERDICTS]
)
def test_a_verdict_is_followed(
    subject: str,
    mention: str,
    action: str,
    values: dict[str, Any],
    view: View,
    before: list[Any],
    after: list[Any],
    desk: Desk,
    document: Document,
    registry: Registry,
) -> None:
    plain = corrected(document, registry)
    correction = desk.decide(order(action, question(desk, subject, mention), **values), WHEN)
    entry = corrected(document, registry, correction)
    gone = [row for row in before if row not in after]
    assert all(row in view(plain) for row in before)
    assert all(row in view(entry) for row in after)
    assert not [row for row in gone if row in view(entry)]
    said = {outcome["key"]: outcome["state"] for outcome in entry["corrections"]}
    assert said == {correction.key: "applied"}


def test_what_was_corrected_says_by_whom_when_and_why(desk: Desk, document: Document, registry: Registry) -> None:
    unit = desk.decide(order("accept", question(desk, "unit", "市拾遗局"), target="市财政局"), WHEN)
    figure = desk.decide(order("correct", question(desk, "indicator", "农村生活污水治理率"), changes={"value": "46"}), WHEN)
    entry = corrected(document, registry, unit, figure)
    assigned = next(a for task in entry["tasks"] for a in task["assignments"] if a["unit"] == "市拾遗局")
    measured = next(i for task in entry["tasks"] for i in task["indicators"] if i["name"] == "农村生活污水治理率")
    for part, correction in ((assigned, unit), (measured, figure)):
        said = part["correction"]
        assert (said["key"], said["by"], said["when"], said["why"]) == (correction.key, "王某", WHEN, "核对了文件")
    assert assigned["correction"]["before"].startswith("未识别")
    decision = next(d for d in entry["decisions"] if d["mention"] == "市拾遗局")
    assert (decision["verdict"], decision["before"]["verdict"]) == ("overruled", "unknown")
    assert "王某" in decision["reason"]


def test_evidence_of_what_a_person_added_is_the_text(desk: Desk, document: Document, registry: Registry) -> None:
    correction = desk.decide(order("add", question(desk, "task", "开展绿色出行宣传"), words="绿色出行"), WHEN)
    entry = corrected(document, registry, correction)
    added = next(a for task in entry["tasks"] for a in task["assignments"] if a["unit"] == "绿色出行")
    assert document.text[added["start"] : added["end"]] == added["quote"] == "绿色出行"


def test_a_task_that_is_none_leaves_its_targets_to_the_document(desk: Desk, document: Document, registry: Registry) -> None:
    plain = corrected(document, registry)
    correction = desk.decide(order("reject", question(desk, "task", "推进农村生活污水治理")), WHEN)
    entry = corrected(document, registry, correction)
    assert len(entry["tasks"]) == len(plain["tasks"]) - 1
    assert "农村生活污水治理率" in [indicator["name"] for indicator in entry["indicators"]]
    assert sorted(cited(entry)) == sorted(cited(plain))


def test_one_place_of_a_mention_only(tmp_path: Path, registry: Registry) -> None:
    shop = Shop(tmp_path)
    desk = shop.desk()
    item = desk.items[question(desk, "unit", "市生态环境局")]
    assert len(item.places) == 2
    correction = desk.decide(order("accept", f"{item.id}@{item.places[1].address}", target="市财政局"), WHEN)
    entry = corrected(read_document(shop.file), registry, correction)
    assert [label for unit, label, _ in duties(entry) if unit == "市生态环境局"] == ["廊坊市生态环境局", "廊坊市财政局"]
    again = next(one for one in list_items({"documents": [entry]}) if one.id == item.id)  # the question stays one question
    assert (again.places, again.count, again.corrected) == (item.places, item.count, (correction.key,))
    removed = desk.decide(order("reject", f"{item.id}@{item.places[1].address}"), WHEN)
    entry = corrected(read_document(shop.file), registry, removed)
    assert [unit for unit, _, _ in duties(entry)].count("市生态环境局") == 1


def test_the_narrower_and_the_later_verdict_counts(desk: Desk, document: Document, registry: Registry) -> None:
    item = question(desk, "unit", "市拾遗局")
    first = desk.decide(order("accept", item, target="市财政局"), "2025-03-01T00:00:00Z")
    second = desk.decide(order("accept", item, target="市水利局"), "2025-03-02T00:00:00Z")
    wide = desk.decide(order("accept", item, target="市教育局", extent="everywhere"), "2025-03-03T00:00:00Z")
    entry = corrected(document, registry, wide, second, first)
    assert ("市拾遗局", "廊坊市水利局", "responsible") in duties(entry)
    assert {o["key"]: o["state"] for o in entry["corrections"]} == {
        first.key: "superseded", second.key: "applied", wide.key: "superseded",
    }  # fmt: skip


def test_mergers_follow_each_other_and_end(desk: Desk, document: Document, registry: Registry) -> None:
    one, two = (question(desk, "unit", name) for name in ("市农业农村局", "市发改委"))
    there = desk.decide(order("merge", one, target="市发改委"), "2025-03-01T00:00:00Z")
    on = desk.decide(order("merge", two, target="市水利局"), "2025-03-02T00:00:00Z")
    assert ("市农业农村局", "廊坊市水利局", "responsible") in duties(corrected(document, registry, there, on))
    back = desk.decide(order("merge", two, target="市农业农村局"), "2025-03-02T00:00:00Z")
    corrected(document, registry, there, back)  # a circle ends too


# what cannot be decided is said in words

WRONG: list[tuple[str, str, str, dict[str, Any], str]] = [
    ("accept", "unit", "市拾遗局", {"target": "火星局办公会"}, "--new 火星局办公会"),
    ("accept", "unit", "市拾遗局", {"new": "甲", "function": "魔法"}, "--function 魔法"),
    ("accept", "region", "*", {"target": "火星市"}, "no region has this name"),
    ("reject", "region", "*", {}, "use accept"),
    ("reject", "metric", "农村生活污水治理率", {}, "cannot be rejected"),
    ("correct", "indicator", "农村生活污水治理率", {"changes": {"value": "九十"}}, "is no value"),
    ("correct", "indicator", "农村生活污水治理率", {}, "--value"),
    ("correct", "indicator", "农村生活污水治理率", {"changes": {"role": "lead"}}, "new values of a indicator"),
    ("correct", "assignment", "市水利局", {"changes": {"role": "boss"}}, "one of lead, responsible, support"),
    ("add", "task", "控制扬尘污染", {"words": "市教育局"}, "does not stand in the task"),
    ("merge", "unit", "市水利局", {"target": "廊坊市水利局"}, "is 廊坊市水利局 already"),
    ("accept", "unit", "市拾遗局", {"target": "市财政局", "by": " "}, "who"),
    ("accept", "unit", "市拾遗局", {"target": "市财政局", "why": ""}, "why"),
    ("accept", "unit", "市生态环境局", {"target": "市财政局", "extent": "mention"}, "name one"),
    ("accept", "unit", "市拾遗局", {"target": "市财政局", "document": "别的文件"}, "does not stand in 别的文件"),
]


@pytest.mark.parametrize(("action", "subject", "mention", "values", "says"), WRONG)
def test_what_cannot_be_decided_is_said(
    action: str, subject: str, mention: str, values: dict[str, Any], says: str, desk: Desk
) -> None:
    with pytest.raises(CorrectionError, match=re.escape(says)):
        desk.decide(order(action, question(desk, subject, mention), **values), WHEN)


@pytest.mark.parametrize("address", ["u-0000000000", "u", "", "t-@1:2", "u-7f3a@nowhere"])
def test_an_id_of_nothing_is_said(address: str, desk: Desk) -> None:
    with pytest.raises(CorrectionError, match="id"):
        desk.decide(order("reject", address), WHEN)


# the whole way


def test_a_rebuild_follows_and_an_undo_leads_back(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    before = shop.quads()
    item = question(shop.desk(), "unit", "市拾遗局")
    one = shop.decide("accept", item, target="市财政局")
    assert shop.quads() == before  # nothing happens before the next build
    assert not shop.build().unchanged
    assert ("市拾遗局", "廊坊市财政局", "responsible") in duties(shop.ledger()["documents"][0])
    graph = store.open_current(shop.out)
    assert {str(quad.graph_name) for quad in graph} >= {str(vocab.corrections_graph())}
    report = shop.build()
    assert (report.unchanged, report.corrections) == (True, {"applied": 1})
    revoke(shop.out, one.key, Revocation("李某", "2025-03-02T00:00:00Z", "看错了"))
    assert shop.build().corrections == {"revoked": 1}
    assert shop.quads() == before
    assert read_book(shop.out)[0].revoked == Revocation("李某", "2025-03-02T00:00:00Z", "看错了")
    with pytest.raises(CorrectionError, match="taken back already, by 李某"):
        revoke(shop.out, one.key, Revocation("李某", "2025-03-03T00:00:00Z", "again"))


def test_an_incremental_build_gives_what_a_fresh_one_gives(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    (shop.documents / "b.txt").write_text(TEXT.replace("2024", "2025").replace("45%", "50%"), "utf-8")
    (shop.documents / "c.txt").write_text(TEXT.replace("廊坊", "沧州"), "utf-8")
    shop.build()
    desk = shop.desk()
    item = next(i for i in desk.items.values() if i.mention == "市拾遗局" and i.subject == "unit" and len(i.places) == 2)
    shop.decide("accept", item.id, target="廊坊市生态环境局", extent="everywhere")
    region = next(i for i in desk.items.values() if i.subject == "region" and "沧州" in i.mention)
    shop.decide("accept", region.id, target="衡水市")
    report = shop.build()
    assert report.corrections == {"applied": 2}
    quads = shop.quads(corrections=True)
    other = tmp_path / "other"
    other.mkdir()
    (other / "corrections.ttl").write_bytes((shop.out / "corrections.ttl").read_bytes())
    pipeline.build([shop.documents], other)
    assert sorted(str(quad) for quad in store.open_current(other)) == quads


def test_only_documents_that_a_correction_touches_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = Shop(tmp_path)
    (shop.documents / "other.txt").write_text(TEXT.replace("廊坊", "沧州"), "utf-8")
    shop.build()
    desk = shop.desk()
    item = next(
        i for i in desk.items.values() if i.mention == "市拾遗局" and "廊坊" in i.places[0].document and i.subject == "unit"
    )
    shop.decide("reject", item.id, extent="everywhere")
    read: list[str] = []

    def note(path: Path) -> Document:
        read.append(path.name)
        return read_document(path)

    monkeypatch.setattr("kg.pipeline.sources.read_document", note)
    shop.build()
    assert read == ["plan.txt"]


def test_a_body_merged_away_bears_no_load(tmp_path: Path) -> None:
    shop = Shop(tmp_path)

    def load() -> dict[str, int]:
        rows = ask(store.open_current(shop.out), find_query("department-load")).records()
        return {row["label"]: row["tasks"] for row in rows}

    before = load()
    shop.decide("merge", question(shop.desk(), "unit", "市农业农村局"), target="市住房城乡建设局")
    shop.build()
    after = load()
    assert "廊坊市农业农村局" in before
    assert "廊坊市农业农村局" not in after
    assert after["廊坊市住房和城乡建设局"] == before["廊坊市住房和城乡建设局"] + 1


def test_an_issuer_that_is_merged_is_another_one(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    other = TEXT.replace("廊坊市生态环境委员会办公室", "廊坊市生态环境局").replace("廊坊市2024年河湖", "廊坊市2025年河湖")
    (shop.documents / "other.txt").write_text(re.sub("牵头单位：市生态环境局；|市生态环境局、", "", other), "utf-8")
    shop.build()
    issued = [entry["issuer_id"] for entry in shop.ledger()["documents"]]
    assert any(iri and iri.endswith("/ecology-environment") for iri in issued), issued
    shop.decide("merge", question(shop.desk(), "unit", "市生态环境局"), target="市水利局")
    shop.build()
    after = [entry["issuer_id"] for entry in shop.ledger()["documents"]]
    assert not any(iri and iri.endswith("/ecology-environment") for iri in after)
    assert shop.build().unchanged


# a text that changed

MOVED: list[tuple[str, Callable[[str], str], str]] = [
    ("a line above", lambda text: "（2024年2月修订）\n" + text, "moved"),
    ("words before it", lambda text: text.replace("（责任单位：市住房城乡建设局、市拾遗局）", "（责任单位：市拾遗局）"), "moved"),
    ("the mention is gone", lambda text: text.replace("、市拾遗局", ""), "stale"),
    (
        "it stands in two places of other words",
        lambda text: text.replace("市住房城乡建设局、市拾遗局）", "市拾遗局负责）").replace(
            "少开车。", "少开车。（责任单位：市拾遗局牵头）"
        ),
        "stale",
    ),
]


@pytest.mark.parametrize(("change", "state"), [row[1:] for row in MOVED], ids=[row[0] for row in MOVED])
def test_a_verdict_goes_with_its_words(change: Callable[[str], str], state: str, tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.decide("accept", question(shop.desk(), "unit", "市拾遗局"), target="市财政局")
    shop.write(change(TEXT))
    assert shop.build().corrections == {state: 1}
    entry = shop.ledger()["documents"][0]
    assert (("市拾遗局", "廊坊市财政局", "responsible") in duties(entry)) is (state == "moved")
    findings = [finding for finding in check(shop.out, java="").findings if finding.name == "stale-correction"]
    assert len(findings) == (1 if state == "stale" else 0)
    assert all(finding.severity == "warning" for finding in findings)


def test_a_verdict_on_a_document_that_is_gone_is_stale(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.decide("reject", question(shop.desk(), "unit", "市拾遗局"))
    shop.file.unlink()
    (shop.documents / "other.txt").write_text(TEXT.replace("廊坊", "沧州"), "utf-8")
    assert shop.build().corrections == {"stale": 1}


ANCHOR = Anchor("old", "a.txt", "题", 10, 14, "市水利局", "单位：", "，市")
PLACES: list[tuple[str, tuple[int, int] | None]] = [
    ("责任单位：市水利局，市气象局", (5, 9)),
    ("市水利局另报。责任单位：市水利局，市气象局", (12, 16)),  # of two, the one with the same words around
    ("市水利局另报。责任单位：市水利局。", (12, 16)),  # with the same words on one side
    ("由市水利局负责", (1, 5)),  # the only one
    ("单位：市水利局，市气象局；单位：市水利局，市气象局", None),
    ("市水利局、市水利局", None),
    ("市水务局", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "span"), PLACES)
def test_words_are_found_again_or_not_at_all(text: str, span: tuple[int, int] | None) -> None:
    found = locate(ANCHOR, Document("a.txt", "new", "utf-8", text))
    assert (found and (found.start, found.end)) == span


def test_words_of_the_same_source_read_in_another_way_are_found_too() -> None:
    """A later version may take other text out of the same file."""
    same = replace(ANCHOR, sha256="same")
    assert locate(same, Document("a.pdf", "same", "pdf", "责任单位：市水利局，市气象局")) is not None
    assert locate(same, Document("a.pdf", "same", "pdf", "1234567890市水利局与市水利局")) is not None
    assert locate(same, Document("a.pdf", "same", "pdf", "12345678901市水利局与市水利局")) is None


@given(st.text(alphabet="市水利局：，单位", max_size=60))
def test_words_found_again_are_the_words(text: str) -> None:
    found = locate(ANCHOR, Document("a.txt", "new", "utf-8", text))
    assert found is None or found.of(text) == ANCHOR.exact


def test_a_changed_document_is_known_by_path_or_by_a_title_of_its_own() -> None:
    one = replace(COMPLETE, anchor=ANCHOR)
    assert share_out([one], [("old", "b.txt", None), ("new", "a.txt", "题")]) == {"old": [one]}
    assert share_out([one], [("new", "a.txt", "别的"), ("x", "c.txt", "题")]) == {"new": [one]}
    assert share_out([one], [("new", "moved.txt", "题"), ("x", "c.txt", "别的")]) == {"new": [one]}
    assert share_out([one], [("new", "moved.txt", "题"), ("x", "c.txt", "题")]) == {}


# the file

COMPLETE = Correction(
    key="c-0123456789",
    item="u-0123456789",
    subject="unit",
    action="accept",
    extent="document",
    mention='市"水"利\\局',
    by="王某",
    when=WHEN,
    why="已更名\n两行",
    before="未识别",
    verdict="石家庄市数据局",
    anchor=Anchor("a" * 64, "文件 夹/a.txt", "题", 3, 9, "市数据\n资源局", "：", "，\t"),
    instead="130100/x-1",
    target=Organization("130100/data", "石家庄市数据局", (), "organization", "data", "130100"),
)
FORMS = [
    COMPLETE,
    replace(COMPLETE, by="https://example.org/people#wang", target=None, instead=None),
    replace(COMPLETE, target=Organization("a/b c", "组", (), "collaboration", None, None)),
    replace(COMPLETE, subject="policy", target=Policy("p-1", "条例", "province", "130000", "省政府", "冀政〔2020〕1号"), instead="p-2"),
    replace(COMPLETE, subject="metric", target=Metric("m-1", "率", "lower"), extent="everywhere", instead="m-2"),
    replace(COMPLETE, subject="region", target=Region("130100", "石家庄市数据局", "unknown", None), instead=None),
    replace(COMPLETE, subject="indicator", action="correct", target=None, instead=None, changes=(("op", ">="), ("value", "97.50"))),
    replace(COMPLETE, subject="assignment", action="add", task=COMPLETE.anchor, target=None, instead=None, changes=(("role", "lead"),)),
    replace(COMPLETE, revoked=Revocation("李某", WHEN, "看错")),
]  # fmt: skip


def written(*corrections: Correction) -> bytes:
    content = b""
    for correction in corrections:
        content = add_to_file(content, replace(correction, revoked=None))
        if correction.revoked:
            content = add_revocation(content, correction.key, correction.revoked)
    return content


@pytest.mark.parametrize("correction", FORMS, ids=range(len(FORMS)))
def test_what_is_written_is_read_again(correction: Correction) -> None:
    assert parse_corrections(written(correction), "x") == (correction,)
    assert written(correction) == written(correction)


NAMES = st.text(min_size=1, max_size=20).map(str.strip).filter(bool)


@given(NAMES, NAMES, NAMES)
def test_any_words_can_be_written(by: str, why: str, mention: str) -> None:
    correction = replace(COMPLETE, by=by, why=why, mention=mention)
    assert parse_corrections(written(correction), "x") == (correction,)


def test_the_file_is_only_added_to(tmp_path: Path) -> None:
    first = written(COMPLETE)
    by_hand = first + "\n# 注：以上由王某口头确认\n".encode()
    (tmp_path / "corrections.ttl").write_bytes(by_hand)
    add_corrections(tmp_path, [replace(COMPLETE, key="c-2", when="2025-03-02T00:00:00Z")])
    after = (tmp_path / "corrections.ttl").read_bytes()
    assert after.startswith(by_hand.rstrip(b"\n"))
    assert [c.key for c in read_corrections(tmp_path / "corrections.ttl")] == ["c-0123456789", "c-2"]
    add_corrections(tmp_path, [COMPLETE])  # it is there already
    assert (tmp_path / "corrections.ttl").read_bytes() == after


BROKEN: list[tuple[str, str, int | None, str]] = [
    ("zr:Correction ;", "zr:Correction ;;; (", 20, "is no Turtle"),
    ("    zr:reason ", "    zr:raison ", 20, "has no reason"),
    ("    prov:wasAttributedTo", "    prov:wasBy", 20, "has no person"),
    ("    prov:generatedAtTime", "    prov:at", 20, "has no time"),
    (WHEN, "gestern", 20, "no xsd:dateTime"),
    ("action:accept", "action:acept", 20, "'acept' is none of accept, reject"),
    ("extent:document", 'extent:document ; zr:extent "x"', 20, "2 values of extent"),
    ("    oa:hasTarget", "    oa:hasTorget", 20, "has no words of the text"),
    ("oa:start 3", 'oa:start "drei"', None, "is no offset"),
    ("skos:prefLabel", "skos:label", None, "has no name"),
    ("zeren/id/org/130100/data> ;\n    oa", "zeren/id/policy/p-1> ;\n    oa", 20, "does not begin with"),
]


@pytest.mark.parametrize(("old", "new", "line", "says"), BROKEN, ids=[row[3] for row in BROKEN])
def test_a_broken_file_is_named_with_its_line_and_left_alone(
    old: str, new: str, line: int | None, says: str, shop: Shop, tmp_path: Path
) -> None:
    text = written(COMPLETE).decode()
    assert old in text
    broken = text.replace(old, new, 1).encode()
    with pytest.raises(CorrectionError) as caught:
        parse_corrections(broken, "out/corrections.ttl")
    assert says in str(caught.value)
    assert re.search(rf"line {line if line else '[0-9]+'}\b", str(caught.value)), caught.value
    (tmp_path / "corrections.ttl").write_bytes(broken)
    with pytest.raises(CorrectionError):
        add_corrections(tmp_path, [replace(COMPLETE, key="c-2")])
    with pytest.raises(CorrectionError):
        pipeline.build([shop.documents], tmp_path)
    assert (tmp_path / "corrections.ttl").read_bytes() == broken


def test_the_check_finds_a_broken_file_before_a_build_does(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    (shop.out / "corrections.ttl").write_bytes(written(COMPLETE).replace(b"action:accept", b"action:acept"))
    found = [finding for finding in check(shop.out, java="").findings if finding.name == "corrections-broken"]
    assert [finding.severity for finding in found] == ["violation"]
    assert "line 20" in found[0].detail


@given(choice=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_file_with_bytes_lost_is_read_or_refused(choice: st.DataObject) -> None:
    content = written(COMPLETE, replace(COMPLETE, key="c-2"))
    start = choice.draw(st.integers(0, len(content)))
    end = choice.draw(st.integers(start, min(len(content), start + 40)))
    with contextlib.suppress(CorrectionError):
        parse_corrections(content[:start] + content[end:], "x")


def test_shapes_find_the_file_right_and_a_spoiled_one_wrong(tmp_path: Path) -> None:
    from pyshacl import validate

    for content, fine in ((written(*FORMS[:1]), True), (written(COMPLETE).replace(b"    zr:reason", b"    zr:raison"), False)):
        path = tmp_path / "quads.nq"
        triples = Store()
        triples.bulk_load(input=content, format=RdfFormat.TURTLE)
        triples.dump(str(path), format=RdfFormat.N_QUADS)
        conforms, _, words = validate(read_graph(path), shacl_graph=_shapes(), inference="none")
        assert conforms is fine, words


# apply, then undo


def test_all_verdicts_at_once_and_all_taken_back(tmp_path: Path) -> None:
    """Every kind of correction in one graph, checked as a whole; without them each quad is what it was."""
    shop = Shop(tmp_path)
    before, desk = shop.quads(), shop.desk()
    made = [
        desk.decide(order(action, question(desk, subject, mention), **values), f"2025-03-{number:02}T00:00:00Z")
        for number, (subject, mention, action, values, *_) in enumerate(VERDICTS, 1)
    ]
    add_corrections(shop.out, made)
    shop.build()
    assert shop.quads() != before
    report = check(shop.out, lambda path: Path(path).read_bytes())
    assert report.ok, [finding for finding in report.findings if finding.severity == "violation"]
    for correction in made:
        revoke(shop.out, correction.key, Revocation("李某", "2025-04-01T00:00:00Z", "重来"))
    assert shop.build().corrections == {"revoked": len(made)}
    assert shop.quads() == before


@given(choice=st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
def test_evidence_stands_whatever_was_decided(choice: st.DataObject, desk: Desk, document: Document, registry: Registry) -> None:
    """Any verdicts together, in any order: the same entry, and every quote at its span."""
    rows = choice.draw(st.lists(st.sampled_from(VERDICTS), min_size=1, max_size=5, unique_by=id))
    corrections = [
        desk.decide(order(action, question(desk, subject, mention), **values), f"2025-03-{number:02}T00:00:00Z")
        for number, (subject, mention, action, values, *_) in enumerate(rows, 1)
    ]
    entry = corrected(document, registry, *corrections)
    assert {outcome["key"] for outcome in entry["corrections"]} <= {correction.key for correction in corrections}
    for task in entry["tasks"]:
        for part in (*task["assignments"], *task["indicators"], *task["citations"]):
            assert "".join(document.text[part["start"] : part["end"]].split()) == "".join(part["quote"].split())
    assert corrected(document, registry, *choice.draw(st.permutations(corrections))) == entry


# what is asked


def test_open_questions_say_what_would_decide_them(desk: Desk) -> None:
    found = choose(desk.items.values())
    item = next(item for item in found if item.mention == "市拾遗局")
    assert (
        item.places[0].context
        == "…施工工地扬尘治理措施全覆盖。（责任单位：市住房城乡建设局、【市拾遗局】）"[0:0] + item.places[0].context
    )
    assert "【市拾遗局】" in item.places[0].context
    commands = [words for words, _ in commands_for(item, desk)]
    assert ("reject", item.id) in commands
    assert all(item.open for item in found)
    assert not [item for item in found if item.subject in ("assignment", "task")]
    everything = choose(desk.items.values(), everything=True)
    assert {item.subject for item in everything} == {
        "region",
        "unit",
        "period",
        "policy",
        "metric",
        "indicator",
        "assignment",
        "task",
    }


HOLES = ("名称或键", "正式名称", "地名或代码", "数值", "单位", "年份", "2021-2025", "原文中的单位")


def test_the_command_lines_do_what_they_say(built: Path) -> None:
    """Each line that needs nothing but who and why is taken as it is printed."""
    desk = Desk(store.current(built), pipeline.read_ledger(store.current(built)))
    parser, done = build_parser(), 0
    for item in choose(desk.items.values()):
        for words, _ in commands_for(item, desk):
            if not set(words) & set(HOLES):
                options = parser.parse_args(["review", *words, "--by", "王某", "--because", "核对"])
                correction = desk.decide(order_of(options), WHEN)
                assert parse_corrections(written(correction), "x") == (correction,)
                done += 1
    assert done > 20


def test_a_candidate_that_no_document_has_named_yet(tmp_path: Path, registry: Registry) -> None:
    shop = Shop(tmp_path, TEXT.replace("《河北省“十四五”生态环境保护规划》", "《生态环境保护责任清单》"))
    desk = shop.desk()
    item = next(item for item in choose(desk.items.values()) if item.subject == "policy")
    assert [label.partition("：")[0] for label in desk.labels(item).values()] == ["廊坊市", "河北省", "全国"]
    for key in item.candidates:
        correction = desk.decide(order("accept", item.id, target=key), WHEN)
        entry = corrected(read_document(shop.file), registry, correction)
        assert key in {decision["target"] for decision in entry["decisions"]}
        assert any(c["policy_id"].endswith(key) for c in entry["citations"])
    with pytest.raises(CorrectionError, match="say which"):
        desk.decide(order("accept", item.id), WHEN)


def test_candidates_of_one_name_are_told_apart_by_their_place(tmp_path: Path, registry: Registry) -> None:
    text = "2024年重点工作要点\n一、重点任务\n1.扩大招生。新增学位120个。（责任单位：南山区教育局）\n"
    shop = Shop(tmp_path, text)
    desk = shop.desk()
    item = desk.items[question(desk, "unit", "南山区教育局")]
    assert set(desk.labels(item).values()) == {"南山区教育局（黑龙江省鹤岗市）", "南山区教育局（广东省深圳市）"}
    key = next(key for key, label in desk.labels(item).items() if "深圳" in label)
    entry = corrected(read_document(shop.file), registry, desk.decide(order("accept", item.id, target=key), WHEN))
    assert [(a["unit_key"], a["label"]) for task in entry["tasks"] for a in task["assignments"]] == [(key, "南山区教育局")]
    assert entry["region"] is None
    at = question(desk, "region", "*")
    entry = corrected(read_document(shop.file), registry, desk.decide(order("accept", at, target="广东省深圳市南山区"), WHEN))
    assert entry["region_code"] == key.partition("/")[0]


def test_ids_are_made_of_what_they_name(tmp_path: Path, desk: Desk) -> None:
    other = Shop(tmp_path)  # the same text in another folder
    assert other.desk().items.keys() == desk.items.keys()
    other.write(TEXT + "4.（补）略。\n")  # bodies and policies keep their ids when the text changes
    other.build()
    stable = {key for key, item in desk.items.items() if item.subject in ("unit", "policy", "metric")}
    assert stable <= other.desk().items.keys()


def test_a_question_on_file_is_asked_no_more(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    item = question(shop.desk(), "unit", "市拾遗局")
    assert item in [one.id for one in choose(shop.desk().items.values(), read_book(shop.out))]
    made = shop.decide("accept", item, target="市财政局")
    assert item not in [one.id for one in choose(shop.desk().items.values(), read_book(shop.out))]
    shop.build()
    assert item not in [one.id for one in choose(shop.desk().items.values(), read_book(shop.out))]
    assert shop.desk().items[item].corrected == (made.key,)
    revoke(shop.out, made.key, Revocation("李某", WHEN, "看错"))
    shop.build()
    assert item in [one.id for one in choose(shop.desk().items.values(), read_book(shop.out))]


DOUBTS: list[tuple[dict[str, Any], list[str]]] = [
    ({}, []),
    ({"name": "目标"}, ["generic-name"]),
    ({"name": "和污水治理率"}, ["torn-name"]),
    ({"name": "城镇" * 16}, ["long-name"]),
    ({"value": 120}, ["over-whole"]),
    ({"value": 120, "name": "投资完成率"}, []),  # more than planned can be done
    ({"unit": None}, ["no-unit"]),
    ({"kind": "zero", "unit": None, "value": 0}, []),
    ({"op": None}, ["no-comparator"]),
    ({"kind": "placeholder", "value": None}, ["placeholder"]),
    ({"year": None}, ["no-year"]),
    ({"year": 1999}, ["out-of-time"]),
]


@pytest.mark.parametrize(("changes", "names"), DOUBTS)
def test_doubts_about_an_indicator(changes: dict[str, Any], names: list[str]) -> None:
    right = {"name": "污水治理率", "kind": "quantitative", "op": ">=", "value": 95, "unit": "%", "year": 2024}
    found = list(find_doubts({**right, **changes}, {"period": [2024, 2024]}))
    assert [doubt.name for doubt in found] == names
    assert all(doubt.words for doubt in found)


@pytest.mark.parametrize("cue", load_cues("doubts.toml")["doubt"], ids=lambda cue: cue.id)
def test_a_cue_of_doubt_finds_its_matches_and_passes_its_rejects_over(cue: Cue) -> None:
    assert cue.matches
    assert cue.rejects
    assert [words for words in cue.matches if not cue.pattern.search(words)] == []
    assert [words for words in cue.rejects if cue.pattern.search(words)] == []


# decisions made in a spreadsheet


def sheet(desk: Desk, filled: Mapping[str, Mapping[str, str]], encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow([*SHOWN, *ASKED])
    for row in sheet_rows(list(desk.items.values()), desk):
        writer.writerow([*row, *(filled.get(row[0], {}).get(name, "") for name in ASKED)])
    return text.getvalue().encode(encoding, errors="replace")


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8-sig", ","), ("gb18030", ","), ("utf-8", ";"), ("utf-8", "\t")])
def test_a_filled_in_table_becomes_corrections(encoding: str, delimiter: str, desk: Desk) -> None:
    unit, figure = question(desk, "unit", "市拾遗局"), question(desk, "indicator", "农村生活污水治理率")
    filled = {
        unit: {"裁定": "接受", "对象": "市财政局", "裁定理由": "已更名"},
        figure: {"裁定": "改值", "数值": "46", "年份": "2025", "裁定人": "李某"},
    }
    found = read_sheet(sheet(desk, filled, encoding, delimiter), desk, by="王某", why="会上定", when=WHEN)
    assert {(c.item, c.action, c.verdict, c.by, c.why) for c in found} == {
        (unit, "accept", "廊坊市财政局", "王某", "已更名"),
        (figure, "correct", "数值 46，年份 2025", "李某", "会上定"),
    }


def test_a_table_with_wrong_rows_is_refused_whole(desk: Desk) -> None:
    unit, figure, good = (
        question(desk, s, m) for s, m in (("unit", "市拾遗局"), ("indicator", "农村生活污水治理率"), ("task", "控制扬尘污染"))
    )
    filled = {unit: {"裁定": "接受", "对象": "火星局"}, figure: {"裁定": "也许"}, good: {"裁定": "否定"}}
    with pytest.raises(CorrectionError) as caught:
        read_sheet(sheet(desk, filled), desk, by="王某", why="会上定", when=WHEN, where="a.csv")
    assert "nothing was taken, since 2 rows are wrong" in str(caught.value)
    assert len(re.findall(r"row \d+:", str(caught.value))) == 2


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00", '编号,裁定\n"'.encode()])
def test_what_is_no_table_of_questions_is_said(content: bytes, desk: Desk) -> None:
    with pytest.raises(CorrectionError, match=r"export it|save it"):
        read_sheet(content, desk, by="a", why="b", when=WHEN)


# on the command line


def zeren(*words: str | Path, code: int = 0) -> None:
    assert main([str(word) for word in words]) == code


def test_the_verbs(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZEREN_USER", raising=False)
    shop = Shop(tmp_path)
    out = ("--out", shop.out)
    item = question(shop.desk(), "unit", "市拾遗局")
    zeren("review", *out, "--subject", "unit")
    printed = capsys.readouterr().out
    assert item in printed
    assert "【市拾遗局】" in printed
    assert f"review reject {item}" in printed
    zeren("review", "accept", item, "--as", "市财政局", "--because", "已更名", *out, code=2)
    assert "who decides? give --by NAME" in capsys.readouterr().err
    zeren("review", "accept", item, "--as", "市财政局", "--because", " ", "--by", "王某", *out, code=2)
    assert "why" in capsys.readouterr().err
    assert not (shop.out / "corrections.ttl").exists()
    monkeypatch.setenv("ZEREN_USER", "王某")
    zeren("review", "accept", item, "--as", "市财政局", "--because", "已更名", *out)
    printed = capsys.readouterr().out
    assert "廊坊市财政局" in printed
    assert "zeren" in printed or "kg.cli" in printed
    zeren("review", "log", *out, "--format", "json")
    assert [(row["状态"], row["何人"], row["为何"]) for row in json.loads(capsys.readouterr().out)] == [
        ("待重建", "王某", "已更名")
    ]
    shop.build()
    zeren("review", "log", *out, "--format", "json")
    row = json.loads(capsys.readouterr().out)[0]
    assert (row["状态"], row["原文"], row["更正为"]) == ("已适用", "市拾遗局", "廊坊市财政局")
    zeren("review", "show", item, *out)
    assert "人工更正" in capsys.readouterr().out
    zeren("review", "undo", row["编号"], "--because", "看错", *out)
    assert "已撤回" in capsys.readouterr().out
    zeren("review", *out, "--format", "csv")
    header = next(csv.reader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff"))))
    assert tuple(header) == (*SHOWN, *ASKED)
    zeren("review", *out, "--format", "json", "--limit", "1")
    (first,) = json.loads(capsys.readouterr().out)
    assert first["commands"]


def test_a_table_on_the_command_line(tmp_path: Path, capsys: Capture) -> None:
    shop = Shop(tmp_path)
    desk = shop.desk()
    table = tmp_path / "待审.csv"
    table.write_bytes(sheet(desk, {question(desk, "unit", "市拾遗局"): {"裁定": "否定", "裁定理由": "不是单位"}}))
    zeren("review", "apply", table, "--by", "王某", "--out", shop.out)
    assert "不是机构" in capsys.readouterr().out
    assert [c.action for c in read_book(shop.out)] == ["reject"]
    table.write_bytes(sheet(desk, {}))
    zeren("review", "apply", table, "--out", shop.out)
    assert "没有填写裁定" in capsys.readouterr().out
    zeren("review", "apply", tmp_path / "none.csv", "--out", shop.out, code=2)


def test_a_stale_verdict_is_listed_with_what_to_do(tmp_path: Path, capsys: Capture) -> None:
    shop = Shop(tmp_path)
    made = shop.decide("accept", question(shop.desk(), "unit", "市拾遗局"), target="市财政局")
    shop.write(TEXT.replace("、市拾遗局", ""))
    shop.build()
    zeren("review", "--out", shop.out)
    printed = capsys.readouterr().out
    assert f"失效的更正 {made.key}" in printed
    assert f"review undo {made.key}" in printed


# what others see


def test_the_ledger_lists_and_the_query_tell_who_decided(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    desk = shop.desk()
    shop.decide("accept", question(desk, "unit", "市拾遗局"), target="市财政局")
    shop.decide("reject", question(desk, "indicator", "农村生活污水治理率"), "2025-03-02T00:00:00Z")
    shop.build()
    rows = ask(store.open_current(shop.out), find_query("corrections")).records()
    assert [(row["mention"], row["verdict"], row["by"], row["reason"], row["state"]) for row in rows] == [
        ("市拾遗局", "廊坊市财政局", "王某", "核对了文件", "已适用"),
        ("农村生活污水治理率", "不是指标", "王某", "核对了文件", "已适用"),
    ]
    chain = ask(store.open_current(shop.out), find_query("accountability-chain"), {"task": "控制扬尘污染"}).records()
    said = {row["detail"]: (row["correctedBy"], row["correctionReason"]) for row in chain if row["correctedBy"]}
    assert said == {"市拾遗局": ("王某", "核对了文件")}
    text = render_ledger(shop.ledger(), "csv").decode()
    row = next(row for row in csv.DictReader(io.StringIO(text)) if row["责任单位(原文)"] == "市拾遗局")
    assert row["人工更正"] == "王某 2025-03-01：核对了文件（更正前：未识别：廊坊市拾遗局）"
    assert "不是指标" in render_ledger(shop.ledger(), "md").decode()
    assert check(shop.out, java="").ok


def test_every_item_has_its_own_id(built: Path) -> None:
    items = list_items(pipeline.read_ledger(store.current(built)))
    assert len({item.id for item in items}) == len(items)
    assert all(re.fullmatch(r"[urypmiat]-[0-9a-f]{10}", item.id) for item in items)


def test_nothing_of_the_five_documents_stays_without_words(built: Path) -> None:
    desk = Desk(store.current(built), pipeline.read_ledger(store.current(built)))
    for item in choose(desk.items.values()):
        assert item.places
        assert "【" in item.places[0].context
        assert len(list(commands_for(item, desk))) >= 1


def test_terms_of_the_file_are_declared() -> None:
    used = {t.predicate for c in FORMS for t in parse(input=written(c), format=RdfFormat.TURTLE)}
    ours = {node.value for node in used if node.value.startswith(vocab.ZR.iri)}
    assert ours <= {node.value for node in vocab.ZR.terms()}
    assert (data.ONTOLOGY / "shapes.ttl").read_text("utf-8").count("zr:Correction") >= 4
