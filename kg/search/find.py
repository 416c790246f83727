"""Words in, entries out: exact names first, then beginnings, words inside, first letters."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kg.search.entry import INSIDE, NOT, Entry, Found, Kind
from kg.search.fold import fold
from kg.search.index import Index
from kg.search.marks import find_marks
from kg.search.strings import Grades, Sounds, Strings

WORDS, LONGEST = 8, 60  # of a search, and characters of a word: more are not read
_LATIN = re.compile("[0-9]*[a-z][a-z0-9]*")
Flags = NDArray[np.bool_]


def split_words(text: str) -> tuple[str, ...]:
    """Return the words of a search in the form in which they are compared.

    >>> split_words("石家庄　 ＰＭ2.5 《》")
    ('石家庄', 'pm25')
    """
    folded = (fold(word)[:LONGEST] for word in text.split()[:WORDS])
    return tuple(dict.fromkeys(word for word in folded if word))


class Finder:
    """An index made ready; many threads may ask it at a time.

    >>> from kg.search import Named, make_index
    >>> offices = [Named("department", f"{code}/water", (f"{city}水利局", "市水利局"), city)
    ...     for code, city in (("130100", "石家庄市"), ("130200", "唐山市"))]
    >>> finder = Finder(make_index(offices, ["石家庄市", "唐山市"]))
    >>> [entry.label for entry in finder.find("唐山 市水利局").entries], finder.find("slj").counts
    (['唐山市水利局'], {'department': 2})
    """

    def __init__(self, index: Index) -> None:
        self.index = index
        self.names = Strings([fold(name) for name in index.names])
        self.sounds = Sounds(index.sounds)
        self.places = Strings([fold(place) for place in index.places])
        self.where = np.array(index.where, dtype=np.int64)
        self.all_kinds: tuple[Kind, ...] = tuple(dict.fromkeys(index.kinds))
        self.kinds = np.array([self.all_kinds.index(kind) for kind in index.kinds], dtype=np.uint8)
        self._labels = np.array(index.labels, dtype=np.int64)
        self._others = np.array(index.others, dtype=np.int64)
        self._members = np.array([name for one in index.sets for name in one], dtype=np.int64)
        self._sizes = np.array([len(one) for one in index.sets], dtype=np.int64)

    def find(self, words: str, *, kinds: Collection[Kind] = (), limit: int = 20) -> Found:
        """Return the best entries of some kinds; each of the words, which spaces part, must fit.

        A word may be a name, its beginning or a part of it, first letters or pinyin; where one word fits a name, others may
        stand in the place alone. 石家庄市发改委 is read as 石家庄 and 市发改委, too.
        """
        search = _Search(self, split_words(words))
        return Found(search.words, tuple(search.entries(kinds, limit)), search.counts())

    def group(self, words: str, *, kinds: Collection[Kind] = (), limit: int = 6) -> Found:
        """Return the same with the best ``limit`` entries of each kind, the kind of the best one first."""
        search = _Search(self, split_words(words))
        counts = search.counts()
        shown = [kind for kind in counts if not kinds or kind in kinds]
        return Found(search.words, tuple(entry for kind in shown for entry in search.entries([kind], limit)), counts)

    def spread(self, names: Grades) -> Grades:
        """Return how well each thing fits, by how well each name does."""
        sets = np.full(len(self._sizes), NOT, dtype=np.uint8)
        filled = self._sizes > 0  # an empty set has no best name
        if filled.any():
            starts = (np.cumsum(self._sizes) - self._sizes)[filled]
            sets[filled] = np.minimum.reduceat(names[self._members], starts)
        found: Grades = np.minimum(names[self._labels], sets[self._others])
        return found


class _Search:
    """The words of one search, and what was found out about them."""

    def __init__(self, finder: Finder, words: tuple[str, ...]) -> None:
        self.words = words
        self._finder, self._index = finder, finder.index
        self._graded: dict[str, Grades] = {}

    @cached_property
    def total(self) -> Grades:
        """How well each thing fits all words: as badly as the worst word that fits one of its names."""
        total = np.zeros(len(self._index.kinds), dtype=np.uint8)
        named = np.zeros(len(total), dtype=np.bool_)
        for word in self.words:
            grades = self._grade_things(word)
            fits = grades < NOT
            placed = np.where(self._placed(word), np.maximum(total, INSIDE), NOT)
            total = np.where(fits, np.maximum(total, grades), placed).astype(np.uint8)
            named |= fits
        total[~named] = NOT
        return total

    def counts(self) -> dict[Kind, int]:
        """Return how many things of each kind fit, the kind of the best one first."""
        fitting = self.total < NOT
        found = {}
        for number, kind in enumerate(self._finder.all_kinds):
            places = np.flatnonzero(fitting & (self._finder.kinds == number))
            if len(places):
                best = places[np.argmin(self.total[places])]
                found[int(self.total[best]), int(best)] = kind, len(places)
        return {kind: count for _, (kind, count) in sorted(found.items())}

    def entries(self, kinds: Collection[Kind], limit: int) -> Iterator[Entry]:
        """Yield the best things; the index has them in order where they fit equally well."""
        total = self.total
        if kinds:
            wanted = [number for number, kind in enumerate(self._finder.all_kinds) if kind in kinds]
            total = np.where(np.isin(self._finder.kinds, wanted), total, NOT)
        for grade in range(NOT):
            for place in np.flatnonzero(total == grade)[:limit].tolist():
                yield self._entry(place, grade)
                limit -= 1

    @cached_property
    def _readings(self) -> dict[str, list[tuple[str, str]]]:
        """What each word says, and the place that it begins with: 石家庄市发改委 is 市发改委 in 石家庄, too."""
        return {word: [(word, ""), *_split_place(word, self._index.regions)] for word in self.words}

    def _grade_names(self, text: str) -> Grades:
        if text not in self._graded:
            grades = self._finder.names.grade(text)
            if _LATIN.fullmatch(text):
                grades = np.minimum(grades, self._finder.sounds.grade(text))
            self._graded[text] = grades
        return self._graded[text]

    def _grade_things(self, word: str) -> Grades:
        grades = np.full(len(self._index.kinds), NOT, dtype=np.uint8)
        for text, region in self._readings[word]:
            names = self._grade_names(text)
            if (names < NOT).any():
                fits = self._finder.spread(names)
                grades = np.minimum(grades, np.where(self._placed(region), fits, NOT) if region else fits).astype(np.uint8)
        return grades

    def _placed(self, word: str) -> Flags:
        placed: Flags = (self._finder.places.grade(word) < NOT)[self._finder.where]
        return placed

    @cached_property
    def _scores(self) -> Grades:
        """How badly each name fits the words, whichever way they are read."""
        scores = np.zeros(len(self._index.names), dtype=np.uint8)
        for word in self.words:
            readings = [self._grade_names(text) for text, _ in self._readings[word]]
            scores += np.minimum.reduce(readings)
        return scores

    def _entry(self, place: int, grade: int) -> Entry:
        index = self._index
        label = index.labels[place]
        matched = min((label, *index.sets[index.others[place]]), key=lambda name: int(self._scores[name]))  # the first of equals
        where = index.places[index.where[place]]
        parts = [[text for text, _ in self._readings[word]] for word in self.words]
        marks = find_marks(index.names[matched], index.sounds[matched], parts)
        names = index.names[label], where, index.notes[place], index.spots[place], index.names[matched]
        return Entry(index.kinds[place], index.keys[place], *names, marks, grade)


def _split_place(word: str, regions: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield what is left of a word behind each place that it may begin with, in words or in first letters, and the place."""
    for region, letters in regions:
        if word.startswith(region) and word != region:
            yield word[len(region) :], region
        elif word.startswith(letters) and min(len(letters), len(word) - len(letters)) >= 2:
            yield word[len(letters) :], region
