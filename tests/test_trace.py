"""The chain from a task to who answers and what it rests on: every step with its words, and the words where they say."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Store

from kg import pipeline, store, toy
from kg.ask import NamedQuery, ask, find_query
from kg.cli import main
from kg.errors import QueryError
from kg.review import Desk, Order, add_corrections
from kg.trace import render_markdown, render_text, trace

PARENT = """\
河北省“十四五”生态环境保护规划
为贯彻落实《中共中央 国务院关于深入打好污染防治攻坚战的意见》，编制本规划。
一、主要任务
1.改善水质。全省优良水体比例达到72%。（责任单位：省生态环境厅）
"""
Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the graph of a plan and of the plan above it, with one correction."""
    home = tmp_path_factory.mktemp("trace")
    (home / "documents").mkdir()
    (home / "documents" / "city.txt").write_text(toy.TEXT, "utf-8")
    (home / "documents" / "province.txt").write_text(PARENT, "utf-8")
    out = home / "out"
    pipeline.build([home / "documents"], out)
    desk = Desk(store.current(out), pipeline.read_ledger(store.current(out)))
    item = next(i for i in desk.items.values() if (i.subject, i.mention) == ("assignment", "市水利局"))
    order = Order("correct", item.id, "王某", "会议纪要", changes={"role": "lead"})
    add_corrections(out, [desk.decide(order, "2025-03-01T08:30:00Z")])
    pipeline.build([home / "documents"], out)
    return out


@pytest.fixture(scope="module")
def graph(built: Path) -> Store:
    return store.open_current(built)


def test_a_task_is_traced_up_and_down(graph: Store) -> None:
    (chain,) = trace(graph, "整治入河排污口")
    assert [(step.kind, step.label) for step in chain.steps] == [
        ("更上位的政策", "中共中央国务院关于深入打好污染防治攻坚战的意见"),
        ("文件的上位政策", "河北省“十四五”生态环境保护规划"),
        ("文件", "廊坊市2024年河湖与空气质量工作要点（示例）"),
        ("任务", "整治入河排污口"),
        ("牵头单位", "廊坊市生态环境局"),
        ("牵头单位", "廊坊市水利局"),
        ("配合单位", "各县（市、区）政府（廊坊市）"),
        ("指标", "入河排污口整治"),
        ("指标", "国考断面优良水体比例"),
        ("缺口", "2 个单位同时牵头（“市生态环境局”、“市水利局”），没有写明由谁总负责"),
    ]
    texts = {"city.txt": toy.TEXT, "province.txt": PARENT}
    quoted = [step for step in chain.steps if step.quote is not None]
    assert len(quoted) == len(chain.steps) - 1  # the document itself is no sentence
    for step in quoted:
        assert texts[step.file or ""][step.start : step.end] == step.quote
        assert step.rule
    assert quoted[0].file == "province.txt"
    assert [(step.label, step.correction.by, step.correction.why) for step in chain.steps if step.correction] == [
        ("廊坊市水利局", "王某", "会议纪要")
    ]
    assert all(step.reason for step in chain.steps if step.kind in ("牵头单位", "配合单位", "指标"))


def test_a_body_and_a_document_stand_for_their_tasks(graph: Store) -> None:
    assert [chain.task for chain in trace(graph, "廊坊市生态环境局")] == ["整治入河排污口", "推进农村生活污水治理"]
    assert [chain.task for chain in trace(graph, "河北省“十四五”生态环境保护规划")] == ["改善水质"]
    assert [chain.task for chain in trace(graph, "city.txt#3")] == ["控制扬尘污染"]


def test_a_long_list_of_tasks_is_never_cut(graph: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def short(name: str) -> NamedQuery:
        query = find_query(name)
        return replace(query, limit=1, text=re.sub(r"LIMIT \d+", "LIMIT 1", query.text))

    monkeypatch.setattr("kg.trace.find_query", short)
    assert len(ask(graph, short("department-tasks"), {"unit": "廊坊市生态环境局"})) == 1
    assert [chain.task for chain in trace(graph, "廊坊市生态环境局")] == ["整治入河排污口", "推进农村生活污水治理"]


@pytest.mark.parametrize("what", ["火星局", "", "city.txt#99", "https://example.org/x"])
def test_what_nobody_knows_is_said(graph: Store, what: str) -> None:
    with pytest.raises(QueryError):
        trace(graph, what)


def test_forms(graph: Store) -> None:
    chains = trace(graph, "整治入河排污口")
    text = render_text(chains)
    assert "人工更正：王某 2025-03-01T08:30：会议纪要" in text
    assert "《河北省“十四五”生态环境保护规划》”\n" in text
    assert "≥ 70% 2024" in text
    assert "规则 " in text
    marked = render_markdown(chains)
    assert "### 牵头单位" in marked
    assert marked.count("\n- **") == len(chains[0].steps)


def test_the_verb(built: Path, capsys: Capture) -> None:
    assert main(["trace", "整治入河排污口", "--out", str(built)]) == 0
    assert "廊坊市生态环境局" in capsys.readouterr().out
    assert main(["trace", "廊坊市生态环境局", "--format", "json", "--out", str(built)]) == 0
    chains = json.loads(capsys.readouterr().out)
    assert [chain["task"] for chain in chains] == ["整治入河排污口", "推进农村生活污水治理"]
    assert {"quote", "file", "start", "end", "page", "rule", "reason", "correction"} <= chains[0]["steps"][0].keys()
    assert main(["trace", "整治入河排污口", "--format", "md", "--out", str(built)]) == 0
    assert capsys.readouterr().out.startswith("## 整治入河排污口")
    assert main(["trace", "火星局", "--out", str(built)]) == 2
    assert "nothing to trace is called" in capsys.readouterr().err
