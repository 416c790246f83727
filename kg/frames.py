"""Answers as pandas data frames with the types that a calculation needs; the one door to pandas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode

from kg.ask import Answer
from kg.ask.answer import shorten_iri, to_python
from kg.ask.forms import headings, in_words
from kg.errors import InstallError
from kg.store import Generation
from kg.tables import Column, Table, open_tables
from kg.vocab import XSD

if TYPE_CHECKING:
    import pandas as pd

Iris = Literal["short", "full"]
_MOMENT = XSD.iri + "dateTime"
_TYPES = {
    "INTEGER": "Int64",
    "VARCHAR": "string",
    "BOOLEAN": "boolean",
    "DATE": "datetime64[s]",
    "TIMESTAMP": "datetime64[us]",
    "DECIMAL(38,10)": "float64",
}


def to_frame(answer: Answer, iris: Iris = "short", decimal: bool = False, chinese: bool = False) -> pd.DataFrame:
    """Return the rows of an answer, one column for each variable, in the order of the query.

    - a whole number: ``Int64``, ``<NA>`` where there is none;
    - a decimal number: ``float64``, ``NaN`` where there is none; with ``decimal`` exact objects of ``decimal.Decimal``;
    - a date: ``datetime64[s]``, ``NaT`` where there is none; a date with a time: ``datetime64`` in UTC;
    - true or false: ``boolean``, ``<NA>`` where there is none;
    - text and IRIs: ``string``, ``<NA>`` where there is none;
    - a column with nothing in any row: ``object`` of ``None``.

    ``iris="short"`` writes IRIs with prefix (``id:org/130100/water``), which queries take as a value; ``"full"`` writes
    them whole, as networks and RDF have them. ``chinese`` gives the columns Chinese headings, writes codes in words
    (lead: 牵头) and leaves out the columns that hold nothing but IRIs.

    :raises InstallError: pandas is not installed.
    """
    _require_pandas()
    import pandas as pd

    columns = {name: [row[place] for row in answer.terms] for place, name in enumerate(answer.variables)}
    frame = pd.DataFrame({name: _column(terms, iris, decimal) for name, terms in columns.items()}, columns=list(columns))
    return _in_chinese(answer, frame) if chinese else frame


def read_table(
    generation: Generation, table: Table, iris: Iris = "short", decimal: bool = False, chinese: bool = False
) -> pd.DataFrame:
    """Return a columnar table of a generation, with the types of :func:`to_frame`; lists stay lists.

    :raises InstallError: pandas is not installed.
    :raises StoreError: the table is missing or damaged.
    """
    _require_pandas()
    import pandas as pd

    with open_tables(generation) as connection:
        found = connection.table(table.name)
        rows = found.fetchall() if decimal else []
        frame = found.df()
    columns = {column: frame[column.name] for column in table.columns}
    if decimal:
        exact = {place for place, column in enumerate(table.columns) if column.type.startswith("DECIMAL")}
        columns |= {table.columns[n]: pd.Series([row[n] for row in rows], dtype="object") for n in exact}
    shown = {column: _typed(values, column, iris) for column, values in columns.items() if not (chinese and _is_iri(column))}
    return pd.DataFrame({column.zh if chinese else column.name: values for column, values in shown.items()})


def _typed(values: pd.Series[Any], column: Column, iris: Iris) -> pd.Series[Any]:
    import pandas as pd

    if values.dtype == "object" and column.type.startswith("DECIMAL"):
        return values  # exact
    if iris == "short" and _is_iri(column):
        values = values.map(shorten_iri, na_action="ignore")
    return values.astype(pd.api.types.pandas_dtype(_TYPES.get(column.type, "object")))


def _is_iri(column: Column) -> bool:
    return column.type == "VARCHAR" and "IRI" in column.zh


def _require_pandas() -> None:
    try:
        import pandas  # noqa: F401 - late: 0.4 s
    except ImportError as error:
        raise InstallError('data frames need pandas; install it with: pip install "zeren[notebook]"') from error


def _column(terms: Sequence[Any], iris: Iris, decimal: bool) -> pd.Series[Any]:
    import pandas as pd

    short = iris == "short"
    values: list[Any] = [shorten_iri(term.value) if short and isinstance(term, NamedNode) else to_python(term) for term in terms]
    kinds = {type(value) for value in values if value is not None}
    if not kinds:
        return pd.Series(values, dtype="object")
    if kinds == {int} and all(value is None or -(2**63) <= value < 2**63 for value in values):
        return pd.Series(values, dtype="Int64")
    if kinds == {bool}:
        return pd.Series(values, dtype="boolean")
    if kinds == {date}:
        return pd.Series(values, dtype="datetime64[s]")
    if kinds <= {int, float, Decimal}:
        return pd.Series(_exact(values), dtype="object") if decimal else pd.Series(_floats(values), dtype="float64")
    if all(term is None or (isinstance(term, RdfLiteral) and term.datatype.value == _MOMENT) for term in terms):
        return pd.to_datetime(pd.Series(values), utc=True, format="ISO8601", errors="coerce")
    return pd.Series([None if value is None else str(value) for value in values], dtype="string")


def _floats(values: Sequence[Any]) -> list[float]:
    return [float("nan") if value is None else float(value) for value in values]


def _exact(values: Sequence[Any]) -> list[Decimal | None]:
    return [None if value is None else Decimal(value) for value in values]


def _in_chinese(answer: Answer, frame: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    rows = in_words(answer)
    shown = {}
    for place, (name, heading) in enumerate(zip(answer.variables, headings(answer.variables), strict=True)):
        said = [row[place] for row in answer.terms if row[place] is not None]
        if said and all(isinstance(term, NamedNode) for term in said) and answer.kind == "select":
            continue
        column = frame[name]
        if column.dtype == "string":
            column = column.where(column.isna(), [row[place] for row in rows])
        shown[name if heading in shown else heading] = column
    return pd.DataFrame(shown, index=frame.index)
