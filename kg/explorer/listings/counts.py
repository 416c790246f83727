"""How many rows each value of a facet leaves, all other choices being as they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from kg.explorer.listings.asked import Asked
from kg.explorer.listings.model import NOT_SAID, Choice, Facet, FacetView
from kg.explorer.records import Cut
from kg.explorer.snapshot import Row, Snapshot

MOST = 40  # values of a facet that are listed, beside those chosen


def count_facets(snapshot: Snapshot, asked: Asked) -> tuple[FacetView, ...]:
    """Return the facets with their values; those of the whole table, which most pages show, are remembered."""
    if asked.words or asked.chosen:
        return _count_all(snapshot, asked)
    return snapshot.remember(("facets", asked.listing.name), lambda: _count_all(snapshot, asked))


def _count_all(snapshot: Snapshot, asked: Asked) -> tuple[FacetView, ...]:
    """Count with one question for all, so that the rows are read once."""
    offered = tuple(asked.offered())
    found: dict[str, list[Row]] = defaultdict(list)
    for row in snapshot.rows(_ask(asked, offered), None, **asked.parameters):
        found[row["facet"]].append(row)
    return tuple(_view(snapshot, asked, facet, found[facet.key]) for facet in offered)


def names_of(snapshot: Snapshot, facet: Facet) -> Mapping[str, str]:
    """Return what the values of a facet are called, by their codes; nothing where words say it."""
    if not facet.names:
        return {}
    return snapshot.remember(
        ("names", facet.names), lambda: {row["code"]: row["name"] for row in snapshot.rows(facet.names) if row["name"]}
    )


def _ask(asked: Asked, offered: tuple[Facet, ...]) -> str:
    tests = {facet.key: asked.test(facet) for facet in asked.listing.facets}
    values = [f'{asked.value(facet)} AS "v_{facet.key}"' for facet in offered]
    flags = [f'({test}) AS "t_{key}"' for key, test in tests.items() if test]
    fitting = f"SELECT {', '.join(values + flags)} FROM {asked.listing.table} WHERE {asked.search}"
    counts = [_count(facet, tests, facet.key in asked.chosen) for facet in offered]
    return f"WITH fitting AS MATERIALIZED ({fitting}) " + " UNION ALL ".join(counts)


def _count(facet: Facet, tests: Mapping[str, str], chosen: bool) -> str:
    # of a facet whose chosen values a row must all have, a further value leaves what has it too
    others = [f'"t_{key}"' for key, test in tests.items() if test and (key != facet.key or facet.every)]
    value = f'"v_{facet.key}"'
    listed = f"SELECT {f'unnest({value})' if facet.many else value} AS value FROM fitting WHERE {' AND '.join(others) or 'true'}"
    kept = f" OR list_contains(${facet.key}, value)" if chosen else ""
    return (
        f"(SELECT '{facet.key}' AS facet, value, count(*) AS n, count(*) OVER () AS total FROM ({listed}) GROUP BY value"
        f" QUALIFY row_number() OVER (ORDER BY count(*) DESC, value) <= {MOST}{kept})"
    )


def _view(snapshot: Snapshot, asked: Asked, facet: Facet, rows: list[Row]) -> FacetView:
    names, chosen = names_of(snapshot, facet), asked.chosen.get(facet.key, ())
    counted = {row["value"]: row["n"] for row in rows}
    counted |= {value: 0 for value in chosen if value not in counted}  # it stays there, to be taken away
    choices = tuple(Choice(value, names.get(value), counted[value], value in chosen) for value in _sort(facet, counted))
    return FacetView(
        facet.key, facet.single, facet.every, choices, Cut(len(choices), max(rows[0]["total"] if rows else 0, len(choices)))
    )


def _sort(facet: Facet, counted: Mapping[str, int]) -> list[str]:
    if facet.codes:
        order = {code: place for place, code in enumerate(facet.codes)}
        return sorted(counted, key=lambda value: (order.get(value, len(order)), value))
    if facet.by_value:
        return sorted(counted, key=lambda value: (value == NOT_SAID, value))
    return sorted(counted, key=lambda value: (value == NOT_SAID, -counted[value], value))
