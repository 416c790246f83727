"""Answers as pandas data frames with the types that a calculation needs; the one door to pandas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode

from kg.ask import Answer
from kg.ask.answer import shorten_iri, to_python
from kg.ask.forms import headings, in_words
from kg.errors import QueryError
from kg.frames.tables import read_table
from kg.frames.values import Iris, make_column, require_pandas
from kg.vocab import XSD

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Iris", "read_table", "records_to_frame", "to_frame"]
_MOMENT = XSD.iri + "dateTime"


def to_frame(answer: Answer, iris: Iris = "short", decimal: bool = False, chinese: bool = False) -> pd.DataFrame:
    """Return the rows of an answer, one column for each variable, in the order of the query.

    - a whole number: ``Int64``, ``<NA>`` where there is none;
    - a decimal number: ``float64``, ``NaN`` where there is none; with ``decimal`` exact objects of ``decimal.Decimal``;
    - a date: ``datetime64[s]``, ``NaT`` where there is none; a date with a time: ``datetime64`` in UTC;
    - true or false: ``boolean``, ``<NA>`` where there is none;
    - text and IRIs: ``string``, ``<NA>`` where there is none;
    - the column ``value`` of the named queries, digits as a document writes them: a number as above;
    - a column with nothing in any row: what it most often is, such as ``datetime64[s]`` for ``due``, else ``string``.

    ``iris="short"`` writes IRIs with prefix (``id:org/130100/water``), which queries take as a value; ``"full"`` writes
    them whole, as networks and RDF have them. ``chinese`` gives the columns Chinese headings, writes codes in words
    (lead: 牵头) and leaves out the columns that hold nothing but IRIs.

    :raises InstallError: pandas is not installed.
    """
    require_pandas()
    import pandas as pd

    columns = {name: [row[place] for row in answer.terms] for place, name in enumerate(answer.variables)}
    frame = pd.DataFrame({name: _column(name, terms, iris, decimal) for name, terms in columns.items()}, columns=list(columns))
    return _in_chinese(answer, frame) if chinese else frame


def records_to_frame(records: Iterable[object], iris: Iris = "short") -> pd.DataFrame:
    """Return records (loads, pairs, gaps, documents) as a data frame with the types of :func:`to_frame`.

    ``period`` becomes ``first_year`` and ``last_year``; tuples stay tuples.

    :raises InstallError: pandas is not installed.
    """
    require_pandas()
    import pandas as pd

    rows = [_flatten(record, iris) for record in records]
    names = dict.fromkeys(name for row in rows for name in row)
    return pd.DataFrame({name: make_column(name, [row[name] for row in rows]) for name in names})


def _flatten(record: object, iris: Iris) -> dict[str, Any]:
    if not is_dataclass(record):
        raise QueryError(f"{type(record).__name__} is no record that makes a row; give loads, pairs, gaps or documents")
    row: dict[str, Any] = {}
    for one in fields(record):
        value = getattr(record, one.name)
        if one.name == "period":
            row["first_year"], row["last_year"] = value or (None, None)
        elif iris == "short" and isinstance(value, str):
            row[one.name] = shorten_iri(value)
        elif iris == "short" and isinstance(value, tuple):
            row[one.name] = tuple(shorten_iri(part) if isinstance(part, str) else part for part in value)
        else:
            row[one.name] = value
    return row


def _column(name: str, terms: Sequence[Any], iris: Iris, decimal: bool) -> pd.Series[Any]:
    import pandas as pd

    if any(term is not None for term in terms) and all(term is None or _is_moment(term) for term in terms):
        return pd.to_datetime(pd.Series([to_python(term) for term in terms]), utc=True, format="ISO8601", errors="coerce")
    short = iris == "short"
    values = (shorten_iri(term.value) if short and isinstance(term, NamedNode) else to_python(term) for term in terms)
    return make_column(name, list(values), decimal)


def _is_moment(term: object) -> bool:
    return isinstance(term, RdfLiteral) and term.datatype.value == _MOMENT


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
