"""What if: the same measures with a body gone, or with tasks in other hands; the stored graph stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.analysis.columns import Columns, Row

_BODY = "SELECT organization_id, iri, coalesce(name, iri) AS label FROM organizations WHERE iri = $iri"
_TASK = "SELECT task_id, document_id, iri, document, title FROM tasks WHERE iri = $iri"
_ON_TASK = """
SELECT assignment_id, role, inherited, organization_id, coalesce(name, unit_written) AS label
FROM assignments LEFT JOIN organizations USING (organization_id) WHERE task_id = $task ORDER BY position, assignment_id
"""
_LOST = """
SELECT count(*) FILTER (named) AS tasks, count(*) FILTER (led) AS led, count(*) FILTER (NOT named) AS inherited
FROM duties WHERE organization_id = $body
"""
_ADDED = """
SELECT * FROM before WHERE NOT (task_id = {task} AND organization_id IS NOT DISTINCT FROM {body}) UNION ALL BY NAME
SELECT 0 AS assignment_id, document_id, task_id, {body} AS organization_id, iri AS task, document, 1 AS position,
  '{role}' AS role, false AS inherited, false AS collective, false AS vague,
  (SELECT iri FROM organizations WHERE organization_id = {body}) AS organization,
  (SELECT name FROM organizations WHERE organization_id = {body}) AS unit_written
FROM tasks WHERE task_id = {task}
"""
_REPLACED = """
SELECT * FROM before WHERE NOT (task_id = {task} AND (assignment_id IN ({gone}) OR organization_id = {body}))
UNION ALL BY NAME
SELECT * REPLACE (
  {body} AS organization_id, false AS collective, false AS vague,
  (SELECT iri FROM organizations WHERE organization_id = {body}) AS organization,
  (SELECT name FROM organizations WHERE organization_id = {body}) AS unit_written
) FROM before WHERE assignment_id = {kept}
"""


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a scenario, and what exactly it does."""

    kind: str  # "without" or "move"
    organization: str  # IRI
    task: str | None  # IRI
    words: str


def apply_scenario(columns: Columns, without: Iterable[str] = (), moves: Iterable[tuple[str, str]] = ()) -> list[Step]:
    """Change what the measures see: first the moves (task, body), each on top of the one before, then who is gone; all IRIs.

    Without a body, its tasks lose it; a task of its own is left to nobody. A move gives a task's lead to the body, or, where
    nobody leads, the place of the one body that is responsible. Where several are responsible and nobody leads, the body
    leads them; a task that names nobody gets it as responsible.

    :raises QueryError: a task or a body is not in view.
    """
    steps = [_move(columns, task, body) for task, body in moves]
    return steps + [_remove(columns, body) for body in dict.fromkeys(without)]


def _remove(columns: Columns, iri: str) -> Step:
    body = _find(columns, _BODY, iri, "body")
    ((tasks, led, inherited),) = columns.execute(_LOST, {"body": body["organization_id"]}).fetchall()
    columns.change("assignments", f"SELECT * FROM before WHERE organization_id IS DISTINCT FROM {body['organization_id']}")
    words = f"假设没有“{body['label']}”：{tasks} 项任务少了它，其中由它牵头的 {led} 项"
    return Step("without", iri, None, words + (f"；另有沿用（下同）的 {inherited} 项" if inherited else ""))


def _move(columns: Columns, task_iri: str, body_iri: str) -> Step:
    task, body = _find(columns, _TASK, task_iri, "task"), _find(columns, _BODY, body_iri, "body")
    on_task = list(columns.rows(_ON_TASK, {"task": task["task_id"]}))
    number, label = body["organization_id"], body["label"]
    leads, answering = (_in_role(on_task, role) for role in ("lead", "responsible"))
    if not leads and len(answering) != 1:
        role = "lead" if answering else "responsible"
        columns.change("assignments", _ADDED.format(body=number, task=task["task_id"], role=role))
        change = f"（{len(answering)} 家共同承担，无人牵头）由“{label}”牵头" if answering else f"（原无责任单位）由“{label}”负责"
        return Step("move", body_iri, task_iri, f"假设任务“{task['title']}”{change}")
    gone = leads or answering
    ids = [row["assignment_id"] for row in gone]
    columns.change(
        "assignments",
        _REPLACED.format(task=task["task_id"], body=number, gone=", ".join(map(str, ids)), kept=ids[0]),
    )
    before = "、".join(f"“{row['label']}”" for row in gone)
    also = [row for row in on_task if row["organization_id"] == number and row not in gone]
    words = f"假设任务“{task['title']}”的{'牵头' if leads else '责任单位'}由{before}改为“{label}”"
    return Step("move", body_iri, task_iri, words + ("，它在该任务的原有分工随之取消" if also else ""))


def _in_role(on_task: Sequence[Row], role: str) -> list[Row]:
    return [row for row in on_task if row["role"] == role and not row["inherited"]]


def _find(columns: Columns, sql: str, iri: str, what: str) -> Row:
    row = next(columns.rows(sql, {"iri": iri}), None)
    if row is None:
        raise QueryError(f"no {what} {iri} is in view; check --region and --period, or look it up with: zeren queries")
    return row
