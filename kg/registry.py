"""What is known before the first document: kinds of bodies, places, policies, metrics, and what people state."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, TypeVar, cast, get_args

from kg import data
from kg.errors import KnowledgeError
from kg.gazetteer import COUNTRY, FormerRegion, index_places, is_same, read_abbreviations, read_regions, short_name
from kg.model import Level, Metric, Policy, Region

__all__ = ["COUNTRY", "FormerRegion", "Registry", "load_registry", "short_name"]
T = TypeVar("T")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PLACE = re.compile(r"\{(?:place|short)\}")
_BRACES = re.compile(r"\{(?!place\}|short\})([^{}]*)\}")

Kind = Literal[
    "government", "party", "congress", "judicial", "military", "mass", "vertical", "zone", "territory",
    "enterprise", "institution", "association", "internal", "collaboration",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write a function's bodies, with the years in which it held."""

    text: str
    function: str
    since: int | None = None
    until: int | None = None  # last year
    group: int = 0  # names that held together: 0 = today's
    own: bool = False  # another body of the function: 禁毒办 beside 政法委


@dataclass(frozen=True, slots=True)
class Function:
    """A kind of body, the same at every level and in every place: 生态环境."""

    key: str
    zh: str
    en: str
    kind: Kind
    official: Mapping[Level, str]  # by level; "{place}" or "{short}" where the place's name stands inside
    also: tuple[str, ...]  # other full official forms
    names: tuple[Name, ...]
    before: tuple[tuple[str, ...], ...]  # full names by group of former names, from group 1
    short: tuple[str, ...]  # how it is written within a compound: 科 in 科工信局
    topics: tuple[str, ...]  # what leading groups and centres of its field are named after: 大气污染
    until: int | None
    successor: str | None
    instances: bool  # each name is a body of its own: 营城子街道
    topical: bool  # its bodies are named after what they are there for, and answer for that function
    pattern: str | None  # what such names look like
    source: str


@dataclass(frozen=True, slots=True)
class Generic:
    """Words that name a group of bodies, or none in particular: 各县（市、区）政府."""

    key: str
    zh: str
    pattern: str


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
    tables = _read_toml(folder / "functions.toml")
    functions, kinds, names = _functions(tables, "functions.toml")
    places = read_regions(folder / "regions.csv")
    regions, former = places.regions, places.former
    return Registry(
        functions=functions,
        kinds=kinds,
        names=names,
        generics=tuple(_rows(tables, "generic", "functions.toml", lambda row: Generic(row["key"], row["zh"], row["pattern"]))),
        regions=regions,
        former=former,
        ended={old.region.code: old.until for old in former if old.successor is None},
        since=places.since,
        romanized=places.romanized,
        places=index_places(regions, former),
        areas=MappingProxyType({region.name: region.code for region in regions.values() if not region.code.isdigit()}),
        abbreviations=read_abbreviations(_read_toml(folder / "regions.toml"), "regions.toml", regions),
        policies=_policies(folder / "policies.toml", regions),
        metrics=_metrics(folder / "metrics.toml"),
        statements=_statements(folder / "corpus.toml", regions),
    )


def expand(words: str) -> Iterator[str]:
    """Yield the words that a pattern with braces stands for.

    >>> list(expand("{发展改革,发改}委 计委"))
    ['发展改革委', '发改委', '计委']
    """
    for word in words.split():
        if "{" in word:
            yield from _expand(word)
        else:
            yield word


def _expand(word: str) -> Iterator[str]:
    if (match := _BRACES.search(word)) is None:
        yield word
        return
    for choice in match[1].split(","):
        yield from _expand(word[: match.start()] + choice + word[match.end() :])


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise KnowledgeError(f"{path.name}: not found in {path.parent}; the program is not whole, install it again") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path.name}: {error}; mend the file") from error


def _rows(tables: Mapping[str, Any], table: str, file: str, make: Callable[[dict[str, Any]], T]) -> Iterator[T]:
    """Yield a record for each row of ``table``; keys appear once."""
    seen: dict[str, int] = {}
    for number, row in enumerate(tables.get(table, ()), 1):
        try:
            record, key = make(row), row.get("key")
        except (KeyError, TypeError, ValueError) as error:
            raise KnowledgeError(
                f"{file}: {table} {row.get('key', f'row {number}')}: {error} is missing or wrong; mend the row"
            ) from error
        if key is not None:
            if not _SLUG.fullmatch(key):
                raise KnowledgeError(f"{file}: {table} row {number}: key '{key}' is no slug; use a-z, 0-9 and -")
            if key in seen:
                raise KnowledgeError(f"{file}: {table} '{key}' appears twice (rows {seen[key]}, {number}); merge the rows")
            seen[key] = number
        yield record


def _functions(
    tables: Mapping[str, Any], file: str
) -> tuple[Mapping[str, Function], tuple[Function, ...], Mapping[str, tuple[Name, ...]]]:
    rows = list(_rows(tables, "function", file, _function))
    keys = [row.key for row in rows]
    if wrong := [b for a, b in zip(keys, sorted(keys), strict=True) if a != b]:
        raise KnowledgeError(f"{file}: function '{wrong[0]}' is not in its place; keep the rows sorted by key")
    kinds = tuple(_rows(tables, "kind", file, _function))
    functions = {row.key: row for row in (*rows, *kinds)}
    for row in functions.values():
        if row.source not in tables.get("sources", {}):
            raise KnowledgeError(
                f"{file}: function '{row.key}' has the source '{row.source}', which [sources] does not explain; add it"
            )
        if row.successor is not None and row.successor not in functions:
            raise KnowledgeError(f"{file}: function '{row.key}' names '{row.successor}' as its successor; there is no such row")
    return MappingProxyType(functions), kinds, _index(functions.values(), frozenset(tables.get("ambiguous", ())), file)


def _function(row: dict[str, Any]) -> Function:
    key, until = row["key"], row.get("until")
    if row["kind"] not in get_args(Kind):
        raise ValueError(f"kind '{row['kind']}'")
    official: dict[Level, str] = {level: row[level] for level in ("national", "province", "prefecture", "county") if level in row}
    also = tuple(expand(row.get("also", "")))
    current = dict.fromkeys((*official.values(), *also, *expand(row.get("names", ""))))
    names = [Name(_PLACE.sub("", text), key, until=until) for text in current if not text.startswith("中共{place}")]
    names += [Name(text, key, until=until, own=True) for text in expand(row.get("other", ""))]
    for group, former in enumerate(row.get("former", ()), 1):
        names += [Name(text, key, former.get("since"), former.get("until"), group) for text in expand(former["names"])]
    return Function(
        key=key,
        zh=row["zh"],
        en=row["en"],
        kind=cast(Kind, row["kind"]),
        official=MappingProxyType(official),
        also=also,
        names=tuple({name.text: name for name in names}.values()),
        before=tuple(tuple(expand(former.get("full", ""))) for former in row.get("former", ())),
        short=tuple(row.get("short", "").split()),
        topics=tuple(row.get("topics", "").split()),
        until=until,
        successor=row.get("successor"),
        instances=row.get("instances", False),
        topical=row.get("topical", False),
        pattern=row.get("pattern"),
        source=row["source"],
    )


def _index(functions: Iterable[Function], shared: frozenset[str], file: str) -> Mapping[str, tuple[Name, ...]]:
    index: dict[str, tuple[Name, ...]] = {}
    for function in functions:
        for name in function.names:
            others = index.get(name.text, ())
            if others and name.text not in shared:
                raise KnowledgeError(
                    f"{file}: '{name.text}' names both {others[0].function} and {name.function}; "
                    "take it from one of the rows, or list it under `ambiguous`"
                )
            index[name.text] = (*others, name)
    return MappingProxyType(index)


def _policies(path: Path, regions: Mapping[str, Region]) -> tuple[KnownPolicy, ...]:
    def make(row: dict[str, Any]) -> KnownPolicy:
        region = row.get("region", COUNTRY)
        if region not in regions:
            raise ValueError(f"region '{region}'")
        policy = Policy(
            row["key"], row["title"], cast(Level, row.get("level", "national")), region, row.get("issuer"), row.get("number")
        )
        return KnownPolicy(policy, (row["title"], *row.get("short", ())))

    policies = tuple(_rows(_read_toml(path), "policy", path.name, make))
    _once(path.name, "title", ((title, known.policy.key) for known in policies for title in known.titles))
    return policies


def _metrics(path: Path) -> tuple[KnownMetric, ...]:
    def make(row: dict[str, Any]) -> KnownMetric:
        if row.get("direction") not in ("higher", "lower", None):
            raise ValueError(f"direction '{row['direction']}'")
        metric = Metric(row["key"], row["zh"], row.get("direction"))
        return KnownMetric(metric, tuple(dict.fromkeys((row["zh"], *expand(row.get("names", ""))))), row.get("unit"))

    metrics = tuple(_rows(_read_toml(path), "metric", path.name, make))
    _once(path.name, "name", ((name, known.metric.key) for known in metrics for name in known.names))
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

    return tuple(_rows(_read_toml(path), "document", path.name, make))


def _once(file: str, what: str, pairs: Iterable[tuple[str, str]]) -> None:
    seen: dict[str, str] = {}
    for word, key in pairs:
        if seen.setdefault(word, key) != key:
            raise KnowledgeError(f"{file}: the {what} '{word}' stands in {seen[word]} and in {key}; take it from one of the rows")


@cache
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Return a pattern of the knowledge base, compiled when it is first needed.

    :raises KnowledgeError: it is no regular expression.
    """
    try:
        return re.compile(pattern)
    except re.error as error:
        raise KnowledgeError(
            f"functions.toml: the pattern {pattern[:60]!r} is no regular expression ({error}); mend it"
        ) from error
