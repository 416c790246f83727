"""The report's words in the language of its reader; what the ontology names is called as there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Literal

from markupsafe import Markup, escape
from pyoxigraph import Literal as Text
from pyoxigraph import NamedNode, RdfFormat, parse

from kg import data
from kg.vocab import SKOS

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
_CHOICE = re.compile(r"\{(\w+)\|([^|{}]*)\|([^|{}]*)\}")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DIGITS = "〇一二三四五六七八九十"


class Words:
    """The words of one language."""

    def __init__(self, lang: Language) -> None:
        self.lang = lang
        self._words = {key: pair[lang] for key, pair in read_words().items()}

    def __getitem__(self, key: str) -> str:
        """Return a word as it stands."""
        return self._words[key]

    def say(self, key: str, **values: object) -> Markup:
        """Return a sentence with its blanks filled; what is no markup is escaped.

        >>> Words("en").say("s_corrections", n=1), Words("zh").say("s_corrections", n=3)
        (Markup('People corrected 1 place.'), Markup('人工更正 3 处。'))
        """

        def choose(found: re.Match[str]) -> str:
            return found[2] if Markup(str(values[found[1]])).striptags() == "1" else found[3]

        return Markup(_CHOICE.sub(choose, str(escape(self._words[key])))).format(**values)

    def count(self, number: int, key: str, shown: object = None) -> Markup:
        """Return a number with what it counts; ``shown`` stands in its place: a link.

        >>> Words("en").count(1, "task"), Words("en").count(1200, "task"), Words("zh").count(2, "task")
        (Markup('1 task'), Markup('1,200 tasks'), Markup('2 项任务'))
        """
        one, _, many = self._words[key].partition("|")
        return Markup("{} {}").format(self.number(number) if shown is None else shown, many if many and number != 1 else one)

    def number(self, value: float | Decimal | None, places: int | None = None) -> str:
        """Return a number as it is set: groups of three, ``places`` after the point.

        >>> Words("zh").number(12345), Words("en").number(0.5, 2), Words("zh").number(None)
        ('12,345', '0.50', '—')
        """
        if value is None:
            return self["nothing"]
        return f"{value:,}" if places is None else f"{value:,.{places}f}".replace("-", "−")

    def share(self, part: float, whole: float = 1) -> str:
        """Return a share in per cent.

        >>> Words("zh").share(1, 3)
        '33.3%'
        """
        return f"{100 * part / whole:.1f}%" if whole else self["nothing"]

    def years(self, period: tuple[int, int] | None) -> str:
        """Return a period.

        >>> Words("zh").years((2021, 2025)), Words("en").years((2023, 2023))
        ('2021–2025 年', '2023')
        """
        if period is None:
            return self["nothing"]
        return self["years"].format(years=period[0] if period[0] == period[1] else f"{period[0]}–{period[1]}")

    def day(self, value: date | None) -> str:
        """Return a date; with its time of day where it has one, in UTC.

        >>> Words("zh").day(date(2023, 4, 7)), Words("en").day(datetime(2023, 4, 7, 9, 5, tzinfo=UTC))
        ('2023年4月7日', '7 April 2023, 09:05 UTC')
        """
        if value is None:
            return self["nothing"]
        clock = ""
        if isinstance(value, datetime):
            value = value if value.tzinfo is None else value.astimezone(UTC)
            clock = f"{value:%H:%M}"
        if self.lang == "zh":
            return f"{value.year}年{value.month}月{value.day}日" + (f" {clock}（UTC）" if clock else "")
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}" + (f", {clock} UTC" if clock else "")

    def ordinal(self, place: int) -> str:
        """Return the number of a part.

        >>> Words("zh").ordinal(12), Words("en").ordinal(12)
        ('十二、', '12. ')
        """
        if self.lang == "en":
            return f"{place}. "
        return ("十" if place > 10 else "") + _DIGITS[place - 10 if place > 10 else place] + "、"

    def verdict(self, verdict: str) -> str:
        """Return what is said of a load.

        >>> Words("zh").verdict("too few to judge")
        '样本太少，不评判'
        """
        return self[f"v_{verdict_key(verdict)}"]

    def term(self, scheme: str, code: str | None) -> str:
        """Return what the ontology calls an entry of a list; a code that it does not know stays as it is.

        >>> Words("en").term("gap", "no-unit"), Words("zh").term("role", "lead")
        ('no responsible body', '牵头')
        """
        if code is None:
            return ""
        return _labels().get((scheme, code), {}).get(self.lang, code)


def verdict_key(verdict: str) -> str:
    """Return how words and styles call a verdict."""
    return {"too few to judge": "few", "not judged": "not"}.get(verdict, verdict)


@cache
def read_words() -> Mapping[str, Mapping[str, str]]:
    """Return every word in both languages."""
    return tomllib.loads(files("viz.report").joinpath("words.toml").read_text("utf-8"))


@cache
def _labels() -> Mapping[tuple[str, str], Mapping[str, str]]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for triple in parse(path=data.ONTOLOGY / "schemes.ttl", format=RdfFormat.TURTLE):
        if triple.predicate == SKOS.prefLabel and isinstance(triple.subject, NamedNode) and isinstance(triple.object, Text):
            scheme, _, code = triple.subject.value.rpartition("/")
            found.setdefault((scheme.rpartition("/")[2], code), {})[triple.object.language or ""] = triple.object.value
    return found
