"""What an address asks of a table, as SQL; words of strangers are parameters, never part of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.explorer.listings.model import NOT_SAID, Column, Facet, Listing
from kg.explorer.params import Params

_MOST_WORDS = 8  # of a search that count


@dataclass(frozen=True, slots=True)
class Asked:
    """A listing with what was asked of it."""

    listing: Listing
    words: tuple[str, ...]
    chosen: Mapping[str, tuple[str, ...]]
    columns: tuple[Column, ...]
    sort: Column | None
    descending: bool

    @property
    def parameters(self) -> dict[str, object]:
        """The values of the conditions."""
        found: dict[str, object] = {key: list(values) for key, values in self.chosen.items()}
        return found | {f"word{number}": word for number, word in enumerate(self.words)}

    def value(self, facet: Facet) -> str:
        """Return what a facet counts, as SQL."""
        return facet.within[1] if facet.within is not None and facet.within[0] in self.chosen else facet.value

    def test(self, facet: Facet) -> str:
        """Return what a row has to be, as SQL; empty: anything."""
        value = self.value(facet)
        if facet.key not in self.chosen:
            return f"{value} = '{NOT_SAID}'" if facet.single else ""
        if not facet.many:
            return f"list_contains(${facet.key}, {value})"
        return f"{'list_has_all' if facet.every else 'list_has_any'}({value}, ${facet.key})"

    @property
    def search(self) -> str:
        """The condition of the text that is looked for, as SQL: each of its words stands in a row."""
        return " AND ".join(f"contains(words, ${one})" for one in self._names()) or "true"

    @property
    def where(self) -> str:
        """All conditions, as SQL."""
        return " AND ".join(test for test in (self.search, *map(self.test, self.listing.facets)) if test)

    @property
    def order(self) -> str:
        """The order of the rows, as SQL: what is empty comes last, whichever way."""
        if self.sort is None:
            return self.listing.order
        way = "DESC NULLS LAST" if self.descending else "ASC NULLS LAST"
        # an order of several columns turns as a whole
        parts = (self.sort.order,) if "(" in self.sort.order else self.sort.order.split(", ")
        return ", ".join([*(f"{part} {way}" for part in parts), self.listing.order])

    def offered(self) -> Iterator[Facet]:
        """Yield the facets that can be chosen from."""
        yield from (facet for facet in self.listing.facets if not facet.once or facet.once in self.chosen)

    def _names(self) -> Iterator[str]:
        return (f"word{number}" for number in range(len(self.words)))


def read_asked(listing: Listing, params: Params, part: str = "") -> Asked:
    """Return what an address asks; whatever does not fit is as if it were not there."""
    chosen = {facet.key: _chosen(facet, params) for facet in listing.facets}
    if part:
        chosen[listing.part] = (part,)
    by_key = {column.key: column for column in listing.columns}
    named = set(params.many("columns")) & by_key.keys()
    columns = tuple(column for column in listing.columns if (column.key in named if named else column.shown))
    sort = params.one("sort")
    words = tuple(params.one("q").lower().split())[:_MOST_WORDS]
    kept = {key: values for key, values in chosen.items() if values}
    return Asked(listing, words, kept, columns, by_key.get(sort.removeprefix("-")), sort.startswith("-"))


def _chosen(facet: Facet, params: Params) -> tuple[str, ...]:
    values = params.many(facet.key)
    if facet.single:
        values = tuple(value for value in values if value != NOT_SAID)[-1:]
    return values
