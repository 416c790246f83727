"""Documents with the policies above them and their tasks, as the lanes of a chain stand side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.explorer.chain.edges import edge_above
from kg.explorer.chain.records import Box, Edge, Row
from kg.explorer.gaps import gaps_by_task
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


def read_rows(snapshot: Snapshot, records: Sequence[Record], pinned: Collection[str]) -> dict[int, list[tuple[int, Row]]]:
    """Return the tasks that are shown, by document, each with its number."""
    numbers = [record["task_id"] for record in records]
    duties, targets = read_duties(snapshot, numbers), read_targets(snapshot, numbers)
    gaps = gaps_by_task(snapshot)
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
            gaps=gaps.get(record["iri"], ()),
            direct=record["direct"],
            pinned=key in pinned,
        )
        found[record["document_id"]].append((number, row))
    return found


def read_above(snapshot: Snapshot, shown: Mapping[int, Iterable[int]]) -> dict[int, Above]:
    """Return what documents rest on, by number, for the tasks of each that are shown."""
    named = dict(read_bases(snapshot, list(shown)))
    found = {}
    for document, tasks in shown.items():
        bases = only_bases(named.get((document, None), ()))
        own = {task: only_bases(named.get((document, task), ())) for task in tasks}
        direct = [*bases, *(basis for several in own.values() for basis in several)]
        found[document] = Above(bases, own, tuple(_climb(snapshot, direct, named)))
    return found


def only_bases(named: Iterable[Basis]) -> tuple[Basis, ...]:
    """Return the policies that are named as basis, leaving out references and what is to be drawn up."""
    return tuple(basis for basis in named if basis.relation == "basis" and basis.policy is not None)


def _climb(
    snapshot: Snapshot, direct: Sequence[Basis], named: dict[tuple[int, int | None], tuple[Basis, ...]]
) -> Iterable[tuple[Basis, int, str]]:
    """Yield what the policies rest on in turn whose texts are here, step by step; what was read is kept in ``named``."""
    seen: set[str] = set()
    level, steps = sorted({basis.document for basis in direct if basis.document}), 2
    while level:
        seen |= set(level)
        numbers = {snapshot.document(key).number: key for key in level}
        unread = [number for number in numbers if not any(known[0] == number for known in named)]
        named.update(read_bases(snapshot, unread))
        further = []
        for (number, _), several in sorted(named.items(), key=lambda pair: (pair[0][0], pair[0][1] or 0)):
            if number in numbers:
                title = snapshot.document(numbers[number]).title
                further += [(basis, steps, title) for basis in only_bases(several)]
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
