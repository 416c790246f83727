"""Which policies a document's citations mean, and which of them are notices that issue a plan."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.cues import load_cues
from kg.extract.citations.numbers import CUES
from kg.extract.citations.whose import is_report
from kg.model import Annex, Citation, Decision, Level, Policy, Reading
from kg.registry import Registry
from kg.resolve.policies import Conclusion, resolve_title
from kg.resolve.regions import Scope
from kg.resolve.same_titles import same_titles

# two plans in one notice: 关于印发中国妇女发展纲要和中国儿童发展纲要的通知
_SEVERAL = re.compile(
    "(?:方案|规划|计划|纲要|办法|规定|细则|条例|目录|意见|措施|清单|标准)(?:[(（][^()（）]*[)）])?[》〉]?(?:和|、|及|与|以及)|等.{1,6}(?:项|个|部)"
)


def resolve_citations(
    reading: Reading, scope: Scope, registry: Registry
) -> tuple[Mapping[str, Policy], tuple[Annex, ...], tuple[Decision, ...]]:
    """Return the policy of each title that the document cites, the notices among them with their plans, and the decisions.

    Who names the notice that issues a plan means the plan: both words lead to the plan's policy.
    """
    mentions: dict[str, list[Citation]] = {}
    for citation in (*reading.citations, *(citation for task in reading.tasks for citation in task.citations)):
        mentions.setdefault(citation.title, []).append(citation)
    titles = same_titles(mentions, reading.profile.title)
    policies: dict[str, Policy] = {}
    annexes: dict[str, Annex] = {}
    decisions = []
    for title, same in mentions.items():
        meant = titles.get(title, title)
        if meant == reading.profile.title and any(citation.relation == "self" for citation in same):
            policy, decision = resolve_title(meant, scope.level, scope.issuer, scope, registry)
        else:
            policy, decision = _resolve(meant, [*mentions.get(meant, ()), *same], scope, registry)
        if (annex := find_annex(policy, scope, registry)) is not None:
            annexes[annex.notice.key] = annex
            policy, decision = annex.plan, _as_plan(decision, annex)
        policies[title] = policy
        decisions.append(Decision("policy", title, *decision, len(same)))
    return policies, tuple(annexes.values()), tuple(decisions)


def find_annex(notice: Policy, scope: Scope, registry: Registry) -> Annex | None:
    """Return the notice with the plan that it issues, by the notice's title; ``None`` for any other policy.

    The plan belongs to the notice's place, unless its own title names another one.
    """
    match = load_cues(CUES)["issues"][0].pattern.search(notice.title)
    if match is None or _SEVERAL.search(match["title"]):
        return None
    region = registry.regions.get(notice.region) if notice.region else None
    level: Level = region.level if region is not None else notice.level
    there = replace(scope, region=region, level=level) if region is not None else scope
    plan, _ = resolve_title(match["title"], level, None, there, registry)
    return Annex(notice, plan if plan.number or not notice.number else replace(plan, number=notice.number))


def _resolve(title: str, mentions: Sequence[Citation], scope: Scope, registry: Registry) -> tuple[Policy, Conclusion]:
    level: Level = next((citation.level for citation in mentions if citation.level != "unknown"), "unknown")
    if level == "unknown" and is_report(title):
        level = scope.level  # of which government is not said: its own
    issuer = next((citation.issuer for citation in mentions if citation.issuer), None)
    number = next((citation.number for citation in mentions if citation.number), None)
    return resolve_title(title, level, issuer, scope, registry, number)


def _as_plan(decision: Conclusion, annex: Annex) -> Conclusion:
    verdict, _, _, reason = decision
    return (
        "matched" if verdict == "ambiguous" and annex.plan.region else verdict,
        annex.plan.key,
        (),
        (f"{reason}；通知所印发的是“{annex.plan.title}”，归入该文件"),
    )
