"""A ledger too large for one page, read document by document into what a page can hold."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from kg import data
from kg.explorer.graph import Loads
from kg.model import Region
from kg.registry.gazetteer import COUNTRY, read_regions
from viz.collect import CITED, build_department, build_view, choose_short, find_gaps, shorten_iri
from viz.views import ROLES, Node, Pair, Survey, View

Entry = Mapping[str, Any]
Counted = tuple[str, str, tuple[int, int, int]]  # code, name; documents, tasks, bodies
NOWHERE = "000000"  # of documents that do not say where they hold


def count_things(documents: Sequence[Entry]) -> int:
    """Return how many nodes a page of these documents would have, sections aside."""
    things, named = 0, {entry["id"] for entry in documents}
    for entry in documents:
        tasks = entry.get("tasks") or ()
        things += len(tasks) + sum(len(part.get("indicators") or ()) for part in (entry, *tasks))
        cited = (one for part in (entry, *tasks) for one in part.get("citations") or ())
        named.update(one.get("policy_id") or one.get("title") for one in cited if one.get("relation") in CITED)
        named.update(unit.get("unit_id") or unit.get("unit") for task in tasks for unit in task.get("assignments") or ())
    return things + len(named)


def build_survey(documents: Sequence[Entry]) -> Survey:
    """Return regions, documents and departments of a ledger, and how many tasks bind them."""
    gathered = _Gathered()
    for entry in documents:
        gathered.take(entry, build_view({"documents": [entry]}))
    gaps = tuple((gap.name, len(gap.members) + len(gap.notes)) for gap in find_gaps(documents))
    regions, groups = gathered.regions()
    nodes = (*regions, *gathered.documents.values(), *gathered.departments.values())
    return Survey(nodes, tuple(gathered.pairs), groups, tuple(gathered.tasks.items()), gathered.totals(), gaps)


def survey_of(overview: Loads) -> Survey:
    """Return the survey of what the explorer gathered: regions, or documents and departments."""
    documents = [_head(entry) for entry in overview.documents]
    homes = {node.id: node for node in documents}
    places = {str(entry["region_code"]): entry["region"] for entry in overview.documents if entry["region"]}
    departments: dict[str, Node] = {}
    pairs: list[Pair] = []
    for load in overview.loads:
        home = homes[shorten_iri(load.document)]
        unit = {
            "unit": load.written[0],
            "unit_id": load.organization,
            "unit_key": load.key,
            "label": load.name,
            "kind": load.kind,
        }
        node = build_department({**unit, "function_label": load.function}, home.id, home.region, places)
        known = departments.setdefault(node.id, node)
        departments[node.id] = replace(known, names=tuple(dict.fromkeys(known.names + load.written)))
        pairs.append(Pair(home.id, node.id, load.tasks, load.lead, load.responsible, load.support, load.inherited))
    regions, groups = group_regions((one.code, one.name, (one.documents, one.tasks, one.bodies)) for one in overview.regions)
    tasks = tuple((node.id, count) for node, count in zip(documents, overview.tasks, strict=True))
    short = (choose_short(node) for node in departments.values())
    return Survey((*regions, *documents, *short), tuple(pairs), groups, tasks, (), ())


def _head(entry: Entry) -> Node:
    [node] = build_view({"documents": [{**entry, "tasks": (), "indicators": (), "citations": ()}]}).nodes
    return node


@cache
def _known_regions() -> Mapping[str, Region]:
    return read_regions(data.SEEDS / "regions.csv").regions


def group_regions(regions: Iterable[Counted]) -> tuple[list[Node], tuple[tuple[str, tuple[str, ...]], ...]]:
    """Return a node for each region, by code, and the provinces with theirs."""
    names = _known_regions()
    nodes: list[Node] = []
    groups: dict[str, list[str]] = defaultdict(list)
    for code, label, counts in sorted(regions):
        nodes.append(Node(f"region/{code or NOWHERE}", "region", label, label, label, counts=counts))
        above = names.get(COUNTRY if code == COUNTRY else code[:2] + "0000")
        groups[above.name if above else ""].append(nodes[-1].id)
    return nodes, tuple((name, tuple(ids)) for name, ids in groups.items())


@dataclass(slots=True)
class _Gathered:
    """What is kept of each document."""

    documents: dict[str, Node] = field(default_factory=dict)
    departments: dict[str, Node] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)  # of the documents' regions
    pairs: list[Pair] = field(default_factory=list)
    tasks: dict[str, int] = field(default_factory=dict)
    counted: Counter[str] = field(default_factory=Counter)
    policies: set[str] = field(default_factory=set)
    parents: set[str] = field(default_factory=set)

    def take(self, entry: Entry, view: View) -> None:
        """Keep what the survey needs of one document."""
        [document] = view.of_kind("document")
        self.documents[document.id] = document
        self.codes[document.id] = str(entry.get("region_code") or NOWHERE)
        for node in view.of_kind("department"):
            known = self.departments.setdefault(node.id, node)
            if set(node.names) - set(known.names):
                self.departments[node.id] = replace(known, names=tuple(dict.fromkeys(known.names + node.names)))
        self.pairs += count_pairs(view)
        self.tasks[document.id] = sum(node.form != "measure" for node in view.of_kind("task"))
        self.counted.update({kind: len(view.of_kind(kind)) for kind in ("section", "indicator")})
        self.counted["measure"] += sum(node.form == "measure" for node in view.of_kind("task"))
        self.policies.update(node.id for node in view.of_kind("policy"))
        self.parents.update(edge.target for edge in view.edges if edge.relation == "basis")

    def totals(self) -> tuple[tuple[str, int], ...]:
        """Return how many there are of what the survey does not hold; a cited plan that is here is a document."""
        cited = {"policy": len(self.policies - set(self.documents)), "parent": len(self.parents)}
        return tuple({**self.counted, "task": sum(self.tasks.values()), **cited}.items())

    def regions(self) -> tuple[list[Node], tuple[tuple[str, tuple[str, ...]], ...]]:
        """Return the documents' regions in the order of their codes, and the provinces with theirs."""
        members: dict[str, list[str]] = defaultdict(list)
        for document, code in self.codes.items():
            members[code].append(document)
        bodies: dict[str, set[str]] = defaultdict(set)
        for pair in self.pairs:
            bodies[self.codes[pair.document]].add(pair.department)
        return group_regions(
            (code, self.documents[some[0]].region or "", (len(some), sum(self.tasks[one] for one in some), len(bodies[code])))
            for code, some in members.items()
        )


def count_pairs(view: View) -> list[Pair]:
    """Return for each document and department in how many tasks they meet, in the order of the documents."""
    tasks: dict[tuple[str, str], set[str]] = defaultdict(set)
    roles: Counter[tuple[str, str, str]] = Counter()
    for edge in view.edges:
        if edge.relation in ROLES:
            pair = edge.document, edge.target
            tasks[pair].add(edge.source)
            roles[(*pair, "inherited" if edge.inherited else edge.relation)] += 1
    shown = (*ROLES, "inherited")
    return [Pair(*pair, len(named), *(roles[(*pair, role)] for role in shown)) for pair, named in tasks.items()]
