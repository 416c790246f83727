"""Who leads by a rule that the text sets once: the first of each list, or those with a mark."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.cues import pattern
from kg.extract.units.names import MARKS, Name
from kg.text import OPENERS, balance

LeadRule = Literal["first_leads", "starred_leads"]
_LEADING = re.compile("牵头|汇总|主办|主责|为主")
_SOLID = "●★▲◆■"  # beside ○☆△◇□ these are who leads
# what a line must hold to say who leads: the patterns are slow on long lines
_SIGNS: dict[LeadRule, tuple[str, ...]] = {
    "first_leads": ("首位", "首个", "首家", "第一", "第1", "排前", "前面", "最前", "之首", "首列"),
    "starred_leads": tuple(MARKS),
}


@dataclass(frozen=True, slots=True)
class LeadRules:
    """From where on the text says that the first body of a list leads, or those with a mark."""

    first: int | None
    marked: int | None
    mark: str  # ★, where those with it lead
    other: str  # marks that the text gives another meaning: ▲为新增任务
    helping: str  # those of them that say who helps: ☆为配合单位
    others_help: bool  # 排在首位的为牵头单位，其余为配合单位

    @classmethod
    def read(cls, text: str) -> LeadRules:
        """Return the rules that a text sets.

        >>> rules = LeadRules.read("注：★为牵头单位，☆为配合单位。")
        >>> rules.first, rules.marked, rules.mark, rules.helping
        (None, 0, '★', '☆')
        """
        first, marked = (next(_lead_rules(text, kind), None) for kind in ("first_leads", "starred_leads"))
        mark = next(sign for sign in marked[0] if sign in MARKS) if marked else ""
        said = {match["mark"]: match[0] for match in pattern("clause", "mark_says").finditer(text)} if _is_marked(text) else {}
        helping = "".join(mark for mark, words in said.items() if re.search("配合|协[办同助]|参与", words))
        helps = first is not None and first["others"] in ("配合", "协办", "参与", "协同", "协助")
        return cls(_holds_from(text, first), _holds_from(text, marked), mark, "".join(said), helping, helps)

    def leader(self, names: Sequence[Name], end: int) -> Callable[[int], bool]:
        """Return what says whether the body at a place in a list leads by rule; ``end`` is the task's."""
        if any(name.role == "lead" for name in names):
            return lambda _: False
        mark = self.mark if self.marked is not None and self.marked < end else self._telling_mark(names)
        if mark:
            return lambda i: names[i].mark == mark
        if self.marked is not None and self.marked < end:
            return lambda _: False
        by_place = self.first is not None and self.first < end and len(names) > 1 and names[0].role == "responsible"
        return lambda i: by_place and i == 0 and not names[0].vague

    def _telling_mark(self, names: Sequence[Name]) -> str:
        """Return the mark that some bodies of a list have and the others have not: it needs no note to say who leads."""
        marks = {name.mark for name in names}
        if len(marks) != 2:
            return ""
        leading = marks - {""} if "" in marks else marks & set(_SOLID)
        return next(iter(leading)) if len(leading) == 1 and not leading & set(self.other) else ""


def _is_marked(text: str) -> bool:
    return any(mark in text for mark in MARKS)


def without_rules(text: str, start: int, end: int) -> tuple[str, int, set[LeadRule]]:
    """Return a text in which the rules that a stretch sets are blank, how far its offsets lie behind, and which they are.

    A rule may stand amid the bodies: 「市水利局（列首位的为牵头单位，下同）、市财政局」.

    >>> without_rules("市水利局、市财政局，列首位的为牵头单位，下同", 0, 22)[0].strip()
    '市水利局、市财政局'
    """
    begin = max(0, start - 1)  # what stands before says whether a label opens a bracket
    words = text[begin:end]
    said: set[LeadRule] = set()
    for kind in _SIGNS:
        for match in list(_lead_rules(words, kind))[:1]:
            said.add(kind)
            words = words[: match.start()] + " " * len(match[0]) + words[match.end() :]
    return (words, begin, said) if said else (text, 0, said)


def _lead_rules(text: str, kind: LeadRule) -> Iterator[re.Match[str]]:
    for line in re.finditer("[^\n]+", text):
        if any(sign in line[0] for sign in _SIGNS[kind]) and _LEADING.search(line[0]):
            found = pattern("clause", kind).finditer(text, *line.span())
            yield from (match for match in found if _LEADING.search(match[0]))


def _holds_from(text: str, match: re.Match[str] | None) -> int | None:
    """Return from where on a rule holds: from where a bracket says it, else from the start."""
    if match is None:
        return None
    line = text.rfind("\n", 0, match.start()) + 1
    noted = re.match(r"[\s|（(]*(?:备?注|说明)", text[line : match.end()]) is not None
    bracketed = match[0][0] in OPENERS or balance(text[line : match.start()]) > 0
    return match.start() if not noted and (bracketed or "下同" in match[0]) else 0
