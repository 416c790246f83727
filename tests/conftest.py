"""What several tests share: the graph of the five documents, built once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kg import data


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let what is measured now become what is expected, on purpose."""
    parser.addoption("--update-gold", action="store_true", help="write the figures now reached into tests/gold/floors.toml")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the graph of the five documents; to be read only."""
    from kg import pipeline  # here, so that a fault in one part does not stop the tests of all others
    from viz.graph import render_graph

    out = tmp_path_factory.mktemp("built") / "out"
    report = pipeline.build([data.SEEDS / "documents"], out, page=render_graph)
    assert not report.failed
    return out


@pytest.fixture(scope="session")
def ledger(built: Path) -> Mapping[str, Any]:
    """Return the ledger of the five documents."""
    from kg import store

    content: Mapping[str, Any] = json.loads((store.current(built).folder / "ledger.json").read_text("utf-8"))
    return content
