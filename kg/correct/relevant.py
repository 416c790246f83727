"""Which corrections can touch a document, told from its decisions alone, so that the others are not read again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from kg.correction import Correction
from kg.model import Resolved

Mention = tuple[str, str, str | None]  # subject, words, key that the program came to


def select_relevant(
    placed: Sequence[Correction], wide: Sequence[Correction], mentions: Iterable[Mention]
) -> tuple[Correction, ...]:
    """Return those on the document itself, and those that hold everywhere and meet something in it."""
    words, keys = set(), set()
    for subject, mention, key in mentions:
        words.add((subject, mention, key))
        keys.add((subject, key))
    found = list(placed)
    waiting = list(wide)
    keys |= {(c.subject, _target(c)) for c in found}
    while met := [c for c in waiting if _meets(c, words, keys)]:
        found += met
        waiting = [c for c in waiting if c not in met]
        keys |= {(c.subject, _target(c)) for c in met}
    return tuple(sorted(found, key=lambda c: (c.when, c.key)))


def mentions_in(resolved: Resolved) -> Iterator[Mention]:
    """Yield what the program itself decided in a document, whatever people made of it; and who issued it, without words."""
    if resolved.issuer is not None:
        yield "unit", "", resolved.issuer.key
    for decision in resolved.decisions:
        first = decision.before or decision
        yield first.subject, first.mention, first.target


def mentions_of(entry: Mapping[str, Any]) -> Iterator[Mention]:
    """Yield the same of a document's entry in the ledger."""
    if entry["issuer_id"]:
        yield "unit", "", unquote(entry["issuer_id"].partition("/id/org/")[2])
    for decision in entry["decisions"]:
        first = decision["before"] or decision
        yield first["subject"], first["mention"], first["target"]


def _target(correction: Correction) -> str | None:
    return getattr(correction.target, "key", None)


def _meets(correction: Correction, words: set[Mention], keys: set[tuple[str, str | None]]) -> bool:
    if correction.action in ("merge", "split"):  # an issuer that was merged is known by what it became
        issuer = (correction.subject, "", _target(correction)) in words
        return issuer or (correction.subject, correction.instead) in keys
    if correction.instead is None:
        return any((subject, mention) == (correction.subject, correction.mention) for subject, mention, _ in words)
    return (correction.subject, correction.mention, correction.instead) in words


def fingerprint(corrections: Iterable[Correction]) -> str:
    """Return a digest of what the corrections say; empty for none."""
    lines = [repr(correction) for correction in corrections]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16] if lines else ""
