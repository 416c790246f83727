"""Who is named in an assignment: the bracket at an item's end, or a line of its own under it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from kg.cues import Cue, first, load_cues, pattern
from kg.model import Role
from kg.text import CLOSERS, MARKER, OPENERS

NEAR = 60  # characters within which a bracket comes to its label: （6月底前完成，牵头单位：…）
TAIL = 300  # characters that an assignment without brackets takes at most
LeadRule = Literal["first_leads", "starred_leads"]
_PAIRS = {"“": "”", "‘": "’", "「": "」", "《": "》"}
_SEPARATORS = "、，,；;。/ \t\n"
_BRACKET_SIGN = re.compile(f"[{re.escape(OPENERS + CLOSERS)}]")
_LINE_LEAD = re.compile(r"[\s*•·\-—]*")
_BULLETS = "。；;，,、|）)-—*•· \t\n"
_STARS = "*＊★☆※▲△"
# what a line must hold to say who leads: the patterns are slow on long lines
_RULE_SIGNS: dict[LeadRule, tuple[str, ...]] = {
    "first_leads": ("首位", "首个", "第一", "最前"),
    "starred_leads": tuple(_STARS),
}
_ALIAS = re.compile(r"(?<=[^各])[（(][^（()）]{2,16}[)）]$")
_JOINERS = re.compile(r"(?:以及|及其|会同|和|及|与)")
# what goes with its head in one name though a separator stands between: 各区、县级市; 各县委、政府; 市有关部门、单位
_PAIRED = (
    ("each_head", "each_tail"),
    ("committee_head", "government_tail"),
    ("government_head", "zone_tail"),
    ("vague_head", "vague_tail"),
)


@dataclass(frozen=True, slots=True)
class Name:
    """A body's name with its offsets in the text that it was read from."""

    name: str
    role: Role
    start: int
    end: int
    collective: bool
    vague: bool
    starred: bool = False  # ★市水利局


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
    for paragraph in re.finditer(r"[^\n]+", text[start:end]):
        a, b = start + paragraph.start(), start + paragraph.end()
        line = _labelled_line(text, a, b)
        if line is not None:
            yield line
            continue
        tail = _labelled_tail(text, a, b)
        for open_, close in find_brackets(text, a, tail.start if tail else b):
            found = _bracket(text, open_, close, b)
            if found is not None:
                yield found
        if tail:
            yield tail


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
        if stray < end and (_label_at(text, stray + 1, end) or not inner):
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


def find_lead_rule(text: str, kind: LeadRule) -> int | None:
    """Return from where on the text's rule on who leads holds: from the start where a note says it, else from where it stands.

    ``first_leads``: the first body of each bracket; ``starred_leads``: those marked with a star.
    """
    for line in re.finditer("[^\n]+", text):
        if "牵头" not in line[0] or not any(sign in line[0] for sign in _RULE_SIGNS[kind]):
            continue
        match = next((match for match in pattern("clause", kind).finditer(text, *line.span()) if "牵头" in match[0]), None)
        if match is not None:
            return 0 if re.match(r"[\s|（(]*(?:备?注|说明)", line[0]) else match.start()
    return None


def only_side_notes(text: str, start: int, end: int) -> bool:
    """Say whether lines name but persons and dates: 「分管领导：某某」 between two lines on bodies."""
    return all(_is_side_note(text, start + line.start(), start + line.end()) for line in re.finditer("[^\n]+", text[start:end]))


def _is_side_note(text: str, start: int, end: int) -> bool:
    while start < end and text[start] in _BULLETS:
        start += 1
    labels = _labels(text, start, end)
    aside = bool(labels) and labels[0][1] == start and all(cue.says in ("person", "time") for cue, _, _ in labels)
    return start >= end or (aside and end - start <= 120)


def read_names(text: str, start: int, end: int, role: Role) -> list[Name]:
    """Return the bodies in a stretch that holds nothing else, such as a table's cell; ``role`` is what its column says."""
    names, _ = _stretch(text, start, end, role) if not _labels(text, start, end) else _names(text, start, end)
    return _distinct(names)


def is_body(name: str, *, sure: bool = False) -> bool:
    """Say whether ``name`` ends like the name of a body; ``sure`` leaves out endings that other words share."""
    cues = load_cues()
    if not 2 <= len(name) <= 30 or re.search(r"[。；;：:！？“”\d]{2,}|的$|不|将(?!军)|须|应当|转报|报送", name):
        return False
    bodies = cues["body"][:1] if sure else cues["body"]
    bare = _ALIAS.sub("", name)  # 市委宣传部（市文明办）
    return first((*bodies, *cues["vague"], *cues["collective"]), name) is not None or (bare != name and is_body(bare, sure=sure))


def _labels(text: str, start: int, end: int) -> list[tuple[Cue, int, int]]:
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


def _label_at(text: str, start: int, end: int) -> bool:
    """Say whether a stretch opens with a label, blanks, dates and the like apart."""
    label = _label_pattern().search(text, start, min(end, start + NEAR))
    if label is None:
        return False
    before = text[start : label.start()].strip("，,；; ")
    return len(before) <= 2 or pattern("clause", "due").match(before) is not None


def _labelled_line(text: str, start: int, end: int) -> Assigned | None:
    """Read a paragraph that is an assignment by itself, as in 「牵头单位：市水利局」."""
    lead = _LINE_LEAD.match(text, start, end)
    begin = lead.end() if lead else start
    marker = MARKER.match(text, begin, end)  # 3.责任单位：市水利局
    begin = marker.end() if marker else begin
    labels = _labels(text, begin, end)
    if not labels or labels[0][1] != begin or end - begin > 400:
        return None
    if all(cue.says in ("person", "time") for cue, _, _ in labels):
        return None
    return _read(text, begin, end, begin, end, "units.line")


def _labelled_tail(text: str, start: int, end: int) -> Assigned | None:
    """Read an assignment without brackets behind the last sentence, as in 「……落实到位。责任单位：市教育局」."""
    labels = _labels(text, max(start, end - TAIL), end)
    near = [a for _, a, _ in labels if a > start and text[a - 1] in "。；;）)"]
    brackets = list(find_brackets(text, start, end)) if near else []
    for a in near:
        within = any(x <= a < y for x, y in brackets)
        alone = not within and not _goes_on(text, a, end)
        if alone and any(label[0].says not in ("person", "time") for label in labels if label[1] >= a):
            return _read(text, a, end, a, end, "units.tail")
    return None


def _goes_on(text: str, start: int, end: int) -> bool:
    """Say whether sentences follow that are no part of an assignment: 「责任单位：市教育局。完成时限：6月底前。」 ends there."""
    stops = (match.end() for match in re.finditer("。(?=.)", text[start:end]))
    return any(not _label_at(text, start + stop, end) for stop in stops)


def _bracket(text: str, start: int, end: int, line_end: int) -> Assigned | None:
    closed = text[end - 1] in CLOSERS
    inner_end = end - 1 if closed else end
    if inner_end - start < 3 or inner_end - start > 1200:
        return None
    labels = [label for label in _labels(text, start + 1, inner_end) if label[0].says not in ("person", "time")]
    if labels and (_label_at(text, start + 1, inner_end) or _ends_item(text, start, end, line_end)):
        return _read(text, start + 1, inner_end, start, end, "units.bracket")
    if not closed:
        return None
    found = _read(text, start + 1, inner_end, start, end, "units.bare")
    if found is None or not found.names:
        return None
    words = _without_rules(text[start + 1 : inner_end])
    by_verb = any(_verb(words[a:b])[0] is not None for a, b in _parts(words, 0, len(words)))
    at_end = _ends_item(text, start, end, line_end)
    return found if (at_end or by_verb) and _names_bodies(found.names, by_verb, at_end) else None


def _names_bodies(names: Sequence[Name], by_verb: bool, at_end: bool) -> bool:
    """Say whether words without a label are bodies; a verb (负责) lets fewer signs do.

    ``乡镇（街道）`` names nobody, and in 「民政、财政、卫健部门负责」 only the last has its ending.
    """
    sure = any(is_body(name.name, sure=True) and not _is_tier(name.name) for name in names)
    whole = all(is_body(name.name) for name in names)
    if not at_end:
        return whole and all(is_body(name.name, sure=True) for name in names)
    elided = len(names) > 1 and re.search("(?:部门|政府|单位|管委会)$", names[-1].name) is not None
    short = all(re.fullmatch("[\u4e00-\u9fff]{2,4}", name.name) for name in names[:-1])
    return (whole and (sure or by_verb)) or (by_verb and elided and short)


def _is_tier(name: str) -> bool:
    """Say whether a name is but a level of government: 街道, 区县."""
    cue = first(load_cues()["collective"], name)
    return cue is not None and cue.id == "tier"


def _without_rules(words: str) -> str:
    return pattern("clause", "starred_leads").sub("", pattern("clause", "first_leads").sub("", words))


def _ends_item(text: str, start: int, end: int, line_end: int) -> bool:
    """Say whether a bracket stands where an assignment would: at a sentence's end."""
    behind = text[end : min(end + 2, line_end)]
    return end >= line_end or behind[:1] in "。；;" or text[start - 1 : start] in "。；;！”"


def _read(text: str, start: int, end: int, whole_start: int, whole_end: int, rule: str) -> Assigned | None:
    words = text[start:end]
    leads = find_lead_rule(words, "first_leads") is not None
    if leads:
        clause = next(match for match in pattern("clause", "first_leads").finditer(words) if "牵头" in match[0])
        if clause.end() >= len(words) - 1:
            end = start + clause.start()
    starred = pattern("clause", "starred_leads").search(text, start, end)
    if starred:
        end = starred.start()
    needed = pattern("clause", "needed_below").search(text, start, end)
    if needed:
        end = needed.start()
    same = pattern("clause", "same_below").search(text[start:end])
    if same:
        end = start + same.start()
    names, joint = _names(text, start, end)
    lasting = _lasting(text, names, start, end) if same else ()
    if needed:
        lasting = tuple(_names(text, *needed.span("who"))[0])
        names = _distinct([*names, *lasting])
    if not names and not (leads or starred):
        return None
    return Assigned(whole_start, whole_end, tuple(names), lasting, joint, leads, rule)


def _lasting(text: str, names: list[Name], start: int, end: int) -> tuple[Name, ...]:
    """Return the bodies that 下同 speaks of.

    Departments are listed with 、; the general bodies that always take part (各县（市、区）政府，高新区管委会) follow
    behind a comma.
    Without such a part it is the last one behind a comma, or else all.
    """
    groups: list[list[Name]] = [[]]
    for i, name in enumerate(names):
        if i and re.search("[，,；;]", text[names[i - 1].end : name.start]):
            groups.append([])
        groups[-1].append(name)
    general = next((i for i, group in enumerate(groups) if i and any(name.collective for name in group)), None)
    at = general if general is not None else len(groups) - 1
    return tuple(name for group in groups[at:] for name in group)


def _names(text: str, start: int, end: int) -> tuple[list[Name], bool]:
    labels = _labels(text, start, end)
    stretches: list[tuple[str | None, int, int]] = []
    if not labels or labels[0][1] > start:
        stretches.append((None, start, labels[0][1] if labels else end))
    for i, (cue, _, behind) in enumerate(labels):
        stretches.append((cue.says, behind, labels[i + 1][1] if i + 1 < len(labels) else end))
    names: list[Name] = []
    joint = False
    for says, a, b in stretches:
        if says in ("person", "time"):
            continue
        found, by_duty = _stretch(text, a, b, _role(says))
        names.extend(found)
        joint = joint or by_duty
    return _distinct(names), joint


def _role(says: str | None) -> Role | None:
    return says if says in ("lead", "responsible", "support") else None  # type: ignore[return-value]  # narrowed by the test


def _stretch(text: str, start: int, end: int, label: Role | None) -> tuple[list[Name], bool]:
    """Read names up to the verb that says what they do: A牵头，B、C按职责分工负责."""
    done: list[Name] = []
    waiting: list[Name] = []
    joint = False
    for a, b in _parts(text, start, end):
        verb, by_duty, stop = _verb(text[a:b])
        joint = joint or by_duty
        waiting.extend(_named(text, a, a + stop, label or "responsible"))
        if verb is not None:
            role: Role = label if label and verb == "responsible" else verb
            done.extend(replace(name, role=role) for name in waiting)
            waiting = []
    return [*done, *waiting], joint


def _verb(words: str) -> tuple[Role | None, bool, int]:
    """Return the role that the words end with, whether it is 按职责, and where the name before it ends."""
    words = words.rstrip("。；;，, ")
    end = len(words)
    role: Role | None = None
    cue = first(load_cues()["verb"], words)
    match = cue.pattern.search(words) if cue is not None else None
    # 市司法局协办 ends like a body, 市督查督办 is none that does something
    if cue and match and (is_body(words[: match.start()], sure=True) or not load_cues()["body"][0].pattern.search(words)):
        role, end = _role(cue.says), match.start()
    duty = pattern("clause", "by_duty").search(words, 0, end)
    joint = False
    if duty:
        joint = bool(re.search("职责|职能|分工|权限", duty[0]))
        end = duty.start()
    ending = pattern("clause", "ending").search(words, 0, end)
    if ending and ending[0].startswith("等"):
        end = ending.start()
    return role, joint, end


def _named(text: str, start: int, end: int, role: Role) -> Iterator[Name]:
    """Yield the body that a part names, or the two of 「A等B成员单位」."""
    while start < end and text[start] in " \t\n·•":
        start += 1
    while end > start and text[end - 1] in " \t\n。":
        end -= 1
    starred = any(char in _STARS for char in text[start:end])
    while start < end and text[start] in _STARS:
        start += 1
    while end > start and text[end - 1] in _STARS:
        end -= 1
    lead = pattern("clause", "leading").match(text[start:end])
    if lead:
        start += lead.end()
    words = text[start:end]
    if words.endswith("等"):
        end, words = end - 1, words[:-1]
    note = pattern("clause", "note").search(words)
    if note:
        role = "lead" if note["role"] in ("牵头", "总牵头", "主办", "主责") else "support"
        end = start + note.start()
        words = text[start:end]
    if len(words) < 2 or pattern("clause", "due").match(words) or _stray(words):
        return
    members = pattern("clause", "members").match(words)
    if members:
        yield from _named(text, start, start + members.end("name"), role)
        yield from _named(text, start + members.start("rest"), end, role)
        return
    cues = load_cues()
    vague = first(cues["vague"], words) is not None
    collective = first(cues["collective"], words) is not None and (not vague or bool(re.search("区|县|市|镇|街道", words)))
    yield Name(words, role, start, end, collective, vague, starred)


def _stray(words: str) -> bool:
    """Say whether words between separators cannot be a body: a sentence, a date, a figure."""
    return len(words) > 40 or words[0] in "）)" or pattern("clause", "no_body").search(words) is not None


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces between separators outside of brackets and quotes; 各区、县级市 stays in one piece."""
    pieces = [piece for a, b in _cut(text, start, end) for piece in _cut_joiners(text, a, b)]
    i = 0
    while i < len(pieces):
        a, b = pieces[i]
        while i + 1 < len(pieces) and _goes_with(text[a:b], _verbless(text[slice(*pieces[i + 1])])):
            i += 1
            b = pieces[i][1]
        yield a, b
        i += 1


def _goes_with(left: str, right: str) -> bool:
    return any(pattern("clause", head).search(left) and pattern("clause", tail).match(right) for head, tail in _PAIRED)


def _verbless(words: str) -> str:
    return words[: _verb(words)[2]]


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    depth, a, quote = 0, start, ""
    for i in range(start, end):
        char = text[i]
        if quote:
            quote = "" if char == quote else quote
        elif char in _PAIRS and _PAIRS[char] in text[i:end]:
            quote = _PAIRS[char]
        elif char in OPENERS:
            depth += 1
        elif char in CLOSERS:
            depth = max(0, depth - 1)
        elif char in _SEPARATORS and depth == 0:
            if i > a:
                yield a, i
            a = i + 1
    if end > a:
        yield a, end


def _cut_joiners(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut at 和, 及, 与 where a body ends before and begins behind: not within 住房和城乡建设局."""
    a = start
    for match in _JOINERS.finditer(text, start, end):
        left = _verbless(text[a : match.start()])
        right = _verbless(text[match.end() : end])
        if a < match.start() and is_body(left) and (is_body(right) or match[0] == "会同") and not _within(text, a, match.start()):
            yield a, match.start()
            a = match.end()
    yield a, end


def _within(text: str, start: int, at: int) -> bool:
    """Say whether a joiner stands inside a bracket."""
    return sum(char in OPENERS for char in text[start:at]) > sum(char in CLOSERS for char in text[start:at])


def _distinct(names: list[Name]) -> list[Name]:
    seen: set[tuple[str, Role]] = set()
    kept = []
    for name in names:
        if (name.name, name.role) not in seen:
            seen.add((name.name, name.role))
            kept.append(name)
    return kept
