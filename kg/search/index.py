"""The names of everything, each once, in the order in which things are shown that fit equally well."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from kg.search.entry import KINDS, Kind, Named
from kg.search.fold import fold
from kg.search.pinyin import initials, spell

Item = TypeVar("Item", bound=Hashable)
_LAST_STEP = "市县区州省旗盟"  # a place goes without: 石家庄


@dataclass(frozen=True, slots=True)
class Index:
    """Columns, one row per thing; the same in Python and in a browser.

    Things that share all their other names, as offices of one kind do, share one set of them.
    """

    names: tuple[str, ...]  # as written, each once
    sounds: tuple[str, ...]  # how they are spoken; beside ``names``
    sets: tuple[tuple[int, ...], ...]  # of names
    places: tuple[str, ...]
    regions: tuple[tuple[str, str], ...]  # as words begin with them, and their first letters: 石家庄 sjz
    kinds: tuple[Kind, ...]  # from here on beside each other: a thing's kind
    keys: tuple[str, ...]
    labels: tuple[int, ...]  # in ``names``
    others: tuple[int, ...]  # in ``sets``
    where: tuple[int, ...]  # in ``places``
    notes: tuple[str, ...]
    spots: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the columns as JSON has them."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def make_index(things: Iterable[Named], regions: Iterable[str] = ()) -> Index:
    """Return the index of things; ``regions`` are the names of places that words may begin with.

    >>> index = make_index([Named("department", "130100/water", ("石家庄市水利局", "市水利局"), "石家庄市")], ["石家庄市"])
    >>> index.names, index.regions
    (('石家庄市水利局', '市水利局'), (('石家庄市', 'sjzs'), ('石家庄', 'sjz')))
    """
    ordered = sorted(things, key=lambda thing: (KINDS[thing.kind], -thing.weight, len(thing.names[0]), thing.kind, thing.key))
    names, sets, places = _Numbered[str](), _Numbered[tuple[int, ...]](), _Numbered[str]()
    labels = tuple(names.number(thing.names[0]) for thing in ordered)
    others = tuple(sets.number(tuple(names.number(name) for name in thing.names[1:])) for thing in ordered)
    return Index(
        tuple(names.items),
        tuple(spell(name) for name in names.items),
        tuple(sets.items),
        where=tuple(places.number(thing.place) for thing in ordered),
        places=tuple(places.items),
        regions=shorten_regions(regions),
        kinds=tuple(thing.kind for thing in ordered),
        keys=tuple(thing.key for thing in ordered),
        labels=labels,
        others=others,
        notes=tuple(thing.note for thing in ordered),
        spots=tuple(thing.spot for thing in ordered),
    )


def shorten_regions(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the names of places as words begin with them, folded, the longest first, with their first letters."""
    whole = {fold(name) for name in names}
    short = {name[:-1] for name in whole if len(name) > 2 and name[-1] in _LAST_STEP}
    return tuple((name, initials(name)) for name in sorted((whole | short) - {""}, key=lambda name: (-len(name), name)))


class _Numbered(Generic[Item]):
    """Items, each once, in the order of their first use."""

    def __init__(self) -> None:
        self._numbers: dict[Item, int] = {}

    def number(self, item: Item) -> int:
        return self._numbers.setdefault(item, len(self._numbers))

    @property
    def items(self) -> Sequence[Item]:
        return list(self._numbers)
