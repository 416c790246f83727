"""The bodies that take part in all later tasks, named once: 「各县区政府，下同」, 「以下任务均需各区配合」."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.cues import load_cues
from kg.extract.units.names import Name, read_names
from kg.extract.units.parts import is_body
from kg.model import Role

NEAR = 300  # characters before an assignment's end within which it says so in words
_SIGNS = re.compile("以下|下列|后续|下同|不|除.+外|所有|各项|全部|本方案|本清单")
_FOR_ALL = re.compile("均|都|皆|所有|各项|除.+外")
_NOTE = re.compile(r"[\s|（(]*(?:备?注|说明)[：:\d]")


def find_lasting(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return where a stretch says in words that bodies hold for all later tasks: 「各县区均为责任单位，不再列出」."""
    start = max(start, end - NEAR)
    if not _SIGNS.search(text, start, end):
        return None
    return next((found for cue in load_cues()["lasting"] if (found := cue.pattern.search(text, start, end))), None)


def find_standing(text: str, without: Sequence[tuple[int, int]]) -> list[Name]:
    """Return the bodies that a sentence outside of all tasks, or a note, gives a part in each: 「各区为所有任务的责任单位」.

    >>> names = find_standing("除注明的外，各县（市、区）政府都是配合单位。", [])
    >>> [(name.name, name.role) for name in names]
    [('各县（市、区）政府', 'support')]
    """
    spans = iter([*sorted(without), (len(text), len(text))])
    a, b = next(spans)
    for line in re.finditer("[^\n]+", text):
        while b <= line.start() and a < len(text):
            a, b = next(spans)
        if (line.start() < a or _NOTE.match(line[0])) and _FOR_ALL.search(line[0]):
            for sentence in re.finditer("[^。]+。?", line[0]):
                start, end = line.start() + sentence.start(), line.start() + sentence.end()
                said = find_lasting(text, max(0, start - 1), end)
                if said is not None and _FOR_ALL.search(said[0]) and (names := read_lasting(text, said)):
                    return names
    return []


def read_lasting(text: str, said: re.Match[str]) -> list[Name]:
    """Return the bodies of 「以下任务均需各区政府配合，不再列出」, in the role that its verb gives them."""
    role: Role = "support" if re.search("配合|参与|协[助办同]", text[said.end("who") : said.end()]) else "responsible"
    names = read_names(text, *said.span("who"), role)
    return names if all(is_body(name.name) for name in names) else []


def same_below(text: str, names: list[Name], start: int, end: int) -> tuple[Name, ...]:
    """Return the bodies that 下同 speaks of.

    Departments are listed with 、; the general bodies that always take part (各县（市、区）政府，高新区管委会) follow
    behind a comma.
    Without such a part it is the last one behind a comma, or else the general ones, or else all.
    """
    groups: list[list[Name]] = [[]]
    for i, name in enumerate(names):
        if i and re.search("[，,；;]", text[names[i - 1].end : name.start]):
            groups.append([])
        groups[-1].append(name)
    general = next((i for i, group in enumerate(groups) if i and any(name.collective for name in group)), None)
    if len(groups) == 1:
        first = next((i for i, name in enumerate(names) if name.collective), 0)
        return tuple(names[first:])
    at = general if general is not None else len(groups) - 1
    return tuple(name for group in groups[at:] for name in group)
