"""What is found by which words, and in which order: one table of rows, here for Python, in tests/viz for the browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.search import Finder, Named, make_index

TABLE: dict[str, Any] = json.loads((Path(__file__).parent / "rows.json").read_text("utf-8"))


def read_things() -> list[Named]:
    return [Named(**{**thing, "names": tuple(thing["names"])}) for thing in TABLE["things"]]


FINDER = Finder(make_index(read_things(), TABLE["regions"]))


@pytest.mark.parametrize("row", TABLE["rows"], ids=lambda row: row["words"] or "nothing")
def test_found_in_order(row: dict[str, Any]) -> None:
    found = FINDER.find(row["words"], kinds=row.get("kinds", ()))
    assert [entry.key for entry in found.entries] == row["found"], row["why"]


def test_an_entry_says_what_it_is_and_why_it_fits() -> None:
    (entry,) = FINDER.find("石家庄市发改委").entries
    assert (entry.kind, entry.label, entry.place) == ("department", "石家庄市发展和改革委员会", "河北省 石家庄市")
    assert entry.matched == "市发改委"
    (task,) = FINDER.find("降低").entries
    assert (task.matched, task.note) == (task.label, "1")


def test_counts_are_of_all_kinds_whatever_is_shown() -> None:
    found = FINDER.find("pm2.5", kinds=["task"], limit=1)
    assert (found.counts, found.total, len(found.entries)) == ({"task": 1, "metric": 1, "target": 1}, 3, 1)


def test_limit() -> None:
    assert [entry.key for entry in FINDER.find("水利", limit=2).entries] == ["p-2/1", "p-2/7"]


@given(st.text(max_size=40))
def test_whatever_is_typed_has_an_answer(words: str) -> None:
    found = FINDER.find(words)
    assert found.total == sum(found.counts.values()) >= 0
    assert found.total == len(found.entries)


@given(st.sampled_from(read_things()), st.data())
def test_everything_is_found_by_any_of_its_names(thing: Named, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(thing.names))
    assert (thing.kind, thing.key) in {(entry.kind, entry.key) for entry in FINDER.find(name).entries}


def test_the_same_things_make_the_same_index() -> None:
    assert make_index(reversed(read_things()), reversed(TABLE["regions"])) == FINDER.index


def test_an_empty_graph() -> None:
    assert Finder(make_index([])).find("水利").entries == ()
