"""Where chains begin: policies by reach, bodies by load, metrics by use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.analysis import Load
from kg.analysis.lineage.policy_reach import PolicyReach, measure_policy_reach
from kg.explorer.chain.records import Start, StartView
from kg.explorer.measured import loads_of
from kg.explorer.params import Params, Scope
from kg.explorer.records import Cut
from kg.explorer.snapshot import Snapshot

_MOST = 15
_METRICS = """
SELECT metric AS iri, any_value(metric_name) AS name, count(DISTINCT document_id) AS documents, count(DISTINCT task_id) AS tasks
FROM indicators WHERE metric IS NOT NULL AND task_id IS NOT NULL GROUP BY metric ORDER BY tasks DESC, metric
"""


def gather_start(snapshot: Snapshot, params: Params) -> StartView:
    """Return what chains can begin at; ``q`` keeps what is called so."""
    asked = params.one("q")
    policies = _keep(asked, (_policy(snapshot, one) for one in _reach(snapshot)))
    bodies = _keep(asked, (_body(snapshot, one) for one in loads_of(snapshot) if one.kind != "generic"))
    metrics = _keep(asked, _metrics(snapshot))
    first = [(tuple(found[:_MOST]), Cut(min(_MOST, len(found)), len(found))) for found in (policies, bodies, metrics)]
    return StartView(asked, *first[0], *first[1], *first[2])


def _reach(snapshot: Snapshot) -> Sequence[PolicyReach]:
    return snapshot.remember("reach of policies", lambda: measure_policy_reach(snapshot.columns(Scope())))


def _metrics(snapshot: Snapshot) -> Sequence[Start]:
    def make() -> Sequence[Start]:
        rows = snapshot.rows(_METRICS)
        return [Start(snapshot.key(row["iri"]), row["name"], None, None, row["documents"], row["tasks"]) for row in rows]

    return snapshot.remember("metrics by use", make)


def _keep(asked: str, found: Iterable[Start]) -> list[Start]:
    return [one for one in found if asked.casefold() in f"{one.title} {one.note or ''}".casefold()]


def _policy(snapshot: Snapshot, one: PolicyReach) -> Start:
    return Start(snapshot.key(one.policy), one.title or one.policy, one.number, one.level, one.reached, one.tasks_reached)


def _body(snapshot: Snapshot, one: Load) -> Start:
    return Start(snapshot.key(one.organization), one.label, one.region_label, None, one.documents, one.tasks)
