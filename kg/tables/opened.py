"""The tables of a built graph, opened for questions in SQL: read only, and nothing else of the disk or the network."""

from __future__ import annotations

import secrets
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.store import Generation, current, digest, first_line, rebuild
from kg.tables.engine import MEMORY, SEALED, is_engine_error, quote, quote_source
from kg.tables.schema import TABLES

if TYPE_CHECKING:
    import duckdb

SMALL = 64_000_000  # bytes of tables whose digests are compared whenever they are opened


def open_tables(graph: Path | Generation, *, memory: str = MEMORY, writable: Path | None = None) -> duckdb.DuckDBPyConnection:
    """Return a DuckDB connection with a view for each table of the graph in a folder, or of one generation.

    ``documents``, ``tasks``, ``assignments``, ``indicators``, ``citations``, ``organizations`` and ``decisions`` are there
    to be asked; the connection reads nothing else, writes nothing but into the folder ``writable``, and loads no extension.
    ``memory`` is what it may take before it goes on in the system's folder for temporary files. Close it when done; the
    views end with their generation.

    :raises StoreError: nothing was built yet, or a table is missing or damaged.
    """
    generation = graph if isinstance(graph, Generation) else current(graph)
    _require_whole(generation)
    try:
        return open_folder(generation.tables, memory=memory, writable=writable)
    except Exception as error:
        if is_engine_error(error):
            raise StoreError(f"{generation.tables}: damaged ({first_line(error)}); {rebuild(generation.out)}") from error
        raise


def open_folder(folder: Path, *, memory: str = MEMORY, writable: Path | None = None) -> duckdb.DuckDBPyConnection:
    """Return the same for a folder of tables that were written a moment ago."""
    import duckdb  # late: 0.1 s

    connection = duckdb.connect(config={**SEALED, "memory_limit": memory})
    try:
        files = {table.name: folder / f"{table.name}.parquet" for table in TABLES}
        # made when it is needed, and gone with the connection; two connections would overwrite each other's files in one
        spill = Path(tempfile.gettempdir()) / f"zeren-{secrets.token_hex(8)}"
        connection.execute(f"SET temp_directory = {quote(spill)}")
        for name, path in files.items():
            connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({quote_source(path)})")
        allowed = (way(path) for path in files.values() for way in (quote, quote_source))
        connection.execute(f"SET allowed_paths = [{', '.join(allowed)}]")
        if writable is not None:
            connection.execute(f"SET allowed_directories = [{quote(writable.absolute())}]")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
    except BaseException:
        connection.close()
        raise
    return connection


def _require_whole(generation: Generation) -> None:
    """Raise a ``StoreError`` unless the files are there; of small ones, unless they are as they were written."""
    advice = rebuild(generation.out)
    names = [f"tables/{table.name}.parquet" for table in TABLES]
    paths = {name: generation.folder / name for name in names}
    try:
        whole = sum(path.stat().st_size for path in paths.values()) <= SMALL
    except OSError as error:
        raise StoreError(f"{error.filename}: is missing; {advice}") from error
    for name, path in paths.items():
        try:
            changed = whole and digest(path) != generation.manifest.digests.get(name)
        except OSError as error:
            raise StoreError(f"{path}: cannot be read ({error.strerror}); {advice}") from error
        if changed:
            raise StoreError(f"{path}: damaged (changed since the build); {advice}")
