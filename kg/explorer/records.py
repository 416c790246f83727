"""What several screens show."""

from __future__ import annotations

from dataclasses import dataclass

from kg.errors import ZerenError


class NotHereError(ZerenError):
    """The graph has no such thing; an address may come from another build."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(f"the graph has no {kind} {key!r}; look it up with the search")
        self.kind, self.key = kind, key


@dataclass(frozen=True, slots=True)
class Cut:
    """How much of a list is shown; equal numbers: all of it."""

    shown: int
    total: int

    @property
    def is_cut(self) -> bool:
        """Whether anything is left out."""
        return self.shown < self.total


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a source, and where they stand in its pinned text (code points, end exclusive)."""

    text: str
    document: str  # key
    start: int
    end: int
    page: int | None = None
    rule: str | None = None
    file: str = ""


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document as lists and menus name it."""

    number: int  # document_id in the tables of this generation
    key: str
    title: str
    region: str | None  # code
    region_name: str | None
    period: tuple[int, int] | None
    tasks: int


@dataclass(frozen=True, slots=True)
class RegionEntry:
    """A region that documents speak for."""

    code: str
    name: str
    documents: int
    tasks: int
