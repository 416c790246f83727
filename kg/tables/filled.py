"""The seven tables in memory, filled from rows that come from elsewhere than a build: a server's, a store's, a test's."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Quad

from kg import vocab
from kg.tables.engine import MEMORY, SEALED
from kg.tables.rows import TableRow
from kg.tables.write import TableDraft

if TYPE_CHECKING:
    import duckdb


def fill_tables(rows: Iterable[TableRow], shared: Iterable[Quad], base: str = vocab.BASE) -> duckdb.DuckDBPyConnection:
    """Return a DuckDB connection with the seven tables of these rows, numbered and joined as a build does it.

    ``shared`` is what the documents share: bodies, functions, regions, policies, metrics. A column that no row gives is empty.
    The connection reads nothing else and writes nothing. Close it when done.
    """
    import duckdb  # late: 0.1 s

    connection = duckdb.connect(config={**SEALED, "memory_limit": MEMORY, "threads": 1})
    try:
        with tempfile.TemporaryDirectory(prefix="zeren-") as folder, TableDraft(Path(folder), base=base) as draft:
            draft.add(rows)
            draft.create(connection, shared)
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
    except BaseException:
        connection.close()
        raise
    return connection
