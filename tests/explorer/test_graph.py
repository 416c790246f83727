"""What is around a thing, from the tables, is what the ledger says; a walk ends at bodies, policies and documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from kg.explorer import Cut, NotHereError, Params, Snapshot
from kg.explorer.graph import ego_of, gather_graph, reach
from viz.collect import build_view
from viz.survey import count_pairs, survey_of
from viz.views import Edge, Node, View

HUBS = ("department", "policy", "document")
Said = tuple[Any, ...]


@pytest.fixture(scope="module")
def whole(ledger: Mapping[str, Any]) -> View:
    return build_view(ledger)


def name(view: View) -> Mapping[str, Said]:
    """Return what each node is called.

    Sections are numbered elsewhere in the file than in the graph; a title that a person stated stands in the file beside
    the one that was read, and in the tables alone.
    """

    def say(node: Node) -> Said:
        if node.kind == "section":
            return node.kind, node.label, node.facts
        return (node.id, "" if node.kind == "document" else node.label)

    return {node.id: say(node) for node in view.nodes}


def touching(view: View, center: str) -> set[Said]:
    """Return the lines that end in a node, with the words that say so."""
    called = name(view)

    def say(edge: Edge) -> Said:
        quote = edge.quote and (edge.quote.start, edge.quote.end)  # the file has the words in Simplified characters
        return called[edge.source], called[edge.target], edge.relation, edge.inherited, edge.document, edge.written, quote

    return {say(edge) for edge in view.edges if center in (edge.source, edge.target)}


def sample(view: View, kind: str) -> list[str]:
    found = [node.id for node in view.nodes if node.kind == kind]
    return found[:: max(1, len(found) // 8)]


def around(snapshot: Snapshot, center: str, hops: int) -> View:
    kind, _, key = center.partition("/")
    return build_view({"documents": ego_of(snapshot, kind, key, hops).entries})


@pytest.mark.parametrize("kind", ["task", "department", "indicator", "policy", "document"])
@pytest.mark.parametrize("hops", [1, 2])
def test_what_touches_a_thing_is_what_the_ledger_says(snapshot: Snapshot, whole: View, kind: str, hops: int) -> None:
    for center in sample(whole, kind):
        found = touching(around(snapshot, center, hops), center)
        assert found == touching(whole, center), center
        assert found


def test_a_section_holds_its_tasks(snapshot: Snapshot, whole: View) -> None:
    row = next(
        snapshot.rows("SELECT section, path, count(*) AS tasks FROM tasks WHERE len(path) > 1 GROUP BY ALL ORDER BY ALL LIMIT 1")
    )
    view = around(snapshot, f"section/{snapshot.key(row['section'])}", 1)
    [section] = [node for node in view.of_kind("section") if node.id == f"section/{snapshot.key(row['section'])}"]
    assert section.label == row["path"][-1]
    assert sum(edge.source == section.id for edge in view.edges) == row["tasks"]


def walk(view: View, center: str, hops: int) -> set[Said]:
    called, kinds = name(view), {node.id: node.kind for node in view.nodes}
    reached, front = {center}, {center}
    for _ in range(hops):
        front = {
            other
            for edge in view.edges
            for here, other in ((edge.source, edge.target), (edge.target, edge.source))
            if here in front and (here == center or kinds[here] not in HUBS)
        } - reached
        reached |= front
    return {called[one] for one in reached}


@pytest.mark.parametrize("kind", ["task", "indicator"])
def test_two_steps_reach_what_the_hub_rule_lets_through(snapshot: Snapshot, whole: View, kind: str) -> None:
    for center in sample(whole, kind):
        assert walk(around(snapshot, center, 2), center, 2) == walk(whole, center, 2)


def test_nodes_say_as_much_as_in_the_ledger(snapshot: Snapshot, whole: View) -> None:
    known = {node.id: node for node in whole.nodes}

    def facts(node: Node) -> Said:
        # the file has the way to the source and the kind in words besides
        left_out = {"form", "deadline", "document", "file"}
        return (
            node.kind,
            node.label.partition("（原文：")[0],
            node.region,
            tuple(pair for pair in node.facts if pair[0] not in left_out),
            node.stated,
        )

    for center in (*sample(whole, "task"), *sample(whole, "document")):
        for node in around(snapshot, center, 1).nodes:
            if node.kind not in ("section", "policy", "department"):
                assert facts(node) == facts(known[node.id])


def test_the_overview_counts_what_the_ledger_counts(snapshot: Snapshot, whole: View) -> None:
    overview = gather_graph(snapshot, Params()).overview
    assert overview is not None
    assert sorted(survey_of(overview).pairs, key=str) == sorted(count_pairs(whole), key=str)
    assert sum(overview.tasks) == sum(node.form != "measure" for node in whole.of_kind("task"))


def test_a_region_shows_its_own_documents(snapshot: Snapshot) -> None:
    found = gather_graph(snapshot, Params("", {"region": ("130200",)}))
    assert found.region is not None
    assert found.overview is not None
    assert {entry["region"] for entry in found.overview.documents} == {"唐山市"}
    assert {load.document for load in found.overview.loads} == {entry["id"] for entry in found.overview.documents}


def test_many_documents_are_shown_as_regions(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.explorer.graph.loads.MOST_DOCUMENTS", 4)
    monkeypatch.setattr(snapshot, "remember", lambda _, make: make())
    overview = gather_graph(snapshot, Params()).overview
    assert overview is not None
    assert (overview.documents, overview.loads) == ((), ())
    assert {one.name: (one.documents, one.tasks) for one in overview.regions} == {
        region.name: (region.documents, region.tasks) for region in snapshot.regions
    }
    assert gather_graph(snapshot, Params("", {"region": ("130100",)})).overview.documents  # type: ignore[union-attr]


def test_more_tasks_than_are_shown_are_counted(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach, "MOST", 5)
    busy = next(
        snapshot.rows("SELECT organization, count(DISTINCT task_id) AS n FROM assignments GROUP BY 1 ORDER BY n DESC, 1 LIMIT 1")
    )
    assert ego_of(snapshot, "org", snapshot.key(busy["organization"])).tasks == Cut(5, busy["n"])


@pytest.mark.parametrize(
    "center", ["task/nobody", "org/130100/none", "policy/none", "nothing/at-all", "indicator/x", "section/x"]
)
def test_what_is_not_there_is_said(snapshot: Snapshot, center: str) -> None:
    with pytest.raises(NotHereError):
        gather_graph(snapshot, Params("", {"view": ("ego",), "center": (center,)}))


def test_without_a_middle_there_is_an_overview(snapshot: Snapshot) -> None:
    assert gather_graph(snapshot, Params("", {"view": ("ego",)})).view == "overview"
    with pytest.raises(NotHereError):
        gather_graph(snapshot, Params("", {"region": ("999999",)}))


def test_what_is_pinned_is_called_by_its_name(snapshot: Snapshot, whole: View) -> None:
    pins = [sample(whole, kind)[0] for kind in ("task", "department", "indicator", "policy", "document")]
    named = gather_graph(snapshot, Params("", {"pin": (",".join([*pins, "org/none", "'"]),)})).pinned
    labels = {node.id: node.label.partition("（原文：")[0] for node in whole.nodes}
    assert named == tuple((pin, labels[pin]) for pin in pins)
