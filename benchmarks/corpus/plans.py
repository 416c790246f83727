"""Which documents there are: plans by place, theme and year, and which of them carries out which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count, islice
from random import Random

from benchmarks.corpus.wording import registry, wording
from kg.model import Region

FIRST, LAST = 2021, 2025  # the years of the five-year plans; yearly plans begin in the second
COUNTIES = ("县", "区")  # what counties are called whose plans are made


@dataclass(frozen=True, slots=True)
class Plan:
    """A document that is to be written; ``year`` is ``None`` for a five-year plan."""

    region: Region
    theme: str
    year: int | None

    @property
    def last(self) -> int:
        """Return the year by which its targets hold."""
        return self.year or LAST


def plans_above(plan: Plan) -> Iterator[Plan]:
    """Yield the plans that a plan carries out, the nearest first."""
    if plan.year is not None:
        yield Plan(plan.region, plan.theme, None)
    for code in registry().lineage(plan.region.code)[1:]:
        region = registry().regions[code]
        if plan.region.level == "county" and region.level == "prefecture" and plan.year is not None:
            yield Plan(region, plan.theme, plan.year)
        yield Plan(region, plan.theme, None)


def plan_documents(number: int) -> list[Plan]:
    """Return that many plans: blocks of a city each, with its county, its province and the country where they come first."""
    return list(islice(_plans(), number))


def _plans() -> Iterator[Plan]:
    places, themes = registry().regions, list(wording()["theme"])
    above: set[tuple[str, str]] = set()  # whose five-year plan is there already
    for city, county in _cities():
        for n, theme in enumerate(themes):
            yield from (Plan(city, theme, year) for year in (None, *range(FIRST + 1, LAST + 1)))
            for code in registry().lineage(city.code)[1:]:
                if places[code].level != "prefecture" and (code, theme) not in above:  # a city's own plans come as a city's
                    above.add((code, theme))
                    yield Plan(places[code], theme, None)
            if county is not None and n % 2 == 0:
                yield from (Plan(county, theme, year) for year in (2023, 2024))


def _cities() -> Iterator[tuple[Region, Region | None]]:
    """Yield the cities with one of their counties, dispersed over the country, then with further counties for ever."""
    regions = registry().regions
    below: dict[str, list[Region]] = {}
    for region in regions.values():
        if region.level == "county" and region.name.endswith(COUNTIES) and region.code.isdigit() and _is_unique(region):
            below.setdefault(str(region.parent), []).append(region)
    cities = [
        region
        for region in regions.values()
        if region.level == "prefecture" and region.name.endswith("市") and regions[str(region.parent)].name.endswith("省")
    ]
    cities = [cities[i] for i in _dispersed(len(cities))]
    for city in cities:
        yield city, next(iter(below.get(city.code, ())), None)
    for n in count(1):  # beyond some 6,000 documents: counties that make plans like a city's
        rest = [counties[n] for city in cities if len(counties := below.get(city.code, [])) > n]
        if not rest:
            return
        yield from ((county, None) for county in rest)


def _is_unique(region: Region) -> bool:
    """Say whether a name is enough to know the place: there is a 鼓楼区 in several cities."""
    return _names()[region.name] == 1


@cache
def _names() -> Counter[str]:
    return Counter(region.name for region in registry().regions.values())


def _dispersed(length: int) -> list[int]:
    return sorted(range(length), key=lambda i: Random(f"city/{i}").random())
