"""From what a document says to whom and what it means; every conclusion is a decision with its reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from kg.extract.citations.numbers import normalize_number
from kg.model import Decision, Level, Organization, Policy, Reading, Region, Resolved
from kg.registry import Registry, Statement
from kg.resolve.citations import find_annex, resolve_citations
from kg.resolve.marks import level_of_units
from kg.resolve.metrics import resolve_metrics
from kg.resolve.organizations import resolve_name, resolve_units
from kg.resolve.policies import resolve_own, resolve_title
from kg.resolve.regions import Scope, find_region, state_for

__all__ = ["resolve_reading"]


def resolve_reading(reading: Reading, registry: Registry, statement: Statement | None = None) -> Resolved:
    """Return the reading with its region, bodies, policies and metrics decided.

    ``statement`` is what a person says of the document; without one, what ``seeds/corpus.toml`` has on it.
    """
    statement = statement or state_for(reading.document, registry.statements)
    region, where = find_region(reading, registry, statement)
    period, when = _period(reading, statement)
    scope = _scope(reading, region, period)
    organizations, bodies = resolve_units(reading, scope, registry)
    policies, annexes, titles = resolve_citations(reading, scope, registry)
    metrics, measures = resolve_metrics(reading, scope, registry)
    own, called = _own_policy(reading, scope, registry, statement)
    issued = find_annex(own, scope, registry) if reading.profile.title else None
    return Resolved(
        reading=reading,
        policy=own,
        region=region,
        period=period,
        organizations=organizations,
        issuer=_issuer(reading, scope, registry),
        policies=policies,
        metrics=metrics,
        decisions=(where, when, *called, *bodies, *titles, *measures),
        notice=_notice(reading, scope, registry),
        annexes=tuple({annex.notice.key: annex for annex in (*annexes, *([issued] if issued else []))}.values()),
    )


def _scope(reading: Reading, region: Region | None, period: tuple[int, int] | None) -> Scope:
    profile = reading.profile
    level: Level = region.level if region is not None else level_of_units(reading) or "unknown"
    year = int(profile.date[:4]) if profile.date else period[0] if period else None
    anonymous = region.code if region is not None else f"doc-{reading.document.sha256[:10]}"
    return Scope(region, level, year, anonymous, profile.issuer)


def _period(reading: Reading, statement: Statement | None) -> tuple[tuple[int, int] | None, Decision]:
    read, title = reading.profile.period, reading.profile.title or reading.document.path
    if statement is not None and statement.period is not None:
        return statement.period, Decision("period", title, "stated", _years(statement.period), (), statement.words, 1)
    if read is None:
        return None, Decision("period", title, "unknown", None, (), "题目和正文都没有写明年份", 1)
    return read, Decision("period", title, "matched", _years(read), (), "题目或正文写明年份", 1)


def _years(period: tuple[int, int]) -> str:
    return f"{period[0]}" if period[0] == period[1] else f"{period[0]}-{period[1]}"


def _own_policy(
    reading: Reading, scope: Scope, registry: Registry, statement: Statement | None
) -> tuple[Policy, tuple[Decision, ...]]:
    """Return the policy that the document itself is; a decision goes with a title that does not simply stand in it."""
    read = reading.profile.title
    file = PurePosixPath(reading.document.path).stem
    stated = statement.title if statement is not None else None
    issuer, number = reading.profile.issuer, reading.profile.number
    policy = resolve_own(stated or read, issuer, scope, registry, reading.document.sha256[:12], file, number)
    if statement is not None and stated:
        return policy, (Decision("policy", read or file, "stated", policy.key, (), statement.words, 1),)
    if read is None:
        return policy, (Decision("policy", file, "unknown", policy.key, (), "文件没有题目，以源文件名相称", 1),)
    return policy, ()


def _notice(reading: Reading, scope: Scope, registry: Registry) -> Policy | None:
    notice = reading.notice
    if notice is None:
        return None
    policy, _ = resolve_title(notice.title, scope.level, notice.issuer, scope, registry)
    return replace(policy, number=normalize_number(notice.number) if notice.number else None)


def _issuer(reading: Reading, scope: Scope, registry: Registry) -> Organization | None:
    name = reading.profile.issuer
    return None if name is None else resolve_name(name, scope, registry).organization
