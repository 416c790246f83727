"""How much each body bears, whether that is much among the bodies of its region, and how evenly a region's load lies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Any, Literal

from kg import vocab
from kg.analysis.facts import Kind, Period

if TYPE_CHECKING:
    from kg.analysis.columns import Columns

Verdict = Literal["overloaded", "heavy", "normal", "too few to judge", "not judged"]
VERDICTS: Mapping[Verdict, str] = {
    "overloaded": "超负荷",
    "heavy": "偏重",
    "normal": "正常",
    "too few to judge": "样本太少，不评判",
    "not judged": "不参与评判",
}
FEWEST = 8  # organizations in a region; below it a median says little
OVERLOADED, HEAVY = 3.5, 2.0  # robust z


@dataclass(frozen=True, slots=True)
class Load:
    """What one body bears, over all documents in view or over those of one period.

    ``tasks`` are those that name the body themselves; what it bears by 下同 is ``inherited`` and counts nowhere else.
    """

    organization: str  # IRI
    label: str
    kind: Kind
    region: str | None
    region_label: str | None
    function: str | None
    function_label: str | None
    period: Period | None  # None: all periods together
    tasks: int
    led: int
    responsible: int
    supported: int
    shared_load: float  # Σ 1/(bodies named on the task)
    indicators: int  # on its tasks
    binding_indicators: int
    inherited: int
    task_iris: tuple[str, ...] = ()  # where they were asked for
    inherited_iris: tuple[str, ...] = ()
    score: float | None = None  # robust z of the shared load within the region
    verdict: Verdict = "not judged"
    rank: int | None = None  # by shared load among the region's organizations, 1 = most
    peer_rank: int | None = None  # among bodies of the same function everywhere
    peers: int = 0  # how many these are
    peer_median: float | None = None  # of their shared load
    documents: int = 0  # that name it on a task

    @property
    def words(self) -> str:
        """The verdict in Chinese."""
        return VERDICTS[self.verdict]


@dataclass(frozen=True, slots=True)
class RegionLoad:
    """How the load lies on the organizations of one region; collective and vague bodies are left out."""

    region: str | None
    label: str | None
    period: Period | None
    organizations: int
    tasks: int  # that name at least one of them
    median: float  # of the shared load
    mad: float  # median absolute deviation from it
    gini: float
    judged: bool  # enough organizations for a verdict
    top_share: float = 0.0  # what the three with most bear of it all


def measure_loads(columns: Columns, *, tasks: bool = False) -> list[Load]:
    """Return the load of each body that is on a task: over all documents in view, and then over those of each period.

    Each with the most loaded first; a load over all documents has no period. The formulas stand in
    ``queries/measures/load.sql``: shared load Σ 1/(bodies named on the task), robust z, verdict, ranks. Compared are
    organizations of a region with a task of their own; collective and vague bodies and leading groups get no verdict, and
    nobody does among fewer than eight. ``tasks`` also lists the tasks that each load counts.
    """
    listed = _list_tasks(columns) if tasks else {}
    rows = columns.records("load", fewest=FEWEST, overloaded=OVERLOADED, heavy=HEAVY)
    return [_load(row, columns.base, listed.get(_scope(row), ((), ()))) for row in rows]


def measure_regions(columns: Columns) -> list[RegionLoad]:
    """Return how the load lies in each region: over all documents in view, then over those of each period.

    Each with the region of most organizations first; ``queries/measures/region-load.sql`` has the formulas.
    """
    return [
        RegionLoad(
            region=vocab.region(row["region_code"], columns.base).value,
            label=row["label"],
            period=_period(row),
            organizations=row["organizations"],
            tasks=row["tasks"],
            median=row["median"],
            mad=row["mad"],
            gini=row["gini"],
            judged=row["judged"],
            top_share=row["top_share"],
        )
        for row in columns.records("region-load", fewest=FEWEST)
    ]


def four_places(value: Fraction) -> float:
    """Return a number rounded to four places, a half up: as SPARQL rounds, so that the derived facts say the same.

    >>> four_places(Fraction(1, 32)), four_places(Fraction(1, 3))
    (0.0313, 0.3333)
    """
    return floor(value * 10_000 + Fraction(1, 2)) / 10_000


def _load(row: Mapping[str, Any], base: str, listed: tuple[tuple[str, ...], tuple[str, ...]]) -> Load:
    return Load(
        organization=row["organization"],
        label=row["label"],
        kind=row["kind"],
        region=vocab.region(row["region_code"], base).value if row["region_code"] else None,
        region_label=row["region_label"],
        function=vocab.function(row["function"], base).value if row["function"] else None,
        function_label=row["function_label"],
        period=_period(row),
        tasks=row["tasks"],
        led=row["led"],
        responsible=row["responsible"],
        supported=row["supported"],
        shared_load=row["shared_load"],
        indicators=row["indicators"],
        binding_indicators=row["binding_indicators"],
        inherited=row["inherited"],
        task_iris=listed[0],
        inherited_iris=listed[1],
        score=row["score"],
        verdict=row["verdict"],
        rank=row["rank"],
        peer_rank=row["peer_rank"],
        peers=row["peers"],
        peer_median=row["peer_median"],
        documents=row["documents"],
    )


def _period(row: Mapping[str, Any]) -> Period | None:
    return None if row["first_year"] is None else (row["first_year"], row["last_year"])


def _scope(row: Mapping[str, Any]) -> tuple[int, Period | None]:
    return row["organization_id"], _period(row)


def _list_tasks(columns: Columns) -> dict[tuple[int, Period | None], tuple[tuple[str, ...], tuple[str, ...]]]:
    # each IRI is in memory once, however many bodies a task has
    iris = dict(columns.execute("SELECT task_id, iri FROM tasks").fetchall())
    return {
        _scope(row): (tuple(iris[number] for number in row["tasks"]), tuple(iris[number] for number in row["inherited"]))
        for row in columns.records("load-tasks")
    }
