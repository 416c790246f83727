"""Which characters of a name fit the words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.search.fold import fold

_SMALL = re.compile("[a-z]+")


def find_marks(name: str, sound: str, words: Iterable[Sequence[str]]) -> tuple[tuple[int, int], ...]:
    """Return the stretches of a name that fit, in order; each word comes with what else it can be read as.

    >>> find_marks("市发展（改革）委", "ShiFaZhanGaiGeWei", [["展改"], ["gg"]])
    ((2, 6),)
    """
    owner = [number for number, char in enumerate(name) for _ in fold(char)]
    text, letters = fold(name), _SMALL.sub("", sound).lower()
    found = set()
    for readings in words:
        for reading in sorted(readings, key=lambda one: (-len(one), one)):
            start = max(text.find(reading), letters.find(reading) if len(letters) == len(text) else -1)
            if start >= 0:
                found |= set(range(owner[start], owner[start + len(reading) - 1] + 1))
                break
        else:
            found |= _spoken(readings, sound, owner)
    return _stretches(found)


def _spoken(readings: Iterable[str], sound: str, owner: Sequence[int]) -> set[int]:
    """Return the characters whose syllables a word spells, or begins to."""
    starts = [place for place, char in enumerate(sound) if not "a" <= char <= "z"]
    if len(starts) != len(owner):
        return set()
    for reading in sorted(readings, key=lambda one: (-len(one), one)):
        for first, start in enumerate(starts):
            if sound.lower().startswith(reading, start):
                last = sum(one < start + len(reading) for one in starts)
                return set(range(owner[first], owner[last - 1] + 1))
    return set()


def _stretches(places: set[int]) -> tuple[tuple[int, int], ...]:
    ordered = sorted(places)
    starts = [place for place in ordered if place - 1 not in places]
    ends = [place + 1 for place in ordered if place + 1 not in places]
    return tuple(zip(starts, ends, strict=True))
