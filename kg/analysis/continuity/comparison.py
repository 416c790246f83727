"""What people name, compared: a region's successive plans, two documents, or several regions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from kg import vocab
from kg.analysis.columns import open_columns
from kg.analysis.continuity.changes import PlanComparison, compare_plans
from kg.analysis.continuity.cities import CityComparison, compare_cities
from kg.analysis.continuity.plans import Plan, find_successions, list_plans, read_contents
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.analysis.columns import Columns
    from kg.queryable import Queryable
    from kg.store import Generation

_SHOWN = 6  # candidates in a message


@dataclass(frozen=True)
class Comparison:
    """The answer to ``zeren compare``: pairs of plans, or cities side by side."""

    pairs: tuple[PlanComparison, ...] = ()
    cities: CityComparison | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return plain values, for JSON."""
        return asdict(self)


def compare(
    store: Queryable, what: Sequence[str], generation: Generation | None = None, period: tuple[int, int] | None = None
) -> Comparison:
    """Return what is named, compared: regions (name, code, IRI) or documents (title, key, IRI).

    One region: each of its plans with the one that follows. Several regions: side by side; ``period`` leaves only the documents
    that plan for those years. Documents: each with the next one in the order of their periods.

    :raises QueryError: nothing is called so, several things are, or they cannot be compared.
    """
    with open_columns(generation or store) as columns:
        plans = [plan for plan in list_plans(columns) if period in (None, plan.period)]
        named = [_find(store, columns, plans, text) for text in dict.fromkeys(what)]
        regions = [one for one in named if isinstance(one, tuple)]
        documents = [one for one in named if isinstance(one, Plan)]
        if regions and documents:
            raise QueryError("compare takes regions or documents, not both at once; name either")
        if len(regions) > 1:
            return Comparison(cities=compare_cities(columns, regions, plans))
        pairs = _succeeding(plans, *regions[0]) if regions else _in_order(documents)
        contents = read_contents(columns, list(dict.fromkeys(plan for pair in pairs for plan in pair)))
    return Comparison(tuple(compare_plans(contents[one.id], contents[other.id]) for one, other in pairs))


def _find(store: Queryable, columns: Columns, plans: Iterable[Plan], text: str) -> Plan | tuple[str, str]:
    """Return the document or the region (code and name) that a text names."""
    from kg.ask import resolve_value, shorten

    own = [plan for plan in plans if text.strip("《》<>") in (plan.title, plan.key, plan.iri)]
    if len(own) > 1:
        shown = "; ".join(f"{plan.region_name or '?'} {plan.years} {plan.key}" for plan in own[:_SHOWN])
        raise QueryError(f"{text!r} fits {len(own)} documents; give the key of one: {shown}")
    if own:
        return own[0]
    faults = []
    for kind in ("region", "document"):
        try:
            found = resolve_value(store, kind, text)
        except QueryError as error:
            if " fits " in str(error):  # of this kind there are several
                raise
            faults.append(str(error))
            continue
        return _region(columns, plans, found.value, text) if kind == "region" else _document(plans, found.value)
    raise QueryError(f"nothing to compare is called {shorten(text)!r}: {'; '.join(faults)}")


def _document(plans: Iterable[Plan], iri: str) -> Plan:
    found = next((plan for plan in plans if plan.iri == iri), None)
    if found is None:
        raise QueryError(f"{iri}: its text is not here, or it is of another period; name another document")
    return found


def _region(columns: Columns, plans: Iterable[Plan], iri: str, text: str) -> tuple[str, str]:
    code = vocab.key_of(iri, "region", columns.base)
    name = next((plan.region_name for plan in plans if plan.region == code), None)
    if name is None:
        raise QueryError(f"no document of {text!r} is here; the regions with documents: {_regions(plans)}")
    return code, name


def _regions(plans: Iterable[Plan]) -> str:
    names = list(dict.fromkeys(plan.region_name for plan in plans if plan.region_name))
    return "、".join(names[:_SHOWN]) + ("……" if len(names) > _SHOWN else "") or "none"


def _succeeding(plans: Sequence[Plan], code: str, name: str) -> list[tuple[Plan, Plan]]:
    own = [plan for plan in plans if plan.region == code]
    if pairs := find_successions(own):
        return pairs
    titles = "、".join(f"《{plan.title}》" for plan in own[:_SHOWN])
    raise QueryError(
        f"{name} has no two plans of one kind for successive periods; its documents: {titles}; name two documents to compare"
        " them all the same, or another region to set beside it"
    )


def _in_order(documents: Sequence[Plan]) -> list[tuple[Plan, Plan]]:
    if len(documents) < 2:
        raise QueryError("compare needs two documents, or a region; name another one")
    if all(plan.period is not None for plan in documents):
        documents = sorted(documents, key=lambda plan: plan.period or (0, 0))
    return list(pairwise(documents))
