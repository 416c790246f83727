"""The co-responsibility graph in its connected parts: as a rule one for each region, since regions seldom share tasks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kg.analysis.sharing.partitions import Edge, Partition, split_network

if TYPE_CHECKING:
    from kg.analysis.columns import Columns


@dataclass(frozen=True, slots=True)
class NetworkBody:
    """A body in the co-responsibility graph."""

    number: int  # in the table of organizations
    iri: str
    label: str
    region_code: str | None
    region_label: str | None
    function_label: str | None


@dataclass(frozen=True)
class NetworkPart:
    """Bodies that are tied by common tasks, directly or by others; ``edges`` name them by their place in ``bodies``."""

    bodies: tuple[NetworkBody, ...]  # by IRI, so that what is elsewhere in the graph changes nothing here
    edges: tuple[Edge, ...]

    @cached_property
    def partition(self) -> Partition:
        """The part split into communities, when somebody asks."""
        return split_network(len(self.bodies), self.edges)

    @property
    def regions(self) -> tuple[str, ...]:
        """The names of the regions of its bodies."""
        return tuple(dict.fromkeys(body.region_label or "" for body in self.bodies))

    @cached_property
    def neighbours(self) -> tuple[dict[int, int], ...]:
        """With whom each body shares tasks, and how many."""
        found: list[dict[int, int]] = [{} for _ in self.bodies]
        for a, b, tasks in self.edges:
            found[a][b] = found[b][a] = tasks
        return tuple(found)

    @cached_property
    def community_of(self) -> tuple[int, ...]:
        """The place of each body's community in the partition."""
        found = {node: place for place, members in enumerate(self.partition.communities) for node in members}
        return tuple(found[node] for node in range(len(self.bodies)))

    def inner_tasks(self, nodes: Sequence[int]) -> dict[int, int]:
        """Return what each of these bodies shares with the others of them: tasks, summed over the others."""
        inside = set(nodes)
        return {node: sum(tasks for other, tasks in self.neighbours[node].items() if other in inside) for node in nodes}

    def order_members(self, nodes: Sequence[int]) -> list[int]:
        """Return the bodies of a community, who shares most with the others of it first."""
        shared = self.inner_tasks(nodes)
        return sorted(nodes, key=lambda node: (-shared[node], node))


def read_parts(columns: Columns) -> list[NetworkPart]:
    """Return the connected parts of the graph, that with most bodies first; who shares no task is in none."""
    edges = [(row["a"], row["b"], row["tasks"]) for row in columns.records("co-responsibility")]
    bodies = {row.pop("place"): row for row in columns.records("network-bodies")}
    parts = []
    for members in _connect(edges):
        places = {place: number for number, place in enumerate(sorted({node for a, b, _ in members for node in (a, b)}))}
        described = tuple(NetworkBody(**bodies[place]) for place in places)
        parts.append(NetworkPart(described, tuple((places[a], places[b], tasks) for a, b, tasks in members)))
    return sorted(parts, key=lambda part: (-len(part.bodies), part.bodies[0].iri))


def _connect(edges: Sequence[Edge]) -> Iterable[list[Edge]]:
    """Return the edges of each connected part."""
    import networkx as nx

    sets: nx.utils.UnionFind[int] = nx.utils.UnionFind()
    for a, b, _ in edges:
        sets.union(a, b)
    parts: dict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        parts[sets[edge[0]]].append(edge)
    return parts.values()
