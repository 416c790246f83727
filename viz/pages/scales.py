"""A metric's numbers as a picture: a line for each region, hollow where it began, filled what it aims at."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from kg.explorer.indicators.records import Point, Scale, Track
from viz.pages.links import Language
from viz.pages.words import words_of
from viz.report.svg import cut, tag

_WIDTH, _LABEL, _RIGHT, _HEAD, _ROW = 960.0, 150.0, 40.0, 34.0, 30.0
_APART = 26.0  # between two years that can both be read
_SHAPES = {"at-least": "more", "above": "more", "at-most": "less", "below": "less", "about": "about"}
_SHAPES |= {"increase": "up", "decrease": "down"}
_PATHS = {  # around the place of the number, which a triangle's straight side stands on
    "more": "M{x} {a} L{r} {y} L{x} {b} Z",
    "less": "M{x} {a} L{l} {y} L{x} {b} Z",
    "about": "M{x} {a} L{r} {y} L{x} {b} L{l} {y} Z",
    "up": "M{l} {b} L{x} {a} L{r} {b} Z",
    "down": "M{l} {a} L{x} {b} L{r} {a} Z",
}


def draw_scale(lang: Language, scale: Scale, key: str, listed: Sequence[int]) -> Markup:
    """Return the picture of a scale; a number leads to its row, if that is among those ``listed``."""
    t = words_of("metric", lang)
    ticks = make_ticks(float(scale.low), float(scale.high))
    drawn: list[Markup] = []
    base = _HEAD + _ROW * len(scale.tracks)
    for tick in ticks:
        x = _place(tick, ticks)
        drawn.append(tag("line", x1=x, x2=x, y1=_HEAD - 8, y2=base, class_="grid"))
        drawn.append(tag("text", f"{tick:,.10g}", x=x, y=_HEAD - 14, text_anchor="middle", class_="tick"))
    rows = frozenset(listed)
    for number, track in enumerate(scale.tracks):
        drawn.extend(_draw_track(track, _HEAD + _ROW * (number + 0.5), ticks, t, rows))
    title = t["chart_title"].format(unit=scale.unit or t["no_unit"])
    description = t["chart_desc"].format(n=len(scale.tracks))
    said = tag("title", title, id=f"{key}-t"), tag("desc", description, id=f"{key}-d")
    # a group, not an image: what an image holds cannot be reached
    around = {
        "viewBox": f"0 0 {_WIDTH:g} {base + 6:g}",
        "role": "group",
        "aria_labelledby": f"{key}-t",
        "aria_describedby": f"{key}-d",
    }
    return tag("svg", *said, *drawn, **around, class_="chart")


def make_ticks(low: float, high: float, most: int = 7) -> list[float]:
    """Return round numbers from at or below the lowest to at or above the highest.

    >>> make_ticks(57.9, 88.0)
    [50.0, 60.0, 70.0, 80.0, 90.0]
    >>> make_ticks(40, 40)
    [36.0, 38.0, 40.0, 42.0, 44.0]
    """
    if high == low:
        low, high = low - (abs(low) * 0.1 or 1), high + (abs(high) * 0.1 or 1)
    rough = (high - low) / (most - 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [float(f"{number * step:.12g}") for number in range(first, last + 1)]


def _place(value: float, ticks: Sequence[float]) -> float:
    return _LABEL + 18 + (value - ticks[0]) / (ticks[-1] - ticks[0]) * (_WIDTH - _LABEL - _RIGHT - 18)


def _draw_track(
    track: Track, y: float, ticks: Sequence[float], words: Mapping[str, str], rows: frozenset[int]
) -> Iterator[Markup]:
    name = track.name or words["unknown_region"]
    yield tag("line", x1=0.0, x2=_WIDTH, y1=y + _ROW / 2, y2=y + _ROW / 2, class_="row")
    yield tag("text", tag("title", name), cut(name, 10), x=_LABEL - 6, y=y + 9, text_anchor="end", class_="name")
    places = [_place(float(point.value), ticks) for point in track.points]
    if min(places) < max(places):
        yield tag("line", x1=min(places), x2=max(places), y1=y + 5, y2=y + 5, class_="way")
    for point, x in zip(track.points, places, strict=True):
        said = _say(point, name, words)
        mark = tag("g", tag("title", said), _shape(point, x, y + 5))
        # for the mouse; the keyboard goes on to the table, which says the same
        yield tag("a", mark, href=f"#t-{point.target}", tabindex=-1) if point.target in rows else mark
    yield from _years(track.points, places, y)


def _say(point: Point, name: str, words: Mapping[str, str]) -> str:
    kind = words["baseline"] if point.baseline else words.get(f"sign_{point.comparator}", "")
    year = words["of_year"].format(point.year) if point.year else words["no_year"]
    return f"{name} {year} {kind} {point.shown}".replace("  ", " ")


def _shape(point: Point, x: float, y: float) -> Markup:
    kind = "base" if point.baseline else "aim"
    shape = _SHAPES.get(point.comparator or "")
    if point.baseline or shape is None:
        return tag("circle", cx=x, cy=y, r=5.5, class_=kind)
    ends = {"x": x, "y": y, "l": x - 8.5, "r": x + 8.5, "a": y - 6.5, "b": y + 6.5}
    return tag("path", d=_PATHS[shape].format(**{name: f"{value:.2f}" for name, value in ends.items()}), class_=kind)


def _years(points: Sequence[Point], places: Sequence[float], y: float) -> Iterator[Markup]:
    """Yield the years above the numbers, as many as can be read."""
    last = -_APART
    for x, year in sorted({(place, point.year) for point, place in zip(points, places, strict=True) if point.year}):
        if x - last >= _APART:
            yield tag("text", year, x=x, y=y - 5, text_anchor="middle", class_="year")
            last = x
