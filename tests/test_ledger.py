"""The ledger: the public JSON, and the lists that offices open."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pyoxigraph import RdfFormat, parse

from kg import data, vocab
from kg.errors import OutputError
from kg.ledger import FORMATS, ledger_entry, render_ledger, write_ledger
from kg.ledger import rows as lists
from kg.model import Annex, Decision, Notice, Policy, Resolved, Supervisor, Task, Unit
from tests.records import TEXT, evidence, resolved_toy

SOURCE = TEXT + "3.=SUM(1)。\n责任领导：张某某\n"


@pytest.fixture(scope="module")
def resolved() -> Resolved:
    """Return the small plan with a third task that nobody owns and an unknown body on the first."""
    toy = resolved_toy(SOURCE)
    first, second = toy.reading.tasks
    second = replace(second, evidence=evidence(second.evidence.quote.split("\n3.")[0], "tasks.item", SOURCE))
    person = Supervisor("张某某", evidence("张某某", "supervisors.label", SOURCE))
    second = replace(second, text=second.evidence.words, supervisors=(person,))
    first = replace(first, units=(*first.units, Unit("有关部门", "responsible", inherited=True, vague=True)))
    third = Task("3", "3", ("一、重点任务",), "=SUM(1)", "3.=SUM(1)。", "1", evidence("3.=SUM(1)。", "tasks.item", SOURCE))
    unknown = Decision("unit", "有关部门", "unknown", None, (), "没有指明机构", 1)
    reading = replace(toy.reading, tasks=(first, second, third))
    return replace(toy, reading=reading, decisions=(*toy.decisions, unknown))


@pytest.fixture(scope="module")
def ledger(resolved: Resolved) -> Mapping[str, Any]:
    return {"documents": [ledger_entry(resolved, {"ecology-environment": "生态环境"})]}


def parts(value: Any) -> list[Mapping[str, Any]]:
    """Return every object of the ledger that says where it stands."""
    if isinstance(value, Mapping):
        own = [value] if value.get("start") is not None else []
        return own + [part for inner in value.values() for part in parts(inner)]
    return [part for inner in value for part in parts(inner)] if isinstance(value, list) else []


def test_everything_stands_where_it_says(ledger: Mapping[str, Any]) -> None:
    found = parts(ledger)
    # tasks, deadline, person, units (the inherited one has no place), indicators, citations, the title
    assert len(found) == 3 + 1 + 1 + 5 + 4 + 2 + 1
    for part in found:
        assert SOURCE[part["start"] : part["end"]].replace("\n", "") == part.get("quote", part.get("text"))


def test_entry_says_what_the_interface_promises(ledger: Mapping[str, Any]) -> None:
    document = ledger["documents"][0]
    assert (document["region"], document["period"], document["file"]) == ("示范市", [2023, 2023], "docs/示范市.txt")
    assert document["stated"] == {"region": "示范市", "reason": "语料整理者说明"}
    assert document["citations"][0]["where"] == "preamble"
    air, straw, _ = document["tasks"]
    assert (air["deadline"]["due"], air["deadline"]["precision"], air["deadline"]["kind"]) == ("2023-06-30", "month", "dated")
    bureau, commission, counties, vague = air["assignments"]
    assert (bureau["label"], bureau["role"], bureau["function_label"]) == ("示范市生态环境局", "lead", "生态环境")
    assert commission["unit_id"].endswith("id/org/130100/development-reform")
    assert (counties["kind"], counties["collective"]) == ("generic", True)
    # nobody is invented for a body that names nobody, and it is not dropped either
    assert (vague["unit"], vague["unit_id"], vague["label"], vague["inherited"]) == ("有关部门", None, None, True)
    assert [(person["name"], person["quote"]) for person in straw["supervisors"]] == [("张某某", "张某某")]
    rate, sites = straw["indicators"]
    assert (rate["value"], rate["op"], rate["baseline"], rate["binding"]) == (97, ">=", {"year": 2022, "value": 95}, "binding")
    assert (sites["value"], sites["metric_id"]) == (None, None)  # redacted stays unknown
    assert air["indicators"][1]["value"] == 4.5


def test_json_keeps_its_keys(ledger: Mapping[str, Any]) -> None:
    """The names that other people's programs read."""
    document = json.loads(render_ledger(ledger, "json"))["documents"][0]
    assert {"id", "file", "sha256", "title", "issuer", "region", "date", "period", "kind", "tasks"} <= document.keys()
    task = document["tasks"][0]
    assert {
        "id",
        "number",
        "path",
        "title",
        "text",
        "start",
        "end",
        "measure",
        "assignments",
        "indicators",
        "citations",
    } <= task.keys()
    wanted = {"unit", "unit_id", "label", "role", "inherited", "collective", "vague", "start", "end"}
    assert wanted <= task["assignments"][0].keys()
    wanted = {"id", "kind", "name", "op", "value", "unit", "year", "baseline", "binding", "quote", "start", "end"}
    assert wanted <= task["indicators"][0].keys()
    wanted = {"policy_id", "notice_id", "title", "number", "number_text", "relation", "level", "quote", "start", "end"}
    assert wanted <= document["citations"][0].keys()


def test_the_notice_and_the_plan_are_both_in_the_entry() -> None:
    toy = resolved_toy()
    said = Notice("关于印发要点的通知", "示政办[2023]1号", None, "2023-05-25", evidence("示政办〔2023〕1号", "notices.title"))
    notice = Policy("130100.notice", said.title, "prefecture", "130100", None, "示政办〔2023〕1号")
    entry = ledger_entry(replace(toy, reading=replace(toy.reading, notice=said), notice=notice))
    assert entry["notice"] == {
        "policy_id": vocab.policy("130100.notice").value,
        "title": "关于印发要点的通知",
        "number": "示政办〔2023〕1号",
        "issuer": None,
        "date": "2023-05-25",
        "quote": "示政办〔2023〕1号",
        "start": said.evidence.span.start,
        "end": said.evidence.span.end,
    }
    assert ledger_entry(toy)["notice"] is None


def test_a_citation_of_a_notice_names_the_plan_and_the_notice() -> None:
    toy = resolved_toy()
    cited = toy.reading.citations[0]
    notice = Policy("130000.notice", cited.title, "province", "130000", None)
    row = ledger_entry(replace(toy, annexes=(Annex(notice, toy.policies[cited.title]),)))["citations"][0]
    assert (row["policy_id"], row["notice_id"]) == (vocab.policy("130000.air-act").value, vocab.policy("130000.notice").value)


@pytest.mark.parametrize("format", FORMATS)
def test_same_ledger_same_bytes(ledger: Mapping[str, Any], format: Any) -> None:
    assert render_ledger(ledger, format) == render_ledger(ledger, format)


def test_csv_has_every_task_and_no_formula(ledger: Mapping[str, Any]) -> None:
    text = render_ledger(ledger, "csv").decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["序号"], row["责任单位(原文)"], row["角色"], row["沿用"]) for row in rows] == [
        ("1", "市生态环境局", "牵头", ""),
        ("1", "市发改委", "配合", ""),
        ("1", "各县（市、区）政府", "配合", ""),
        ("1", "有关部门", "责任", "是"),
        ("2", "市农业农村局", "责任", ""),
        ("2", "市发展改革委", "责任", "是"),
        ("3", "", "", ""),  # nobody's task is listed too
    ]
    assert rows[0]["指标"] == "PM2.5平均浓度≤40微克/立方米；营造林=4.5万亩"
    assert rows[4]["指标"] == "秸秆综合利用率≥97%；示范点XX个"
    assert rows[6]["任务"] == "'=SUM(1)"
    assert render_ledger(ledger, "csv", bom=True) == b"\xef\xbb\xbf" + text.encode()


def test_markdown_shows_text_as_text(ledger: Mapping[str, Any]) -> None:
    document = ledger["documents"][0]
    hostile = {"documents": [document | {"title": "<img src=x> | a", "tasks": document["tasks"][:1]}]}
    text = render_ledger(hostile, "md").decode()
    assert "## \\<img src=x\\> \\| a" in text
    table = [line for line in text.splitlines() if line.startswith("|")]
    assert len(table) == 2 + 4
    assert len({line.replace("\\|", "").count("|") for line in table}) == 1


def test_lists_name_a_document_by_the_title_said_and_the_one_read(ledger: Mapping[str, Any]) -> None:
    document = ledger["documents"][0]
    said = {"documents": [document | {"title": "XX市工作要点", "stated": {"title": "示范市工作要点", "reason": "…"}}]}
    name = "示范市工作要点（原文：XX市工作要点）"
    rows = csv.DictReader(io.StringIO(render_ledger(said, "csv").decode()))
    assert {row["文件"] for row in rows} == {name}
    assert f"## {name}\n" in render_ledger(said, "md").decode()
    assert openpyxl.load_workbook(io.BytesIO(render_ledger(said, "xlsx")))["指标"]["A2"].value == name
    assert json.loads(render_ledger(said, "json"))["documents"][0]["title"] == "XX市工作要点"


def test_workbook_is_one_to_file(ledger: Mapping[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "责任清单.xlsx"
    write_ledger(ledger, "xlsx", path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["责任清单", "指标", "引用文件", "无责任单位"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.print_title_rows) == ("landscape", 9, "$1:$1")
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert all(column.width > 5 for column in sheet.column_dimensions.values())
        assert len(sheet.column_dimensions) == sheet.max_column
    main = book["责任清单"]
    assert [cell.value for cell in main[2]][3:9] == ["1", "深入打好蓝天保卫战", "市生态环境局", "示范市生态环境局", "牵头", None]
    assert main["L2"].alignment.wrap_text
    assert book["指标"]["J3"].value == 4.5  # a number that can be summed
    gap = book["无责任单位"]["E2"]
    assert (gap.value, gap.data_type, gap.quotePrefix) == ("=SUM(1)", "s", True)


def test_workbook_takes_any_text(ledger: Mapping[str, Any]) -> None:
    document = ledger["documents"][0]
    task = document["tasks"][2] | {"text": "\x01" + "文" * 40_000}
    data = render_ledger({"documents": [document | {"tasks": [task]}]}, "xlsx")
    text = openpyxl.load_workbook(io.BytesIO(data))["无责任单位"]["F2"].value
    assert isinstance(text, str)
    assert len(text) == 32_767
    assert text.endswith("文…")


def test_workbook_has_no_clock(ledger: Mapping[str, Any]) -> None:
    with zipfile.ZipFile(io.BytesIO(render_ledger(ledger, "xlsx"))) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {2000}
        assert b"2000-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_empty_ledger_has_headings() -> None:
    empty: Mapping[str, Any] = {"documents": []}
    assert len(render_ledger(empty, "csv").splitlines()) == 1
    assert openpyxl.load_workbook(io.BytesIO(render_ledger(empty, "xlsx")))["指标"].max_row == 1


def test_unwritable_target_is_said(ledger: Mapping[str, Any], tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        write_ledger(ledger, "csv", tmp_path / "none" / "a.csv")


@pytest.mark.parametrize(
    "listing", [lists.ALL_TASKS, lists.INDICATORS, lists.CITATIONS, lists.OWNERLESS], ids=lambda one: one.name
)
def test_rows_fit_their_headings(ledger: Mapping[str, Any], listing: lists.Listing) -> None:
    rows = list(listing.rows(ledger))
    assert rows
    assert {len(row) for row in rows} == {len(listing.columns)}


@pytest.mark.parametrize(
    ("scheme", "names"),
    [
        ("role", lists.ROLES),
        ("indicator-kind", lists.KINDS),
        ("relation", lists.RELATIONS),
        ("level", lists.LEVELS),
        ("binding", lists.BINDINGS),
        ("place", lists.PLACES),
    ],
)
def test_names_are_those_of_the_schemes(scheme: str, names: Mapping[str, str]) -> None:
    """What the lists call a role is what the graph calls it."""
    labels = {}
    for triple in parse(path=data.ONTOLOGY / "schemes.ttl", format=RdfFormat.TURTLE):
        start, _, code = str(triple.subject).strip("<>").rpartition("/")
        if start.endswith(f"/scheme/{scheme}") and "prefLabel" in str(triple.predicate) and str(triple.object).endswith("@zh"):
            labels[code] = str(triple.object)[1:-4]
    assert labels == names
