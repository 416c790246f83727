"""The responsibilities as GraphML and GEXF: the networks of :mod:`kg.network`, with the policies that documents name."""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, get_args

from kg import vocab
from kg.analysis import Columns, read_facts_of_tables
from kg.export.selection import Selection
from kg.network import project_departments, project_responsibilities

if TYPE_CHECKING:
    import duckdb
    import networkx as nx

Network = Literal["responsibilities", "departments"]
NETWORKS: tuple[Network, ...] = get_args(Network)
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0 takes no others
_TODAY = re.compile(rb' lastmodifieddate="[^"]*"')
_POLICIES = """
SELECT documents.iri AS document, policy, relation, coalesce(policy_title, title_written) AS title, policy_level AS level,
    policy_region_code AS region
FROM citations JOIN documents USING (document_id)
WHERE policy IS NOT NULL AND policy <> documents.iri
ORDER BY documents.document_id, citations.position
"""


def build_network(
    tables: duckdb.DuckDBPyConnection, kind: Network, selection: Selection | None = None, base: str = vocab.BASE
) -> nx.Graph[str]:
    """Return a network of the whole graph, or of some of its documents.

    ``responsibilities`` joins documents, tasks, departments and indicators, and the policies that documents name: an edge
    with the relation (basis, creates, reference) and, as weight, how often. ``departments`` joins bodies that are named on
    the same tasks.
    """
    columns = Columns(tables, base)
    if selection is not None:
        columns.keep_documents(selection.numbers)
    if kind == "departments":
        return project_departments(columns)
    network = project_responsibilities(
        read_facts_of_tables(tables, base), generic=True
    )  # nobody who was named is left out; `form` tells them apart
    _add_documents(network, tables, selection)
    _add_policies(network, tables)
    return network


def write_network(network: nx.Graph[str], form: str, stream: BinaryIO) -> None:
    """Write a network as ``graphml`` or ``gexf``; the same network gives the same bytes."""
    import networkx as nx

    _make_legal(network)
    if form == "graphml":
        nx.write_graphml(network, stream)
        return
    buffer = io.BytesIO()
    nx.write_gexf(network, buffer)
    stream.write(_TODAY.sub(b"", buffer.getvalue(), count=1))


def _add_documents(network: nx.Graph[str], tables: duckdb.DuckDBPyConnection, selection: Selection | None) -> None:
    """Add the documents that have neither task nor indicator."""
    for iri, title, region in tables.execute("SELECT iri, title, region_name FROM documents ORDER BY document_id").fetchall():
        if iri not in network and (selection is None or iri in selection.iris):
            network.add_node(iri, label=title, type="document", region=region or "")


def _add_policies(network: nx.Graph[str], tables: duckdb.DuckDBPyConnection) -> None:
    """Add the policies that the documents of a network name; one whose text is here is a document already."""
    counted: Counter[tuple[str, str, str]] = Counter()
    for document, policy, relation, title, level, region in tables.execute(_POLICIES).fetchall():
        if document not in network:
            continue
        if policy not in network:
            network.add_node(policy, label=title, type="policy", region=region or "", level=level or "")
        counted[document, policy, relation] += 1
    for (document, policy, relation), times in sorted(counted.items(), key=lambda item: (_RANK.get(item[0][2], 9), item[0])):
        if not network.has_edge(document, policy):  # the closest relation of two
            network.add_edge(document, policy, relation=relation, weight=float(times))


_RANK = {"basis": 0, "creates": 1, "reference": 2, "self": 3}


def _make_legal(network: nx.Graph[str]) -> None:
    """Take out of all texts what no XML file can hold."""
    attributes: list[dict[str, Any]] = [network.graph, *(of for _, of in network.nodes(data=True))]
    attributes += [of for _, _, of in network.edges(data=True)]
    for of in attributes:
        for name, value in of.items():
            if isinstance(value, str):
                of[name] = _ILLEGAL.sub("", value)
