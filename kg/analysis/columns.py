"""The seven tables of whatever is asked, as every measure sees them: of a build, a server, a toy, or a part of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from kg import data, store, tables, vocab
from kg.analysis.store_rows import find_base, read_rows, read_shared
from kg.errors import StoreError
from kg.tables.engine import is_engine_error

if TYPE_CHECKING:
    import duckdb

    from kg.queryable import Queryable
    from kg.store import Generation

Period = tuple[int, int]  # first and last year
Row = dict[str, Any]
_SCOPED = ("tasks", "assignments", "indicators", "citations", "decisions")
_SHARED = data.QUERIES / "measures" / "views"  # what several measures begin with: views, in the order of their names

_KIND = """
SELECT kind, (SELECT count(*) FROM duckdb_views()) + (SELECT count(*) FROM duckdb_tables()) AS number
FROM (
    SELECT 'VIEW' AS kind, view_name AS name FROM duckdb_views() WHERE NOT internal
    UNION ALL SELECT 'TABLE', table_name FROM duckdb_tables()
) WHERE name = $name
"""


class Columns:
    """A DuckDB connection with the seven tables, and with the views of ``queries/measures/views/`` over them.

    ``documents``, ``tasks``, ``assignments``, ``indicators``, ``citations``, ``organizations``, ``decisions`` have the columns
    that ``kg/tables/README.md`` lists; ``base`` is that of the graph's IRIs.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, base: str) -> None:
        self.connection, self.base = connection, base
        for path in sorted(_SHARED.glob("*.sql")):
            connection.execute(f"CREATE OR REPLACE VIEW {path.stem} AS {path.read_text('utf-8')}")

    def execute(self, sql: str, parameters: Mapping[str, object] | None = None) -> duckdb.DuckDBPyConnection:
        """Return a cursor of its own with the answer; ``$name`` in the SQL is a parameter."""
        return self.connection.cursor().execute(sql, dict(parameters or {}))

    def rows(self, sql: str, parameters: Mapping[str, object] | None = None) -> Iterator[Row]:
        """Yield the answer's rows, each by column."""
        cursor = self.execute(sql, parameters)
        names = [column[0] for column in cursor.description or ()]
        while rows := cursor.fetchmany(10_000):
            yield from (dict(zip(names, row, strict=True)) for row in rows)

    def records(self, name: str, **parameters: object) -> Iterator[Row]:
        """Yield the rows of the measure ``queries/measures/NAME.sql``, by column."""
        return self.rows(read_measure(name), parameters)

    def change(self, table: str, sql: str) -> None:
        """Put in a table's place what a query makes of it, for what-if; in the query it is called ``before``.

        ``columns.change("assignments", "SELECT * FROM before WHERE NOT inherited")``
        """
        ((kind, number),) = self.execute(_KIND, {"name": table}).fetchall()
        old = f"{table}_{number}"
        self.connection.execute(f"ALTER {kind} {table} RENAME TO {old}")
        self.connection.execute(f"CREATE VIEW {table} AS WITH before AS (SELECT * FROM {old}) {sql}")

    def hold(self) -> None:
        """Take the tables into memory, where they are looked through twice as fast; for small ones."""
        for table in tables.TABLES:
            self.connection.execute(f"CREATE TABLE held_{table.name} AS SELECT * FROM {table.name}")
            self.connection.execute(f"CREATE OR REPLACE VIEW {table.name} AS SELECT * FROM held_{table.name}")

    def keep(self, region: str | None = None, period: Period | None = None) -> None:
        """Leave only the documents of one region (IRI or code), or of one period, and what stands in them."""
        tests = []
        if region is not None:
            code = vocab.key_of(region, "region", self.base).replace("'", "''")
            tests.append(f"region_code = '{code}'")
        if period is not None:
            tests.append(f"year(period_start) = {int(period[0])} AND year(period_end) = {int(period[1])}")
        if tests:
            self._keep(" AND ".join(tests))

    def keep_documents(self, numbers: Iterable[int]) -> None:
        """Leave only these documents, and what stands in them."""
        self._keep(f"list_contains({sorted(map(int, numbers))}, document_id)")

    def _keep(self, test: str) -> None:
        self.change("documents", f"SELECT * FROM before WHERE {test}")
        for table in _SCOPED:
            self.change(table, "SELECT * FROM before WHERE document_id IN (SELECT document_id FROM documents)")

    def close(self) -> None:
        """Let go of the files and the memory."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def open_columns(graph: Queryable | Generation, region: str | None = None, period: Period | None = None) -> Columns:
    """Return the tables of a graph, opened for the measures; use it in a ``with`` block.

    Those of a built generation are read where they lie. A server or a store in memory has none: they are filled from its
    answers to ``queries/facts/``, with the same names and types; what no measure asks for is empty there.

    ``region`` (IRI or code) leaves only the documents of that very region, not those of regions inside it; ``period`` only
    those that plan for these first and last years. Bodies are all there, whoever names them.

    :raises StoreError: a table is missing, damaged, or of another version of the program.
    """
    if isinstance(graph, store.Generation):
        columns = _of_build(graph)
    else:
        base = find_base(graph)
        columns = Columns(tables.fill_tables(read_rows(graph, base), read_shared(graph, base), base), base)
    try:
        columns.keep(region, period)
    except BaseException:
        columns.close()
        raise
    return columns


def _of_build(graph: Generation) -> Columns:
    connection = tables.open_tables(graph)
    try:
        return Columns(connection, graph.manifest.base)
    except Exception as error:
        connection.close()
        if is_engine_error(error):
            what = f"made by another version of the program, whose tables differ ({_plain(error)})"
            raise StoreError(f"{graph.tables}: {what}; {store.rebuild(graph.out)}") from error
        raise


def read_measure(name: str) -> str:
    """Return the SQL of ``queries/measures/NAME.sql``."""
    return (data.QUERIES / "measures" / f"{name}.sql").read_text("utf-8")


def _plain(error: Exception) -> str:
    """Return what the engine misses, without its own word for the kind of error."""
    return store.first_line(error).rpartition("Error: ")[2]


def open_draft(folder: Path, base: str) -> Columns:
    """Return the tables that a build wrote a moment ago, for what follows from them."""
    return Columns(tables.open_folder(folder), base)
