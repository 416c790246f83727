"""What people decided: every correction on file, the latest first, and whether the data were built with it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.correction import Correction
from kg.explorer.decided import build_command, read_decided
from kg.explorer.params import Params
from kg.explorer.records import Cut
from kg.explorer.snapshot import Snapshot
from kg.review import FILE

PAGE, MOST = 100, 2_000  # entries of a page


@dataclass(frozen=True, slots=True)
class Entry:
    """A correction; ``document`` is the key of the document that it was made in, where that is here."""

    correction: Correction
    waiting: bool
    document: str | None


@dataclass(frozen=True, slots=True)
class Log:
    """A page of the corrections."""

    entries: tuple[Entry, ...]
    waiting: int
    page: int
    pages: int
    cut: Cut
    file: str
    command: str  # that builds
    view: str = "log"


def gather_log(snapshot: Snapshot, params: Params) -> Log:
    """Return what people decided.

    :raises CorrectionError: the file of corrections is broken.
    """
    decided = read_decided(snapshot)
    book = decided.corrections[::-1]
    size = params.number("rows", PAGE, least=1, most=MOST)
    pages = max(1, -(-len(book) // size))
    page = params.number("page", 1, least=1, most=pages)
    keys = {part.source.sha256: part.source.key for part in snapshot.generation.manifest.documents}
    shown = book[(page - 1) * size : page * size]
    entries = tuple(Entry(one, decided.is_waiting(one), keys.get(one.anchor.sha256) if one.anchor else None) for one in shown)
    command, file = build_command(snapshot.generation), str(snapshot.generation.out / FILE)
    return Log(entries, len(decided.waiting), page, pages, Cut(len(entries), len(book)), file, command)
