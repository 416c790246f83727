"""查找 What bears the words that somebody types, by name, short form, first letters."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import get_args

from kg.explorer.params import Params, Scope
from kg.explorer.records import Cut
from kg.explorer.snapshot import Snapshot
from kg.search import Entry, Finder, Found, Kind, gather_index
from kg.search.gather import gather_names
from kg.search.pinyin import spell

KINDS: tuple[Kind, ...] = get_args(Kind)
_FEW, _MANY = 6, 100  # of each kind, of one kind
_BATCH = 1_000  # names that are spelled in one go
_SCREENS = {
    "department": "/department/",
    "task": "/task/",
    "metric": "/indicators/",
    "document": "/document/",
    "policy": "/chain/policy/",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that fits, and the page that shows it; ``spot`` is where in the document's text, of what has no page."""

    kind: Kind
    path: str
    spot: str
    label: str
    place: str
    note: str
    matched: str  # the name that fits, where it is another one than the label
    marks: tuple[tuple[int, int], ...]  # of the name that fits


@dataclass(frozen=True, slots=True)
class Group:
    """The best of one kind."""

    kind: Kind
    hits: tuple[Hit, ...]
    cut: Cut


@dataclass(frozen=True, slots=True)
class SearchView:
    """What was found, by kind, that of the best one first."""

    words: str
    kind: str  # the only one shown; empty: all
    total: int
    counts: tuple[tuple[Kind, int], ...] = ()  # of all kinds
    groups: tuple[Group, ...] = field(default=())


def gather_search(snapshot: Snapshot, params: Params) -> SearchView:
    """Return what fits ``q``; ``kind`` shows more of one kind, ``limit`` how many of each."""
    words, kind = params.one("q"), params.choice("kind", KINDS)
    limit = params.number("limit", _MANY if kind else _FEW, least=1, most=_MANY)
    chosen: tuple[Kind, ...] = tuple(one for one in KINDS if one == kind)
    found = finder_of(snapshot).group(words, kinds=chosen, limit=limit)
    groups = tuple(_group(found, one) for one in found.counts if not kind or one == kind)
    return SearchView(words, kind, found.total, tuple(found.counts.items()), groups)


def find_entries(snapshot: Snapshot, words: str, *, kinds: Collection[Kind] = (), limit: int = 20) -> tuple[Entry, ...]:
    """Return the things of some kinds that fit the words best."""
    return finder_of(snapshot).find(words, kinds=kinds, limit=limit).entries


def finder_of(snapshot: Snapshot) -> Finder:
    """Return the names of a snapshot, ready to be looked through.

    They are gathered when they are first wanted (3 s at 1,000 documents, most of it for the sounds), so that a graph built by
    an earlier version is searched like any other; a page asks for them as soon as somebody is about to type.
    """
    return snapshot.remember("finder", lambda: Finder(gather_index(snapshot.columns(Scope()))))


def prepare_finder(snapshot: Snapshot) -> Iterator[Callable[[], object]]:
    """Yield the steps in which the names are made ready, none of them long: so nobody waits for the end of them all."""
    names = list(dict.fromkeys(name for thing in gather_names(snapshot.columns(Scope())) for name in thing.names))
    yield from (partial(_spell, names[start : start + _BATCH]) for start in range(0, len(names), _BATCH))
    yield partial(finder_of, snapshot)


def path_of(kind: Kind, key: str, spot: str = "") -> str:
    """Return the path of the page that shows a thing; what has none is shown on its task, or at a spot of its document.

    >>> path_of("target", "p-1/2.3/1"), path_of("target", "p-1/document/4", "120-180")
    ('/task/p-1/2.3', '/document/p-1')
    """
    if kind in _SCREENS:
        return _SCREENS[kind] + key
    owner = key.rpartition("/")[0]
    if kind == "target" and not spot:
        return f"/task/{owner}"
    return "/document/" + (owner.rpartition("/")[0] if kind == "target" else owner)


def _spell(names: Sequence[str]) -> None:
    for name in names:
        spell(name)  # remembers it


def _group(found: Found, kind: Kind) -> Group:
    hits = tuple(_hit(entry) for entry in found.entries if entry.kind == kind)
    return Group(kind, hits, Cut(len(hits), found.counts[kind]))


def _hit(entry: Entry) -> Hit:
    matched = "" if entry.matched == entry.label else entry.matched
    path = path_of(entry.kind, entry.key, entry.spot)
    return Hit(entry.kind, path, entry.spot, entry.label, entry.place, entry.note, matched, entry.marks)
