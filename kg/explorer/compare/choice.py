"""Which plans there are to compare: those that follow each other first, then any two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.analysis.continuity.plans import Plan, find_successions, list_plans
from kg.explorer.compare.records import Choice, PairEntry, PlanEntry
from kg.explorer.params import Params, Scope
from kg.explorer.records import Cut, NotHereError
from kg.explorer.snapshot import Snapshot

_PAIRS = 600  # in a list
_FREE = 120  # documents that a menu lists without asking for a region first
_TITLE = "SELECT any_value(policy_title) AS title FROM citations WHERE policy = $iri AND policy_title IS NOT NULL"


def known_plans(snapshot: Snapshot) -> Mapping[str, Plan]:
    """Return the documents as the analysis compares them, by key."""
    return snapshot.remember("plans", lambda: {plan.key: plan for plan in list_plans(snapshot.columns(Scope()))})


def successions(snapshot: Snapshot) -> tuple[tuple[Plan, Plan], ...]:
    """Return each plan with the one that follows it."""
    return snapshot.remember("successions", lambda: _by_series(find_successions(known_plans(snapshot).values())))


def _by_series(pairs: Iterable[tuple[Plan, Plan]]) -> tuple[tuple[Plan, Plan], ...]:
    """Return pairs with those of a series together, the latest first."""

    def rank(pair: tuple[Plan, Plan]) -> tuple[str, str, int, str]:
        before, after = pair
        series = before.series or ()
        return before.region or "", " ".join(part or "" for part in series), -(after.period or (0, 0))[0], before.key

    return tuple(sorted(pairs, key=rank))


def entry(plan: Plan) -> PlanEntry:
    """Return a plan as lists name it."""
    return PlanEntry(plan.key, plan.title, plan.region, plan.region_name, plan.period, plan.tasks)


def gather_choice(snapshot: Snapshot, params: Params, absent: str = "") -> Choice:
    """Return what there is to choose from, of one region or of all."""
    plans = known_plans(snapshot).values()
    regions = tuple(dict.fromkeys((plan.region, plan.region_name or plan.region) for plan in plans if plan.region and plan.tasks))
    codes = [code for code, _ in regions]
    region = params.choice("region", codes)
    other = params.choice("with", codes) or region
    words = params.one("q").casefold()
    pairs = [
        PairEntry(entry(one), entry(next_))
        for one, next_ in successions(snapshot)
        if region in ("", one.region) and words in f"{one.title} {next_.title} {one.region_name}".casefold()
    ]
    # a list of all documents of all regions is nothing to choose from
    free = region or len(plans) <= _FREE
    before, after = (
        tuple(entry(plan) for plan in plans if free and plan.tasks and code in ("", plan.region)) for code in (region, other)
    )
    return Choice(tuple(pairs[:_PAIRS]), Cut(min(len(pairs), _PAIRS), len(pairs)), regions, region, other, before, after, absent)


def find_plan(snapshot: Snapshot, key: str) -> Plan | str:
    """Return the plan of a key, or the title of a policy that is cited and whose text is not here.

    :raises NotHereError: nobody knows it.
    """
    found = known_plans(snapshot).get(key)
    if found is not None:
        return found
    row = next(snapshot.rows(_TITLE, iri=snapshot.iri("policy", key)), None)
    if row is None or row["title"] is None:
        raise NotHereError("document", key)
    return str(row["title"])
