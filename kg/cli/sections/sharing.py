"""Pairs, communities, brokers, diffuse tasks, dependence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kg.cli.sections.section import Row, Section, View

if TYPE_CHECKING:
    from kg.analysis.sharing.brokers import Broker
    from kg.analysis.sharing.communities import Community, Network
    from kg.analysis.sharing.dependence import Carrier, Dependence
    from kg.analysis.sharing.diffusion import Diffusion
    from kg.analysis.sharing.pairs import Pair

_SHOWN = 4  # members of a community in a table
Placed = tuple["Network", "Community"]


def _measure_pairs(view: View) -> Sequence[Pair]:
    from kg.analysis.sharing.pairs import measure_pairs

    return measure_pairs(view.columns, view.top, generic=view.top is None, tasks=view.tasks)


def _pair_row(pair: Pair) -> Row:
    return (pair.label_a, pair.label_b, pair.shared, pair.jaccard, pair.lift, pair.reading)


def _measure_communities(view: View) -> Sequence[Placed]:
    from kg.analysis.sharing.communities import measure_communities

    networks = measure_communities(view.columns, view.top, view.parts, tasks=view.tasks)
    return [(network, community) for network in networks for community in network.communities][: view.top]


def _community_row(placed: Placed) -> Row:
    network, one = placed
    names = "、".join(member.label for member in one.members[:_SHOWN]) + ("等" if len(one.members) > _SHOWN else "")
    figures = (len(one.members), one.shared, f"{one.stability:.0%}", one.reading)
    return (one.region_label, one.label, *figures, names, network.modularity, network.agreement, network.reading)


def _community_facts(placed: Placed) -> dict[str, Any]:
    network, one = placed
    whole = {name: getattr(network, name) for name in ("bodies", "pairs", "modularity", "agreement", "seed", "runs", "reading")}
    return asdict(one) | {"reading": one.reading, "in_network": whole}


def _measure_brokers(view: View) -> Sequence[Broker]:
    from kg.analysis.sharing.brokers import measure_brokers

    return measure_brokers(view.columns, view.top, view.parts, tasks=view.tasks)


def _broker_row(one: Broker) -> Row:
    ties = "；".join(f"{tie.label}（{tie.shared}）" for tie in one.ties)
    return (one.region_label, one.label, one.between, f"{one.betweenness:.0%}", one.neighbours, one.community, ties)


def _measure_diffusion(view: View) -> Sequence[Diffusion]:
    from kg.analysis.sharing.diffusion import measure_diffusion

    return measure_diffusion(view.columns, view.top)


def _diffusion_row(one: Diffusion) -> Row:
    return (one.document_title, one.number, one.title, one.bodies, one.reading, "、".join(one.labels))


def _measure_dependence(view: View) -> Sequence[Dependence]:
    from kg.analysis.sharing.dependence import measure_dependence

    return measure_dependence(view.columns, view.top, generic=view.top is None, tasks=view.tasks)


def _dependence_row(one: Dependence) -> Row:
    return (one.lead_label, one.support_label, one.tasks, one.led, f"{one.share:.0%}")


def _measure_carrying(view: View) -> Sequence[Carrier]:
    from kg.analysis.sharing.dependence import measure_carrying

    return measure_carrying(view.columns, view.top, generic=view.top is None, tasks=view.tasks)


def _carrier_row(one: Carrier) -> Row:
    return (one.region_label, one.label, one.tasks, one.leads, one.named, f"{one.share:.0%}")


PAIRS = Section(
    "pairs",
    "共同承担：Jaccard = 共同任务/两家任务之并；提升度 = 同时出现的次数与随机情形之比",
    ("机构", "机构", "共同任务", "Jaccard", "提升度", "说明"),
    _measure_pairs,
    _pair_row,
    nothing="没有两家机构写在同一项任务上",
)
COMMUNITIES = Section(
    "communities",
    "协作群：彼此共同任务多于与他人（Louvain，20 次，种子 0–19，取模块度最大者）；稳定度 = 成员在各次中留在本群的比例",
    ("地区", "协作群", "机构", "共同任务", "稳定度", "说明", "成员", "模块度", "各次一致度", "整网"),
    _measure_communities,
    _community_row,
    nothing="没有机构共同承担任务",
    tasks=lambda placed: placed[1].task_iris,
    facts=_community_facts,
)
BROKERS = Section(
    "brokers",
    "牵线机构：其他机构两两之间的最短联系有多少对要经过它（介数）；括号内为与该群的共同任务",
    ("地区", "机构", "对数", "占比", "协作机构", "所在协作群", "连接的其他协作群"),
    _measure_brokers,
    _broker_row,
    nothing="没有机构居于其他机构之间",
)
DIFFUSION = Section(
    "diffusion",
    "责任分散：多家共同承担、无人牵头的任务，按主体数排列",
    ("文件", "序号", "任务", "主体", "说明", "责任单位"),
    _measure_diffusion,
    _diffusion_row,
    nothing="多家承担的任务都有牵头单位",
    tasks=lambda one: (one.task,),
)
DEPENDENCE = Section(
    "dependence",
    "牵头靠谁配合：占比 = 由其配合的任务/牵头的全部任务",
    ("牵头", "配合", "任务", "牵头任务", "占比"),
    _measure_dependence,
    _dependence_row,
    nothing="没有任务同时写明牵头和配合单位",
)
CARRYING = Section(
    "carrying",
    "为他人配合最多：占比 = 这些任务/写明该机构的全部任务",
    ("地区", "机构", "配合任务", "牵头单位数", "全部任务", "占比"),
    _measure_carrying,
    _carrier_row,
    nothing="没有任务同时写明牵头和配合单位",
)
