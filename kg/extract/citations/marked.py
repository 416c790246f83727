"""Titles in 《》 with the brackets behind them: edition, number, short name; nested marks, torn and missing ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.cues import first, load_cues
from kg.extract.citations.numbers import CUES, find_numbers

LONGEST = 160  # characters of a title with the titles inside it
_OPEN = re.compile("《|<<|〈〈|＜＜|〈")
_PAIRS = {"《": ("《", "》"), "<<": ("<<", ">>"), "〈〈": ("〈〈", "〉〉"), "〈": ("〈", "〉"), "＜＜": ("＜＜", "＞＞")}
_STOP = re.compile(r"[。；!！?？|]|\n\s*\n|\n\s*[（(]?[一二三四五六七八九十\d]+[）)、.．]")
_BRACKET = re.compile(r"\s?(?P<open>[（(〔［\[])(?P<words>(?:[^（()）\n]|[（(][^（()）\n]{0,40}[)）]){1,90})[)）〕］\]]")
_TORN = re.compile(
    r"(?P<title>(?:关于(?:印发|转发|发布|批转)《[^《》\n]{4,80}》的(?:通知|函|公告))"
    r"|[^《》，。；：、\n]{3,60}?(?:法|意见|方案|规划|计划|纲要|要点|措施|办法|细则|规定|条例|决定|通知|目录|名录|标准|规范|清单))"
    r"(?=[，。；、：（(《\n]|等|要求|规定|精神|和|及|与|$)"
)
_LAST = re.compile(r"[（(](?P<words>[^（()）]{2,40})[)）]$")


@dataclass(frozen=True, slots=True)
class MarkedTitle:
    """A title in marks, and what the brackets behind it say."""

    title: str  # with its edition: 某办法（试行）
    number: str | None  # as written
    short: tuple[str, ...]  # names by which the text goes on: 《规划》
    start: int
    close: int  # behind the closing mark
    end: int  # behind the last bracket


def find_marked(text: str, start: int = 0, end: int | None = None) -> Iterator[MarkedTitle]:
    """Yield the titles in marks, in reading order; a title inside another one is a part of it.

    >>> [(t.title, t.number, t.short) for t in find_marked("落实《某办法》（试行）（国发〔2018〕39号，以下简称《办法》）")]
    [('某办法（试行）', '国发〔2018〕39号', ('办法',))]
    >>> [t.title for t in find_marked("《关于印发〈甲方案〉的通知》和<<乙法>>")]
    ['关于印发〈甲方案〉的通知', '乙法']
    """
    end = len(text) if end is None else end
    at = start
    while opening := _OPEN.search(text, at, end):
        close = _close(text, opening, end)
        marked = None if close is None else _read(text, opening, close, start, end)
        if marked is None:
            marked = _torn(text, opening, start, end)
        if marked is not None:
            yield marked
        at = marked.end if marked else opening.end()


def _close(text: str, opening: re.Match[str], end: int) -> int | None:
    """Return where the closing mark of this opening begins; ``None`` where it is missing."""
    left, right = _PAIRS[opening[0]]
    depth, at, limit = 1, opening.end(), min(end, opening.end() + LONGEST)
    stop = _STOP.search(text, at, limit)
    limit = stop.start() if stop else limit
    while at < limit:
        if text.startswith(right, at):
            depth -= 1
            if depth == 0:
                return at
            at += len(right)
        elif text.startswith(left, at):
            depth += 1
            at += len(left)
        else:
            at += 1
    return None


def _torn(text: str, opening: re.Match[str], start: int, end: int) -> MarkedTitle | None:
    """Return a title whose closing mark is missing, where the words show its end: 依据《土地管理法、《城乡规划法》."""
    match = _TORN.match(text, opening.end(), min(end, opening.end() + LONGEST))
    return _with_brackets(text, opening.start(), match["title"], match.end(), match.end(), start, end) if match else None


def _read(text: str, opening: re.Match[str], close: int, start: int, end: int) -> MarkedTitle | None:
    title = re.sub(r"\s", "", text[opening.end() : close])
    if not 2 <= len(title) <= LONGEST:
        return None
    behind = close + len(_PAIRS[opening[0]][1])
    return _with_brackets(text, opening.start(), title, behind, behind, start, end)


def _with_brackets(text: str, at: int, title: str, close: int, behind: int, start: int, end: int) -> MarkedTitle:
    """Read the brackets inside and behind the marks, and a number right before or behind them."""
    number, short = None, []
    while (inside := _LAST.search(title)) and (found := _number(inside["words"])):
        title, number = title[: inside.start()], found
    stop = behind
    while bracket := _BRACKET.match(text, stop, end):
        edition, found, names = _parts(bracket["words"])
        if not (edition or found or names or _is_aside(bracket["words"])):
            break
        if edition and "版" not in edition:
            title += f"{bracket['open']}{edition}{text[bracket.end() - 1]}"
        number, stop = number or found, bracket.end()
        short += names
    if number is None:
        number, stop = _beside(text, at, stop, start, end)
    alias = re.match(r"[，,]?(?:以下)(?:简称|统称)[为：:]?[“《\"](?P<short>[^“”《》\"]{2,20})[”》\"]", text[stop : stop + 40])
    if alias:
        short.append(alias["short"])
    return MarkedTitle(title, number, tuple(short), at, close, stop)


def _parts(words: str) -> tuple[str, str | None, list[str]]:
    """Return edition, number and short names in a bracket."""
    edition, number, names = "", _number(words), []
    rest = words
    for a, b in reversed(list(find_numbers(words))):
        rest = rest[:a] + rest[b:]
    for part in re.split("[，,；;、]", rest):
        if alias := load_cues(CUES)["alias"][0].pattern.match(part.strip()):
            names.append(alias["short"])
        elif part and not number and first(load_cues(CUES)["behind_title"], part.strip()):
            edition = words if part == words else edition
    return edition, number, names


def _is_aside(words: str) -> bool:
    """Say whether a bracket belongs to the title without adding to it: （DEPA）, （2014年7月29日予以修改）."""
    return bool(re.fullmatch(r"[A-Za-z0-9./\- ]{2,16}", words) or re.search("予以修[改订正]|[修公]布|起施行", words))


def _number(words: str) -> str | None:
    span = next(find_numbers(words), None)
    return words[span[0] : span[1]] if span else None


def _beside(text: str, at: int, stop: int, start: int, end: int) -> tuple[str | None, int]:
    """Return a number that touches the title: 《某意见》国发〔2018〕39号, 农办计〔2016〕92号《某批复》."""
    behind = next(find_numbers(text, stop, min(end, stop + 30)), None)
    if behind and not text[stop : behind[0]].strip("，, "):
        return text[behind[0] : behind[1]], behind[1]
    before = [span for span in find_numbers(text, max(start, at - 40), at) if text[span[1] : at] in ("", "文", "文件")]
    return (text[before[-1][0] : before[-1][1]], stop) if before else (None, stop)
