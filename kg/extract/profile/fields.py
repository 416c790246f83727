"""The fields with which a web page heads a document: 索引号, 发文机关, 成文日期, 标题, 发文字号, however they are set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kg.cues import load_cues

Meaning = Literal["title", "issuer", "site", "number", "written", "shown", "uploaded", "other"]

_EDGE = " \t|｜*#：:[]【】•·\u3000"
_REACH = 160  # characters in which a field's value stands
_HEAD = 2500  # characters in which fields stand


@dataclass(frozen=True, slots=True)
class Field:
    """What a page states about its document; ``site``: who shows it, ``shown``: since when; ``uploaded``: by whomever."""

    meaning: Meaning
    value: str


def find_fields(text: str) -> Iterator[Field]:
    r"""Yield the fields at the head of ``text``, in reading order; those without a value are left out.

    >>> [(f.meaning, f.value) for f in find_fields("索引号：|\n发文机关：|\n某市政府|\n标题：|某市工作要点|发文字号：|")]
    [('issuer', '某市政府'), ('title', '某市工作要点')]
    """
    head = text[:_HEAD]
    labels = sorted(
        (match.start(), match.end(), cue.says) for cue in load_cues()["field"] for match in cue.pattern.finditer(head)
    )
    taken = -1
    spans = []
    for start, end, says in labels:
        if start >= taken:
            spans.append((start, end, says))
            taken = end
    for i, (_, end, says) in enumerate(spans):
        until = spans[i + 1][0] if i + 1 < len(spans) else len(head)
        value = _value(head[end : min(until, end + _REACH)])
        if value:
            yield Field(says, value)  # type: ignore[arg-type]


def _value(words: str) -> str:
    """Return the first piece that is not empty: on the same line, in the next cell or on the next line."""
    pieces = (piece.strip(_EDGE) for piece in re.split(r"[|｜\n]", words)[:5])
    return next((piece for piece in pieces if piece), "")
