"""What real documents of all sorts give as names of bodies: names, never sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.mentions import find_mentions, is_doubtful, read_all
from kg.read import find_sources

SHARED = Path(__file__).parents[2] / "shared"  # real documents beside the checkout; not ours to give away


@pytest.mark.parametrize("folder", ["wild", "gold/more/docs"])
def test_mentions_are_names(folder: str) -> None:
    if not (SHARED / folder).is_dir():
        pytest.skip(f"{SHARED / folder} is not here")
    names = {name for name, _ in find_mentions(read_all(find_sources([SHARED / folder])[0]))}
    assert len(names) > 50
    assert sorted(filter(is_doubtful, names)) == []


def test_a_sentence_is_no_name() -> None:
    assert [name for name in ("市水利局", "各县区按职责落实", "甲" * 41, "市局。各区") if is_doubtful(name)] == [
        "各县区按职责落实",
        "甲" * 41,
        "市局。各区",
    ]
