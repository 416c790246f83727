"""The picture of many regions: a tile for each, on the ground of its province."""

from __future__ import annotations

from collections.abc import Sequence

from viz.layout import Layout, Panel, Place, measure_size
from viz.overview import pack
from viz.views import Survey

_WIDTH, _HEIGHT, _GAP, _PAD, _HEAD = 140, 66, 12, 16, 46
_NOTE = 300  # the counts beside a province's name


def place_tiles(survey: Survey) -> Layout:
    """Return a tile per region, the provinces in columns."""
    choices = [pack([_draw(name, ids, columns) for name, ids in survey.groups]) for columns in range(2, 9)]
    return min(choices, key=measure_size, default=Layout((), ()))


def _draw(name: str, ids: Sequence[str], columns: int) -> Layout:
    columns = min(columns, max(2, len(ids)))
    places = []
    for index, one in enumerate(ids):
        row, column = divmod(index, columns)
        x = _PAD + _WIDTH // 2 + (_WIDTH + _GAP) * column
        places.append(Place(one, x, _HEAD + _HEIGHT // 2 + (_HEIGHT + _GAP) * row, 0))
    rows = -(-len(ids) // columns)
    width = max(2 * _PAD + columns * (_WIDTH + _GAP) - _GAP, 2 * _PAD + _NOTE)
    return Layout(tuple(places), (Panel(name, 0, 0, width, _HEAD + rows * (_HEIGHT + _GAP) + _PAD - _GAP, len(ids), len(ids)),))
