"""Who bears how much, each number with its tasks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from kg.analysis import Columns, Load, RegionLoad, measure_loads, measure_regions
from kg.report.facts import Duties, Reader
from kg.report.model import Concentration, LoadRow, Period, Tasks


@dataclass(frozen=True)
class Loads:
    """The loads over all periods in view and of each, how they lie on the regions, and who is on which task."""

    whole: tuple[LoadRow, ...]
    by_period: tuple[LoadRow, ...]
    concentration: tuple[Concentration, ...]
    duties: Duties

    @cached_property
    def rows(self) -> dict[str, LoadRow]:
        """The loads over all periods, by body."""
        return {row.key: row for row in self.whole}


def measure(columns: Columns, reader: Reader) -> Loads:
    """Return the loads of what is in view; ``reader`` looks at the same documents."""
    loads, regions = measure_loads(columns), measure_regions(columns)
    whole = [load for load in loads if load.period is None]
    by_period = [load for load in loads if load.period is not None]
    duties = reader.duties()
    return Loads(
        whole=tuple(_row(load, duties, reader, None) for load in whole),
        by_period=tuple(_row(load, duties, reader, load.period) for load in by_period),
        concentration=tuple(
            _concentration(region, by_period or whole) for region in regions if (region.period is None) is not bool(by_period)
        ),
        duties=duties,
    )


def _row(load: Load, duties: Duties, reader: Reader, period: Period | None) -> LoadRow:
    body = load.organization

    def keep(tasks: Iterable[int]) -> Tasks:
        if period is None:
            return tuple(tasks)
        return tuple(task for task in tasks if reader.documents[reader.tasks[task].document - 1].period == period)

    return LoadRow(
        key=body,
        label=load.label,
        short=_short(load),
        kind=load.kind,
        region=load.region_label,
        function=load.function_label,
        period=period,
        tasks=keep(duties.direct.get(body, ())),
        led=keep(duties.roles.get((body, "lead"), ())),
        responsible=keep(duties.roles.get((body, "responsible"), ())),
        supported=keep(duties.roles.get((body, "support"), ())),
        inherited=keep(duties.inherited.get(body, ())),
        shared_load=load.shared_load,
        indicators=load.indicators,
        binding=load.binding_indicators,
        score=load.score,
        verdict=load.verdict,
        rank=load.rank,
        peer_rank=load.peer_rank,
        peers=load.peers,
    )


def _short(load: Load) -> str:
    """Return a name without its region: 石家庄市生态环境局 → 生态环境局."""
    return load.label.removeprefix(load.region_label or "") or load.label


def _concentration(place: RegionLoad, loads: Iterable[Load]) -> Concentration:
    own = [load for load in loads if load.rank is not None and (load.region, load.period) == (place.region, place.period)]
    ranked = sorted(own, key=lambda load: (-load.shared_load, load.organization))
    return Concentration(place, place.top_share, tuple(load.label for load in ranked[:3]))
