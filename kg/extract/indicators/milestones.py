"""Completions by a date, without a number: 2023年完成饮用水水源地调查评估, 年底前地铁1号线通车."""

from __future__ import annotations

from collections.abc import Iterator

from kg.cues import load_cues
from kg.extract.indicators.found import Found
from kg.extract.indicators.names import strip_name
from kg.extract.indicators.passages import BLANK, Passage
from kg.extract.indicators.phrases import ANYTHING, LONGEST_CLAUSE, PAST

SHORTEST = 4  # characters of a name; 完成任务 says nothing


def find_milestones(passage: Passage, sentence: int, start: int, end: int) -> Iterator[Found]:
    """Yield what one clause says is to be completed, where it or the sentence before it gives a date.

    >>> from kg.extract.indicators import find_indicators
    >>> [(f.kind, f.name, f.year) for f in find_indicators("2023年6月底前，完成县级水源地调查评估，加强日常监管。", 2025)]
    [('milestone', '县级水源地调查评估', 2023)]
    """
    clause = passage.shape[start:end]
    cues = load_cues("indicators.toml")
    if not any(hint.pattern.search(clause) for hint in cues["hint"] if hint.id == "milestone"):
        return
    before = passage.shape[max(sentence, start - LONGEST_CLAUSE) : end]
    if len(clause) > LONGEST_CLAUSE or PAST.search(clause) or any(cue.pattern.search(before) for cue in cues["so_far"]):
        return
    for cue in cues["milestone"]:
        match = cue.pattern.search(clause)
        if match is None:
            continue
        until = start + match.start("name")
        since = max(sentence, until - LONGEST_CLAUSE)
        if not any(date.pattern.search(passage.shape, since, end) for date in cues["date"]):
            return
        span = strip_name(passage.shape, until, start + match.end("name"), verbs=False)
        name = passage.text[slice(*span)].strip("、")
        blanks = passage.shape[slice(*span)].count(BLANK)
        if (
            len(name) - blanks < SHORTEST
            or ANYTHING.fullmatch(name)
            or any(vague.pattern.search(name) for vague in cues["no_milestone"])
        ):
            return
        deed = match.groupdict().get("deed") or ""
        year = passage.years.at(until)
        yield Found(name + deed, "milestone", None, None, None, year, start + match.start(), end, f"milestone.{cue.id}")
        return
