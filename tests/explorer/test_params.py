"""What an address asks is read with care: whatever does not fit is as if it were not there."""

from __future__ import annotations

import pytest

from kg.explorer import Params, Scope

NUMBERS = [
    ("7", 7),
    ("", 3),
    ("-1", 3),
    ("1e9", 3),
    ("٣", 3),  # a digit, but not one of ours
    ("0", 1),  # below the least
    ("99999", 50),
    ("9" * 400, 3),
]
SCOPES = [
    ({}, Scope()),
    ({"region": ("130100",), "period": ("2021-2025",)}, Scope("130100", (2021, 2025))),
    ({"period": ("2021",)}, Scope()),
    ({"period": ("2021-²",)}, Scope()),
    ({"document": ("a,b", "a")}, Scope(documents=("a", "b"))),
]


@pytest.mark.parametrize(("said", "number"), NUMBERS)
def test_numbers_stay_within_bounds(said: str, number: int) -> None:
    assert Params(query={"n": (said,)}).number("n", 3, least=1, most=50) == number


@pytest.mark.parametrize(("query", "scope"), SCOPES)
def test_the_part_of_the_graph(query: dict[str, tuple[str, ...]], scope: Scope) -> None:
    assert Params(query=query).scope == scope


def test_the_last_word_counts_and_long_ones_are_cut() -> None:
    params = Params(query={"sort": ("load", "name"), "q": ("长" * 1000,)})
    assert params.choice("sort", ("load", "name")) == "name"
    assert params.choice("sort", ("load",), "load") == "load"
    assert len(params.one("q")) == 200
