"""What the records come to once they are stated: numbers, codes, dates and links, the same in quads and in tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pyoxigraph import NamedNode

from kg import schemes, vocab
from kg.model import Citation, Comparator, Decision, Indicator, Reading, Resolved, Task, Unit

COMPARATORS: dict[Comparator, str] = {
    ">=": "at-least",
    ">": "above",
    "<=": "at-most",
    "<": "below",
    "=": "equal",
    "+=": "increase",
    "-=": "decrease",
    "~": "about",
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """The value of an indicator: as written, and in its unit's base; ``None`` where the text does not say."""

    value: Decimal | None
    text: str | None
    unit: NamedNode | None
    normalized: Decimal | None
    base: NamedNode | None  # unit of the normalized value


class Decided:
    """The decisions of one document with their IRIs, found by what they are about."""

    def __init__(self, resolved: Resolved, base: str) -> None:
        self.numbered = tuple(_number_decisions(resolved.policy.key, resolved.decisions, base))
        self._by_mention: dict[tuple[str, str], NamedNode] = {}
        self._by_person: dict[tuple[str, str, str], NamedNode] = {}
        for node, _, decision in self.numbered:
            self._by_mention.setdefault((decision.subject, decision.mention), node)
            if decision.ruling is not None:
                self._by_person[decision.subject, decision.mention, decision.ruling.key] = node

    def on(self, subject: str, mention: str) -> NamedNode | None:
        """Return the decision on a mention."""
        return self._by_mention.get((subject, mention))

    def on_unit(self, unit: Unit) -> NamedNode | None:
        """Return the decision on a unit: the one that a person made for this place, or the one on its name."""
        here = self._by_person.get(("unit", unit.name, unit.ruling.key)) if unit.ruling else None
        return here or self.on("unit", unit.name)


def number_citations(reading: Reading) -> Iterator[tuple[int, Citation, Task | None]]:
    """Yield the citations of a document in reading order, with their numbers and the tasks that they stand in."""
    found: list[tuple[Citation, Task | None]] = [(citation, None) for citation in reading.citations]
    found += [(citation, task) for task in reading.tasks for citation in task.citations]
    found.sort(key=lambda pair: (pair[0].evidence.span, pair[0].title, pair[1].key if pair[1] else ""))
    yield from ((order, citation, task) for order, (citation, task) in enumerate(found, start=1))


def find_issued(resolved: Resolved) -> str | None:
    """Return the key of the plan that the document issues, where it is but the notice."""
    return next((annex.plan.key for annex in resolved.annexes if annex.notice.key == resolved.policy.key), None)


def quantity(indicator: Indicator) -> Quantity:
    """Return what an indicator's value is; an unknown one stays unknown."""
    unit, value = schemes.find_unit(indicator.unit), indicator.value
    iri = unit.iri if unit else None
    if value is None:
        return Quantity(None, None, iri, None, None)
    return Quantity(value, f"{value:f}", iri, unit.normalize(value) if unit else None, unit.base if unit else None)


def full_date(value: str | None) -> date | None:
    """Return a full date; ``None`` for anything else.

    >>> full_date("2024-02-29"), full_date("2024-02"), full_date("2023-02-29")
    (datetime.date(2024, 2, 29), None, None)
    """
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError:
        return None


def period_days(period: tuple[int, int] | None) -> tuple[date | None, date | None]:
    """Return the first and the last day of the years of a period."""
    return (full_date(f"{period[0]:04}-01-01"), full_date(f"{period[1]:04}-12-31")) if period else (None, None)


def year_end(year: int | None) -> date | None:
    """Return a year's last day, by which an indicator is due."""
    return None if year is None else full_date(f"{year:04}-12-31")


def _number_decisions(key: str, decisions: Iterable[Decision], base: str) -> Iterator[tuple[NamedNode, int, Decision]]:
    seen: Counter[str] = Counter()
    for decision in decisions:
        seen[decision.subject] += 1
        order = seen[decision.subject]
        yield vocab.decision(key, decision.subject, order, base), order, decision
