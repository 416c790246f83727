"""Words apart: which of them end like a body, what its verb says, and where one name stops and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.cues import first, load_cues, pattern
from kg.model import Role
from kg.text import CLOSERS, OPENERS

_PAIRS = {"“": "”", "‘": "’", "「": "」", "《": "》"}
_SEPARATORS = "、，,；;。/｜|﹑\\ \t\n"
_ALIAS = re.compile(r"(?<=[^各])[（(][^（()）]{2,16}[)）]$")
_ANGLED = re.compile(r"<[\u4e00-\u9fff、，,]{1,14}>")  # 各县<市、区>人民政府
# 市教育局牵头市财政局配合; 市教育局分别落实各镇分别落实; 配合 has somebody to help behind it
_GLUED = re.compile(
    "(?<=[\u4e00-\u9fff])(?:(?P<leads>牵头|主办)(?:负责|落实|组织|实施)*|负责|落实|承办|组织实施)(?=[\u4e00-\u9fff])(?!单位|部门)"
)
_JOINERS = re.compile(r"以及|及其|会同|和|及|与|[.．·•+—－-]")
# what goes with its head in one name though a separator stands between: 各区、县级市; 各县委、政府; 市有关部门、单位
_PAIRED = (
    ("each_head", "each_tail"),
    ("each_tiers_head", "each_tiers_tail"),
    ("committee_head", "government_tail"),
    ("government_head", "zone_tail"),
    ("vague_head", "vague_tail"),
    ("tier_head", "tier_tail"),
)


def is_body(name: str, *, sure: bool = False) -> bool:
    """Say whether ``name`` ends like the name of a body; ``sure`` leaves out endings that other words share."""
    cues = load_cues()
    if not 2 <= len(name) <= 30 or re.search(r"[。；;：:！？\d]{2,}(?!个|家|所)|的$|不|将(?!军)|须|应当|转报|报送|设在|由", name):
        return False
    bodies = cues["body"][:1] if sure else cues["body"]
    groups = tuple(cue for cue in cues["collective"] if not (sure and cue.id == "sort"))  # 企业 names no one body
    bare = _ALIAS.sub("", name)  # 市委宣传部（市文明办）
    return first((*bodies, *cues["vague"], *groups), name) is not None or (bare != name and is_body(bare, sure=sure))


def read_verb(words: str) -> tuple[Role | None, bool, int]:
    """Return the role that the words end with, whether it is 按职责, and where the name before it ends."""
    words = words.rstrip("。；;，, ")
    end = len(words)
    role: Role | None = None
    cue = first(load_cues()["verb"], words)
    match = cue.pattern.search(words) if cue is not None else None
    # 市司法局协办 ends like a body, 市督查督办 is none that does something
    if cue and match and (is_body(words[: match.start()], sure=True) or not load_cues()["body"][0].pattern.search(words)):
        role, end = role_of(cue.says), match.start()
    duty = pattern("clause", "by_duty").search(words, 0, end)
    joint = False
    if duty:
        joint = bool(re.search("职责|职能|分工|权限", duty[0]))
        end = duty.start()
    ending = pattern("clause", "ending").search(words, 0, end)
    if ending:
        end = ending.start()
    return role, joint, end


def role_of(says: str | None) -> Role | None:
    """Return what a label or a verb says as a role, where it says one."""
    return says if says in ("lead", "responsible", "support") else None  # type: ignore[return-value]  # narrowed by the test


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
        left, right = text[start : match.end()], text[match.end() : end]
        both = read_verb(right)[0] is not None  # not 市水利局负责各镇政府考核
        if (match["leads"] or both) and is_body(_verbless(left), sure=not both) and is_body(_verbless(right), sure=True):
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
