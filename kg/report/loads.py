"""Who bears how much, each number with its tasks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
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
    """Return the loads of what is in view; ``reader`` looks at the same tables."""
    found, duties = measure_loads(columns), reader.duties()
    rows = [_row(load, duties, reader, load.period) for load in found]
    by_period = tuple(row for row in rows if row.period is not None)
    whole = tuple(row for row in rows if row.period is None)
    places = [place for place in measure_regions(columns) if (place.period is not None) == bool(by_period)]
    return Loads(whole, by_period, tuple(_concentrations(places, by_period or whole)), duties)


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


def _concentrations(places: Iterable[RegionLoad], loads: Iterable[LoadRow]) -> Iterator[Concentration]:
    own: dict[tuple[str | None, Period | None], list[LoadRow]] = defaultdict(list)
    for load in loads:
        if load.rank is not None:
            own[load.region, load.period].append(load)
    for place in places:
        ranked = sorted(own[place.label, place.period], key=lambda load: (load.rank or 0, load.key))
        tasks = tuple(sorted({task for load in ranked for task in load.tasks}))
        yield Concentration(place, tuple(load.label for load in ranked[:3]), tasks)
