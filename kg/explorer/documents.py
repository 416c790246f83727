"""原文: the documents whose texts are here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kg.explorer.params import Params
from kg.explorer.records import Cut
from kg.explorer.snapshot import Row, Snapshot

PAGE = 100
_ROWS = """
WITH t AS (SELECT document_id, count(*) AS tasks FROM tasks WHERE NOT measure GROUP BY ALL),
    i AS (SELECT document_id, count(*) AS indicators FROM indicators GROUP BY ALL),
    c AS (SELECT document_id, count(*) AS citations FROM citations GROUP BY ALL)
SELECT key, title, number, issuer_written AS issuer, date, region_code AS region, region_name,
    year(period_start) AS first, year(period_end) AS last, file, path, sha256, encoding, characters,
    coalesce(tasks, 0) AS tasks, coalesce(indicators, 0) AS indicators, coalesce(citations, 0) AS citations
FROM documents LEFT JOIN t USING (document_id) LEFT JOIN i USING (document_id) LEFT JOIN c USING (document_id)
ORDER BY region_code NULLS LAST, period_start NULLS LAST, period_end, title, key
"""


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A document in the list."""

    key: str
    title: str
    number: str | None
    issuer: str | None
    date: date | None
    region: str | None
    region_name: str | None
    period: tuple[int, int] | None
    tasks: int
    indicators: int
    citations: int
    characters: int
    file: str
    path: str
    encoding: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents, a page of them."""

    entries: tuple[SourceEntry, ...]
    regions: Mapping[str, str]  # names by code
    region: str
    words: str
    page: int
    pages: int
    cut: Cut
    characters: int


def gather_documents(snapshot: Snapshot, params: Params) -> Documents:
    """Return the documents of a region, or those with some words in title or file."""
    region, words = params.one("region"), params.one("q")
    found = [one for one in list_sources(snapshot) if (not region or one.region == region) and _holds(one, words.lower())]
    size = params.number("rows", PAGE, least=1, most=5_000)
    pages = max(1, -(-len(found) // size))
    page = params.number("page", 1, least=1, most=pages)
    entries = tuple(found[(page - 1) * size : page * size])
    regions = {region.code: region.name for region in snapshot.regions}
    cut, characters = Cut(len(entries), len(found)), sum(one.characters for one in found)
    return Documents(entries, regions, region, words, page, pages, cut, characters)


def list_sources(snapshot: Snapshot) -> tuple[SourceEntry, ...]:
    """Return all documents, those of a region together."""
    return snapshot.remember("sources", lambda: tuple(map(_entry, snapshot.rows(_ROWS))))


def _holds(one: SourceEntry, words: str) -> bool:
    texts = (one.title, one.number or "", one.issuer or "", one.file)
    return any(words in text.lower() for text in texts) or (len(words) >= 6 and one.sha256.startswith(words))


def _entry(row: Row) -> SourceEntry:
    first, last = row.pop("first"), row.pop("last")
    return SourceEntry(**row, period=(first, last) if first and last else None)
