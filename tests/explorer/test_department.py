"""The page of a body: every figure beside plain counting over the tables, and a small city by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from kg.explorer import NotHereError, Params, Snapshot
from kg.explorer.department import gather_department, list_departments
from kg.explorer.department.records import DepartmentView, Duty
from tests.explorer.office import open_office

DATA, FINANCE, POLICE = (f"130100/{name}" for name in ("data-administration", "finance", "public-security"))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    found = open_office(tmp_path_factory.mktemp("office"))
    yield found
    found.close()


def ask(snapshot: Snapshot, key: str, **query: str) -> DepartmentView:
    return gather_department(snapshot, Params(key, {name: (value,) for name, value in query.items()}))


def duties(view: DepartmentView) -> list[Duty]:
    return [duty for group in view.roles for part in group.documents for duty in part.duties]


# --- a small city, by hand


def test_tasks_by_role_then_document_then_date(office: Snapshot) -> None:
    view = ask(office, DATA)
    told = [(group.role, [[duty.title for duty in part.duties] for part in group.documents]) for group in view.roles]
    assert told == [
        ("lead", [["推进政务数据共享", "推进一网通办"]]),
        ("support", [["完善数据标准"], ["推进智慧警务"]]),
    ]
    assert view.counts == {"lead": 2, "responsible": 0, "support": 2, "inherited": 0}
    assert (view.total, view.undated, view.standing) == (4, 1, 0)
    assert view.indicators == {"yes": 2, "no": 2, "count": 2}


def test_time_limits_beside_the_day_of_the_build(office: Snapshot) -> None:
    view = ask(office, DATA)
    assert view.built == date(2026, 6, 1)
    terms = [(term.year, term.quarter, term.tasks, term.led, term.overdue) for term in view.terms]
    assert terms == [(2024, None, 1, 1, True), (2025, None, 1, 0, True), (2099, None, 1, 0, False)]
    assert view.overdue == 2
    late = {duty.title: duty.due.overdue for duty in duties(view) if duty.due}
    assert late == {"推进政务数据共享": True, "完善数据标准": False, "推进智慧警务": True}


def test_who_leads_and_who_else_is_on_it(office: Snapshot) -> None:
    found = {duty.title: ([lead.key for lead in duty.leads], duty.bodies) for duty in duties(ask(office, DATA))}
    assert found == {
        "推进政务数据共享": ([], 3),
        "推进一网通办": ([], 3),
        "完善数据标准": ([FINANCE], 2),
        "推进智慧警务": ([POLICE], 2),
    }
    assert [(one.key, one.shared, one.of) for one in ask(office, DATA).partners] == [(FINANCE, 3, 0.75), (POLICE, 3, 0.75)]


ASKED = [
    ({"role": "lead"}, ["推进政务数据共享", "推进一网通办"]),
    ({"year": "2025"}, ["推进智慧警务"]),
    ({"year": "none"}, ["推进一网通办"]),
    ({"year": "standing"}, []),
    ({"indicator": "yes"}, ["推进政务数据共享", "推进智慧警务"]),
    ({"indicator": "no", "role": "support"}, ["完善数据标准"]),
    ({"document": "none"}, []),
    (
        {"role": "boss", "year": "0x10", "indicator": "maybe"},
        ["推进政务数据共享", "推进一网通办", "完善数据标准", "推进智慧警务"],
    ),  # as if not asked
]


@pytest.mark.parametrize(("query", "titles"), ASKED)
def test_the_list_is_what_the_address_asks(office: Snapshot, query: dict[str, str], titles: list[str]) -> None:
    view = ask(office, DATA, **query)
    assert [duty.title for duty in duties(view)] == titles
    assert view.total == 4  # what there is to choose from stays
    assert view.cut.total == len(titles)


def test_a_long_list_is_cut_and_says_so(office: Snapshot) -> None:
    view = gather_department(office, Params(DATA), most=3)
    assert len(duties(view)) == view.cut.shown == 3
    assert view.cut.total == 4


def test_a_key_that_is_not_there(office: Snapshot) -> None:
    with pytest.raises(NotHereError):
        ask(office, "130100/none")


# --- the five documents, beside plain counting


def read_tables(
    snapshot: Snapshot,
) -> tuple[list[dict[str, Any]], Mapping[int, dict[str, Any]], Mapping[int, list[dict[str, Any]]]]:
    assignments = list(snapshot.rows("SELECT * FROM assignments"))
    tasks = {row["task_id"]: row for row in snapshot.rows("SELECT * FROM tasks")}
    indicators: dict[int, list[dict[str, Any]]] = {}
    for row in snapshot.rows("SELECT * FROM indicators WHERE task_id IS NOT NULL"):
        indicators.setdefault(row["task_id"], []).append(row)
    return assignments, tasks, indicators


def test_every_body_of_the_five_documents(snapshot: Snapshot) -> None:
    assignments, tasks, indicators = read_tables(snapshot)
    keys = list_departments(snapshot)
    assert len(keys) == next(snapshot.rows("SELECT count(*) AS n FROM organizations"))["n"]
    for key in keys:
        view = ask(snapshot, key)
        own = [row for row in assignments if row["organization"] == snapshot.iri("org", key)]
        roles = Counter("inherited" if row["inherited"] else row["role"] for row in own)  # no body is twice on a task here
        assert {role: count for role, count in view.counts.items() if count} == roles, key
        assert {duty.key for duty in duties(view)} == {snapshot.key(row["task"]) for row in own}
        held = [len(indicators.get(row["task_id"], [])) for row in own]
        assert view.indicators == {"yes": sum(map(bool, held)), "no": held.count(0), "count": sum(held)}
        days = [tasks[row["task_id"]]["due_date"] for row in own]
        shown = {duty.key: duty.due for duty in duties(view)}
        for row, day in zip(own, days, strict=True):
            due = shown[snapshot.key(row["task"])]
            if day is not None:
                assert due is not None
                assert (due.day, due.kind) == (day, "dated")
        for duty in duties(view):
            quote = duty.quote
            assert snapshot.read_text(quote.document)[quote.start : quote.end] == quote.text


def test_partners_share_as_many_tasks_as_the_table_says(snapshot: Snapshot) -> None:
    assignments, _, _ = read_tables(snapshot)
    on: dict[int, set[str]] = {}
    for row in assignments:
        if not row["inherited"]:
            on.setdefault(row["task_id"], set()).add(row["organization"])
    for key in list_departments(snapshot):
        own = snapshot.iri("org", key)
        expected = Counter(other for bodies in on.values() if own in bodies for other in bodies - {own})
        view = ask(snapshot, key)
        assert view.partners_cut.total == len(expected)
        assert {snapshot.iri("org", one.key): one.shared for one in view.partners}.items() <= expected.items()
        named = [one.shared for one in view.partners if "/generic/" not in one.key]
        assert named == sorted(named, reverse=True)


def test_findings_are_the_gaps_of_its_tasks(snapshot: Snapshot) -> None:
    key = "130100/ecology-environment"
    own = {
        row["task_id"]
        for row in read_tables(snapshot)[0]
        if row["organization"] == snapshot.iri("org", key) and not row["inherited"]
    }
    expected: dict[str, set[int]] = {}
    for row in snapshot.rows("SELECT kind, task_id, justified FROM gaps"):
        if row["task_id"] in own and row["justified"] is None:
            expected.setdefault(row["kind"], set()).add(row["task_id"])
    found = {one.kind: one.count for one in ask(snapshot, key).findings}
    assert found == {kind: len(numbers) for kind, numbers in expected.items()}
    assert found


def test_load_beside_region_and_function(snapshot: Snapshot) -> None:
    standing = ask(snapshot, "130100/ecology-environment").load
    assert standing is not None
    assert standing.load.rank == 1 + sum(dot.load > standing.load.shared_load for dot in standing.around)
    assert standing.load.peer_rank == 1 + sum(dot.load > standing.load.shared_load for dot in standing.peers)
    assert [dot.own for dot in standing.around].count(True) == [dot.own for dot in standing.peers].count(True) == 1
    assert len(standing.peers) == standing.load.peers == 3
    assert standing.ticks[-1] >= max(dot.load for dot in (*standing.around, *standing.peers))


def test_groups_and_generic_bodies_have_the_page(snapshot: Snapshot) -> None:
    group = ask(snapshot, "130100/temporary-office-7eb71c")
    counties = ask(snapshot, "130100/generic/county-governments")
    assert group.body.kind == "collaboration"
    assert counties.body.kind == "generic"
    assert counties.load is not None
    assert counties.load.load.verdict == "not judged"
    assert counties.counts["inherited"] == 39
    assert [words for words, _ in counties.written] == ["各县(市、区)政府", "各县（市、区）政府"]


def test_who_issued_what(snapshot: Snapshot) -> None:
    expected: dict[str, set[str]] = {}
    for row in snapshot.rows("SELECT key, issuer FROM documents WHERE issuer IS NOT NULL"):
        expected.setdefault(snapshot.key(row["issuer"]), set()).add(row["key"])
    known = set(list_departments(snapshot))
    assert expected
    for key, documents in expected.items():
        if key in known:
            assert {one for one, _ in ask(snapshot, key).body.issued} == documents


def test_the_same_function_above_and_below(snapshot: Snapshot) -> None:
    rows = {row["key"]: row for row in snapshot.rows("SELECT * FROM organizations")}
    for key, row in rows.items():
        body = ask(snapshot, key).body
        alike = [
            one
            for one in rows.values()
            if one["kind"] == row["kind"] == "organization"
            and one["function"] == row["function"] is not None
            and one["region_code"] != row["region_code"]
        ]
        joined = {row["successor"], *(one["iri"] for one in rows.values() if one["successor"] == row["iri"])}
        assert {one.key for one in body.above} == {
            one["key"] for one in alike if one["region_code"] in row["region_path"] and one["iri"] not in joined
        }
        assert {one.key for one in body.below} == {
            one["key"] for one in alike if row["region_code"] in one["region_path"] and one["iri"] not in joined
        }
        assert {one.key for one, _ in body.predecessors} == {
            one["key"] for one in rows.values() if one["successor"] == row["iri"]
        }
        assert (body.successor.key if body.successor else None) == (snapshot.key(row["successor"]) if row["successor"] else None)
