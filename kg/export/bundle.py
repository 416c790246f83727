"""The tables as a folder of Parquet files, or of CSV files with a data dictionary and CSVW metadata; or these in one zip."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.export.progress import Tell
from kg.export.selection import Selection
from kg.formulas import guard
from kg.store import Generation
from kg.tables import TABLES, Table, open_tables, quote, render_dictionary

if TYPE_CHECKING:
    import duckdb

Opener = Callable[[str], AbstractContextManager[BinaryIO]]  # opens a file of the bundle for writing

_ROWS = 10_000
_THEN = (2000, 1, 1, 0, 0, 0)  # no clock: the same graph, the same file
_TYPES = {"INTEGER": "integer", "BOOLEAN": "boolean", "DATE": "date", "TIMESTAMP": "datetime", "DECIMAL(38,10)": "decimal"}
_FURTHER_KEYS = {"issuer_id": "organizations", "successor_id": "organizations", "cited_document_id": "documents"}
_ABOUT_CSV = """\
## 关于 CSV About the CSV files

UTF-8，逗号分隔，空单元格表示没有值；列表与人员为 JSON。以 `'` 开头的文字，是为了不让电子表格把它当公式运行。
UTF-8, commas; an empty cell is no value; lists are JSON. A `'` before text keeps a spreadsheet from running it as a formula.
`csv-metadata.json` describes columns, types and keys for programs (CSV on the Web, https://www.w3.org/TR/tabular-metadata/).
"""


def write_parquet(generation: Generation, folder: Path, selection: Selection | None, tell: Tell) -> None:
    """Write a Parquet file a table, and the data dictionary."""
    with open_tables(generation, writable=folder) as tables:
        for done, table in enumerate(TABLES):
            tell("导出 export", done, len(TABLES))
            target = folder.absolute() / f"{table.name}.parquet"
            if selection is None:
                shutil.copyfile(generation.tables / target.name, target)
            else:
                tables.execute(f"COPY ({_select(table, selection)}) TO {quote(target)} (FORMAT parquet, COMPRESSION zstd)")
    (folder / "README.md").write_bytes(render_dictionary().encode())
    tell("导出 export", len(TABLES), len(TABLES))


def write_csv(
    tables: duckdb.DuckDBPyConnection, open_file: Opener, selection: Selection | None, tell: Tell, *, bom: bool = False
) -> None:
    """Write a CSV file a table, the data dictionary and the metadata; ``bom`` is for Excel."""
    for done, table in enumerate(TABLES):
        tell("导出 export", done, len(TABLES))
        with open_file(f"{table.name}.csv") as stream:
            text = io.TextIOWrapper(stream, "utf-8-sig" if bom else "utf-8", newline="")
            writer = csv.writer(text)
            writer.writerow(column.name for column in table.columns)
            writer.writerows(_rows(tables, table, selection))
            text.flush()
            text.detach()
    for name, content in (("README.md", render_dictionary() + "\n" + _ABOUT_CSV), ("csv-metadata.json", _metadata())):
        with open_file(name) as stream:
            stream.write(content.encode())
    tell("导出 export", len(TABLES), len(TABLES))


def files_in(folder: Path) -> Opener:
    """Return what opens files of a folder."""
    return lambda name: (folder / name).open("wb")


def members_of(archive: zipfile.ZipFile) -> Opener:
    """Return what opens members of a zip."""

    def open_member(name: str) -> Any:
        member = zipfile.ZipInfo(name, _THEN)
        member.compress_type = zipfile.ZIP_DEFLATED
        return archive.open(member, "w", force_zip64=True)

    return open_member


def _select(table: Table, selection: Selection | None) -> str:
    number = f"{table.name[:-1]}_id"
    if selection is None:
        return f"SELECT * FROM {table.name} ORDER BY {number}"
    wanted = ", ".join(map(str, selection.numbers))
    if any(column.name == "document_id" for column in table.columns):
        return f"SELECT * FROM {table.name} WHERE document_id IN ({wanted}) ORDER BY {number}"
    named = (
        f"SELECT organization_id FROM assignments WHERE document_id IN ({wanted}) "
        f"UNION SELECT issuer_id FROM documents WHERE document_id IN ({wanted})"
    )
    return f"SELECT * FROM {table.name} WHERE {number} IN ({named}) ORDER BY {number}"


def _rows(tables: duckdb.DuckDBPyConnection, table: Table, selection: Selection | None) -> Iterator[list[object]]:
    cursor = tables.cursor().execute(_select(table, selection))
    while rows := cursor.fetchmany(_ROWS):
        yield from ([_cell(value) for value in row] for row in rows)


def _cell(value: object) -> object:
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            plain = f"{value:f}"
            return plain.rstrip("0").rstrip(".") if "." in plain else plain
        case datetime():
            return value.isoformat()
        case list():
            return json.dumps(value, ensure_ascii=False)
        case str():
            return guard(value)
        case _:
            return value


def _metadata() -> str:
    """Return what CSV on the Web says of the files."""
    described = [_describe(table) for table in TABLES]
    dialect = {"encoding": "utf-8", "header": True, "delimiter": ",", "quoteChar": '"', "doubleQuote": True}
    whole = {"@context": "http://www.w3.org/ns/csvw", "dialect": dialect, "tables": described}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _describe(table: Table) -> dict[str, Any]:
    columns = []
    for column in table.columns:
        nested = {"base": "string", "format": "json"}
        said = [{"@value": column.zh, "@language": "zh"}, {"@value": column.en, "@language": "en"}]
        kind = nested if column.type.endswith("[]") else _TYPES.get(column.type, "string")
        columns.append({"name": column.name, "dc:description": said, "datatype": kind, "required": not column.empty})
    keys = {f"{other.name[:-1]}_id": other.name for other in TABLES if other is not table} | _FURTHER_KEYS
    foreign = [
        {
            "columnReference": column.name,
            "reference": {"resource": f"{keys[column.name]}.csv", "columnReference": f"{keys[column.name][:-1]}_id"},
        }
        for column in table.columns
        if column.name in keys
    ]
    schema = {"columns": columns, "primaryKey": f"{table.name[:-1]}_id", "foreignKeys": foreign}
    return {"url": f"{table.name}.csv", "dc:title": table.zh, "tableSchema": schema}
