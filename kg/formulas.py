"""Text that a spreadsheet would run as a formula when a file is opened; documents come from strangers."""

from __future__ import annotations

import re
from typing import TypeVar

_OPENING = re.compile(r"[=+\-@\t\r＝＋－＠]")
_NUMBER = re.compile(r"[+＋－-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
Cell = TypeVar("Cell")


def is_formula(value: object) -> bool:
    """Say whether a spreadsheet could run this text.

    >>> [is_formula(value) for value in ("=HYPERLINK(1)", "+补贴", "-1.5", -5, "市水利局")]
    [True, True, False, False, False]
    """
    return isinstance(value, str) and _OPENING.match(value) is not None and _NUMBER.fullmatch(value) is None


def guard(value: Cell) -> Cell | str:
    """Return a CSV cell that no spreadsheet takes for a formula.

    >>> guard("=HYPERLINK(1)"), guard("市水利局"), guard(-5)
    ("'=HYPERLINK(1)", '市水利局', -5)
    """
    return f"'{value}" if is_formula(value) else value
