"""Many short texts, all looked through at once: whether they are a word, begin with it, hold it, or have its first letters."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.search.entry import EXACT, INSIDE, LETTERS, LETTERS_INSIDE, NOT, PREFIX

Grades = NDArray[np.uint8]
_SMALL = re.compile("[a-z]+")
_CODES = np.dtype("<u4")
# what a fit of first letters is worth: by EXACT, PREFIX, INSIDE, …
_AS_LETTERS = np.array([LETTERS, LETTERS, LETTERS_INSIDE, NOT, NOT, NOT], dtype=np.uint8)


class Strings:
    """Texts laid end to end, a line feed after each.

    >>> Strings(["发改委", "市发改委", "发改"]).grade("发改").tolist()
    [1, 2, 0]
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._codes = _encode("".join(f"{text}\n" for text in texts))
        self._lengths = np.array([len(text) for text in texts], dtype=np.int64)
        self._starts = np.cumsum(self._lengths + 1) - self._lengths - 1
        self._owner = np.repeat(np.arange(len(texts)), self._lengths + 1)

    def locate(self, word: str) -> NDArray[np.int64]:
        """Return where a word stands in all the texts."""
        codes = _encode(word)
        found = np.flatnonzero(self._codes[: len(self._codes) - len(codes) + 1] == codes[0])
        for offset, code in enumerate(codes[1:], 1):
            found = found[self._codes[found + offset] == code]
        return found

    def grade(self, word: str) -> Grades:
        """Return for each text how well it fits a word."""
        return self.grade_places(self.locate(word), len(word))

    def grade_places(self, places: NDArray[np.int64], length: int) -> Grades:
        """Return how well each text fits a word of some length that stands in these places."""
        grades = np.full(len(self._lengths), NOT, dtype=np.uint8)
        owners = self._owner[places]
        grades[owners] = INSIDE
        leading = owners[places == self._starts[owners]]
        grades[leading] = PREFIX
        grades[leading[self._lengths[leading] == length]] = EXACT
        return grades


class Sounds:
    """The same for how texts sound, a capital where a syllable begins.

    >>> [Sounds(["ShiFaGaiWei", "FaZhan"]).grade(word).tolist() for word in ("fg", "fazh", "ifa")]
    [[4, 5], [5, 3], [5, 5]]
    """

    def __init__(self, sounds: Sequence[str]) -> None:
        self._letters = Strings([_SMALL.sub("", sound).lower() for sound in sounds])
        self._whole = Strings([sound.lower() for sound in sounds])
        codes = _encode("".join(f"{sound}\n" for sound in sounds))
        self._first = (codes < ord("a")) | (codes > ord("z"))

    def grade(self, word: str) -> Grades:
        """Return for each text whether its first letters, or its syllables, begin with a word or hold it."""
        places = self._whole.locate(word)
        syllables = self._whole.grade_places(places[self._first[places]], len(word))
        grades = np.minimum(self._letters.grade(word), syllables)
        found: Grades = _AS_LETTERS[grades]
        if len(word) == 1:
            found[found == LETTERS_INSIDE] = NOT  # nearly everything has an s in it
        return found


def _encode(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=_CODES)
