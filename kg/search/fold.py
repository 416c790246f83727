"""The form in which words are compared: width, case, Traditional characters, spaces and punctuation make no difference."""

from __future__ import annotations

import unicodedata
from functools import cache

from kg.text import simplify

_SILENT = ("C", "P", "Z")  # control signs, punctuation, spaces: first letters of Unicode's categories


@cache
def fold_char(char: str) -> str:
    """Return what one character counts as: one or more characters, or nothing.

    Character by character, so that a browser, which has no dictionary of phrases, comes to the same.

    >>> [fold_char(char) for char in "Ａ發《㎡"]
    ['a', '发', '', 'm2']
    """
    parts = unicodedata.normalize("NFKC", char).lower()
    return "".join(simplify(part) for part in parts if unicodedata.category(part)[0] not in _SILENT)


class _Folded(dict[int, str]):
    def __missing__(self, code: int) -> str:
        self[code] = fold_char(chr(code))
        return self[code]


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Return a text in the form in which it is looked for.

    >>> fold("“十四五” 規劃"), fold("ＰＭ2.5")
    ('十四五规划', 'pm25')
    """
    return text.translate(_FOLDED)
