"""Two texts side by side: which of their words differ, and which both have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

Mark = Literal["", "changed", "same", "cut"]
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*[%％‰]?|[A-Za-z]+|.", re.DOTALL)  # a number changes as a whole
_BREAK = r"[，。；：！？、（）()\n]|[,;:!?](?!\d)"
_CLAUSE = re.compile(rf"(?:(?!{_BREAK}).)*(?:{_BREAK})+|(?:(?!{_BREAK}).)+", re.DOTALL)
_PLAIN = re.compile(r"[\W\d_]+")
_EDGE = re.compile(r"^[，。；：！？、（）〔〕(),.;:!?\s]*|[，。；：！？、（）〔〕(),;:!?\s]*$")
_HEADING = re.compile(r"\W*(?:责任|牵头|配合|承办|主办)(?:单位|部门)\W*")  # what every task has
_ALIKE = 0.5  # Dice of character pairs from which a clause is the other, reworded
_MOSTLY = 0.4  # part that two texts have in common; below it, marking what differs would mark all
_SHORTEST = 4  # characters of a clause that is told apart by its words
_ISLAND = 2  # characters; fewer in common between two changes are chance
_KEPT = 28  # characters that are shown of what has no mark, beside what has
_LEAD = 150  # characters of a text that stands alone


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: as it is, changed, the same in both, or the place of words left out."""

    text: str
    mark: Mark = ""


Pieces = tuple[Piece, ...]
_Run = tuple[str, bool]  # words, and whether the other text has them


def mark_words(before: str, after: str, *, shared: bool = False) -> tuple[Pieces, Pieces]:
    """Return both texts with the words marked that differ; where little is the same, or with ``shared``, those that both have.

    A clause is compared with the one most like it, wherever that stands.

    >>> old, new = mark_words("新建绿道20公里，由园林局负责。", "新建绿道35公里，由园林局牵头。")
    >>> [piece.text for piece in old if piece.mark], [piece.text for piece in new if piece.mark]
    (['20', '负责'], ['35', '牵头'])
    """
    runs = [list(_join(side)) for side in _compare(_CLAUSE.findall(before), _CLAUSE.findall(after))]
    common = sum(len(words) for side in runs for words, same in side if same)
    mark: Mark = "same" if shared or common < _MOSTLY * (len(before) + len(after)) else "changed"
    left, right = ([piece for run in side for piece in _mark(*run, mark)] for side in runs)
    return tuple(_shorten(_merge(left))), tuple(_shorten(_merge(right)))


def begin(text: str) -> Pieces:
    """Return the beginning of a text."""
    return (Piece(text),) if len(text) <= _LEAD else (Piece(text[:_LEAD]), Piece("…", "cut"))


def _compare(olds: Sequence[str], news: Sequence[str]) -> tuple[list[_Run], list[_Run]]:
    """Return the runs of both texts, in order."""
    partners = dict(_pair(olds, news))
    sides: tuple[dict[int, list[_Run]], dict[int, list[_Run]]] = ({}, {})
    for i, j in partners.items():
        sides[0][i], sides[1][j] = _compare_clauses(olds[i], news[j])
    return (
        [run for i, clause in enumerate(olds) for run in sides[0].get(i, [(clause, False)])],
        [run for j, clause in enumerate(news) for run in sides[1].get(j, [(clause, False)])],
    )


def _pair(olds: Sequence[str], news: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield which clause is which, the most alike first."""
    plain = [[_PLAIN.sub("", clause) for clause in side] for side in (olds, news)]
    pairs = [[_pairs(clause) for clause in side] for side in plain]
    found = []
    for i, one in enumerate(pairs[0]):
        for j, other in enumerate(pairs[1]):
            if plain[0][i] == plain[1][j]:
                found.append((-1.0, abs(i - j), i, j))
            elif min(len(plain[0][i]), len(plain[1][j])) >= _SHORTEST:
                alike = 2 * len(one & other) / (len(one) + len(other))
                if alike >= _ALIKE:
                    found.append((-alike, abs(i - j), i, j))
    taken: tuple[set[int], set[int]] = (set(), set())
    for *_, i, j in sorted(found):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            yield i, j


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[n : n + 2] for n in range(len(text) - 1))


def _compare_clauses(old: str, new: str) -> tuple[list[_Run], list[_Run]]:
    left, right = _TOKEN.findall(old), _TOKEN.findall(new)
    one, other = ([unicodedata.normalize("NFKC", token) for token in side] for side in (left, right))  # ，and , are the same
    sides: tuple[list[_Run], list[_Run]] = ([], [])
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    for place, (tag, i, j, m, n) in enumerate(blocks):
        inner = 0 < place < len(blocks) - 1
        same = tag == "equal" and not (inner and j - i < _ISLAND)
        sides[0].append(("".join(left[i:j]), same))
        sides[1].append(("".join(right[m:n]), same))
    return sides


def _join(runs: Sequence[_Run]) -> Iterator[_Run]:
    """Yield the runs, those of one kind together."""
    for same, some in groupby((run for run in runs if run[0]), key=lambda run: run[1]):
        yield "".join(words for words, _ in some), same


def _mark(words: str, same: bool, mark: Mark) -> Iterator[Piece]:
    """Yield a run as pieces; a mark begins and ends with a word."""
    core = _EDGE.sub("", words)
    shown = same == (mark == "same") and core and not (same and (len(core) < _ISLAND or _HEADING.fullmatch(words)))
    if not shown:
        yield Piece(words)
        return
    before, _, after = words.partition(core)
    yield from (piece for piece in (Piece(before), Piece(core, mark), Piece(after)) if piece.text)


def _merge(pieces: Sequence[Piece]) -> list[Piece]:
    return [Piece("".join(piece.text for piece in some), mark) for mark, some in groupby(pieces, key=lambda piece: piece.mark)]


def _shorten(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces; of those without a mark only what stands beside a mark, and how the text begins."""
    for place, piece in enumerate(pieces):
        first, last = place == 0, place == len(pieces) - 1
        if piece.mark or len(piece.text) <= 2 * _KEPT + 4:
            yield piece
            continue
        yield Piece(piece.text[: 2 * _KEPT if last and first else _KEPT])
        yield Piece("…", "cut")
        if not last:
            yield Piece(piece.text[-_KEPT:])
