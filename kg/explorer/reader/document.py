"""The screen of one document: its text with everything that was read in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kg.explorer.params import Params
from kg.explorer.reader.asked import Asked, ask_about
from kg.explorer.reader.cited import CitedPolicy, gather_cited
from kg.explorer.reader.marks import KINDS, Mark, find_marks
from kg.explorer.reader.outline import Heading, Part, cut_parts, read_headings
from kg.explorer.reader.pieces import Piece, Place, Stretch, cut_pieces
from kg.explorer.records import DocumentEntry
from kg.explorer.snapshot import Snapshot

_SOURCE = """
SELECT file, path, encoding, sha256, characters, number, issuer_written, issuer, date, notice_title, notice_number, iri
FROM documents WHERE document_id = $document
"""
_CITERS = "SELECT count(*) AS citations FROM citations WHERE policy = $iri AND document_id <> $document"
_CITED = "SELECT DISTINCT policy FROM citations WHERE policy IS NOT NULL"
_MOST = 12  # marks that are told of at a passage


@dataclass(frozen=True, slots=True)
class Source:
    """How the text was read."""

    file: str
    path: str
    encoding: str
    sha256: str
    characters: int
    number: str | None
    issuer: str | None
    date: date | None
    notice: str | None
    cited: int  # how often other documents cite it


@dataclass(frozen=True, slots=True)
class Chosen:
    """One thing that was read at the passage that the address names."""

    mark: Mark
    text: str
    asked: Asked
    before: str  # "120-180": the one of its kind before it; empty if it is the first
    after: str
    place: int  # its place among those of its kind, from 1


@dataclass(frozen=True, slots=True)
class Reader:
    """A document, or a part of a long one."""

    document: DocumentEntry
    source: Source
    parts: tuple[Part, ...]
    part: Part
    outline: tuple[Heading, ...]
    marks: tuple[Mark, ...]  # those that touch the part
    pieces: tuple[Piece, ...]
    counts: Mapping[str, int]  # of all marks, by kind
    at: Place | None
    passage: str
    chosen: tuple[Chosen, ...]
    has_text: bool = True


def gather_document(snapshot: Snapshot, params: Params) -> Reader | CitedPolicy:
    """Return a document by its key or, where its text is not here, who cites it.

    ``at=120-180`` names a passage, ``part=2`` a part of a long text; ``part=all`` is the whole, however long.

    :raises NotHereError: the graph has no such policy.
    """
    if params.key not in snapshot.documents:
        return gather_cited(snapshot, params.key, params.number("page", 1, least=1))
    document = snapshot.documents[params.key]
    text = snapshot.read_text(document.key)
    headings = snapshot.remember(("headings", document.key), lambda: read_headings(snapshot, document.key))
    marks = snapshot.remember(("marks", document.key), lambda: find_marks(snapshot, document.number))
    at = read_place(params.one("at"), len(text))
    parts = cut_parts(text, headings)
    part = _choose_part(parts, params, at, len(text))
    shown = _in_part([*_heading_marks(headings), *marks], part)
    stretches: list[Stretch] = [*shown, at] if at else [*shown]
    source = _source(snapshot, document)
    return Reader(
        document=document,
        source=source,
        parts=parts,
        part=part,
        outline=headings,
        marks=tuple(shown),
        pieces=tuple(cut_pieces(text, stretches, part.start, part.end)),
        counts={kind: count for kind in KINDS if (count := _count(marks)[kind])},
        at=at,
        passage=text[at.start : at.end] if at else "",
        chosen=_choose(snapshot, marks, text, at, source.sha256) if at else (),
    )


def list_policies(snapshot: Snapshot) -> list[str]:
    """Return the keys of all documents and of all policies that they cite."""
    cited = (snapshot.key(row["policy"]) for row in snapshot.rows(_CITED))
    return sorted({*snapshot.documents, *cited})


def read_place(words: str, length: int) -> Place | None:
    """Return the passage that an address names, if there is such a passage in a text of this length.

    >>> read_place("3-8", 100), read_place("8-3", 100), read_place("x", 100)
    (Place(start=3, end=8), None, None)
    """
    first, _, last = words.partition("-")
    if not all(one.isascii() and one.isdecimal() and len(one) < 10 for one in (first, last)):
        return None
    start, end = int(first), min(int(last), length)
    return Place(start, end) if start < end else None


def _choose_part(parts: Sequence[Part], params: Params, at: Place | None, length: int) -> Part:
    if params.one("part") == "all":
        return Part(0, 0, length, "")
    if at and not params.one("part"):
        return next(part for part in parts if at.start < part.end)
    return parts[params.number("part", 1, least=1, most=len(parts)) - 1]


def _in_part(marks: Sequence[Mark], part: Part) -> list[Mark]:
    return [mark for mark in marks if mark.start < part.end and mark.end > part.start]


def _heading_marks(headings: Sequence[Heading]) -> list[Mark]:
    return [Mark("heading", one.start, one.end, one.words, "") for one in headings]


def _count(marks: Sequence[Mark]) -> Counter[str]:
    return Counter(mark.kind for mark in marks)


def _choose(snapshot: Snapshot, marks: Sequence[Mark], text: str, at: Place, sha256: str) -> tuple[Chosen, ...]:
    """Return what was read at a passage: exactly there first, then what lies in it, then what it lies in."""
    touching = [mark for mark in marks if mark.start < at.end and mark.end > at.start]
    exact = [mark for mark in touching if (mark.start, mark.end) == (at.start, at.end)]
    around = [mark for mark in touching if mark not in exact and mark.start <= at.start and mark.end >= at.end]
    inside = [mark for mark in touching if mark not in exact and mark.start >= at.start and mark.end <= at.end]
    found = [*exact, *sorted(around, key=lambda mark: mark.length), *([] if exact else inside)][:_MOST]
    return tuple(_tell(snapshot, mark, marks, text, sha256) for mark in found)


def _tell(snapshot: Snapshot, mark: Mark, marks: Sequence[Mark], text: str, sha256: str) -> Chosen:
    places = list(dict.fromkeys((one.start, one.end) for one in marks if one.kind == mark.kind))
    here = places.index((mark.start, mark.end))
    before, after = (f"{one[0]}-{one[1]}" for one in (places[here - 1], places[(here + 1) % len(places)]))
    return Chosen(
        mark,
        text[mark.start : mark.end],
        ask_about(snapshot, mark, sha256),
        before if here else "",
        after if here + 1 < len(places) else "",
        here + 1,
    )


def _source(snapshot: Snapshot, document: DocumentEntry) -> Source:
    row = next(snapshot.rows(_SOURCE, document=document.number))
    cited = next(snapshot.rows(_CITERS, iri=row["iri"], document=document.number))["citations"]
    notice = " ".join(part for part in (row["notice_title"], row["notice_number"]) if part) or None
    return Source(
        row["file"], row["path"], row["encoding"], row["sha256"], row["characters"], row["number"], row["issuer_written"],
        row["date"], notice, cited,
    )  # fmt: skip
