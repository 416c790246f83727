"""The tasks of a document, with who answers for them and what they aim at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.cues import pattern
from kg.extract.citations import find_citations
from kg.extract.citations.own import Own
from kg.extract.deadlines import Clock, find_deadline, read_deadline
from kg.extract.indicators import find_indicators, find_stated
from kg.extract.indicators.found import Found
from kg.extract.items import Item, address, keys_of
from kg.extract.tables.rows import Row, TaskTable
from kg.extract.task_titles import path_of, row_title, title_of
from kg.extract.units import Assigned
from kg.extract.units.labels import ASIDE, find_labels
from kg.extract.units.lasting import find_standing
from kg.extract.units.leaders import LeadRules
from kg.extract.units.names import Name
from kg.extract.units.supervisors import find_supervisors
from kg.model import Deadline, Indicator, Supervisor, Task, Unit
from kg.text import OPENERS, MappedText

_SAME = re.compile(r"(?P<sign>[：:（(〔【])(?P<words>同[上前])(?=[。；;，,、）)〕】\s]|$)")


def build_tasks(items: Iterable[Item], copy: MappedText, own: Own, clock: Clock) -> Iterator[Task]:
    """Yield the tasks with everything that stands in them; what 下同 shares and who leads by rule is carried along."""
    items = list(items)
    keys = keys_of(items)
    lasting = tuple(find_standing(copy.text, [(item.start, item.end) for item in items]) if items else ())
    leads = LeadRules.read(copy.text)
    before: list[Unit] = []
    for item, key in zip(items, keys, strict=True):
        units = list(_units(item, copy, leads))
        units.extend(_same_as(before, item, copy))
        before = [unit for unit in units if not unit.inherited] or before
        if units:
            units.extend(_inherited(lasting, units, copy))
        for one in item.assigned:
            lasting = one.lasting or lasting
        yield Task(
            key=key,
            number=item.block.number,
            path=path_of(item, copy.text),
            title=title_of(item, copy.text),
            text=copy.text[item.start : item.end].replace("\n", ""),
            section=address(item.block.parent) if item.block.parent else None,
            evidence=copy.evidence(
                item.start, _trimmed(copy.text, item.start, item.end), "tasks.item" if item.part is None else "tasks.part"
            ),
            measure=item.measure,
            joint=any(one.joint for one in item.assigned),
            units=tuple(units),
            indicators=tuple(_indicators(item, copy, clock)),
            citations=tuple(find_citations(copy, item.start, item.end, None, own)),
            deadline=find_deadline(copy, item.start, item.end, clock),
            supervisors=tuple(find_supervisors(copy, item.start, item.end)),
        )


def build_table_tasks(tables: Sequence[TaskTable], copy: MappedText, own: Own, clock: Clock) -> Iterator[Task]:
    """Yield the rows of task tables as tasks: t1, t2, … in the first table, t2.1 … in the others, by the rows' own numbers."""
    leads = LeadRules.read(copy.text if tables else "")
    lasting = find_standing(copy.text, [(table.start, table.end) for table in tables]) if tables else []
    for i, table in enumerate(tables, 1):
        numbers = {row.number for row in table.rows}
        by_number = len(numbers) == len(table.rows) and None not in numbers
        for j, row in enumerate(table.rows, 1):
            step = row.number if by_number else j
            start, end = row.text.start, row.text.end
            due = _due(row, copy, clock)
            units = list(_with_leaders(row.names, copy, leads, len(copy.text), "units.column"))
            yield Task(
                key=f"t{i}.{step}" if i > 1 else f"t{step}",
                number=row.number,
                path=row.path,
                title=row_title(row.title, row.text.text),
                text=re.sub(r"\s*[|\n]\s*", " ", copy.text[start:end]),
                section=None,
                evidence=copy.evidence(start, end, "tasks.row"),
                units=(*units, *_inherited(lasting if units else (), units, copy)),
                indicators=tuple(indicators_in(copy, start, end, clock)),
                citations=tuple(find_citations(copy, start, end, None, own)),
                deadline=due or find_deadline(copy, start, end, clock),
                supervisors=tuple(
                    Supervisor(person.text, copy.evidence(person.start, person.end, "supervisors.column"))
                    for person in row.persons
                ),
            )


def _due(row: Row, copy: MappedText, clock: Clock) -> Deadline | None:
    """Return the deadline in a row's own cell; its words alone where the document says nothing of its year."""
    if row.due is None:
        return None
    found = read_deadline(copy, row.due.start, row.due.end, clock)
    if found is None and clock.this is None and pattern("clause", "due").match(row.due.text):
        return Deadline(None, copy.evidence(row.due.start, row.due.end, "deadlines.cell"))
    return found


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] == "\n":
        end -= 1
    return end


def _units(item: Item, copy: MappedText, leads: LeadRules) -> Iterator[Unit]:
    alone = len(item.assigned) == 1 and _all_lead_by_label(item.assigned[0], copy.text)
    if alone and leads.first is not None and leads.first < item.end:
        one = item.assigned[0]  # 牵头单位：甲局、乙局, where only the first of them leads
        yield from _with_leaders([replace(name, role="responsible") for name in one.names], copy, leads, item.end, one.rule)
        return
    led = any(name.role == "lead" for one in item.assigned for name in one.names)
    for one in item.assigned:  # where a line names who leads, the first of another line does not
        yield from _with_leaders(one.names, copy, replace(leads, first=None) if led else leads, item.end, one.rule)


def _same_as(before: Sequence[Unit], item: Item, copy: MappedText) -> Iterator[Unit]:
    """Yield the bodies of the task before that 「责任单位：同上」 or 「（同上）」 speaks of: those of the same role, else all."""
    for same in _SAME.finditer(copy.text, item.start, item.end) if before else ():
        label = next(
            (
                cue
                for cue, _, behind in find_labels(copy.text, item.start, item.end, everywhere=True)
                if behind == same.start("words")
            ),
            None,
        )
        role = label.says if label else None
        if (label is None) != (same["sign"] in OPENERS) or role in ASIDE:
            continue
        same_role = [unit for unit in before if unit.role == role]
        for unit in same_role or before:
            yield replace(unit, role="lead" if role == "lead" else "support") if role in ("lead", "support") else unit


def _all_lead_by_label(one: Assigned, text: str) -> bool:
    """Say whether nobody but several leaders is named, and a label calls them so."""
    labels = [cue.says for cue, _, _ in find_labels(text, one.start + 1, one.end) or find_labels(text, one.start, one.end)]
    return len(one.names) > 1 and labels[:1] == ["lead"] and all(name.role == "lead" for name in one.names)


def _with_leaders(names: Sequence[Name], copy: MappedText, leads: LeadRules, end: int, rule: str) -> Iterator[Unit]:
    """Yield bodies as units; who leads by a rule of the text carries that rule."""
    leads_by_rule = leads.leader(names, end)
    led = leads.others_help and any(map(leads_by_rule, range(len(names))))
    for i, name in enumerate(names):
        if leads_by_rule(i):
            span = copy.evidence(name.start, name.end, "units.first_leads")
            yield Unit(name.name, "lead", False, name.collective, name.vague, span)
        else:
            helps = (led or (name.mark and name.mark in leads.helping)) and name.role == "responsible"
            yield _unit(replace(name, role="support") if helps else name, copy, inherited=False, rule=rule)


def _inherited(lasting: Sequence[Name], units: Sequence[Unit], copy: MappedText) -> list[Unit]:
    """Return the bodies that hold for all later tasks, those apart that a task names itself."""
    named = {unit.name for unit in units}
    return [_unit(name, copy, inherited=True) for name in lasting if name.name not in named]


def _unit(name: Name, copy: MappedText, *, inherited: bool, rule: str = "units.same_below") -> Unit:
    return Unit(name.name, name.role, inherited, name.collective, name.vague, copy.evidence(name.start, name.end, rule))


def _indicators(item: Item, copy: MappedText, clock: Clock) -> Iterator[Indicator]:
    """Read the item's words without its number and its assignments."""
    start = item.block.mark_end if item.part in (None, 1) else item.start
    at = start
    for one in (*item.assigned, None):
        stop = max(at, one.start) if one else item.end
        yield from indicators_in(copy, at, stop, clock)
        at = one.end if one else item.end


def indicators_in(copy: MappedText, start: int, end: int, clock: Clock, *, general: bool = False) -> Iterator[Indicator]:
    """Yield the indicators in a stretch of the working copy; ``general``: it is about how work is meant (指导思想)."""
    if end - start < 4:
        return
    find = find_stated if general else find_indicators
    for found in find(copy.text[start:end], clock.last, clock.begins):
        yield as_indicator(found, copy, start)


def as_indicator(found: Found, copy: MappedText, offset: int) -> Indicator:
    """Return what was found in a stretch that begins at ``offset``, with its evidence."""
    evidence = copy.evidence(offset + found.start, offset + found.end, found.rule)
    target = (found.name.replace("\n", ""), found.kind, found.op, found.value, found.unit, found.year)
    stated = found.year is not None and found.year_stated
    return Indicator(*target, evidence, found.baseline, found.binding, found.table, year_stated=stated)
