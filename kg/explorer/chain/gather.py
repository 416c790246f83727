"""A chain from where it begins, as far as it is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.explorer.chain.choose import LEVELS, choose_tasks, read_tasks
from kg.explorer.chain.edges import read_edges
from kg.explorer.chain.lanes import Above, make_boxes, make_further, read_above, read_rows
from kg.explorer.chain.origin import Origin, find_origin
from kg.explorer.chain.records import ChainView, Edge, Group
from kg.explorer.chain.ways import Way, find_ways, read_steps
from kg.explorer.params import Params
from kg.explorer.records import Cut, RegionEntry
from kg.explorer.snapshot import Row as Record
from kg.explorer.snapshot import Snapshot

_MOST_WRITTEN = 2_000  # tasks whose chains a folder of files holds; those of more stand on the tasks' own pages
_LEAST = 3  # tasks of a document, however many documents there are


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of a chain is shown at once, and whose steps are listed."""

    documents: int
    tasks: int
    all_steps: bool = False


SCREEN = Extent(8, 40)
SHEET = Extent(10, 30, all_steps=True)  # some dozens of pages of paper; files have the rest
FILE = Extent(2_000, 2_000, all_steps=True)


def gather_chain(snapshot: Snapshot, params: Params) -> ChainView:
    """Return a chain, with the steps of the task that is selected.

    :raises NotHereError: there is no such thing.
    """
    return gather_extent(snapshot, params, SCREEN)


def gather_sheet(snapshot: Snapshot, params: Params) -> ChainView:
    """Return a chain with the steps of all tasks that fit on a sheet; with ``task=`` only that one's."""
    return gather_extent(snapshot, params, SHEET)


def gather_file(snapshot: Snapshot, params: Params) -> ChainView:
    """Return a chain with the steps of as many tasks as a file lists."""
    return gather_extent(snapshot, params, FILE)


def gather_extent(snapshot: Snapshot, params: Params, extent: Extent) -> ChainView:
    """Return a chain as far as an extent goes."""
    origin = find_origin(snapshot, params.key)
    down = origin.kind == "policy" and params.choice("direction", ("down", "up"), "down") == "down"
    ways = find_ways(read_steps(snapshot), origin.iri) if down else {}
    own = snapshot.document(origin.here).number if origin.here else 0
    choice = choose_tasks(origin.kind, origin.iri, params, {origin.iri, *ways}, own)
    places = _Places(snapshot, origin, ways)
    counted = choice.count(snapshot, extent.tasks, [snapshot.iri("task", key) for key in _kept(params)])
    fitting = sorted(_fitting(snapshot, counted, params), key=lambda row: places.order(row["document_id"]))
    page, pages = _page(params, len(fitting), extent.documents)
    start = (page - 1) * extent.documents
    shown = [row for place, row in enumerate(fitting) if start <= place < start + extent.documents or row["kept"]]
    each = max(_LEAST, extent.tasks // max(1, len(shown)))
    groups = _groups(snapshot, params, shown, each, places, {origin.iri, *ways} if down else None)
    rows = [(entry, row) for entry, _ in groups for row in entry.rows]
    selected = params.one("task")
    if selected not in {row.key for _, row in rows}:
        selected = rows[0][1].key if rows and not extent.all_steps else ""
    return ChainView(
        **{name: getattr(origin, name) for name in Origin.__dataclass_fields__},
        direction="down" if down else "up",
        groups=tuple(group for group, _ in groups),
        documents=Cut(len(groups), len(fitting)),
        tasks=Cut(len(rows), sum(row["tasks"] for row in fitting)),
        page=page,
        pages=pages,
        levels=_levels(counted),
        regions=_regions(counted),
        selected=selected or None,
        edges=tuple(_edges(groups, selected, down)),
    )


def list_chains(snapshot: Snapshot) -> Iterator[str]:
    """Yield the addresses of chains: of policies, bodies on tasks, metrics; of tasks where they are few enough to be written."""
    policies = "SELECT DISTINCT policy AS iri FROM bases UNION SELECT iri FROM documents ORDER BY iri"
    bodies = "SELECT DISTINCT organization AS iri FROM assignments WHERE organization IS NOT NULL ORDER BY iri"
    metrics = "SELECT DISTINCT metric AS iri FROM indicators WHERE metric IS NOT NULL AND task_id IS NOT NULL ORDER BY iri"
    tasks = f"SELECT iri FROM tasks WHERE (SELECT count(*) FROM tasks) <= {_MOST_WRITTEN} ORDER BY task_id"
    for kind, sql in {"policy": policies, "department": bodies, "indicator": metrics, "task": tasks}.items():
        yield from (f"{kind}/{snapshot.key(row['iri'])}" for row in snapshot.rows(sql))


class _Places:
    """Where documents stand: a policy's own first, then below whatever leads to them, by level, region and years."""

    def __init__(self, snapshot: Snapshot, origin: Origin, ways: Mapping[str, Way]) -> None:
        self.entries = {entry.number: entry for entry in snapshot.documents.values()}
        self.origin, self._ways = origin, ways
        self._iris = {number: snapshot.iri("policy", entry.key) for number, entry in self.entries.items()}
        self._numbers = {iri: number for number, iri in self._iris.items()}
        self._rank = {entry.number: place for place, entry in enumerate(snapshot.documents.values())}
        levels = snapshot.remember("levels of documents", lambda: _read_levels(snapshot))
        self.levels: Mapping[int, str | None] = levels

    def way(self, document: int) -> Way:
        """Return the way down to a document, without where it begins."""
        return self._ways.get(self._iris[document], (self.origin.iri,))[1:]

    def order(self, document: int) -> list[tuple[int, int, str]]:
        """Return by what documents are sorted: whatever leads to another comes before it."""
        if self._ways:
            return [self._one(iri) for iri in self.way(document)]
        return [self._one(self._iris[document])]

    def through(self, document: int) -> str | None:
        """Return what a document is called that leads to this one."""
        way = self.way(document)
        above = self._numbers.get(way[-2]) if len(way) > 1 else None
        return self.entries[above].title if above else None

    def _one(self, iri: str) -> tuple[int, int, str]:
        number = self._numbers.get(iri)
        if number is None:
            return len(LEVELS), len(self._rank), iri
        level = self.levels[number]
        return LEVELS.index(level) if level in LEVELS else len(LEVELS), self._rank[number], iri


def _read_levels(snapshot: Snapshot) -> Mapping[int, str | None]:
    return {row["document_id"]: row["region_level"] for row in snapshot.rows("SELECT document_id, region_level FROM documents")}


def _kept(params: Params) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*params.many("pin"), *((params.one("task"),) if params.one("task") else ()))))


def _fitting(snapshot: Snapshot, counted: Sequence[Record], params: Params) -> Iterator[Record]:
    level, region, documents = params.choice("level", LEVELS), params.one("region"), params.many("document")
    numbers = {snapshot.documents[key].number for key in documents if key in snapshot.documents}
    for row in counted:
        fits = level in ("", row["region_level"]) and region in ("", row["region_code"])
        if fits and (not documents or row["document_id"] in numbers):
            yield row


def _page(params: Params, documents: int, each: int) -> tuple[int, int]:
    pages = max(1, -(-documents // each))
    return params.number("page", 1, least=1, most=pages), pages


def _groups(
    snapshot: Snapshot,
    params: Params,
    shown: Sequence[Record],
    each: int,
    places: _Places,
    leading: Collection[str] | None,
) -> list[tuple[Group, Above]]:
    chosen = {task for row in shown for task in (*row["first"][:each], *row["kept"])}
    direct = {task for row in shown for task in row["direct"] or ()}
    rows = read_rows(snapshot, read_tasks(snapshot, chosen), direct, params.many("pin"))
    numbers = {row["document_id"]: [number for number, _ in rows[row["document_id"]]] for row in shown}
    above = read_above(snapshot, numbers, leading, places.origin.iri)
    found = []
    for row in shown:
        document = row["document_id"]
        entry, way = places.entries[document], places.way(document)
        boxes = make_boxes(above[document], {number: one.key for number, one in rows[document]})
        group = Group(
            document=entry,
            level=row["region_level"],
            depth=max(0, len(way) - 1),
            through=places.through(document),
            own=entry.key == places.origin.here,
            policies=boxes if leading is None else (),
            rows=tuple(one for _, one in rows[document]),
            cut=Cut(len(rows[document]), row["tasks"]),
        )
        found.append((group, above[document]))
    return found


def _levels(counted: Sequence[Record]) -> tuple[tuple[str, int], ...]:
    found = [(level, sum(row["region_level"] == level for row in counted)) for level in LEVELS]
    return tuple(pair for pair in found if pair[1])


def _regions(counted: Sequence[Record]) -> tuple[RegionEntry, ...]:
    found: dict[str, RegionEntry] = {}
    for row in counted:
        if row["region_code"]:
            old = found.get(row["region_code"], RegionEntry(row["region_code"], row["region_name"] or row["region_code"], 0, 0))
            found[old.code] = RegionEntry(old.code, old.name, old.documents + 1, old.tasks + row["tasks"])
    return tuple(sorted(found.values(), key=lambda region: region.code))


def _edges(groups: Sequence[tuple[Group, Above]], selected: str, down: bool) -> Iterator[Edge]:
    """Yield the steps of the selected task, or of all; where a chain leads down, those only that lead to the task from there."""
    for group, above in groups:
        further = make_further(above)
        for row, named in zip(group.rows, above.own.values(), strict=True):
            if selected in ("", row.key):
                if group.own and down:
                    yield from read_edges(row, group.document, (), ())
                    continue
                yield from read_edges(row, group.document, further, (*above.bases, *named))
