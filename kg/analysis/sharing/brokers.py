"""Who ties together bodies that share no task with each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import floor
from typing import TYPE_CHECKING

from kg.analysis.sharing.communities import name_community
from kg.analysis.sharing.parts import NetworkPart, read_parts

if TYPE_CHECKING:
    from kg.analysis.columns import Columns

# bodies × pairs, summed over the parts, from which on rustworkx is faster though it has to be loaded. Measured: networkx takes
# 0.2 ms per 1,000, rustworkx 0.02 ms and 17 ms to load (65 bodies, 1,050 pairs: 12 ms and 1.6 ms; 600 and 10,000: 1,350 and 110)
LARGE = 80_000


@dataclass(frozen=True, slots=True)
class Tie:
    """A community that a broker reaches."""

    label: str
    core: str  # IRI of the body that names it
    shared: int  # tasks shared with bodies of the community, summed over them


@dataclass(frozen=True, slots=True)
class Broker:
    """A body over which the shortest ways between others go."""

    organization: str  # IRI
    label: str
    region_label: str | None
    between: float  # pairs of others in its network whose shortest way goes over it; of several ways, its share
    betweenness: float  # the same as a share of all pairs of others in its network
    neighbours: int  # bodies it shares tasks with
    network: int  # its network: 1, 2 … by number of bodies
    community: str  # what its own community is called
    ties: tuple[Tie, ...]  # the other communities it shares tasks with, the strongest first
    task_iris: tuple[str, ...] = ()  # that it shares with others; where they were asked for

    @property
    def reading(self) -> str:
        """What the figures say."""
        words = f"其他机构之间有 {self.between:.1f} 对要经它联系（占 {self.betweenness:.0%}）"
        return words + (f"，连接另外 {len(self.ties)} 个协作群" if self.ties else "")


def measure_brokers(
    columns: Columns, top: int | None = None, parts: Sequence[NetworkPart] | None = None, *, tasks: bool = False
) -> list[Broker]:
    """Return the bodies over which the shortest ways between others go, those with most first; the others are left out.

    With ``tasks``, each with the tasks that it shares with others.

    Betweenness (Freeman 1977) in the graph whose edges are pairs of bodies with a task in common, in each connected part by
    itself, unweighted: Σ over the pairs {s, t} of others of σ(s,t|v) / σ(s,t), where σ counts shortest ways and σ(·|v) those
    over v; as a share, divided by (n − 1)(n − 2) / 2 for n bodies.
    """
    parts = read_parts(columns) if parts is None else parts
    found = [
        (value, number, node)
        for number, (part, values) in enumerate(zip(parts, measure_betweenness(parts), strict=True))
        for node, value in enumerate(values)
        if value > 0
    ]
    found.sort(key=lambda one: (-one[0], parts[one[1]].bodies[one[2]].iri))
    brokers = [_broker(parts[number], number + 1, node, value) for value, number, node in found[:top]]
    return _add_tasks(columns, brokers) if tasks else brokers


def _add_tasks(columns: Columns, brokers: Sequence[Broker]) -> list[Broker]:
    rows = columns.records("broker-tasks", bodies=[broker.organization for broker in brokers])
    shared = {row["body"]: tuple(row["tasks"]) for row in rows}
    return [replace(broker, task_iris=shared[broker.organization]) for broker in brokers]


def measure_betweenness(parts: Sequence[NetworkPart]) -> list[list[float]]:
    """Return for each body of each part how many pairs of others it lies between, to four places."""
    size = sum(len(part.bodies) * len(part.edges) for part in parts)
    measure = _by_rustworkx if size >= LARGE else _by_networkx
    # a little is added before rounding, so that both ways of counting agree on a half
    return [[floor(value * 10_000 + 0.5 + 1e-6) / 10_000 for value in measure(part)] for part in parts]


def _by_networkx(part: NetworkPart) -> list[float]:
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(part.bodies)))
    graph.add_edges_from((a, b) for a, b, _ in part.edges)
    found = nx.betweenness_centrality(graph, normalized=False)
    return [found[node] for node in range(len(part.bodies))]


def _by_rustworkx(part: NetworkPart) -> list[float]:
    import rustworkx as rx

    graph: rx.PyGraph[None, None] = rx.PyGraph(multigraph=False)
    graph.add_nodes_from([None] * len(part.bodies))
    graph.add_edges_from([(a, b, None) for a, b, _ in part.edges])
    # in one thread: the order in which threads add up would show in the last digits
    found = rx.betweenness_centrality(graph, normalized=False, parallel_threshold=len(part.bodies) + 1)
    return [found[node] for node in range(len(part.bodies))]


def share_of_pairs(value: float, bodies: int) -> float:
    """Return a number of pairs as a share of all pairs of other bodies.

    >>> share_of_pairs(3.0, 5)
    0.5
    """
    pairs = (bodies - 1) * (bodies - 2) / 2
    return floor(value / pairs * 10_000 + 0.5 + 1e-6) / 10_000 if pairs else 0.0


def _broker(part: NetworkPart, network: int, node: int, value: float) -> Broker:
    body, own = part.bodies[node], part.community_of[node]
    shared: Counter[int] = Counter()
    for other, tasks in part.neighbours[node].items():
        shared[part.community_of[other]] += tasks
    ties = sorted((place for place in shared if place != own), key=lambda place: (-shared[place], place))
    return Broker(
        organization=body.iri,
        label=body.label,
        region_label=body.region_label,
        between=value,
        betweenness=share_of_pairs(value, len(part.bodies)),
        neighbours=len(part.neighbours[node]),
        network=network,
        community=_name(part, own)[0],
        ties=tuple(Tie(*_name(part, place), shared[place]) for place in ties),
    )


def _name(part: NetworkPart, community: int) -> tuple[str, str]:
    """Return what a community is called and the IRI of its core."""
    nodes = part.partition.communities[community]
    ordered = part.order_members(nodes)
    return name_community(part, ordered, None), part.bodies[ordered[0]].iri
