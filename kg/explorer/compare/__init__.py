"""比较 Two plans of successive years, or cities side by side.

    choice.py    which plans follow each other, and which others there are
    plans.py     what became of a plan's tasks, targets and bodies in another one
    words.py     which words of two sentences differ
    cities.py    the same function or metric over cities
    records.py   what the screen shows

What two plans come to is worked out in ``kg.analysis.continuity``, as ``zeren compare`` says it.
"""

from __future__ import annotations

from kg.analysis.continuity.plans import Plan
from kg.explorer.compare.choice import find_plan, gather_choice, successions
from kg.explorer.compare.cities import gather_cities, list_subjects
from kg.explorer.compare.plans import gather_plans
from kg.explorer.compare.records import CompareView
from kg.explorer.params import Params
from kg.explorer.records import NotHereError
from kg.explorer.snapshot import Snapshot

__all__ = ["CompareView", "gather_compare", "list_parts", "successions"]


def gather_compare(snapshot: Snapshot, params: Params) -> CompareView:
    """Return two plans (``before``, ``after``), cities (``by=city``), or what there is to choose from.

    :raises NotHereError: a plan that is named is not there.
    """
    params = _of_part(params)
    if params.choice("by", ("city",)) or params.one("function") or params.one("metric"):
        return CompareView(cities=gather_cities(snapshot, params))
    before, after = params.one("before"), params.one("after")
    if not before or not after:
        return CompareView(choice=gather_choice(snapshot, params))
    earlier, later = find_plan(snapshot, before), find_plan(snapshot, after)
    for plan in (earlier, later):
        if isinstance(plan, str):
            return CompareView(choice=gather_choice(snapshot, params, plan))
    assert isinstance(earlier, Plan)
    assert isinstance(later, Plan)
    return CompareView(plans=gather_plans(snapshot, earlier, later, params))


def list_parts(snapshot: Snapshot) -> list[str]:
    """Return the keys of what a folder of pages holds, whose addresses have no query: ``pair/A..B``, ``function/KEY``."""
    return [*(f"pair/{before.key}..{after.key}" for before, after in successions(snapshot)), *list_subjects(snapshot)]


def _of_part(params: Params) -> Params:
    """Return the state that the address of a part says: ``pair/A..B`` is ``before=A&after=B``.

    :raises NotHereError: there is no such part.
    """
    what, _, key = params.key.partition("/")
    before, _, after = key.partition("..")
    said = {
        "": {},
        "pair": {"before": before, "after": after},
        "cities": {"by": "city"},
        "function": {"by": "city", "function": key},
        "metric": {"by": "city", "metric": key},
    }
    if what not in said or "" in said[what].values():
        raise NotHereError("comparison", params.key)
    return Params("", {**params.query, **{name: (value,) for name, value in said[what].items()}})
