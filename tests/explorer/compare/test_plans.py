"""Two plans side by side as the screen shows them: the very figures of the analysis, filtered, with what speaks against it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kg import pipeline, store
from kg.analysis.continuity.comparison import compare
from kg.analysis.continuity.comparison_tables import make_tables
from kg.errors import QueryError
from kg.explorer import NotHereError, Params, Snapshot
from kg.explorer.compare import gather_compare, list_parts, successions
from kg.explorer.compare.export import make_file_tables
from kg.explorer.compare.plans import ASPECTS, CHANGED
from kg.explorer.compare.records import Plans

YEARS = {
    "a.txt": "甲市2022年工作方案\n一、重点任务\n1.整治入河排污口。（责任单位：市水利局）\n",
    "b.txt": "乙市绿色发展规划\n一、重点任务\n1.推进节水。（责任单位：市水利局）\n2.植树造林。（责任单位：市林业局）\n",
}


def asked(**query: str) -> Params:
    return Params("", {name: (value,) for name, value in query.items()})


def shijiazhuang(snapshot: Snapshot, **query: str) -> Plans:
    ((before, after),) = successions(snapshot)
    found = gather_compare(snapshot, asked(before=before.key, after=after.key, **query)).plans
    assert found is not None
    return found


def test_pairs_that_follow_each_other_are_offered_first(snapshot: Snapshot) -> None:
    choice = gather_compare(snapshot, asked()).choice
    assert choice is not None
    assert [(one.before.title, one.after.title) for one in choice.pairs] == [
        ("石家庄市2022年生态文明建设工作要点", "石家庄市2023年生态文明建设工作要点")
    ]
    assert len(choice.before) == len(choice.after) == 5
    elsewhere = gather_compare(snapshot, asked(region="130200", **{"with": "130500"})).choice
    assert elsewhere is not None
    assert (elsewhere.pairs, [one.region for one in (*elsewhere.before, *elsewhere.after)]) == ((), ["130200", "130500"])


def test_the_screen_says_what_the_command_says(snapshot: Snapshot) -> None:
    found = shijiazhuang(snapshot)
    (pair,) = compare(store.open_store(snapshot.generation), ["石家庄市"], snapshot.generation).pairs
    assert found.counts == {kind: pair.count(kind) for kind in ("continued", "merged", "split", "dropped", "new")}
    assert (found.successive, found.cautions) == (True, ())
    assert Counter(one.kind for one in found.tasks) == {kind: found.places[kind] for kind in found.counts}
    assert {(link.earlier.iri, link.later.iri, link.kind) for link in pair.continuations} == {
        (one.before.iri, one.after.iri, one.kind) for one in found.tasks if one.before and one.after
    }
    assert len(found.goals) == len(pair.goals) == sum(found.goal_counts.values())
    assert [one.name for one in found.bodies] == [count.name for count in pair.bodies]


def test_words_stand_where_they_say(snapshot: Snapshot) -> None:
    for one in shijiazhuang(snapshot).tasks:
        for side in (one.before, one.after):
            if side is not None:
                quote = snapshot.read_text(side.document)[side.start : side.end]
                assert all(piece.text in quote for piece in side.words if piece.mark != "cut")


@pytest.mark.parametrize("kind", ["continued", "merged", "split", "dropped", "new", "changed-bodies", "changed-targets"])
def test_a_filter_keeps_its_kind(snapshot: Snapshot, kind: str) -> None:
    whole, found = shijiazhuang(snapshot), shijiazhuang(snapshot, kind=kind)
    assert len(found.tasks) == whole.places[kind]
    assert found.tasks or kind == "changed-targets"  # the plan of 2022 leaves its numbers out
    if kind == "changed-bodies":
        assert all(one.bodies for one in found.tasks)
    elif kind == "changed-targets":
        assert all(any(goal.kind in CHANGED for goal in one.goals) for one in found.tasks)
    else:
        assert {one.kind for one in found.tasks} == {kind}
    assert found.counts == whole.counts  # the counts on top are of all


@pytest.mark.parametrize(("view", "rows"), [("targets", "goal_counts"), ("bodies", "body_counts")])
def test_targets_and_bodies_are_filtered_alike(snapshot: Snapshot, view: str, rows: str) -> None:
    counts = getattr(shijiazhuang(snapshot), rows)
    for kind, number in counts.items():
        found = shijiazhuang(snapshot, view=view, kind=kind)
        assert len(found.goals if view == "targets" else found.bodies) == number
        assert found.cuts[view].total == number


def test_words_are_looked_for(snapshot: Snapshot) -> None:
    found = shijiazhuang(snapshot, q="国土空间")
    assert 0 < len(found.tasks) < len(shijiazhuang(snapshot).tasks)
    assert shijiazhuang(snapshot, q="没有这样的话").tasks == ()


def test_what_speaks_against_a_comparison_is_said(snapshot: Snapshot) -> None:
    keys = {document.title: key for key, document in snapshot.documents.items()}
    plans = gather_compare(
        snapshot, asked(before=keys["邢台市生态环境保护“十四五”规划"], after=keys["石家庄市2023年生态文明建设工作要点"])
    ).plans
    assert plans is not None
    assert {caution.kind for caution in plans.cautions} == {"region", "length", "kind", "overlap"}
    assert (plans.successive, plans.bodies) == (False, ())
    assert not any(one.bodies for one in plans.tasks)  # the bodies of another city have not left
    ((before, after),) = successions(snapshot)
    turned = gather_compare(snapshot, asked(before=after.key, after=before.key)).plans
    assert turned is not None
    assert (turned.reversed, [caution.kind for caution in turned.cautions]) == (True, [])


def test_few_tasks_and_no_period_are_said(tmp_path: Path) -> None:
    for name, text in YEARS.items():
        (tmp_path / name).write_text(text, encoding="utf-8", newline="\n")
    pipeline.build([tmp_path], tmp_path / "out")
    snapshot = Snapshot(store.current(tmp_path / "out"))
    before, after = snapshot.documents
    found = gather_compare(snapshot, asked(before=before, after=after)).plans
    snapshot.close()
    assert found is not None
    assert {"no-period", "few-tasks"} <= {caution.kind for caution in found.cautions}


def test_a_policy_whose_text_is_not_here_is_named(snapshot: Snapshot) -> None:
    row = next(
        snapshot.rows("SELECT policy, policy_title FROM citations WHERE cited_document_id IS NULL AND policy IS NOT NULL LIMIT 1")
    )
    ((before, _),) = successions(snapshot)
    found = gather_compare(snapshot, asked(before=before.key, after=snapshot.key(row["policy"])))
    assert found.plans is None
    assert found.choice is not None
    assert found.choice.absent == row["policy_title"]
    with pytest.raises(NotHereError):
        gather_compare(snapshot, asked(before=before.key, after="none"))


def test_a_part_has_an_address_without_a_query(snapshot: Snapshot) -> None:
    pairs = [key for key in list_parts(snapshot) if key.startswith("pair/")]
    ((before, after),) = successions(snapshot)
    assert pairs == [f"pair/{before.key}..{after.key}"]
    found = gather_compare(snapshot, Params(pairs[0])).plans
    assert found == shijiazhuang(snapshot)


def test_files_hold_what_the_page_shows(snapshot: Snapshot) -> None:
    ((before, after),) = successions(snapshot)
    query = {"before": before.key, "after": after.key}
    sheets = make_file_tables(snapshot, asked(**query), whole=True)
    said = make_tables(compare(store.open_store(snapshot.generation), ["石家庄市"], snapshot.generation))
    assert [(sheet.name, sheet.columns, sorted(map(str, sheet.rows))) for sheet in sheets] == [
        (table.name, table.columns, sorted(map(str, table.rows))) for table in said
    ]
    for view, expected in zip(ASPECTS, ("tasks", "targets", "loads"), strict=True):
        (table,) = make_file_tables(snapshot, asked(view=view, **query), whole=False)
        assert table.key == expected
    (dropped,) = make_file_tables(snapshot, asked(kind="dropped", **query), whole=False)
    assert [row[1] for row in dropped.rows] == ["取消"] * 4
    with pytest.raises(QueryError):
        make_file_tables(snapshot, asked(before=before.key), whole=True)
