"""``zeren analyze``: each section in each form, parts of the graph, tasks behind figures, scenarios."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kg import store
from kg.analysis import open_columns
from kg.cli import analyze, main
from kg.cli.sections import SECTIONS
from kg.cli.sections.section import View

Capture = pytest.CaptureFixture[str]
WITHOUT_TASKS = ("parents", "missing-texts", "weaker-targets", "target-verdicts")  # of policies and targets: see their own tests


def zeren(out: Path, capsys: Capture, *words: str, code: int = 0) -> str:
    assert main(["analyze", "--out", str(out), *words]) == code
    said = capsys.readouterr()
    return said.out if code == 0 else said.err


def as_json(out: Path, capsys: Capture, *words: str) -> dict[str, Any]:
    found = json.loads(zeren(out, capsys, "--format", "json", *words))
    assert isinstance(found, dict)
    return found


def test_every_section_can_be_chosen() -> None:
    assert tuple(section.name for section in SECTIONS) == analyze.NAMES


def test_the_table_has_all_sections_and_says_first_what_matters(built: Path, capsys: Capture) -> None:
    printed = zeren(built, capsys, "--top", "3")
    first = printed.splitlines()[0]
    assert first.startswith("最要紧的：2022 年唐山市生态环境局（22 项任务")
    assert "138 项任务没有责任单位" in first
    assert "61 项多家承担的任务中 45 项无人牵头" in first
    for section in SECTIONS:
        assert (section.title in printed) == section.listed
    titles = [line for line in printed.splitlines() if line in {section.title for section in SECTIONS}]
    assert titles == [section.title for section in SECTIONS if section.title in titles]  # in the order of reading


@pytest.mark.parametrize("name", analyze.NAMES)
def test_each_measure_in_each_form(name: str, built: Path, capsys: Capture, tmp_path: Path) -> None:
    """The table, the CSV, the workbook and JSON have the same rows; on a terminal they end sooner."""
    section = next(section for section in SECTIONS if section.name == name)
    records = as_json(built, capsys, "--measure", name)[name]
    rows = list(csv.reader(io.StringIO(zeren(built, capsys, "--measure", name, "--format", "csv"))))
    assert tuple(rows[0]) == section.headings
    assert len(rows) - 1 == len(records)
    zeren(built, capsys, "--measure", name, "--to", str(tmp_path / "a.xlsx"))
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert sheet.max_row == len(rows)
    assert [cell.value for cell in sheet[1]] == rows[0]
    printed = zeren(built, capsys, "--measure", name, "--top", "2")
    assert section.title.partition("：")[0] in printed
    if not records:
        assert section.nothing in printed


def test_figures_lead_back_to_their_tasks(built: Path, capsys: Capture) -> None:
    """With --tasks, each figure has a row for each task it counts; the ids in JSON are the same."""
    loads = as_json(built, capsys, "--measure", "load")["load"]
    rows = list(csv.DictReader(io.StringIO(zeren(built, capsys, "--measure", "load", "--format", "csv", "--tasks"))))
    for load in loads:
        period = load["period"] and (
            f"{load['period'][0]}" if len(set(load["period"])) == 1 else "–".join(map(str, load["period"]))
        )
        found = [row for row in rows if (row["机构"], row["时期"]) == (load["label"], period or "合计")]
        assert sorted(row["任务标识"] for row in found) == sorted([*load["task_iris"], *load["inherited_iris"]])
        assert len(load["task_iris"]) == load["tasks"]
    pair = as_json(built, capsys, "--measure", "pairs")["pairs"][0]
    assert len(pair["task_iris"]) == pair["shared"] == 20
    listed = zeren(built, capsys, "--measure", "pairs", "--tasks", "--format", "csv")
    own = [row for row in csv.reader(io.StringIO(listed)) if row[:2] == [pair["label_a"], pair["label_b"]]]
    assert sorted(row[-1] for row in own) == sorted(pair["task_iris"])
    assert all(row[-2] for row in own)  # each with its sentence


@pytest.mark.parametrize("name", [name for name in analyze.NAMES if name not in WITHOUT_TASKS])
def test_every_row_leads_back_to_tasks(name: str, built: Path, capsys: Capture) -> None:
    """In JSON by their ids, else by --tasks; a gap of an indicator outside the tasks has none."""
    records = as_json(built, capsys, "--measure", name)[name]
    listed = list(csv.reader(io.StringIO(zeren(built, capsys, "--measure", name, "--tasks", "--format", "csv"))))
    assert (len(listed) > 1) == bool(records)
    assert all(row[-1].startswith("https://") and row[-2] for row in listed[1:])
    assert not [one for one in records if "count" not in one and one.get("task_iris") == []]


def test_a_community_has_the_tasks_that_its_bodies_share(built: Path, capsys: Capture) -> None:
    found = as_json(built, capsys, "--measure", "communities", "--measure", "pairs")
    shared = {frozenset((pair["a"], pair["b"])): set(pair["task_iris"]) for pair in found["pairs"]}
    for community in found["communities"]:
        members = {member["organization"] for member in community["members"]}
        assert set(community["task_iris"]) == set().union(*(tasks for pair, tasks in shared.items() if pair <= members))


def test_parts_of_the_graph(built: Path, capsys: Capture) -> None:
    city = as_json(built, capsys, "--region", "石家庄市", "--period", "2023", "--measure", "load")
    assert city["totals"]["documents"] == 1
    assert {tuple(load["period"] or ()) for load in city["load"]} == {(), (2023, 2023)}
    assert {load["region_label"] for load in city["load"]} == {"石家庄市"}
    assert as_json(built, capsys, "--period", "1999")["totals"]["tasks"] == 0
    assert "所选范围内没有文件" in zeren(built, capsys, "--period", "1999")


def test_what_is_shown_on_demand_is_not_worked_out_before(built: Path) -> None:
    """The table needs as many networks as its rows."""
    with open_columns(store.current(built)) as columns:
        view = View(columns, 3, tasks=False)
        for section in SECTIONS:
            section.measure(view)
        assert sum("partition" in part.__dict__ for part in view.parts) < len(view.parts)


# what if

LED_ALONE = """
SELECT task FROM assignments JOIN organizations USING (organization_id) GROUP BY task
HAVING count(*) = 1 AND any_value(name) = $body AND any_value(role) = 'lead' ORDER BY task LIMIT 1
"""


def test_without_a_body(built: Path, capsys: Capture) -> None:
    printed = zeren(built, capsys, "--without", "唐山市生态环境局")
    assert printed.splitlines()[0] == "假设没有“唐山市生态环境局”：22 项任务少了它，其中由它牵头的 22 项"
    assert "图谱本身没有改动" in printed
    assert "22 → 无" in printed
    assert "没有责任单位" in printed  # whose tasks it answered for alone
    effect = as_json(built, capsys, "--without", "唐山市生态环境局")
    gone = next(change for change in effect["loads"] if change["after"] is None and change["before"]["period"] is None)
    assert (gone["before"]["label"], gone["before"]["tasks"]) == ("唐山市生态环境局", 22)
    assert {gap["kind"] for gap in effect["new_gaps"]} >= {"no-unit"}


def test_a_task_in_other_hands(built: Path, capsys: Capture) -> None:
    with open_columns(store.current(built)) as columns:
        ((task,),) = columns.execute(LED_ALONE, {"body": "唐山市生态环境局"}).fetchall()
    effect = as_json(built, capsys, "--move", f"{task}=唐山市水利局")
    assert "的牵头由“唐山市生态环境局”改为“唐山市水利局”" in effect["steps"][0]["words"]
    changed = {change["before"]["label"]: change["after"]["led"] - change["before"]["led"] for change in effect["loads"]}
    assert (changed["唐山市生态环境局"], changed["唐山市水利局"]) == (-1, 1)


def test_all_rows_of_a_table(built: Path, capsys: Capture) -> None:
    every = len(json.loads(zeren(built, capsys, "--measure", "peers", "--format", "json"))["peers"])
    lines = [zeren(built, capsys, "--measure", "peers", "--top", top).count("\n") for top in ("1", "all")]
    assert lines[1] - lines[0] == every - 1 > 10
    words = "--without", "石家庄市生态环境局"
    changed = len(json.loads(zeren(built, capsys, *words, "--format", "json"))["loads"])
    assert f"前 10 行，共 {changed} 行" in zeren(built, capsys, *words)
    whole = zeren(built, capsys, *words, "--top", "all")
    assert "前 10 行" not in whole
    assert whole.count("\n") > changed


@pytest.mark.parametrize("example", analyze.EXAMPLES)
def test_examples_of_the_help_run_as_they_stand(example: str, built: Path, capsys: Capture, tmp_path: Path) -> None:
    words = [str(tmp_path / word) if word.endswith(".xlsx") else word for word in example.split()[2:]]
    zeren(built, capsys, *words)


FAULTS = [
    (["--format", "csv"], "csv is one table; choose it with --measure: load, overload"),
    (["--measure", "load", "--to", "a.ttl"], "this answer has no ttl"),
    (["--without", "长春市水利局"], "no organization is named '长春市水利局'"),
    (["--move", "唐山市水利局"], "--move 唐山市水利局: give it as TASK=BODY"),
    (["--without", "唐山市水利局", "--format", "csv"], "what a scenario changes has no csv; choose table or json"),
    # else they would be left aside in silence
    (["--without", "唐山市水利局", "--measure", "brokers"], "leave --measure and --tasks out"),
    (["--move", "唐山市2023年度工作方案#1=唐山市水利局", "--tasks"], "leave --measure and --tasks out"),
    (["--region", "长春"], "no region is named '长春'"),
]


@pytest.mark.parametrize(("words", "message"), FAULTS)
def test_what_cannot_be_had(words: list[str], message: str, built: Path, capsys: Capture) -> None:
    assert message in zeren(built, capsys, *words, code=2)


def test_a_period_is_years(capsys: Capture) -> None:
    with pytest.raises(SystemExit):
        main(["analyze", "--period", "今年"])
    assert "'今年' is no year and no span of years; write 2023 or 2021-2025" in capsys.readouterr().err


PLANS = Path(__file__).parent / "data" / "plans_above"


def test_what_stands_above_a_region_is_seen_though_only_the_region_is_asked_for(tmp_path: Path, capsys: Capture) -> None:
    assert main(["build", str(PLANS), "--out", str(tmp_path)]) == 0
    capsys.readouterr()
    words = ("--measure", "weaker-targets", "--measure", "parents", "--measure", "missing-texts")
    county = as_json(tmp_path, capsys, "--region", "正定县", *words)
    assert [(one["metric_name"], one["parent"]["region"], one["reason"]) for one in county["weaker-targets"]] == [
        ("森林覆盖率", "河北省", "≥30%；上位目标≥36.5%：低6.5个百分点，该指标越高越好"),
        ("森林覆盖率", "石家庄市", "≥30%；上位目标≥36.5%：低6.5个百分点，该指标越高越好"),
        ("细颗粒物（PM2.5）浓度", "河北省", "≤38微克/立方米；上位目标≤37微克/立方米：高1微克/立方米，该指标越低越好"),
        ("城市污水处理率", "河北省", "≥96%；上位目标≥97%：低1个百分点，该指标越高越好"),
    ]
    assert [(one["title"], one["reached"], one["here"]) for one in county["parents"]] == [
        ("石家庄市生态环境保护“十四五”规划", 1, True),
        ("河北省生态环境保护“十四五”规划", 1, True),
    ]
    assert county["missing-texts"] == []  # both are here, though of other regions
    rows = list(csv.DictReader(io.StringIO(zeren(tmp_path, capsys, "--measure", "weaker-targets", "--format", "csv", "--tasks"))))
    assert {row["任务"] for row in rows} >= {"改善农村环境", "加强污水治理"}  # those in the goals have no task
