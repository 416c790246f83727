"""What the page of the search shows."""

from __future__ import annotations

import pytest

from kg.explorer import Params, Snapshot
from kg.explorer.search import SearchView, find_entries, gather_search


def ask(snapshot: Snapshot, **query: str) -> SearchView:
    return gather_search(snapshot, Params(query={name: (value,) for name, value in query.items()}))


def test_groups_with_their_counts(snapshot: Snapshot) -> None:
    view = ask(snapshot, q="PM2.5", limit="2")
    assert view.total == sum(number for _, number in view.counts) == sum(group.cut.total for group in view.groups)
    assert [group.kind for group in view.groups] == [kind for kind, _ in view.counts]
    assert all(len(group.hits) == group.cut.shown <= 2 for group in view.groups)


def test_one_kind_shows_more_and_still_counts_all(snapshot: Snapshot) -> None:
    every, one = ask(snapshot, q="生态"), ask(snapshot, q="生态", kind="task")
    assert one.counts == every.counts
    assert [group.kind for group in one.groups] == ["task"]
    (short,) = (group for group in every.groups if group.kind == "task")
    assert short.cut.is_cut
    assert one.groups[0].hits[: len(short.hits)] == short.hits
    assert len(one.groups[0].hits) == one.groups[0].cut.total > len(short.hits)


def test_an_alias_is_named_with_what_fits_in_it(snapshot: Snapshot) -> None:
    (group,) = ask(snapshot, q="石家庄市发改委").groups
    (hit,) = group.hits
    assert (hit.path, hit.label, hit.matched, hit.marks) == (
        "/department/130100/development-reform",
        "石家庄市发展和改革委员会",
        "市发改委",
        ((0, 4),),
    )


def test_every_hit_leads_to_a_thing_of_the_graph(snapshot: Snapshot) -> None:
    tables = {
        "/task/": "SELECT 1 FROM tasks WHERE iri = $iri",
        "/document/": "SELECT 1 FROM documents WHERE iri = $iri",
        "/department/": "SELECT 1 FROM organizations WHERE iri = $iri",
        "/indicators/": "SELECT 1 FROM indicators WHERE metric = $iri",
        "/chain/policy/": "SELECT 1 FROM citations WHERE policy = $iri",
    }
    kinds = {
        "/task/": "task",
        "/document/": "policy",
        "/department/": "org",
        "/indicators/": "metric",
        "/chain/policy/": "policy",
    }
    hits = [
        hit for words in ("生态", "重点", "PM2.5") for group in ask(snapshot, q=words, limit="40").groups for hit in group.hits
    ]
    assert {hit.kind for hit in hits} == {"department", "task", "metric", "target", "policy", "section", "document"}
    for hit in hits:
        start = next(start for start in tables if hit.path.startswith(start))
        iri = snapshot.iri(kinds[start], hit.path.removeprefix(start))
        assert next(snapshot.rows(tables[start], iri=iri), None), hit
        if hit.spot:
            first, last = map(int, hit.spot.split("-"))
            assert snapshot.read_text(hit.path.removeprefix("/document/"))[first:last].strip()


def test_nothing_asked_and_nothing_found(snapshot: Snapshot) -> None:
    assert ask(snapshot).groups == ask(snapshot, q="没有这样的东西").groups == ()


def test_the_names_are_gathered_once(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(snapshot, q="水利")
    monkeypatch.setattr("kg.explorer.search.gather_index", None)
    assert [entry.key for entry in find_entries(snapshot, "石家庄市水利局", kinds=["department"], limit=1)] == [
        "130100/water-resources"
    ]
