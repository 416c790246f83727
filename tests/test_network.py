"""Networks, with numbers worked out by hand from ``data/toy.trig``."""

from __future__ import annotations

import io

import networkx as nx
import pytest

from kg.analysis import analyze
from kg.errors import QueryError
from kg.network import project_responsibilities, read_network
from tests.analysis.plain import plain_facts
from tests.toy_graph import COUNTIES, DEV, ECO, GROUP, PLAN, POINTS, TS_DEV, TS_ECO, WATER, task, toy_store


def test_departments() -> None:
    network = read_network(toy_store())
    assert sorted(network) == sorted([ECO, DEV, WATER, GROUP, TS_ECO, TS_DEV])
    assert network.nodes[ECO] == {
        "label": "石家庄市生态环境局",
        "type": "department",
        "form": "organization",
        "region": "石家庄市",
        "function": "生态环境",
        "tasks": 4,
        "led": 1,
        "responsible": 2,
        "supported": 1,
        "shared_load": pytest.approx(1 / 2 + 1 / 2 + 1 / 3 + 1 / 2, abs=1e-4),
        "community": "生态环境、水利",
        "betweenness": 0.6667,  # between WATER and the two others, of three pairs
    }
    weights = {frozenset((a, b)): data["weight"] for a, b, data in network.edges(data=True)}
    assert weights == {
        frozenset((ECO, WATER)): 2,
        frozenset((ECO, DEV)): 2,
        frozenset((TS_ECO, TS_DEV)): 1,
        frozenset((GROUP, DEV)): 1,
    }
    assert (network.edges[ECO, WATER]["jaccard"], network.edges[ECO, WATER]["lift"]) == (0.5, 1.75)


def test_generic_bodies_only_if_asked_for() -> None:
    network = read_network(toy_store(), generic=True)
    assert network.nodes[COUNTIES]["form"] == "generic"
    assert set(network[COUNTIES]) == {ECO, DEV}


def test_one_region_or_period() -> None:
    assert set(read_network(toy_store(), region="唐山市")) == {TS_ECO, TS_DEV}
    assert set(read_network(toy_store(), period=(2021, 2025)).edges) == {(DEV, ECO), (ECO, WATER)}


def test_responsibilities() -> None:
    network = read_network(toy_store(), "responsibilities", generic=True)
    assert isinstance(network, nx.DiGraph)
    first, second = task("sjz-plan", 1), task("sjz-2023", 2)
    assert network.nodes[first]["type"] == "task"
    assert network.nodes[first]["region"] == "石家庄市"
    assert network.edges[PLAN, first]["relation"] == "contains"
    assert {unit: data["relation"] for _, unit, data in network.out_edges(first, data=True) if "roles" in data} == {
        ECO: "lead",
        DEV: "support",
    }
    inherited = network.edges[second, COUNTIES]
    assert (inherited["inherited"], inherited["weight"]) == (True, 0.0)
    measured = [fact for _, fact, data in network.out_edges(first, data=True) if data["relation"] == "indicator"]
    assert [network.nodes[fact]["label"] for fact in measured] == ["PM2.5年平均浓度"]
    assert network.nodes[measured[0]]["binding"] is True
    # a task that names nobody stays, and is seen to have no department
    assert set(network[task("sjz-2023", 5)]) == set()
    assert (POINTS, task("sjz-2023", 5)) in network.edges


def test_weights_add_up_to_the_shared_load() -> None:
    store = toy_store()
    network = read_network(store, "responsibilities", generic=True)
    for load in analyze(store).loads:
        weight = sum(data["weight"] for _, unit, data in network.edges(data=True) if unit == load.organization)
        assert weight == pytest.approx(load.shared_load, abs=1e-4)


def test_the_stronger_of_two_roles() -> None:
    network = project_responsibilities(plain_facts({"t": ["a:support", "a:lead", "b"]}))
    assert (network.edges["t", "a"]["relation"], network.edges["t", "a"]["roles"]) == ("lead", "lead support")
    assert network.edges["t", "b"]["weight"] == 0.5


@pytest.mark.parametrize("kind", ["departments", "responsibilities"])
def test_gephi_and_others_read_them(kind: str) -> None:
    network = read_network(toy_store(), kind, generic=True)  # type: ignore[arg-type]  # parametrized
    for write, read in ((nx.write_graphml, nx.read_graphml), (nx.write_gexf, nx.read_gexf)):
        file = io.BytesIO()
        write(network, file)
        file.seek(0)
        again = read(file)
        labels = [{node: data["label"] for node, data in one.nodes(data=True)} for one in (again, network)]
        assert labels[0] == labels[1]
        assert {frozenset(edge) for edge in again.edges} == {frozenset(edge) for edge in network.edges}


def test_same_input_same_order() -> None:
    first, second = (read_network(toy_store(), "responsibilities") for _ in range(2))
    assert list(first.nodes(data=True)) == list(second.nodes(data=True))
    assert list(first.edges(data=True)) == list(second.edges(data=True))


def test_what_cannot_be_had() -> None:
    with pytest.raises(QueryError, match=r"no network is called 'friends'; choose one of: departments, responsibilities"):
        read_network(toy_store(), "friends")  # type: ignore[arg-type]  # the fault under test
    with pytest.raises(QueryError, match=r"no region is named '长春'"):
        read_network(toy_store(), region="长春")
