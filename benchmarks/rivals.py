"""The same measures as others write them: plain Python, networkx. They begin with rows in memory; to read them is not counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

    from kg.analysis.columns import Columns

_DUTIES = """
SELECT task_id, organization_id, role, period_start, period_end
FROM assignments JOIN documents USING (document_id) WHERE organization_id IS NOT NULL AND NOT inherited
ORDER BY task_id, organization_id, role
"""


@dataclass(frozen=True, slots=True)
class Duty:
    """A body that a task names, with the period of its document."""

    task: int
    body: int
    role: str
    period: tuple[object, object]


@dataclass(slots=True)
class Borne:
    """What a body bears."""

    tasks: int = 0
    led: int = 0
    shared: float = 0.0


def read_duties(columns: Columns) -> list[Duty]:
    """Return the duties that tasks state themselves."""
    return [Duty(task, body, role, (start, end)) for task, body, role, start, end in columns.execute(_DUTIES).fetchall()]


def count_loads(duties: Sequence[Duty]) -> Mapping[tuple[int, object], Borne]:
    """Return what each body bears, in all and by period, by dictionaries."""
    roles: dict[tuple[int, int], set[str]] = defaultdict(set)
    periods: dict[int, object] = {}
    for duty in duties:
        roles[duty.task, duty.body].add(duty.role)
        periods[duty.task] = duty.period
    bodies = Counter(task for task, _ in roles)
    loads: dict[tuple[int, object], Borne] = defaultdict(Borne)
    for (task, body), held in roles.items():
        for period in (None, periods[task]):
            borne = loads[body, period]
            borne.tasks += 1
            borne.led += "lead" in held
            borne.shared += 1 / bodies[task]
    return loads


def project_pairs(duties: Sequence[Duty]) -> nx.Graph[int]:
    """Return bodies joined by the tasks that they share, by networkx's projection of the graph of bodies and tasks."""
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_edges_from((duty.body, -duty.task) for duty in duties)
    return nx.bipartite.weighted_projected_graph(graph, {duty.body for duty in duties})


def find_betweenness(duties: Sequence[Duty]) -> Mapping[int, float]:
    """Return how many shortest ways between others lead over each body, by networkx."""
    import networkx as nx

    graph = project_pairs(duties)
    found: dict[int, float] = {}
    for part in nx.connected_components(graph):
        found |= nx.betweenness_centrality(graph.subgraph(part), normalized=False)
    return found
