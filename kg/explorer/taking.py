"""From what a person says on a page to a correction on file, as ``zeren review`` writes it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from kg import store
from kg.correction import Correction, Extent, Field, Revocation
from kg.errors import CorrectionError, StoreError
from kg.explorer.choices import Choice
from kg.explorer.snapshot import Snapshot
from kg.ledger.pick import pick_entry
from kg.review import Desk, Order, add_corrections, revoke

PATIENCE = 4.0  # seconds for which another writer is waited for
_NEEDED = ("target", "new", "words", "period", "role")
_CHANGES: tuple[Field, ...] = ("name", "op", "value", "unit", "year", "period", "role")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants: who, why, which choice, of which document, with which values."""

    choice: Choice
    document: str  # key
    by: str
    why: str
    values: Mapping[str, str] = field(default_factory=dict)


def take(snapshot: Snapshot, wish: Wish, when: str) -> Correction:
    """Write a decision on file and return it.

    :raises CorrectionError: it is incomplete, or speaks of what is not there.
    :raises OutputError: the file cannot be written; a build may be running.
    """
    given = {name: text for name in wish.choice.wants if (text := wish.values.get(name, "").strip())}
    if missing := [name for name in wish.choice.wants if name in _NEEDED and name not in given]:
        raise CorrectionError(f"{wish.choice.name}: {', '.join(missing)} is missing; give it")
    order = Order(
        action=wish.choice.action,
        item=wish.choice.item,
        by=wish.by,
        why=wish.why,
        target=wish.choice.target or given.get("target"),
        new=given.get("new"),
        words=given.get("words"),
        extent=cast("Extent | None", given.get("extent") if given.get("extent") in ("document", "everywhere") else None),
        changes={name: given[name] for name in _CHANGES if name in given},
    )
    correction = _open_desk(snapshot, wish.document).decide(order, when)
    add_corrections(snapshot.generation.out, [correction], snapshot.base, patience=PATIENCE)
    return correction


def take_back(snapshot: Snapshot, key: str, by: str, why: str, when: str) -> Correction:
    """Take a correction back; it stays on file.

    :raises CorrectionError: there is no such correction, it is taken back already, or nobody or no reason is named.
    """
    if not by.strip() or not why.strip():
        raise CorrectionError("a revocation needs who and why; give both")
    revoked = Revocation(" ".join(by.split()), when, " ".join(why.split()))
    return revoke(snapshot.generation.out, key, revoked, snapshot.base, patience=PATIENCE)


def _open_desk(snapshot: Snapshot, key: str) -> Desk:
    """Return the desk for one document, so that the ledger of all others need not be read."""
    generation = snapshot.generation
    snapshot.document(key)
    sha256 = next(part.source.sha256 for part in generation.manifest.documents if part.source.key == key)
    path = generation.folder / "ledger.json"
    try:
        content = path.read_bytes()
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror}); {store.rebuild(generation.out)}") from error
    entry = pick_entry(content, sha256)
    if entry is None or hashlib.sha256(content).hexdigest() != generation.manifest.extra.get("ledger"):
        raise StoreError(f"{path}: is damaged; {store.rebuild(generation.out)}")
    return Desk(generation, {"documents": [entry]})
