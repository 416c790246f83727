"""Every word of the interface, Chinese and English: what all share, what forms for decisions say, and a file for each screen."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from viz.pages.links import Language


@cache
def words_of(screen: str, lang: Language) -> Mapping[str, str]:
    """Return the words of a screen and those that all screens share; a screen's own come first."""
    return {key: pair[lang] for name in ("common", "deciding", screen) for key, pair in _read(name).items()}


def _read(name: str) -> Mapping[str, Mapping[Language, str]]:
    place = files("viz").joinpath("words", f"{name}.toml")
    return tomllib.loads(place.read_text(encoding="utf-8")) if place.is_file() else {}
