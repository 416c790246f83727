"""From a body's key to its page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from kg.explorer.department.beside import find_partners, list_findings, set_beside
from kg.explorer.department.body import read_body
from kg.explorer.department.duties import (
    STANDING,
    UNDATED,
    Entry,
    group_duties,
    list_documents,
    list_duties,
    list_terms,
    list_written,
    list_years,
    read_asked,
)
from kg.explorer.department.records import ROLES, DepartmentView
from kg.explorer.params import Params
from kg.explorer.records import Cut
from kg.explorer.sharing import list_places
from kg.explorer.snapshot import Snapshot

MOST_TASKS = 500  # in a page; a file holds all
_KEYS = "SELECT key FROM organizations ORDER BY key"


def gather_department(snapshot: Snapshot, params: Params, most: int = MOST_TASKS) -> DepartmentView:
    """Return the page of a body, its tasks restricted as the address asks.

    :raises NotHereError: there is no such body.
    """
    number, body = read_body(snapshot, params.key)
    today, asked = snapshot.built.date(), read_asked(params)
    entries = list_duties(snapshot, number)
    fitting = [entry for entry in entries if entry.fits(asked)]
    partners, partners_cut = find_partners(snapshot, body.iri)
    return DepartmentView(
        body=body,
        written=list_written(entries),
        asked=asked,
        total=len(entries),
        counts=_count_roles(entries),
        overdue=_count_overdue(entries, today),
        roles=group_duties(snapshot, number, fitting[:most], today),
        cut=Cut(min(most, len(fitting)), len(fitting)),
        documents=list_documents(entries),
        years=list_years(entries),
        indicators=_count_targets(entries),
        terms=list_terms(entries, today),
        standing=sum(entry.term == STANDING for entry in entries),
        undated=sum(entry.term == UNDATED for entry in entries),
        load=set_beside(snapshot, body.iri),
        partners=partners,
        partners_cut=partners_cut,
        shares=body.region in {place.code for place in list_places(snapshot)},
        findings=list_findings(snapshot, entries),
        built=today,
    )


def list_departments(snapshot: Snapshot) -> list[str]:
    """Return the keys of all bodies."""
    return [row["key"] for row in snapshot.rows(_KEYS)]


def _count_roles(entries: Sequence[Entry]) -> Mapping[str, int]:
    counts = Counter(entry.role for entry in entries)
    return {role: counts[role] for role in ROLES}


def _count_overdue(entries: Sequence[Entry], today: date) -> int:
    return sum(entry.day is not None and entry.day < today for entry in entries)


def _count_targets(entries: Sequence[Entry]) -> Mapping[str, int]:
    having = sum(entry.targets > 0 for entry in entries)
    return {"yes": having, "no": len(entries) - having, "count": sum(entry.targets for entry in entries)}
