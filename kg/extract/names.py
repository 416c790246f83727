"""The bodies in the words of an assignment: cut apart, with the role that a label or a verb gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.cues import first, load_cues, pattern
from kg.extract.labels import ASIDE, find_labels
from kg.extract.persons import looks_like_name, names_person
from kg.model import Role
from kg.text import CLOSERS, OPENERS, balance

MARKS = "*＊★☆※▲△●○◎◆◇■□√"
_PAIRS = {"“": "”", "‘": "’", "「": "」", "《": "》"}
_SEPARATORS = "、，,；;。/｜|﹑\\ \t\n"
_ALIAS = re.compile(r"(?<=[^各])[（(][^（()）]{2,16}[)）]$")
_ANGLED = re.compile(r"<[\u4e00-\u9fff、，,]{1,14}>")  # 各县<市、区>人民政府
_GLUED = re.compile("(?<=[\u4e00-\u9fff])(?:牵头|主办)(?:负责)?(?=[\u4e00-\u9fff])(?!单位|部门)")  # 市教育局牵头市财政局配合
_JOINERS = re.compile(r"以及|及其|会同|和|及|与|[.．·•+—－-]")
# what goes with its head in one name though a separator stands between: 各区、县级市; 各县委、政府; 市有关部门、单位
_LEADING = ("牵头", "总牵头", "主牵头", "主", "牵", "共同牵头", "联合牵头", "第一责任", "主办", "主责", "主抓")
_ANSWERING = ("负责", "落实", "承办", "实施")
_PLACED = re.compile("(?:有关|相关|涉及|所涉).*(?:[区县市州镇乡]|街道)")  # 各有关区、县级市; not 市级各有关部门
_NUMBER = re.compile(r"(?:\d{1,2}[.．]|[①-⑳]|[（(]\d{1,2}[)）])(?=[\u4e00-\u9fff])")  # 1.市教育局 2.市财政局
_PAIRED = (
    ("each_head", "each_tail"),
    ("each_tiers_head", "each_tiers_tail"),
    ("committee_head", "government_tail"),
    ("government_head", "zone_tail"),
    ("vague_head", "vague_tail"),
    ("tier_head", "tier_tail"),
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
    mark: str = ""  # ★市水利局


def read_names(text: str, start: int, end: int, role: Role) -> list[Name]:
    """Return the bodies in a stretch that holds nothing else, such as a table's cell; ``role`` is what its column says."""
    names, _ = _stretch(text, start, end, role) if not find_labels(text, start, end) else read_labelled_names(text, start, end)
    return distinct_names(names)


def is_body(name: str, *, sure: bool = False) -> bool:
    """Say whether ``name`` ends like the name of a body; ``sure`` leaves out endings that other words share."""
    cues = load_cues()
    if not 2 <= len(name) <= 30 or re.search(r"[。；;：:！？\d]{2,}(?!个|家|所)|的$|不|将(?!军)|须|应当|转报|报送|设在|由", name):
        return False
    bodies = cues["body"][:1] if sure else cues["body"]
    groups = tuple(cue for cue in cues["collective"] if not (sure and cue.id == "sort"))  # 企业 names no one body
    bare = _ALIAS.sub("", name)  # 市委宣传部（市文明办）
    return first((*bodies, *cues["vague"], *groups), name) is not None or (bare != name and is_body(bare, sure=sure))


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
        found, by_duty = _stretch(text, a, b, _role(says))
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


def _role(says: str | None) -> Role | None:
    return says if says in ("lead", "responsible", "support") else None  # type: ignore[return-value]  # narrowed by the test


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


def read_verb(words: str) -> tuple[Role | None, bool, int]:
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
    if ending:
        end = ending.start()
    return role, joint, end


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


def find_parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces between separators outside of brackets and quotes; 各区、县级市 stays in one piece."""
    pieces = [piece for x, y in _cut(text, start, end) for a, b in _cut_glued(text, x, y) for piece in _cut_joiners(text, a, b)]
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
    return words[: read_verb(words)[2]]


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    depth, a, quote, angled = 0, start, "", start
    for i in range(start, end):
        char = text[i]
        if char == "<" and (pair := _ANGLED.match(text, i, end)):
            angled = pair.end()
        if i < angled:
            continue
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


def _cut_glued(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut behind a verb where a body stands before it and another behind: the blank between them is lost."""
    for match in _GLUED.finditer(text, start, end):
        if is_body(text[start : match.start()], sure=True) and is_body(_verbless(text[match.end() : end]), sure=True):
            yield start, match.end()
            start = match.end()
    yield start, end


def _cut_joiners(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut at 和, 及, 与 where a body ends before and begins behind: not within 住房和城乡建设局."""
    a = start
    for match in _JOINERS.finditer(text, start, end):
        left = _verbless(text[a : match.start()])
        right = _verbless(text[match.end() : end])
        lead = pattern("clause", "leading").match(left)  # 由财政部会同税务总局
        left = left[lead.end() :] if lead else left
        if left.endswith("广电") and right.startswith(("旅游", "体育")):
            continue  # 省文化广电和旅游厅
        if a < match.start() and is_body(left) and (is_body(right) or match[0] == "会同") and not _within(text, a, match.start()):
            yield a, match.start()
            a = match.end()
    yield a, end


def _within(text: str, start: int, at: int) -> bool:
    """Say whether a joiner stands inside a bracket."""
    return sum(char in OPENERS for char in text[start:at]) > sum(char in CLOSERS for char in text[start:at])


def distinct_names(names: list[Name]) -> list[Name]:
    """Return the names in their order, each once in a role."""
    seen: set[tuple[str, Role]] = set()
    kept = []
    for name in names:
        if (name.name, name.role) not in seen:
            seen.add((name.name, name.role))
            kept.append(name)
    return kept
