"""What a person decided where the program was wrong or in doubt: the records, from the file on disk to the page."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:  # the records of reading carry rulings, so that they are made before these are used
    from kg.model import Metric, Organization, Policy, Region

Subject = Literal["unit", "region", "period", "policy", "metric", "indicator", "assignment", "task", "gap"]
Action = Literal["accept", "reject", "merge", "split", "correct", "add", "justify"]
Extent = Literal["mention", "document", "everywhere"]
State = Literal["applied", "moved", "superseded", "stale", "unused", "revoked"]
Field = Literal["name", "op", "period", "role", "unit", "value", "year"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words of a pinned text, with enough around them to find them again when the text has changed."""

    sha256: str  # of the source that they were read in
    file: str  # its path, as it was built
    title: str  # the document's own, as read; empty where it has none
    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """Who decided, when and why; ``before`` says in words what the program had."""

    key: str  # of the correction
    by: str
    when: str  # "2025-03-01T08:30:00Z"
    why: str
    before: str


@dataclass(frozen=True, slots=True)
class Justification:
    """The reason that a person gave for a gap of one kind."""

    kind: str
    ruling: Ruling


@dataclass(frozen=True, slots=True)
class Revocation:
    """Who took a correction back, when and why."""

    by: str
    when: str
    why: str


@dataclass(frozen=True, slots=True)
class Correction:
    """One verdict of a person.

    It holds for what fits all that it names: the document or the place of ``anchor`` (by ``extent``), the words of
    ``mention``, and ``instead``, the key that the program had come to.
    """

    key: str  # "c-3f2a9b41d0"
    item: str  # what `zeren review` called the question: "u-7f3a2c91"
    subject: Subject
    action: Action
    extent: Extent
    mention: str
    by: str
    when: str
    why: str
    before: str  # what the program had, in words
    verdict: str  # what holds now, in words
    anchor: Anchor | None = None
    task: Anchor | None = None  # the task that an added body answers for
    instead: str | None = None
    target: Organization | Policy | Region | Metric | None = None
    changes: tuple[tuple[Field, str], ...] = ()
    gap: str | None = None  # kind of the gap that is justified: "no-lead"
    rests_on: str | None = None  # digest of what the gap showed in when it was justified
    revoked: Revocation | None = None

    @property
    def ruling(self) -> Ruling:
        """Return who, when and why, as it goes with the thing that was corrected."""
        return Ruling(self.key, self.by, self.when, self.why, self.before)

    def change(self, field: Field) -> str | None:
        """Return the new value of a field, if the correction sets it."""
        return next((value for name, value in self.changes if name == field), None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a correction in one document."""

    correction: Correction
    state: State
    note: str = ""  # in words, where the reader should know more
    span: tuple[int, int] | None = None  # where its words stand in this text


def correction_key(*parts: object) -> str:
    """Return the key of a correction that is made of these parts; the same verdict at another time is another one.

    >>> correction_key("unit", "reject", "有关方面", "2025-03-01T08:30:00Z")
    'c-c5d45ef7d5'
    """
    return "c-" + digest(*parts)


def digest(*parts: object, length: int = 10) -> str:
    """Return a short digest of the parts, in their order."""
    return hashlib.sha256("\0".join("" if part is None else str(part) for part in parts).encode()).hexdigest()[:length]
