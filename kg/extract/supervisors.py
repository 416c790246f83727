"""The persons who answer for a task: 分管领导：…, 责任人：…; never a body."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.labels import find_labels
from kg.extract.names import is_body
from kg.model import Supervisor
from kg.text import MappedText

_STOP = re.compile(r"[\n。；;）)〕】]|[，,、\s]*联系电话|[，,、\s]*电话")
_PART = re.compile(r"[^、，,/\s·•|]+")
_PERSON = re.compile(r"^[\u4e00-\u9fff·○×Xx某]{2,14}(?:[（(][^（）()]{1,12}[)）])?$")
RULE = "supervisors.label"


def find_supervisors(copy: MappedText, start: int, end: int) -> Iterator[Supervisor]:
    r"""Yield the persons that labels in a stretch name, each once.

    >>> from kg.text import map_text
    >>> copy = map_text("责任领导：张某某、李某某\\n责任单位：市水利局")
    >>> [person.name for person in find_supervisors(copy, 0, len(copy.text))]
    ['张某某', '李某某']
    """
    labels = find_labels(copy.text, start, end)
    seen: set[str] = set()
    for i, (cue, _, behind) in enumerate(labels):
        if cue.says != "person":
            continue
        limit = labels[i + 1][1] if i + 1 < len(labels) else end
        stop = _STOP.search(copy.text, behind, limit)
        for part in _PART.finditer(copy.text, behind, stop.start() if stop else limit):
            if part[0] not in seen and _PERSON.match(part[0]) and not is_body(part[0]):
                seen.add(part[0])
                yield Supervisor(part[0], copy.evidence(*part.span(), RULE))
