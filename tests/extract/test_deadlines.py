"""By when something is due: rows of text, what is read, and why the row is there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cues import Cue, load_cues
from kg.extract.deadlines import Clock, find_deadline, find_deadlines, read_deadline
from kg.model import Deadline, Profile
from kg.text import map_text

CLOCK = Clock(2024, 2024, 2024)
HINTS = {hint.id: hint for hint in load_cues("deadlines.toml")["hint"]}
CUES = [pytest.param(cue, id=f"{table}-{cue.id}") for table, cues in load_cues("deadlines.toml").items() for cue in cues]


@pytest.mark.parametrize("cue", CUES)
def test_a_cue_finds_its_matches_and_passes_its_rejects_over(cue: Cue) -> None:
    assert cue.matches
    assert [words for words in cue.matches if not cue.pattern.search(words)] == []
    assert [words for words in cue.rejects if cue.pattern.search(words)] == []


@pytest.mark.parametrize("table", sorted(HINTS))
def test_a_hint_passes_no_wording_of_its_table_over(table: str) -> None:
    words = [words for cue in load_cues("deadlines.toml")[table] for words in cue.matches]
    assert [one for one in words if not HINTS[table].pattern.search(one)] == []


def _said(deadline: Deadline | None) -> str | None:
    """Return a deadline in short: its last day, how often it comes back, or its kind."""
    return None if deadline is None else deadline.due or deadline.every or deadline.kind


DATES: list[tuple[str, list[tuple[str | None, str | None]]]] = [
    ("2025年底前完成，2026年6月底前评估。", [("2025-12-31", "year"), ("2026-06-30", "month")]),
    ("6月底前完成。", [("2024-06-30", "month")]),
    ("9月30日前报送。", [("2024-09-30", "day")]),
    ("2024年2月底前出台方案", [("2024-02-29", "month")]),  # a leap year
    ("2024年10月中旬前完成验收", [("2024-10-20", "month")]),
    # quarters and halves end with a month
    ("2025年第三季度前建成。", [("2025-09-30", "quarter")]),
    ("二季度末完成摸底", [("2024-06-30", "quarter")]),
    ("下半年建成。", [("2024-12-31", "half")]),
    ("2024年上半年，出台实施细则", [("2024-06-30", "half")]),
    # 底 and what is then done
    ("（市水利局，6月底完成）", [("2024-06-30", "month")]),
    ("2025年底全面建成。", [("2025-12-31", "year")]),
    ("2025年建成投用。", [("2025-12-31", "year")]),
    ("9月完成主体工程。", [("2024-09-30", "month")]),
    ("到2025年，基本建成体系。", [("2025-12-31", "year")]),
    ("今年底完成。", [("2024-12-31", "year")]),
    ("年内开工。", [("2024-12-31", "year")]),
    # a span ends with its end
    ("2024年1月—6月开展排查。", [("2024-06-30", "month")]),
    ("2024年10月至2025年3月集中整治", [("2025-03-31", "month")]),
    # festivals: the day before
    ("2024年春节前全部清偿", [("2024-02-09", "day")]),
    ("国庆节前建成开放", [("2024-09-30", "day")]),
    # a plan's years and a number of years
    ("“十四五”期间，新建公园50个。", [("2025-12-31", "year")]),
    ("到“十四五”末，建成体系。", [("2025-12-31", "year")]),
    ("三年内建成示范区。", [("2027-12-31", "year")]),
    # no date by which anything is due
    ("2025年以来成效明显。", []),
    ("2019年建成的泵站", []),
    ("春节前后加强值守。", []),
    ("“十四五”规划", []),
    ("2021年底前已完成", []),  # before the document's own years
    ("2024年13月底前", []),
    ("落实三年行动方案", []),
    ("持续推进垃圾分类", []),
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_dates_no_more_precise_than_the_text(text: str, expected: list[tuple[str | None, str | None]]) -> None:
    copy = map_text(text)
    assert [(one.due, one.precision) for one in find_deadlines(copy, 0, len(copy.text), CLOCK)] == expected


OWN = [
    # the whole task is done when its last step is
    ("6月底前完成摸底，10月底前完成整改。", "2024-10-31"),
    # … within the years of the document: what is for later is a goal beyond it
    ("2024年底前完成扩建；到2030年，建成国际枢纽。", "2024-12-31"),
    # a date stands before a plan's years
    ("“十四五”期间，实施水网工程。9月底前完成可研。", "2024-09-30"),
    # a field of its own, and the bracket that ends the task, say it before all others
    ("2025年底前全面建成。\n完成时限：2024年6月底", "2024-06-30"),
    ("年底前建成示范点。（市水利局牵头，9月底前完成）", "2024-09-30"),
    # what comes back, and what never ends, where there is no date
    ("每月28日前报送进展。", "month"),
    ("每季度末通报，年底前总结。", "2024-12-31"),
    ("全面推行林长制，长期坚持。", "continuous"),
    ("时限要求：持续推进", "continuous"),
    ("整改时限：立行立改，长期坚持", "continuous"),
    ("完成时限：2024年12月并持续推进", "2024-12-31"),
    ("每年向市人大常委会报告。", "year"),
    ("加强日常监管。", None),
]


@pytest.mark.parametrize(("text", "expected"), OWN)
def test_the_deadline_of_the_whole_task(text: str, expected: str | None) -> None:
    copy = map_text(text)
    assert _said(find_deadline(copy, 0, len(copy.text), CLOCK)) == expected


CELLS = [
    ("2024年12月", "2024-12-31"),
    ("12月底", "2024-12-31"),
    ("2024.6", "2024-06-30"),
    ("2024-06-15", "2024-06-15"),
    ("2024/9/30前", "2024-09-30"),
    ("2023年1月—6月", None),  # over before the document's years
    ("1—11月", "2024-11-30"),
    ("2024年", "2024-12-31"),
    ("2021—2025年", "2025-12-31"),
    ("三季度", "2024-09-30"),
    ("一至三季度", "2024-09-30"),
    ("上半年", "2024-06-30"),
    ("全年", "2024-12-31"),
    ("年底前完成", "2024-12-31"),
    ("“十四五”期间", "2025-12-31"),
    ("2024年6月底前完成方案，2024年11月底前完成任务", "2024-11-30"),
    ("每月28日前", "month"),
    ("每月", "month"),
    ("每季度", "quarter"),
    ("每半年一次", "half"),
    ("每年", "year"),
    ("每周五前", "week"),
    ("长期坚持", "continuous"),
    ("持续推进", "continuous"),
    ("常态化", "continuous"),
    ("按进度推进", "continuous"),
    ("2024年底前并长期坚持", "2024-12-31"),
    ("市水利局", None),
    ("", None),
    ("——", None),
]


@pytest.mark.parametrize(("text", "expected"), CELLS)
def test_a_cell_of_a_table(text: str, expected: str | None) -> None:
    copy = map_text(f"任务{text}")
    assert _said(read_deadline(copy, 2, 2 + len(text), CLOCK)) == expected


CLOCKS = [
    (("2024-03-01", (2024, 2024)), Clock(2024, 2024, 2024, 2024)),
    (("2023-05-01", (2023, 2025)), Clock(2023, 2023, 2025, 2023)),  # a plan for years: 年底前 is in the year it came out
    (("2021-12-30", (2022, 2022)), Clock(2022, 2021, 2022, 2022)),
    (("2019-01-24", None), Clock(2019, 2019, None, 2019)),
    ((None, (2021, 2025)), Clock(2021, 2021, 2025, 2021)),
    ((None, None), Clock()),
]


@pytest.mark.parametrize(("said", "expected"), CLOCKS)
def test_a_date_without_a_year_is_read_by_the_document(said: tuple[str | None, tuple[int, int] | None], expected: Clock) -> None:
    assert Clock.of(Profile(None, None, None, *said, None)) == expected


def test_three_years_of_a_plan_for_three_years_end_with_it() -> None:
    copy = map_text("三年内建成示范区。")
    assert _said(find_deadline(copy, 0, 9, Clock(2023, 2023, 2025))) == "2025-12-31"


WORDS = st.text(alphabet="0123456789年月日底前季度半上下旬每至—（）：，。 春节十四五末期间完成时限长期坚持\n", max_size=60)


@given(WORDS)
def test_a_deadline_is_a_date_or_none_and_lies_in_the_text(text: str) -> None:
    copy = map_text(text)
    for one in find_deadlines(copy, 0, len(copy.text), CLOCK):
        assert (one.due is None) is (one.kind != "dated")
        assert one.evidence.span.of(text) == one.evidence.quote
