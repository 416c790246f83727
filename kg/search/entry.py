"""What can be found, and in which order kinds of things come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["department", "task", "metric", "target", "document", "policy", "section"]

# of names that fit equally well, a lower number comes first
KINDS: dict[Kind, int] = {"department": 0, "task": 0, "metric": 1, "target": 1, "document": 1, "policy": 1, "section": 2}

# how well a name fits the words
EXACT, PREFIX, INSIDE, LETTERS, LETTERS_INSIDE, NOT = range(6)


@dataclass(frozen=True, slots=True)
class Named:
    """A thing to be found: its label first, then its other names.

    ``place`` is whose it is, a region or a document; its words help to find it, and do not suffice. Of things that fit equally
    well, those of more ``weight`` come first.
    """

    kind: Kind
    key: str  # as in its IRI
    names: tuple[str, ...]
    place: str = ""
    note: str = ""  # what tells it from others of its name
    spot: str = ""  # where it stands in its document's text, of what has no page of its own: 120-180
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing that was found, and the name by which it fits; ``grade`` says how well: 0 is best.

    ``marks`` are the characters of ``matched`` that fit, from and to.
    """

    kind: Kind
    key: str
    label: str
    place: str
    note: str
    spot: str
    matched: str
    marks: tuple[tuple[int, int], ...]
    grade: int


@dataclass(frozen=True, slots=True)
class Found:
    """The best entries of some kinds, and how many things of each kind fit, the kind of the best one first."""

    words: tuple[str, ...]
    entries: tuple[Entry, ...]
    counts: dict[Kind, int]

    @property
    def total(self) -> int:
        """How many things fit."""
        return sum(self.counts.values())
