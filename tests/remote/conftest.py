"""Real servers for the tests, each started once; where one is not installed, its tests are skipped by name."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.remote.servers import Server, oxigraph, oxigraph_command, virtuoso

NAMES = ("oxigraph", "virtuoso")


@pytest.fixture(scope="session")
def oxigraph_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if oxigraph_command() is None:
        pytest.skip("Oxigraph's server is not here: pip install oxigraph")
    with oxigraph(tmp_path_factory.mktemp("oxigraph") / "db") as server:
        yield server


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if shutil.which("virtuoso-t") is None or shutil.which("isql-vt") is None:
        pytest.skip("Virtuoso is not here: apt-get install --no-install-recommends virtuoso-opensource-7")
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as server:
        yield server


@pytest.fixture(params=NAMES)
def server(request: pytest.FixtureRequest) -> Server:
    """Return each server in turn, without any graph."""
    found: Server = request.getfixturevalue(f"{request.param}_server")
    found.clear()
    return found
