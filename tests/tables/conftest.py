"""The tables of the five documents, opened once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from kg.tables import open_tables


@pytest.fixture(scope="module")
def tables(built: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_tables(built) as connection:
        yield connection
