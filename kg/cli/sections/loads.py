"""Load, overload, the same function elsewhere, concentration."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kg.cli.sections.section import Row, Section, View, years

if TYPE_CHECKING:
    from kg.analysis import Load, RegionLoad

Placed = tuple["RegionLoad", tuple[str, ...]]  # a region, and its tasks
_FEW_PEERS = 8  # below it, a comparison across cities says little; as for a verdict within a region
_COLUMNS = ("时期", "地区", "机构", "任务", "牵头", "责任", "配合", "沿用", "指标", "分摊负荷", "稳健z", "评判")


def _load_row(load: Load) -> Row:
    counts = (load.tasks, load.led, load.responsible, load.supported, load.inherited, load.indicators, load.shared_load)
    return (years(load.period), load.region_label, load.label, *counts, load.score, load.words)


def _load_tasks(load: Load) -> Sequence[str]:
    return (*load.task_iris, *load.inherited_iris)


def _load_facts(load: Load) -> dict[str, Any]:
    return asdict(load) | {"reading": load.words}


def _measure_load(view: View) -> list[Load]:
    if view.top is None:
        return view.loads
    periods = {load.period for load in view.loads}
    shown: Counter[object] = Counter()
    found = []
    for load in view.loads:
        if load.period is None and len(periods) > 1:  # each period on its own says more than the sum over them
            continue
        shown[load.period] += 1
        if shown[load.period] <= view.top:
            found.append(load)
    return found


def find_heavy(loads: Sequence[Load]) -> list[Load]:
    """Return who is overloaded or bears much in a period, the highest score first; without periods, over all documents."""
    dated = any(load.period is not None for load in loads)
    found = [load for load in loads if load.verdict in ("overloaded", "heavy") and (load.period is not None) == dated]
    return sorted(found, key=lambda load: (-(load.score or 0.0), load.organization, load.period or (0, 0)))


def _nobody_judged(view: View) -> str | None:
    return None if any(load.score is not None for load in view.loads) else "没有一个地区够 8 家机构，不评判"


def _times_peers(load: Load) -> float:
    return load.shared_load / load.peer_median if load.peer_median else 0.0


def _measure_peers(view: View) -> list[Load]:
    found = [load for load in view.loads if load.period is None and load.peers > 1 and load.peer_median]
    return sorted(found, key=lambda load: (-_times_peers(load), load.organization))[: view.top]


def _one_region(view: View) -> str | None:
    return "只看了一个地区的文件；不加 --region 才与别处的同职能机构相比" if view.region else None


def _peer_row(load: Load) -> Row:
    place = f"{load.peer_rank}/{load.peers}"
    words = "样本太少" if load.peers < _FEW_PEERS else f"是同职能中位数的 {_times_peers(load):.1f} 倍"
    return (load.function_label, load.label, load.tasks, load.shared_load, load.peer_median, place, words)


def _measure_regions(view: View) -> list[Placed]:
    """Return the regions, each with the tasks that name its organizations, where they are asked for."""
    from kg.analysis.load import measure_regions

    named: dict[object, dict[str, None]] = defaultdict(dict)
    for load in view.loads if view.tasks else ():
        if load.kind == "organization":
            named[load.region, load.period].update(dict.fromkeys(load.task_iris))
    return [(one, tuple(named[one.region, one.period])) for one in measure_regions(view.columns)[: view.top]]


def _region_row(placed: Placed) -> Row:
    one, _ = placed
    figures = (one.organizations, one.tasks, one.median, one.mad, one.gini, f"{one.top_share:.0%}")
    return (years(one.period), one.label, *figures, "" if one.judged else "样本太少，不评判")


LOAD = Section(
    "load",
    "负荷：只数文件写明的任务，按任务数排列；分摊负荷 = Σ 1/任务上写明的主体数，沿用（下同）不计入",
    _COLUMNS,
    _measure_load,
    _load_row,
    tasks=_load_tasks,
    facts=_load_facts,
)
OVERLOAD = Section(
    "overload",
    "超负荷与偏重：与同地区同一时期的机构相比，稳健 z ≥ 3.5 为超负荷，≥ 2 为偏重；不足 8 家不评判",
    _COLUMNS,
    lambda view: find_heavy(view.loads)[: view.top],
    _load_row,
    nothing="没有机构超负荷或偏重",
    why_nothing=_nobody_judged,
    tasks=_load_tasks,
    facts=_load_facts,
)
PEERS = Section(
    "peers",
    "同一职能在各地：分摊负荷与各地同职能机构的中位数相比",
    ("职能", "机构", "任务", "分摊负荷", "同职能中位数", "位次", "说明"),
    _measure_peers,
    _peer_row,
    nothing="没有两个地区的同职能机构可比",
    why_nothing=_one_region,
    tasks=_load_tasks,
    facts=_load_facts,
)
CONCENTRATION = Section(
    "concentration",
    "集中度：基尼系数 0 为人人一样，越近 1 越集中；前三占比 = 负荷最重三家占全部分摊负荷",
    ("时期", "地区", "机构", "任务", "负荷中位数", "MAD", "基尼系数", "前三占比", "说明"),
    _measure_regions,
    _region_row,
    tasks=lambda placed: placed[1],
    facts=lambda placed: {**asdict(placed[0]), "task_iris": placed[1]},
)
