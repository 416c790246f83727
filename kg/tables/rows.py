"""One document's rows of the tables, from the same records and by the same derivations as its quads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from pyoxigraph import NamedNode

from kg import schemes, vocab
from kg.correction import Justification, Ruling
from kg.model import Evidence, Indicator, Resolved, Task
from kg.rdf.stated import COMPARATORS, Decided, find_issued, full_date, number_citations, period_days, quantity, year_end

Row = dict[str, Any]  # JSON values by column
TableRow = tuple[str, Row]  # with its table's name
_TARGETS: dict[str, Callable[[str, str], NamedNode]] = {
    "unit": vocab.organization,
    "policy": vocab.policy,
    "region": vocab.region,
    "metric": vocab.metric,
}
_LARGEST = Decimal(10) ** 28  # what DECIMAL(38,10) holds


def document_rows(resolved: Resolved, base: str = vocab.BASE) -> list[tuple[str, Row]]:
    """Return what one document states, row by row, each with the name of its table."""
    writer = _Writer(resolved, base)
    rows = [("documents", writer.document())]
    for position, task in enumerate(resolved.reading.tasks, start=1):
        rows.append(("tasks", writer.task(task, position)))
        rows += (("assignments", row) for row in writer.assignments(task))
        rows += (("indicators", writer.indicator(one, task, n)) for n, one in enumerate(task.indicators, start=1))
    rows += (("indicators", writer.indicator(one, None, n)) for n, one in enumerate(resolved.reading.indicators, start=1))
    rows += (("citations", row) for row in writer.citations())
    rows += (("decisions", row) for row in writer.decisions())
    return rows


class _Writer:
    """Holds what the rows of one document have in common."""

    def __init__(self, resolved: Resolved, base: str) -> None:
        self.resolved, self.base = resolved, base
        self.key = resolved.policy.key
        self.source = resolved.reading.document
        self.iri = vocab.policy(self.key, base).value
        self.file = self.source.path.rpartition("/")[2]
        self.decided = Decided(resolved, base)

    def document(self) -> Row:
        resolved, profile, said = self.resolved, self.resolved.reading.profile, self.resolved.reading.notice
        notice = None if resolved.notice is None or resolved.notice.key == self.key else resolved.notice
        issued, (first, last) = find_issued(resolved), period_days(resolved.period)
        return {
            "iri": self.iri,
            "key": self.key,
            "title": resolved.policy.title,
            "number": resolved.policy.number or profile.number or None,
            "issuer_written": profile.issuer or None,
            "issuer": _iri(vocab.organization(resolved.issuer.key, self.base) if resolved.issuer else None),
            "date": _day(full_date(profile.date)),
            "kind": _code(schemes.find_document_kind(profile.kind)),
            "region_code": resolved.region.code if resolved.region else None,
            "period_start": _day(first),
            "period_end": _day(last),
            "year": resolved.period[1] if resolved.period else None,
            "notice": vocab.policy(notice.key, self.base).value if notice and said else None,
            "notice_number": (notice.number or None) if notice and said else None,
            "notice_date": _day(full_date(said.date)) if notice and said else None,
            "issues": vocab.policy(issued, self.base).value if issued else None,
            "path": self.source.path,
            "file": self.file,
            "sha256": self.source.sha256,
            "encoding": self.source.encoding,
            "characters": len(self.source.text),
        }

    def task(self, task: Task, position: int) -> Row:
        due = task.deadline
        return {
            "iri": self.task_iri(task),
            "document": self.iri,
            "key": task.key,
            "position": position,
            "number": task.number or None,
            "title": task.title,
            "text": task.text,
            "section": vocab.section(self.key, task.section, self.base).value if task.section else None,
            "path": task.path,
            "measure": task.measure,
            "joint": task.joint,
            **({} if due is None else {"due_" + name.removeprefix("quote_"): v for name, v in self.place(due.evidence).items()}),
            "due_text": due.evidence.words if due else None,
            "due_kind": due.kind if due else None,
            "due_every": due.every if due else None,
            "due_date": _day(full_date(due.due)) if due else None,
            "due_precision": due.precision if due else None,
            "supervisors": [{"name": person.name, **self.place(person.evidence)} for person in task.supervisors],
            "justified": self.reasons(task.justified),
            **self.place(task.evidence),
        }

    def assignments(self, task: Task) -> Iterator[Row]:
        for position, unit in enumerate(task.units, start=1):
            body = self.resolved.body_of(unit)
            yield {
                "iri": vocab.assignment(self.key, task.key, position, self.base).value,
                "document": self.iri,
                "task": self.task_iri(task),
                "position": position,
                "role": unit.role,
                "unit_written": unit.name,
                "organization": vocab.organization(body.key, self.base).value if body else None,
                "inherited": unit.inherited,
                "collective": unit.collective,
                "vague": unit.vague,
                "decision": _iri(self.decided.on_unit(unit)),
                **self.ruling(unit.ruling),
                **self.place(unit.evidence),
            }

    def indicator(self, indicator: Indicator, task: Task | None, position: int) -> Row:
        metric, said, before = self.resolved.metrics.get(indicator.name), quantity(indicator), indicator.baseline
        return {
            "iri": vocab.indicator(self.key, task.key if task else None, position, self.base).value,
            "document": self.iri,
            "task": self.task_iri(task) if task else None,
            "position": position,
            "name": indicator.name,
            "metric": vocab.metric(metric.key, self.base).value if metric else None,
            "kind": indicator.kind,
            "comparator": COMPARATORS[indicator.op] if indicator.op else None,
            "value": _decimal(said.value),
            "value_text": said.text,
            "unit_written": indicator.unit or None,
            "unit": _iri(said.unit),
            "normalized_value": _decimal(said.normalized),
            "normalized_unit": _iri(said.base),
            "year": indicator.year,
            "year_stated": None if indicator.year is None else indicator.year_stated,
            "due_date": _day(year_end(indicator.year)),
            "baseline_year": before.year if before else None,
            "baseline_value": _decimal(before.value) if before else None,
            "binding": indicator.binding,
            "in_table": indicator.table,
            "as_written": indicator.evidence.words,
            "decision": _iri(self.decided.on("metric", indicator.name)),
            **self.ruling(indicator.ruling),
            "justified": self.reasons(indicator.justified),
            **self.place(indicator.evidence),
        }

    def citations(self) -> Iterator[Row]:
        for position, citation, task in number_citations(self.resolved.reading):
            policy = self.resolved.policies.get(citation.title)
            yield {
                "iri": vocab.citation(self.key, position, self.base).value,
                "document": self.iri,
                "task": self.task_iri(task) if task else None,
                "position": position,
                "title_written": citation.title,
                "number_written": citation.number or None,
                "issuer_written": citation.issuer or None,
                "relation": citation.relation,
                "place": citation.where,
                "level": citation.level,
                "marked": citation.marked,
                "policy": vocab.policy(policy.key, self.base).value if policy else None,
                "decision": _iri(self.decided.on("policy", citation.title)),
                **self.place(citation.evidence),
            }

    def decisions(self) -> Iterator[Row]:
        for node, position, decision in self.decided.numbered:
            mint = _TARGETS.get(decision.subject)
            yield {
                "iri": node.value,
                "document": self.iri,
                "subject": decision.subject,
                "position": position,
                "mention": decision.mention,
                "verdict": decision.verdict,
                "target": mint(decision.target, self.base).value if mint and decision.target else None,
                "target_text": None if mint else decision.target or None,
                "candidates": sorted({mint(key, self.base).value for key in decision.candidates}) if mint else [],
                "reason": decision.reason,
                "count": decision.count,
                **self.ruling(decision.ruling),
                "file": self.file,
            }

    def task_iri(self, task: Task) -> str:
        return vocab.task(self.key, task.key, self.base).value

    def place(self, evidence: Evidence | None) -> Row:
        """Return where something stands; of nothing, still the file."""
        if evidence is None:
            return {"file": self.file}
        return {
            "quote": evidence.quote,
            "quote_start": evidence.span.start,
            "quote_end": evidence.span.end,
            "rule": evidence.rule,
            "page": self.source.page_of(evidence.span),
            "file": self.file,
        }

    def reasons(self, justified: Iterable[Justification]) -> list[Row]:
        """Return who gave the reason for which kind of gap, when and why."""
        return [
            {
                "kind": one.kind,
                "correction": vocab.correction(one.ruling.key, self.base).value,
                "corrected_by": one.ruling.by,
                "corrected_at": _moment(one.ruling.when),
                "reason": one.ruling.why,
            }
            for one in justified
        ]

    def ruling(self, ruling: Ruling | None) -> Row:
        if ruling is None:
            return {}
        return {
            "correction": vocab.correction(ruling.key, self.base).value,
            "corrected_by": ruling.by,
            "corrected_at": _moment(ruling.when),
            "correction_reason": ruling.why,
            "correction_before": ruling.before or None,
        }


def _iri(node: NamedNode | None) -> str | None:
    return node.value if node else None


def _code(node: NamedNode | None) -> str | None:
    return node.value.rpartition("/")[2] if node else None


def _day(value: object) -> str | None:
    return None if value is None else str(value)


def _decimal(value: Decimal | None) -> str | None:
    """Return a number as the tables take it: exact to ten places; one of 29 digits is left to its text."""
    return None if value is None or abs(value) >= _LARGEST else f"{value:f}"


def _moment(when: str) -> str | None:
    """Return a moment in UTC.

    >>> _moment("2025-03-01T08:30:00+08:00")
    '2025-03-01T00:30:00'
    """
    try:
        moment = datetime.fromisoformat(when)
    except ValueError:
        return None
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() if moment.tzinfo else moment.isoformat()
