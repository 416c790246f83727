"""The endpoint as a process: what clients see of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kg.endpoint import Settings, running


@pytest.fixture(scope="module")
def client(built: Path) -> Iterator[httpx.Client]:
    with running(Settings(built, port=0)) as url, httpx.Client(base_url=url, trust_env=False) as client:
        yield client


def test_a_query_is_answered(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": "ASK { ?s a zr:Task }"})
    assert (answer.status_code, answer.json()) == (200, {"head": {}, "boolean": True})
