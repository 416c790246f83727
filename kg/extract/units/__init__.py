"""Who is named in an assignment: the bracket at an item's end, or a line of its own under it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.cues import pattern
from kg.extract.units.bare import ends_sentence, is_assignment, only_bodies, read_sentence
from kg.extract.units.labels import ASIDE, begins_with_label, find_brackets, find_labels, opens_with_label
from kg.extract.units.lasting import find_lasting, read_lasting, same_below
from kg.extract.units.leaders import without_rules
from kg.extract.units.names import Name, read_labelled_names
from kg.extract.units.parts import is_body
from kg.text import CLOSERS, MARKER, OPENERS

LONGEST = 1200  # characters that a bracket takes at most when no label (责任单位：) opens it
LINE = 400  # characters that a line of its own takes at most
TAIL = 300  # characters that an assignment without brackets takes at most
_LINE_LEAD = re.compile(r"[\s*•·\-—]*")
_STOPS = "。；;！"
_BULLETS = "。；;，,、|）)-—*•· \t\n"


@dataclass(frozen=True, slots=True)
class Assigned:
    """What one bracket or line says."""

    start: int  # of the bracket or line itself
    end: int
    names: tuple[Name, ...]
    lasting: tuple[Name, ...]  # those that hold for all later tasks (下同)
    joint: bool  # 按职责
    first_leads: bool  # says that the first body of each bracket leads
    rule: str


def find_assigned(text: str, start: int, end: int) -> Iterator[Assigned]:
    """Yield the assignments within a stretch of the working copy, in reading order.

    >>> text = "强化监管。（牵头单位：市水利局；配合单位：各县（市、区）政府）"
    >>> [(n.name, n.role, n.collective) for a in find_assigned(text, 0, len(text)) for n in a.names]
    [('市水利局', 'lead', False), ('各县（市、区）政府', 'support', True)]
    """
    after = False  # whether the line above says nothing but who does it
    for paragraph in re.finditer(r"[^\n]+", text[start:end]):
        a, b = start + paragraph.start(), start + paragraph.end()
        line = _labelled_line(text, a, b)
        if line is not None:
            yield line
            after = True
            continue
        tail = _labelled_tail(text, a, b) or _run_on_tail(text, a, b) or _spoken_tail(text, a, b, goes_on=after)
        after = (tail is not None and not text[a : tail.start].strip(_BULLETS)) or (after and not paragraph[0].strip())
        for open_, close in find_brackets(text, a, tail.start if tail else b):
            found = _bracket(text, open_, close, (a, b))
            if found is not None:
                yield found
        if tail:
            yield tail


def only_side_notes(text: str, start: int, end: int) -> bool:
    """Say whether lines name but persons and dates: 「分管领导：某某」 between two lines on bodies."""
    return all(_is_side_note(text, start + line.start(), start + line.end()) for line in re.finditer("[^\n]+", text[start:end]))


def skip_dates(text: str, start: int, end: int) -> int:
    """Return where the lines end that say by when, behind an assignment: 「完成时限：6月底前」 closes the task above it."""
    for line in re.finditer("[^\n]*\n?", text[start:end]):
        labels = find_labels(text, start + line.start(), start + line.end())
        if not labels or any(cue.says not in ("time", "other") for cue, _, _ in labels):
            return start + line.start()
        if not _is_side_note(text, start + line.start(), start + line.end()):
            return start + line.start()
    return end


def _is_side_note(text: str, start: int, end: int) -> bool:
    while start < end and text[start] in _BULLETS:
        start += 1
    labels = find_labels(text, start, end)
    aside = bool(labels) and labels[0][1] == start and all(cue.says in ASIDE for cue, _, _ in labels)
    return start >= end or (aside and end - start <= 120)


def _labelled_line(text: str, start: int, end: int) -> Assigned | None:
    """Read a paragraph that is an assignment by itself, as in 「牵头单位：市水利局」."""
    lead = _LINE_LEAD.match(text, start, end)
    begin = lead.end() if lead else start
    marker = MARKER.match(text, begin, end)  # 3.责任单位：市水利局
    begin = marker.end() if marker else begin
    begin += _opens_boxed(text, begin, end)
    if end - begin > LINE or not begins_with_label(text, begin, end):
        return None
    labels = find_labels(text, begin, end)
    if all(cue.says in ASIDE for cue, _, _ in labels):
        return None
    return _read(text, begin, end, begin, end, "units.line")


def _labelled_tail(text: str, start: int, end: int) -> Assigned | None:
    """Read an assignment without brackets behind the last sentence, as in 「……落实到位。责任单位：市教育局」."""
    labels = find_labels(text, max(start, end - TAIL), end)
    near = [a for _, a, b in labels if a > start and text[a - 1] in ("。；;）)【[〔" if text[b - 1] in CLOSERS else "。；;）)")]
    brackets = list(find_brackets(text, start, end)) if near else []
    for a in near:
        within = any(x <= a < y and not _opens_boxed(text, x, end) for x, y in brackets)
        alone = not within and not _goes_on(text, a, end)
        if alone and any(label[0].says not in ASIDE for label in labels if label[1] >= a):
            return _read(text, a, end, a, end, "units.tail")
    return None


def _run_on_tail(text: str, start: int, end: int) -> Assigned | None:
    """Read the same where the blank or the stop before the label is lost: 「……落实到位责任单位：市教育局」."""
    labels = find_labels(text, max(start, end - TAIL), end)
    opening = next(((a, b) for cue, a, b in labels if cue.says not in ASIDE and a > start and text[b - 1] in "：:"), None)
    if opening is None or _goes_on(text, opening[0], end) or any(a <= opening[0] < b for a, b in find_brackets(text, start, end)):
        return None
    found = _read(text, opening[0], end, opening[0], end, "units.tail")
    return found if found and found.names and all(is_body(name.name) for name in found.names) else None


def _opens_boxed(text: str, start: int, end: int) -> bool:
    """Say whether a label opens that stands in brackets by itself: 【责任单位】市水利局."""
    labels = find_labels(text, start + 1, min(end, start + 24)) if start < end and text[start] in OPENERS else []
    return bool(labels) and labels[0][1] == start + 1 and text[labels[0][2] - 1] in CLOSERS


def _spoken_tail(text: str, start: int, end: int, *, goes_on: bool = False) -> Assigned | None:
    """Read the last sentences that say nothing but who does it: 「……。由市教育局牵头；市财政局配合。」."""
    stop = end
    while stop > start and text[stop - 1] in "。；; ":
        stop -= 1
    lead = _LINE_LEAD.match(text, start, stop)
    start = lead.end() if lead else start
    begin = max(start, *(text.rfind(char, start, stop) + 1 for char in _STOPS))
    while begin > start:
        before = max(start, *(text.rfind(char, start, begin - 1) + 1 for char in _STOPS))
        if stop - before > LONGEST or not only_bodies(text, before, begin - 1, text[begin - 1]):
            break
        begin = before
    short = stop - begin <= LONGEST
    names = read_sentence(text, begin, stop, goes_on=goes_on and begin == start) if short else []
    return Assigned(begin, end, tuple(names), (), False, False, "units.sentence") if names else None


def _goes_on(text: str, start: int, end: int) -> bool:
    """Say whether sentences follow that are no part of an assignment: 「责任单位：市教育局。完成时限：6月底前。」 ends there."""
    text, shift, _ = without_rules(text, start, end)
    start, end = start - shift, end - shift
    stops = (match.end() for match in re.finditer("。(?=[^ ])", text[start:end]))
    return any(not opens_with_label(text, start + stop, end) for stop in stops)


def _bracket(text: str, start: int, end: int, line: tuple[int, int]) -> Assigned | None:
    closed = text[end - 1] in CLOSERS
    inner_end = end - 1 if closed else end
    if inner_end - start < 3 or (inner_end - start > LONGEST and not opens_with_label(text, start + 1, inner_end)):
        return None
    labels = [label for label in find_labels(text, start + 1, inner_end) if label[0].says not in ASIDE]
    if labels and (opens_with_label(text, start + 1, inner_end) or ends_sentence(text, start, end, line[1])):
        return _read(text, start + 1, inner_end, start, end, "units.bracket")
    if not closed:
        return None
    found = _read(text, start + 1, inner_end, start, end, "units.bare")
    return found if found is not None and is_assignment(text, start, end, line, found.names) else None


def _read(text: str, start: int, end: int, whole_start: int, whole_end: int, rule: str) -> Assigned | None:
    plain, shift, said = without_rules(text, start, end)
    names, lasting, joint = _who(plain, start - shift, end - shift, rule)
    if not names and not said:
        return None
    leads = "first_leads" in said
    return Assigned(whole_start, whole_end, _moved(names, shift), _moved(lasting, shift), joint, leads, rule)


def _moved(names: Sequence[Name], by: int) -> tuple[Name, ...]:
    return tuple(replace(name, start=name.start + by, end=name.end + by) for name in names) if by else tuple(names)


def _who(text: str, start: int, end: int, rule: str) -> tuple[Sequence[Name], Sequence[Name], bool]:
    """Return the bodies of an assignment, those that hold for later tasks too, and whether they act by their duties."""
    lasting_in_words = find_lasting(text, start, end)
    if lasting_in_words:
        end = lasting_in_words.start()
    same = pattern("clause", "same_below").search(text[start:end])
    if same:
        end = start + same.start()
    names, joint = read_labelled_names(text, start, end)
    if (
        rule in ("units.line", "units.tail")
        and not _after_colon(text, start, end)
        and not all(is_body(name.name) for name in names)
    ):
        return (), (), False  # 「实施主体为锂电池、储能等行业的企业」
    lasting = same_below(text, names, start, end) if same else ()
    if lasting_in_words:
        lasting = tuple(read_lasting(text, lasting_in_words))
        named = {name.name for name in names}
        names = [*names, *(name for name in lasting if name.name not in named)]
    return names, lasting, joint


def _after_colon(text: str, start: int, end: int) -> bool:
    """Say whether a stretch opens with a label and its colon: 责任单位：, not 责任单位为."""
    return any(text[behind - 1] not in "为是 " for _, _, behind in find_labels(text, start, end)[:1])
