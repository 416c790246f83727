"""How many gaps of each kind there are, settled or not, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.analysis import count_gaps
from kg.analysis.gaps.kinds import GapKind, gap_kinds
from kg.explorer.decided import read_decided, stamp_book
from kg.explorer.findings.questions import count_questions
from kg.explorer.findings.rows import STATES, Asked, read_asked, select
from kg.explorer.params import Params, Scope
from kg.explorer.records import Cut, RegionEntry
from kg.explorer.snapshot import Snapshot

REGIONS = 60  # that are listed
_COUNTS = "SELECT kind, state, count(*) AS count FROM stated GROUP BY ALL"
_PLACES = """
SELECT region_code AS code, any_value(region_name) AS name, kind, count(*) AS count FROM stated
WHERE state = 'open' GROUP BY region_code, kind ORDER BY region_code, kind
"""


@dataclass(frozen=True, slots=True)
class KindCount:
    """A kind of gap and how often it was found."""

    kind: GapKind
    open: int
    waiting: int  # decided, counts from the next build
    justified: int
    dismissed: int
    of: int | None  # among how many tasks or indicators; None where only a part is asked of

    @property
    def count(self) -> int:
        """All of them."""
        return self.open + self.waiting + self.justified + self.dismissed


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """How many open gaps the documents of a region have, by severity."""

    code: str | None
    name: str | None
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Kinds:
    """All kinds of gaps, and what else waits for a person."""

    kinds: tuple[KindCount, ...]
    places: tuple[PlaceCount, ...]
    cut: Cut
    questions: Mapping[str, int]  # open decisions by subject, as `zeren review` counts them
    decided: int  # corrections on file that nobody took back
    waiting: int  # corrections and revocations that count from the next build
    asked: Asked
    regions: tuple[RegionEntry, ...]

    @property
    def open(self) -> int:
        """Gaps that wait for a person."""
        return sum(one.open for one in self.kinds)


def gather_kinds(snapshot: Snapshot, params: Params) -> Kinds:
    """Return how many gaps of each kind there are, in the whole graph or a region, a document, on the tasks of a body."""
    asked = read_asked(snapshot, params)
    return snapshot.remember(("kinds", asked, stamp_book(snapshot)), lambda: _gather(snapshot, asked))


def _gather(snapshot: Snapshot, asked: Asked) -> Kinds:
    found: dict[str, dict[str, int]] = {}
    for row in select(snapshot, asked, _COUNTS):
        found.setdefault(row["kind"], {})[row["state"]] = row["count"]
    totals = snapshot.remember("gap totals", lambda: {one.kind: one.of for one in count_gaps(snapshot.columns(Scope()))})
    kinds = tuple(
        _kind(kind, found.get(code, {}), totals[code] if asked.is_whole else None) for code, kind in gap_kinds().items()
    )
    places = _places(snapshot, asked)
    book = read_decided(snapshot)
    live = sum(one.revoked is None for one in book.corrections)
    cut = Cut(min(len(places), REGIONS), len(places))
    questions = count_questions(snapshot)
    return Kinds(kinds, places[:REGIONS], cut, questions, live, len(book.waiting), asked, snapshot.regions)


def _kind(kind: GapKind, counts: Mapping[str, int], of: int | None) -> KindCount:
    said = {state: counts.get(state, 0) for state in STATES}
    return KindCount(kind, **said, of=of)


def _places(snapshot: Snapshot, asked: Asked) -> tuple[PlaceCount, ...]:
    known = gap_kinds()
    names: dict[str | None, str | None] = {}
    counts: dict[str | None, dict[str, int]] = {}
    for row in select(snapshot, asked, _PLACES):
        names[row["code"]] = row["name"]
        place, severity = counts.setdefault(row["code"], {}), known[row["kind"]].severity
        place[severity] = place.get(severity, 0) + row["count"]
    found = (PlaceCount(code, names[code], count) for code, count in counts.items())
    return tuple(sorted(found, key=lambda one: (-one.total, one.code or "")))
