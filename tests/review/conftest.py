"""A built plan, its text and what is known, for tests that only read."""

from __future__ import annotations

import pytest

from kg.model import Document
from kg.read import read_document
from kg.registry import Registry, load_registry
from kg.review import Desk
from tests.review.shop import Shop


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """Return a built plan; to be read only."""
    return Shop(tmp_path_factory.mktemp("shop"))


@pytest.fixture(scope="module")
def desk(shop: Shop) -> Desk:
    return shop.desk()


@pytest.fixture(scope="module")
def document(shop: Shop) -> Document:
    return read_document(shop.file)
