"""Who is named in an assignment: the bracket at an item's end, or a line of its own under it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from kg.cues import Cue, first, load_cues
from kg.model import Role
from kg.text import CLOSERS, OPENERS

_PAIRS = {"“": "”", "‘": "’", "「": "」", "《": "》"}
_SEPARATORS = "、，,；;。/ \t\n"
_JOINERS = re.compile(r"(?:以及|及其|会同|和|及|与)")
_BY_DUTY = re.compile(
    r"(?:(?:及其)?(?:要|应)?(?:按照?|依据|根据|依)(?:照)?(?:各自|有关|部门|单位|工作|法定|相关|责任)*(?:的)?(?:职责|职能|分工|权限|职责范围)(?:和|及)?(?:分工|范围|权限|职责)?"
    r"|(?:共同|分别|具体|联合|依法|分级|各自|统一|统筹|全面|分头|协同|为主|主要))+$"
)
_ENDING = re.compile(r"等?(?:单位|部门|有?关?工作|单位和部门)?$")
_LEADING = re.compile(r"^(?:由|以|请|其中|各项工作由|原则上由|均由|主要由)(?=[^，,、]{2})")
_SAME_BELOW = re.compile(r"[，,；;、。（(]?\s*(?:以下(?:各项|任务|均)?(?:相同|同)|下同|以下同)\s*[。)）]?\s*$")
_FIRST_LEADS = re.compile(
    r"[。；;，,（(]?\s*(?:注[：:])?(?:其中|以下)?(?:，|,)?(?:凡)?(?:(?:列|排(?:名|序)?)(?:在|于)?(?:首位|第一(?:位|名|个)?|最前)(?:的|者)*(?:责任|部门|单位)*|首(?:位|个)(?:责任|列出|列|的)*(?:部门|单位)|第一个?(?:责任)?(?:部门|单位))"
    r"(?:均|即|都)?(?:为|是|系|牵头|负责|作为)+(?:总)?(?:牵头)?(?:责任|负责)?(?:部门|单位)?(?:[，,；;]?\s*(?:以)?下同)?\s*[。)）]?"
)
_NOTE = re.compile(r"[（(](?P<role>牵头|配合|主办|协办|参与|总牵头)(?:单位|部门)?[)）]$")
_MEMBERS = re.compile(
    r"^(?P<name>.{2,20}?)等(?P<rest>(?:.{2,}(?:成员|组成)单位|(?:.{0,4}(?:有关|相关).{0,8}(?:部门|单位|企业|机构|委|地区|街道|[区县市镇](?:人民)?政府))|各.{1,10}))$"
)
# 各区、县级市: one body whose name holds a separator
_EACH_HEAD = re.compile(
    r"(?:^|[及和])(?:市|省|全市|全省)?各(?:有关|相关|涉农|项目)?(?:设区的?市|[市县区州盟旗镇乡]|街道|镇街|乡镇|地级市|市州|园区|开发区|地)$"
    r"|各.*党(?:工)?委$"
)
_EACH_TAIL = re.compile(
    r"^(?:有关)?(?:县级市|自治[县州旗]|区|县|市|旗|州|盟|镇|乡|街道|乡镇|县城|功能区|园区|开发区|[区县市](?:[（(][^）)]*[）)]))(?:[（(][^）)]*[）)])?(?:人民)?(?:政府|管委会|办事处|党委政府|党委)?$|^(?:人民)?政府$"
)
_DUE = re.compile(
    r"^(?:(?:20\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:上旬|中旬|下旬|份)?(?:底|末|上半年|下半年)?(?:之?前|内|以前)?(?:完成|启动|开工|建成|取得实效|见效|实施)?|(?:全年|年内|年底前?|长期|持续|常年|每年|每月|每季度|适时|即行)(?:完成|推进|坚持|实施|整改|工作|落实)*)$"
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
    depth, opened = 0, start
    for i in range(start, end):
        if text[i] in OPENERS:
            if depth == 0:
                opened = i
            depth += 1
        elif text[i] in CLOSERS and depth:
            depth -= 1
            if depth == 0:
                yield opened, i + 1
    if depth:
        inner = list(_inner_brackets(text, opened + 1, end))
        if _label_at(text, opened + 1, end) or not inner:
            yield opened, end
        else:
            yield from inner


def _inner_brackets(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for i in range(start, end):
        if text[i] in OPENERS:
            yield from find_brackets(text, i, end)
            return


def first_leads(text: str) -> bool:
    """Say whether the text sets the rule that the first body of each bracket leads."""
    return any("牵头" in match[0] for match in _FIRST_LEADS.finditer(text))


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
    return first((*bodies, *cues["vague"], *cues["collective"]), name) is not None


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
    labels = _labels(text, start, end)
    return bool(labels) and (labels[0][1] - start <= 2 or _DUE.match(text[start : labels[0][1]].strip("，,；; ")) is not None)


def _labelled_line(text: str, start: int, end: int) -> Assigned | None:
    """Read a paragraph that is an assignment by itself, as in 「牵头单位：市水利局」."""
    lead = re.compile(r"[\s*•·\-—]*").match(text, start, end)
    begin = lead.end() if lead else start
    labels = _labels(text, begin, end)
    if not labels or labels[0][1] != begin or end - begin > 400:
        return None
    if all(cue.says in ("person", "time") for cue, _, _ in labels):
        return None
    return _read(text, begin, end, begin, end, "units.line")


def _labelled_tail(text: str, start: int, end: int) -> Assigned | None:
    """Read an assignment without brackets behind the last sentence, as in 「……落实到位。责任单位：市教育局」."""
    for cue, a, _ in _labels(text, start, end):
        behind = text[a - 1] in "。；;）)" if a > start else False
        within = any(x <= a < y for x, y in find_brackets(text, start, end))
        alone = not within and end - a <= 300 and not re.search("。.", text[a:end])
        if behind and alone and cue.says not in ("person", "time"):
            return _read(text, a, end, a, end, "units.tail")
    return None


def _bracket(text: str, start: int, end: int, line_end: int) -> Assigned | None:
    closed = text[end - 1] in CLOSERS
    inner_end = end - 1 if closed else end
    if inner_end - start < 3 or inner_end - start > 1200:
        return None
    labels = [label for label in _labels(text, start + 1, inner_end) if label[0].says not in ("person", "time")]
    if labels and (labels[0][1] == start + 1 or _label_at(text, start + 1, inner_end) or _ends_item(text, start, end, line_end)):
        return _read(text, start + 1, inner_end, start, end, "units.bracket")
    if not closed or not _ends_item(text, start, end, line_end):
        return None
    found = _read(text, start + 1, inner_end, start, end, "units.bare")
    if found is None or not found.names:
        return None
    sure = any(is_body(n.name, sure=True) for n in found.names)
    by_verb = _verb(_FIRST_LEADS.sub("", text[start + 1 : inner_end]))[0] is not None
    fits = all(is_body(n.name) for n in found.names) if sure else by_verb and all(is_body(n.name) for n in found.names)
    return found if fits else None


def _ends_item(text: str, start: int, end: int, line_end: int) -> bool:
    """Say whether a bracket stands where an assignment would: at a sentence's end."""
    behind = text[end : min(end + 2, line_end)]
    return end >= line_end or behind[:1] in "。；;" or text[start - 1 : start] in "。；;！”"


def _read(text: str, start: int, end: int, whole_start: int, whole_end: int, rule: str) -> Assigned | None:
    words = text[start:end]
    leads = first_leads(words)
    if leads:
        clause = next(match for match in _FIRST_LEADS.finditer(words) if "牵头" in match[0])
        if clause.end() >= len(words) - 1:
            end = start + clause.start()
    same = _SAME_BELOW.search(text[start:end])
    if same:
        end = start + same.start()
    names, joint = _names(text, start, end)
    if not names and not leads:
        return None
    lasting = _lasting(text, names, start, end) if same else ()
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
    if cue is not None and not load_cues()["body"][0].pattern.search(words):
        match = cue.pattern.search(words)
        assert match is not None
        role, end = _role(cue.says), match.start()
    duty = _BY_DUTY.search(words, 0, end)
    joint = False
    if duty:
        joint = bool(re.search("职责|职能|分工|权限", duty[0]))
        end = duty.start()
    ending = _ENDING.search(words, 0, end)
    if ending and ending[0].startswith("等"):
        end = ending.start()
    return role, joint, end


def _named(text: str, start: int, end: int, role: Role) -> Iterator[Name]:
    """Yield the body that a part names, or the two of 「A等B成员单位」."""
    while start < end and text[start] in " \t\n·•":
        start += 1
    while end > start and text[end - 1] in " \t\n。":
        end -= 1
    lead = _LEADING.match(text[start:end])
    if lead:
        start += lead.end()
    words = text[start:end]
    if words.endswith("等"):
        end, words = end - 1, words[:-1]
    note = _NOTE.search(words)
    if note:
        role = "lead" if "牵头" in note["role"] or note["role"] == "主办" else "support"
        end = start + note.start()
        words = text[start:end]
    if len(words) < 2 or _DUE.match(words) or _stray(words):
        return
    members = _MEMBERS.match(words)
    if members:
        yield from _named(text, start, start + members.end("name"), role)
        yield from _named(text, start + members.start("rest"), end, role)
        return
    cues = load_cues()
    vague = first(cues["vague"], words) is not None
    collective = first(cues["collective"], words) is not None and (not vague or bool(re.search("区|县|市|镇|街道", words)))
    yield Name(words, role, start, end, collective, vague)


def _stray(words: str) -> bool:
    """Say whether words between separators cannot be a body: a sentence, a date, a figure."""
    return len(words) > 40 or words[0] in "）)" or bool(re.search(r"[？！：:]|^\d+$|^(?:等|其他|完成|制定|确保|推进)$", words))


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces between separators outside of brackets and quotes; 各区、县级市 stays in one piece."""
    pieces = [piece for a, b in _cut(text, start, end) for piece in _cut_joiners(text, a, b)]
    i = 0
    while i < len(pieces):
        a, b = pieces[i]
        while (
            i + 1 < len(pieces)
            and _EACH_HEAD.search(text[a:b])
            and _EACH_TAIL.match(_verbless(text[pieces[i + 1][0] : pieces[i + 1][1]]))
        ):
            i += 1
            b = pieces[i][1]
        yield a, b
        i += 1


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
