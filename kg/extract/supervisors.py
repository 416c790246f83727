"""The persons who answer for a task: 分管领导：…, 责任人：…; never a body."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.labels import find_labels
from kg.extract.names import is_body
from kg.model import Supervisor
from kg.text import MappedText

_STOP = re.compile(r"[\n。；;〕】]|[，,、\s]*(?:联系)?电话|(?P<open>[（(])|[）)]")
_PART = re.compile(r"[^、，,；;/\s·•|]+")
_PERSON = re.compile(r"^[\u4e00-\u9fff·○×Xx某]{2,14}(?:[（(][^（()）]{1,12}[)）])?$")
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
    """Yield where the persons of a list stand; the list holds nothing else."""
    for part in _PART.finditer(copy.text, start, end):
        for a, b in cut_at_blanks(copy, *part.span()):
            if _PERSON.match(copy.text[a:b]) and not is_body(copy.text[a:b]):
                yield a, b


def cut_at_blanks(copy: MappedText, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces between blanks that only the pinned text has: 张某某 李某某; 王 某 is one name."""
    a = start
    for i in range(start + 1, end):
        between = copy.pinned[copy.offsets[i - 1] + 1 : copy.offsets[i]]
        if between and between.isspace() and i - a > 1:
            yield a, i
            a = i
    if end > a:
        yield a, end
