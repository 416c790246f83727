"""The explorer as its readers have it: served once for all tests, and opened in tabs that are watched."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from kg.endpoint import Settings, running
from tests.viz.explored import Open, Visit
from tests.viz.served import write_graph
from viz.pages import make_routes, sparql_page


def serve(out: Path) -> AbstractContextManager[str]:
    """Serve the pages of a graph for as long as the block runs; gives their address."""
    return running(Settings(out, port=0), routes=make_routes(), page=sparql_page)


@pytest.fixture(scope="session")
def five(built: Path) -> Iterator[str]:
    """Serve the five documents; nothing is written there."""
    with serve(built) as url:
        yield url


@pytest.fixture(scope="session")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the toy beside a document of attacks."""
    with serve(write_graph(tmp_path_factory.mktemp("served") / "out")) as url:
        yield url


@pytest.fixture(scope="session")
def site(five: str) -> str:
    """Where ``visit`` opens pages: a module that looks at another graph has a fixture of this name."""
    return five


@pytest.fixture(scope="session")
def window() -> dict[str, Any]:
    """How tabs are opened, unless a module or a visit says otherwise."""
    return {"viewport": {"width": 1280, "height": 800}}


@pytest.fixture(scope="session")
def tab() -> type[Visit]:
    """What ``visit`` gives; a module whose pages can do more has a fixture of this name."""
    return Visit


@pytest.fixture
def visit(browser: Any, site: str, window: dict[str, Any], tab: type[Visit]) -> Iterator[Open]:
    """Open tabs; at the end nothing was asked for elsewhere, and nothing but what was expected was complained about."""
    visits: list[Visit] = []

    def opened(path: str, at: str = site, *, expect: str = "", **options: Any) -> Any:
        context = browser.new_context(**{"locale": "zh-CN"} | window | options)
        visits.append(tab(context.new_page(), at, expect))
        answer = visits[-1].open(path)
        assert expect or not at.startswith("http") or answer.status == 200
        return visits[-1]

    yield opened
    for one in visits:
        assert one.strayed == []
        assert one.unexpected() == []
        one.page.context.close()
