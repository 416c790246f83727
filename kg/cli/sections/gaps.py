"""What is left open: how many gaps of each kind, and each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kg.cli.sections.section import Row, Section, View

if TYPE_CHECKING:
    from kg.analysis.gaps.found import Gap, GapCount

Counted = tuple["GapCount", tuple[str, ...]]  # a kind of gap, and the tasks that have it


def _count(view: View) -> Sequence[Counted]:
    """Return the kinds of gaps, each with the tasks that have it, where they are asked for."""
    from kg.analysis.gaps.found import count_gaps, iterate_gaps

    found: dict[str, dict[str, None]] = defaultdict(dict)
    for gap in iterate_gaps(view.columns) if view.tasks else ():
        if gap.task is not None:
            found[gap.kind][gap.task] = None
    return [(one, tuple(found[one.kind])) for one in count_gaps(view.columns)]


def _count_row(counted: Counted) -> Row:
    from kg.analysis.gaps.kinds import SEVERITIES

    one, _ = counted
    return (one.title, SEVERITIES[one.severity], one.count, one.justified, one.of)


def _measure(view: View) -> Sequence[Gap]:
    from kg.analysis.gaps.found import measure_gaps

    return measure_gaps(view.columns)[: view.top]


def _gap_row(gap: Gap) -> Row:
    reason = gap.reason.words if gap.reason else None
    return (gap.kind_words, gap.severity_words, gap.document_title, gap.number, gap.title, gap.words, reason, gap.advice)


def _facts(gap: Gap) -> dict[str, Any]:
    return asdict(gap) | {"advice": gap.advice}


GAPS = Section(
    "gaps",
    "缺口：各类有多少",
    ("缺口", "程度", "数量", "已说明理由", "总数"),
    _count,
    _count_row,
    tasks=lambda counted: counted[1],
    facts=lambda counted: {**asdict(counted[0]), "task_iris": counted[1]},
)
GAP_LIST = Section(
    "gap-list",
    "缺口：逐项",
    ("缺口", "程度", "文件", "序号", "任务", "说明", "理由", "建议"),
    _measure,
    _gap_row,
    nothing="没有缺口",
    tasks=lambda gap: (gap.task,) if gap.task else (),
    facts=_facts,
    listed=False,
)
