"""Which correction decides where several speak of one thing, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.correction import Correction, Outcome
from kg.model import Decision, Span

_WIDE_TO_NARROW = ("everywhere", "document", "mention")


@dataclass(frozen=True, slots=True)
class Placed:
    """A correction with the places in this text that it speaks of."""

    correction: Correction
    span: Span | None  # None: it holds everywhere
    task: Span | None  # of the task that an added body answers for
    moved: bool  # the text has changed, and the words stand elsewhere


class Bench:
    """Hears the corrections on each thing: the narrower goes before the wider, of two alike the later counts."""

    def __init__(self, placed: Iterable[Placed]) -> None:
        """Take the corrections that concern one document."""
        self.placed = tuple(sorted(placed, key=_weight))
        self._heard: dict[str, bool] = {}  # key → whether it decided anything
        self._stale: dict[str, str] = {}  # key → why it no longer holds

    def choose(self, fitting: Iterable[Placed]) -> Correction | None:
        """Return the one that decides, or ``None`` if there is none at all."""
        ordered = sorted(fitting, key=_weight)
        if not ordered:
            return None
        self.hear(ordered[-1:], ordered[:-1])
        return ordered[-1].correction

    def fold(self, fitting: Iterable[Placed]) -> Sequence[Correction]:
        """Return those that hold together: new values one after the other, or one rejection that came last."""
        ordered = sorted(fitting, key=_weight)
        last_no = ordered and ordered[-1].correction.action == "reject"
        held = ordered[-1:] if last_no else [p for p in ordered if p.correction.action != "reject"]
        self.hear(held, [p for p in ordered if p not in held])
        return [p.correction for p in held]

    def hear(self, deciding: Iterable[Placed], others: Iterable[Placed] = ()) -> None:
        """Remember who decided and who was heard in vain."""
        for p in others:
            self._heard.setdefault(p.correction.key, False)
        for p in deciding:
            self._heard[p.correction.key] = True

    def doubt(self, placed: Placed, why: str) -> None:
        """Remember that a correction no longer fits what it speaks of."""
        self._stale[placed.correction.key] = why

    def outcomes(self) -> Iterator[Outcome]:
        """Yield what became of each correction; one that holds everywhere and fits nothing here is no matter here."""
        for p in self.placed:
            span = (p.span.start, p.span.end) if p.span else None
            decided = self._heard.get(p.correction.key)
            if why := self._stale.get(p.correction.key):
                yield Outcome(p.correction, "stale", why, span)
            elif decided:
                note = "原文已改动，引文仍在，已按新位置适用" if p.moved else ""
                yield Outcome(p.correction, "moved" if p.moved else "applied", note, span)
            elif decided is False:
                yield Outcome(p.correction, "superseded", "同一处有更晚或更具体的更正", span)
            elif p.correction.extent != "everywhere":
                yield Outcome(p.correction, "unused", "程序在此处已不再读出所更正的内容", span)


def overrule(decision: Decision, correction: Correction, target: str | None) -> Decision:
    """Return the decision as a person made it, with the program's own behind it."""
    reason = f"人工更正：{correction.why}（{correction.by}，{correction.when[:10]}）"
    first = decision.before or decision
    return Decision(decision.subject, decision.mention, "overruled", target, (), reason, decision.count, correction.ruling, first)


def _weight(placed: Placed) -> tuple[int, str, str]:
    correction = placed.correction
    return _WIDE_TO_NARROW.index(correction.extent), correction.when, correction.key
