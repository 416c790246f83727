"""Documents with the policies above them and their tasks, as the lanes of a chain stand side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.explorer.chain.edges import edge_above
from kg.explorer.chain.records import Box, Edge, Row
from kg.explorer.gaps import find_gaps
from kg.explorer.snapshot import Row as Record
from kg.explorer.snapshot import Snapshot
from kg.explorer.task.facts import read_bases, read_deadline, read_duties, read_quote, read_targets
from kg.explorer.task.records import Basis

Named = Mapping[tuple[int, int | None], tuple[Basis, ...]]  # by document and task


@dataclass(frozen=True, slots=True)
class Above:
    """What a document and some of its tasks rest on."""

    bases: tuple[Basis, ...]  # named by the document outside its tasks
    own: Mapping[int, tuple[Basis, ...]]  # by task
    further: tuple[tuple[Basis, int, str], ...]  # with how many steps up, and the title of the text that names it


def read_rows(
    snapshot: Snapshot, records: Sequence[Record], direct: Collection[int], pinned: Collection[str]
) -> dict[int, list[tuple[int, Row]]]:
    """Return the tasks that are shown, by document, each with its number."""
    numbers = [record["task_id"] for record in records]
    duties, targets = read_duties(snapshot, numbers), read_targets(snapshot, numbers)
    gaps = find_gaps(snapshot, numbers)
    found: dict[int, list[tuple[int, Row]]] = defaultdict(list)
    for record in records:
        number, key = record["task_id"], snapshot.key(record["iri"])
        row = Row(
            key=key,
            number=record["number"],
            title=record["title"],
            quote=read_quote(snapshot, record),
            deadline=read_deadline(snapshot, record),
            duties=duties.get(number, ()),
            targets=targets.get(number, ()),
            gaps=gaps.get(number, ()),
            direct=number in direct,
            pinned=key in pinned,
        )
        found[record["document_id"]].append((number, row))
    return found


def read_above(
    snapshot: Snapshot, shown: Mapping[int, Sequence[int]], leading: Collection[str] | None, origin: str
) -> dict[int, Above]:
    """Return what documents rest on, by number, for the tasks of each that are shown.

    ``leading`` leaves only the policies on the way down from ``origin``, where a chain begins.
    """
    named = _read_named(snapshot, shown, leading, origin)
    found = {}
    for document, tasks in shown.items():
        bases = only_bases(named.get((document, None), ()), leading)
        own = {task: only_bases(named.get((document, task), ()), leading) for task in tasks}
        direct = [*bases, *(basis for several in own.values() for basis in several)]
        found[document] = Above(bases, own, tuple(_climb(snapshot, direct, named, leading)))
    return found


def only_bases(named: Iterable[Basis], leading: Collection[str] | None = None) -> tuple[Basis, ...]:
    """Return the policies that are named as basis, leaving out references and what is to be drawn up."""
    return tuple(
        basis
        for basis in named
        if basis.relation == "basis" and basis.policy is not None and (leading is None or basis.policy in leading)
    )


def _read_named(snapshot: Snapshot, shown: Mapping[int, Sequence[int]], leading: Collection[str] | None, origin: str) -> Named:
    """Return what the documents name, then what those name whose texts are here, and so on: a question for each step up."""
    named = dict(read_bases(snapshot, list(shown)))
    seen = set(shown)
    tasks = {task for several in shown.values() for task in several}
    level = [several for (_, task), several in named.items() if task is None or task in tasks]
    while level:
        bases = [basis for several in level for basis in only_bases(several, leading) if basis.policy != origin]
        keys = {basis.document for basis in bases if basis.document}
        numbers = {snapshot.document(key).number for key in keys} - seen
        further = read_bases(snapshot, numbers)
        seen |= numbers
        named.update(further)
        level = list(further.values())
    return named


def _climb(
    snapshot: Snapshot, direct: Sequence[Basis], named: Named, leading: Collection[str] | None
) -> Iterable[tuple[Basis, int, str]]:
    """Yield what the policies rest on in turn whose texts are here, step by step."""
    seen: set[str] = set()
    level, steps = sorted({basis.document for basis in direct if basis.document}), 2
    while level:
        seen |= set(level)
        entries = {snapshot.document(key).number: snapshot.document(key) for key in level}
        further = []
        for (number, _), several in sorted(named.items(), key=lambda pair: (pair[0][0], pair[0][1] or 0)):
            if number in entries:
                further += [(basis, steps, entries[number].title) for basis in only_bases(several, leading)]
        yield from further
        level, steps = sorted({basis.document for basis, *_ in further if basis.document} - seen), steps + 1


def make_boxes(above: Above, keys: Mapping[int, str]) -> tuple[Box, ...]:
    """Return the lane of policies above a document: each once, those that it names itself first."""
    naming: dict[str, list[str]] = defaultdict(list)
    first: dict[str, tuple[Basis, int, str | None]] = {}
    for task, bases in above.own.items():
        for basis in bases:
            policy = basis.policy or ""
            first.setdefault(policy, (basis, 1, None))
            if keys[task] not in naming[policy]:
                naming[policy].append(keys[task])
    whole = {basis.policy or "" for basis in above.bases}
    for basis in above.bases:
        first.setdefault(basis.policy or "", (basis, 1, None))
    for basis, steps, title in above.further:
        first.setdefault(basis.policy or "", (basis, steps, title))
    boxes = [
        Box(
            iri=policy,
            title=basis.title,
            number=basis.number,
            level=basis.level,
            document=basis.document,
            steps=steps,
            through=title,
            whole=policy in whole,
            tasks=tuple(naming.get(policy, ())),
        )
        for policy, (basis, steps, title) in first.items()
    ]
    return tuple(sorted(boxes, key=lambda box: (box.steps, not box.whole)))


def make_further(above: Above) -> tuple[Edge, ...]:
    """Return the steps that lead from policies further above to those that are named."""
    ordered = sorted(above.further, key=lambda one: -one[1])
    return tuple(edge_above(basis, title) for basis, _, title in ordered)
