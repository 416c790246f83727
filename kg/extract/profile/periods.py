"""The years that a document speaks for, by its title, its date and its targets; and whether a page's date can be its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.cues import pattern
from kg.extract.profile.titles import bare, find_notices
from kg.sections import number_value

Period = tuple[int, int]

_PLANS = {"十五": 2001, "十一五": 2006, "十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026}  # first years
_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "十": 10}
ZEROS = str.maketrans("○ＯOоOo0零ΟО", "〇" * 10)
_YEAR = re.compile("二〇[一二三四五六七八九〇]{2}(?=年)")
_LOOKS_BACK = re.compile("总结|报告|通报|考核|决算|结果|情况")  # what comes out the year after
HEAD = 1500  # characters in which the press says what it passes on


def find_period(title: str | None, named: Period | None, year: str | None, text: str) -> Period | None:
    """Return first and last year that a document speaks for: ``named`` by its title, else by its own dates and targets.

    ``year``: the one in which it came out, as its date or its number begins with it.
    """
    if named:
        return named
    span = pattern("profile", "years_from").search(text)
    if span:
        return int(span["y"]), int(span["y"]) + (_COUNTS.get(span["n"]) or int(span["n"])) - 1
    if year is None:
        passed_on = pattern("profile", "year_passed_on").search(text[:HEAD]) if title is None else None
        return (int(passed_on["year"]), int(passed_on["year"])) if passed_on else None
    first = int(year[:4])
    until = pattern("profile", "until_year").search(title or "")
    if until and first <= int(until["year"]):
        return first, int(until["year"])
    return first, max((target for target in _targets(text) if first <= target <= first + 8), default=first)


def find_named_period(title: str | None, head: Sequence[str]) -> Period | None:
    """Return the years that the title names, or the line of years below it, or the longer title of its notice."""
    own = bare(title or "")
    longer = (line for line in find_notices(head) if own and own in bare(line))  # 关于印发2023年某要点的通知 above 某要点
    for words in (title or "", *(line for line in head[:6] if re.fullmatch(r"[（(].{4,20}[)）]", line)), *longer):
        named = _period_in_title(_year_in_digits(words))
        if named:
            return named
    return None


def is_of_its_time(shown: str, title: str | None, named: Period | None, number_year: str | None, text: str) -> bool:
    """Say whether the date since when a page is shown can be the document's: no other year speaks against it.

    >>> is_of_its_time("2022-12-15", "2017年要点", (2017, 2017), None, ""), is_of_its_time("2018-01-26", None, None, "2017", "")
    (False, False)
    >>> is_of_its_time("2017-01-09", "年总结", (2016, 2016), None, ""), is_of_its_time("2022-06-10", "", None, None, "到2020年")
    (True, False)
    """
    year = int(shown[:4])
    if number_year is not None:
        return year == int(number_year)
    if named is not None:
        return named[0] - 1 <= year <= named[1] + bool(_LOOKS_BACK.search(title or ""))
    targets = _targets(text)
    return not targets or year <= max(targets)


def year_in_characters(characters: str) -> str:
    """Return a year in digits: 二〇一七."""
    return "".join(str(number_value(char) or 0) for char in characters)


def _targets(text: str) -> list[int]:
    return [int(match["year"]) for match in pattern("profile", "target_year").finditer(text)]


def _year_in_digits(words: str) -> str:
    """Return a title with its years in digits: 二〇二四年重点工作."""
    written = words.translate(ZEROS)
    return _YEAR.sub(lambda match: year_in_characters(match[0]), written) if _YEAR.search(written) else words


def _period_in_title(words: str) -> Period | None:
    years = pattern("profile", "years").search(words)
    if years and int(years["a"]) <= int(years["b"]):
        return int(years["a"]), int(years["b"])
    plan = pattern("profile", "plan_period").search(re.sub("第(十[一二三四五]?)个五年", r"\1五", words))
    if plan and plan["plan"] in _PLANS:
        return _PLANS[plan["plan"]], _PLANS[plan["plan"]] + 4
    year = pattern("profile", "single_year").search(words)
    if year and pattern("profile", "yearly").search(words):
        return int(year["year"]), int(year["year"])
    return None
