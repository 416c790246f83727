"""Targets that someone could check, read from the text of one task or of the goals of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract.indicators.coverage import find_coverage
from kg.extract.indicators.figures import find_figures
from kg.extract.indicators.found import Found as Found
from kg.extract.indicators.milestones import find_milestones
from kg.extract.indicators.names import metric_kind
from kg.extract.indicators.passages import Passage, read_passage
from kg.extract.indicators.phrases import find_phrases
from kg.extract.indicators.ranks import find_ranks

SETTING = re.compile(r"[□、，\s]*(?:随着|由于|面对|鉴于|当前|目前|近年来|同时，随着)")  # what follows describes how things stand

GOAL = re.compile(r"确保|力争|争取(?!到)|努力(?:实现|使)|到20\d\d年|年底前|底前")
GOAL_REACH = 200  # characters before a target in which 确保 stands
SHARED_TAIL = 4  # characters: 水源水质
SORTS = "品业水车田"  # 食品 and 药品, 工业 and 农业, 污水 and 雨水, 客车 and 货车, 水田 and 旱田


def find_indicators(text: str, year: int | None, since: int | None = None) -> Iterator[Found]:
    """Yield each target in reading order; ``year`` is the one that holds where the text names none.

    ``since`` is the document's first year: figures of years before it are results.

    >>> [(f.name, f.op, str(f.value), f.unit) for f in find_indicators("到2025年，森林覆盖率达到36.5%以上。", 2025)]
    [('森林覆盖率', '>=', '36.5', '%')]
    >>> [f.name for f in find_indicators("新建冷库200座、改造农村户厕50万户；管网漏损率持续下降。", 2025)]
    ['冷库', '农村户厕', '管网漏损率']
    >>> [f.year_stated for f in find_indicators("新建冷库200座。到2025年，管网漏损率低于9%。", 2025)]
    [False, True]
    """
    passage = read_passage(text, year, since)
    found = sorted(_find_all(passage), key=lambda f: (f.start, f.end))
    for one in _without_repeats(found):
        yield one if one.year != year or passage.years.say(year, one.start, one.end) else replace(one, year_stated=False)


def find_stated(text: str, year: int | None, since: int | None = None) -> Iterator[Found]:
    """Yield the targets of a text that mostly says how work is meant: those with a figure, in words that set a goal.

    >>> [found.name for found in find_stated("坚持改革创新，提升服务能力，确保群众满意度达到90%以上。", 2025)]
    ['群众满意度']
    """
    for found in find_indicators(text, year, since):
        sentence = text.rfind("。", 0, found.start) + 1
        if found.value is not None and GOAL.search(text, max(sentence, found.start - GOAL_REACH), found.end):
            yield found


def _find_all(passage: Passage) -> Iterator[Found]:
    for start, end in passage.sentences():
        taken = bytearray(end - start)  # characters that belong to a target with a figure
        for whole in (one for clause in passage.clauses(start, end) for one in find_coverage(passage, *clause)):
            yield whole
            taken[whole.start - start : whole.end - start] = b"\1" * (whole.end - whole.start)
        covered = bytes(taken)
        for figure in find_figures(passage, start, end):
            if any(covered[figure.start - start : figure.end - start]):
                continue
            yield figure
            taken[figure.start - start : figure.end - start] = b"\1" * (figure.end - figure.start)
        describes = SETTING.match(passage.shape, start, end) is not None
        for clause_start, clause_end in passage.clauses(start, end):
            if describes and clause_end < end:
                continue
            if not any(taken[clause_start - start : clause_end - start]):
                stated = list(find_ranks(passage, start, clause_start, clause_end)) or list(
                    find_phrases(passage, clause_start, clause_end)
                )
                yield from stated or find_milestones(passage, start, clause_start, clause_end)
    for start, end in passage.asides:
        yield from _find_aside(passage, start, end)


def _find_aside(passage: Passage, start: int, end: int) -> Iterator[Found]:
    """Yield the figures that stand in brackets: （改造户数达到98%以上）."""
    inner = read_passage(passage.text[start:end], passage.years.at(start))
    for sentence in inner.sentences():
        for found in find_figures(inner, *sentence):
            if found.rule.startswith("figure.") and not found.rule.startswith("figure.count"):
                yield replace(found, start=found.start + start, end=found.end + start)


def _without_repeats(found: list[Found]) -> Iterator[Found]:
    """Yield all but the directions that announce a metric which has its figure elsewhere, or say it again."""
    marks = [(one, _pairs(one.name), metric_kind(one.name)) for one in found]
    known = [mark for mark in marks if mark[0].kind != "trend"]
    for mark in marks:
        if mark[0].kind == "trend":
            if any(_alike(mark, other) for other in known if other[0].start != mark[0].start):
                continue
            known.append(mark)
        yield mark[0]


def _of_other_things(one: str, other: str) -> bool:
    """Say whether two names say the same of different things: 县级城市饮用水水源水质, 甲水库饮用水水源水质.

    A single character tells things apart where it says which of a sort: 食品抽检合格率, 药品抽检合格率.

    >>> _of_other_things("食品抽检合格率", "药品抽检合格率"), _of_other_things("城区优良天数比率", "辖区优良天数比率")
    (True, False)
    """
    tail = next((n for n, (a, b) in enumerate(zip(reversed(one), reversed(other), strict=False)) if a != b), 0)
    heads = one[: len(one) - tail], other[: len(other) - tail]
    single = all(len(head) == 1 for head in heads) and one[len(heads[0])] in SORTS
    return tail >= SHARED_TAIL and (single or all(len(head) >= 2 for head in heads)) and not {*heads[0]} & {*heads[1]}


def _pairs(name: str) -> set[str]:
    return {name[i : i + 2] for i in range(len(name) - 1)}


def _alike(left: tuple[Found, set[str], str | None], right: tuple[Found, set[str], str | None]) -> bool:
    """Say whether two names are of one metric: one within the other, or of one kind with most of their characters shared."""
    (one, pairs, kind), (other, others, other_kind) = left, right
    if one.name in other.name or other.name in one.name:
        return True
    if _of_other_things(one.name, other.name):
        return False
    short, long = sorted((len(pairs), len(others)))
    return kind == other_kind and short >= 0.4 * long and len(pairs & others) >= 0.65 * short
