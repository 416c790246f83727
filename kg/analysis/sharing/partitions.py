"""Ways to split a network into communities, and how much they agree with each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

RUNS = 20  # Louvain with the seeds 0 to 19
EXCELLENT, GOOD, MODERATE = 0.9, 0.8, 0.65  # adjusted Rand index: Steinley 2004
CLEAR = 0.3  # modularity: Newman and Girvan 2004 find it from 0.3 to 0.7 in networks with communities
FEWEST = 8  # bodies; to split fewer says little

Edge = tuple[int, int, int]  # two nodes, weight


@dataclass(frozen=True, slots=True)
class Partition:
    """A network split into communities; nodes are 0, 1, 2 and so on."""

    communities: tuple[tuple[int, ...], ...]  # the largest first
    modularity: float
    agreement: float  # mean adjusted Rand index of each two runs
    stays: tuple[float, ...]  # of each node: the share of runs in which it stays with its community
    seed: int  # of the run that was chosen
    runs: int


def split_network(nodes: int, edges: Sequence[Edge], runs: int = RUNS) -> Partition:
    """Return the best of several runs of the Louvain method (Blondel et al. 2008), with what the other runs say of it.

    Each run has its own fixed seed; the best is the one of greatest modularity, of equals that of the smallest seed. The
    weight of an edge counts.

    >>> split_network(4, [(0, 1, 5), (2, 3, 5), (1, 2, 1)]).communities
    ((0, 1), (2, 3))
    """
    import networkx as nx  # late: 0.2 s

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(nodes))
    graph.add_weighted_edges_from(edges)
    found = [nx.community.louvain_communities(graph, weight="weight", seed=seed) for seed in range(runs)]
    values = [round(nx.community.modularity(graph, parts, weight="weight"), 9) for parts in found]
    best = max(range(runs), key=lambda run: (values[run], -run))
    marks = [_mark(nodes, parts) for parts in found]
    communities = sorted((tuple(sorted(part)) for part in found[best]), key=lambda part: (-len(part), part))
    stays = _count_stays(communities, marks)
    return Partition(tuple(communities), round(values[best], 4), _mean_agreement(marks), stays, best, runs)


def _mark(nodes: int, parts: Iterable[Iterable[int]]) -> list[int]:
    """Return the community of each node."""
    marks = [0] * nodes
    for number, part in enumerate(parts):
        for node in part:
            marks[node] = number
    return marks


def _mean_agreement(marks: Sequence[Sequence[int]]) -> float:
    # equal runs are compared once: most are equal in most networks
    runs = Counter(tuple(_renumber(run)) for run in marks)
    total = sum(comb(count, 2) for count in runs.values()) * 1.0
    total += sum(runs[a] * runs[b] * adjusted_rand(a, b) for a, b in combinations(sorted(runs), 2))
    return round(total / comb(len(marks), 2), 4) if len(marks) > 1 else 1.0


def _renumber(marks: Sequence[int]) -> list[int]:
    seen: dict[int, int] = {}
    return [seen.setdefault(mark, len(seen)) for mark in marks]


def adjusted_rand(one: Sequence[int], other: Sequence[int]) -> float:
    """Return how much two partitions of the same nodes agree: 1 the same, 0 as by chance (Hubert and Arabie 1985).

    ARI = (Σᵢⱼ C(nᵢⱼ,2) − E) / (½ (Σᵢ C(aᵢ,2) + Σⱼ C(bⱼ,2)) − E), E = Σᵢ C(aᵢ,2) Σⱼ C(bⱼ,2) / C(n,2), where nᵢⱼ nodes are in
    part i of the one and part j of the other, aᵢ and bⱼ in these parts at all.

    >>> adjusted_rand([0, 0, 1, 1], [1, 1, 0, 0])
    1.0
    >>> round(adjusted_rand([0, 0, 1, 1], [0, 0, 1, 2]), 4)
    0.5714
    """
    both = sum(comb(count, 2) for count in Counter(zip(one, other, strict=True)).values())
    rows = sum(comb(count, 2) for count in Counter(one).values())
    columns = sum(comb(count, 2) for count in Counter(other).values())
    pairs = comb(len(one), 2)
    if rows == columns == both:  # equal; also where all are one, or each is alone
        return 1.0
    expected = rows * columns / pairs
    return (both - expected) / ((rows + columns) / 2 - expected)


def _count_stays(communities: Sequence[Sequence[int]], marks: Sequence[Sequence[int]]) -> tuple[float, ...]:
    """Return of each node the share of the runs in which it stays with its community C.

    It does where the part P that it is in has more in common with C than not: |C ∩ P| / |C ∪ P| > ½, below which Hennig
    (2007) calls a cluster dissolved; no two parts have that much.
    """
    sizes = [Counter(run) for run in marks]
    stays: Counter[int] = Counter()
    for members in communities:
        for run, size in zip(marks, sizes, strict=True):
            shared = Counter(run[node] for node in members)
            stays.update(node for node in members if 3 * shared[run[node]] > len(members) + size[run[node]])
    return tuple(round(stays[node] / len(marks), 4) for node in range(sum(map(len, communities))))


def read_agreement(value: float) -> str:
    """Return what the mean adjusted Rand index says, by the bounds of Steinley (2004).

    >>> [read_agreement(value) for value in (0.95, 0.85, 0.7, 0.5)]
    ['很稳定', '稳定', '较稳定', '不稳定']
    """
    return "很稳定" if value >= EXCELLENT else "稳定" if value >= GOOD else "较稳定" if value >= MODERATE else "不稳定"


def read_partition(nodes: int, modularity: float, agreement: float) -> str:
    """Return in words whether a network falls into communities, and whether they can be relied on.

    >>> read_partition(22, 0.41, 0.93)
    '分群明显，很稳定'
    >>> read_partition(5, 0.1, 1.0)
    '机构太少，分群仅供参考'
    """
    if nodes < FEWEST:
        return "机构太少，分群仅供参考"
    return f"分群{'明显' if modularity >= CLEAR else '不明显'}，{read_agreement(agreement)}"
