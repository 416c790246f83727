"""The prepared tables: made in memory when a table is first asked for, and kept as long as the snapshot."""

from __future__ import annotations

from kg import data
from kg.explorer.listings.kinds import LISTINGS
from kg.explorer.listings.model import Listing
from kg.explorer.params import Scope
from kg.explorer.snapshot import Snapshot

_NEEDS = {"tasks": ("policies",)}  # whose names it shows


def prepare(snapshot: Snapshot, listing: Listing) -> None:
    """Make the table that a listing is asked from, unless it is there."""
    for name in _NEEDS.get(listing.name, ()):
        prepare(snapshot, LISTINGS[name])
    snapshot.remember(("listing", listing.name), lambda: _make(snapshot, listing))


def _make(snapshot: Snapshot, listing: Listing) -> bool:
    sql = (data.QUERIES / "tables" / f"{listing.name}.sql").read_text("utf-8")
    for part, measure in listing.parts.items():
        sql = sql.replace(f"{{{part}}}", (data.QUERIES / "measures" / f"{measure}.sql").read_text("utf-8"))
    given = {**listing.parameters, **({"base": snapshot.base} if "$base" in sql.replace("$base is", "") else {})}
    # a table that fell out of memory is made anew, in its place
    snapshot.columns(Scope()).execute(f"CREATE OR REPLACE TABLE {listing.table} AS {sql}", given)
    return True
