"""What a scenario changes, before and after, for people and for programs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kg.cli import show
from kg.cli.sections.section import years

if TYPE_CHECKING:
    from kg.analysis import Load
    from kg.analysis.gaps.found import Gap
    from kg.analysis.scenario.effect import Effect, LoadChange

_FIGURES: Sequence[tuple[str, Callable[[Load], object]]] = (
    ("任务", lambda load: load.tasks),
    ("牵头", lambda load: load.led),
    ("分摊负荷", lambda load: f"{load.shared_load:.2f}"),
    ("稳健z", lambda load: "" if load.score is None else f"{load.score:.2f}"),
    ("评判", lambda load: load.words),
    ("名次", lambda load: "" if load.rank is None else load.rank),
)


def print_effect(effect: Effect, top: int | None) -> None:
    """Print the steps, and then loads and gaps, only where they differ."""
    for step in effect.steps:
        print(show.line(step.words))
    counts = f"{len(effect.loads)} 处负荷有变化，新增缺口 {len(effect.new_gaps)} 项，消除缺口 {len(effect.closed_gaps)} 项"
    print(f"{counts}；图谱本身没有改动。\n")
    if effect.loads:
        headings = ("时期", "地区", "机构", *(name for name, _ in _FIGURES))
        show.table(headings, map(_change_row, effect.loads[:top]), f"负荷：前 → 后{_cut(len(effect.loads), top)}")
        print()
    for gaps, title in ((effect.new_gaps, "新增的缺口"), (effect.closed_gaps, "消除的缺口")):
        if gaps:
            show.table(("缺口", "程度", "文件", "任务", "说明"), map(_gap_row, gaps[:top]), title + _cut(len(gaps), top))
            print()


def _cut(rows: int, top: int | None) -> str:
    return f"（前 {top} 行，共 {rows} 行；其余见 --top all 或 --format json）" if top is not None and rows > top else ""


def _change_row(change: LoadChange) -> tuple[object, ...]:
    load = change.load
    return (years(load.period), load.region_label, load.label, *(_both(change, figure) for _, figure in _FIGURES))


def _both(change: LoadChange, figure: Callable[[Load], object]) -> str:
    """Return one value where it stays, else both."""
    before, after = ("无" if load is None else str(figure(load)) for load in (change.before, change.after))
    return before if before == after else f"{before or '—'} → {after or '—'}"


def _gap_row(gap: Gap) -> tuple[object, ...]:
    return (gap.kind_words, gap.severity_words, gap.document_title, gap.title, gap.words)


def effect_to_dict(effect: Effect) -> dict[str, Any]:
    """Return the whole effect for JSON; a body that bears nothing before or after has ``null`` there."""
    return {
        "steps": [asdict(step) for step in effect.steps],
        "loads": [{"before": _plain(change.before), "after": _plain(change.after)} for change in effect.loads],
        "new_gaps": [asdict(gap) for gap in effect.new_gaps],
        "closed_gaps": [asdict(gap) for gap in effect.closed_gaps],
    }


def _plain(load: Load | None) -> dict[str, Any] | None:
    return None if load is None else asdict(load)
