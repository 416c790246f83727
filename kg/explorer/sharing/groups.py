"""Groups of bodies that answer with each other more than with others, and who ties them together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.analysis.sharing.brokers import Broker, measure_brokers
from kg.analysis.sharing.communities import STABLE, Network, measure_communities
from kg.analysis.sharing.parts import read_parts
from kg.explorer.params import Scope
from kg.explorer.sharing.readings import read_split
from kg.explorer.sharing.records import Between, Group, GroupMember, Groups, Office
from kg.explorer.snapshot import Snapshot

MOST_BROKERS = 12


def communities_of(snapshot: Snapshot, scope: Scope) -> tuple[Sequence[Network], Sequence[Broker]]:
    """Return the networks with their communities, and the brokers; made once for a part of the graph."""

    def make() -> tuple[Sequence[Network], Sequence[Broker]]:
        columns = snapshot.columns(scope)
        parts = read_parts(columns)
        return measure_communities(columns, parts=parts, tasks=True), measure_brokers(columns, MOST_BROKERS, parts=parts)

    return snapshot.remember(("communities", scope), make)


def number_groups(networks: Sequence[Network]) -> dict[str, int]:
    """Return the number of each body's (IRI) group, from 1; who is alone is in none."""
    found = [community for network in networks for community in network.communities if len(community.members) > 1]
    return {member.organization: number for number, one in enumerate(found, start=1) for member in one.members}


def show_groups(networks: Sequence[Network], brokers: Sequence[Broker], offices: Mapping[str, Office]) -> Groups:
    """Return the groups in their numbers, and the brokers, those between most others first."""
    found = [community for network in networks for community in network.communities if len(community.members) > 1]
    groups = tuple(
        Group(
            number,
            one.label,
            tuple(
                GroupMember(
                    offices[member.organization].key,
                    offices[member.organization].short,
                    member.shared,
                    member.stays >= STABLE,
                )
                for member in one.members
            ),
            one.shared,
            one.stability >= STABLE,
            len(one.task_iris),
        )
        for number, one in enumerate(found, start=1)
    )
    return Groups(tuple(read_split(network) for network in networks), groups, tuple(_between(one, offices) for one in brokers))


def _between(broker: Broker, offices: Mapping[str, Office]) -> Between:
    office = offices[broker.organization]
    names = tuple(tie.label for tie in broker.ties)
    return Between(office.key, office.short, broker.between, broker.betweenness, broker.neighbours, names)
