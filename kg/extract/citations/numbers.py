"""The numbers by which documents are known: 国发〔2018〕39号, 国务院令第427号, GB 3095-2012; and whose they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from kg.cues import first, load_cues
from kg.extract.citations.spans import Spans
from kg.model import Level
from kg.sections import number_value

CUES = "citations.toml"
_HAN = "一二三四五六七八九十百零〇"


def find_numbers(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield where the numbers of documents stand, without the words before them.

    >>> text = "按照国发〔2018〕39号文件和国务院令第427号执行"
    >>> [text[a:b] for a, b in find_numbers(text)]
    ['国发〔2018〕39号', '国务院令第427号']
    """
    taken = Spans()
    for cue in load_cues(CUES)["number"]:
        for match in cue.pattern.finditer(text, start, len(text) if end is None else end):
            a, b = match.span()
            if cue.id in ("document", "order", "order_reversed", "notice") and (lead := _lead(match["body"])):
                a += lead
            taken.take(a, b)
    yield from taken


def _lead(body: str) -> int:
    """Return how much of ``body`` is running text before the abbreviation: 按照 in 按照国发."""
    match = load_cues(CUES)["number_lead"][0].pattern.match(body)
    return match.end() if match else 0


@lru_cache(maxsize=4096)
def normalize_number(number: str) -> str:
    """Return a number in the form in which numbers are compared; what is no number comes back without blanks.

    >>> normalize_number("国发[2018] 39号"), normalize_number("冀政办字（2021）第010号")
    ('国发〔2018〕39号', '冀政办字〔2021〕10号')
    >>> normalize_number("中华人民共和国国务院令第427号"), normalize_number("交通运输部令第2017年第27号")
    ('国务院令第427号', '交通运输部令2017年第27号')
    >>> normalize_number("GB3095—2012"), normalize_number("HAF001/02/01")
    ('GB 3095-2012', 'HAF 001/02/01')
    """
    text = unicodedata.normalize("NFKC", number).strip("()[]〔〕 ")
    for cue in load_cues(CUES)["number"]:
        if match := cue.pattern.search(number if cue.id == "old" else text):
            return _canonical(cue.id, re.sub(r"\s", "", match["body"]), match.groupdict().get("year"), match["n"])
    return re.sub(r"\s", "", text)


def _canonical(form: str, body: str, year: str | None, n: str) -> str:
    if form == "standard":
        return f"{body.upper()} {n}" + (f"-{year}" if year else "")
    body = body.removeprefix("中华人民共和国")
    count = str(number_value(n) or n) if n[0] in _HAN else str(int(n))
    if form == "document":
        return f"{body}〔{year}〕{count}号"
    if form == "old":
        return f"({year}){body}第{count}号"
    body = f"{body}令" if form == "order_reversed" else body
    return f"{body}{year}年第{count}号" if year else f"{body}第{count}号"


@lru_cache(maxsize=4096)
def level_of_number(number: str) -> Level:
    """Return whose number it is: the centre's, a province's, or *unknown*.

    >>> level_of_number("国办发〔2014〕56号"), level_of_number("冀政办字〔2021〕10号"), level_of_number("义政办发〔2013〕113号")
    ('national', 'province', 'unknown')
    """
    known = first(load_cues(CUES)["number_level"], number)
    if known is not None:
        return known.says  # type: ignore[return-value]  # a test holds the rows to the levels
    return "province" if place_of_number(number) else "unknown"


def place_of_number(number: str) -> str | None:
    """Return the province whose number it is.

    >>> place_of_number("渝府发〔2020〕2号"), place_of_number("渝北府办〔2020〕2号")
    ('重庆市', None)
    """
    known = first(load_cues(CUES)["number_place"], number)
    return known.says if known else None
