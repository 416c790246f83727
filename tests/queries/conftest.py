"""The toy graph, alone and with the fourth document."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from tests.toy_graph import further_store, toy_store


@pytest.fixture(scope="module")
def store() -> Store:
    return toy_store()


@pytest.fixture(scope="module")
def further() -> Store:
    return further_store()
