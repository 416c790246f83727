"""An answer as bars or as a line: one column of labels, one of numbers. Places are worked out here, a template draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10

from pyoxigraph import Literal, NamedNode

from kg import vocab
from kg.ask import Answer
from kg.ask.answer import to_python
from viz.pages.terms import shorten_iri

MOST = {"bar": 40, "line": 120}  # points in a picture; more cannot be read
_LONGEST = 17  # characters of a label beside a bar
_WIDTH, _ROW, _LABELS, _VALUES = 680.0, 26.0, 230.0, 80.0
_HEIGHT, _LEFT, _BOTTOM, _TOP = 340.0, 60.0, 60.0, 16.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of the answer as a bar."""

    label: str  # shortened
    whole: str
    value: str
    x: float
    width: float
    y: float
    below: bool  # zero


@dataclass(frozen=True, slots=True)
class Point:
    """A row of the answer as a point of a line."""

    label: str  # "" where labels would overlap
    whole: str
    value: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the picture, at a round number."""

    value: str
    at: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of numbers; its measures are those of its view box."""

    form: str  # bar, line
    width: float
    height: float
    bars: tuple[Bar, ...]
    points: tuple[Point, ...]
    ticks: tuple[Tick, ...]
    zero: float
    shown: int
    total: int


def list_columns(answer: Answer) -> tuple[list[str], list[str]]:
    """Return the columns of labels and those of numbers: a column is of numbers if all its values are."""
    labels, numbers = [], []
    for place, name in enumerate(answer.variables):
        values = [row[place] for row in answer.terms if row[place] is not None]
        if values and all(_number(value) is not None for value in values):
            numbers.append(name)
            if all(_is_year(value) for value in values):
                labels.append(name)
        elif values:
            labels.append(name)
    # words before years before IRIs, and first what tells most rows apart: what people read on an axis
    kinds = {name: (_kind(answer, name), -_differing(answer, name)) for name in labels}
    return sorted(labels, key=lambda name: kinds[name]), sorted(numbers, key=lambda name: name in labels)


def draw_chart(answer: Answer, form: str, label: str, number: str) -> Chart | None:
    """Return the first rows as a picture; ``None`` if no row has a number."""
    x, y = answer.variables.index(label), answer.variables.index(number)
    rows = [(_text(row[x]), _number(row[y])) for row in answer.terms]
    known = [(text, value) for text, value in rows if value is not None]
    points = known[: MOST[form]]
    if not points:
        return None
    return (_draw_bars if form == "bar" else _draw_line)(points, len(known))


def _draw_bars(points: Sequence[tuple[str, float]], total: int) -> Chart:
    least, most = min(0.0, *(value for _, value in points)), max(0.0, *(value for _, value in points))
    scale = (_WIDTH - _LABELS - _VALUES) / ((most - least) or 1)
    zero = _LABELS - least * scale
    bars = []
    for n, (text, value) in enumerate(points):
        start, width = zero + min(0.0, value) * scale, abs(value) * scale
        bars.append(Bar(_short(text), text, _say(value), round(start, 2), round(width, 2), n * _ROW, value < 0))
    return Chart("bar", _WIDTH, len(points) * _ROW, tuple(bars), (), (), round(zero, 2), len(points), total)


def _draw_line(points: Sequence[tuple[str, float]], total: int) -> Chart:
    values = [value for _, value in points]
    least = min(*values, 0.0) if _near_zero(values) else min(values)
    step = _step(max(values) - least)
    low = floor(least / step) * step
    count = max(1, ceil((max(values) - low) / step))
    width, height = _WIDTH - _LEFT - 20, _HEIGHT - _TOP - _BOTTOM

    def place(value: float) -> float:
        return round(_TOP + height * (1 - (value - low) / (count * step)), 2)

    every = max(1, -(-len(points) // 12))
    across = width / max(1, len(points) - 1)
    found = tuple(
        Point(text[:10] if n % every == 0 else "", text, _say(value), round(_LEFT + n * across, 2), place(value))
        for n, (text, value) in enumerate(points)
    )
    lines = tuple(Tick(_say(round(low + n * step, 10)), place(low + n * step)) for n in range(count + 1))
    return Chart("line", _WIDTH, _HEIGHT, (), found, lines, place(low), len(points), total)


def _near_zero(values: Sequence[float]) -> bool:
    """Return whether the axis begins at zero: unless all values lie close together and far from it, as years do."""
    return min(values) <= 0 or (max(values) - min(values)) > 0.2 * max(values)


def _step(span: float) -> float:
    """Return the distance of round numbers, so that five or so cover the span.

    >>> _step(23), _step(0.7), _step(0)
    (5.0, 0.2, 1.0)
    """
    if span <= 0:
        return 1.0
    size = 10.0 ** floor(log10(span / 5))
    return next(round(size * times, 10) for times in (1, 2, 5, 10) if span / (size * times) <= 5)


def _kind(answer: Answer, name: str) -> int:
    place = answer.variables.index(name)
    values = [row[place] for row in answer.terms if row[place] is not None]
    if all(isinstance(value, NamedNode) for value in values):
        return 2
    return 1 if all(_is_year(value) for value in values) else 0


def _differing(answer: Answer, name: str) -> int:
    place = answer.variables.index(name)
    return len({row[place] for row in answer.terms})


def _is_year(value: object) -> bool:
    return isinstance(value, Literal) and len(value.value) == 4 and value.value.isdecimal() and "1900" <= value.value <= "2200"


def _number(value: object) -> float | None:
    if not isinstance(value, Literal) or value.datatype == vocab.XSD.boolean:
        return None
    found = to_python(value)
    return float(found) if isinstance(found, int | float | Decimal) and not isinstance(found, bool) else None


def _text(value: object) -> str:
    if isinstance(value, NamedNode):
        return shorten_iri(value.value)
    return value.value if isinstance(value, Literal) else "—"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _say(value: float) -> str:
    """Return a number as people read it.

    >>> _say(1234.0), _say(0.125), _say(-3.5)
    ('1,234', '0.125', '-3.5')
    """
    return f"{value:,.0f}" if value == int(value) else f"{value:,.4f}".rstrip("0")
