"""The bodies in the words of an assignment: cut apart, with the role that a label or a verb gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.cues import first, load_cues, pattern
from kg.extract.units.labels import ASIDE, find_labels
from kg.extract.units.parts import find_parts, is_body, read_verb, role_of
from kg.extract.units.persons import looks_like_name, names_person
from kg.model import Role
from kg.text import CLOSERS, OPENERS, balance

MARKS = "*＊★☆※▲△●○◎◆◇■□√"
_LEADING = ("牵头", "总牵头", "主牵头", "主", "牵", "共同牵头", "联合牵头", "第一责任", "主办", "主责", "主抓")
_ANSWERING = ("负责", "落实", "承办", "实施")
_PLACED = re.compile("(?:有关|相关|涉及|所涉).*(?:[区县市州镇乡]|街道)")  # 各有关区、县级市; not 市级各有关部门
_NUMBER = re.compile(r"(?:\d{1,2}[.．]|[①-⑳]|[（(]\d{1,2}[)）])(?=[\u4e00-\u9fff])")  # 1.市教育局 2.市财政局


@dataclass(frozen=True, slots=True)
class Name:
    """A body's name with its offsets in the text that it was read from."""

    name: str
    role: Role
    start: int
    end: int
    collective: bool
    vague: bool
    mark: str = ""  # ★市水利局


def read_names(text: str, start: int, end: int, role: Role) -> list[Name]:
    """Return the bodies in a stretch that holds nothing else, such as a table's cell; ``role`` is what its column says."""
    names, _ = _stretch(text, start, end, role) if not find_labels(text, start, end) else read_labelled_names(text, start, end)
    return distinct_names(names)


def read_labelled_names(text: str, start: int, end: int) -> tuple[list[Name], bool]:
    """Return the bodies behind each label of a stretch, and whether they act by their duties (按职责)."""
    labels = find_labels(text, start, end)
    stretches: list[tuple[str | None, int, int]] = []
    if not labels or labels[0][1] > start:
        stretches.append((None, start, labels[0][1] if labels else end))
    for i, (cue, _, behind) in enumerate(labels):
        stretches.append((cue.says, behind, labels[i + 1][1] if i + 1 < len(labels) else end))
    names: list[Name] = []
    joint = False
    for says, a, b in stretches:
        if says in ASIDE:
            continue
        found, by_duty = _stretch(text, a, b, role_of(says))
        names.extend(found)
        joint = joint or by_duty
    return distinct_names(_without_persons(text, names)), joint


def _without_persons(text: str, names: list[Name]) -> list[Name]:
    """Leave out people named right behind their body: 「市教育局，某某；市财政局，某某」.

    江岸 in 「市教育局、江岸、武昌区政府」 could be somebody's name, but another body is listed on behind it with 、.
    """
    kept: list[Name] = []
    for i, name in enumerate(names):
        listed = i + 1 < len(names) and text[name.end : names[i + 1].start].strip() == "、"
        listed = listed and not (i and text[names[i - 1].end : name.start].isspace())  # 市教育局 某某、市财政局 某某
        alone = not is_body(name.name) and looks_like_name(name.name) and not listed
        if not (alone and kept and is_body(names[i - 1].name)):
            kept.append(name)
    return kept


def _stretch(text: str, start: int, end: int, label: Role | None) -> tuple[list[Name], bool]:
    """Read names up to the verb that says what they do: A牵头，B、C按职责分工负责."""
    done: list[Name] = []
    waiting: list[Name] = []
    joint = False
    for a, b in find_parts(text, start, end):
        if waiting and re.search("[；;]", text[waiting[-1].end : a]):  # 「市教育局；市财政局、市民政局配合」
            done, waiting = [*done, *waiting], []
        verb, by_duty, stop = read_verb(text[a:b])
        if verb is None and (whose := pattern("clause", "own_share").match(text[a:b])) and is_body(whose["name"], sure=True):
            verb, stop = "lead" if whose["leads"] else "responsible", whose.end("name")
        joint = joint or by_duty
        waiting.extend(_named(text, a, a + stop, label or "responsible"))
        if verb is not None:
            role: Role = label if label and verb == "responsible" else verb
            own = _before_comma(text, waiting) if role == "support" and not done else 0
            done.extend(replace(name, role=role) if i >= own else name for i, name in enumerate(waiting))
            waiting = []
    return [*done, *(_without_remarks(text, waiting) if done else waiting)], joint


def _before_comma(text: str, names: list[Name]) -> int:
    """Return how many bodies stand before the comma of 「市教育局，市财政局、市民政局配合」: somebody must be helped."""
    commas = (i for i in range(1, len(names)) if re.search("[，,]", text[names[i - 1].end : names[i].start]))
    return next(commas, 0)


def _without_remarks(text: str, names: list[Name]) -> list[Name]:
    """Leave out what is said behind who does it and is no body: 「市教育局牵头，情况另行报告」; 民政、财政 are short names."""
    listed = [i > 0 and "、" in text[names[i - 1].end : name.start] for i, name in enumerate(names)]
    return [name for i, name in enumerate(names) if is_body(name.name) or any(listed[i : i + 2])]


def _named(text: str, start: int, end: int, role: Role) -> Iterator[Name]:
    """Yield the body that a part names, or the two of 「A等B成员单位」."""
    start, end = _trimmed(text, start, end, " \t\n·•。.．")
    mark = next((char for char in text[start:end] if char in MARKS), "")
    start, end = _trimmed(text, start, end, MARKS)
    number = _NUMBER.match(text, start, end)
    start = number.end() if number else start
    lead = pattern("clause", "leading").match(text[start:end])
    if lead:
        start += lead.end()
    end = _without_notes(text, start, end)
    words = text[start:end]
    note = pattern("clause", "note").search(words) or pattern("clause", "note_before").match(words)
    if note:
        role = "lead" if note["role"] in _LEADING else "responsible" if note["role"] in _ANSWERING else "support"
        start, end = (start + note.end(), end) if note.start() == 0 else (start, start + note.start())
        words = text[start:end]
    if len(words) < 2 or pattern("clause", "due").match(words) or pattern("clause", "remark").match(words) or _stray(words):
        return
    members = pattern("clause", "members").match(words)
    glued = pattern("clause", "glued").match(words)
    if glued:
        yield from _named(text, start, start + glued.end("name"), role)
        yield from _named(text, start + glued.start("rest"), end, role)
        return
    if members:
        yield from _named(text, start, start + members.end("name"), role)
        rest = list(_named(text, start + members.start("rest"), end, role))
        yield from (name for name in rest if not name.vague or _PLACED.search(name.name))  # 等有关部门 adds nobody
        return
    cues = load_cues()
    vague = first(cues["vague"], words) is not None
    collective = first(cues["collective"], words) is not None and (not vague or _PLACED.search(words) is not None)
    yield Name(words, role, start, end, collective, vague, mark)


def _trimmed(text: str, start: int, end: int, signs: str) -> tuple[int, int]:
    while start < end and text[start] in signs:
        start += 1
    while end > start and text[end - 1] in signs:
        end -= 1
    return start, end


def _without_notes(text: str, start: int, end: int) -> int:
    """Return where a name ends before 等, a bracket that closes nothing, and notes that are no part of it."""
    while end > start:
        aside = pattern("clause", "aside").search(text[start:end])
        person = _person_behind(text[start:end])
        if aside and aside.start():
            end = start + aside.start()
        elif person:
            end = start + person
        elif text[end - 1] in OPENERS + "等" or (text[end - 1] in CLOSERS and balance(text[start:end]) < 0):
            end -= 1
        else:
            break
    return end


def _person_behind(words: str) -> int:
    """Return where a person's name begins behind a body's: 县教育局（某某）, 县教育局某某; 0 where there is none."""
    match = re.search(r"(?<=[局委办部厅院会科股室处站所府校心])[（(]?([\u4e00-\u9fff]{2,3})[)）]?$", words)
    if match and looks_like_name(match[1]) and not is_body(match[1]) and is_body(words[: match.start()], sure=True):
        return match.start() if len(match[0]) > len(match[1]) or not is_body(words) else 0
    return 0


def _stray(words: str) -> bool:
    """Say whether words between separators cannot be a body: a sentence, a date, a figure, a person in office."""
    return len(words) > 40 or words[0] in "）)" or pattern("clause", "no_body").search(words) is not None or names_person(words)


def distinct_names(names: list[Name]) -> list[Name]:
    """Return the names in their order, each once in a role."""
    seen: set[tuple[str, Role]] = set()
    kept = []
    for name in names:
        if (name.name, name.role) not in seen:
            seen.add((name.name, name.role))
            kept.append(name)
    return kept
