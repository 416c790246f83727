"""Which stretches of a document are its tasks, and what each is called."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from kg.cues import first, load_cues, pattern
from kg.extract.units import Assigned, find_assigned, only_side_notes, skip_dates
from kg.extract.unnumbered import find_passages, find_passages_below, group_assigned
from kg.sections import Block, heading_of
from kg.text import MappedText

Purpose = Literal["tasks", "general", "goals", "safeguards"]
FIELD = 12  # characters in which a field's name and its colon stand
OPENING = 60  # characters in which a heading runs on into its text
INTRODUCTION = 80  # characters below a heading that lead to a table
REPEATED = 12  # characters from which on the same words are the same task


@dataclass(frozen=True, slots=True)
class Item:
    """A stretch of the working copy that is one task, before anything is read from it."""

    block: Block
    start: int
    end: int
    part: int | None  # 1, 2, … where one numbered item holds several tasks
    assigned: tuple[Assigned, ...]
    measure: bool


def purpose_of(block: Block, text: str) -> Purpose:
    """Return what the section that holds a block is for, by the headings above it.

    General parts (指导思想) and goals stay so for all below them, unless a heading further down says goals.
    """
    purpose: Purpose = "tasks"
    for above in block.chain():
        if above.rank > 4 and above.parent is not None:
            break
        heading = heading_of(above, text).strip("。：: ")
        line = text[above.mark_end : min(above.end, above.mark_end + OPENING)].split("\n")[0]
        cue = first(load_cues()["section"], heading) or (first(load_cues()["section_opening"], line) if len(line) > 12 else None)
        says = cue.says if cue else None
        if says == "goals" or (says == "general" and purpose == "tasks"):
            purpose = "goals" if says == "goals" else "general"
        elif says == "safeguards" and purpose == "tasks" and (above.rank <= 3 or not above.parent):
            purpose = "safeguards"
    return purpose


def find_items(
    blocks: Sequence[Block],
    copy: MappedText,
    without: Sequence[tuple[int, int]] = (),
    *,
    sets_work: bool = True,
    articles: bool = False,
) -> list[Item]:
    """Return the document's tasks and measures in reading order, those of its tables (``without``) apart.

    ``sets_work``: what the document is lets its items be tasks even where nobody is named; ``articles``: those of a
    plan are too (第一条), those of a law are none.
    """
    found: list[Item] = []
    for root in blocks:
        for block, end in _leaves(root, copy.text):
            purpose = purpose_of(block, copy.text)
            assigned = _assigned(copy.text, block.start, end)
            if purpose in ("general", "goals") and not assigned:
                continue
            if not assigned and (not sets_work or not _asks(block, copy.text, articles=articles)):
                continue
            if not assigned and ((block.rank <= 4 and _is_bare(block, copy.text)) or _leads_to_table(block, copy.text, without)):
                continue
            measure = purpose == "safeguards" and not assigned and not _counts_on(block)
            found.extend(_split(block, end, copy.text, assigned, measure))
    if not any(item.assigned for item in found):
        passages = find_passages(copy, without)
        found = [Item(block, block.start, block.end, None, tuple(group), measure=False) for block, group in passages] or found
    return _once(found, copy.text)


def _asks(block: Block, text: str, *, articles: bool) -> bool:
    """Say whether an item that names nobody can be work: no article, no closing words, nothing in an annex that is no plan."""
    if block.family == "article" and not articles:
        return False
    if first(load_cues()["no_task"], text[block.mark_end : block.mark_end + 40]):
        return False
    return block.annex is None or pattern("profile", "plan").search(re.sub(r"[（(][^（()）]*[)）]$", "", block.annex)) is not None


def _once(items: Sequence[Item], text: str) -> list[Item]:
    """Leave out what a page holds a second time."""
    seen: set[str] = set()
    kept = []
    for item in items:
        words = text[item.start : item.end]
        if len(words) < REPEATED or words not in seen:
            kept.append(item)
        seen.add(words)
    return kept


@lru_cache(maxsize=512)
def _assigned(text: str, start: int, end: int) -> tuple[Assigned, ...]:
    """Return the assignments in a stretch; a section is asked for them as a child, as a parent and as a task."""
    return tuple(find_assigned(text, start, end))


def _is_bare(block: Block, text: str) -> bool:
    """Say whether a section is a heading and nothing else, as in a list of contents."""
    return not block.children and block.end == block.heading_end and not re.search("[。；;，,：:]", text[block.start : block.end])


def _leads_to_table(block: Block, text: str, tables: Sequence[tuple[int, int]]) -> bool:
    """Say whether a section only introduces the table of tasks below it: 「（一）任务安排。具体安排见下表：」."""
    at = bisect_left(tables, (block.end, 0))
    if block.children or at == len(tables) or block.end - block.heading_end > INTRODUCTION:
        return False
    return not text[block.end : min(tables[at][0], block.end + INTRODUCTION)].strip("|\n ")


def _counts_on(block: Block) -> bool:
    """Say whether a section's numbers go on from the sections before: （十八） opens 八、强化组织领导."""
    return block.parent is not None and (block.parent.children[0].value or 1) > 1


def _leaves(block: Block, text: str) -> Iterator[tuple[Block, int]]:
    """Yield the blocks that are one task each, and where they end: the lowest ones, or the one above where only it is assigned.

    A section that names who answers for it is a task beside those in it that name their own.
    """
    end = block.whole_end()
    if not block.children:
        yield block, end
        return
    shares = [bool(_assigned(text, child.start, child.whole_end())) for child in block.children]
    own = any(one.names for one in _assigned(text, block.start, block.end))
    conditions = not any(shares) and first(load_cues()["condition"], _line(block, text)) is not None
    lists = block.children[0].rank >= 6  # （1） and ① under an item list its contents
    last_only = len(shares) > 1 and shares[-1] and not any(shares[:-1])
    closed = last_only and _at_end(block, text)
    one = _lists_its_parts(block, text) or conditions or _is_form(block, text, shares)
    one = one or (
        (block.rank >= 4 or block.family == "named") and ((own and not any(shares)) or closed or (lists and sum(shares) <= 1))
    )
    if one or (closed and block.rank == 3 and (lists or _closes_with_line(block, text))):
        yield block, end
        return
    if own and any(shares):
        yield block, block.end
    for child in block.children:
        yield from _leaves(child, text)


def _line(block: Block, text: str) -> str:
    return text[block.mark_end : block.heading_end]


def _closes_with_line(block: Block, text: str) -> bool:
    """Say whether a chapter ends with lines of its own on who answers for it, below what it names its measures."""
    found = _assigned(text, block.start, block.whole_end())
    named = re.search("^.{0,6}(?:措施|举措|内容|要求|任务)[：:]?$", text[block.start : block.children[0].start], re.M)
    return named is not None and all(text[one.start - 1] == "\n" for one in found)


def _lists_its_parts(block: Block, text: str) -> bool:
    """Say whether the items say of one task what, how and who: 1.目标任务 2.工作措施 3.责任单位."""
    names = [heading_of(child, text) for child in block.children]
    labels = {re.split("[：:]", name)[0] for name in names}
    return len(labels) > 1 and len(labels) == len(names) and all(first(load_cues()["part"], name) for name in names)


def _is_form(block: Block, text: str, shares: Sequence[bool]) -> bool:
    """Say whether the items stand in a field of a form: 目标任务：…, 工作措施：1.…2.…, 责任单位：…, one a line."""
    if any(shares[:-1]) or (block.rank <= 3 and not shares[-1]):
        return False
    own = _fields(text, block.heading_end, block.end)
    return bool(own) and len(own | _fields(text, block.heading_end, block.whole_end())) > 1


def _fields(text: str, start: int, end: int) -> set[str]:
    """Return what the fields of a stretch are called, by which its lines begin."""
    heads = (re.split("[：:]", line[0][:FIELD], maxsplit=1) for line in re.finditer("[^\n]+", text[start:end]))
    return {head[0] for head in heads if len(head) > 1 and first(load_cues()["part"], head[0]) is not None}


def _at_end(block: Block, text: str) -> bool:
    """Say whether the last child's assignment closes the whole block: it stands behind everything else."""
    found = _assigned(text, block.start, block.whole_end())
    return bool(found) and only_side_notes(text, found[-1].end, block.whole_end())


def _split(block: Block, end: int, text: str, assigned: Sequence[Assigned], measure: bool) -> Iterator[Item]:
    """Cut an item where several of its paragraphs or sentences carry an assignment of their own."""
    groups = group_assigned(text, assigned)
    if len(groups) <= 1:
        yield Item(block, block.start, end, None, tuple(assigned), measure)
        return
    if below := find_passages_below(text, block, groups) if not block.children else []:
        yield from (Item(part, part.start, part.end, None, tuple(group), measure=False) for part, group in below)
        return
    at = block.start
    for i, group in enumerate(groups):
        stop = end if i == len(groups) - 1 else group[-1].end
        while stop < end and text[stop] in "。；;，,、\n":
            stop += 1
        stop = skip_dates(text, stop, end) if text[stop - 1] == "\n" else stop
        yield Item(block, at, stop, i + 1, tuple(group), measure)
        at = stop


def heading_line(block: Block, text: str) -> str:
    """Return a block's heading with its number."""
    return text[block.start : block.mark_end] + heading_of(block, text)


def address(block: Block) -> str:
    """Return a block's place in the tree: chapter 三, section （二）, item 4 → ``3.2.4``; unlike that of any other block."""
    steps = (
        (str(above.value if above.value is not None else above.number or f"p{above.start}"), above.again)
        for above in block.chain()
    )
    return ".".join(step if again == 1 else f"{step}-{again}" for step, again in steps)


def keys_of(items: Sequence[Item]) -> list[str]:
    """Return a key a task: its number where numbers run through the document, else its address; always unique."""
    running = _running_family(items)
    keys: list[str] = []
    used: dict[str, int] = {}
    for item in items:
        by_number = item.block.family == running and item.block.value is not None and not item.measure
        key = str(item.block.value) if by_number else address(item.block)
        if item.part is not None:
            key += f".{item.part}"
        used[key] = used.get(key, 0) + 1
        keys.append(key if used[key] == 1 else f"{key}-{used[key]}")
    return keys


def _running_family(items: Sequence[Item]) -> str | None:
    """Return the family of numbers that runs through the document: that of nearly all tasks, and none comes twice."""
    opening = [item.block for item in items if item.part in (None, 1) and not item.measure]
    families = Counter(block.family for block in opening)
    for family, count in families.most_common(1):
        values = [block.value for block in opening if block.family == family]
        many = count == len(opening) or (count > 4 and count >= 0.8 * len(opening))
        if many and None not in values and len(set(values)) == count:
            return family
    return None
