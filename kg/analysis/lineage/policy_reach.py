"""Parent policies by reach: what hangs on each, by its own words and through other policies; which texts to fetch first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg import vocab

if TYPE_CHECKING:
    from kg.analysis.columns import Columns, Period


@dataclass(frozen=True, slots=True)
class PolicyReach:
    """A policy that some text names as its basis, and what hangs on it; bodies by 下同 do not count."""

    policy: str  # IRI
    title: str | None
    number: str | None  # 发文字号
    level: str | None  # code in schemes.ttl
    here: bool  # its text is in the graph, or that of the notice which issues it
    documents: int  # that name it themselves
    reached: int  # also through another policy
    tasks: int  # that name it in their own sentence
    tasks_reached: int  # those, and all tasks of documents that rest on it as a whole; also through another policy
    bodies: int  # on the tasks that name it
    bodies_reached: int
    regions: int  # of the documents reached
    task_iris: tuple[str, ...]  # that name it in their own sentence


@dataclass(frozen=True, slots=True)
class MissingText:
    """A policy that is named as a basis while its text is not in the graph, with the words of the first citation."""

    policy: str  # IRI
    title: str | None
    number: str | None
    level: str | None
    issuer: str | None  # as most often written
    tasks: int  # that hang on it: direct, with their document, or through another policy
    tasks_direct: int  # that name it in their own sentence
    documents: int  # that name it
    regions: int
    citation: str  # IRI
    document: str  # IRI, of the citation
    document_title: str
    task: str | None  # IRI
    quote: str
    start: int
    end: int
    file: str | None
    task_iris: tuple[str, ...]  # that name it in their own sentence


@dataclass(frozen=True, slots=True)
class PolicyCitation:
    """A place that names a policy as basis, with its words."""

    citation: str  # IRI
    document: str  # IRI
    document_title: str
    task: str | None  # IRI; None: outside the tasks
    task_title: str | None
    task_number: str | None
    quote: str
    start: int
    end: int
    file: str | None


def measure_policy_reach(
    columns: Columns, top: int | None = None, region: str | None = None, period: Period | None = None
) -> list[PolicyReach]:
    """Return the policies that some text names as its basis, those with most followers first.

    Policy P carries out Q where its text, anywhere, names Q as basis; a notice speaks for the plan that it issues. A document
    reaches Q where a chain of such steps leads there. A task rests on what its own sentence names and on what its document
    names outside its tasks, and on whatever these reach: a plan that names a policy within one task hangs on it with that
    task, not with all.

    ``columns`` holds the whole graph, through which the chains lead; ``region`` (IRI or code) and ``period`` say whose
    documents, tasks and bodies count.
    """
    asked = {"top": top, **scope_parameters(columns, region, period)}
    return [PolicyReach(**_listed(row)) for row in columns.records("parent-policies", **asked)]


def find_missing_texts(
    columns: Columns, top: int | None = None, region: str | None = None, period: Period | None = None
) -> list[MissingText]:
    """Return the policies to fetch first: those whose text is missing, by how many tasks hang on them.

    ``columns`` holds the whole graph; ``region`` (IRI or code) and ``period`` say whose documents and tasks count.
    """
    asked = {"top": top, **scope_parameters(columns, region, period)}
    return [MissingText(**_listed(row)) for row in columns.records("missing-texts", **asked)]


def find_citations(columns: Columns, policy: str) -> list[PolicyCitation]:
    """Return each place that names a policy, given by its IRI, as basis, in reading order."""
    return [PolicyCitation(**row) for row in columns.records("policy-citations", policy=policy)]


def scope_parameters(columns: Columns, region: str | None, period: Period | None) -> dict[str, Any]:
    """Return whose documents count, as the measures of lineage ask for it."""
    first, last = period or (None, None)
    code = None if region is None else vocab.key_of(region, "region", columns.base)
    return {"region": code, "first_year": first, "last_year": last}


def _listed(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "task_iris": tuple(row["task_iris"])}
