"""The columnar tables as data frames."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kg.ask.answer import shorten_iri
from kg.frames.values import Iris, require_pandas
from kg.store import Generation
from kg.tables import TABLES, Column, Table, open_tables

if TYPE_CHECKING:
    import pandas as pd

_TABLES: Mapping[str, Table] = {table.name: table for table in TABLES}
_HOMES = {  # what a number stands for: the table, and its columns under the names that they get elsewhere
    "document_id": ("documents", {"title": "document_title", "region_name": "document_region", "year": "document_year"}),
    "task_id": ("tasks", {"number": "task_number", "title": "task_title", "due_date": "task_due_date"}),
    "organization_id": (
        "organizations",
        {"name": "organization_name", "kind": "organization_kind", "function_name": "organization_function"},
    ),
}
_TYPES = {
    "INTEGER": "Int64",
    "VARCHAR": "string",
    "BOOLEAN": "boolean",
    "DATE": "datetime64[s]",
    "TIMESTAMP": "datetime64[us]",
    "DECIMAL(38,10)": "float64",
}


def read_table(
    generation: Generation,
    table: Table,
    *,
    iris: Iris = "short",
    decimal: bool = False,
    chinese: bool = False,
    names: bool = False,
) -> pd.DataFrame:
    """Return a columnar table of a generation, with the types of :func:`kg.frames.to_frame`; lists stay lists.

    ``names`` adds what the numbers in ``document_id``, ``task_id`` and ``organization_id`` stand for, as further columns.

    :raises InstallError: pandas is not installed.
    :raises StoreError: the table is missing or damaged.
    """
    require_pandas()
    import pandas as pd

    with open_tables(generation) as connection:
        found = connection.table(table.name)
        columns = dict(found.df().items())
        if decimal:
            exact = {name: place for place, name in enumerate(columns) if table.columns[place].type.startswith("DECIMAL")}
            rows = found.fetchall()
            columns |= {name: pd.Series([row[place] for row in rows], dtype="object") for name, place in exact.items()}
        homes = {key: connection.table(_HOMES[key][0]).df() for key in _find_keys(table) if names}
    whole = {
        column.zh if chinese else column.name: _typed(columns[column.name], column, iris)
        for column in table.columns
        if not (chinese and _is_iri(column))
    }
    for key, home in homes.items():
        whole |= _look_up(columns[key], home.set_index(key), key, chinese)
    return pd.DataFrame(whole)


def _find_keys(table: Table) -> list[str]:
    """Return the columns whose numbers stand for rows of other tables."""
    return [column.name for column in table.columns if column.name in _HOMES and _HOMES[column.name][0] != table.name]


def _look_up(numbers: pd.Series[Any], home: pd.DataFrame, key: str, chinese: bool) -> dict[str, pd.Series[Any]]:
    table, wanted = _TABLES[_HOMES[key][0]], _HOMES[key][1]
    short = table.zh.partition("：")[0]  # 任务
    return {
        short + column.zh if chinese else wanted[column.name]: _typed(numbers.map(home[column.name]), column, "full")
        for column in table.columns
        if column.name in wanted
    }


def _typed(values: pd.Series[Any], column: Column, iris: Iris) -> pd.Series[Any]:
    import pandas as pd

    if values.dtype == "object" and column.type.startswith("DECIMAL"):
        return values  # exact
    if iris == "short" and _is_iri(column):
        values = values.map(shorten_iri, na_action="ignore")
    return values.astype(pd.api.types.pandas_dtype(_TYPES.get(column.type, "object")))


def _is_iri(column: Column) -> bool:
    return column.type == "VARCHAR" and "IRI" in column.zh
