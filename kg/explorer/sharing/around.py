"""One body among others, and what two bodies share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.analysis import Pair
from kg.analysis.sharing.dependence import Dependence, measure_dependence
from kg.analysis.sharing.pairs import add_tasks
from kg.explorer.measured import WHOLE, pairs_of
from kg.explorer.params import Scope
from kg.explorer.records import Cut, NotHereError, Quote
from kg.explorer.sharing.readings import read_figures
from kg.explorer.sharing.records import Around, Companion, Evidence, Flow, Office, Pairing, SharedTask, TaskName
from kg.explorer.snapshot import Row, Snapshot

MOST_TASKS = 200
_BODY = "SELECT key, coalesce(name, key) AS name, kind FROM organizations WHERE iri = $iri"
_TASKS = """
SELECT tasks.task_id, tasks.iri, tasks.number, tasks.title, documents.key AS document, documents.title AS document_title,
    tasks.quote, tasks.quote_start, tasks.quote_end, tasks.page, tasks.rule, tasks.file,
    min(CASE role WHEN 'lead' THEN 1 WHEN 'responsible' THEN 2 ELSE 3 END) FILTER (organization = $a) AS role_a,
    min(CASE role WHEN 'lead' THEN 1 WHEN 'responsible' THEN 2 ELSE 3 END) FILTER (organization = $b) AS role_b
FROM tasks JOIN documents USING (document_id) JOIN assignments USING (task_id)
WHERE tasks.iri IN (SELECT unnest($tasks::VARCHAR[])) AND organization IN ($a, $b)
GROUP BY ALL ORDER BY tasks.task_id
"""
_NAMES = """
SELECT tasks.iri, tasks.title, documents.title AS document FROM tasks JOIN documents USING (document_id)
WHERE tasks.iri IN (SELECT unnest($tasks::VARCHAR[])) ORDER BY task_id
"""
_ROLES = {1: "lead", 2: "responsible", 3: "support"}


def dependence_of(snapshot: Snapshot, scope: Scope) -> Sequence[Dependence]:
    """Return who needs whose support as lead; made once for a part of the graph."""
    return snapshot.remember(("dependence", scope), lambda: tuple(measure_dependence(snapshot.columns(scope))))


def show_around(iri: str, offices: Mapping[str, Office], pairs: Sequence[Pair], leans: Sequence[Dependence]) -> Around:
    """Return one body (IRI) with those that it needs, that it serves, and all that it shares tasks with."""
    needs = [Flow(offices[one.support].key, offices[one.support].short, one.tasks, one.share) for one in leans if one.lead == iri]
    serves = [Flow(offices[one.lead].key, offices[one.lead].short, one.tasks, one.share) for one in leans if one.support == iri]
    companions = []
    for pair in pairs:
        if iri in (pair.a, pair.b):
            other = offices[pair.b if pair.a == iri else pair.a]
            companions.append(Companion(other.key, other.short, pair.shared, read_figures(pair)))
    led = next((one.led for one in leans if one.lead == iri), 0)
    return Around(offices[iri], led, tuple(needs), tuple(serves), tuple(companions))


def show_pair(
    snapshot: Snapshot, scope: Scope, keys: tuple[str, str], offices: Mapping[str, Office], most: int = MOST_TASKS
) -> Pairing:
    """Return two bodies (keys) with the tasks that they share; with a scope of everything, all over the graph.

    :raises NotHereError: there is no such body.
    """
    one, other = (snapshot.iri("org", key) for key in keys)
    named = [
        offices[iri] if iri in offices else _read_office(snapshot, iri, key) for iri, key in zip((one, other), keys, strict=True)
    ]
    found = next((pair for pair in pairs_of(snapshot, scope) if {pair.a, pair.b} == {one, other}), None)
    if found is None:
        return Pairing(named[0], named[1], scope == WHOLE, 0, None, (), Cut(0, 0))
    (with_tasks,) = add_tasks(snapshot.columns(scope), [found])
    shown = list(with_tasks.task_iris[:most])
    tasks = tuple(_task(snapshot, row) for row in snapshot.rows(_TASKS, a=one, b=other, tasks=shown))
    cut = Cut(len(tasks), found.shared)
    return Pairing(named[0], named[1], scope == WHOLE, found.shared, read_figures(found), tasks, cut)


def evidence_of(snapshot: Snapshot, scope: Scope) -> Evidence:
    """Return the tasks of all pairs in view; made once for a part of the graph."""

    def make() -> Evidence:
        pairs = add_tasks(snapshot.columns(scope), pairs_of(snapshot, scope))
        iris = sorted({iri for pair in pairs for iri in pair.task_iris})
        rows = list(snapshot.rows(_NAMES, tasks=iris))
        places = {row["iri"]: place for place, row in enumerate(rows)}
        tasks = tuple(TaskName(snapshot.key(row["iri"]), row["title"], row["document"]) for row in rows)
        named = {
            ",".join(sorted((snapshot.key(pair.a), snapshot.key(pair.b)))): tuple(places[iri] for iri in pair.task_iris)
            for pair in pairs
        }
        return Evidence(tasks, named)

    return snapshot.remember(("evidence of pairs", scope), make)


def _read_office(snapshot: Snapshot, iri: str, key: str) -> Office:
    row = next(snapshot.rows(_BODY, iri=iri), None)
    if row is None:
        raise NotHereError("body", key)
    return Office(row["key"], row["name"], row["name"], row["kind"] == "generic", 0, 0, 0)


def _task(snapshot: Snapshot, row: Row) -> SharedTask:
    quote = Quote(row["quote"], row["document"], row["quote_start"], row["quote_end"], row["page"], row["rule"], row["file"])
    return SharedTask(
        key=snapshot.key(row["iri"]),
        number=row["number"],
        title=row["title"],
        document=row["document"],
        document_title=row["document_title"],
        role_a=_ROLES[row["role_a"]],
        role_b=_ROLES[row["role_b"]],
        quote=quote,
    )
