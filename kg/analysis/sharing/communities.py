"""Which bodies answer with each other more than with others, how far that can be relied on, and what ties them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.analysis.sharing.partitions import read_partition
from kg.analysis.sharing.parts import NetworkPart, read_parts
from kg.numbering import open_block

if TYPE_CHECKING:
    from kg.analysis.columns import Columns

STABLE = 0.8  # share of runs; below it a member or a community is called unstable
Headings = Mapping[tuple[int, int], str]  # by network and community
Tasks = Mapping[tuple[int, int], tuple[str, ...]]  # the same
_NAMED = 3  # functions in the name of a community


@dataclass(frozen=True, slots=True)
class Member:
    """A body in a community."""

    organization: str  # IRI
    label: str
    shared: int  # tasks shared with the others of the community, summed over them
    stays: float  # share of the runs in which it stays with its community


@dataclass(frozen=True, slots=True)
class Community:
    """Bodies that share tasks with each other more than with others."""

    core: str  # IRI of the body that shares most with the others; it names the community
    label: str  # the functions that share most, and the heading that is typical
    heading: str | None
    region_label: str | None  # of the core
    members: tuple[Member, ...]  # who shares most first
    shared: int  # Σ over its pairs of the tasks that they share
    stability: float  # mean of the members' stays
    network: int  # its network: 1, 2 … by number of bodies
    task_iris: tuple[str, ...] = ()  # that name two of its bodies or more; where they were asked for

    @property
    def reading(self) -> str:
        """Whether it can be relied on, in words."""
        if len(self.members) < 2:
            return "独自成群"
        unstable = sum(member.stays < STABLE for member in self.members)
        words = "稳定" if self.stability >= STABLE else "不稳定"
        return words + (f"，{unstable} 家归属不稳定" if unstable else "")


@dataclass(frozen=True, slots=True)
class Network:
    """A connected part of the co-responsibility graph, split into communities."""

    number: int
    regions: tuple[str, ...]
    bodies: int
    pairs: int
    modularity: float
    agreement: float  # mean adjusted Rand index between runs
    seed: int
    runs: int
    communities: tuple[Community, ...]

    @property
    def reading(self) -> str:
        """What modularity and agreement say, in words."""
        return read_partition(self.bodies, self.modularity, self.agreement)


def measure_communities(
    columns: Columns, top: int | None = None, parts: Sequence[NetworkPart] | None = None, *, tasks: bool = False
) -> list[Network]:
    """Return the networks of bodies that share tasks, each with its communities; with ``top``, as many as hold so many.

    With ``tasks``, each community with the tasks that its bodies share.

    Communities are those of the Louvain method (Blondel, Guillaume, Lambiotte and Lefebvre 2008) on the graph whose edges
    are pairs of bodies weighted by shared tasks, in each connected part by itself: of 20 runs with the seeds 0 to 19, the one
    of greatest modularity. Stability: how much the runs agree (mean adjusted Rand index, Hubert and Arabie 1985), and for
    each body the share of runs in which it stays with its community: its part there has more in common with it than not
    (Hennig 2007). Fewer than 8 bodies: for what it is worth.
    """
    parts = read_parts(columns) if parts is None else parts
    taken, found = 0, 0
    while taken < len(parts) and (top is None or found < top):
        found += len(parts[taken].partition.communities)
        taken += 1
    headings = _read_headings(columns, parts[:taken])
    shared = _read_tasks(columns, parts[:taken]) if tasks else {}
    return [_network(part, number, headings, shared) for number, part in enumerate(parts[:taken], start=1)]


def _network(part: NetworkPart, number: int, headings: Headings, shared: Tasks) -> Network:
    partition = part.partition
    return Network(
        number=number,
        regions=part.regions,
        bodies=len(part.bodies),
        pairs=len(part.edges),
        modularity=partition.modularity,
        agreement=partition.agreement,
        seed=partition.seed,
        runs=partition.runs,
        communities=tuple(_communities(part, headings, shared, number)),
    )


def _read_headings(columns: Columns, parts: Sequence[NetworkPart]) -> Headings:
    """Return under which heading the tasks of each community typically stand, without its number."""
    rows = columns.records("community-sections", **_list_members(parts))
    return {(row["network"], row["community"]): _without_number(row["heading"]) for row in rows}


def _read_tasks(columns: Columns, parts: Sequence[NetworkPart]) -> Tasks:
    rows = columns.records("community-tasks", **_list_members(parts))
    return {(row["network"], row["community"]): tuple(row["tasks"]) for row in rows}


def _list_members(parts: Sequence[NetworkPart]) -> dict[str, list[int]]:
    """Return the bodies, and beside each the number of its network, and of its community there."""
    return {
        "bodies": [body.number for part in parts for body in part.bodies],
        "networks": [number for number, part in enumerate(parts, start=1) for _ in part.bodies],
        "communities": [community for part in parts for community in part.community_of],
    }


def _without_number(heading: str) -> str:
    block = open_block(heading, 0, len(heading))
    return heading[block.mark_end :].strip() if block and block.mark_end < len(heading) else heading


def _communities(part: NetworkPart, headings: Headings, shared_tasks: Tasks, network: int) -> Iterator[Community]:
    for place, nodes in enumerate(part.partition.communities):
        shared, ordered = part.inner_tasks(nodes), part.order_members(nodes)
        core, stays = part.bodies[ordered[0]], part.partition.stays
        heading = headings.get((network, place))
        yield Community(
            core=core.iri,
            label=name_community(part, ordered, heading),
            heading=heading,
            region_label=core.region_label,
            members=tuple(Member(part.bodies[node].iri, part.bodies[node].label, shared[node], stays[node]) for node in ordered),
            shared=sum(shared.values()) // 2,
            stability=round(sum(stays[node] for node in nodes) / len(nodes), 4),
            network=network,
            task_iris=shared_tasks.get((network, place), ()),
        )


def name_community(part: NetworkPart, ordered: Sequence[int], heading: str | None) -> str:
    """Return what a community is called: the functions of those who share most, else their names, and the typical heading."""
    words = dict.fromkeys(part.bodies[node].function_label or part.bodies[node].label for node in ordered)
    named = "、".join(list(words)[:_NAMED]) + ("等" if len(words) > _NAMED else "")
    return f"{named}：{heading}" if heading else named
