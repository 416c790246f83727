"""A page of a table with its facets; all of its rows, for a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from kg.explorer.listings.asked import Asked, read_asked
from kg.explorer.listings.counts import count_facets, names_of
from kg.explorer.listings.kinds import LISTINGS
from kg.explorer.listings.made import prepare
from kg.explorer.listings.model import (
    NOT_SAID,
    Cell,
    Choice,
    Column,
    ColumnView,
    Listing,
    TableRow,
    TableView,
    Thing,
    Value,
)
from kg.explorer.names import name_in
from kg.explorer.params import Params
from kg.explorer.records import NotHereError, Quote
from kg.explorer.snapshot import Row, Snapshot

PAGE = 100  # rows
WHOLE = 1_000  # rows of a page that holds all: one of a folder of files
_EVIDENCE = ("quote", "quote_document", "quote_start", "quote_end", "page", "rule", "file")


def gather_table(snapshot: Snapshot, params: Params) -> TableView:
    """Return a page of a table: ``tasks``, or ``tasks/DOCUMENT`` for a part of it.

    ``page=2`` is the second hundred of rows; ``rows=all`` are all in one page, as many as one can bear.

    :raises NotHereError: there is no such table, or no such part.
    """
    listing, part = _find(snapshot, params.key)
    asked = read_asked(listing, params, part.value if part else "")
    whole = snapshot.remember(("rows", listing.name), lambda: _count(snapshot, listing, _whole(listing), {}))
    fitting = _count(snapshot, listing, asked.where, asked.parameters) if asked.words or asked.chosen else whole
    everything = params.one("rows") == "all"
    size = WHOLE if everything else PAGE
    pages = max(1, -(-fitting // size))
    page = min(params.number("page", 1, least=1), pages)
    rows = _rows(snapshot, asked, asked.columns, f"LIMIT {size} OFFSET {size * (page - 1)}", everything=everything)
    return TableView(
        name=listing.name,
        part=part,
        parts=_parts(snapshot, listing) if whole > WHOLE and part is None else (),
        columns=tuple(_view(column, column in asked.columns) for column in listing.columns),
        facets=count_facets(snapshot, asked),
        rows=tuple(rows),
        q=params.one("q"),
        sort=asked.sort.key if asked.sort else "",
        descending=asked.sort is not None and asked.descending,
        page=page,
        pages=pages,
        size=size,
        fitting=fitting,
        whole=whole,
    )


def read_table(snapshot: Snapshot, params: Params) -> tuple[tuple[ColumnView, ...], Iterator[TableRow]]:
    """Return the chosen columns, and all rows that fit, in the same order as the pages show them.

    :raises NotHereError: there is no such table.
    """
    listing, part = _find(snapshot, params.key)
    asked = read_asked(listing, params, part.value if part else "")
    return tuple(_view(column, True) for column in asked.columns), _rows(snapshot, asked, asked.columns, "")


def list_tables(snapshot: Snapshot) -> Iterator[str]:
    """Yield the keys of the tables: each whole, and its parts where it has more rows than one page of files holds."""
    for listing in LISTINGS.values():
        prepare(snapshot, listing)
        yield listing.name
        if _count(snapshot, listing, _whole(listing), {}) > WHOLE:
            yield from (f"{listing.name}/{part.value}" for part in _parts(snapshot, listing))


def _find(snapshot: Snapshot, key: str) -> tuple[Listing, Choice | None]:
    name, _, part = key.partition("/")
    if name not in LISTINGS:
        raise NotHereError("table", name)
    listing = LISTINGS[name]
    prepare(snapshot, listing)
    if not part:
        return listing, None
    found = next((one for one in _parts(snapshot, listing) if one.value == part), None)
    if found is None:
        raise NotHereError(listing.part, part)
    return listing, found


def _count(snapshot: Snapshot, listing: Listing, where: str, parameters: dict[str, object]) -> int:
    return int(next(snapshot.rows(f"SELECT count(*) AS n FROM {listing.table} WHERE {where}", None, **parameters))["n"])


def _whole(listing: Listing) -> str:
    return " AND ".join(f"{facet.value} = '{NOT_SAID}'" for facet in listing.facets if facet.single) or "true"


def _parts(snapshot: Snapshot, listing: Listing) -> tuple[Choice, ...]:
    """Return the parts that a large table is cut into, in the order of its rows."""
    return snapshot.remember(("parts", listing.name), lambda: _read_parts(snapshot, listing))


def _read_parts(snapshot: Snapshot, listing: Listing) -> tuple[Choice, ...]:
    facet = next(facet for facet in listing.facets if facet.key == listing.part)
    counted = f"SELECT {facet.value} AS value, count(*) AS n, min(id) AS place FROM {listing.table} WHERE {_whole(listing)}"
    sql = f"{counted} GROUP BY ALL ORDER BY place, value"
    names = names_of(snapshot, facet)
    return tuple(Choice(row["value"], names.get(row["value"]), row["n"], False) for row in snapshot.rows(sql))


def _rows(
    snapshot: Snapshot, asked: Asked, columns: tuple[Column, ...], limit: str, *, everything: bool = False
) -> Iterator[TableRow]:
    listing = asked.listing
    parts = [f'{column.sql} AS "c_{column.key}"' for column in columns]
    parts += [f'{name} AS "_{name}"' for name in _EVIDENCE]
    parts += [f'{column.page_key} AS "p_{column.key}"' for column in columns if column.page_key]
    if _has_things(columns):
        parts.append("region AS _region")
    if everything:
        parts += [f'{sql} AS "f_{key}"' for key, sql in _values(listing).items()] + ["words AS _words"]
    sql = f"SELECT {', '.join(parts)} FROM {listing.table} WHERE {asked.where} ORDER BY {asked.order} {limit}"
    for row in snapshot.rows(sql, None, **asked.parameters):
        yield _row(row, asked, columns, everything=everything)


def _row(row: Row, asked: Asked, columns: tuple[Column, ...], *, everything: bool) -> TableRow:
    quote = None
    if row["_quote"] is not None and row["_quote_document"] is not None:
        quote = Quote(*(row[f"_{name}"] for name in _EVIDENCE))
    values = {key: _texts(row[f"f_{key}"]) for key in _values(asked.listing)} if everything else {}
    region = row["_region"] if _has_things(columns) else None
    cells = {column.key: _cell(row, column, region) for column in columns}
    return TableRow(cells, quote, values, row["_words"] if everything else "")


def _values(listing: Listing) -> dict[str, str]:
    """Return what a row is chosen by where no server answers, as SQL by name."""
    pairs = {f"{facet.within[0]}-{facet.key}": facet.pairs for facet in listing.facets if facet.within is not None}
    return {facet.key: facet.value for facet in listing.facets} | pairs


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, list) else (value,)


def _has_things(columns: tuple[Column, ...]) -> bool:
    return any(column.form == "things" for column in columns)


def _cell(row: Row, column: Column, region: str | None) -> Cell:
    key = row[f"p_{column.key}"] if column.page_key else None
    return Cell(_value(row[f"c_{column.key}"], region), column.page if key and key != NOT_SAID else "", key or "")


def _value(value: Any, region: str | None) -> Value:
    if isinstance(value, list):
        return tuple(read_thing(one, region) if isinstance(one, dict) else one for one in value)
    if isinstance(value, Decimal):
        return plain_value(value)
    return value  # type: ignore[no-any-return]  # text, number, date or nothing


def read_thing(found: Mapping[str, Any], region: str | None) -> Thing:
    """Return a body that stands in a row of a region."""
    return Thing(found["name"], found["key"], name_in(region, found["name"]))


def plain_value(value: Decimal | None) -> Decimal | None:
    """Return a number without the zeros that a table's type adds.

    >>> plain_value(Decimal("67.8000000000")), plain_value(Decimal("40.0000000000"))
    (Decimal('67.8'), Decimal('40'))
    """
    if value is None:
        return None
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _view(column: Column, shown: bool) -> ColumnView:
    return ColumnView(column.key, column.form, column.codes, shown, column.shown)
