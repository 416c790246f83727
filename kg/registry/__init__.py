"""What is known before the first document: kinds of bodies, places, policies, metrics, and what people state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from kg import data
from kg.model import Level, Metric, Policy, Region
from kg.registry.functions import Function, Generic, Name, read_functions
from kg.registry.gazetteer import COUNTRY, FormerRegion, index_places, is_same, read_abbreviations, read_regions, short_name
from kg.registry.seed_files import expand, read_rows, read_toml, require_once

__all__ = ["COUNTRY", "FormerRegion", "Registry", "load_registry", "short_name"]


@dataclass(frozen=True, slots=True)
class KnownPolicy:
    """A policy that many documents cite."""

    policy: Policy
    titles: tuple[str, ...]  # its own and the short ones


@dataclass(frozen=True, slots=True)
class KnownMetric:
    """A metric with all the names under which it goes."""

    metric: Metric
    names: tuple[str, ...]
    unit: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """What a person states about a document that does not say it itself."""

    file: str
    sha256: str
    region: str | None
    period: tuple[int, int] | None
    title: str | None
    reason: str
    stated_by: str

    @property
    def words(self) -> str:
        """Who states it and why, for a decision's reason."""
        return f"由{self.stated_by}声明，非文中所读：{self.reason}"


@dataclass(frozen=True, slots=True, eq=False)  # one object is one registry: it keys what is worked out from it
class Registry:
    """Everything in ``seeds/`` but the wording rules."""

    functions: Mapping[str, Function]
    kinds: tuple[Function, ...]  # those known by a pattern, in the order in which they are tried
    names: Mapping[str, tuple[Name, ...]]
    generics: tuple[Generic, ...]
    regions: Mapping[str, Region]
    former: tuple[FormerRegion, ...]
    ended: Mapping[str, int]  # code of a place that has no successor → its last year
    since: Mapping[str, int]  # code of a young place → the first year whose list had it
    romanized: Mapping[str, tuple[str, ...]]  # chizhou → codes; for the names of files
    places: Mapping[str, tuple[str, ...]]  # full names → codes; for provinces and prefectures short ones too
    areas: Mapping[str, str]  # names of places that are in no code list (雄安新区) → codes of ours
    abbreviations: Mapping[str, tuple[str, ...]]  # how a document's number begins (冀) → codes
    policies: tuple[KnownPolicy, ...]
    metrics: tuple[KnownMetric, ...]
    statements: tuple[Statement, ...]

    def lineage(self, code: str) -> tuple[str, ...]:
        """Return the codes from a region up to the country.

        >>> load_registry().lineage("130110")
        ('130110', '130100', '130000', '100000')
        """
        chain = [code]
        while (region := self.regions.get(chain[-1])) and region.parent:
            chain.append(region.parent)
        return tuple(chain)

    def former_names(self, code: str) -> tuple[FormerRegion, ...]:
        """Return what a place itself was called before, not what was merged into it: 密云县, but 闸北区 is not 静安区.

        >>> [(old.region.name, old.until) for old in load_registry().former_names("110118")]
        [('密云县', 2015)]
        """
        region = self.regions[code]
        return tuple(old for old in self.former if old.successor == code and is_same(old.region, region))


def load_registry(folder: Path = data.SEEDS) -> Registry:
    """Return what ``folder`` knows.

    :raises KnowledgeError: a file is missing, broken or contradicts itself; the message says where.
    """
    bodies = read_functions(folder / "functions.toml")
    places = read_regions(folder / "regions.csv")
    regions, former = places.regions, places.former
    return Registry(
        functions=bodies.by_key,
        kinds=bodies.kinds,
        names=bodies.names,
        generics=bodies.generics,
        regions=regions,
        former=former,
        ended={old.region.code: old.until for old in former if old.successor is None},
        since=places.since,
        romanized=places.romanized,
        places=index_places(regions, former),
        areas=MappingProxyType({region.name: region.code for region in regions.values() if not region.code.isdigit()}),
        abbreviations=read_abbreviations(read_toml(folder / "regions.toml"), "regions.toml", regions),
        policies=_policies(folder / "policies.toml", regions),
        metrics=_metrics(folder / "metrics.toml"),
        statements=_statements(folder / "corpus.toml", regions),
    )


def _policies(path: Path, regions: Mapping[str, Region]) -> tuple[KnownPolicy, ...]:
    def make(row: dict[str, Any]) -> KnownPolicy:
        region = row.get("region", COUNTRY)
        if region not in regions:
            raise ValueError(f"region '{region}'")
        policy = Policy(
            row["key"], row["title"], cast(Level, row.get("level", "national")), region, row.get("issuer"), row.get("number")
        )
        return KnownPolicy(policy, (row["title"], *row.get("short", ())))

    policies = tuple(read_rows(read_toml(path), "policy", path.name, make))
    require_once(path.name, "title", ((title, known.policy.key) for known in policies for title in known.titles))
    return policies


def _metrics(path: Path) -> tuple[KnownMetric, ...]:
    def make(row: dict[str, Any]) -> KnownMetric:
        if row.get("direction") not in ("higher", "lower", None):
            raise ValueError(f"direction '{row['direction']}'")
        metric = Metric(row["key"], row["zh"], row.get("direction"))
        return KnownMetric(metric, tuple(dict.fromkeys((row["zh"], *expand(row.get("names", ""))))), row.get("unit"))

    metrics = tuple(read_rows(read_toml(path), "metric", path.name, make))
    require_once(path.name, "name", ((name, known.metric.key) for known in metrics for name in known.names))
    return metrics


def _statements(path: Path, regions: Mapping[str, Region]) -> tuple[Statement, ...]:
    def make(row: dict[str, Any]) -> Statement:
        region, period = row.get("region"), row.get("period")
        if region is not None and region not in regions:
            raise ValueError(f"region '{region}'")
        years = (
            None
            if period is None
            else (int(period[0]), int(period[-1]))
            if isinstance(period, list)
            else (int(period), int(period))
        )
        return Statement(row["file"], row["sha256"], region, years, row.get("title"), row["reason"], row["stated_by"])

    return tuple(read_rows(read_toml(path), "document", path.name, make))
