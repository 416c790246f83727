"""Findings: the same numbers as the verbs count, each gap with its words; what people said since the build stands beside."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kg import pipeline, store
from kg.analysis import count_gaps, measure_gaps
from kg.check.gaps import check_gaps
from kg.correction import Revocation
from kg.errors import CorrectionError
from kg.explorer import NotHereError, Params, Scope, Snapshot
from kg.explorer.choices import CHOICES, Choice, read_choice
from kg.explorer.findings import gather_finding, gather_kinds, list_findings
from kg.explorer.findings.gaps import GapPage
from kg.explorer.findings.kinds import Kinds
from kg.explorer.findings.log import Log
from kg.explorer.findings.questions import Questions
from kg.explorer.taking import Wish, take, take_back
from kg.review import Desk, choose, read_book
from kg.review.items import OPEN
from tests.review.shop import TEXT, WHEN, Shop


@pytest.fixture(scope="module")
def desk(built: Path) -> Desk:
    generation = store.current(built)
    return Desk(generation, pipeline.read_ledger(generation))


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path, TEXT.replace("引导市民少开车。", "绿色出行比例持续提升，公交分担率达到XX%。"))


def opened(shop: Shop) -> Snapshot:
    return Snapshot(store.current(shop.out))


def gaps(snapshot: Snapshot, kind: str, **asked: str) -> GapPage:
    found = gather_finding(snapshot, Params(kind, {name: (value,) for name, value in asked.items()}))
    assert isinstance(found, GapPage)
    return found


def questions(snapshot: Snapshot, **asked: str) -> Questions:
    found = gather_finding(snapshot, Params("open", {name: (value,) for name, value in asked.items()}))
    assert isinstance(found, Questions)
    return found


def kinds(snapshot: Snapshot, **asked: str) -> Kinds:
    return gather_kinds(snapshot, Params(query={name: (value,) for name, value in asked.items()}))


def wish(snapshot: Snapshot, choice: Choice, **values: str) -> Wish:
    return Wish(choice, next(iter(snapshot.documents)), "王某", "核对了文件", values)


def test_the_numbers_are_those_of_the_verbs(snapshot: Snapshot, desk: Desk) -> None:
    shown = {one.kind.code: (one.count, one.justified + one.dismissed, one.of) for one in kinds(snapshot).kinds}
    assert shown == {one.kind: (one.count, one.justified, one.of) for one in count_gaps(snapshot.columns(Scope()))}
    assert Counter(finding.name for finding in check_gaps(desk.things.graph)) == {
        code: count for code, (count, _, _) in shown.items() if count
    }
    reviewed = Counter(item.key for item in choose(desk.questions("gap")))
    assert {code: count for code, (count, _, _) in shown.items() if count} == reviewed
    assert kinds(snapshot).questions == {
        subject: count for subject in OPEN if (count := Counter(item.subject for item in choose(desk.questions()))[subject])
    }


def test_regions_and_kinds_add_up(snapshot: Snapshot) -> None:
    whole = kinds(snapshot)
    assert sum(place.total for place in whole.places) == whole.open
    parts = [kinds(snapshot, region=region.code) for region in snapshot.regions]
    assert sum(part.open for part in parts) == whole.open
    assert [part.kinds[0].of for part in parts] == [None] * len(parts)
    documents = [kinds(snapshot, document=key) for key in snapshot.documents]
    assert sum(part.open for part in documents) == whole.open


def test_every_gap_stands_on_the_pages_of_its_kind(snapshot: Snapshot, desk: Desk) -> None:
    expected = measure_gaps(snapshot.columns(Scope()))
    for kind in (one for one in list_findings(snapshot) if one not in ("open", "corrections")):
        first = gaps(snapshot, kind)
        rows = [row for page in range(1, first.pages + 1) for row in gaps(snapshot, kind, page=str(page)).rows]
        wanted = [gap for gap in expected if gap.kind == kind]
        assert Counter((row.indicator or row.task, row.words["zh"], row.words["en"]) for row in rows) == Counter(
            (gap.of, gap.words, gap.words_en) for gap in wanted
        )
        assert {row.item for row in rows} == {key for key, one in desk.gaps.items() if one.gap.kind == kind}
        for row in rows:
            assert row.quote is not None
            assert snapshot.read_text(row.document.key)[row.quote.start : row.quote.end] == row.quote.text


def test_a_filter_by_body_leaves_the_tasks_that_name_it(snapshot: Snapshot) -> None:
    page = gaps(snapshot, "no-lead")
    for key in list(page.bodies)[:4]:
        sql = """SELECT count(DISTINCT gaps.task_id) AS n FROM gaps JOIN assignments USING (task_id)
            WHERE gaps.kind = 'no-lead' AND organization = $iri"""
        expected = next(snapshot.rows(sql, iri=snapshot.iri("org", key)))["n"]
        assert gaps(snapshot, "no-lead", department=key).cut.total == expected > 0


@pytest.mark.parametrize("asked", [{"region": "999999"}, {"document": "none"}, {"department": "1/none"}])
def test_what_is_not_there_is_said(snapshot: Snapshot, asked: dict[str, str]) -> None:
    with pytest.raises(NotHereError):
        gaps(snapshot, "no-lead", **asked)
    with pytest.raises(NotHereError):
        gaps(snapshot, "no-such-kind")


def test_questions_are_those_of_review_in_its_order(snapshot: Snapshot, desk: Desk) -> None:
    expected = choose(desk.questions())
    first = questions(snapshot)
    found = [one for page in range(1, first.pages + 1) for one in questions(snapshot, page=str(page)).questions]
    assert [one.item.id for one in found] == [item.id for item in expected]
    for one, item in zip(found, expected, strict=True):
        assert (one.item.mention, one.item.count, one.item.weight, one.item.reasons) == (
            item.mention,
            item.count,
            item.weight,
            item.reasons,
        )
        assert one.candidates == desk.labels(item)
        if one.quote:
            assert snapshot.read_text(one.quote.document)[one.quote.start : one.quote.end] == one.quote.text
    assert all(read_choice(choice.code) is not None for one in found for choice in one.choices)


def test_a_gap_is_justified_or_dismissed_and_counts_from_the_next_build(shop: Shop) -> None:
    before = opened(shop)
    assert {(one.kind.code, one.count) for one in kinds(before).kinds if one.count} >= {("no-lead", 2), ("no-unit", 1)}
    first, second = gaps(before, "no-lead").rows
    take(before, wish(before, first.choices[0]), WHEN)
    take(before, wish(before, second.choices[1]), WHEN)
    target = gaps(before, "indicator-without-value").rows[0]
    take(before, wish(before, target.choices[0]), WHEN)
    page = gaps(before, "no-lead")
    assert page.counts == {"open": 0, "waiting": 2, "justified": 0, "dismissed": 0}
    assert [(row.said.by, row.said.why, row.choices) for row in page.rows if row.said] == [("王某", "核对了文件", ())] * 2
    assert len(choose(shop.desk().questions("gap"), read_book(shop.out))) == kinds(before).open
    assert sorted(one.correction.gap or "" for one in log(before).entries) == ["indicator-without-value", "no-lead", "no-lead"]
    shop.build()
    after = opened(shop)
    assert gaps(after, "no-lead").counts == {"open": 0, "waiting": 0, "justified": 1, "dismissed": 1}
    assert gaps(after, "no-lead", state="dismissed").rows[0].item == second.item
    assert gaps(after, "indicator-without-value").counts["justified"] >= 1
    assert log(after).waiting == 0
    said = gaps(after, "no-lead", state="justified").rows[0].said
    assert said is not None
    take_back(after, said.key, "王某", "看错了", WHEN)
    again = gaps(after, "no-lead", state="justified").rows[0].said
    assert again is not None
    assert again.revoked
    shop.build()
    assert gaps(opened(shop), "no-lead").counts["open"] == 1


def log(snapshot: Snapshot) -> Log:
    found = gather_finding(snapshot, Params("corrections"))
    assert isinstance(found, Log)
    return found


def test_an_open_name_is_decided_and_leaves_the_list(shop: Shop) -> None:
    before = opened(shop)
    one = next(one for one in questions(before, subject="unit").questions if one.item.mention == "市拾遗局")
    choice = next(choice for choice in one.choices if choice.name == "unit-new")
    with pytest.raises(CorrectionError, match="new is missing"):
        take(before, wish(before, choice), WHEN)
    made = take(before, wish(before, choice, new="石家庄市拾遗局"), WHEN)
    assert (made.action, made.extent, made.mention) == ("accept", "document", "市拾遗局")
    assert "市拾遗局" not in [one.item.mention for one in questions(before, subject="unit").questions]
    shop.build()
    assert any(
        unit["label"] == "石家庄市拾遗局" for task in shop.ledger()["documents"][0]["tasks"] for unit in task["assignments"]
    )


def test_a_desk_for_one_document_decides_as_the_one_for_all(built: Path, snapshot: Snapshot, desk: Desk) -> None:
    from kg.explorer.taking import _open_desk

    key = next(iter(snapshot.documents))
    part = _open_desk(snapshot, key)
    sha256 = part.ledger["documents"][0]["sha256"]
    assert part.gaps.keys() == {name for name, one in desk.gaps.items() if one.item.places[0].sha256 == sha256}
    assert part.items.keys() == {name for name, item in desk.items.items() if any(p.sha256 == sha256 for p in item.places)}


def test_a_reason_needs_who_and_why(shop: Shop) -> None:
    before = opened(shop)
    row = gaps(before, "no-unit").rows[0]
    with pytest.raises(CorrectionError, match="who"):
        take(before, Wish(row.choices[0], row.document.key, "  ", "理由"), WHEN)
    with pytest.raises(CorrectionError, match="who and why"):
        take_back(before, "c-0000", "王某", " ", WHEN)
    assert read_book(shop.out) == ()


def test_a_revocation_by_another_way_is_seen(shop: Shop) -> None:
    from kg.review import revoke

    before = opened(shop)
    row = gaps(before, "no-unit").rows[0]
    made = take(before, wish(before, row.choices[0]), WHEN)
    assert gaps(before, "no-unit").counts["waiting"] == 1
    revoke(shop.out, made.key, Revocation("王某", WHEN, "重复"))
    assert gaps(before, "no-unit").counts == {"open": 1, "waiting": 0, "justified": 0, "dismissed": 0}


def test_every_choice_has_words() -> None:
    from viz.pages.words import words_of

    for lang in ("zh", "en"):
        t = words_of("finding", lang)
        for name, (_, wants) in CHOICES.items():
            assert t[f"choice_{name}"]
            assert all(t["extent" if want == "extent" else f"field_{want}"] for want in wants)
