"""Which policy carries out which, by the words of their texts; the shortest way from one down to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from kg.explorer.snapshot import Snapshot

# as queries/measures/views/policies_above.sql takes a step: a notice speaks for the plan that it issues
_STEPS = """
SELECT policy AS above, document AS below FROM bases
UNION SELECT policy, issues FROM bases WHERE issues <> policy
ORDER BY above, below
"""
Way = tuple[str, ...]  # IRIs, from above


def read_steps(snapshot: Snapshot) -> Mapping[str, Way]:
    """Return whoever carries out each policy by its own words, by IRI."""

    def make() -> Mapping[str, Way]:
        found: dict[str, list[str]] = defaultdict(list)
        for row in snapshot.rows(_STEPS):
            found[row["above"]].append(row["below"])
        return {above: tuple(below) for above, below in found.items()}

    return snapshot.remember("steps between policies", make)


def find_ways(steps: Mapping[str, Way], policy: str) -> dict[str, Way]:
    """Return for each policy below one the shortest way down to it, both ends included.

    >>> find_ways({"law": ("plan",), "plan": ("points", "law")}, "law")
    {'plan': ('law', 'plan'), 'points': ('law', 'plan', 'points')}
    """
    ways: dict[str, Way] = {}
    level: list[Way] = [(policy,)]
    while level:
        further: list[Way] = []
        for way in level:
            for below in steps.get(way[-1], ()):
                if below != policy and below not in ways:
                    ways[below] = (*way, below)
                    further.append(ways[below])
        level = further
    return ways
