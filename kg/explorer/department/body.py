"""Who a body is: names, function, region, and what reforms made of it."""

from __future__ import annotations

from kg.explorer.department.records import Body, Named
from kg.explorer.records import NotHereError
from kg.explorer.snapshot import Row, Snapshot

_BODY = "SELECT * FROM organizations WHERE iri = $iri"
_ISSUED = "SELECT key, title FROM documents WHERE issuer = $iri ORDER BY date DESC NULLS LAST, key"
_RELATED = """
SELECT key, coalesce(name, key) AS name, region_code, region_name, succeeded, successor IS NOT DISTINCT FROM $iri AS was,
    iri IS NOT DISTINCT FROM $successor AS became, list_position($path::VARCHAR[], region_code) AS depth
FROM organizations
WHERE iri <> $iri AND (
    successor = $iri OR iri = $successor OR (
        function = $function AND kind = 'organization' AND (
            list_contains($path::VARCHAR[], region_code) OR list_contains(region_path, $region)))
)
ORDER BY depth DESC NULLS LAST, region_code, key
"""


def read_body(snapshot: Snapshot, key: str) -> tuple[int, Body]:
    """Return a body by its key, and its number in the tables.

    :raises NotHereError: there is no such body.
    """
    row = next(snapshot.rows(_BODY, iri=snapshot.iri("org", key)), None)
    if row is None:
        raise NotHereError("body", key)
    related = list(_read_related(snapshot, row))
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
        above=tuple(_name(one) for one in related if _is_elsewhere(one) and one["depth"]),
        below=tuple(_name(one) for one in related if _is_elsewhere(one) and not one["depth"]),
        successor=next((_name(one) for one in related if one["became"]), None),
        succeeded=row["succeeded"],
        predecessors=tuple((_name(one), one["succeeded"]) for one in related if one["was"]),
        issued=tuple((one["key"], one["title"]) for one in snapshot.rows(_ISSUED, iri=row["iri"])),
    )


def _read_related(snapshot: Snapshot, row: Row) -> list[Row]:
    is_office = row["kind"] == "organization"
    asked = {
        "iri": row["iri"],
        "successor": row["successor"],
        "function": row["function"] if is_office else None,
        "path": (row["region_path"] or [])[:-1],
        "region": row["region_code"],
    }
    found = list(snapshot.rows(_RELATED, **asked))
    # within its own region it is neither above nor below itself
    return [one for one in found if one["was"] or one["became"] or one["region_code"] != row["region_code"]]


def _is_elsewhere(row: Row) -> bool:
    return not row["was"] and not row["became"]


def _name(row: Row) -> Named:
    return Named(row["key"], row["name"], row["region_name"])
