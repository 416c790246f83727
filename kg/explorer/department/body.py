"""Who a body is: names, function, region, what it issued, and what reforms made of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.explorer.department.records import Body, Named
from kg.explorer.records import NotHereError
from kg.explorer.snapshot import Row, Snapshot

_BODY = "SELECT * FROM organizations WHERE iri = $iri"
_ALL = """
SELECT iri, key, coalesce(name, key) AS name, kind = 'organization' AS office, function, region_code, region_name, region_path,
    successor, succeeded
FROM organizations ORDER BY region_code NULLS LAST, key
"""
_ISSUED = "SELECT issuer, key, title FROM documents WHERE issuer IS NOT NULL ORDER BY date DESC NULLS LAST, key"


def read_body(snapshot: Snapshot, key: str) -> tuple[int, Body]:
    """Return a body by its key, and its number in the tables.

    :raises NotHereError: there is no such body.
    """
    row = next(snapshot.rows(_BODY, iri=snapshot.iri("org", key)), None)
    if row is None:
        raise NotHereError("body", key)
    index = snapshot.remember("bodies beside each other", lambda: _read_index(snapshot))
    heir = index.by_iri.get(row["successor"] or "")
    return row["organization_id"], Body(
        key=key,
        iri=row["iri"],
        name=row["name"] or key,
        kind=row["kind"],
        function=row["function"],
        function_name=row["function_name"],
        region=row["region_code"],
        region_name=row["region_name"],
        other_names=tuple(row["other_names"]),
        above=_find_above(index, row),
        below=_find_below(index, row),
        successor=_name(heir) if heir else None,
        succeeded=row["succeeded"],
        predecessors=tuple((_name(one), one["succeeded"]) for one in index.succeeded_by.get(row["iri"], ())),
        issued=index.issued.get(row["iri"], ()),
    )


@dataclass(frozen=True, slots=True)
class _Index:
    """All bodies, to find those that belong to one."""

    by_iri: Mapping[str, Row]
    by_function: Mapping[str, Sequence[Row]]  # offices only, by region
    succeeded_by: Mapping[str, Sequence[Row]]
    issued: Mapping[str, tuple[tuple[str, str], ...]]


def _read_index(snapshot: Snapshot) -> _Index:
    by_iri: dict[str, Row] = {}
    by_function: dict[str, list[Row]] = defaultdict(list)
    succeeded_by: dict[str, list[Row]] = defaultdict(list)
    issued: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in snapshot.rows(_ALL):
        by_iri[row["iri"]] = row
        if row["office"] and row["function"]:
            by_function[row["function"]].append(row)
        if row["successor"]:
            succeeded_by[row["successor"]].append(row)
    for row in snapshot.rows(_ISSUED):
        issued[row["issuer"]].append((row["key"], row["title"]))
    return _Index(by_iri, by_function, succeeded_by, {iri: tuple(found) for iri, found in issued.items()})


def _find_above(index: _Index, row: Row) -> tuple[Named, ...]:
    """Return the offices of the same function in the regions that this one's lies in, the nearest first."""
    path = list(row["region_path"] or ())[:-1]
    found = [one for one in _alike(index, row) if one["region_code"] in path]
    return tuple(map(_name, sorted(found, key=lambda one: -path.index(one["region_code"]))))


def _find_below(index: _Index, row: Row) -> tuple[Named, ...]:
    """Return the offices of the same function in the regions that lie in this one's."""
    here = row["region_code"]
    return tuple(_name(one) for one in _alike(index, row) if one["region_code"] != here and here in (one["region_path"] or ()))


def _alike(index: _Index, row: Row) -> Sequence[Row]:
    """Return the offices of the same function that no reform joins to this one."""
    if row["kind"] != "organization" or not row["function"] or not row["region_code"]:
        return ()
    joined = {row["iri"], row["successor"], *(one["iri"] for one in index.succeeded_by.get(row["iri"], ()))}
    return [one for one in index.by_function.get(row["function"], ()) if one["iri"] not in joined]


def _name(row: Row) -> Named:
    return Named(row["key"], row["name"], row["region_name"])
