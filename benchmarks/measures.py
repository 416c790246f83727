"""What the analysis measures, each with the rules that say the same in SPARQL, and with what others do in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Sized
from dataclasses import dataclass
from itertools import islice

from benchmarks import rivals
from kg.analysis.columns import Columns
from kg.analysis.gaps.found import measure_gaps
from kg.analysis.lineage.target_comparison import TargetComparison, compare_with_above
from kg.analysis.load import FEWEST, HEAVY, OVERLOADED, measure_loads, measure_regions
from kg.analysis.sharing.brokers import measure_betweenness, measure_brokers
from kg.analysis.sharing.communities import measure_communities
from kg.analysis.sharing.dependence import measure_carrying, measure_dependence
from kg.analysis.sharing.diffusion import measure_diffusion
from kg.analysis.sharing.pairs import measure_pairs
from kg.analysis.sharing.parts import read_parts
from kg.analysis.stated import derive_columns

FIRST = 10


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: what computes it, the rules under ``queries/derive/`` that define it, a library that does it too."""

    name: str
    work: Callable[[Columns], Sized]
    rules: tuple[str, ...] = ()
    rival: str = ""  # what it is
    by_rival: Callable[[Sequence[rivals.Duty]], object] | None = None
    first: Callable[[Columns], object] | None = None  # until the first ten rows are there; all must be worked out for them


def _weaker(columns: Columns) -> list[TargetComparison]:
    return list(compare_with_above(columns))


def _derived(columns: Columns) -> Sized:
    return range(sum(1 for _ in derive_columns(columns)))  # one by one, as a build takes them


def _first_loads(columns: Columns) -> object:
    return list(islice(columns.records("load", fewest=FEWEST, overloaded=OVERLOADED, heavy=HEAVY), FIRST))


def _first_pairs(columns: Columns) -> object:
    return measure_pairs(columns, FIRST)


MEASURES = (
    Measure("load", measure_loads, ("loads", "loads-by-period"), "Python", rivals.count_loads, _first_loads),
    Measure("load of regions", measure_regions),
    Measure("pairs", measure_pairs, ("shared-responsibility",), "networkx", rivals.project_pairs, _first_pairs),
    Measure("communities", measure_communities),
    Measure("brokers", measure_brokers),
    Measure("betweenness", lambda columns: measure_betweenness(read_parts(columns)), (), "networkx", rivals.find_betweenness),
    Measure("diffusion", measure_diffusion),
    Measure("dependence", measure_dependence),
    Measure("carrying", measure_carrying),
    Measure("gaps", measure_gaps, ("gaps-of-tasks", "gaps-of-indicators")),
    Measure("weaker targets", _weaker, ("target-comparison",)),
    Measure("all that a build derives", _derived),
)
