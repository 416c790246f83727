"""From an address to the screen of co-responsibility: a region, and what of it is looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.analysis import Pair
from kg.explorer.measured import WHOLE, pairs_of
from kg.explorer.names import name_in
from kg.explorer.params import Params, Scope
from kg.explorer.sharing.around import dependence_of, evidence_of, show_around, show_pair
from kg.explorer.sharing.groups import communities_of, number_groups, show_groups
from kg.explorer.sharing.network import make_matrix, make_network
from kg.explorer.sharing.records import VIEWS, Around, Office, Pairing, Place, SharingView
from kg.explorer.snapshot import Snapshot

_PLACES = """
SELECT coalesce(region_code, '') AS code, count(*) AS shared FROM (
    SELECT document_id, task_id FROM assignments WHERE organization_id IS NOT NULL AND NOT inherited
    GROUP BY document_id, task_id HAVING count(DISTINCT organization_id) > 1
) JOIN documents USING (document_id) GROUP BY region_code ORDER BY shared DESC, code
"""
_OFFICES = """
SELECT iri, key, coalesce(name, key) AS name, kind = 'generic' AS generic, coalesce(region_name, '') AS region
FROM organizations WHERE iri IN (SELECT unnest($bodies::VARCHAR[]))
"""


def gather_sharing(snapshot: Snapshot, params: Params) -> SharingView:
    """Return who shares tasks with whom in one region: the one asked for, else that of the body asked for, else the first.

    The region is ``region=CODE``, or what the path goes on with. ``view=network&min=5``, ``view=groups``,
    ``view=body&body=KEY``, ``pair=KEY,KEY``.

    :raises NotHereError: there is no such region, document or body.
    """
    keys = params.many("pair")[:2]
    places = list_places(snapshot)
    asked = replace(params.scope, region=params.scope.region or params.key or None)
    region = asked.region or _guess_region((*params.many("body"), *keys), places)
    scope = replace(asked, region=region or None)
    pairs = pairs_of(snapshot, scope)
    networks, brokers = communities_of(snapshot, scope)
    offices = read_offices(snapshot, pairs, number_groups(networks))
    chosen = params.one("min")
    least = params.number("min", 1, least=1, most=100_000) if chosen.isascii() and chosen.isdecimal() else None
    return SharingView(
        view=params.choice("view", VIEWS, VIEWS[0]),
        places=places,
        region=region,
        chosen=asked.region is not None,
        bodies=len(offices),
        pairs=len(pairs),
        tasks=next((place.shared for place in places if place.code == region), 0),
        matrix=make_matrix(offices, pairs),
        network=make_network(offices, pairs, least),
        groups=show_groups(networks, brokers, offices),
        around=_around(snapshot, scope, params.one("body"), offices, pairs),
        offices=tuple(sorted(offices.values(), key=lambda one: (one.generic, -one.shared, one.key))),
        pair=_pair(snapshot, scope if asked.region else WHOLE, keys, offices),
        evidence=evidence_of(snapshot, scope),
    )


def list_places(snapshot: Snapshot) -> tuple[Place, ...]:
    """Return the regions in whose documents bodies share tasks, those with most such tasks first."""

    def make() -> tuple[Place, ...]:
        names = {region.code: region.name for region in snapshot.regions}
        return tuple(Place(row["code"], names.get(row["code"], ""), row["shared"]) for row in snapshot.rows(_PLACES))

    return snapshot.remember("places that share", make)


def list_regions(snapshot: Snapshot) -> list[str]:
    """Return the codes of the regions in whose documents bodies share tasks."""
    return [place.code for place in list_places(snapshot) if place.code]


def _guess_region(bodies: Sequence[str], places: Sequence[Place]) -> str:
    """Return the region that bodies (keys) are of, as far as documents of it share tasks, else the first of all."""
    codes = {place.code for place in places}
    found = next((key.partition("/")[0] for key in bodies if key.partition("/")[0] in codes), None)
    return found if found is not None else places[0].code if places else ""


def read_offices(snapshot: Snapshot, pairs: Sequence[Pair], groups: Mapping[str, int]) -> dict[str, Office]:
    """Return the bodies of the pairs, by IRI."""
    shared: Counter[str] = Counter()
    tasks: dict[str, int] = {}
    for pair in pairs:
        shared.update({pair.a: pair.shared, pair.b: pair.shared})
        tasks |= {pair.a: pair.tasks_a, pair.b: pair.tasks_b}
    rows = snapshot.rows(_OFFICES, bodies=sorted(tasks)) if tasks else ()
    return {
        row["iri"]: Office(
            row["key"],
            row["name"],
            name_in(row["region"], row["name"]),
            row["generic"],
            groups.get(row["iri"], 0),
            tasks[row["iri"]],
            shared[row["iri"]],
        )
        for row in rows
    }


def _around(snapshot: Snapshot, scope: Scope, key: str, offices: Mapping[str, Office], pairs: Sequence[Pair]) -> Around | None:
    leans = dependence_of(snapshot, scope)
    iri = snapshot.iri("org", key)
    if iri not in offices:  # who leads most that others support, else who shares most
        most = max(leans, key=lambda one: (one.led, one.lead), default=None)
        best = max(offices, key=lambda one: (offices[one].shared, one), default="")
        iri = most.lead if most is not None and not key else best
    return show_around(iri, offices, pairs, leans) if iri else None


def _pair(snapshot: Snapshot, scope: Scope, keys: Sequence[str], offices: Mapping[str, Office]) -> Pairing | None:
    return show_pair(snapshot, scope, (keys[0], keys[1]), offices) if len(keys) == 2 else None
