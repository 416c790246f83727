"""Targets with a figure, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from kg.extract.indicators.counts import opens_count, read_count_after, read_count_before
from kg.extract.indicators.found import Found
from kg.extract.indicators.measures import is_object, read_measure
from kg.extract.indicators.names import is_metric, strip_name
from kg.extract.indicators.passages import Passage
from kg.extract.indicators.quantities import Quantity, find_quantities, group_quantities
from kg.extract.indicators.sites import Site, find_link, find_noun, is_no_target, qualifies, sizes
from kg.extract.indicators.tidy import tidy_names

STRIVING = re.compile(r"[、，并]*(?:力争|争取|冲刺|奋斗目标|确保)(?:达到|达|到)?")
FIGURE = re.compile(r"[\dXＸx×＊*〇○_一二两三四五六七八九十半番]")
FARTHEST = 240  # characters before a figure that may tell what it measures; more is a table that lost its lines
COUNTABLE = ("count", "measure", "percent")


def find_figures(passage: Passage, start: int, end: int) -> Iterator[Found]:
    """Yield the targets with a figure of one sentence."""
    yield from tidy_names(list(_find_in_sentence(passage, start, end)))


def _find_in_sentence(passage: Passage, start: int, end: int) -> Iterator[Found]:
    if FIGURE.search(passage.shape, start, end) is None:
        return
    follows, before = False, None
    subject = ""  # the metric named last, for a figure without a name of its own: 同比增长8%
    last: tuple[int, int] | None = None  # the clause that names it, if it has no figure
    for clause_start, clause_end in passage.clauses(start, end):
        groups = list(_groups(passage, clause_start, clause_end))
        if not groups:
            last = clause_start, clause_end
            continue
        subject, last = _metric_of(passage, *last) if last else subject, None
        left = clause_start
        for number, group in enumerate(groups):
            right = groups[number + 1][0].start if number + 1 < len(groups) else clause_end
            site = Site(passage, start, max(left, group[0].start - FARTHEST), group, right, follows)
            found = list(_read(site, subject))
            found = [_as_before(one, before, site) for one in found] if before else found
            if found:
                before = found[-1]
                follows, left, subject = True, max(one.end for one in found), found[-1].name
            yield from found


def _as_before(found: Found, before: Found, site: Site) -> Found:
    """Return a target that is striven for as a change, where the one before it is: 增长8%以上、力争10%."""
    changes = before.op in ("+=", "-=") and before.name == found.name and before.unit == found.unit
    return replace(found, op=before.op) if changes and STRIVING.fullmatch(site.before) else found


def _groups(passage: Passage, start: int, end: int) -> Iterator[list[Quantity]]:
    quantities = [one for one in find_quantities(passage, start, end) if not qualifies(passage.shape, one, end)]
    quantities = [one for one, then in zip_longest(quantities, quantities[1:]) if not sizes(passage.shape, one, then)]
    return group_quantities(passage.shape, quantities)


def _metric_of(passage: Passage, start: int, end: int) -> str:
    """Return the metric that a clause without a figure names, or nothing."""
    name = passage.text[slice(*strip_name(passage.shape, start, end, verbs=False))]
    return name if is_metric(name) else ""


def _read(site: Site, subject: str) -> Iterator[Found]:
    """Yield what one group of figures sets as targets."""
    link, noun = find_link(site.before), find_noun(site)
    if is_no_target(site, noun, link) or site.passage.years.are_over(site.quantity.start):
        return
    core_end = site.left + (link.start if link else len(site.before))
    if noun and not site.after_share and site.quantity.kind in COUNTABLE and opens_count(site, core_end):
        yield read_count_before(site, link, noun)
    elif link and not is_object(site, link):
        yield from read_measure(site, link, subject)
    elif not noun or site.after_share:
        yield from read_count_after(site)
