"""What several tests share."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from kg.explorer import Snapshot


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let what is measured now become what is expected, on purpose."""
    parser.addoption("--update-gold", action="store_true", help="write the figures now reached into tests/gold/floors.toml")


@pytest.fixture(scope="session")
def ledger(built: Path) -> Mapping[str, Any]:
    """Return the ledger of the five documents."""
    from kg import store

    content: Mapping[str, Any] = json.loads((store.current(built).folder / "ledger.json").read_text("utf-8"))
    return content


@pytest.fixture(scope="session")
def snapshot(built: Path) -> Iterator[Snapshot]:
    """Open the five documents as the explorer does."""
    from kg import store
    from kg.explorer import Snapshot

    found = Snapshot(store.current(built))
    yield found
    found.close()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let tests in a browser be slow, and come last: its loop would be in the way of tests that run one of their own."""
    browsed = [item for item in items if "playwright" in getattr(item, "fixturenames", ())]
    for item in browsed:
        item.add_marker("slow")
        item.add_marker(pytest.mark.filterwarnings("ignore::ResourceWarning"))
    items.sort(key=set(browsed).__contains__)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Any]:
    """What drives a browser, if it is installed."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright, which drives the browser, is not installed")
    with sync_api.sync_playwright() as found:
        yield found


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), "") or pytest.skip("no Chromium is installed")


@pytest.fixture(scope="session")
def browser(playwright: Any, chromium: str) -> Iterator[Any]:
    """Chromium, started once."""
    found = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
    yield found
    found.close()
