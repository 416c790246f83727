"""What a document says: tasks, bodies, indicators, citations, each with the words that say it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.cues import first, load_cues
from kg.extract.citations import find_citations
from kg.extract.citations.notices import find_notice
from kg.extract.citations.own import Own
from kg.extract.deadlines import Clock
from kg.extract.indicators.passages import TORN
from kg.extract.indicators.tables import IndicatorTable, find_indicator_tables
from kg.extract.items import address, find_items, purpose_of
from kg.extract.kinds import is_plan, sets_work
from kg.extract.profile import find_plan, read_profile
from kg.extract.tables import find_task_tables
from kg.extract.tables.rows import place_tables
from kg.extract.tasks import as_indicator, build_table_tasks, build_tasks, indicators_in
from kg.model import Citation, Document, Indicator, Place, Reading, Section
from kg.sections import Block, heading_of, read_outline
from kg.text import MappedText, map_text

NEAR = 60  # characters between a section's last words and its table: 表1 主要指标


def read_policy(document: Document) -> Reading:
    """Return everything that one document says."""
    copy = map_text(document.text, whole=document.whole)
    tables = find_task_tables(copy, document.grids)
    spans = [(table.start, table.end) for table in tables]
    targets = find_indicator_tables(copy, document.grids, without=spans)
    blocks = read_outline(copy, [*spans, *((table.start, table.end) for table in targets)], find_plan(copy))
    profile = read_profile(copy, blocks, tabular=bool(tables) and not blocks)
    items = find_items(blocks, copy, spans, sets_work=sets_work(profile, blocks, copy), articles=is_plan(profile))
    clock, own = Clock.of(profile), Own.of(profile)
    tasks = (
        *build_tasks(items, copy, own, clock),
        *build_table_tasks(place_tables(tables, blocks, copy.text), copy, own, clock),
    )
    taken = [(item.start, item.end) for item in items]
    rest = list(_past_tables(list(_outside(copy, blocks, taken, spans)), targets, blocks))
    return Reading(
        document,
        profile,
        tuple(_sections(blocks, copy, {item.block.start for item in items})),
        tasks,
        (*_in_tables(copy, targets, clock), *_goals(copy, rest, targets, clock, _general(blocks, copy.text))),
        tuple(_citations(copy, rest, own)),
        find_notice(copy, profile),
    )


def _sections(blocks: Sequence[Block], copy: MappedText, tasks: set[int]) -> Iterator[Section]:
    """Yield the headings above the tasks, and the sections that hold none; a task that holds others is a heading too."""
    for root in blocks:
        for block in root.walk():
            if block.start in tasks and not block.children:
                continue
            end = min(block.heading_end, block.mark_end + len(heading_of(block, copy.text)))
            heading = copy.text[block.start : end]
            parent = address(block.parent) if block.parent else None
            yield Section(
                address(block),
                block.number,
                len(block.chain()),
                heading,
                parent,
                copy.evidence(block.start, end, "sections.heading"),
            )


def _outside(
    copy: MappedText, blocks: Sequence[Block], taken: Sequence[tuple[int, int]], tables: Sequence[tuple[int, int]]
) -> Iterator[tuple[Place, int, int]]:
    """Yield the stretches that belong to no task, with the kind of place they are."""
    head = min([blocks[0].start if blocks else len(copy.text), *(start for start, _ in (*taken, *tables))])
    if head:
        yield "preamble", 0, head
    begins = [start for start, _ in taken]  # in reading order, and none within another
    for root in blocks:
        for block in root.walk():
            at = bisect_right(begins, block.start) - 1
            if at >= 0 and block.start < max(taken[at][1], taken[at][0] + 1):
                continue
            purpose = purpose_of(block, copy.text)
            yield "goals" if purpose == "goals" else "preamble", block.start, block.end


def _past_tables(
    rest: Sequence[tuple[Place, int, int]], tables: Sequence[IndicatorTable], blocks: Sequence[Block]
) -> Iterator[tuple[Place, int, int]]:
    """Yield the stretches and what goes on behind a table that stands within the goals, up to the next heading."""
    begins = [block.start for root in blocks for block in root.walk()]
    for place, start, end in rest:
        yield place, start, end
        table = next((table for table in tables if 0 <= table.start - end <= NEAR), None) if place == "goals" else None
        if table is not None and (then := next((begin for begin in begins if begin >= table.end), None)) is not None:
            yield place, table.end, then


def _in_tables(copy: MappedText, tables: Sequence[IndicatorTable], clock: Clock) -> Iterator[Indicator]:
    """Yield the targets in tables; a column without a year is for the document's last."""
    for table in tables:
        for found in table.found:
            yield as_indicator(found if found.year else replace(found, year=clock.last, year_stated=False), copy, 0)


def _general(blocks: Sequence[Block], text: str) -> set[int]:
    """Return where the blocks begin that say how work is meant, and to what end: 总体要求, 指导思想; no reviews."""
    return {
        block.start
        for root in blocks
        for block in root.walk()
        if purpose_of(block, text) == "general"
        and any(first(load_cues("indicators.toml")["aims"], heading_of(above, text)) for above in block.chain())
    }


def _goals(
    copy: MappedText,
    rest: Sequence[tuple[Place, int, int]],
    tables: Sequence[IndicatorTable],
    clock: Clock,
    general: set[int],
) -> Iterator[Indicator]:
    for place, start, end in rest:
        if place == "goals" or start in general:
            for a, b in _whole(copy, start, end):
                if copy.text[a] != "|" and not any(table.start <= a < table.end for table in tables):
                    yield from indicators_in(copy, a, b, clock, general=place != "goals")


def _whole(copy: MappedText, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs of a stretch, those in one that a page tore within a sentence."""
    whole: tuple[int, int] | None = None
    for a, b in copy.paragraphs(start, end):
        if whole is not None and TORN.match(copy.text, whole[1]) and whole[1] + 1 == a:
            whole = whole[0], b
            continue
        if whole is not None:
            yield whole
        whole = a, b
    if whole is not None:
        yield whole


def _citations(copy: MappedText, rest: Sequence[tuple[Place, int, int]], own: Own) -> Iterator[Citation]:
    seen: set[tuple[str, str]] = set()
    for place, start, end in rest:
        for citation in find_citations(copy, start, end, place, own):
            if (citation.title, citation.relation) not in seen:
                seen.add((citation.title, citation.relation))
                yield citation
