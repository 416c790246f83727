"""Every word of the interface, Chinese and English: what all share, what forms for decisions say, and a file for each screen."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from viz.pages.links import Language


@cache
def words_of(screen: str, lang: Language) -> Mapping[str, str]:
    """Return the words of a screen and those that all screens share; a screen's own come first.

    A file that says ``also = "chain"`` has the words of that screen, too.
    """
    own = _read(screen)
    also = str(own.pop("also", screen))
    found = {**_read("common"), **_read("deciding"), **_read(also), **own}
    return {key: pair[lang] for key, pair in found.items()}


def _read(name: str) -> dict[str, Any]:
    place = files("viz").joinpath("words", f"{name}.toml")
    return tomllib.loads(place.read_text(encoding="utf-8")) if place.is_file() else {}
