"""Values on the command line that several verbs take."""

from __future__ import annotations

import argparse
import re
from typing import Literal

_YEARS = re.compile(r"(\d{4})(?:[-–—](\d{4}))?")


def read_period(text: str) -> tuple[int, int]:
    """Return the first and the last year.

    >>> read_period("2023"), read_period("2021-2025")
    ((2023, 2023), (2021, 2025))
    """
    found = _YEARS.fullmatch(text)
    if found is None or int(found[2] or found[1]) < int(found[1]):
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is no year and no span of years; write 2023 or 2021-2025")
    return int(found[1]), int(found[2] or found[1])


def read_count(text: str) -> int:
    """Return a number from 1 on."""
    if not text.isdecimal() or len(text) > 9 or int(text) < 1:
        shown = text if len(text) <= 20 else text[:20] + "…"
        raise argparse.ArgumentTypeError(f"{shown!r} is not a number from 1 to 999999999")
    return int(text)


def read_limit(text: str) -> int | Literal["all"]:
    """Return how many rows are wanted: a number, or ``"all"``."""
    if text == "all":
        return "all"
    if not text.isdecimal() or len(text) > 9 or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is neither a number from 1 to 999999999 nor all")
    return int(text)
