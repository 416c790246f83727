"""What went wrong with a query, in the language of the page: ``viz/words/faults.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from viz.pages.links import Language


def explain_fault(message: str, lang: Language) -> str:
    """Return a sentence in the language; empty where the message itself is all that can be said.

    >>> explain_fault("syntax error in line 2, column 9, near '?s ?p }': expected one of …", "zh")
    '第 2 行第 9 列有语法错误，在“?s ?p }”附近'
    """
    if lang == "en":
        return ""
    for fault in list_faults():
        if found := re.search(fault["pattern"], message):
            return re.sub(r"\{(\d)\}", lambda place: found[int(place[1])], fault["zh"])
    return ""


@cache
def list_faults() -> tuple[Mapping[str, str], ...]:
    """Return what messages say and how that is said in Chinese, the more exact first."""
    text = files("viz").joinpath("words", "faults.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["fault"])
