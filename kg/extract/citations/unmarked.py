"""Titles without 《》, where verb and wording prove a proper title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.cues import first, load_cues
from kg.extract.citations.numbers import CUES
from kg.extract.citations.relations import relate
from kg.model import Relation


@dataclass(frozen=True, slots=True)
class UnmarkedTitle:
    """A title that stands in a sentence without marks."""

    words: str
    number: str | None
    relation: Relation
    span: tuple[int, int]
    since: int  # where the words begin that show it
    rule: str


def find_proper(text: str, start: int, end: int) -> Iterator[UnmarkedTitle]:
    """Yield titles that their wording proves: who issued them and what they are, or a number behind.

    >>> text = "落实国务院关于加强某事的意见（国发〔2018〕39号）精神"
    >>> [(t.words, t.number) for t in find_proper(text, 0, len(text))]
    [('国务院关于加强某事的意见', '国发〔2018〕39号')]
    """
    taken: set[int] = set()
    for cue in load_cues(CUES)["proper_title"]:
        for match in cue.pattern.finditer(text, start, end):
            groups = match.groupdict()
            a, b = match.span("title")
            if a in taken:
                continue
            taken.add(a)
            number = groups.get("number") or groups.get("number2")
            relation = relate(text, start, a, b, match["title"])
            behind = match.end("number" if groups.get("number") else "number2") + 1 if number else b
            yield UnmarkedTitle(match["title"], number, relation, (a, behind), match.start(), cue.id)


def find_unmarked(text: str, start: int, end: int) -> Iterator[UnmarkedTitle]:
    """Yield titles that stand behind a verb of drafting or carrying out: 研究制定社会组织参与环境治理工作方案."""
    for cue in load_cues(CUES)["unmarked"]:
        relation: Relation = cue.says  # type: ignore[assignment]  # a test holds the rows to these words
        for match in cue.pattern.finditer(text, start, end):
            for a, b in _titles(match):
                title = _shortened(text[a:b])
                if _is_title(text[a:b]) and _is_title(title):
                    yield UnmarkedTitle(title, None, relation, (a, b), match.start(), cue.id)


def _titles(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yield where the title or the two titles stand; 「…意见和细化措施」 is one."""
    start, end = match.span("title")
    also = match.groupdict().get("also")
    lead = re.match("和|、|以及|及", also) if also else None
    if also and lead and first(load_cues(CUES)["no_title"], also[lead.end() :]):
        yield start, end if lead[0] == "、" else match.end("also")
        return
    yield start, end
    if lead:
        yield match.start("also") + lead.end(), match.end("also")


def _is_title(title: str) -> bool:
    balanced = all(title.count(a) == title.count(b) for a, b in ("“”", "（）", "()"))
    return len(title) >= (5 if title.endswith("法") else 6) and balanced and first(load_cues(CUES)["no_title"], title) is None


def _shortened(title: str) -> str:
    """Drop what only leads up to a title: 好, 并, 实施的.

    >>> _shortened("实施的碳达峰行动方案")
    '碳达峰行动方案'
    """
    return re.sub(r"^(?:好|了|完善|实施|并)+(?:的)?", "", title)
