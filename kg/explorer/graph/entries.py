"""Tasks and documents of the tables in the shape of the ledger, which every view of the graph is made of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from kg.explorer.graph.reach import MOST_WORDED, Reach
from kg.explorer.snapshot import Row, Snapshot
from kg.rdf.stated import COMPARATORS

Entry = dict[str, Any]

_DOCUMENTS = """
SELECT document_id, iri, key, title, number, issuer_written, date, region_code, region_name, year(period_start) AS first,
    year(period_end) AS last, file, path, encoding, sha256
FROM documents
WHERE document_id IN (SELECT unnest($documents::INTEGER[])) ORDER BY document_id
"""
_STATED = """
SELECT document_id, subject, reason FROM decisions
WHERE document_id IN (SELECT unnest($documents::INTEGER[])) AND verdict = 'stated'
ORDER BY document_id, subject, position
"""
_TASKS = """
SELECT task_id, document_id, iri, number, path, section, title, quote_start, quote_end, measure, joint, due_text,
    CASE WHEN task_id IN (SELECT unnest($worded::INTEGER[])) THEN text ELSE '' END AS text
FROM tasks WHERE task_id BETWEEN $first AND $last AND task_id IN (SELECT unnest($tasks::INTEGER[])) ORDER BY task_id
"""
_ASSIGNMENTS = """
SELECT task_id, role, unit_written, assignments.organization, organizations.key, coalesce(name, other_names[1]) AS name, kind,
    function_name, inherited, collective, vague, quote, quote_start, quote_end,
    corrected_by, corrected_at, correction_reason, correction_before
FROM assignments LEFT JOIN organizations USING (organization_id)
WHERE task_id BETWEEN $first AND $last
    AND (task_id IN (SELECT unnest($whole::INTEGER[]))
        OR (task_id IN (SELECT unnest($touching::INTEGER[])) AND assignments.organization = $center))
ORDER BY task_id, assignments.position
"""
_INDICATORS = """
SELECT document_id, task_id, iri, kind, name, metric_name, comparator, value, unit_written, year, baseline_year, baseline_value,
    binding, quote, quote_start, quote_end, corrected_by, corrected_at, correction_reason, correction_before
FROM indicators
WHERE task_id IN (SELECT unnest($whole::INTEGER[]))
    OR (task_id IS NULL AND (document_id = $document OR iri = $center))
ORDER BY document_id, task_id NULLS FIRST, position
"""
_CITATIONS = """
SELECT document_id, task_id, title_written, issuer_written, relation, level, policy, policy_title, policy_level,
    quote, quote_start, quote_end
FROM citations
WHERE task_id IN (SELECT unnest($whole::INTEGER[]))
    OR (task_id IN (SELECT unnest($touching::INTEGER[])) AND policy = $center)
    OR (task_id IS NULL AND (document_id = $document OR policy = $center))
ORDER BY document_id, position
"""
_LINES = re.compile(r"\s*\n\s*")
_SIGNS = {code: sign for sign, code in COMPARATORS.items()}


def read_entries(snapshot: Snapshot, reach: Reach, center: str) -> tuple[Entry, ...]:
    """Return the documents around a thing, each with as many of its tasks, and of what they hold, as belong there."""
    numbers = sorted({*reach.whole, *reach.touching})
    first, last = (numbers[0], numbers[-1]) if numbers else (0, 0)  # of files sorted by number, most need not be read
    whole, touching = list(reach.whole), list(reach.touching)
    worded = [*reach.whole, *reach.touching][:MOST_WORDED]
    tasks = list(snapshot.rows(_TASKS, tasks=numbers, worded=worded, first=first, last=last))
    units = _group(snapshot.rows(_ASSIGNMENTS, whole=whole, touching=touching, center=center, first=first, last=last), "task_id")
    own = reach.document
    indicators = list(snapshot.rows(_INDICATORS, whole=whole, document=own, center=center))
    citations = list(snapshot.rows(_CITATIONS, whole=whole, touching=touching, document=own, center=center))
    homes = {int(row["document_id"]) for row in (*tasks, *indicators, *citations)} | ({own} if own is not None else set())
    documents = read_documents(snapshot, homes)
    aims, cited = _group(indicators, "document_id", "task_id"), _group(citations, "document_id", "task_id")
    for row in tasks:
        place = row["document_id"], row["task_id"]
        entry = _task(row, units.get((row["task_id"],), ()), aims.get(place, ()), cited.get(place, ()))
        documents[row["document_id"]]["tasks"].append(entry)
    for number, entry in documents.items():
        entry["indicators"] = [_indicator(row) for row in aims.get((number, None), ())]
        entry["citations"] = [_citation(row) for row in cited.get((number, None), ())]
    return tuple(documents.values())


def read_documents(snapshot: Snapshot, numbers: Iterable[int]) -> dict[int, Entry]:
    """Return documents by their number, without what stands in them."""
    wanted = sorted(numbers)
    stated = _group(snapshot.rows(_STATED, documents=wanted), "document_id")
    rows = snapshot.rows(_DOCUMENTS, documents=wanted)
    return {row["document_id"]: _document(row, stated.get((row["document_id"],), ())) for row in rows}


def _group(rows: Iterable[Row], *keys: str) -> Mapping[tuple[Any, ...], list[Row]]:
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[tuple(row[key] for key in keys)].append(row)
    return groups


def _document(row: Row, stated: Sequence[Row]) -> Entry:
    period = [row["first"], row["last"]] if row["first"] and row["last"] else None
    return {
        "id": row["iri"],
        "key": row["key"],
        "file": row["file"],
        "sha256": row["sha256"],
        "encoding": row["encoding"],
        "title": row["title"],
        "issuer": row["issuer_written"],
        "number": row["number"],
        "region": row["region_name"],
        "region_code": row["region_code"],
        "date": row["date"].isoformat() if row["date"] else None,
        "period": period,
        "stated": _stated(row, period, stated),
        "tasks": [],
        "indicators": [],
        "citations": [],
    }


def _stated(row: Row, period: list[int] | None, stated: Sequence[Row]) -> Entry | None:
    """Return what a person said of the document because it does not say so itself."""
    said = {"policy": ("title", row["title"]), "region": ("region", row["region_name"]), "period": ("period", period)}
    values = dict(pair for subject, pair in said.items() if subject in {one["subject"] for one in stated})
    reasons = "；".join(dict.fromkeys(one["reason"] for one in stated))
    return {**values, "reason": reasons} if stated else None


def _task(row: Row, units: Sequence[Row], indicators: Sequence[Row], citations: Sequence[Row]) -> Entry:
    return {
        "id": row["iri"],
        "number": row["number"],
        "path": row["path"],
        "section_id": row["section"],
        "title": row["title"],
        "text": row["text"],
        "start": row["quote_start"],
        "end": row["quote_end"],
        "measure": row["measure"],
        "joint": row["joint"],
        "deadline": row["due_text"],
        "assignments": [_assignment(one) for one in units],
        "indicators": [_indicator(one) for one in indicators],
        "citations": [_citation(one) for one in citations],
    }


def _assignment(row: Row) -> Entry:
    return {
        "unit": row["unit_written"],
        "unit_id": row["organization"],
        "unit_key": row["key"],
        "label": row["name"],
        "kind": row["kind"],
        "function_label": row["function_name"],
        "role": row["role"],
        "inherited": row["inherited"],
        "collective": row["collective"],
        "vague": row["vague"],
        "correction": _correction(row),
        **_place(row),
    }


def _indicator(row: Row) -> Entry:
    before = {"year": row["baseline_year"], "value": _number(row["baseline_value"])}
    return {
        "id": row["iri"],
        "kind": row["kind"],
        "name": row["name"],
        "metric": row["metric_name"],
        "op": _SIGNS.get(row["comparator"]),
        "value": _number(row["value"]),
        "unit": row["unit_written"],
        "year": row["year"],
        "baseline": before if row["baseline_year"] is not None else None,
        "binding": row["binding"],
        "correction": _correction(row),
        **_place(row),
    }


def _citation(row: Row) -> Entry:
    known = row["policy_level"] not in (None, "unknown")
    return {
        "policy_id": row["policy"],
        "title": row["title_written"],
        "relation": row["relation"],
        "level": row["policy_level"] if known else row["level"],
        "issuer": row["issuer_written"],
        **_place(row),
    }


def _place(row: Row) -> Entry:
    """Return where words stand, and the words without the lines' ends between them."""
    return {"quote": _LINES.sub("", row["quote"] or "") or None, "start": row["quote_start"], "end": row["quote_end"]}


def _correction(row: Row) -> Entry | None:
    if row["corrected_by"] is None:
        return None
    when = row["corrected_at"].isoformat() if row["corrected_at"] else None
    return {"by": row["corrected_by"], "when": when, "why": row["correction_reason"], "before": row["correction_before"]}


def _number(value: Decimal | None) -> int | float | None:
    """Return a JSON number: 130 stays whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
