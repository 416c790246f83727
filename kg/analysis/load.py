"""How much each body bears, and whether that is much among the bodies of its region."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor
from typing import Literal

from kg.analysis.facts import Body, Facts, Kind, Period

Verdict = Literal["overloaded", "heavy", "normal", "too few to judge", "not judged"]
VERDICTS: Mapping[Verdict, str] = {
    "overloaded": "超负荷",
    "heavy": "偏重",
    "normal": "正常",
    "too few to judge": "样本太少，不评判",
    "not judged": "不参与评判",
}
FEWEST = 8  # organizations in a region; below it a median says little
OVERLOADED, HEAVY = 3.5, 2.0
_MAD_FACTOR = 0.6745  # makes the median absolute deviation comparable to a standard deviation
_MEAN_FACTOR = 1.253314  # the same for the mean absolute deviation, √(π/2)


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
    task_iris: tuple[str, ...]
    inherited_iris: tuple[str, ...]
    score: float | None = None  # robust z of the shared load within the region
    verdict: Verdict = "not judged"
    rank: int | None = None  # by shared load among the region's organizations, 1 = most
    peer_rank: int | None = None  # among bodies of the same function everywhere
    peers: int = 0  # how many these are

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


def measure_loads(facts: Facts, period: Period | None = None) -> list[Load]:
    """Return the load of each body that is on a task, the most loaded first; ``period`` only names what is in view."""
    direct: dict[str, list[str]] = defaultdict(list)
    inherited: dict[str, list[str]] = defaultdict(list)
    for task in facts.tasks:
        for unit in facts.direct_of[task]:
            direct[unit].append(task)
        for unit in facts.inherited_of[task]:
            inherited[unit].append(task)
    counts = _Counts(facts)
    loads = [counts.load(facts.bodies[unit], direct[unit], inherited[unit], period) for unit in {*direct, *inherited}]
    judged = [load for members in _by_region(loads).values() for load in judge_loads(members)]
    return sorted(rank_peers(judged), key=_most_first)


def _most_first(load: Load) -> tuple[int, float, str]:
    return (-load.tasks, -load.shared_load, load.organization)


def measure_by_period(facts: Facts) -> list[Load]:
    """Return the loads of each period on its own, verdicts included."""
    periods = sorted({task.period for task in facts.tasks.values() if task.period is not None})
    return [load for period in periods for load in measure_loads(facts.within(period=period), period)]


class _Counts:
    """The facts in the order in which loads are counted."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.roles: dict[tuple[str, str], set[str]] = defaultdict(set)
        for duty in facts.duties:
            if duty.unit is not None:
                self.roles[duty.unit, duty.role].add(duty.task)
        self.indicators: dict[str, int] = defaultdict(int)
        self.binding: dict[str, int] = defaultdict(int)
        for indicator in facts.indicators:
            if indicator.task is not None:
                self.indicators[indicator.task] += 1
                self.binding[indicator.task] += indicator.binding

    def load(self, body: Body, direct: Sequence[str], inherited: Sequence[str], period: Period | None) -> Load:
        def in_role(role: str) -> int:
            return len(self.roles[body.iri, role].intersection(direct))

        return Load(
            organization=body.iri,
            label=body.label,
            kind=body.kind,
            region=body.region,
            region_label=body.region_label,
            function=body.function,
            function_label=body.function_label,
            period=period,
            tasks=len(direct),
            led=in_role("lead"),
            responsible=in_role("responsible"),
            supported=in_role("support"),
            shared_load=share_load(len(self.facts.direct_of[task]) for task in direct),
            indicators=sum(self.indicators[task] for task in direct),
            binding_indicators=sum(self.binding[task] for task in direct),
            inherited=len(inherited),
            task_iris=tuple(direct),
            inherited_iris=tuple(inherited),
        )


def share_load(bodies: Iterable[int]) -> float:
    """Return Σ 1/n over the tasks of a body, where n bodies are named on each.

    >>> share_load([1, 2, 4])
    1.75
    """
    return four_places(sum((Fraction(1, n) for n in bodies), Fraction()))


def four_places(value: Fraction) -> float:
    """Return a number rounded to four places, a half up: as SPARQL rounds, so that the derived facts say the same.

    >>> four_places(Fraction(1, 32)), four_places(Fraction(1, 3))
    (0.0313, 0.3333)
    """
    return floor(value * 10_000 + Fraction(1, 2)) / 10_000


def _by_region(loads: Iterable[Load]) -> dict[str | None, list[Load]]:
    regions: dict[str | None, list[Load]] = defaultdict(list)
    for load in loads:
        regions[load.region].append(load)
    return regions


def _is_compared(load: Load) -> bool:
    return load.kind == "organization" and load.tasks > 0 and load.region is not None


def judge_loads(loads: Sequence[Load]) -> list[Load]:
    """Return the loads of one region with score, verdict and rank.

    Compared are organizations with a task of their own; collective and vague bodies, leading groups and bodies without
    a region get no verdict, and nobody does among fewer than eight.
    """
    compared = [load for load in loads if _is_compared(load)]
    values = [load.shared_load for load in compared]
    scores = dict(zip((load.organization for load in compared), robust_scores(values), strict=True))
    judged = []
    for load in loads:
        if load.organization not in scores:
            judged.append(load)
            continue
        rank = 1 + sum(value > load.shared_load for value in values)
        if len(compared) < FEWEST:
            judged.append(replace(load, verdict="too few to judge", rank=rank))
        else:
            score = round(scores[load.organization], 2)
            judged.append(replace(load, score=score, verdict=judge_score(score), rank=rank))
    return judged


def robust_scores(values: Sequence[float]) -> list[float]:
    """Return how far each value lies from the median, in robust standard deviations.

    z = 0.6745 (x − median) / MAD, MAD = median |x − median|. Where more than half of the values are equal, MAD is 0 and
    the mean absolute deviation takes its place: z = (x − median) / (1.2533 · mean |x − median|); all equal: 0.

    >>> [round(z, 2) for z in robust_scores([1, 2, 3, 4, 10])]
    [-1.35, -0.67, 0.0, 0.67, 4.72]
    """
    if not values:
        return []
    median = statistics.median(values)
    distances = [abs(value - median) for value in values]
    mad, mean = statistics.median(distances), statistics.fmean(distances)
    if mad > 0:
        return [_MAD_FACTOR * (value - median) / mad for value in values]
    return [(value - median) / (_MEAN_FACTOR * mean) if mean > 0 else 0.0 for value in values]


def judge_score(score: float) -> Verdict:
    """Return what a robust z says: 3.5 and more is overloaded, 2 and more heavy.

    >>> judge_score(3.5), judge_score(2), judge_score(-4)
    ('overloaded', 'heavy', 'normal')
    """
    return "overloaded" if score >= OVERLOADED else "heavy" if score >= HEAVY else "normal"


def rank_peers(loads: Sequence[Load]) -> list[Load]:
    """Return the loads with the rank of each among bodies of its function, in all regions."""
    peers: dict[tuple[str | None, str], list[float]] = defaultdict(list)  # a leading group is no bureau's peer
    for load in loads:
        if load.function is not None and load.tasks:
            peers[load.function, load.kind].append(load.shared_load)
    ranked = []
    for load in loads:
        others = peers.get((load.function, load.kind), [])
        if load.tasks and others:
            ranked.append(replace(load, peer_rank=1 + sum(value > load.shared_load for value in others), peers=len(others)))
        else:
            ranked.append(load)
    return ranked


def measure_regions(loads: Iterable[Load]) -> list[RegionLoad]:
    """Return how the load lies in each region, the largest region first."""
    regions = [_measure_region([load for load in members if _is_compared(load)]) for members in _by_region(loads).values()]
    return sorted((region for region in regions if region is not None), key=lambda one: (-one.organizations, one.region or ""))


def _measure_region(loads: Sequence[Load]) -> RegionLoad | None:
    if not loads:
        return None
    values = [load.shared_load for load in loads]
    median = statistics.median(values)
    return RegionLoad(
        region=loads[0].region,
        label=loads[0].region_label,
        period=loads[0].period,
        organizations=len(loads),
        tasks=len({task for load in loads for task in load.task_iris}),
        median=round(median, 4),
        mad=round(statistics.median(abs(value - median) for value in values), 4),
        gini=round(measure_gini(values), 4),
        judged=len(loads) >= FEWEST,
    )


def measure_gini(values: Iterable[float]) -> float:
    """Return the Gini coefficient: 0 all bear the same, towards 1 one bears all.

    G = Σ (2i − n − 1) xᵢ / (n Σ xᵢ) over the values in ascending order, i from 1.

    >>> measure_gini([1, 1, 1]), measure_gini([0, 0, 3])
    (0.0, 0.6666666666666666)
    """
    ordered = sorted(values)
    total, n = sum(ordered), len(ordered)
    if total == 0:
        return 0.0
    return sum((2 * i - n - 1) * value for i, value in enumerate(ordered, start=1)) / (n * total)
