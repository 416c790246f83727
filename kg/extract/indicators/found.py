"""The record of one target as it was found in a text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from kg.model import Baseline, Comparator, IndicatorKind


@dataclass(frozen=True, slots=True)
class Found:
    """A target; ``start`` and ``end`` mark its words in the text that was searched."""

    name: str
    kind: IndicatorKind
    op: Comparator | None
    value: Decimal | None
    unit: str | None
    year: int | None
    start: int
    end: int
    rule: str
    baseline: Baseline | None = None
    binding: Literal["binding", "expected"] | None = None
    table: bool = False
    year_stated: bool = True  # the text says the year; else it is the document's last
