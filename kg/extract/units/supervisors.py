"""The persons who answer for a task: 分管领导：…, 责任人：…; never a body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.extract.units.labels import find_labels
from kg.extract.units.parts import is_body
from kg.extract.units.persons import looks_like_name
from kg.model import Supervisor
from kg.text import CLOSERS, OPENERS, MappedText

_STOP = re.compile(r"[\n。；;〕】]|[，,、\s]*(?:联系)?电话|(?P<open>[（(])|[）)]")
_BETWEEN = re.compile(r"[、，,；;/\s·•|]")
_SAME = re.compile("同[上前]")
# names of two characters with a blank within, among others: 陆 明俞 悦, 张某某 李 某
_ONE_OF = re.compile("[\u4e00-\u9fff] [\u4e00-\u9fff]|[\u4e00-\u9fff]{2,3}")
_SPREAD = re.compile(f"(?:(?:{_ONE_OF.pattern}) ?){{2,}}")
LONGEST = 40  # characters of names that are set apart
_PERSON = re.compile(r"^[\u4e00-\u9fff·○×Xx某]{2,14}(?:[（(][^（()）]{1,24}[)）])?$")
RULE = "supervisors.label"


def find_supervisors(copy: MappedText, start: int, end: int) -> Iterator[Supervisor]:
    r"""Yield the persons that labels in a stretch name, each once.

    >>> from kg.text import map_text
    >>> copy = map_text("责任领导：张某某 李某某、王 某\n责任单位：市水利局")
    >>> [person.name for person in find_supervisors(copy, 0, len(copy.text))]
    ['张某某', '李某某', '王某']
    """
    labels = find_labels(copy.text, start, end, everywhere=True)
    seen: set[str] = set()
    for i, (cue, _, behind) in enumerate(labels):
        if cue.says != "person":
            continue
        limit = labels[i + 1][1] if i + 1 < len(labels) else end
        for a, b in find_persons(copy, behind, _end(copy.text, behind, limit)):
            if copy.text[a:b] not in seen:
                seen.add(copy.text[a:b])
                yield Supervisor(copy.text[a:b], copy.evidence(a, b, RULE))


def _end(text: str, start: int, limit: int) -> int:
    """Return where a list of persons ends: 甲某（副县长）goes on behind its bracket."""
    depth = 0
    for stop in _STOP.finditer(text, start, limit):
        if stop["open"]:
            depth += 1
        elif stop[0] in "）)" and depth:
            depth -= 1
        elif not depth:
            return stop.start()
    return limit


def find_persons(copy: MappedText, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the persons of a list stand; the list holds nothing else. An office behind a name is left with it."""
    for a, b in _parts(copy.text, start, end):
        for c, d in cut_at_blanks(copy, a, b):
            if _PERSON.match(copy.text[c:d]) and not is_body(copy.text[c:d]) and not _SAME.match(copy.text[c:d]):
                yield c, d


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield what stands between separators outside of brackets: 甲某（县委常委、副县长）、乙某."""
    a = None
    depth = 0
    for i in range(start, end):
        char = text[i]
        depth = max(0, depth + (char in OPENERS) - (char in CLOSERS))
        if depth == 0 and _BETWEEN.match(char):
            if a is not None:
                yield a, i
            a = None
        elif a is None:
            a = i
    if a is not None:
        yield a, end


def cut_at_blanks(copy: MappedText, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces between blanks that only the pinned text has: 张某某 李某某; 王 某 is one name.

    Names of two characters are often set apart to be as wide as those of three, and the blank between two of them is
    lost: 陆 明俞 悦.
    """
    blank = [i for i in range(start + 1, end) if _is_blank(copy.pinned[copy.offsets[i - 1] + 1 : copy.offsets[i]])]
    spread = _spread(copy.text, start, end, blank) if len(blank) > 1 else []
    if spread:
        yield from pairwise([start, *spread, end])
        return
    a = start
    for i in blank:
        if i - a > 1:
            yield a, i
            a = i
    if end > a:
        yield a, end


def _is_blank(between: str) -> bool:
    return bool(between) and between.isspace()


def _spread(text: str, start: int, end: int, blank: Sequence[int]) -> list[int]:
    """Return where names begin, but the first, if a stretch is names and one or more of two characters are set apart."""
    signs = "".join((" " if i in blank else "") + text[i] for i in range(start, end)) if end - start <= LONGEST else ""
    if not _SPREAD.fullmatch(signs) or not all(looks_like_name(re.sub(" ", "", one[0])) for one in _ONE_OF.finditer(signs)):
        return []
    lengths = [len(one[0].replace(" ", "")) for one in _ONE_OF.finditer(signs)]
    return [start + sum(lengths[:i]) for i in range(1, len(lengths))]
