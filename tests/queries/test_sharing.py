"""Communities and brokers as analysts ask for them: WATER – ECO – DEV – GROUP share tasks in a row, and two of 唐山 do."""

from __future__ import annotations

from pyoxigraph import Store

from tests.queries.asking import rows
from tests.toy_graph import DEV, ECO, GROUP, TS_DEV, TS_ECO, WATER


def test_communities(store: Store) -> None:
    """ECO shares two tasks with WATER and two with DEV, DEV one with GROUP: 3/5 inside, 3/5 − (6² + 4²)/10² = 0.08."""
    assert [(*row[:3], f"{row[3]}") for row in rows(store, "communities", "label units core modularity")] == [
        ("石家庄市碳达峰碳中和工作领导小组、发展改革", 2, GROUP, "0.08"),
        ("生态环境、水利", 2, ECO, "0.08"),
        ("发展改革、生态环境", 2, TS_DEV, "0"),
    ]
    assert rows(store, "communities", "units stability agreement", region="唐山市") == [(2, 1, 1)]  # two cannot be parted


def test_community_members(store: Store) -> None:
    assert rows(store, "community-members", "partner", unit=WATER) == [(ECO,), (WATER,)]
    assert rows(store, "community-members", "partner stay", unit=TS_ECO) == [(TS_DEV, 1), (TS_ECO, 1)]


def test_brokers(store: Store) -> None:
    """Over ECO go WATER–DEV and WATER–GROUP, over DEV WATER–GROUP and ECO–GROUP: 2 of the 3 pairs of others."""
    columns = "unit pairs betweenness communityLabel"
    assert [(unit, pairs, float(share), label) for unit, pairs, share, label in rows(store, "brokers", columns)] == [
        (DEV, 2, 0.6667, "石家庄市碳达峰碳中和工作领导小组、发展改革"),
        (ECO, 2, 0.6667, "生态环境、水利"),
    ]
    assert rows(store, "brokers", "unit", region="唐山市") == []
