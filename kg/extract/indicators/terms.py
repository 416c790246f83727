"""Where a text lists who may apply: 申报条件：注册资本不低于500万元；… sets conditions, no targets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.cues import load_cues

ENTRY = re.compile(
    r"[ \t\u3000]*(?:[（(]?\d{1,2}[)）.．、](?!\d)|[①-⑳]|[（(][一二三四五六七八九十]{1,2}[)）]|[一二三四五六七八九十]是)"
)
ENTRY_AHEAD = re.compile(r"[。；;\n\s]*" + ENTRY.pattern)
OPENING = re.compile(r"[^。；\n]{0,60}?[：:]")
STOP = re.compile(r"[。\n]")


def find_terms(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches that say who may apply: behind the words that announce them, with all entries of a list.

    >>> text = "申报条件：（1）注册资本不低于500万元。（2）研发人员占比不低于10%。到2025年，培育企业30家。"
    >>> [text[start:end] for start, end in find_terms(text)]
    ['（1）注册资本不低于500万元。（2）研发人员占比不低于10%。']
    """
    done = 0
    for cue in load_cues("indicators.toml")["terms"]:
        for match in cue.pattern.finditer(text):
            if match.start() >= done:
                done = _end(text, match.end())
                yield match.end(), done


def _end(text: str, start: int) -> int:
    """Return where a list of conditions ends that begins at ``start``: with its sentence, or with its last entry."""
    opening = OPENING.match(text, start)  # 符合下列条件之一的企业给予支持：1.…
    entry = ENTRY_AHEAD.match(text, opening.end() if opening else start)
    listed = entry is not None
    end = entry.end() if entry else start
    while stop := STOP.search(text, end):
        end = stop.end()
        entry = ENTRY_AHEAD.match(text, end) if listed else None
        if entry is None:
            return end
        end = entry.end()
    return len(text)
