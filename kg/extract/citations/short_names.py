"""What a text calls documents after it has named them once: 《规划》, 本方案, 该意见; and which document is its own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.cues import Cue, load_cues
from kg.extract.citations.marked import MarkedTitle, find_marked
from kg.extract.citations.numbers import CUES
from kg.extract.citations.own import NOBODY, Own
from kg.extract.citations.relations import issuer_in_title

_NOT_IN_KEY = re.compile(r"[\s《》〈〉“”\"（）()〔〕、，,]|20\d\d(?:年|[-—－–~～]+20\d\d年?)?|十[一二三四五]?五|试行|暂行|修订")
_BEFORE, _BEHIND = 60, 90  # characters in which a text says that it issues a title
_REPORTED = re.compile(
    "^[^《》]{2,20}?(?:政府|办公?[厅室]?|[局委厅部])(?:印发|发布|出台)(?=.{6})"
)  # a headline: 某市政府印发某方案
_BARE_SORT = re.compile(
    r"^(?:新|原)?(?:若干|实施|指导|工作|行动|总体|试点|专项|发展|规划|暂行|管理)*"
    r"(?:意见|方案|规划|计划|纲要|要点|措施|办法|细则|规定|条例|决定|预案|清单|通知|规则|准则|目录|名录|政策|指南|报告|公告|通告|要求|标准|规范)$"
)


@dataclass(frozen=True, slots=True)
class ShortName:
    """A short name, what it stands for and from where on."""

    title: str
    number: str | None
    since: int


class Names:
    """How one text refers to documents; made once a text, by ``names_in``."""

    def __init__(self, text: str, own: Own) -> None:
        self.titles = list(find_marked(text))
        self.starts = [title.start for title in self.titles]
        self.own_document = own
        self.short: dict[str, list[ShortName]] = {}
        self.issued: set[str] = set()
        self.passed_on: set[str] = set()
        for title in self.titles:
            for short in title.short:
                self.short.setdefault(short, []).append(ShortName(title.title, title.number, title.start))
            self._note_own(text, title)
        self.short.update(_unmarked_short_names(text, self.short))
        self.own = {bare(title) for title in (own.title, *self.issued, issued_by(own.title or "")) if title}

    def _note_own(self, text: str, title: MarkedTitle) -> None:
        before = text[max(0, title.start - _BEFORE) : title.start]
        frame = f"{before}｜{text[title.end : title.end + _BEHIND]}"
        for cue in load_cues(CUES)["own"]:
            match = cue.pattern.search(frame)
            if match and match.start() <= len(before) < match.end():
                (self.passed_on if cue.says == "passed_on" else self.issued).add(title.title)
                return

    def full(self, title: str, number: str | None, at: int) -> tuple[str, str | None] | None:
        """Return title and number that a marked title stands for; ``None`` where it is short for what nobody can tell."""
        meant = self.short.get(title) or self.short.get(re.sub("^[新原]", "", title))
        if meant:
            named = next((name for name in reversed(meant) if name.since <= at), meant[0])
            return named.title, number or named.number
        if _BARE_SORT.match(title):
            found = self.antecedent(title, at)
            return (found.title, found.number) if found else self._own_of(title)
        return title, number

    def within(self, start: int, end: int) -> Iterator[MarkedTitle]:
        """Yield the titles in marks that open in a stretch."""
        yield from self.titles[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def own_named(self, sort: str) -> str | None:
        """Return the document's own title where it is of this sort: 本方案 in a 方案."""
        own = self._own_of(sort)
        return own[0] if own else None

    def _own_of(self, sort: str) -> tuple[str, None] | None:
        own = next((title for title in (self.own_document.title, *sorted(self.issued)) if title and _is_a(title, sort)), None)
        return (own, None) if own else None

    def antecedent(self, sort: str, at: int) -> MarkedTitle | None:
        """Return the last full title before ``at`` that is of this sort: 该意见 after 《关于…的意见》."""
        for title in reversed(self.titles[max(0, bisect_left(self.starts, at) - 12) : bisect_left(self.starts, at)]):
            if not _BARE_SORT.match(title.title) and title.title not in self.short and _is_a(title.title, sort):
                return title
        return None

    def is_own(self, title: str, issuer: str | None = None, number: str | None = None) -> bool:
        """Say whether a title is the document's own, in this or an earlier edition, or that of the notice that issues it.

        The city's plan of the same title, which its district carries out, is not: by ``issuer``, ``number`` or its first words.
        """
        if title in self.passed_on or (
            title not in self.issued and self.own_document.differs_from(issuer_in_title(title) or issuer, number)
        ):
            return False
        inner = issued_by(title) or _REPORTED.sub("", title)
        return bare(title) in self.own or bare(inner) in self.own

    def is_passed_on(self, title: str) -> bool:
        """Say whether the document hands on another body's document of this title (转发)."""
        return title in self.passed_on


@lru_cache(maxsize=4)
def names_in(text: str, own: Own = NOBODY) -> Names:
    """Return how ``text`` refers to documents.

    >>> names_in("依据《甲市养老规划》（以下简称《规划》）。").full("规划", None, 99)
    ('甲市养老规划', None)
    """
    return Names(text, own)


def issued_by(title: str) -> str | None:
    """Return the title that a notice issues, by the notice's own title.

    >>> issued_by("某市人民政府办公室关于印发《某市养老规划》的通知"), issued_by("某市关于加强养老的通知")
    ('某市养老规划', None)
    """
    match = load_cues(CUES)["issues"][0].pattern.search(title)
    return match["title"] if match else None


def bare(title: str) -> str:
    """Return a title without marks, edition and plan period: an earlier edition is the same work.

    >>> bare("某市“十四五”规划（2021—2025年）") == bare("《某市“十三五”规划》")
    True
    """
    return _NOT_IN_KEY.sub("", title)


def back_references(text: str, start: int, end: int) -> Iterator[tuple[Cue, re.Match[str]]]:
    """Yield 本方案 and 该意见 where they stand for a document."""
    for cue in load_cues(CUES)["back_reference"]:
        for match in cue.pattern.finditer(text, start, end):
            yield cue, match


def _is_a(title: str, sort: str) -> bool:
    """Say whether a title is of a sort: 关于养老的实施意见 is an 意见."""
    core = re.sub(r"[（(][^（()）]*[)）]$", "", title)
    return core.endswith(re.sub("^[新原]", "", sort)) or (len(sort) > 2 and core.endswith(sort[-2:]) and sort[:2] in core)


def _unmarked_short_names(text: str, known: Mapping[str, list[ShortName]]) -> dict[str, list[ShortName]]:
    """Return short names of titles that stand without marks: 某市养老规划（以下简称《规划》）."""
    found: dict[str, list[ShortName]] = {}
    for match in load_cues(CUES)["alias_unmarked"][0].pattern.finditer(text):
        if match["short"] not in known:
            title = re.sub("^.*?(?:按照|依据|依照|根据|贯彻落实|落实|贯彻|执行|结合)(?=.{5})", "", match["title"])
            found.setdefault(match["short"], []).append(ShortName(title, None, match.start()))
    return found
