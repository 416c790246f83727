"""The verbs on the command line, and where corrections show."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg import data, pipeline, store, vocab
from kg.ask import ask, find_query
from kg.check import check
from kg.ledger import render_ledger
from kg.review import ASKED, SHOWN, Desk, choose, commands_for, list_items, read_book
from tests.review.shop import FORMS, TEXT, Capture, Shop, question, sheet, written, zeren


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
