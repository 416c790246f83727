"""By when something is due."""

from __future__ import annotations

import pytest

from kg.extract.deadlines import find_deadlines
from kg.text import map_text

DEADLINES: list[tuple[str, list[str]]] = [
    ("2025年底前完成，2026年6月底前评估。", ["2025", "2026-06"]),
    ("6月底前完成。", ["2024-06"]),
    ("9月30日前报送。", ["2024-09-30"]),
    # a field of its own needs no 前
    ("完成时限：2025年12月", ["2025-12"]),
    ("时限要求：6月底", ["2024-06"]),
    # quarters and halves end with a month
    ("2025年第三季度前建成。", ["2025-09"]),
    ("下半年建成。", ["2024-12"]),
    # 底 and what is then done
    ("（市水利局，6月底完成）", ["2024-06"]),
    ("2025年底全面建成。", ["2025"]),
    # no date by which anything is due
    ("时限要求：持续推进", []),
    ("2025年以来成效明显。", []),
    ("每月28日前报送。", []),
]


@pytest.mark.parametrize(("text", "expected"), DEADLINES)
def test_dates_no_more_precise_than_the_text(text: str, expected: list[str]) -> None:
    copy = map_text(text)
    assert [deadline.due for deadline in find_deadlines(copy, 0, len(copy.text), 2024)] == expected
