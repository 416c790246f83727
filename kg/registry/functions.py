"""Kinds of bodies (functions): what they are called at each level and in each year, and the groups that name nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast, get_args

from kg.errors import KnowledgeError
from kg.model import Level
from kg.registry.seed_files import expand, read_rows, read_toml, require_once

_PLACE = re.compile(r"\{(?:place|short)\}")

Kind = Literal[
    "government", "party", "congress", "judicial", "military", "mass", "vertical", "zone", "territory",
    "enterprise", "institution", "association", "internal", "collaboration",
]  # fmt: skip

_SERVING: Mapping[Level, tuple[Level, ...]] = {
    "national": ("national",),
    "province": ("province", "prefecture"),
    "county": ("county", "prefecture", "province"),
}


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
    full: Mapping[str, str]  # other bodies, and parts of a name, written out: 改革办 → 全面深化改革委员会办公室
    topics: tuple[str, ...]  # what leading groups and centres of its field are named after: 大气污染
    until: int | None
    successor: str | None
    instances: bool  # each name is a body of its own: 营城子街道
    topical: bool  # its bodies are named after what they are there for, and answer for that function
    pattern: str | None  # what such names look like
    source: str

    def forms(self, level: Level) -> tuple[str, ...]:
        """Return the official forms that serve for a level, its own first; a city's is good for a province that has none."""
        return tuple(form for at in _SERVING.get(level, ("prefecture", "province")) if (form := self.official.get(at)))


@dataclass(frozen=True, slots=True)
class Generic:
    """Words that name a group of bodies, or none in particular: 各县（市、区）政府."""

    key: str
    zh: str
    pattern: str
    at: tuple[Level, ...] = ()  # the levels of documents in which the words mean this group; none: any
    vague: bool = False  # names nobody: one group, called by `zh` whatever the words
    own: bool = False  # each wording is a group of its own: 各股室 beside 各成员单位


@dataclass(frozen=True, slots=True)
class Functions:
    """What ``functions.toml`` says."""

    by_key: Mapping[str, Function]
    kinds: tuple[Function, ...]  # those known by a pattern, in the order in which they are tried
    names: Mapping[str, tuple[Name, ...]]
    generics: tuple[Generic, ...]


def read_functions(path: Path) -> Functions:
    """Return the kinds of bodies and of groups."""
    tables, file = read_toml(path), path.name
    rows = list(read_rows(tables, "function", file, _function))
    keys = [row.key for row in rows]
    if wrong := [b for a, b in zip(keys, sorted(keys), strict=True) if a != b]:
        raise KnowledgeError(f"{file}: function '{wrong[0]}' is not in its place; keep the rows sorted by key")
    kinds = tuple(read_rows(tables, "kind", file, _function))
    functions = {row.key: row for row in (*rows, *kinds)}
    for row in functions.values():
        if row.source not in tables.get("sources", {}):
            raise KnowledgeError(
                f"{file}: function '{row.key}' has the source '{row.source}', which [sources] does not explain; add it"
            )
        if row.successor is not None and row.successor not in functions:
            raise KnowledgeError(f"{file}: function '{row.key}' names '{row.successor}' as its successor; there is no such row")
    require_once(file, "topic", ((topic, row.key) for row in functions.values() for topic in row.topics))
    names = _index(functions.values(), frozenset(tables.get("ambiguous", ())), file)
    generics = tuple(read_rows(tables, "generic", file, _generic))
    return Functions(MappingProxyType(functions), kinds, names, generics)


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
        full=MappingProxyType(row.get("full", {})),
        topics=tuple(row.get("topics", "").split()),
        until=until,
        successor=row.get("successor"),
        instances=row.get("instances", False),
        topical=row.get("topical", False),
        pattern=row.get("pattern"),
        source=row["source"],
    )


def _generic(row: dict[str, Any]) -> Generic:
    return Generic(
        row["key"], row["zh"], row["pattern"], tuple(row.get("at", ())), row.get("vague", False), row.get("own", False)
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
