"""The overview's figures, against the ledger of the same build and the tables, counted in plain Python."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kg import store
from kg.analysis import measure_gaps
from kg.cli.summary import parent_policies
from kg.explorer import NotHereError, Params, Scope, Snapshot
from kg.explorer.overview import MOST_BODIES, gather_overview
from kg.explorer.picture import shade
from kg.report import gather_report

Ledger = Mapping[str, Any]


def asked(**query: str) -> Params:
    return Params(query={name: (value,) for name, value in query.items()})


def test_the_totals_are_those_of_the_ledger_and_of_the_report(snapshot: Snapshot, ledger: Ledger, built: Path) -> None:
    totals, report = gather_overview(snapshot, Params()).totals, gather_report(store.current(built)).totals
    tasks = [task for document in ledger["documents"] for task in document["tasks"]]
    assert totals.documents == len(ledger["documents"]) == report.documents
    assert totals.tasks + totals.measures == len(tasks)
    assert (totals.tasks, totals.measures) == (report.tasks, report.measures)
    assert totals.bodies == report.organizations
    assert totals.indicators == report.indicators
    assert totals.parents == len(parent_policies(ledger))


def test_what_is_decided(snapshot: Snapshot, ledger: Ledger, built: Path) -> None:
    decisions = [one for document in ledger["documents"] for one in document["decisions"]]
    waiting = [one for one in decisions if one["verdict"] in ("ambiguous", "unknown")]
    known = gather_overview(snapshot, Params()).coverage
    assert known.mentions == sum(one["subject"] != "metric" for one in decisions)
    assert (
        known.open == sum(one["subject"] != "metric" for one in waiting) == gather_report(store.current(built)).totals.undecided
    )
    assert known.unlisted == sum(one["subject"] == "metric" for one in waiting)
    assert known.decided == known.mentions - known.open
    assert known.by_hand == 0


def test_the_most_loaded_bodies(snapshot: Snapshot) -> None:
    on: dict[str, set[int]] = defaultdict(set)
    passed: dict[str, set[int]] = defaultdict(set)
    kinds = {row["iri"]: row["kind"] for row in snapshot.rows("SELECT iri, kind FROM organizations")}
    for row in snapshot.rows("SELECT task_id, organization, inherited FROM assignments WHERE organization IS NOT NULL"):
        (passed if row["inherited"] else on)[row["organization"]].add(row["task_id"])
    counts = Counter({body: len(tasks - passed[body]) for body, tasks in on.items() if kinds[body] != "generic"})
    shown = gather_overview(snapshot, Params())
    assert [load.tasks for load in shown.loads] == [count for _, count in counts.most_common(MOST_BODIES)]
    assert all(counts[load.organization] == load.tasks for load in shown.loads)
    assert shown.bodies.total == sum(count > 0 for count in counts.values())


def test_gaps_by_kind_and_by_document(snapshot: Snapshot) -> None:
    gaps = measure_gaps(snapshot.columns(Scope()))
    shown = gather_overview(snapshot, Params())
    assert {one.kind: one.open for one in shown.findings if one.open} == Counter(gap.kind for gap in gaps if not gap.reason)
    by_document = Counter(snapshot.key(gap.document) for gap in gaps if not gap.reason)
    assert {row.document.key: row.open for row in shown.documents} == by_document
    severities = [one.severity for one in shown.findings]
    assert severities == sorted(severities, key=["high", "medium", "low"].index)
    assert all(one.titles.keys() >= {"zh", "en"} for one in shown.findings)


def test_the_picture_counts_tasks_of_each_document(snapshot: Snapshot, ledger: Ledger) -> None:
    picture = gather_overview(snapshot, Params()).picture
    assert picture
    functions: dict[tuple[int, str], set[int]] = defaultdict(set)
    named = snapshot.rows(
        "SELECT assignments.document_id, task_id, coalesce(function, key) AS row, kind, organization_id, bool_or(inherited) AS passed"
        " FROM assignments JOIN organizations USING (organization_id) GROUP BY ALL"
    )
    for one in named:
        if not one["passed"] and one["kind"] != "generic":
            functions[one["document_id"], one["row"]].add(one["task_id"])
    for row in picture.rows:
        assert [cell.tasks for cell in row.cells] == [len(functions[document.number, row.key]) for document in picture.documents]
        assert row.tasks == sum(cell.tasks for cell in row.cells)
    nobody = {
        document["key"]: sum(not task["assignments"] and not task["measure"] for task in document["tasks"])
        for document in ledger["documents"]
    }
    assert {document.key: cell.tasks for document, cell in zip(picture.documents, picture.nobody, strict=True)} == nobody


def test_a_region_and_a_period(snapshot: Snapshot) -> None:
    city = gather_overview(snapshot, asked(region="130100"))
    assert {row.document.region for row in city.documents} == {"130100"}
    assert city.totals.documents == len(city.documents) == city.cut.total == 2
    assert {load.region_label for load in city.loads} == {"石家庄市"}
    year = gather_overview(snapshot, asked(region="130100", period="2023-2023"))
    assert [row.document.period for row in year.documents] == [(2023, 2023)]
    assert year.totals.tasks < city.totals.tasks < gather_overview(snapshot, Params()).totals.tasks
    nothing = gather_overview(snapshot, asked(region="130100", period="1999-1999"))
    assert (nothing.totals.documents, nothing.totals.tasks, nothing.loads, nothing.documents, nothing.picture) == (
        0,
        0,
        (),
        (),
        None,
    )
    with pytest.raises(NotHereError):
        gather_overview(snapshot, asked(region="999999"))


def test_shades_grow() -> None:
    shades = [shade(number, 22) for number in range(23)]
    assert shades == sorted(shades)
    assert (shades[0], shades[1], shades[22]) == (0, 1, 5)
