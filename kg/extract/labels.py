"""Labels in assignments: what stands before the colon of 「牵头单位：市水利局」, and the brackets that they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.cues import Cue, load_cues, pattern
from kg.text import CLOSERS, OPENERS

NEAR = 60  # characters within which a bracket comes to its label: （6月底前完成，牵头单位：…）
_BRACKET_SIGN = re.compile(f"[{re.escape(OPENERS + CLOSERS)}]")


def find_labels(text: str, start: int, end: int) -> list[tuple[Cue, int, int]]:
    """Return the labels (牵头单位：) in a stretch, outside of inner brackets."""
    found: list[tuple[Cue, int, int]] = []
    for match in _label_pattern().finditer(text, start, end):
        cue = next(cue for cue in load_cues()["label"] if match[cue.id] is not None)
        found.append((cue, match.start(), match.end()))
    return found


@cache
def _label_pattern() -> re.Pattern[str]:
    names = "|".join(f"(?P<{cue.id}>{cue.pattern.pattern})" for cue in load_cues()["label"])
    return re.compile(rf"(?:{names})(?:[（(][^）)]{{0,12}}[）)])?\s*(?:[：:︰∶]|为(?!主)|是(?=市|省|区|县))")


def opens_with_label(text: str, start: int, end: int) -> bool:
    """Say whether a stretch opens with a label, blanks, dates and the like apart."""
    label = _label_pattern().search(text, start, min(end, start + NEAR))
    if label is None:
        return False
    before = text[start : label.start()].strip("，,；; ")
    return len(before) <= 2 or pattern("clause", "due").match(before) is not None


def find_brackets(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield offsets of the outermost brackets: of the opening sign and behind the closing one; any pair of signs fits.

    A bracket that is never closed ends with the stretch; one sentence further it is taken for a stray sign.
    """
    closed, open_ = _matched(text, start, end)
    at = 0
    for i, stray in enumerate([*open_, end]):
        while at < len(closed) and closed[at][0] < stray:
            yield closed[at]
            at += 1
        inner = at < len(closed) or i + 1 < len(open_)
        if stray < end and (opens_with_label(text, stray + 1, end) or not inner):
            yield stray, end
            return


def _matched(text: str, start: int, end: int) -> tuple[list[tuple[int, int]], list[int]]:
    """Return the brackets that no closed one holds, in reading order, and the signs that are never closed."""
    closed: list[tuple[int, int]] = []
    open_: list[int] = []
    for match in _BRACKET_SIGN.finditer(text, start, end):
        if match[0] in OPENERS:
            open_.append(match.start())
        elif open_:
            opened = open_.pop()
            while closed and closed[-1][0] > opened:
                closed.pop()
            closed.append((opened, match.end()))
    return closed, open_
