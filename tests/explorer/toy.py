"""A city's plan with one correction, and the province's plan that it rests on: small enough to know by heart."""

from __future__ import annotations

from pathlib import Path

from kg import pipeline, store, toy
from kg.review import Desk, Order, add_corrections

PROVINCE = """\
河北省“十四五”生态环境保护规划
为贯彻落实《中共中央 国务院关于深入打好污染防治攻坚战的意见》，编制本规划。
一、主要任务
1.改善水质。全省优良水体比例达到72%。（责任单位：省生态环境厅）
"""
TEXTS = {"city.txt": toy.TEXT, "province.txt": PROVINCE}


def build_toy(home: Path) -> Path:
    """Build the two plans; a person made 市水利局 a second leader of the first task."""
    (home / "documents").mkdir()
    for name, text in TEXTS.items():
        (home / "documents" / name).write_text(text, encoding="utf-8", newline="\n")
    out = home / "out"
    pipeline.build([home / "documents"], out)
    desk = Desk(store.current(out), pipeline.read_ledger(store.current(out)))
    item = next(i for i in desk.items.values() if (i.subject, i.mention) == ("assignment", "市水利局"))
    order = Order("correct", item.id, "王某", "会议纪要", changes={"role": "lead"})
    add_corrections(out, [desk.decide(order, "2025-03-01T08:30:00Z")])
    pipeline.build([home / "documents"], out)
    return out
