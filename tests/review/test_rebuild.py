"""What a rebuild makes of people's verdicts, and what a changed text does to them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import pipeline, store, vocab
from kg.ask import ask, find_query
from kg.check import check
from kg.correction import Revocation
from kg.errors import CorrectionError
from kg.model import Document
from kg.read import read_document
from kg.review import read_book, revoke
from tests.review.shop import TEXT, Shop, duties, question

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
