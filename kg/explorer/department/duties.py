"""The tasks of a body: all of them in a few words, to count and to choose from; those chosen in all their words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

from kg.explorer.department.records import (
    ROLES,
    Asked,
    Choice,
    Due,
    Duty,
    DutyRole,
    InDocument,
    InRole,
    Named,
    Target,
    Term,
)
from kg.explorer.params import Params
from kg.explorer.records import DocumentEntry, Quote
from kg.explorer.snapshot import Row, Snapshot

STANDING, UNDATED = "standing", "none"
_ALL = """
SELECT task_id, any_value(tasks.iri) AS iri, any_value(title) AS title, any_value(tasks.document_id) AS document,
    any_value(tasks.position) AS position,
    CASE WHEN bool_or(inherited) THEN 'inherited' WHEN bool_or(role = 'lead') THEN 'lead'
        WHEN bool_or(role = 'responsible') THEN 'responsible' ELSE 'support' END AS role,
    first(unit_written ORDER BY assignments.position) AS written,
    any_value(due_kind) AS due_kind, any_value(due_date) AS due_date, any_value(due_precision) AS due_precision,
    coalesce(any_value(measured.count), 0) AS targets, any_value(measured.last) AS target_date
FROM assignments JOIN tasks USING (task_id) LEFT JOIN (
    SELECT task_id, count(*) AS count, max(due_date) FILTER (coalesce(year_stated, true)) AS last
    FROM indicators WHERE task_id IS NOT NULL GROUP BY task_id
) AS measured USING (task_id)
WHERE organization_id = $body GROUP BY task_id
"""
_WORDS = """
SELECT task_id, number, path, due_text, quote, quote_start, quote_end, page, rule, file
FROM tasks WHERE task_id IN (SELECT unnest($tasks::INTEGER[]))
"""
_BODIES = """
SELECT task_id, count(DISTINCT organization_id) FILTER (NOT inherited) AS bodies,
    list(DISTINCT {key: organizations.key, name: coalesce(organizations.name, organizations.key)})
        FILTER (role = 'lead' AND organization_id <> $body) AS leads
FROM assignments LEFT JOIN organizations USING (organization_id)
WHERE task_id IN (SELECT unnest($tasks::INTEGER[])) GROUP BY task_id
"""
_TARGETS = """
SELECT task_id, as_written, metric, year, year_stated, binding
FROM indicators WHERE task_id IN (SELECT unnest($tasks::INTEGER[])) ORDER BY task_id, position
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A task of the body in a few words."""

    task: int
    key: str
    title: str
    document: DocumentEntry
    position: int
    role: DutyRole
    written: str
    kind: str | None  # dated, recurring, continuous; indicator: a target alone says a year; None: nothing does
    day: date | None
    quarter: int | None  # where the text is that precise
    targets: int

    @property
    def term(self) -> str:
        """What the filter by time asks: a year, ``standing`` for what comes back or goes on, or ``none``."""
        return str(self.day.year) if self.day else STANDING if self.kind else UNDATED

    def fits(self, asked: Asked) -> bool:
        """Whether the list still holds it."""
        return (
            asked.role in ("", self.role)
            and asked.document in ("", self.document.key)
            and asked.year in ("", self.term)
            and asked.indicator in ("", "yes" if self.targets else "no")
        )


def read_asked(params: Params) -> Asked:
    """Return what an address restricts the list to: ``role=lead&document=KEY&year=2025&indicator=yes``."""
    year = params.one("year")
    timed = year in (STANDING, UNDATED) or (year.isascii() and year.isdecimal() and len(year) == 4)
    role = params.choice("role", get_args(DutyRole))
    return Asked(role, params.one("document"), year if timed else "", params.choice("indicator", ("yes", "no")))


def list_duties(snapshot: Snapshot, body: int) -> list[Entry]:
    """Return all tasks of a body by role, document, time limit and place."""
    documents = {one.number: (place, one) for place, one in enumerate(snapshot.documents.values())}
    found = [_entry(row, snapshot.key(row["iri"]), documents[row["document"]][1]) for row in snapshot.rows(_ALL, body=body)]

    def order(entry: Entry) -> tuple[object, ...]:
        return ROLES.index(entry.role), documents[entry.document.number][0], entry.day or date.max, entry.position

    return sorted(found, key=order)


def _entry(row: Row, key: str, document: DocumentEntry) -> Entry:
    day, kind = row["due_date"], row["due_kind"]
    if kind is None and row["target_date"]:
        day, kind = row["target_date"], "indicator"
    precise = row["due_precision"] in ("month", "day", "quarter") and row["due_date"] is not None
    quarter = (day.month + 2) // 3 if precise else None
    return Entry(
        row["task_id"],
        key,
        row["title"],
        document,
        row["position"],
        row["role"],
        row["written"],
        kind,
        day,
        quarter,
        row["targets"],
    )


def list_written(entries: Iterable[Entry]) -> tuple[tuple[str, int], ...]:
    """Return what tasks call the body, the commonest first, and how many do."""
    return tuple(sorted(Counter(entry.written for entry in entries).items(), key=lambda one: (-one[1], one[0])))


def list_documents(entries: Iterable[Entry]) -> tuple[Choice, ...]:
    """Return the documents to choose from, in their order."""
    counts = Counter(entry.document for entry in entries)
    places = sorted(counts, key=lambda one: (one.region or "", one.period or (0, 0), one.key))
    return tuple(Choice(one.key, one.title, counts[one]) for one in places)


def list_years(entries: Iterable[Entry]) -> tuple[Choice, ...]:
    """Return the years to choose from, then what comes back, then what has no time limit."""
    counts = Counter(entry.term for entry in entries)
    years = sorted(term for term in counts if term.isdecimal())
    return tuple(Choice(term, term, counts[term]) for term in (*years, STANDING, UNDATED) if counts[term])


def list_terms(entries: Iterable[Entry], today: date) -> tuple[Term, ...]:
    """Return what is due when, the earliest first."""
    found: dict[tuple[int, int], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.day is not None:
            found[entry.day.year, entry.quarter or 0].append(entry)
    return tuple(_term(year, quarter or None, found[year, quarter], today) for year, quarter in sorted(found))


def _term(year: int, quarter: int | None, entries: Sequence[Entry], today: date) -> Term:
    led, guessed = sum(one.role == "lead" for one in entries), sum(one.kind == "indicator" for one in entries)
    return Term(year, quarter, len(entries), led, guessed, all(one.day is not None and one.day < today for one in entries))


def group_duties(snapshot: Snapshot, body: int, entries: Sequence[Entry], today: date) -> tuple[InRole, ...]:
    """Return tasks with all their words, by role and document."""
    duties = _read_words(snapshot, body, entries, today)
    grouped: dict[DutyRole, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        grouped[entry.role][entry.document.key].append(entry)
    return tuple(
        InRole(
            role,
            sum(map(len, parts.values())),
            tuple(InDocument(part[0].document, tuple(duties[one.task] for one in part)) for part in parts.values()),
        )
        for role, parts in grouped.items()
    )


def _read_words(snapshot: Snapshot, body: int, entries: Sequence[Entry], today: date) -> Mapping[int, Duty]:
    numbers = [entry.task for entry in entries]
    around = {row["task_id"]: row for row in snapshot.rows(_BODIES, tasks=numbers, body=body)}
    targets: dict[int, dict[str, Target]] = defaultdict(dict)  # two metrics in the same words are read once
    for row in snapshot.rows(_TARGETS, tasks=numbers):
        metric = snapshot.key(row["metric"]) if row["metric"] else None
        year = row["year"] if row["year_stated"] in (True, None) else None
        targets[row["task_id"]].setdefault(row["as_written"], Target(row["as_written"], metric, year, row["binding"]))
    words = {row["task_id"]: row for row in snapshot.rows(_WORDS, tasks=numbers)}
    return {one.task: _duty(one, words[one.task], around[one.task], tuple(targets[one.task].values()), today) for one in entries}


def _duty(entry: Entry, row: Row, around: Row, targets: tuple[Target, ...], today: date) -> Duty:
    place = row["quote_start"], row["quote_end"], row["page"], row["rule"], row["file"]
    leads = sorted((Named(one["key"], one["name"]) for one in around["leads"] or ()), key=lambda one: one.key)
    due = None
    if entry.kind is not None:
        due = Due(row["due_text"] or "", entry.kind, entry.day, entry.day is not None and entry.day < today)
    return Duty(
        key=entry.key,
        number=row["number"],
        title=entry.title,
        path=tuple(row["path"]),
        role=entry.role,
        written=entry.written,
        bodies=around["bodies"],
        leads=tuple(leads),
        due=due,
        targets=targets,
        quote=Quote(row["quote"], entry.document.key, *place),
        term=entry.term,
    )
