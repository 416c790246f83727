"""Gaps that a person gave the reason for: who, when and why; kept on rebuild, stale once the evidence has changed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kg import store
from kg.analysis import Gap, count_gaps, measure_gaps, open_columns
from kg.ask import ask
from kg.check import check
from kg.correction import Revocation
from kg.errors import CorrectionError
from kg.review import add_corrections, choose, read_book, read_sheet, revoke
from tests.review.shop import TEXT, WHEN, Capture, Shop, order, question, sheet, zeren


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def gaps(shop: Shop, *, served: bool = False) -> list[Gap]:
    """Return the gaps by the tables of the build, or as its store says them."""
    with open_columns(store.open_current(shop.out) if served else store.current(shop.out)) as columns:
        return measure_gaps(columns)


def reasons(shop: Shop) -> dict[tuple[str, str], str]:
    assert gaps(shop) == gaps(shop, served=True)
    return {(gap.title, gap.kind): gap.reason.words for gap in gaps(shop) if gap.reason}


def id_of(shop: Shop, kind: str) -> str:
    return next(key for key, one in shop.desk().gaps.items() if one.gap.kind == kind)


def states(shop: Shop) -> list[str]:
    return [outcome["state"] for entry in shop.ledger()["documents"] for outcome in entry["corrections"]]


def first(shop: Shop, kind: str) -> Gap:
    return next(gap for gap in gaps(shop) if gap.kind == kind)


def test_a_reason_stays_with_its_gap(shop: Shop) -> None:
    gap = first(shop, "no-lead")
    shop.decide("justify", id_of(shop, "no-lead"), why="两家 各管一段")
    assert reasons(shop) == {}  # until the next build
    shop.build()
    assert reasons(shop) == {(gap.title, "no-lead"): "两家 各管一段（王某，2025-03-01）"}
    assert states(shop) == ["applied"]
    with open_columns(store.current(shop.out)) as columns:
        count = next(count for count in count_gaps(columns) if count.kind == "no-lead")
    rows = ask(store.open_current(shop.out), "diffuse-tasks").records()
    assert [(row["title"], row["justified"], row["justifiedBy"], row["justifiedAt"]) for row in rows] == [
        (gap.title, "两家 各管一段", "王某", "2025-03-01"),
        ("控制扬尘污染", None, None, None),
    ]
    assert (count.justified, count.words) == (1, f"{count.count}，其中 1 已说明理由")
    assert shop.build().unchanged


def test_every_gap_can_be_justified_and_holds_as_long_as_nothing_changes(shop: Shop) -> None:
    """What a gap shows in is the same in the ledger, where people decide, and in the reading, where a build compares."""
    shop.write(TEXT.replace("引导市民少开车。", "绿色出行比例持续提升，公交分担率达到XX%。"))
    shop.build()
    desk = shop.desk()
    add_corrections(shop.out, [desk.decide(order("justify", key), WHEN) for key in desk.gaps])
    shop.build()
    assert len(states(shop)) == len(gaps(shop)) > 5
    assert set(states(shop)) == {"applied"}
    assert all(gap.reason for gap in gaps(shop))
    assert {gap.kind for gap in gaps(shop)} >= {"no-lead", "no-unit", "indicator-without-value"}


def test_a_text_that_changed_elsewhere_moves_the_reason_only(shop: Shop) -> None:
    gap = first(shop, "no-lead")
    shop.decide("justify", id_of(shop, "no-lead"))
    shop.write(TEXT.replace("\n", "\n\n", 1))
    shop.build()
    assert list(reasons(shop)) == [(gap.title, "no-lead")]
    assert states(shop) == ["moved"]


def test_words_of_the_task_that_changed_make_the_reason_stale(shop: Shop, capsys: Capture) -> None:
    gap = first(shop, "no-lead")
    assert gap.quote is not None
    shop.decide("justify", id_of(shop, "no-lead"))
    shop.write(TEXT.replace(gap.quote, gap.quote.replace("（责任单位", "另行部署。（责任单位")))
    shop.build()
    assert (reasons(shop), states(shop)) == ({}, ["stale"])
    assert "stale-correction" in {finding.name for finding in check(shop.out, java="").findings}
    zeren("review", "--out", shop.out)
    assert "所据的原文或读出的内容已变" in capsys.readouterr().out


def test_bodies_that_are_read_otherwise_make_the_reason_stale(shop: Shop) -> None:
    shop.decide("justify", id_of(shop, "no-lead"))
    gap = first(shop, "no-lead")
    (body, *_) = (one for one in shop.desk().items.values() if one.subject == "assignment" and one.places[0].task == gap.start)
    shop.decide("correct", body.id, changes={"role": "support"}, when="2025-03-02T08:30:00Z")
    shop.build()
    assert reasons(shop) == {}
    assert sorted(states(shop)) == ["applied", "stale"]


def test_a_reason_can_be_taken_back(shop: Shop) -> None:
    correction = shop.decide("justify", id_of(shop, "no-lead"))
    shop.build()
    revoke(shop.out, correction.key, Revocation("李某", WHEN, "看错"))
    shop.build()
    assert reasons(shop) == {}
    (kept,) = read_book(shop.out)
    assert kept.revoked is not None
    assert (kept.gap, kept.rests_on, kept.before) == ("no-lead", correction.rests_on, "3 个主体共同承担，没有牵头单位")


def test_of_two_reasons_the_later_counts(shop: Shop) -> None:
    for when, why in (("2025-03-02T08:30:00Z", "乙"), (WHEN, "甲")):
        shop.decide("justify", id_of(shop, "no-lead"), when=when, why=why)
    shop.build()
    assert list(reasons(shop).values()) == ["乙（王某，2025-03-02）"]
    assert sorted(states(shop)) == ["applied", "superseded"]


def test_a_justified_gap_is_no_open_question(shop: Shop) -> None:
    key = id_of(shop, "no-lead")
    correction = shop.decide("justify", key)
    waiting = choose(shop.desk().questions("gap"), [correction], subject="gap")
    assert key not in {item.id for item in waiting}
    shop.build()
    desk = shop.desk()
    assert key not in {item.id for item in choose(desk.questions("gap"), subject="gap")}
    item = desk.gaps[key].item
    assert (item.verdict, item.corrected, item.reasons[-1]) == ("已说明理由", (correction.key,), "核对了文件（王某，2025-03-01）")


def test_many_at_once_in_a_sheet(shop: Shop) -> None:
    desk = shop.desk()
    keys = list(desk.gaps)[:3]
    filled = {key: {"裁定": "说明理由", "裁定理由": f"理由{number}"} for number, key in enumerate(keys)}
    content = sheet(desk, filled, items=desk.questions("gap"))
    add_corrections(shop.out, read_sheet(content, desk, by="王某", why="", when=WHEN))
    shop.build()
    assert sorted(reasons(shop).values()) == [f"理由{number}（王某，2025-03-01）" for number in range(3)]


def test_on_the_command_line(shop: Shop, capsys: Capture) -> None:
    gap = first(shop, "no-lead")
    zeren("review", "--subject", "gap", "--out", shop.out)
    shown = capsys.readouterr().out
    assert "3 个主体共同承担，没有牵头单位" in shown
    assert "可以：从中指定一个牵头单位" in shown
    what = f"{gap.document_title}#{gap.number}:no-lead"
    zeren("review", "justify", what, "--reason", "各管一段", "--by", "王某", "--out", shop.out)
    assert "→ 已说明理由" in capsys.readouterr().out
    zeren("build", shop.documents, "--out", shop.out)
    assert list(reasons(shop)) == [(gap.title, "no-lead")]
    capsys.readouterr()
    for words in (("analyze",), ("check",), ("trace", f"{gap.document_title}#{gap.number}")):
        zeren(*words, "--out", shop.out)
        assert "已说明理由" in capsys.readouterr().out, words
    report = check(shop.out, java="")
    assert [(finding.name, finding.justified) for finding in report.findings if finding.justified] == [
        ("no-lead", f"各管一段（王某，{TODAY}）")
    ]
    assert (report.justified, report.to_dict()["justified"]) == (1, 1)


TODAY = datetime.now(UTC).strftime("%Y-%m-%d")  # the command signs with the time; nothing else looks at the clock

WRONG = [
    ("g-0000000000", {}, "no gap is called so"),
    ("没有这项任务:no-lead", {}, "没有这项任务"),
    ("", {"why": " "}, "needs who"),
    ("", {"by": ""}, "needs who"),
]


@pytest.mark.parametrize(("item", "values", "message"), WRONG)
def test_what_is_refused(shop: Shop, item: str, values: dict[str, str], message: str) -> None:
    with pytest.raises(Exception, match=message):
        shop.decide("justify", item or id_of(shop, "no-lead"), **values)


@pytest.mark.parametrize(("term", "message"), [("zr:evidenceDigest", "has no digest"), ("zr:gapKind", "has no kind of gap")])
def test_a_file_that_lacks_something_is_refused(shop: Shop, term: str, message: str) -> None:
    shop.decide("justify", id_of(shop, "no-lead"))
    path = shop.out / "corrections.ttl"
    path.write_text(path.read_text("utf-8").replace(f"    {term} ", "    zr:note "), "utf-8")
    with pytest.raises(CorrectionError, match=message):
        shop.build()


def test_a_gap_that_is_none_is_settled_as_well_and_says_so(shop: Shop) -> None:
    gap = first(shop, "no-lead")
    correction = shop.decide("reject", id_of(shop, "no-lead"), why="这一类任务不设牵头")
    assert (correction.subject, correction.gap, correction.verdict) == ("gap", "no-lead", "不算缺口")
    assert read_book(shop.out) == (correction,)
    shop.build()
    assert reasons(shop) == {(gap.title, "no-lead"): "这一类任务不设牵头（王某，2025-03-01）"}
    assert states(shop) == ["applied"]


def test_other_verdicts_are_not_for_gaps(shop: Shop) -> None:
    with pytest.raises(CorrectionError, match="justify or reject"):
        shop.decide("accept", id_of(shop, "no-lead"))
    with pytest.raises(CorrectionError, match="no gap is called so"):
        shop.decide("justify", question(shop.desk(), "unit", "市拾遗局"))
