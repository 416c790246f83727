"""The headings of a document, and a long document in parts that begin with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg import store
from kg.errors import StoreError
from kg.explorer.snapshot import Snapshot
from kg.vocab import OA, RDFS, ZR

WHOLE = 120_000  # characters that are shown at once
PART = 60_000  # about so many, where a text is longer


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, and where it stands."""

    level: int  # 1: a chapter
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a long text."""

    number: int  # from 1
    start: int
    end: int
    words: str  # the heading that it begins with; empty where none is near


def read_headings(snapshot: Snapshot, key: str) -> tuple[Heading, ...]:
    """Return the headings in the order of the text, as the build stated them."""
    facts = _read_facts(snapshot, key)
    sections = [node for node, said in facts.items() if RDFS.label in said and ZR.evidence in said]
    found = []
    for node in sections:
        place = facts.get(facts[node][ZR.evidence], {})
        if OA.start in place and OA.end in place:
            start, end = int(place[OA.start].value), int(place[OA.end].value)
            found.append(Heading(_level(node, facts), facts[node][RDFS.label].value, start, end))
    return tuple(sorted(found, key=lambda heading: (heading.start, heading.level)))


def _level(node: Any, facts: dict[Any, dict[Any, Any]]) -> int:
    level = 1
    while (node := facts.get(node, {}).get(ZR.parentSection)) is not None and level < 9:
        level += 1
    return level


def _read_facts(snapshot: Snapshot, key: str) -> dict[Any, dict[Any, Any]]:
    """Return what the document's own graph says of its sections and of places; the rest is not even parsed."""
    part = next(part for part in snapshot.generation.manifest.documents if part.source.key == key)
    path = snapshot.generation.document_file(part)
    wanted = (b"/section/", f"<{OA.start.value}>".encode(), f"<{OA.end.value}>".encode())
    try:
        with path.open("rb") as file:
            lines = b"".join(line for line in file if any(words in line for words in wanted))
        quads = list(parse(lines, format=RdfFormat.N_QUADS))
    except (OSError, SyntaxError) as error:
        raise StoreError(f"{path}: cannot be read ({error}); {store.rebuild(snapshot.generation.out)}") from error
    facts: dict[Any, dict[Any, Any]] = {}
    for quad in quads:
        if isinstance(quad.object, Literal | NamedNode) and quad.predicate in (
            RDFS.label, ZR.evidence, ZR.parentSection, OA.start, OA.end,
        ):  # fmt: skip
            facts.setdefault(quad.subject, {})[quad.predicate] = quad.object
    return facts


def cut_parts(text: str, headings: Sequence[Heading]) -> tuple[Part, ...]:
    """Return the parts of a text: one, if it is short; else they begin with a heading or, where none is near, with a line.

    >>> [(part.start, part.end, part.words) for part in cut_parts("字" * 10, [])]
    [(0, 10, '')]
    """
    if len(text) <= WHOLE:
        return (Part(1, 0, len(text), ""),)
    words = {heading.start: heading.words for heading in reversed(headings)}
    starts = [0, *_starts(text, sorted(words))]
    ends = [*starts[1:], len(text)]
    return tuple(Part(number, *where, words.get(where[0], "")) for number, where in enumerate(zip(starts, ends, strict=True), 1))


def _starts(text: str, headings: Sequence[int]) -> Iterator[int]:
    """Yield where the parts after the first one begin."""
    begin = 0
    while len(text) - begin > PART * 3 // 2:
        least, most = begin + PART // 2, min(begin + PART * 3 // 2, len(text) - PART // 2)
        near = [start for start in headings if least <= start <= most]
        line = text.rfind("\n", least, begin + PART) + 1
        begin = min(near, key=lambda start: abs(start - begin - PART)) if near else line or begin + PART
        yield begin
