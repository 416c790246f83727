"""The numbers that Word puts in front of paragraphs: written nowhere in the text, counted from numbering.xml and styles.xml."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from kg.read.numerals import numeral

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile("%([1-9])")
MAX_DEPTH = 50  # of styles that are based on one another


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    style: str = "decimal"
    text: str = ""
    restart: int | None = None  # after which level (from 1) it begins anew; 0: never
    legal: bool = False  # all its numbers in digits
    paragraph_style: str | None = None
    blank: str = " "


@dataclass(frozen=True, slots=True)
class _List:
    """A list (w:num): levels of an abstract one, and where it starts counting over."""

    abstract: str
    levels: dict[int, _Level]
    overrides: dict[int, int]


@dataclass(slots=True)
class Numbering:
    """Counts along while the paragraphs are read in order."""

    _lists: dict[str, _List]
    _styles: dict[str, etree._Element]
    _counters: dict[str, dict[int, int]] = field(default_factory=dict)  # by abstract list: lists on one count together
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, paragraph: etree._Element) -> str:
        """Return what Word shows in front of a paragraph, as "（一）" or "2.1 ", and count it."""
        name, depth = self._place(paragraph)
        found = self._lists.get(name or "")
        level = found.levels.get(depth) if found else None
        if name is None or found is None or level is None:
            return ""
        counters = self._counters.setdefault(found.abstract, {})
        if depth in found.overrides and (name, depth) not in self._begun:
            counters[depth] = found.overrides[depth]
        else:
            counters[depth] = counters[depth] + 1 if depth in counters else level.start
        self._begun.add((name, depth))
        for below in [below for below in counters if below > depth]:
            restart = found.levels.get(below, _Level()).restart
            if restart is None or depth < restart:
                del counters[below]
        if level.style == "bullet":
            return ""

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = found.levels.get(at, _Level())
            return numeral(counters.get(at, other.start), "decimal" if level.legal else other.style)

        words = _PLACE.sub(shown, level.text)
        return words + level.blank if words else ""

    def _place(self, paragraph: etree._Element) -> tuple[str | None, int]:
        """Return the list and the level of a paragraph: its own, else its style's."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name, depth = _number(own, "numId"), _number(own, "ilvl")
        if name is None and style is not None:
            name, of_style = self._of_style(style.get(f"{W}val", ""))
            depth = depth if depth is not None else of_style
        return (name if name != "0" else None), int(depth) if depth and depth.isdigit() else 0

    def _of_style(self, style: str) -> tuple[str | None, str | None]:
        name: str | None = None
        depth: str | None = None
        chain: list[str] = []
        while style in self._styles and len(chain) < MAX_DEPTH:
            chain.append(style)
            element = self._styles[style]
            own = element.find(f"{W}pPr/{W}numPr")
            depth = depth if depth is not None else _number(own, "ilvl")
            name = _number(own, "numId")
            if name is not None:
                break
            based = element.find(f"{W}basedOn")
            style = based.get(f"{W}val", "") if based is not None else ""
        if name in self._lists:  # a level may say itself whose style it is
            linked = {level.paragraph_style: at for at, level in self._lists[name].levels.items()}
            of_style = next((linked[style] for style in chain if style in linked), None)
            depth = depth if of_style is None else str(of_style)
        return name, depth


def load_numbering(numbering: etree._Element | None, styles: etree._Element | None) -> Numbering:
    """Return the lists of a document that is about to be read."""
    by_style = {s.get(f"{W}styleId", ""): s for s in (styles.iterfind(f"{W}style") if styles is not None else ())}
    if numbering is None:
        return Numbering({}, by_style)
    abstract = {a.get(f"{W}abstractNumId", ""): a for a in numbering.iterfind(f"{W}abstractNum")}
    lists: dict[str, _List] = {}
    numbers = {n.get(f"{W}numId", ""): n for n in numbering.iterfind(f"{W}num")}
    for name, num in numbers.items():
        key = _value(num, "abstractNumId") or ""
        base = abstract.get(key)
        link = _value(base, "numStyleLink")
        if link is not None:  # the levels stand with the list of a style
            behind = numbers.get(_number(by_style[link].find(f"{W}pPr/{W}numPr"), "numId") or "") if link in by_style else None
            key = _value(behind, "abstractNumId") or key
            base = abstract.get(key)
        levels = _levels(base)
        overrides: dict[int, int] = {}
        for override in num.iterfind(f"{W}lvlOverride"):
            depth = _int(override.get(f"{W}ilvl"), 0)
            levels |= _levels(override)
            start = _value(override, "startOverride")
            if start is not None:
                overrides[depth] = _int(start, 1)
                levels[depth] = replace(levels.get(depth, _Level()), start=overrides[depth])
        lists[name] = _List(key, levels, overrides)
    return Numbering(lists, by_style)


def _levels(parent: etree._Element | None) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for element in parent.iterfind(f"{W}lvl") if parent is not None else ():
        restart = _value(element, "lvlRestart")
        # newer styles stand in an mc:AlternateContent with a fallback
        style = _value(element, "numFmt") or next((f.get(f"{W}val") for f in element.iter(f"{W}numFmt")), None) or "decimal"
        found[_int(element.get(f"{W}ilvl"), 0)] = _Level(
            start=_int(_value(element, "start"), 0 if _value(element, "start") == "0" else 1),
            style=style,
            text=_value(element, "lvlText") or "",
            restart=_int(restart, 0) if restart is not None else None,
            legal=element.find(f"{W}isLgl") is not None,
            paragraph_style=_value(element, "pStyle"),
            blank="" if _value(element, "suff") == "nothing" else " ",
        )
    return found


def _value(parent: etree._Element | None, name: str) -> str | None:
    found = parent.find(f"{W}{name}") if parent is not None else None
    return found.get(f"{W}val") if found is not None else None


def _number(properties: etree._Element | None, name: str) -> str | None:
    return _value(properties, name)


def _int(words: str | None, otherwise: int) -> int:
    return int(words) if words and words.isdecimal() and len(words) < 8 else otherwise
