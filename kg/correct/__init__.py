"""What people decided, applied: a reading and their corrections in, resolved as they say, with what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.correct.amend import amend_reading
from kg.correct.bench import Bench, Placed, overrule
from kg.correct.justify import justify_gaps
from kg.correct.places import locate, share_out
from kg.correct.relevant import fingerprint, mentions_in, mentions_of, select_relevant
from kg.correct.rule import rule_metrics, rule_policies, rule_units
from kg.correct.states import count_states, gather_states
from kg.correction import Correction, Outcome
from kg.model import Decision, Document, Reading, Resolved, Span
from kg.registry import Registry, Statement

__all__ = [
    "correct_reading",
    "count_states",
    "fingerprint",
    "gather_states",
    "locate",
    "mentions_in",
    "mentions_of",
    "select_relevant",
    "share_out",
]


def correct_reading(reading: Reading, registry: Registry, corrections: Sequence[Correction] = ()) -> Resolved:
    """Return the reading resolved as the program does it, and then as people decided.

    ``corrections`` are those that concern this document: the ones on it, and the ones that hold everywhere.
    """
    from kg.resolve import resolve_reading  # here: it brings all that reads a text, and a query needs none of that

    plain = resolve_reading(reading, registry)
    if not corrections:
        return plain
    placed, lost = _place(corrections, reading.document)
    bench = Bench(placed)
    amended = amend_reading(reading, bench)
    statement, said = _statement(plain, registry, bench)
    resolved = resolve_reading(amended, registry, statement)
    resolved = replace(resolved, decisions=tuple(said.get(decision.subject, decision) for decision in resolved.decisions))
    for rule in (rule_units, rule_policies, rule_metrics):
        resolved = rule(resolved, bench)
    resolved = justify_gaps(resolved, bench)  # last: whether a reason still holds depends on all that was decided
    return replace(resolved, outcomes=tuple(sorted((*lost, *bench.outcomes()), key=_order)))


def _order(outcome: Outcome) -> tuple[str, str]:
    return outcome.correction.when, outcome.correction.key


def _place(corrections: Iterable[Correction], document: Document) -> tuple[list[Placed], list[Outcome]]:
    """Return the corrections with the places that they speak of in this text, and those whose words are gone."""
    placed, lost = [], []
    for correction in corrections:
        if correction.extent == "everywhere":
            placed.append(Placed(correction, None, None, False))
            continue
        spans = {anchor: locate(anchor, document) for anchor in (correction.anchor, correction.task) if anchor}
        if gone := [anchor for anchor, span in spans.items() if span is None]:
            lost.append(
                Outcome(correction, "stale", f"原文已改动，引文“{_cut(gone[0].exact)}”找不到或不止一处；请核对后重新更正，或撤回")
            )
            continue
        moved = any(anchor.sha256 != document.sha256 or span != Span(anchor.start, anchor.end) for anchor, span in spans.items())
        first, second = (spans.get(anchor) if anchor else None for anchor in (correction.anchor, correction.task))
        placed.append(Placed(correction, first, second, moved))
    return placed, lost


def _cut(words: str, length: int = 30) -> str:
    return words if len(words) <= length else words[:length] + "…"


def _statement(plain: Resolved, registry: Registry, bench: Bench) -> tuple[Statement | None, dict[str, Decision]]:
    """Return what holds of the document's region and period, and the decisions that say who said so.

    What the corpus's curator states (``seeds/corpus.toml``) stays where nobody decided otherwise.
    """
    from kg.resolve.regions import state_for

    document = plain.reading.document
    statement = state_for(document, registry.statements)
    said: dict[str, Decision] = {}
    for subject in ("region", "period"):
        correction = bench.choose(p for p in bench.placed if p.correction.subject == subject)
        old = next((decision for decision in plain.decisions if decision.subject == subject), None)
        if correction is None or old is None:
            continue
        base = statement or Statement(document.path, document.sha256, None, None, None, correction.why, correction.by)
        target: str | None
        if subject == "region":
            target = getattr(correction.target, "code", None) or old.target
            statement = replace(base, region=target)
        else:
            target = correction.change("period") or old.target
            statement = replace(base, period=_years(target))
        said[subject] = overrule(old, correction, target)
    return statement, said


def _years(period: str | None) -> tuple[int, int] | None:
    if period is None:
        return None
    first, _, last = period.partition("-")
    return int(first), int(last or first)
