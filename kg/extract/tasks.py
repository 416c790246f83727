"""The tasks of a document: its smallest items of work, with who answers for them and what they aim at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.cues import first, load_cues
from kg.extract.citations import find_citations
from kg.extract.deadlines import find_deadlines
from kg.extract.indicators import find_indicators
from kg.extract.tables import TaskTable
from kg.extract.units import Assigned, Name, find_assigned, first_leads
from kg.model import Indicator, Task, Unit
from kg.sections import Block, heading_of
from kg.text import CLOSERS, OPENERS, MappedText

Purpose = Literal["tasks", "general", "goals", "safeguards"]
_QUOTES = "“‘「《"
_UNQUOTES = "”’」》"


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
        cue = first(load_cues()["section"], heading) or (
            first(load_cues()["section_opening"], heading) if len(heading) > 12 else None
        )
        says = cue.says if cue else None
        if says == "goals" or (says == "general" and purpose == "tasks"):
            purpose = "goals" if says == "goals" else "general"
        elif says == "safeguards" and purpose == "tasks" and (above.rank <= 3 or not above.parent):
            purpose = "safeguards"
    return purpose


def find_items(blocks: Sequence[Block], copy: MappedText, *, sets_work: bool = True) -> list[Item]:
    """Return the document's tasks and measures in reading order.

    ``sets_work``: what the document is lets its items be tasks even where nobody is named.
    """
    found: list[Item] = []
    for root in blocks:
        for block in _leaves(root, copy.text):
            purpose = purpose_of(block, copy.text)
            if purpose in ("general", "goals"):
                continue
            assigned = tuple(find_assigned(copy.text, block.start, block.whole_end()))
            if not assigned and (block.family == "article" or not sets_work):
                continue
            if not assigned and block.rank <= 4 and _is_bare(block, copy.text):
                continue
            measure = purpose == "safeguards" and not assigned and not _counts_on(block)
            found.extend(_split(block, copy.text, assigned, measure))
    return found


def _is_bare(block: Block, text: str) -> bool:
    """Say whether a section is a heading and nothing else, as in a list of contents."""
    return not block.children and block.end == block.heading_end and not re.search("[。；;，,：:]", text[block.start : block.end])


def _counts_on(block: Block) -> bool:
    """Say whether a section's numbers go on from the sections before: （十八） opens 八、强化组织领导."""
    return block.parent is not None and (block.parent.children[0].value or 1) > 1


def _leaves(block: Block, text: str) -> Iterator[Block]:
    """Yield the blocks that are one task each: the lowest ones, or the one above where only it is assigned."""
    if not block.children:
        yield block
        return
    shares = [any(find_assigned(text, child.start, child.whole_end())) for child in block.children]
    own = any(find_assigned(text, block.start, block.end))
    lists = block.children[0].rank > 5  # （1） and ① under an item list its contents
    last_only = len(shares) > 1 and shares[-1] and not any(shares[:-1])
    if block.rank >= 4 and ((own and not any(shares)) or (last_only and _at_end(block, text)) or (lists and sum(shares) <= 1)):
        yield block
        return
    for child in block.children:
        yield from _leaves(child, text)


def _at_end(block: Block, text: str) -> bool:
    """Say whether the last child's assignment closes the whole block: it stands behind everything else."""
    found = list(find_assigned(text, block.start, block.whole_end()))
    return bool(found) and not text[found[-1].end : block.whole_end()].strip("。；;） )\n")


def _split(block: Block, text: str, assigned: Sequence[Assigned], measure: bool) -> Iterator[Item]:
    """Cut an item where several of its paragraphs or sentences carry an assignment of their own."""
    groups: list[list[Assigned]] = []
    for one in assigned:
        if groups and not text[groups[-1][-1].end : one.start].strip("。；;，, \n"):
            groups[-1].append(one)
        else:
            groups.append([one])
    end = block.whole_end()
    if len(groups) <= 1:
        yield Item(block, block.start, end, None, tuple(assigned), measure)
        return
    at = block.start
    for i, group in enumerate(groups):
        stop = end if i == len(groups) - 1 else group[-1].end
        while stop < end and text[stop] in "。；;\n":
            stop += 1
        yield Item(block, at, stop, i + 1, tuple(group), measure)
        at = stop


def title_of(item: Item, text: str) -> str:
    """Return the item's leading phrase: its heading, or its first clause where it opens with a whole statement."""
    start = item.block.mark_end if item.part in (None, 1) else item.start
    stop = min((one.start for one in item.assigned), default=item.end)
    stop = max(start, min(stop, item.end))
    line_end = text.find("\n", start, stop)
    line_end = stop if line_end < 0 else line_end
    if start < item.block.heading_end < line_end and item.part in (None, 1):
        return heading_of(item.block, text)  # the table of contents says where it ends
    line = text[start:line_end]
    more = text[line_end:stop].strip()
    if more and not re.search("[。；;！]", line[:-1]):
        return line.rstrip("。；;：:，, ")
    return _opening(line)


def _opening(line: str) -> str:
    """Return a line up to its first stop or comma outside of brackets and quotes."""
    depth = 0
    for i, char in enumerate(line):
        depth += (char in OPENERS or char in _QUOTES) - (char in CLOSERS or char in _UNQUOTES)
        if depth <= 0 and char in "。，,；;":
            return line[:i]
    return line.rstrip("：: ")


def build_tasks(items: Iterable[Item], copy: MappedText, year: int | None, own_title: str | None) -> Iterator[Task]:
    """Yield the tasks with everything that stands in them; what 下同 shares and who leads by rule is carried along."""
    items = list(items)
    keys = _keys(items)
    lasting: tuple[Name, ...] = ()
    leads = _rule_in_preamble(items, copy.text)
    for item, key in zip(items, keys, strict=True):
        leads = leads or any(one.first_leads for one in item.assigned)
        units = list(_units(item, copy, leads))
        if units:
            named = {unit.name for unit in units}
            units.extend(_unit(name, copy, inherited=True) for name in lasting if name.name not in named)
        for one in item.assigned:
            lasting = one.lasting or lasting
        yield Task(
            key=key,
            number=item.block.number,
            path=tuple(_heading_line(above, copy.text) for above in item.block.chain()[:-1]),
            title=title_of(item, copy.text),
            text=copy.text[item.start : item.end].replace("\n", ""),
            section=address(item.block.parent) if item.block.parent else None,
            evidence=copy.evidence(
                item.start, _trimmed(copy.text, item.start, item.end), "tasks.item" if item.part is None else "tasks.part"
            ),
            measure=item.measure,
            joint=any(one.joint for one in item.assigned),
            units=tuple(units),
            indicators=tuple(_indicators(item, copy, year)),
            citations=tuple(find_citations(copy, item.start, item.end, None, own_title)),
            deadline=next(find_deadlines(copy, item.start, item.end, year), None),
        )


def build_table_tasks(tables: Sequence[TaskTable], copy: MappedText, year: int | None, own_title: str | None) -> Iterator[Task]:
    """Yield the rows of task tables as tasks: 1, 2, … in the first table, t2.1 … in the others."""
    for i, table in enumerate(tables, 1):
        for j, row in enumerate(table.rows, 1):
            start, end = row.text.start, row.text.end
            dated = (start, row.due.end) if row.due else (start, end)
            yield Task(
                key=f"t{i}.{j}" if i > 1 else f"t{j}",
                number=row.number,
                path=row.path,
                title=_opening(copy.text[start:end]),
                text=copy.text[start:end].replace("\n", ""),
                section=None,
                evidence=copy.evidence(start, end, "tasks.row"),
                units=tuple(_unit(name, copy, inherited=False, rule="units.column") for name in row.names),
                indicators=tuple(indicators_in(copy, start, end, year)),
                citations=tuple(find_citations(copy, start, end, None, own_title)),
                deadline=next(find_deadlines(copy, *dated, year), None),
            )


def _rule_in_preamble(items: Sequence[Item], text: str) -> bool:
    return first_leads(text[: items[0].start] if items else text)


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] == "\n":
        end -= 1
    return end


def _heading_line(block: Block, text: str) -> str:
    return text[block.start : block.mark_end] + heading_of(block, text)


def address(block: Block) -> str:
    """Return a block's place in the tree: chapter 三, section （二）, item 4 → ``3.2.4``."""
    return ".".join(str(above.value if above.value is not None else above.number or f"p{above.start}") for above in block.chain())


def _keys(items: Sequence[Item]) -> list[str]:
    """Return a key a task: its number where numbers run through the document, else its address; always unique."""
    opening = [item for item in items if item.part in (None, 1) and not item.measure]
    values = [item.block.value for item in opening]
    runs = len({item.block.family for item in opening}) == 1 and None not in values and len(set(values)) == len(values)
    keys: list[str] = []
    used: dict[str, int] = {}
    for item in items:
        key = str(item.block.value) if runs and item.block.value is not None and not item.measure else address(item.block)
        if item.part is not None:
            key += f".{item.part}"
        used[key] = used.get(key, 0) + 1
        keys.append(key if used[key] == 1 else f"{key}-{used[key]}")
    return keys


def _units(item: Item, copy: MappedText, leads: bool) -> Iterator[Unit]:
    for one in item.assigned:
        for i, name in enumerate(one.names):
            by_rule = leads and i == 0 and len(one.names) > 1 and name.role == "responsible" and not name.vague
            if by_rule and not any(other.role == "lead" for other in one.names):
                span = copy.evidence(name.start, name.end, "units.first_leads")
                yield Unit(name.name, "lead", False, name.collective, name.vague, span)
            else:
                yield _unit(name, copy, inherited=False, rule=one.rule)


def _unit(name: Name, copy: MappedText, *, inherited: bool, rule: str = "units.same_below") -> Unit:
    return Unit(name.name, name.role, inherited, name.collective, name.vague, copy.evidence(name.start, name.end, rule))


def _indicators(item: Item, copy: MappedText, year: int | None) -> Iterator[Indicator]:
    """Read the item's words without its number and its assignments."""
    start = item.block.mark_end if item.part in (None, 1) else item.start
    at = start
    for one in (*item.assigned, None):
        stop = max(at, one.start) if one else item.end
        yield from indicators_in(copy, at, stop, year)
        at = one.end if one else item.end


def indicators_in(copy: MappedText, start: int, end: int, year: int | None) -> Iterator[Indicator]:
    """Yield the indicators in a stretch of the working copy."""
    if end - start < 4:
        return
    for found in find_indicators(copy.text[start:end], year):
        evidence = copy.evidence(start + found.start, start + found.end, found.rule)
        yield Indicator(
            found.name,
            found.kind,
            found.op,
            found.value,
            found.unit,
            found.year,
            evidence,
            found.baseline,
            found.binding,
            found.table,
        )
