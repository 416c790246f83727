"""What a person may say about a marked passage: the questions of ``zeren review`` that stand behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.correction import Correction
from kg.explorer.choices import Choice
from kg.explorer.decided import Decided, read_decided
from kg.explorer.reader.marks import Mark
from kg.explorer.snapshot import Snapshot
from kg.review.items import item_id

_DECISION = "SELECT mention, target, correction FROM decisions WHERE iri = $iri"
_INDICATOR = "SELECT name, correction FROM indicators WHERE iri = $iri"


@dataclass(frozen=True, slots=True)
class Asked:
    """The choices of a passage, and what people said there already."""

    choices: tuple[Choice, ...]
    said: tuple[Correction, ...] = ()
    waiting: tuple[str, ...] = ()  # keys of those that count from the next build


def ask_about(snapshot: Snapshot, mark: Mark, sha256: str) -> Asked:
    """Return what may be said about a passage of the document with this SHA-256."""
    decided = read_decided(snapshot)
    choices = tuple(_choices(snapshot, mark, sha256, decided))
    items = dict.fromkeys(choice.item for choice in choices)
    said = tuple(one for item in items for one in decided.by_item.get(item, ()) if _is_here(one, mark, sha256))
    return Asked(choices, said, tuple(one.key for one in said if decided.is_waiting(one)))


def _is_here(one: Correction, mark: Mark, sha256: str) -> bool:
    """Say whether a correction holds for the passage."""
    if one.extent == "everywhere" or one.anchor is None:
        return True
    return one.anchor.sha256 == sha256 and (one.extent == "document" or mark.start <= one.anchor.start < mark.end)


def _choices(snapshot: Snapshot, mark: Mark, sha256: str, decided: Decided) -> Iterator[Choice]:
    match mark.kind:
        case "task":
            item = item_id("task", sha256, mark.start)
            yield Choice("task-add", item)
            yield Choice("task-reject", item)
        case "body":
            duty = item_id("assignment", sha256, mark.start, mark.said)
            yield Choice("role", duty)
            if unit := _named(snapshot, mark, "unit", sha256, decided):
                yield Choice("unit-as", unit)
                yield Choice("unit-new", unit)
            yield Choice("duty-reject", duty)
            if unit:
                yield Choice("unit-reject", unit)
        case "indicator":
            item = item_id("indicator", sha256, mark.start, mark.end, _indicator_name(snapshot, mark, decided))
            yield Choice("indicator-correct", item)
            yield Choice("indicator-reject", item)
            yield Choice("indicator-accept", item)
        case "citation":
            if policy := _named(snapshot, mark, "policy", sha256, decided):
                yield Choice("policy-as", policy)
                yield Choice("policy-reject", policy)


def _named(snapshot: Snapshot, mark: Mark, subject: str, sha256: str, decided: Decided) -> str:
    """Return the id of the question what a name means; it is made of what the program came to, not of a person's verdict."""
    row = next(snapshot.rows(_DECISION, iri=mark.decision), None) if mark.decision else None
    if row is None:
        return ""
    if row["correction"]:
        known = decided.by_key.get(snapshot.key(row["correction"]))
        return known.item if known else ""
    target = snapshot.key(row["target"]) if row["target"] else sha256
    return item_id("unit" if subject == "unit" else "policy", row["mention"], target)


def _indicator_name(snapshot: Snapshot, mark: Mark, decided: Decided) -> str:
    row = next(snapshot.rows(_INDICATOR, iri=mark.iri))
    ours = decided.by_key.get(snapshot.key(row["correction"])) if row["correction"] else None
    return ours.mention if ours and ours.subject == "indicator" else row["name"]
