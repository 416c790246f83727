"""Python values as columns of a data frame."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from kg.errors import InstallError

if TYPE_CHECKING:
    import pandas as pd

Iris = Literal["short", "full"]
_USUAL = {  # of a column that happens to be empty
    **dict.fromkeys(("due", "date", "start", "end"), "datetime64[s]"),
    **dict.fromkeys(("year", "baselineYear", "page", "order"), "Int64"),
    **dict.fromkeys(("value", "baseline"), "float64"),
}
_FIGURES = ("value",)  # which queries give as the digits that the text has: 3.30
_FIGURE = re.compile(r"-?\d+(?:\.\d+)?")


def require_pandas() -> None:
    """Raise an ``InstallError`` that says how to get pandas, if it is not installed."""
    try:
        import pandas  # noqa: F401 - late: 0.4 s
    except ImportError as error:
        raise InstallError('data frames need pandas; install it with: pip install "zeren[notebook]"') from error


def make_column(name: str, values: Sequence[Any], decimal: bool = False) -> pd.Series[Any]:
    """Return Python values as a column of the type that fits all of them."""
    import pandas as pd

    if name in _FIGURES and all(value is None or _is_figure(value) for value in values):
        values = [Decimal(value) if isinstance(value, str) else value for value in values]
    kinds = {type(value) for value in values if value is not None}
    if not kinds:
        other = "string" if values else "object"  # most often words; but the sum of no rows is 0
        return pd.Series(values, dtype=pd.api.types.pandas_dtype(_USUAL.get(name, other)))
    if kinds == {int} and all(value is None or -(2**63) <= value < 2**63 for value in values):
        return pd.Series(values, dtype="Int64")
    if kinds == {bool}:
        return pd.Series(values, dtype="boolean")
    if kinds == {date}:
        return pd.Series(values, dtype="datetime64[s]")
    if kinds <= {int, float, Decimal}:
        return pd.Series(_exact(values), dtype="object") if decimal else pd.Series(_floats(values), dtype="float64")
    if tuple in kinds:
        return pd.Series(values, dtype="object")
    return pd.Series([None if value is None else str(value) for value in values], dtype="string")


def _is_figure(value: object) -> bool:
    return not isinstance(value, str) or _FIGURE.fullmatch(value) is not None


def _floats(values: Sequence[Any]) -> list[float]:
    return [float("nan") if value is None else float(value) for value in values]


def _exact(values: Sequence[Any]) -> list[Decimal | None]:
    return [None if value is None else Decimal(value) for value in values]
