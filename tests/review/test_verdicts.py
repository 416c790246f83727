"""Each kind of verdict, and what the ledger says of it afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.check import check
from kg.correction import Revocation
from kg.errors import CorrectionError
from kg.model import Document
from kg.read import read_document
from kg.registry import Registry
from kg.review import Desk, add_corrections, list_items, revoke
from tests.review.shop import WHEN, Shop, corrected, duties, order, question


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
