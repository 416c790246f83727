"""What the pages of metrics show."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kg.explorer.listings.model import FacetView, Thing
from kg.explorer.records import Cut, Quote


@dataclass(frozen=True, slots=True)
class MetricEntry:
    """A metric, and how many targets are set for it, where and for when."""

    key: str
    name: str
    direction: str | None  # which is better, "higher" or "lower"
    targets: int
    valued: int  # of these, with a number
    binding: int
    baselines: int
    regions: int
    documents: int
    years: tuple[int, int] | None
    units: tuple[str, ...]  # as most often written
    names: int  # under which it goes in the documents


@dataclass(frozen=True, slots=True)
class MetricGroup:
    """Metrics for which bodies of one function answer most often."""

    key: str | None  # of the function; None: nobody is named
    name: str | None
    metrics: tuple[MetricEntry, ...]


@dataclass(frozen=True, slots=True)
class MetricsView:
    """All metrics that fit, by group."""

    groups: tuple[MetricGroup, ...]
    facets: tuple[FacetView, ...]
    q: str
    metrics: int
    targets: int
    whole: int  # metrics there are


@dataclass(frozen=True, slots=True)
class Above:
    """A target of a region around, or of a longer plan, beside which one stands."""

    relation: str  # "region-above", "longer-plan"
    verdict: str  # "weaker", "equal", "stronger", "not-comparable"
    ground: str | None  # why they are not comparable
    reason: str  # in a Chinese sentence, with both numbers
    region: str | None
    title: str  # of its document
    document: str  # key
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target with its words."""

    number: int  # indicator_id in the tables of this generation
    name: str  # as written
    kind: str
    comparator: str | None
    value: Decimal | None
    written: str | None  # the digits
    unit: str | None  # as written
    year: int | None
    baseline: Decimal | None
    baseline_year: int | None
    binding: str | None
    region: str | None
    region_code: str
    document: str  # key
    title: str  # of the document
    task: str | None  # key
    task_title: str | None
    bodies: tuple[Thing, ...]
    as_written: str
    quote: Quote
    above: tuple[Above, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A number on a scale: what is aimed at, or where it began."""

    value: Decimal
    year: int | None
    comparator: str | None
    baseline: bool
    target: int  # number of its row
    shown: str  # the number with its unit, as written


@dataclass(frozen=True, slots=True)
class Track:
    """The numbers of a region on a scale, the earliest first."""

    code: str
    name: str | None
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers that can stand side by side: of one unit, all levels or all changes."""

    unit: str | None
    converted: bool  # not all are written in this unit
    change: bool  # by how much it shall rise or fall
    tracks: tuple[Track, ...]
    cut: Cut  # of the tracks
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class MetricView:
    """One metric across cities and years."""

    key: str
    name: str
    direction: str | None
    names: tuple[tuple[str, int], ...]  # in the documents, and how often
    facets: tuple[FacetView, ...]
    targets: int  # that fit
    whole: int
    regions: int
    years: tuple[int, int] | None
    verdicts: tuple[tuple[str, int], ...]  # targets of which something above says weaker, equal, stronger
    scales: tuple[Scale, ...]
    apart: tuple[TargetRow, ...]  # those without a number
    rows: tuple[TargetRow, ...]
    cut: Cut

    @property
    def marks(self) -> tuple[str, ...]:
        """The signs that its scales have: ``baseline``, comparators, and ``equal`` where there is none."""
        points = [point for scale in self.scales for track in scale.tracks for point in track.points]
        return tuple(sorted({"baseline" if point.baseline else point.comparator or "equal" for point in points}))
