"""The graph as networks for networkx: who shares work with whom, and which task falls to whom.

Every node has ``label``, ``type`` and ``region``, every edge ``weight``; ids are IRIs, and no attribute is ``None``, so that
GraphML and GEXF take the networks as they are. What is not known is an empty string.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, get_args

from kg.analysis import (
    Body,
    Columns,
    Duty,
    Facts,
    Period,
    join_pairs,
    measure_loads,
    measure_pairs,
    open_columns,
    read_facts_of_tables,
)
from kg.analysis.sharing.brokers import measure_brokers
from kg.analysis.sharing.communities import measure_communities
from kg.analysis.sharing.parts import read_parts
from kg.ask import resolve_value
from kg.errors import QueryError

if TYPE_CHECKING:
    import networkx as nx

    from kg.queryable import Queryable
    from kg.store import Generation

Kind = Literal["departments", "responsibilities"]
KINDS: tuple[Kind, ...] = get_args(Kind)
ROLES = ("lead", "responsible", "support")  # the strongest first


def read_network(
    graph: Queryable,
    kind: Kind = "departments",
    generation: Generation | None = None,
    *,
    region: str | None = None,
    period: Period | None = None,
    generic: bool = False,
) -> nx.Graph[str]:
    """Return a network of the whole graph, or of the documents of one region (IRI, name or code) or period (years).

    ``departments``: :func:`project_departments`; ``responsibilities``: :func:`project_responsibilities`. ``generic`` also
    takes in 各县（市、区）政府, 有关部门 and the like. Of a built graph, ``generation`` has the same facts in tables, which are
    read much faster.

    :raises QueryError: there is no such kind or region.
    """
    if kind not in KINDS:
        raise QueryError(f"no network is called {kind!r}; choose one of: {', '.join(KINDS)}")
    place = None if region is None else resolve_value(graph, "region", region).value
    with open_columns(generation or graph, place, period) as columns:
        if kind == "departments":
            return project_departments(columns, generic)
        return project_responsibilities(read_facts_of_tables(columns.connection, columns.base), generic)


def project_departments(columns: Columns, generic: bool = False) -> nx.Graph[str]:
    """Return the bodies, each two joined that are named on the same tasks; duties inherited by 下同 do not count.

    A node has ``form`` (organization, collaboration, generic), ``function``, ``tasks``, ``led``, ``responsible``,
    ``supported`` (numbers of tasks), ``shared_load`` (Σ 1/bodies named on the task), ``community`` (what its community is
    called) and ``betweenness``; generic bodies and those that share nothing are in no community and between nobody. An edge
    has ``weight`` (tasks in common), ``jaccard`` and ``lift``. A body that shares nothing is a node without edges.
    """
    import networkx as nx  # late: 0.15 s

    network: nx.Graph[str] = nx.Graph(name="departments")
    facts = read_facts_of_tables(columns.connection, columns.base)
    for load in sorted(measure_loads(columns), key=lambda load: load.organization):
        if load.period is None and load.tasks and (generic or load.kind != "generic"):
            network.add_node(
                load.organization,
                **_describe(facts.bodies[load.organization]),
                tasks=load.tasks,
                led=load.led,
                responsible=load.responsible,
                supported=load.supported,
                shared_load=load.shared_load,
                community="",
                betweenness=0.0,
            )
    network.add_edges_from(join_pairs(measure_pairs(columns, generic=generic)).edges(data=True))
    _add_communities(network, columns)
    return network


def _add_communities(network: nx.Graph[str], columns: Columns) -> None:
    parts = read_parts(columns)
    for found in measure_communities(columns, parts=parts):
        for community in found.communities:
            for member in community.members:
                network.nodes[member.organization]["community"] = community.label
    for broker in measure_brokers(columns, parts=parts):
        network.nodes[broker.organization]["betweenness"] = broker.betweenness


def project_responsibilities(facts: Facts, generic: bool = False) -> nx.DiGraph[str]:
    """Return documents → tasks → bodies and indicators, each edge with its ``relation``.

    The types are ``document``, ``task``, ``department`` and ``indicator``; the relations are ``contains`` (document → task,
    or → an indicator that stands in no task), ``indicator`` (task → indicator) and the roles ``lead``, ``responsible`` and
    ``support`` (task → department). A body in two roles on one task has the stronger one, and both in ``roles``.
    ``weight`` of a role is 1/(bodies named on the task), so that a body's weights add up to its shared load; it is 0 for a
    duty inherited by 下同, whose ``inherited`` is true, and 1 for the other relations. A body that was named but not
    identified is no node: ``open-decisions`` lists those.
    """
    import networkx as nx

    network: nx.DiGraph[str] = nx.DiGraph(name="responsibilities")
    places = {body.region: body.region_label or "" for body in facts.bodies.values()}
    for task in facts.tasks.values():
        place = places.get(task.region, "")
        network.add_node(task.document, label=task.document_title, type="document", region=place)
        network.add_node(task.iri, label=task.title, type="task", region=place, number=task.number or "", measure=task.measure)
        network.add_edge(task.document, task.iri, relation="contains", weight=1.0)
        _add_duties(network, facts, task.iri, generic)
    for fact in facts.indicators:
        owner = fact.task if fact.task is not None else fact.document
        if fact.document not in network:
            network.add_node(fact.document, label=fact.document_title, type="document", region="")
        place = network.nodes[fact.document]["region"]
        network.add_node(fact.iri, label=fact.name, type="indicator", region=place, binding=fact.binding)
        network.add_edge(owner, fact.iri, relation="contains" if fact.task is None else "indicator", weight=1.0)
    return network


def _add_duties(network: nx.DiGraph[str], facts: Facts, task: str, generic: bool) -> None:
    bodies: dict[str, list[Duty]] = {}
    for duty in facts.duties_of[task]:
        if duty.unit is not None and (generic or facts.bodies[duty.unit].kind != "generic"):
            bodies.setdefault(duty.unit, []).append(duty)
    for unit, duties in bodies.items():
        inherited = unit not in facts.direct_of[task]
        roles = _sort_roles(duty.role for duty in duties)
        network.add_node(unit, **_describe(facts.bodies[unit]))
        network.add_edge(
            task,
            unit,
            relation=roles[0],
            roles=" ".join(roles),
            weight=0.0 if inherited else 1 / len(facts.direct_of[task]),
            inherited=inherited,
            written=duties[0].written,
        )


def _sort_roles(roles: Iterable[str]) -> list[str]:
    return sorted(set(roles), key=lambda role: ROLES.index(role) if role in ROLES else len(ROLES))


def _describe(body: Body) -> dict[str, str]:
    return {
        "label": body.label,
        "type": "department",
        "form": body.kind,
        "region": body.region_label or "",
        "function": body.function_label or "",
    }
