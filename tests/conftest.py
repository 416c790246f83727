"""What several tests share."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let what is measured now become what is expected, on purpose."""
    parser.addoption("--update-gold", action="store_true", help="write the figures now reached into tests/gold/floors.toml")


@pytest.fixture(scope="session")
def ledger(built: Path) -> Mapping[str, Any]:
    """Return the ledger of the five documents."""
    from kg import store

    content: Mapping[str, Any] = json.loads((store.current(built).folder / "ledger.json").read_text("utf-8"))
    return content
