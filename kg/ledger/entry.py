"""One document's entry in the ledger: plain JSON values, every fact with the offsets of its words in the pinned text."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from kg import vocab
from kg.correction import Outcome, Ruling
from kg.extract.citations.numbers import normalize_number
from kg.model import Citation, Deadline, Decision, Evidence, Indicator, Policy, Resolved, Span, Task, Unit

Entry = dict[str, Any]


def ledger_entry(resolved: Resolved, functions: Mapping[str, str] | None = None, base: str = vocab.BASE) -> Entry:
    """Return what one document says, whom it names and how that was decided.

    ``functions`` gives the Chinese label of each function of government by its key.
    """
    return _Writer(resolved, functions or {}, base).document()


class _Writer:
    """Holds what each part of one document's entry needs."""

    def __init__(self, resolved: Resolved, functions: Mapping[str, str], base: str) -> None:
        self.resolved = resolved
        self.functions = functions
        self.base = base
        self.key = resolved.policy.key
        self.rulings = {(d.subject, d.mention): d.ruling for d in reversed(resolved.decisions)}  # of two, the first

    def document(self) -> Entry:
        reading, profile, region = self.resolved.reading, self.resolved.reading.profile, self.resolved.region
        issuer = self.resolved.issuer
        return {
            "id": vocab.policy(self.key, self.base).value,
            "key": self.key,
            "file": reading.document.path,
            "sha256": reading.document.sha256,
            "encoding": reading.document.encoding,
            "title": profile.title,
            "issuer": profile.issuer,
            "issuer_id": None if issuer is None else vocab.organization(issuer.key, self.base).value,
            "number": profile.number,
            "notice": self.notice(),
            "region": None if region is None else region.name,
            "region_code": None if region is None else region.code,
            "date": profile.date,
            "period": None if self.resolved.period is None else list(self.resolved.period),
            "kind": profile.kind,
            "stated": self.stated(),
            "tasks": [self.task(task) for task in reading.tasks],
            "indicators": [self.indicator(indicator, None, n) for n, indicator in enumerate(reading.indicators, 1)],
            "citations": [self.citation(citation) for citation in reading.citations],
            "decisions": [_decision(decision) for decision in self.resolved.decisions],
            "opening": self.opening(),
            "corrections": [_outcome(outcome) for outcome in self.resolved.outcomes],
        }

    def opening(self) -> Entry:
        """Return where the title stands, or the first words, for who wants to point to the document as a whole."""
        text, title = self.resolved.reading.document.text, self.resolved.reading.profile.title
        start = text.find(title) if title else -1
        words = title if title and start >= 0 else next((line.strip()[:60] for line in text.splitlines() if line.strip()), "")
        start = max(text.find(words), 0)
        return {"quote": words, "start": start, "end": start + len(words)}

    def stated(self) -> Entry | None:
        """Return what a person said of this document because it does not say so itself."""
        said = {decision.subject: decision for decision in self.resolved.decisions if decision.verdict == "stated"}
        if not said:
            return None
        values: Entry = {}
        if "policy" in said:
            values["title"] = self.resolved.policy.title
        if "region" in said and self.resolved.region is not None:
            values["region"] = self.resolved.region.name
        if "period" in said and self.resolved.period is not None:
            values["period"] = list(self.resolved.period)
        return {**values, "reason": "；".join(dict.fromkeys(decision.reason for decision in said.values()))}

    def iri(self, policy: Policy) -> str:
        return vocab.policy(policy.key, self.base).value

    def notice(self) -> Entry | None:
        """Return the notice that issues the document's plan."""
        said, notice = self.resolved.reading.notice, self.resolved.notice
        if said is None or notice is None:
            return None
        head = {"policy_id": self.iri(notice), "title": said.title, "number": notice.number}
        return {**head, "issuer": said.issuer, "date": said.date, **self.place(said.evidence)}

    def task(self, task: Task) -> Entry:
        return {
            "id": vocab.task(self.key, task.key, self.base).value,
            "key": task.key,
            "number": task.number,
            "path": list(task.path),
            "title": task.title,
            "text": task.text,
            **self.at(task.evidence.span),
            "measure": task.measure,
            "joint": task.joint,
            "deadline": None if task.deadline is None else self.deadline(task.deadline),
            "supervisors": [{"name": person.name, **self.place(person.evidence)} for person in task.supervisors],
            "assignments": [self.assignment(task, unit, n) for n, unit in enumerate(task.units, 1)],
            "indicators": [self.indicator(indicator, task, n) for n, indicator in enumerate(task.indicators, 1)],
            "citations": [self.citation(citation) for citation in task.citations],
        }

    def assignment(self, task: Task, unit: Unit, order: int) -> Entry:
        body = self.resolved.body_of(unit)
        function = None if body is None else body.function
        return {
            "id": vocab.assignment(self.key, task.key, order, self.base).value,
            "unit": unit.name,
            "unit_id": None if body is None else vocab.organization(body.key, self.base).value,
            "unit_key": None if body is None else body.key,
            "label": None if body is None else body.label,
            "kind": None if body is None else body.kind,
            "function": function,
            "function_label": None if function is None else self.functions.get(function),
            "role": unit.role,
            "inherited": unit.inherited,
            "collective": unit.collective,
            "vague": unit.vague,
            "correction": _ruling(unit.ruling or self.rulings.get(("unit", unit.name))),
            **self.place(unit.evidence),
        }

    def indicator(self, indicator: Indicator, task: Task | None, order: int) -> Entry:
        metric = self.resolved.metrics.get(indicator.name)
        before = indicator.baseline
        return {
            "id": vocab.indicator(self.key, None if task is None else task.key, order, self.base).value,
            "kind": indicator.kind,
            "name": indicator.name,
            "metric": None if metric is None else metric.label,
            "metric_id": None if metric is None else vocab.metric(metric.key, self.base).value,
            "op": indicator.op,
            "value": _number(indicator.value),
            "unit": indicator.unit,
            "year": indicator.year,
            "baseline": None if before is None else {"year": before.year, "value": _number(before.value)},
            "binding": indicator.binding,
            "table": indicator.table,
            "correction": _ruling(indicator.ruling or self.rulings.get(("metric", indicator.name))),
            **self.place(indicator.evidence),
        }

    def citation(self, citation: Citation) -> Entry:
        policy = self.resolved.policies.get(citation.title)
        return {
            "policy_id": None if policy is None else vocab.policy(policy.key, self.base).value,
            "notice_id": next((self.iri(a.notice) for a in self.resolved.annexes if a.notice.title == citation.title), None),
            "title": citation.title,
            "number": None if citation.number is None else normalize_number(citation.number),
            "number_text": citation.number,
            "relation": citation.relation,
            "level": citation.level if policy is None or policy.level == "unknown" else policy.level,
            "issuer": citation.issuer,
            "marked": citation.marked,
            "where": citation.where,
            "correction": _ruling(self.rulings.get(("policy", citation.title))),
            **self.place(citation.evidence),
        }

    def deadline(self, deadline: Deadline) -> Entry:
        return {
            "due": deadline.due,
            "precision": deadline.precision,
            "kind": deadline.kind,
            "every": deadline.every,
            **self.place(deadline.evidence),
        }

    def place(self, evidence: Evidence | None) -> Entry:
        if evidence is None:
            return {"quote": None, "start": None, "end": None}
        return {"quote": evidence.words, **self.at(evidence.span)}

    def at(self, span: Span) -> Entry:
        """Return where words stand; with the page where the source has pages."""
        page = self.resolved.reading.document.page_of(span)
        return {"start": span.start, "end": span.end, **({"page": page} if page is not None else {})}


def _number(value: Decimal | None) -> int | float | None:
    """Return a JSON number: 130 stays whole, 112.6 keeps its digits."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _decision(decision: Decision) -> Entry:
    return {
        "subject": decision.subject,
        "mention": decision.mention,
        "verdict": decision.verdict,
        "target": decision.target,
        "candidates": list(decision.candidates),
        "reason": decision.reason,
        "count": decision.count,
        "correction": _ruling(decision.ruling),
        "before": None if decision.before is None else _decision(decision.before),
    }


def _ruling(ruling: Ruling | None) -> Entry | None:
    if ruling is None:
        return None
    return {"key": ruling.key, "by": ruling.by, "when": ruling.when, "why": ruling.why, "before": ruling.before}


def _outcome(outcome: Outcome) -> Entry:
    correction = outcome.correction
    start, end = outcome.span or (None, None)
    return {
        **(_ruling(correction.ruling) or {}),
        "item": correction.item,
        "subject": correction.subject,
        "action": correction.action,
        "extent": correction.extent,
        "mention": correction.mention,
        "verdict": correction.verdict,
        "state": outcome.state,
        "note": outcome.note,
        "quote": correction.anchor.exact if correction.anchor else None,
        "start": start,
        "end": end,
    }
