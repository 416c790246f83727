"""The matrix of all who share tasks, and the network of those who share many."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from kg.analysis import Pair
from kg.explorer.records import Cut
from kg.explorer.sharing.readings import read_figures
from kg.explorer.sharing.records import Dot, Matrix, Office, Tie, Ties

MOST_BODIES = 60  # of the matrix
MOST_PAIRS = 60  # of the network: more cannot be followed by eye


def make_matrix(offices: Mapping[str, Office], pairs: Sequence[Pair], most: int = MOST_BODIES) -> Matrix:
    """Return the matrix; of too many bodies, those that share most."""
    sharing = [iri for iri, office in offices.items() if office.shared]
    kept = set(sorted(sharing, key=lambda iri: (-offices[iri].shared, iri))[:most])
    order = sort_offices({iri: offices[iri] for iri in kept})
    places = {iri: place for place, iri in enumerate(order)}
    cells = [[0] * len(order) for _ in order]
    for pair in pairs:
        if pair.a in places and pair.b in places:
            a, b = places[pair.a], places[pair.b]
            cells[a][b] = cells[b][a] = pair.shared
    greatest = max((value for row in cells for value in row), default=0)
    for iri, place in places.items():
        cells[place][place] = offices[iri].tasks
    return Matrix(tuple(offices[iri] for iri in order), tuple(map(tuple, cells)), greatest, Cut(len(order), len(sharing)))


def sort_offices(offices: Mapping[str, Office]) -> list[str]:
    """Return bodies (IRIs) group by group, the groups that share most first, in each who shares most; generic ones last."""
    weights: Counter[int] = Counter()
    for office in offices.values():
        weights[office.group] += office.shared

    def order(iri: str) -> tuple[object, ...]:
        office = offices[iri]
        return office.generic, office.group == 0, -weights[office.group], office.group, -office.shared, iri

    return sorted(offices, key=order)


def choose_least(pairs: Sequence[Pair], most: int = MOST_PAIRS) -> int:
    """Return the least number of shared tasks that so few pairs reach that they can be drawn."""
    counts = Counter(pair.shared for pair in pairs)
    drawn, least = 0, max(counts, default=1)
    for shared in sorted(counts, reverse=True):
        drawn += counts[shared]
        if drawn > most:
            break
        least = shared
    return least


def make_network(offices: Mapping[str, Office], pairs: Sequence[Pair], least: int | None, most: int = MOST_PAIRS) -> Ties:
    """Return the pairs that share at least so many tasks, drawn on a circle group by group; generic bodies are left out."""
    named = [pair for pair in pairs if not pair.generic]
    bound = choose_least(named, most) if least is None else least
    enough = [pair for pair in named if pair.shared >= bound]
    drawn = enough[:most]
    held = {iri for pair in drawn for iri in (pair.a, pair.b)}
    order = sort_offices({iri: offices[iri] for iri in sorted(held)})
    dots = {iri: _dot(offices[iri], place, len(order)) for place, iri in enumerate(order)}
    ties = tuple(Tie(dots[pair.a], dots[pair.b], pair.shared, read_figures(pair)) for pair in drawn)
    greatest = max((pair.shared for pair in named), default=0)
    return Ties(bound, least is not None, greatest, tuple(dots.values()), ties, Cut(len(drawn), len(enough)), len(named))


def _dot(office: Office, place: int, count: int) -> Dot:
    """Return a place on the circle, from the top clockwise; names read outwards, those on the left from left to right."""
    degrees = 360 * (place + 0.5) / count - 90
    left = 90 < degrees % 360 < 270
    x, y = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return Dot(office, round(x, 4), round(y, 4), round(degrees - 180 if left else degrees, 2), left)
