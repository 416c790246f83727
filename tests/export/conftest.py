"""A small graph with two regions and a person's verdict, for tests that only read."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import store, toy
from tests.review.shop import Shop, question


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> store.Generation:
    shop = Shop(tmp_path_factory.mktemp("export"))
    (shop.documents / "b.txt").write_text(toy.TEXT.replace("廊坊市", "沧州市").replace("2024", "2025"), "utf-8")
    shop.decide("accept", question(shop.desk(), "unit", "市拾遗局"), target="市财政局")
    shop.build()
    return store.current(shop.out)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Return a place for an export, with a name as people give it."""
    return tmp_path / "责任 图谱"
