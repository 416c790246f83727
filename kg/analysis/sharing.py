"""Who answers together with whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from kg.analysis.facts import Facts
from kg.analysis.load import four_places

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Pair:
    """Two bodies that are named on the same tasks; duties inherited by 下同 do not count."""

    a: str  # IRI, the smaller one
    b: str
    label_a: str
    label_b: str
    region_label: str | None  # of the first
    generic: bool  # one of them is 各县（市、区）政府, 有关部门 or the like
    shared: int
    jaccard: float  # |A ∩ B| / |A ∪ B|
    lift: float  # |A ∩ B| · N / (|A| · |B|)
    task_iris: tuple[str, ...]


def measure_pairs(facts: Facts) -> list[Pair]:
    """Return each pair with a task in common, those with most first.

    A and B are the sets of tasks that name each body. Jaccard = |A ∩ B| / |A ∪ B|: how much of what either does, both do.
    Lift = |A ∩ B| · N / (|A| · |B|): how many times more often than by chance among the N tasks that name any body of
    their regions; 1 is chance.
    """
    tasks_of: dict[str, set[str]] = defaultdict(set)
    tasks_in: dict[str | None, set[str]] = defaultdict(set)
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for task in facts.tasks:
        units = sorted(facts.direct_of[task])
        for unit in units:
            tasks_of[unit].add(task)
            tasks_in[facts.bodies[unit].region].add(task)
        for pair in combinations(units, 2):
            shared[pair].append(task)
    pairs = []
    for (a, b), tasks in shared.items():
        first, second = facts.bodies[a], facts.bodies[b]
        around = len(tasks_in[first.region] | tasks_in[second.region])
        pairs.append(
            Pair(
                a=a,
                b=b,
                label_a=first.label,
                label_b=second.label,
                region_label=first.region_label,
                generic="generic" in (first.kind, second.kind),
                shared=len(tasks),
                jaccard=four_places(Fraction(len(tasks), len(tasks_of[a] | tasks_of[b]))),
                lift=four_places(Fraction(len(tasks) * around, len(tasks_of[a]) * len(tasks_of[b]))),
                task_iris=tuple(tasks),
            )
        )
    return sorted(pairs, key=lambda pair: (-pair.shared, -pair.jaccard, pair.a, pair.b))


def join_pairs(pairs: Iterable[Pair]) -> nx.Graph[str]:
    """Return the graph whose edges are the pairs: ``weight`` is how many tasks they share, beside ``jaccard`` and ``lift``."""
    import networkx as nx  # late: 0.15 s

    graph: nx.Graph[str] = nx.Graph()
    for pair in sorted(pairs, key=lambda pair: (pair.a, pair.b)):
        graph.add_edge(pair.a, pair.b, weight=pair.shared, jaccard=pair.jaccard, lift=pair.lift)
    return graph


def find_communities(pairs: Iterable[Pair]) -> list[tuple[str, ...]]:
    """Return groups of bodies that answer with each other more than with others, the largest first.

    Louvain communities of the graph whose edges are the pairs, weighted by shared tasks; generic bodies are left out,
    since they would tie everybody together.
    """
    import networkx as nx

    graph = join_pairs(pair for pair in pairs if not pair.generic)
    found = nx.community.louvain_communities(graph, weight="weight", seed=0)
    return sorted((tuple(sorted(members)) for members in found), key=lambda members: (-len(members), members))
