"""Labels in assignments: what stands before the colon of 「牵头单位：市水利局」, and the brackets that they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from kg.cues import Cue, load_cues, pattern
from kg.text import CLOSERS, OPENERS, balance

ASIDE = ("person", "time", "other")  # labels that no body stands behind: 责任人：, 完成时限：, 适用范围：
NEAR = 60  # characters within which a bracket comes to its label: （6月底前完成，牵头单位：…）
_BRACKET_SIGN = re.compile(f"[{re.escape(OPENERS + CLOSERS)}]")


def find_labels(text: str, start: int, end: int, *, everywhere: bool = False) -> list[tuple[Cue, int, int]]:
    """Return the labels (牵头单位：) in a stretch; who answers in person for one of the bodies is left in its brackets.

    ``everywhere``: those in brackets too.

    >>> text = "责任单位：市教育局（责任人：某某）、市财政局。完成时限：6月"
    >>> [cue.says for cue, _, _ in find_labels(text, 0, len(text))]
    ['responsible', 'time']
    """
    return list(_find_labels(text, start, end, everywhere))


@lru_cache(maxsize=256)
def _find_labels(text: str, start: int, end: int, everywhere: bool) -> tuple[tuple[Cue, int, int], ...]:
    """Return the same; a bracket's words are asked for more than once."""
    found: list[tuple[Cue, int, int]] = []
    depth, at = 0, start
    for match in _label_pattern().finditer(text, start, end):
        cue = next(cue for cue in load_cues()["label"] if match[cue.id] is not None)
        depth = max(0, depth + balance(text[at : match.start()]))
        at = match.start()
        if everywhere or depth == 0 or cue.says not in ASIDE:
            found.append((cue, match.start(), match.end()))
    return tuple(found)


def begins_with_label(text: str, start: int, end: int) -> bool:
    """Say whether a label stands right at the start of a stretch."""
    return _label_pattern().match(text, start, end) is not None


@cache
def _label_pattern() -> re.Pattern[str]:
    """Return one pattern for all labels.

    A blank may stand for the colon, or the end of brackets (【责任单位】市水利局); right behind the opening sign of a bracket
    nothing at all.
    """
    names = "|".join(f"(?P<{cue.id}>{cue.pattern.pattern})" for cue in load_cues()["label"])
    opened = r"(?P<opened>(?<=[（(〔［\[【]))?"
    also = r"(?:[及和与/、](?:责任|牵头|配合|分管|负责){0,2}(?:单位|部门|人|领导))?"
    colon = r"[：:︰∶﹕]|[】\]〕](?=[^。；;，,])|为(?!主)|是(?=市|省|区|县)"
    return re.compile(
        rf"{opened}(?:{names}){also}(?:[（(][^）)]{{0,12}}[）)])?\s*(?:{colon}| (?=\S)|(?(opened)(?=[市省区县州]\S)|(?!)))"
    )


def opens_with_label(text: str, start: int, end: int) -> bool:
    """Say whether a stretch opens with a label, blanks, dates and the like apart."""
    label = _label_pattern().search(text, start, min(end, start + NEAR))
    if label is None:
        return False
    before = text[start : label.start()].strip("，,；; ")
    return len(before) <= 2 or pattern("clause", "due").match(before) is not None


def opens_aside(text: str, start: int, end: int) -> bool:
    """Say whether a line tells whom to call and the like: 联系人：某某（市水利局）."""
    label = _label_pattern().search(text, start, min(end, start + NEAR))
    return (
        label is not None
        and label.start() <= start + 2
        and any(label[cue.id] for cue in load_cues()["label"] if cue.says in ASIDE)
    )


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
