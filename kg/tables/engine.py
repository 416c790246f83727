"""DuckDB as this project uses it: without a network, with one order of rows, and no further from its folder than told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

MEMORY = "1GB"  # then it goes on on the disk
SEALED = {"autoinstall_known_extensions": False, "autoload_known_extensions": False, "allow_community_extensions": False}


@contextmanager
def connect(spill: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection in memory; what does not fit there waits in the folder ``spill``."""
    import duckdb  # late: 0.1 s

    threads = 1  # one order of rows, the same bytes
    spilled = {"memory_limit": MEMORY, "temp_directory": str(spill / "tmp")}
    connection = duckdb.connect(config={**SEALED, **spilled, "threads": threads})
    try:
        yield connection
    finally:
        connection.close()


def is_engine_error(error: Exception) -> bool:
    """Tell whether DuckDB raised this: a damaged or missing file, a full disk, SQL that is wrong."""
    return type(error).__module__.partition(".")[0] in ("duckdb", "_duckdb")


def quote(path: Path) -> str:
    """Return a path as SQL.

    >>> quote(Path("it's"))
    "'it''s'"
    """
    return "'" + str(path).replace("'", "''") + "'"


def quote_source(path: Path) -> str:
    """Return the path of a file to be read as SQL: no sign in it is taken for a pattern.

    >>> quote_source(Path("out[1]"))
    "'out[[]1]'"
    """
    return quote(Path("".join(f"[{char}]" if char in "*?[" else char for char in str(path))))
