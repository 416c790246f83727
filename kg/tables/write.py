"""The tables of the next generation: rows of what was read, and of what was not those of the generation before; by DuckDB."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self

from pyoxigraph import Quad

from kg import vocab
from kg.errors import OutputError
from kg.store import Generation, first_line, sync_file
from kg.tables.engine import connect, is_engine_error, quote, quote_source
from kg.tables.rows import Row
from kg.tables.schema import ORGANIZATIONS, TABLES, Table
from kg.tables.shared import COLUMNS, shared_rows

if TYPE_CHECKING:
    import duckdb

_NUMBER = "row_number() OVER ()::INTEGER"  # in the order in which the rows are stored
_FIRST = 16 << 20  # bytes of the longest row that DuckDB takes without being asked

# what is worked out over all documents: by table, the joins and the columns that come of them
_JOINS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "documents": (
        "LEFT JOIN regions ON regions.code = own.region_code LEFT JOIN organization_ids AS issuers ON issuers.iri = own.issuer "
        "LEFT JOIN policies ON policies.iri = own.notice",
        {
            "issuer_id": "issuers.id",
            "region_name": "regions.name",
            "region_path": "regions.path",
            "region_level": "regions.level",
            "notice_title": "policies.title",
        },
    ),
    "assignments": (
        "LEFT JOIN organization_ids ON organization_ids.iri = own.organization",
        {"organization_id": "organization_ids.id"},
    ),
    "indicators": (
        "LEFT JOIN metrics ON metrics.iri = own.metric",
        {"metric_name": "metrics.name", "metric_direction": "metrics.direction"},
    ),
    "citations": (
        "LEFT JOIN policies ON policies.iri = own.policy LEFT JOIN document_ids AS cited ON cited.iri = own.policy",
        {
            "policy_title": "policies.title",
            "policy_number": "policies.number",
            "policy_level": "policies.level",
            "policy_region_code": "policies.region_code",
            "cited_document_id": "cited.id",
        },
    ),
    "organizations": (
        "LEFT JOIN regions ON regions.code = own.region_code LEFT JOIN functions ON functions.key = own.function "
        "LEFT JOIN organization_ids AS heirs ON heirs.iri = own.successor",
        {
            "function_name": "functions.name",
            "region_name": "regions.name",
            "region_path": "regions.path",
            "region_level": "regions.level",
            "successor_id": "heirs.id",
        },
    ),
}

_TEMPORARY = """
SELECT 'VIEW', view_name FROM duckdb_views() WHERE temporary AND NOT internal
UNION ALL SELECT 'TABLE', table_name FROM duckdb_tables() WHERE temporary
"""


class TableDraft:
    """The tables in the making; rows wait on the disk, so that a thousand documents take no more memory than one."""

    def __init__(self, folder: Path, previous: Generation | None = None, base: str = vocab.BASE) -> None:
        """Prepare tables in a generation's folder; what is kept comes from the previous generation."""
        self.base = base
        self.folder, self._waiting = folder / "tables", folder / "tables.rows"
        self._previous = previous.folder / "tables" if previous else None
        self._kept: list[str] = []
        self._streams: dict[str, BinaryIO] = {}
        self._longest = 0
        with _writing(self.folder):
            for path in (self.folder, self._waiting):
                path.mkdir(parents=True, exist_ok=True)

    def add(self, rows: Iterable[tuple[str, Row]]) -> None:
        """Take in the rows of one document, each with the name of its table."""
        with _writing(self.folder):
            for table, row in rows:
                self._write(table, row)

    def keep(self, key: str) -> None:
        """Take over the rows that a document, given by its policy's key, has in the previous generation."""
        self._kept.append(vocab.policy(key, self.base).value)

    def write(self, shared: Iterable[Quad]) -> None:
        """Write the tables; ``shared`` is the merged registry graph."""
        with _writing(self.folder):
            self._finish(shared)
            with connect(spill=self._waiting) as connection:
                self._load(connection)
                for table in TABLES:
                    self._copy(connection, table)
            for path in table_files(self.folder.parent):
                sync_file(path)
        shutil.rmtree(self._waiting, ignore_errors=True)

    def create(self, connection: duckdb.DuckDBPyConnection, shared: Iterable[Quad]) -> None:
        """Make the tables in a connection instead of files."""
        with _writing(self.folder):
            self._finish(shared)
            self._load(connection)
            for table in TABLES:
                numbered = self._sort(connection, table)
                connection.execute(f"CREATE TABLE {table.name} AS {numbered}")
            for kind, name in connection.execute(_TEMPORARY).fetchall():
                connection.execute(f"DROP {kind} {name}")

    def _finish(self, shared: Iterable[Quad]) -> None:
        """Write the last of the rows that wait."""
        for name, row in shared_rows(shared, self.base):
            self._write(name, row)
        for iri in self._kept:
            self._write("kept", {"iri": iri})
        self.close()

    def close(self) -> None:
        """Let go of the rows that wait."""
        for stream in self._streams.values():
            stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _write(self, table: str, row: Row) -> None:
        if table not in self._streams:
            self._streams[table] = (self._waiting / f"{table}.json").open("wb")
        line = json.dumps(row, ensure_ascii=False).encode() + b"\n"
        self._longest = max(self._longest, len(line))
        self._streams[table].write(line)

    def _load(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Name what the tables are joined from, and number documents, tasks and bodies."""
        for name, columns in COLUMNS.items():
            connection.execute(f"CREATE TEMP TABLE {name} AS {self._rows(name, columns)}")
        connection.execute(f"CREATE TEMP TABLE kept AS {self._rows('kept', {'iri': 'VARCHAR'})}")
        for table in TABLES:
            connection.execute(f"CREATE TEMP VIEW own_{table.name} AS {self._own(table)}")
        for name in ("document", "organization"):
            number = "row_number() OVER (ORDER BY key)::INTEGER AS id"
            connection.execute(f"CREATE TEMP TABLE {name}_ids AS SELECT iri, {number} FROM own_{name}s")
        number = "row_number() OVER (ORDER BY document_ids.id, own.position)::INTEGER AS id"
        source = "own_tasks AS own JOIN document_ids ON document_ids.iri = own.document"
        connection.execute(f"CREATE TEMP TABLE task_ids AS SELECT own.iri, {number} FROM {source}")

    def _own(self, table: Table) -> str:
        """Return the rows of a table without what is worked out over all documents."""
        columns = {column.name: column.type for column in table.own}
        read = self._rows(table.name, columns)
        if self._previous is None or not self._kept or table is ORGANIZATIONS:
            return read
        document = "iri" if table.name == "documents" else "document"
        old = f"SELECT {', '.join(columns)} FROM read_parquet({quote_source(self._previous / f'{table.name}.parquet')})"
        return f"{read} UNION ALL {old} WHERE {document} IN (SELECT iri FROM kept)"

    def _rows(self, name: str, columns: Mapping[str, str]) -> str:
        """Return the rows that wait in a file, as SQL."""
        if name not in self._streams:
            return "SELECT " + ", ".join(f"NULL::{type} AS {column}" for column, type in columns.items()) + " WHERE false"
        wanted = ", ".join(f"{column}: '{type}'" for column, type in columns.items())
        options = f"format = 'newline_delimited', maximum_object_size = {max(_FIRST, self._longest + 1)}"
        return f"SELECT * FROM read_json({quote_source(self._waiting / f'{name}.json')}, {options}, columns = {{{wanted}}})"

    def _copy(self, connection: duckdb.DuckDBPyConnection, table: Table) -> None:
        numbered, target = self._sort(connection, table), quote(self.folder / f"{table.name}.parquet")
        connection.execute(f"COPY ({numbered}) TO {target} (FORMAT parquet, COMPRESSION zstd)")

    def _sort(self, connection: duckdb.DuckDBPyConnection, table: Table) -> str:
        """Put the rows of a table, joined and in order, into the table ``ready``; return the SQL that numbers them.

        In three steps: to read rows while they are sorted, or to number them then, takes more memory than is allowed at ten
        thousand documents; what is stored goes to the disk when it must.
        """
        joins, made = _JOINS.get(table.name, ("", {}))
        names = {column.name for column in table.columns}
        own = {**{name: f"own.{name}" for name in names - {f"{table.name[:-1]}_id"}}, **made}
        if table.name != "documents" and "document_id" in names:
            joins += " JOIN document_ids ON document_ids.iri = own.document"
            own["document_id"] = "document_ids.id"
        if table.name != "tasks" and "task_id" in names:
            joins += " LEFT JOIN task_ids ON task_ids.iri = own.task"
            own["task_id"] = "task_ids.id"
        columns = ", ".join(f"{own[column.name]} AS {column.name}" for column in table.columns if column.name in own)
        connection.execute("DROP TABLE IF EXISTS ready")
        connection.execute(f"CREATE TEMP TABLE waiting AS FROM own_{table.name}")
        ordered = f"FROM waiting AS own {joins} ORDER BY {_order(table, names)}"
        connection.execute(f"CREATE TEMP TABLE ready AS SELECT {columns} {ordered}")
        connection.execute("DROP TABLE waiting")
        numbered = (column.name if column.name in own else f"{_NUMBER} AS {column.name}" for column in table.columns)
        return f"SELECT {', '.join(numbered)} FROM ready"


def _order(table: Table, names: set[str]) -> str:
    ids = {"document_id": "document_ids.id", "task_id": "task_ids.id"}
    return ", ".join(f"{ids.get(column, f'own.{column}')} NULLS FIRST" for column in table.order)


def table_files(folder: Path) -> Sequence[Path]:
    """Return the files of a generation's tables."""
    return [folder / "tables" / f"{table.name}.parquet" for table in TABLES]


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Turn what the disk or the engine raises into an ``OutputError``."""
    try:
        yield
    except OSError as error:
        where = error.filename or folder
        raise OutputError(f"{where}: cannot be written ({error.strerror or error}); free space or give another --out") from error
    except Exception as error:
        if not is_engine_error(error):
            raise
        raise OutputError(f"{folder}: cannot be written ({first_line(error)}); free space or give another --out") from error
