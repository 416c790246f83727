"""Two small documents of one city whose figures can be counted by hand."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from kg import pipeline, store
from kg.explorer import Snapshot

POINTS = """石家庄市2024年数字政府工作要点

一、重点任务
1.推进政务数据共享。到2024年底，政务数据共享率达到95%以上。（牵头单位：市数据局；责任单位：市财政局；配合单位：市公安局）
2.推进一网通办。（牵头单位：市数据局；配合单位：市公安局、市财政局）
3.完善数据标准。2099年底前完成。（牵头单位：市财政局；配合单位：市数据局）
"""
PLAN = """石家庄市2025年平安建设工作要点

一、重点任务
1.推进智慧警务。到2025年底，智慧小区覆盖率达到80%以上。（牵头单位：市公安局；配合单位：市数据局）
2.开展禁毒宣传。（责任单位：市公安局）
"""


def build_office(folder: Path) -> Path:
    """Build both and return the folder of the graph."""
    (folder / "points.txt").write_text(POINTS, encoding="utf-8", newline="\n")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8", newline="\n")
    report = pipeline.build([folder], folder / "out")
    assert not report.failed
    return folder / "out"


def open_office(folder: Path) -> Snapshot:
    """Return the graph of both, as if it were built on 1 June 2026."""
    generation = store.current(build_office(folder))
    day = datetime(2026, 6, 1, tzinfo=UTC).timestamp()
    os.utime(generation.folder / "manifest.json", (day, day))
    return Snapshot(generation)
