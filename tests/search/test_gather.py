"""What can be found in a built graph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.analysis.columns import Columns, open_columns
from kg.search import Finder, gather_index
from kg.store import current


@pytest.fixture(scope="module")
def columns(built: Path) -> Iterator[Columns]:
    with open_columns(current(built)) as opened:
        yield opened


@pytest.fixture(scope="module")
def finder(columns: Columns) -> Finder:
    return Finder(gather_index(columns))


FIRST = [
    ("石家庄市发改委", "department", "130100/development-reform"),
    ("石家庄 市发改委", "department", "130100/development-reform"),
    ("sjzsfgw", "department", "130100/development-reform"),
    ("唐山市生态环境局", "department", "130200/ecology-environment"),
    ("空气质量优良天数", "metric", "good-air-days"),
    ("国发〔2016〕82号", "policy", "resource-assets-2016"),
    ("宿州 要点", "document", "p-6d6eb40404b8"),
    ("优先发展公共交通", "task", "p-6d6eb40404b8/3"),
]


@pytest.mark.parametrize(("words", "kind", "key"), FIRST)
def test_found_first(finder: Finder, words: str, kind: str, key: str) -> None:
    entry = finder.find(words).entries[0]
    assert (entry.kind, entry.key) == (kind, key)


# what has a name in the tables, counted another way
COUNTS = {
    "department": "SELECT count(*) FROM organizations",
    "task": "SELECT count(*) FROM tasks",
    "metric": "SELECT count(DISTINCT metric) FROM indicators",
    "target": "SELECT count(*) FROM indicators",
    "document": "SELECT count(*) FROM documents",
    "policy": "SELECT count(DISTINCT policy) FROM citations ANTI JOIN documents ON policy = documents.iri",
    "section": "SELECT count(DISTINCT section) FROM tasks",
}


@pytest.mark.parametrize("kind", COUNTS)
def test_everything_with_a_name_is_there_once(finder: Finder, columns: Columns, kind: str) -> None:
    keys = [key for one, key in zip(finder.index.kinds, finder.index.keys, strict=True) if one == kind]
    assert [(len(keys),)] == columns.execute(COUNTS[kind]).fetchall()
    assert len(set(keys)) == len(keys) > 0
