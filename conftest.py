"""What tests and doctests share: the graph of the five documents, built once."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest.doctest import DoctestItem

from kg import data

collect_ignore = ["viz/web/hatch_build.py"]  # runs where wheels are made, beside hatchling

os.environ.setdefault("SOURCE_DATE_EPOCH", "1700000000")  # two builds of the same files are the same, byte for byte
_USES = re.compile(r"\bgraph\b|\bkg\.open\(")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the graph of the five documents; to be read only."""
    from kg import pipeline  # here, so that a fault in one part does not stop the tests of all others
    from viz.graph import render_graph

    out = tmp_path_factory.mktemp("built") / "out"
    report = pipeline.build([data.SEEDS / "documents"], out, page=render_graph)
    assert not report.failed
    return out


@pytest.fixture(autouse=True)
def _opened(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let examples in docstrings say ``kg.open("out")``, and have ``graph`` opened from there already."""
    item: Any = request.node
    if not (isinstance(item, DoctestItem) and any(_USES.search(example.source) for example in item.dtest.examples)):
        yield
        return
    import kg

    built: Path = request.getfixturevalue("built")
    monkeypatch.chdir(built.parent)
    with kg.open("out") as graph:
        item.dtest.globs |= {"kg": kg, "graph": graph}
        yield
