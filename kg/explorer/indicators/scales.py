"""Targets on scales: never two units on one, never a level beside a change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal

from kg.explorer.indicators.records import Point, Scale, TargetRow, Track
from kg.explorer.records import Cut
from kg.schemes import find_unit, unit_name

TRACKS = 40  # regions of a scale that are drawn
_TURNS = ("increase", "decrease")
Normal = Callable[[Decimal], Decimal]


def make_scales(rows: Iterable[TargetRow], direction: str | None = None) -> tuple[Scale, ...]:
    """Return the scales on which the numbers of the targets stand, the one with most targets first.

    The region with the best target comes first.
    """
    apart: dict[tuple[str | None, bool], list[TargetRow]] = defaultdict(list)
    for row in rows:
        if row.value is not None:
            unit = find_unit(row.unit)
            apart[unit.base.value if unit else row.unit, row.comparator in _TURNS].append(row)
    found = [
        _scale(unit, change, fitting, lower=direction == "lower" and not change) for (unit, change), fitting in apart.items()
    ]
    return tuple(sorted(found, key=lambda scale: (-sum(len(track.points) for track in scale.tracks), scale.unit or "")))


def _scale(unit: str | None, change: bool, rows: list[TargetRow], *, lower: bool) -> Scale:
    written = {"".join((row.unit or "").split()).replace("％", "%") for row in rows}
    converted = len(written) > 1 and len({find.factor for row in rows if (find := find_unit(row.unit))}) > 1
    tracks: dict[tuple[str, str | None], list[Point]] = defaultdict(list)
    for row in rows:
        tracks[row.region_code, row.region].extend(_points(row, change, converted=converted))
    every = [Track(code, name, tuple(sorted(points, key=_when))) for (code, name), points in tracks.items()]
    every.sort(key=lambda track: (_best(track, lower=lower), track.code))
    shown = tuple(every[:TRACKS])
    values = [point.value for track in shown for point in track.points]
    name = unit_name(unit) if converted and unit else sorted(written)[0] or None
    return Scale(name, converted, change, shown, Cut(len(shown), len(every)), min(values), max(values))


def _best(track: Track, *, lower: bool) -> Decimal:
    aims = [point.value for point in track.points if not point.baseline]
    return min(aims) if lower else -max(aims)


def _points(row: TargetRow, change: bool, *, converted: bool) -> Iterable[Point]:
    unit = find_unit(row.unit) if converted else None
    if row.baseline is not None and not change:
        value = unit.normalize(row.baseline) if unit else row.baseline
        yield Point(value, row.baseline_year, None, True, row.number, f"{_plain(row.baseline)}{row.unit or ''}")
    if row.value is not None:
        value = unit.normalize(row.value) if unit else row.value
        yield Point(value, row.year, row.comparator, False, row.number, f"{row.written or _plain(row.value)}{row.unit or ''}")


def _when(point: Point) -> tuple[int, bool, Decimal]:
    return point.year or 0, not point.baseline, point.value


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
