"""The record of the graph's screen, and what is around one thing for whoever shows it beside something else."""

from __future__ import annotations

from dataclasses import dataclass

from kg.explorer.graph.entries import Entry, read_entries
from kg.explorer.graph.loads import Loads, read_loads
from kg.explorer.graph.reach import find_reach
from kg.explorer.params import Params
from kg.explorer.records import Cut, DocumentEntry, RegionEntry
from kg.explorer.snapshot import Snapshot

_MOST_PINNED = 12
_NAMES = """
SELECT iri, coalesce(name, other_names[1]) AS name FROM organizations WHERE list_contains($iris, iri)
UNION ALL SELECT iri, title FROM tasks WHERE list_contains($iris, iri)
UNION ALL SELECT iri, title FROM documents WHERE list_contains($iris, iri)
UNION ALL SELECT iri, name FROM indicators WHERE list_contains($iris, iri)
UNION ALL SELECT policy, min(policy_title) FROM citations
    WHERE list_contains($iris, policy) AND cited_document_id IS NULL GROUP BY policy
"""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """What is around one thing, in the shape of the ledger: documents with as many of their tasks as touch it."""

    kind: str
    key: str
    hops: int
    entries: tuple[Entry, ...]
    tasks: Cut  # tasks that touch it: how many are here

    @property
    def center(self) -> str:
        """The thing as it stands in addresses."""
        return f"{self.kind}/{self.key}"


@dataclass(frozen=True, slots=True)
class GraphView:
    """The screen: an overview, or a neighbourhood."""

    view: str  # overview, ego
    regions: tuple[RegionEntry, ...]  # to choose from
    region: RegionEntry | None  # chosen
    document: DocumentEntry | None  # chosen
    overview: Loads | None
    around: Neighbourhood | None
    pinned: tuple[tuple[str, str], ...] = ()  # what was pinned, and what it is called


def gather_graph(snapshot: Snapshot, params: Params) -> GraphView:
    """Return what an address asks: ``view=overview|ego&center=KIND/KEY&hops=1|2&region=CODE&document=KEY``.

    Without a centre there is no neighbourhood, and the overview is shown.

    :raises NotHereError: there is no such thing, region or document.
    """
    scope, center = params.scope, params.one("center")
    region = next((one for one in snapshot.regions if one.code == scope.region), None)
    if params.choice("view", ("overview", "ego"), "overview") == "ego" and center:
        kind, _, key = center.partition("/")
        around = ego_of(snapshot, kind, key, params.number("hops", 1, least=1, most=2))
        return GraphView("ego", snapshot.regions, region, None, None, around, _name_pinned(snapshot, params))
    document = snapshot.document(scope.documents[0]) if scope.documents else None
    if scope.region is not None:
        snapshot.columns(scope)  # says that there is no such region
    chosen = [
        one
        for one in snapshot.documents.values()
        if (scope.region is None or one.region == scope.region) and (document is None or one == document)
    ]
    alone = scope.region is not None or document is not None
    overview = snapshot.remember(
        ("graph", scope.region, document and document.key), lambda: read_loads(snapshot, chosen, alone=alone)
    )
    return GraphView("overview", snapshot.regions, region, document, overview, None, _name_pinned(snapshot, params))


def _name_pinned(snapshot: Snapshot, params: Params) -> tuple[tuple[str, str], ...]:
    """Return what somebody pinned, by name: it may stand outside the picture. What is not there is left out."""
    pins = params.many("pin")[:_MOST_PINNED]
    if not pins:
        return ()
    iris = {f"{snapshot.base}id/{pin}": pin for pin in pins}
    names = {iris[row["iri"]]: row["name"] for row in snapshot.rows(_NAMES, iris=list(iris)) if row["name"]}
    return tuple((pin, names[pin]) for pin in pins if pin in names)


def ego_of(snapshot: Snapshot, kind: str, key: str, hops: int = 1) -> Neighbourhood:
    """Return what is around a thing: ``ego_of(snapshot, "org", "130100/ecology-environment", 2)``.

    With two hops, the first tasks come with all that they hold; a walk does not pass through bodies, policies or documents.

    :raises NotHereError: the graph has no such thing.
    """
    reach = find_reach(snapshot, kind, key, hops)
    entries = read_entries(snapshot, reach, snapshot.iri(kind, key))
    here = reach.whole if kind in ("task", "indicator") else (*reach.whole, *reach.touching)
    return Neighbourhood(kind, key, hops, entries, Cut(len(here), max(reach.total, len(here))))
