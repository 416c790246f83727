"""The page of a task: its words with what was read from them, who answers, on what it rests, what is left open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import store
from kg.explorer import NotHereError, Params, Snapshot
from kg.explorer.records import Quote
from kg.explorer.task import TaskView, gather_task, list_tasks
from kg.explorer.task.records import Mark
from kg.explorer.task.wording import mark_words
from tests.explorer.toy import TEXTS, build_toy


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    found = Snapshot(store.current(build_toy(tmp_path_factory.mktemp("task"))))
    yield found
    found.close()


@pytest.fixture(scope="module")
def seeds(built: Path) -> Iterator[Snapshot]:
    found = Snapshot(store.current(built))
    yield found
    found.close()


def find_task(snapshot: Snapshot, title: str) -> TaskView:
    (row,) = snapshot.rows("SELECT iri FROM tasks WHERE title = $title", title=title)
    return gather_task(snapshot, Params(snapshot.key(row["iri"])))


def test_who_answers_and_how_each_was_identified(toy: Snapshot) -> None:
    view = find_task(toy, "整治入河排污口")
    assert [(one.role, one.written, one.name, one.inherited) for one in view.duties] == [
        ("lead", "市生态环境局", "廊坊市生态环境局", False),
        ("lead", "市水利局", "廊坊市水利局", False),
        ("support", "各县（市、区）政府", "各县（市、区）政府（廊坊市）", False),
    ]
    assert all(one.decision and one.decision.verdict == "matched" and one.decision.reason for one in view.duties)
    corrected = [(one.written, one.correction.by, one.correction.why) for one in view.duties if one.correction]
    assert corrected == [("市水利局", "王某", "会议纪要")]
    assert (view.previous, view.following and view.following.title) == (None, "推进农村生活污水治理")


def test_what_is_carried_over_names_the_task_that_says_so(toy: Snapshot) -> None:
    view = find_task(toy, "推进农村生活污水治理")
    inherited = [one for one in view.duties if one.inherited]
    assert [(one.written, one.origin and one.origin.title) for one in inherited] == [("各县（市、区）政府", "整治入河排污口")]
    assert {one.origin for one in view.duties if not one.inherited} == {None}


def test_targets_deadline_and_policies(toy: Snapshot) -> None:
    view = find_task(toy, "整治入河排污口")
    assert [(one.name, one.comparator, one.value, one.unit, one.year) for one in view.targets] == [
        ("入河排污口整治", "equal", "120", "个", 2024),
        ("国考断面优良水体比例", "at-least", "70", "%", 2024),
    ]
    assert view.deadline is not None
    assert (view.deadline.words, str(view.deadline.due)) == ("年内", "2024-12-31")
    assert [(one.relation, one.title, one.inside, one.document is not None) for one in view.bases] == [
        ("basis", "河北省“十四五”生态环境保护规划", False, True)
    ]
    assert [(one.title, one.quote.file) for one in view.above] == [
        ("中共中央国务院关于深入打好污染防治攻坚战的意见", "province.txt")
    ]
    assert [gap.kind for gap in view.gaps] == ["several-leads"]


def test_the_sentence_is_marked_where_things_were_read(toy: Snapshot) -> None:
    view = find_task(toy, "整治入河排污口")
    assert "".join(piece.text for piece in view.pieces) == view.quote.text
    marked = [(piece.kinds[-1], piece.text) for piece in view.pieces if piece.kinds]
    assert ("due", "年内") in marked
    assert [text for kind, text in marked if kind == "lead"] == ["市生态环境局", "市水利局"]
    assert [text for kind, text in marked if kind == "support"] == ["各县（市、区）政府"]


def test_every_quote_stands_where_it_says(seeds: Snapshot, toy: Snapshot) -> None:
    for snapshot in (seeds, toy):
        texts = {key: snapshot.read_text(key) for key in snapshot.documents}
        for key in list_tasks(snapshot)[::7]:
            view = gather_task(snapshot, Params(key))
            bodies = [one.quote for one in view.duties if one.quote is not None]
            bases = [one.quote for one in (*view.bases, *view.above)]
            for quote in (view.quote, *bodies, *bases, *(one.quote for one in view.targets)):
                assert texts[quote.document][quote.start : quote.end] == quote.text
            assert "".join(piece.text for piece in view.pieces) == view.quote.text
            marks = [mark for piece in view.pieces for mark in piece.opens]
            assert all(view.quote.start <= mark.start < mark.end <= view.quote.end for mark in marks)
    assert set(TEXTS.values()) == set(texts.values())


def test_the_plan_before_and_after(seeds: Snapshot) -> None:
    """石家庄 2022 and 2023 are successive: what goes on in one direction comes from there in the other."""
    early, late = (
        next(key for key, one in seeds.documents.items() if one.title == f"石家庄市{year}年生态文明建设工作要点")
        for year in (2022, 2023)
    )
    views = {key: gather_task(seeds, Params(key)) for key in list_tasks(seeds) if key.startswith((early, late))}
    forward = {(key, one.task.key) for key, view in views.items() if view.after for one in view.after.tasks}
    backward = {(one.task.key, key) for key, view in views.items() if view.before for one in view.before.tasks}
    assert forward == backward != set()


def test_marks_may_lie_in_each_other_and_beyond_the_words() -> None:
    quote = Quote("到2025年达到70%", "a", 100, 111)
    marks = [Mark("indicator", "x", 100, 111), Mark("due", "到2025年", 100, 106), Mark("lead", "y", 90, 99)]
    pieces = mark_words(quote, marks)
    assert [(piece.text, piece.kinds) for piece in pieces] == [
        ("到2025年", ("indicator", "due")),
        ("达到70%"[:5], ("indicator",)),
    ]


def test_what_is_not_there_is_said(seeds: Snapshot) -> None:
    for key in ("", "none", "p-6d6eb40404b8", "%ff"):
        with pytest.raises(NotHereError):
            gather_task(seeds, Params(key))


def test_how_often_its_bodies_stand_together(toy: Snapshot, seeds: Snapshot) -> None:
    view = find_task(toy, "推进农村生活污水治理")
    assert [(pair.label_a, pair.label_b, pair.shared) for pair in view.partners] == [
        ("廊坊市农业农村局", "廊坊市发展和改革委员会", 1),
        ("廊坊市农业农村局", "廊坊市生态环境局", 1),
        ("廊坊市发展和改革委员会", "廊坊市生态环境局", 1),
    ]
    shared = [pair.shared for pair in gather_task(seeds, Params(list_tasks(seeds)[40])).partners]
    assert shared == sorted(shared, reverse=True)
