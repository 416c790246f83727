"""The gaps of one kind: each with its sentence, its words in the source, and what people said of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.analysis.gaps.kinds import GapKind, gap_kinds
from kg.correction import Correction
from kg.explorer.choices import Choice
from kg.explorer.decided import Decided, read_decided, stamp_book
from kg.explorer.findings.rows import STATES, Asked, read_asked, select
from kg.explorer.params import Params
from kg.explorer.records import Cut, DocumentEntry, NotHereError, Quote, RegionEntry
from kg.explorer.snapshot import Row, Snapshot
from kg.review.items import item_id

PAGE, MOST = 50, 2_000  # entries of a page
_MENU = 200  # documents and bodies that a menu lists
_ROWS = """
SELECT * FROM stated WHERE kind = $kind AND ($state = '' OR state = $state) ORDER BY turn LIMIT $most OFFSET $skip
"""
_COUNTS = "SELECT state, count(*) AS count FROM stated WHERE kind = $kind GROUP BY ALL"
_BODIES = """
SELECT organizations.key, any_value(organizations.name) AS name, count(DISTINCT stated.task_id) AS tasks
FROM stated JOIN assignments ON assignments.task_id = stated.task_id JOIN organizations USING (organization_id)
WHERE stated.kind = $kind AND organizations.name IS NOT NULL GROUP BY organizations.key
ORDER BY tasks DESC, organizations.key LIMIT $most
"""


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said of a gap."""

    key: str  # of the correction
    by: str
    when: str
    why: str
    revoked: bool  # taken back since the build


@dataclass(frozen=True, slots=True)
class GapRow:
    """A gap."""

    item: str  # id of the question: "g-7f3a2c91b0"
    state: str
    words: Mapping[str, str]  # the sentence that tells it, by language
    task: str | None  # IRI
    indicator: str | None  # IRI
    number: str | None
    title: str
    name: str | None  # of the indicator
    document: DocumentEntry
    quote: Quote | None
    said: Said | None
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class GapPage:
    """A page of the gaps of a kind."""

    kind: GapKind
    rows: tuple[GapRow, ...]
    counts: Mapping[str, int]  # by state
    asked: Asked
    page: int
    pages: int
    cut: Cut
    regions: tuple[RegionEntry, ...]
    documents: tuple[DocumentEntry, ...]  # to choose from; empty where there are too many
    bodies: Mapping[str, str]  # names by key, those with most of the gaps
    view: str = "gaps"


def gather_gaps(snapshot: Snapshot, params: Params) -> GapPage:
    """Return the gaps of the kind that the path names.

    :raises NotHereError: there is no such kind, region, document or body.
    """
    kind = gap_kinds().get(params.key)
    if kind is None:
        raise NotHereError("finding", params.key)
    asked = read_asked(snapshot, params)
    counts = snapshot.remember(("gaps", asked, kind.code, stamp_book(snapshot)), lambda: _count(snapshot, asked, kind))
    total = counts[asked.state] if asked.state else sum(counts.values())
    size = params.number("rows", PAGE, least=1, most=MOST)
    pages = max(1, -(-total // size))
    page = params.number("page", 1, least=1, most=pages)
    rows = tuple(list_gap_rows(snapshot, kind, asked, size, (page - 1) * size))
    return GapPage(
        kind=kind,
        rows=rows,
        counts=counts,
        asked=asked,
        page=page,
        pages=pages,
        cut=Cut(len(rows), total),
        regions=snapshot.regions,
        documents=_documents(snapshot, asked),
        bodies=_bodies(snapshot, asked, kind),
    )


def _count(snapshot: Snapshot, asked: Asked, kind: GapKind) -> dict[str, int]:
    found = {row["state"]: row["count"] for row in select(snapshot, asked, _COUNTS, kind=kind.code)}
    return {state: found.get(state, 0) for state in STATES}


def list_gap_rows(snapshot: Snapshot, kind: GapKind, asked: Asked, most: int, skip: int = 0) -> Iterator[GapRow]:
    """Yield the gaps of a kind in the order of reading."""
    decided = read_decided(snapshot)
    numbers = {one.number: one for one in snapshot.documents.values()}
    for row in select(snapshot, asked, _ROWS, kind=kind.code, state=asked.state, most=most, skip=skip):
        yield _row(snapshot, row, kind, numbers[row["document_id"]], decided)


def _row(snapshot: Snapshot, row: Row, kind: GapKind, document: DocumentEntry, decided: Decided) -> GapRow:
    facts = {"count": row["count"], "names": row["names"] or (), "name": row["name"], "detail": row["detail"]}
    own = (kind.code, row["name"], row["quote_end"]) if row["indicator"] else (kind.code,)
    item = item_id("gap", row["sha256"], row["quote_start"], *own)
    choices = (Choice("gap-justify", item), Choice("gap-dismiss", item)) if row["state"] == "open" else ()
    return GapRow(
        item=item,
        state=row["state"],
        words={"zh": kind.say("zh", **facts), "en": kind.say("en", **facts)},
        task=row["task"],
        indicator=row["indicator"],
        number=row["number"],
        title=row["title"],
        name=row["name"],
        document=document,
        quote=_quote(row, document),
        said=_said(snapshot, row, item, decided),
        choices=choices,
    )


def _quote(row: Row, document: DocumentEntry) -> Quote | None:
    if row["quote"] is None:
        return None
    return Quote(row["quote"], document.key, row["quote_start"], row["quote_end"], row["page"], row["rule"], row["file"])


def _said(snapshot: Snapshot, row: Row, item: str, decided: Decided) -> Said | None:
    if row["justified"] is not None:
        said = row["justified"]
        key = snapshot.key(said["correction"])
        one = decided.by_key.get(key)
        when = said["corrected_at"].strftime("%Y-%m-%d")
        return Said(key, said["corrected_by"], when, said["reason"], one is not None and one.revoked is not None)
    waiting: tuple[Correction, ...] = decided.by_item.get(item, ()) if row["state"] == "waiting" else ()
    return Said(waiting[-1].key, waiting[-1].by, waiting[-1].when[:10], waiting[-1].why, False) if waiting else None


def _documents(snapshot: Snapshot, asked: Asked) -> tuple[DocumentEntry, ...]:
    found = tuple(one for one in snapshot.documents.values() if asked.region in ("", one.region or ""))
    return found if len(found) <= _MENU else tuple(snapshot.documents[key] for key in asked.documents)


def _bodies(snapshot: Snapshot, asked: Asked, kind: GapKind) -> dict[str, str]:
    whole = Asked(asked.region, asked.documents)
    found = snapshot.remember(
        ("bodies with gaps", kind.code, whole),
        lambda: {row["key"]: row["name"] for row in select(snapshot, whole, _BODIES, kind=kind.code, most=_MENU)},
    )
    if asked.department and asked.department not in found:
        sql, iri = "SELECT name FROM organizations WHERE iri = $iri", snapshot.iri("org", asked.department)
        row = next(snapshot.rows(sql, iri=iri), None)
        if row is None:
            raise NotHereError("organization", asked.department)
        return {asked.department: row["name"] or asked.department, **found}
    return found
