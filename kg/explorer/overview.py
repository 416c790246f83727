"""总览: what the graph holds, how sure it is, who bears most, what is left open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kg.analysis import Load
from kg.analysis.gaps.kinds import Language, gap_kinds
from kg.explorer.matrix.asked import is_apart
from kg.explorer.measured import gap_counts_of, loads_of
from kg.explorer.params import Params, Scope
from kg.explorer.picture import Picture, draw_picture
from kg.explorer.records import Cut, DocumentEntry, RegionEntry
from kg.explorer.snapshot import Snapshot

MOST_BODIES = 10
MOST_DOCUMENTS = 20
MOST_DRAWN = 8  # documents in the picture
_COUNTS = """
SELECT count(DISTINCT coalesce(policy, title_written)) AS parents FROM citations WHERE relation = 'basis'
"""
# names of metrics that no catalogue has are counted apart: they wait for the catalogue, not for a person
_MENTIONS = """
SELECT
    count(*) FILTER (subject <> 'metric') AS mentions,
    count(*) FILTER (subject <> 'metric' AND verdict IN ('ambiguous', 'unknown')) AS open,
    count(*) FILTER (subject = 'metric' AND verdict IN ('ambiguous', 'unknown')) AS unlisted,
    count(*) FILTER (correction IS NOT NULL) AS by_hand
FROM decisions
"""
_OPEN = """
SELECT document_id, count(*) - count(justified) AS open, count(*) FILTER (kind = 'no-unit') AS nobody
FROM gaps GROUP BY document_id
"""


@dataclass(frozen=True, slots=True)
class Totals:
    """What there is in all, counted as a build's summary and the report count it."""

    documents: int
    tasks: int
    measures: int  # 保障措施, counted apart
    bodies: int  # on at least one task, groups and vague ones left out
    indicators: int
    parents: int  # policies that documents or their tasks carry out


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many mentions of bodies, policies, regions and periods are decided; the same words count once in a document."""

    mentions: int
    open: int  # wait for a person
    by_hand: int  # decided by a person
    unlisted: int  # names of metrics that no catalogue has

    @property
    def decided(self) -> int:
        """How many lead to something."""
        return self.mentions - self.open


@dataclass(frozen=True, slots=True)
class Finding:
    """A kind of gap with how often it is there."""

    kind: str
    severity: str
    titles: Mapping[Language, str]
    open: int
    justified: int
    of: int  # tasks or indicators that were looked at


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document with what it leaves open."""

    document: DocumentEntry
    open: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The overview."""

    region: str | None
    period: tuple[int, int] | None
    regions: tuple[RegionEntry, ...]
    periods: tuple[tuple[int, int], ...]
    totals: Totals
    coverage: Coverage
    loads: tuple[Load, ...]
    bodies: Cut
    findings: tuple[Finding, ...]
    documents: tuple[DocumentRow, ...]
    cut: Cut
    picture: Picture | None
    apart: bool  # the matrix shows regions one by one


def gather_overview(snapshot: Snapshot, params: Params) -> Overview:
    """Return the overview of the graph, or of a region or period.

    :raises NotHereError: there is no such region.
    """
    scope = replace(params.scope, documents=())
    return snapshot.remember(("overview", scope), lambda: _gather(snapshot, scope))


def _gather(snapshot: Snapshot, scope: Scope) -> Overview:
    columns = snapshot.columns(scope)
    inside = tuple(_inside(snapshot.documents.values(), scope))
    gaps = {row["document_id"]: row for row in snapshot.rows(_OPEN, scope)}
    left_open, nobody = ({number: row[what] for number, row in gaps.items()} for what in ("open", "nobody"))
    bodies = tuple(load for load in loads_of(snapshot, scope) if load.tasks and load.kind != "generic")
    mentions = next(snapshot.rows(_MENTIONS, scope))
    totals = next(iter(columns.records("totals")))
    return Overview(
        region=scope.region,
        period=scope.period,
        regions=snapshot.regions,
        periods=tuple(sorted({one.period for one in snapshot.documents.values() if one.period})),
        totals=_totals(totals | next(snapshot.rows(_COUNTS, scope))),
        coverage=Coverage(mentions["mentions"], mentions["open"], mentions["by_hand"], mentions["unlisted"]),
        loads=bodies[:MOST_BODIES],
        bodies=Cut(len(bodies[:MOST_BODIES]), len(bodies)),
        findings=tuple(
            Finding(one.kind, one.severity, gap_kinds()[one.kind].titles, one.count - one.justified, one.justified, one.of)
            for one in gap_counts_of(snapshot, scope)
        ),
        documents=tuple(DocumentRow(one, left_open.get(one.number, 0)) for one in inside[:MOST_DOCUMENTS]),
        cut=Cut(len(inside[:MOST_DOCUMENTS]), len(inside)),
        picture=draw_picture(snapshot, inside, scope, nobody) if 0 < len(inside) <= MOST_DRAWN else None,
        apart=is_apart(snapshot),
    )


def _inside(documents: Iterable[DocumentEntry], scope: Scope) -> Iterable[DocumentEntry]:
    for one in documents:
        if scope.region in (None, one.region) and scope.period in (None, one.period):
            yield one


def _totals(row: Mapping[str, Any]) -> Totals:
    return Totals(row["documents"], row["tasks"], row["measures"], row["organizations"], row["indicators"], row["parents"])
