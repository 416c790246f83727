"""Who answers with whom: a small city by hand, and each region of the five documents beside plain counting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

import pytest

from kg.analysis import Pair
from kg.explorer import NotHereError, Params, Snapshot
from kg.explorer.sharing import gather_sharing, list_places, list_regions
from kg.explorer.sharing.network import choose_least
from kg.explorer.sharing.records import SharingView
from tests.explorer.office import open_office

DATA, FINANCE, POLICE = (f"130100/{name}" for name in ("data-administration", "finance", "public-security"))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    found = open_office(tmp_path_factory.mktemp("office"))
    yield found
    found.close()


def ask(snapshot: Snapshot, **query: str) -> SharingView:
    return gather_sharing(snapshot, Params("", {name: (value,) for name, value in query.items()}))


def pair_of(a: str, b: str, shared: int, generic: bool = False) -> Pair:
    return Pair(a, b, a, b, None, generic, shared, 9, 9, 0.1, 1.0, "")


# --- a small city, by hand


def test_the_matrix(office: Snapshot) -> None:
    view = ask(office)
    assert (view.region, view.chosen, view.tasks, view.bodies, view.pairs) == ("130100", False, 4, 3, 3)
    keys = [body.key for body in view.matrix.bodies]
    cells = {(a, b): view.matrix.cells[i][j] for i, a in enumerate(keys) for j, b in enumerate(keys)}
    expected = {
        (DATA, FINANCE): 3,
        (DATA, POLICE): 3,
        (FINANCE, POLICE): 2,
        (DATA, DATA): 4,
        (FINANCE, FINANCE): 3,
        (POLICE, POLICE): 4,
    }
    assert cells == expected | {(b, a): value for (a, b), value in expected.items()}
    assert view.matrix.most == 3
    assert [body.short for body in view.matrix.bodies if body.key == DATA] == ["数据局"]


def test_whom_a_body_needs_and_serves(office: Snapshot) -> None:
    around = ask(office, view="body", body=DATA).around
    assert around is not None
    assert around.led == 2
    assert [(one.key, one.tasks, one.share) for one in around.needs] == [(POLICE, 2, 1.0), (FINANCE, 1, 0.5)]
    assert sorted((one.key, one.tasks, one.share) for one in around.serves) == [(FINANCE, 1, 1.0), (POLICE, 1, 1.0)]
    assert sorted((one.key, one.shared) for one in around.companions) == [(FINANCE, 3), (POLICE, 3)]


def test_a_pair_with_its_tasks_and_roles(office: Snapshot) -> None:
    pair = ask(office, pair=f"{FINANCE},{DATA}").pair
    assert pair is not None
    assert (pair.a.key, pair.b.key, pair.shared, pair.everywhere) == (FINANCE, DATA, 3, True)
    told = {task.title: (task.role_a, task.role_b) for task in pair.tasks}
    assert told == {
        "推进政务数据共享": ("responsible", "lead"),
        "推进一网通办": ("support", "lead"),
        "完善数据标准": ("lead", "support"),
    }


def test_what_is_not_there(office: Snapshot) -> None:
    alone = ask(office, pair=f"{DATA},{DATA}")
    assert alone.pair is None  # said once: no pair
    with pytest.raises(NotHereError):
        ask(office, pair=f"{DATA},130100/none")
    with pytest.raises(NotHereError):
        ask(office, region="999999")


LEAST = [
    ([9, 7, 5, 3], 2, 7),
    ([9, 7, 7, 7], 2, 9),  # those of 7 would be too many
    ([5, 5, 5], 2, 5),  # even the greatest are too many: the drawing is cut
    ([2, 1, 1], 60, 1),
    ([], 60, 1),
]


@pytest.mark.parametrize(("shared", "most", "least"), LEAST)
def test_the_threshold_leaves_few_enough(shared: list[int], most: int, least: int) -> None:
    assert choose_least([pair_of("a", "b", value) for value in shared], most) == least


# --- the five documents, beside plain counting


def count_pairs(snapshot: Snapshot, region: str) -> tuple[Counter[frozenset[str]], Counter[str]]:
    documents = {one.number for one in snapshot.documents.values() if one.region == region}
    on: dict[int, set[str]] = {}
    for row in snapshot.rows("SELECT * FROM assignments WHERE organization IS NOT NULL"):
        if row["document_id"] in documents and not row["inherited"]:
            on.setdefault(row["task_id"], set()).add(snapshot.key(row["organization"]))
    pairs = Counter(frozenset(pair) for bodies in on.values() for pair in combinations(sorted(bodies), 2))
    return pairs, Counter(body for bodies in on.values() for body in bodies)


def test_each_region_beside_plain_counting(snapshot: Snapshot) -> None:
    places = list_places(snapshot)
    assert [place.shared for place in places] == sorted((place.shared for place in places), reverse=True)
    assert len(places) == 3  # the fourth city's document names nobody
    assert ask(snapshot).region == places[0].code
    for place in places:
        view = ask(snapshot, region=place.code)
        pairs, tasks = count_pairs(snapshot, place.code)
        assert (view.chosen, view.pairs, view.bodies) == (True, len(pairs), len(set().union(*pairs)))
        bodies = [body.key for body in view.matrix.bodies]
        assert len(set(bodies)) == len(bodies) == view.bodies
        for row, a in enumerate(bodies):
            for column, b in enumerate(bodies):
                assert view.matrix.cells[row][column] == (tasks[a] if a == b else pairs[frozenset((a, b))])
        groups = [body.group for body in view.matrix.bodies if not body.generic]
        assert len([one for one, last in zip(groups, [None, *groups], strict=False) if one != last]) == len(
            set(groups)
        )  # together
        members = [member.key for group in view.groups.groups for member in group.members]
        assert len(members) == len(set(members))
        assert {body.key: body.group for body in view.matrix.bodies if body.group} == {
            member.key: group.number for group in view.groups.groups for member in group.members
        }


def test_the_network_draws_all_pairs_of_so_many_tasks(snapshot: Snapshot) -> None:
    pairs, _ = count_pairs(snapshot, "130100")
    named = {pair: shared for pair, shared in pairs.items() if not any("/generic/" in key for key in pair)}
    for least in (None, 2, 6, 1000):
        ties = ask(snapshot, region="130100", **({} if least is None else {"min": str(least)})).network
        assert ties.chosen == (least is not None)
        drawn = {frozenset((tie.a.office.key, tie.b.office.key)): tie.shared for tie in ties.ties}
        enough = {pair: shared for pair, shared in named.items() if shared >= ties.least}
        assert ties.cut.total == len(enough)
        assert ties.total == len(named)
        assert len(drawn) == min(60, len(enough))
        assert drawn.items() <= enough.items()
        assert {dot.office.key for dot in ties.dots} == set().union(*drawn)
        assert all(abs(dot.x**2 + dot.y**2 - 1) < 0.001 for dot in ties.dots)
        places = {(dot.x, dot.y) for dot in ties.dots}
        assert len(places) == len(ties.dots)


def test_a_body_leads_to_its_region(snapshot: Snapshot) -> None:
    view = ask(snapshot, view="body", body="130200/ecology-environment")
    assert view.region == "130200"
    assert view.around is not None
    assert view.around.office.key == "130200/ecology-environment"
    pairs, _ = count_pairs(snapshot, "130200")
    expected = {
        key: shared for pair, shared in pairs.items() if view.around.office.key in pair for key in pair - {view.around.office.key}
    }
    assert {one.key: one.shared for one in view.around.companions} == expected


def test_a_region_can_stand_in_the_path(snapshot: Snapshot) -> None:
    for region in list_regions(snapshot):
        view = gather_sharing(snapshot, Params(region))
        assert (view.region, view.chosen) == (region, True)
        assert view.matrix == ask(snapshot, region=region).matrix
