"""What could not be decided, gathered over all documents: by subject, the most frequent question first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.ask import ask, find_query
from kg.queryable import Queryable

# what weighs most when it stays open comes first; a metric that no catalogue has is a metric all the same
SUBJECTS = ("region", "unit", "period", "policy", "metric")


@dataclass(frozen=True, slots=True)
class OpenDecision:
    """A mention that fits several things or none; ``count`` is how often it stands in all documents together."""

    subject: str  # "unit", "policy", …
    mention: str
    verdict: str  # 多个候选, 未识别
    count: int
    candidates: tuple[str, ...]  # their labels, where they have one
    reason: str
    documents: tuple[str, ...]


def list_open(store: Queryable, subject: str | None = None) -> list[OpenDecision]:
    """Return the open decisions on every subject or on one; of each subject the most frequent first."""
    found = gather(ask(store, find_query("open-decisions"), limit="all").records())
    return [one for one in found if subject in (None, one.subject)]


def gather(rows: Iterable[Mapping[str, Any]]) -> list[OpenDecision]:
    """Return one decision for all rows on the same mention.

    A row is a decision of one document with one of its candidates.

    >>> row = {"subject": "unit", "mention": "市局", "verdict": "多个候选", "reason": "两个机构", "documentTitle": "甲"}
    >>> one = row | {"decision": "d/1", "count": 3, "candidateLabel": "市水利局", "candidate": "o/1"}
    >>> two = row | {"decision": "d/1", "count": 3, "candidateLabel": "市林业局", "candidate": "o/2"}
    >>> [(found.count, found.candidates) for found in gather([one, two])]
    [(3, ('市水利局', '市林业局'))]
    """
    groups: dict[tuple[str, str, str, str], list[Mapping[str, Any]]] = {}
    for row in rows:
        groups.setdefault((row["subject"], row["mention"], row["verdict"], row["reason"] or ""), []).append(row)
    found = []
    for (subject, mention, verdict, reason), members in groups.items():
        counts = {row["decision"]: row["count"] or 1 for row in members}
        candidates = dict.fromkeys(row["candidateLabel"] or row["candidate"] for row in members if row["candidate"])
        documents = dict.fromkeys(row["documentTitle"] for row in members)
        found.append(OpenDecision(subject, mention, verdict, sum(counts.values()), tuple(candidates), reason, tuple(documents)))
    return sorted(found, key=lambda one: (SUBJECTS.index(one.subject), -one.count, one.mention, one.verdict))
