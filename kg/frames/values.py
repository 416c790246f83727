"""Python values as columns of a data frame."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from kg.errors import InstallError

if TYPE_CHECKING:
    import pandas as pd

Iris = Literal["short", "full"]
_USUAL = {"due": "datetime64[s]", "date": "datetime64[s]", "year": "Int64"}  # of a column that happens to be empty


def require_pandas() -> None:
    """Raise an ``InstallError`` that says how to get pandas, if it is not installed."""
    try:
        import pandas  # noqa: F401 - late: 0.4 s
    except ImportError as error:
        raise InstallError('data frames need pandas; install it with: pip install "zeren[notebook]"') from error


def make_column(name: str, values: Sequence[Any], decimal: bool = False) -> pd.Series[Any]:
    """Return Python values as a column of the type that fits all of them."""
    import pandas as pd

    kinds = {type(value) for value in values if value is not None}
    if not kinds:
        return pd.Series(values, dtype=pd.api.types.pandas_dtype(_USUAL.get(name, "object")))
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


def _floats(values: Sequence[Any]) -> list[float]:
    return [float("nan") if value is None else float(value) for value in values]


def _exact(values: Sequence[Any]) -> list[Decimal | None]:
    return [None if value is None else Decimal(value) for value in values]
