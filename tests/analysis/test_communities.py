"""Communities and brokers, with numbers worked out by hand."""

from __future__ import annotations

import random
from collections import deque
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis import open_columns
from kg.analysis.sharing.brokers import measure_betweenness, measure_brokers
from kg.analysis.sharing.communities import measure_communities
from kg.analysis.sharing.partitions import RUNS, adjusted_rand, read_partition, split_network
from kg.analysis.sharing.parts import NetworkBody, NetworkPart, read_parts
from tests.analysis.made import make_columns
from tests.toy_graph import DEV, ECO, GROUP, TS_DEV, TS_ECO, WATER, toy_store

# two groups that meet on one task; the generic body, on every task, ties nobody
TWO = (
    {f"t{i}": ["a", "b", "c", "all"] for i in range(3)} | {f"u{i}": ["x", "y", "z", "all"] for i in range(3)} | {"v": ["a", "x"]}
)


def test_communities() -> None:
    headings = dict.fromkeys(("t0", "t1", "t2"), "（一）推进治水") | dict.fromkeys(("u0", "u1", "u2"), "2.推进治气")
    (network,) = measure_communities(make_columns(TWO, generic=["all"], headings=headings))
    assert (network.bodies, network.pairs, network.runs) == (6, 7, RUNS)
    assert [[member.organization for member in one.members] for one in network.communities] == [["a", "b", "c"], ["x", "y", "z"]]
    first, second = network.communities
    assert (first.core, first.heading, first.label) == ("a", "推进治水", "职能a、职能b、职能c：推进治水")
    assert (second.shared, second.heading) == (9, "推进治气")  # 3 pairs, 3 tasks each
    # 18 of 19 weights inside: 2 · (9/19 − (19/38)²)
    assert network.modularity == round(2 * (9 / 19 - 0.25), 4)
    assert (network.agreement, first.stability, first.reading) == (1.0, 1.0, "稳定")
    assert network.reading == "机构太少，分群仅供参考"


def test_regions_that_share_nothing_are_networks_of_their_own() -> None:
    with open_columns(toy_store()) as columns:
        networks = measure_communities(columns)
        assert [one.number for one in measure_communities(columns, 1)] == [1]
    members = [{member.organization for one in network.communities for member in one.members} for network in networks]
    assert members == [{ECO, DEV, WATER, GROUP}, {TS_ECO, TS_DEV}]
    assert [network.regions for network in networks] == [("石家庄市",), ("唐山市",)]


def test_nobody_shares_anything() -> None:
    columns = make_columns({"t": ["a"], "u": ["b", "c:inherited"]})
    assert (measure_communities(columns), measure_brokers(columns)) == ([], [])


def test_what_is_elsewhere_changes_nothing() -> None:
    """Bodies are numbered within their network, so that further documents leave its communities as they were."""
    alone = measure_communities(make_columns(TWO, generic=["all"]))
    others = {f"w{i}": [f"{i:02}", f"{i + 1:02}"] for i in range(20)}
    beside = measure_communities(make_columns(others | TWO, generic=["all"], regions={f"{i:02}": "s" for i in range(21)}))
    assert beside[1].communities == tuple(
        type(one)(**{name: getattr(one, name) for name in one.__slots__} | {"network": 2}) for one in alone[0].communities
    )


def test_a_ring_has_no_communities_to_rely_on() -> None:
    """Twelve bodies, each tied to the next: wherever it is cut, the parts are as good."""
    found = split_network(12, [(n, (n + 1) % 12, 1) for n in range(12)])
    assert found.agreement < 0.65
    assert min(found.stays) < 0.8
    assert all(0 < share <= 1 for share in found.stays)


def test_who_changes_sides_is_unstable_and_who_does_not_is_not() -> None:
    """Of five runs, node 2 is elsewhere in the fourth; in the last all are one, more the larger community than not."""
    from kg.analysis.sharing.partitions import _count_stays

    marks = [[0, 0, 0, 1, 1], [0, 0, 0, 1, 1], [5, 5, 5, 7, 7], [0, 0, 1, 1, 1], [0, 0, 0, 0, 0]]
    assert _count_stays([(0, 1, 2), (3, 4)], marks) == (1.0, 1.0, 0.8, 0.8, 0.8)


# the adjusted Rand index


def test_adjusted_rand_by_hand() -> None:
    """n = 6; pairs together in both 2, in one 6, in the other 3; E = 6·3/15 = 1.2: (2 − 1.2) / (4.5 − 1.2)."""
    assert adjusted_rand([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2]) == pytest.approx((2 - 1.2) / (4.5 - 1.2))
    assert adjusted_rand([0, 0, 0], [1, 1, 1]) == 1.0  # all are one in both
    assert adjusted_rand([0, 1, 2], [2, 0, 1]) == 1.0  # each is alone in both


MARKS = st.integers(2, 12).flatmap(lambda n: st.tuples(*[st.lists(st.integers(0, 3), min_size=n, max_size=n)] * 2))


@settings(deadline=None)  # a busy machine is no fault
@given(MARKS)
def test_adjusted_rand_is_symmetric_and_at_most_one(marks: tuple[list[int], list[int]]) -> None:
    one, other = marks
    assert adjusted_rand(one, other) == pytest.approx(adjusted_rand(other, one))
    assert adjusted_rand(one, other) <= 1 + 1e-12
    assert adjusted_rand(one, [3 - mark for mark in one]) == 1.0  # names do not matter


READINGS = [
    (20, 0.45, 0.95, "分群明显，很稳定"),
    (20, 0.30, 0.80, "分群明显，稳定"),  # on the bounds
    (20, 0.29, 0.65, "分群不明显，较稳定"),
    (8, 0.10, 0.40, "分群不明显，不稳定"),
    (7, 0.60, 1.00, "机构太少，分群仅供参考"),
]


@pytest.mark.parametrize(("bodies", "modularity", "agreement", "words"), READINGS)
def test_figures_in_words(bodies: int, modularity: float, agreement: float, words: str) -> None:
    assert read_partition(bodies, modularity, agreement) == words


# brokers


def test_brokers() -> None:
    """A chain of b, a, x, y with c beside b: over a go b–x, b–y, c–x, c–y; over x go y–a, y–b, y–c; over b c–a, c–x, c–y."""
    tasks = {"t": ["a", "b", "all"], "u": ["a", "x"], "v": ["x", "y"], "w": ["b", "c", "all"]}
    found = measure_brokers(make_columns(tasks, generic=["all"]))
    assert [(one.organization, one.between, one.betweenness, one.neighbours) for one in found] == [
        ("a", 4.0, 0.6667, 2),  # of 4 · 3 / 2 pairs
        ("b", 3.0, 0.5, 2),
        ("x", 3.0, 0.5, 2),
    ]
    assert found[0].reading.startswith("其他机构之间有 4.0 对要经它联系（占 67%）")


def test_a_broker_ties_communities() -> None:
    tasks = TWO | {"w": ["a", "y"]}
    broker = measure_brokers(make_columns(tasks, generic=["all"]), 1)[0]
    assert (broker.organization, broker.community) == ("a", "职能a、职能b、职能c")
    assert [(tie.label, tie.core, tie.shared) for tie in broker.ties] == [("职能x、职能y、职能z", "x", 2)]  # with x and with y


def counted(part: NetworkPart) -> list[float]:
    """Count shortest ways one by one."""
    nodes = range(len(part.bodies))
    found = [0.0] * len(nodes)
    for start, end in combinations(nodes, 2):
        ways, queue, best = [], deque([[start]]), None
        while queue:
            way = queue.popleft()
            if best is not None and len(way) > best:
                break
            if way[-1] == end:
                best = len(way)
                ways.append(way)
                continue
            queue.extend([*way, other] for other in part.neighbours[way[-1]] if other not in way)
        for way in ways:
            for node in way[1:-1]:
                found[node] += 1 / len(ways)
    return found


def made_part(nodes: int, pairs: set[tuple[int, int]]) -> NetworkPart:
    bodies = tuple(NetworkBody(n, f"{n:03}", f"{n}", "r", "r", None) for n in range(nodes))
    return NetworkPart(bodies, tuple((a, b, 1) for a, b in sorted(pairs)))


@pytest.mark.parametrize("large", [0, 10**9], ids=["rustworkx", "networkx"])
def test_both_libraries_count_as_by_hand(large: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.analysis.sharing.brokers.LARGE", large)
    generator = random.Random(5)
    for _ in range(5):
        pairs = {(n, n + 1) for n in range(8)} | {tuple(sorted(generator.sample(range(9), 2))) for _ in range(5)}
        part = made_part(9, {(a, b) for a, b in pairs})
        (found,) = measure_betweenness([part])
        assert found == pytest.approx(counted(part), abs=5.1e-5)


def test_both_libraries_agree_to_the_last_place(monkeypatch: pytest.MonkeyPatch) -> None:
    generator = random.Random(7)
    part = made_part(60, {(n, n + 1) for n in range(59)} | {tuple(sorted(generator.sample(range(60), 2))) for _ in range(300)})  # type: ignore[misc]  # two of them
    found = []
    for large in (0, 10**9):
        monkeypatch.setattr("kg.analysis.sharing.brokers.LARGE", large)
        found.append(measure_betweenness([part]))
    assert found[0] == found[1]


def test_parts_are_in_the_order_of_size() -> None:
    tasks = {"t": ["z", "y"], "u": ["a", "b", "c"], "v": ["m", "n"]}
    assert [[body.iri for body in part.bodies] for part in read_parts(make_columns(tasks))] == [
        ["a", "b", "c"],
        ["m", "n"],
        ["y", "z"],
    ]
