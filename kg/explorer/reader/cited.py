"""A policy that documents cite: who does, and in which sentence."""

from __future__ import annotations

from dataclasses import dataclass

from kg.explorer.records import Cut, DocumentEntry, NotHereError, Quote
from kg.explorer.snapshot import Row, Snapshot

MOST = 60  # sentences on a page
_REACH = 160  # characters on either side in which a sentence is looked for
_POLICY = """
SELECT any_value(policy_title) AS title, any_value(policy_number) AS number, any_value(policy_level) AS level,
    any_value(policy_region_code) AS region, count(*) AS citations, count(DISTINCT document_id) AS documents
FROM citations WHERE policy = $iri HAVING count(*) > 0
"""
_CITATIONS = """
SELECT citations.document_id, citations.task, tasks.title AS task_title, tasks.number AS task_number, relation,
    citations.quote, citations.quote_start, citations.quote_end, citations.page, citations.rule, citations.file
FROM citations LEFT JOIN tasks USING (task_id)
WHERE policy = $iri ORDER BY citations.document_id, citations.position LIMIT $most OFFSET $skip
"""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in which the policy is named."""

    document: DocumentEntry
    before: str
    quote: Quote
    after: str
    relation: str
    task: str | None  # IRI
    task_name: str


@dataclass(frozen=True, slots=True)
class CitedPolicy:
    """A policy whose text is not here."""

    key: str
    title: str
    number: str | None
    level: str | None
    documents: int
    sentences: tuple[Sentence, ...]
    page: int
    cut: Cut
    has_text: bool = False


def gather_cited(snapshot: Snapshot, key: str, page: int) -> CitedPolicy:
    """Return who cites a policy.

    :raises NotHereError: nobody does.
    """
    iri = snapshot.iri("policy", key)
    row = next(snapshot.rows(_POLICY, iri=iri), None)
    if row is None:
        raise NotHereError("policy", key)
    page = min(page, -(-row["citations"] // MOST))
    found = list(snapshot.rows(_CITATIONS, iri=iri, most=MOST, skip=(page - 1) * MOST))
    texts = {number: snapshot.read_text(_by_number(snapshot, number).key) for number in {one["document_id"] for one in found}}
    sentences = tuple(_sentence(snapshot, one, texts[one["document_id"]]) for one in found)
    cut = Cut(len(found), row["citations"])
    return CitedPolicy(key, row["title"] or key, row["number"], row["level"], row["documents"], sentences, page, cut)


def _by_number(snapshot: Snapshot, number: int) -> DocumentEntry:
    return snapshot.remember("documents by number", lambda: {one.number: one for one in snapshot.documents.values()})[number]


def _sentence(snapshot: Snapshot, row: Row, text: str) -> Sentence:
    document = _by_number(snapshot, row["document_id"])
    before, after = around(text, row["quote_start"], row["quote_end"])
    quote = Quote(row["quote"], document.key, row["quote_start"], row["quote_end"], row["page"], row["rule"], row["file"])
    name = f"{row['task_number'] or ''} {row['task_title'] or ''}".strip()
    return Sentence(document, before, quote, after, row["relation"], row["task"], name)


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and after a passage in its sentence.

    >>> around("加强监管。按照《甲办法》，完成整治；另行通知。", 7, 12)
    ('按照', '，完成整治；')
    """
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    begun = max(before.rfind(mark) for mark in "。；\n") + 1
    ends = [at for mark in "。；\n" if (at := after.find(mark)) >= 0]
    lead = "…" if not begun and start > _REACH else ""
    return lead + before[begun:].lstrip(), after[: min(ends) + 1].rstrip("\n") if ends else after + ("…" if after else "")
