"""Every word of the interface, Chinese and English: what all share, what forms for decisions say, and a file for each screen."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from viz.pages.links import Language

_MARK = re.compile(r"\{(?P<field>\w*)\}|\[(?P<one>[^\[\]|{}]*)(?P<both>\|(?P<many>[^\[\]{}]*))?\]")


class Counted(str):
    """Words that follow their numbers, ``{n} bod[y|ies] share[s|] it``: each bracket looks at the number before it."""

    __slots__ = ()

    def format(self, *args: object, **values: object) -> str:
        """Return the words with their numbers, singular after a one.

        >>> Counted("{} bod[y|ies] share[s|] {tasks} task[s]").format("1", tasks="1,200")
        '1 body shares 1,200 tasks'
        """
        chosen, number, place = "", "", 0
        fields = iter(args)
        for mark in _MARK.finditer(self):
            chosen += self[place : mark.start()]
            place = mark.end()
            if (field := mark["field"]) is not None:
                number = str(values[field] if field else next(fields))
                chosen += mark[0]
            elif mark["both"] is not None:
                chosen += mark["one"] if number == "1" else mark["many"]
            else:
                chosen += "" if number == "1" else mark["one"]
        return str.format(chosen + self[place:], *args, **values)


@cache
def words_of(screen: str, lang: Language) -> Mapping[str, str]:
    """Return the words of a screen and those that all screens share; a screen's own come first.

    A file that says ``also = "chain"`` has the words of that screen, too.
    """
    own = _read(screen)
    also = str(own.get("also", screen))
    found = {**_read("common"), **_read("deciding"), **_read(also), **own}
    said = {key: pair[lang] for key, pair in found.items() if key != "also"}
    return {key: Counted(words) if lang == "en" and "[" in words else words for key, words in said.items()}


@cache
def _read(name: str) -> Mapping[str, Any]:
    place = files("viz").joinpath("words", f"{name}.toml")
    return tomllib.loads(place.read_text(encoding="utf-8")) if place.is_file() else {}
