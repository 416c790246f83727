"""A task by its key, with all that is known of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.analysis import Pair
from kg.explorer.gaps import find_gaps
from kg.explorer.measured import partners_of
from kg.explorer.params import Params
from kg.explorer.records import DocumentEntry, NotHereError, Quote
from kg.explorer.snapshot import Row, Snapshot
from kg.explorer.task.facts import read_bases, read_deadline, read_duties, read_quote, read_targets
from kg.explorer.task.records import Basis, Deadline, Duty, Mark, Person, Target, TaskLink, TaskView
from kg.explorer.task.succession import find_neighbours
from kg.explorer.task.wording import mark_words

_MOST_PARTNERS = 6  # pairs of bodies
_TASK = """
SELECT task_id, document_id, iri, document, position, number, title, path, measure, joint, supervisors, due_text, due_kind,
    due_every, due_date, due_precision, due_quote, due_start, due_end, due_rule, due_page, quote, quote_start, quote_end,
    rule, page, file
FROM tasks WHERE iri = $iri
"""
_BESIDE = """
SELECT iri, number, title, position, count(*) OVER () AS beside FROM tasks
WHERE document_id = $document QUALIFY position BETWEEN $place - 1 AND $place + 1 ORDER BY position
"""


def gather_task(snapshot: Snapshot, params: Params) -> TaskView:
    """Return a task by its key.

    :raises NotHereError: there is no such task.
    """
    iri = snapshot.iri("task", params.key)
    row = next(snapshot.rows(_TASK, iri=iri), None)
    if row is None:
        raise NotHereError("task", params.key)
    number = row["task_id"]
    document = next(one for one in snapshot.documents.values() if one.number == row["document_id"])
    duties = read_duties(snapshot, [number]).get(number, ())
    targets = read_targets(snapshot, [number]).get(number, ())
    bases, above = find_bases(snapshot, document, number)
    people = tuple(_person(document, one) for one in row["supervisors"])
    deadline, quote = read_deadline(snapshot, row), read_quote(snapshot, row)
    marks = [*_marks(duties, targets, bases, people, deadline)]
    before, after = find_neighbours(snapshot, document.number, iri)
    previous, following, beside = _beside(snapshot, row)
    return TaskView(
        key=params.key,
        iri=iri,
        number=row["number"],
        title=row["title"],
        path=tuple(row["path"]),
        measure=row["measure"],
        joint=row["joint"],
        place=row["position"],
        of=beside,
        document=document,
        quote=quote,
        pieces=mark_words(quote, marks),
        duties=duties,
        people=people,
        deadline=deadline,
        targets=targets,
        bases=bases,
        above=above,
        gaps=find_gaps(snapshot, [number]).get(number, ()),
        partners=_partners(snapshot, duties),
        before=before,
        after=after,
        previous=previous,
        following=following,
    )


def list_tasks(snapshot: Snapshot) -> list[str]:
    """Return the keys of all tasks."""
    return [snapshot.key(row["iri"]) for row in snapshot.rows("SELECT iri FROM tasks ORDER BY task_id")]


def find_bases(snapshot: Snapshot, document: DocumentEntry, task: int) -> tuple[tuple[Basis, ...], tuple[Basis, ...]]:
    """Return what a task names and what its document names as basis outside its tasks; and what those rest on in turn."""
    found = read_bases(snapshot, [document.number])
    own = (*found.get((document.number, task), ()), *_only_basis(found.get((document.number, None), ())))
    return own, tuple(find_above(snapshot, own))


def find_above(snapshot: Snapshot, bases: Sequence[Basis]) -> Iterator[Basis]:
    """Yield what the policies that are named as basis rest on in turn, as their texts say, where these are here."""
    seen: set[str] = set()
    level = {basis.document for basis in bases if basis.relation == "basis" and basis.document}
    while level:
        seen |= level
        found = read_bases(snapshot, [snapshot.document(key).number for key in sorted(level)])
        further = [basis for named in found.values() for basis in _only_basis(named)]
        yield from further
        level = {basis.document for basis in further if basis.document} - seen


def _only_basis(bases: Sequence[Basis]) -> tuple[Basis, ...]:
    return tuple(basis for basis in bases if basis.relation == "basis" and basis.policy is not None)


def _partners(snapshot: Snapshot, duties: Sequence[Duty]) -> tuple[Pair, ...]:
    """Return how often the bodies that a task names itself stand together on tasks."""
    bodies = sorted({duty.organization for duty in duties if duty.organization and not duty.inherited})
    found = [pair for body in bodies for pair in partners_of(snapshot, body) if pair.a == body and pair.b in bodies]
    return tuple(sorted(found, key=lambda pair: (-pair.shared, pair.a, pair.b))[:_MOST_PARTNERS])


def _person(document: DocumentEntry, said: Row) -> Person:
    place = document.key, said["quote_start"], said["quote_end"]
    return Person(said["name"], Quote(said["quote"], *place, said["page"], said["rule"], said["file"]))


def _marks(
    duties: Sequence[Duty], targets: Sequence[Target], bases: Sequence[Basis], people: Sequence[Person], deadline: Deadline | None
) -> Iterator[Mark]:
    for duty in duties:
        if duty.quote is not None:
            yield Mark(duty.role, duty.name or duty.written, duty.quote.start, duty.quote.end)
    for target in targets:
        yield Mark("indicator", target.metric_name or target.name, target.quote.start, target.quote.end)
    for basis in bases:
        yield Mark("policy", basis.title, basis.quote.start, basis.quote.end)
    for person in people:
        yield Mark("person", person.name, person.quote.start, person.quote.end)
    if deadline is not None and deadline.quote is not None:
        yield Mark("due", deadline.words, deadline.quote.start, deadline.quote.end)


def _beside(snapshot: Snapshot, row: Row) -> tuple[TaskLink | None, TaskLink | None, int]:
    found = {one["position"]: one for one in snapshot.rows(_BESIDE, document=row["document_id"], place=row["position"])}
    links = [found.get(row["position"] + step) for step in (-1, 1)]
    previous, following = (TaskLink(snapshot.key(one["iri"]), one["number"], one["title"]) if one else None for one in links)
    return previous, following, found[row["position"]]["beside"]
