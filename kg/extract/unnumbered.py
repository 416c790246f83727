"""Tasks that no number opens: a run of sentences, each closed by who answers for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.extract.units import Assigned, find_assigned, only_side_notes, skip_dates
from kg.sections import Block
from kg.text import MappedText

LINES = 8  # of a task at most
Line = tuple[int, int]
Group = list[Assigned]
_LINE = re.compile("[^\n]+")
_STOP = re.compile("[。；;，,：:！？]")


def group_assigned(text: str, assigned: Sequence[Assigned]) -> list[Group]:
    """Put assignments together that follow each other with nothing but persons and dates between."""
    groups: list[Group] = []
    for one in assigned:
        if groups and only_side_notes(text, groups[-1][-1].end, one.start):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def find_passages(copy: MappedText, without: Sequence[tuple[int, int]]) -> Iterator[tuple[Block, Group]]:
    """Yield the passages of a text that counts nothing, outside of its tables (``without``)."""
    free = pairwise([0, *(at for span in sorted(without) for at in span), len(copy.text)])
    found = [one for a, b in list(free)[::2] for one in find_assigned(copy.text, a, max(a, b))]
    yield from _passages(copy.text, list(copy.paragraphs()), group_assigned(copy.text, found), None)


def find_passages_below(text: str, chapter: Block, groups: Sequence[Group]) -> list[tuple[Block, Group]]:
    """Return the passages of a chapter whose heading stands alone (一、省长牵头的工作), else none."""
    alone = chapter.rank <= 3 and len(groups) > 1 and not _STOP.search(text, chapter.mark_end, chapter.heading_end)
    if not alone or only_side_notes(text, chapter.heading_end, groups[0][0].start):
        return []
    if any(one.rule != "units.line" for group in groups for one in group):
        return []
    lines = [line.span() for line in _LINE.finditer(text, chapter.heading_end, chapter.end)]
    return list(_passages(text, lines, groups, chapter))


def _passages(text: str, lines: Sequence[Line], groups: Sequence[Group], parent: Block | None) -> Iterator[tuple[Block, Group]]:
    own = list(_own_lines(text, lines, groups))
    if parent is None and own and len(own[0]) > 1 and own[0][0] == lines[0]:
        own[0] = own[0][1:]  # the document's title
    # each has a name of its own; where but some have, the line is the heading of a part
    named = all(len(part) > 1 and _is_name(text, part[0]) for part in own[1:] or own)
    at = parent.heading_end if parent else 0
    for i, (group, part) in enumerate(zip(groups, own, strict=True), 1):
        rest = list(part)
        by_line = all(one.rule == "units.line" for one in group)
        while len(rest) > 1 and _is_name(text, rest[0]) and (not named or _is_name(text, rest[1])):
            rest.pop(0)  # the heading of what follows
        if not by_line or (i == 1 and parent is None and not (named and len(rest) == 2)):
            rest = rest[-2:] if named and len(rest) > 1 and _is_name(text, rest[-2]) else rest[-1:]
        start, line_end = rest[0] if rest else (max(at, group[0].start), group[0].end)
        end = skip_dates(text, min(len(text), group[-1].end + 1), len(text)) if by_line else group[-1].end
        end = max(group[-1].end, end)
        at = end
        yield Block("plain", parent.rank + 1 if parent else 3, None, i, start, start, line_end, end, parent), group


def _own_lines(text: str, lines: Sequence[Line], groups: Sequence[Group]) -> Iterator[list[Line]]:
    """Yield the lines of each group: those behind the group before, up to what assigns them."""
    at = 0
    for group in groups:
        first = group[0].start
        while at < len(lines) and lines[at][0] >= first and at:
            at -= 1
        part: list[Line] = []
        while at < len(lines) and lines[at][0] < first:
            if not only_side_notes(text, *lines[at]):
                part.append(lines[at])
            at += 1
        yield part[-LINES:]
        while at < len(lines) and lines[at][0] < group[-1].end:
            at += 1


def _is_name(text: str, line: Line) -> bool:
    """Say whether a line is a heading: short and without a stop."""
    return line[1] - line[0] <= 40 and _STOP.search(text, *line) is None
