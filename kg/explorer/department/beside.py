"""A body beside others: its load in the region and among its peers, its partners, what its tasks leave open."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg import vocab
from kg.analysis import Load, gap_kinds
from kg.explorer.department.duties import Entry
from kg.explorer.department.records import Dot, Finding, Partner, Standing
from kg.explorer.measured import gaps_of_tasks, loads_of, partners_of, regions_of
from kg.explorer.records import Cut
from kg.explorer.snapshot import Snapshot

MOST_PARTNERS = 12
_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500)
MOST_NAMED = 20  # tasks of a finding


def set_beside(snapshot: Snapshot, body: str) -> Standing | None:
    """Return the load of a body (IRI) beside others; ``None``: it is on no task."""
    loads = loads_of(snapshot)
    own = next((one for one in loads if one.organization == body), None)
    if own is None:
        return None
    around = [one for one in loads if one.rank is not None and one.region == own.region]
    alike = [one for one in loads if own.peers and one.peers and (one.function, one.kind) == (own.function, own.kind)]
    region = regions_of(snapshot).get(own.region) if own.region else None
    dots, peers = _dots(snapshot, around, body), _dots(snapshot, alike, body)
    return Standing(own, region, dots, peers, make_scale(max((dot.load for dot in (*dots, *peers)), default=own.shared_load)))


def make_scale(most: float, steps: int = 5) -> tuple[float, ...]:
    """Return the marks of a scale from nought to what holds the greatest value.

    >>> make_scale(13.4), make_scale(0.4)
    ((0, 5, 10, 15), (0.0, 0.1, 0.2, 0.3, 0.4))
    """
    step = next((one for one in _STEPS if one * steps >= most), most / steps)
    return tuple(round(step * number, 2) for number in range(max(1, math.ceil(most / step - 1e-9)) + 1))


def _dots(snapshot: Snapshot, loads: Iterable[Load], own: str) -> tuple[Dot, ...]:
    ordered = sorted(loads, key=lambda one: (-one.shared_load, one.organization))
    return tuple(
        Dot(
            vocab.key_of(one.organization, "org", snapshot.base),
            one.label,
            one.region_label,
            one.shared_load,
            one.tasks,
            one.documents,
            one.organization == own,
        )
        for one in ordered
    )


def find_partners(snapshot: Snapshot, body: str) -> tuple[tuple[Partner, ...], Cut]:
    """Return who shares most tasks with a body (IRI), generic bodies last."""
    pairs = sorted(partners_of(snapshot, body), key=lambda pair: pair.generic)
    found = [
        Partner(snapshot.key(pair.b), pair.label_b, pair.shared, pair.lift, pair.shared / pair.tasks_a)
        if pair.a == body
        else Partner(snapshot.key(pair.a), pair.label_a, pair.shared, pair.lift, pair.shared / pair.tasks_b)
        for pair in pairs
    ]
    return tuple(found[:MOST_PARTNERS]), Cut(min(len(found), MOST_PARTNERS), len(found))


def list_findings(snapshot: Snapshot, entries: Sequence[Entry]) -> tuple[Finding, ...]:
    """Return what the tasks leave open that name the body themselves, the gravest first."""
    gaps, found = gaps_of_tasks(snapshot), defaultdict[str, list[tuple[str, str]]](list)
    for entry in entries:
        if entry.role != "inherited":
            for kind in gaps.get(entry.task, ()):
                found[kind].append((entry.key, entry.title))
    kinds = (kind for code, kind in gap_kinds().items() if code in found)
    return tuple(
        Finding(
            kind.code,
            kind.severity,
            {"zh": kind.titles["zh"], "en": kind.titles["en"]},
            tuple(found[kind.code][:MOST_NAMED]),
            len(found[kind.code]),
        )
        for kind in kinds
    )
