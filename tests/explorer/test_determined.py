"""The same graph gives the same pages, byte for byte: whatever a query gathers into one value, it gathers in an order that it says.

Without one, an engine with several threads puts the parts together as they come, which differs once in many times: a test that
runs the query would seldom see it. So the texts are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import data

_GATHERS = re.compile(r"\b(?:list|array_agg|string_agg|group_concat)\(")
QUERIES = sorted(path for folder in ("tables", "measures") for path in (data.QUERIES / folder).rglob("*.sql"))


def gathered(sql: str) -> Iterator[str]:
    """Yield what stands in the brackets of each function that gathers rows."""
    for found in _GATHERS.finditer(sql):
        depth, end = 1, found.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(sql[end], 0)
            end += 1
        yield sql[found.end() : end - 1]


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_what_is_gathered_has_an_order(path: Path) -> None:
    assert not [part for part in gathered(path.read_text("utf-8")) if "ORDER BY" not in part]


def test_the_reading_itself() -> None:
    assert list(gathered("SELECT list(DISTINCT coalesce(a, 'b')), string_agg(n, ' ' ORDER BY n), list_filter(x)")) == [
        "DISTINCT coalesce(a, 'b')",
        "n, ' ' ORDER BY n",
    ]
