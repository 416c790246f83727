"""The questions of ``zeren review``, gathered from the tables: the ledger of a large graph takes too long to read for a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.explorer.decided import read_decided
from kg.explorer.snapshot import Row, Snapshot
from kg.review import Item, Place, choose
from kg.review.doubts import find_doubts
from kg.review.items import DOUBTFUL, VERDICTS, item_id

_DECISIONS = """
SELECT decisions.document_id, documents.title, documents.sha256, documents.file, subject, mention, verdict, target, candidates,
    reason, count, if(subject IN ('region', 'period'), tasks, 0) AS weight
FROM decisions JOIN documents USING (document_id)
LEFT JOIN (SELECT document_id, count(*) AS tasks FROM tasks GROUP BY ALL) USING (document_id)
WHERE verdict IN ('ambiguous', 'unknown') AND correction IS NULL
    AND NOT (subject = 'policy' AND target IS NOT DISTINCT FROM decisions.document AND NOT EXISTS (
        SELECT 1 FROM citations WHERE citations.document_id = decisions.document_id AND title_written = mention
    ))
ORDER BY document_id, decisions.subject, decisions.position
"""
_INDICATORS = """
SELECT documents.title, documents.sha256, documents.file, name, indicators.kind, comparator AS op, value, unit_written AS unit,
    indicators.year, quote, quote_start, quote_end, correction,
    year(period_start) AS first, year(period_end) AS last
FROM indicators JOIN documents USING (document_id) ORDER BY indicator_id
"""


def list_open(snapshot: Snapshot) -> Sequence[Item]:
    """Return what is open, without what the file of corrections has answered since the build."""
    decided = read_decided(snapshot)
    items = snapshot.remember("questions", lambda: tuple(_items(snapshot)))
    ours = {one.key for one in decided.corrections if one.subject == "indicator"}
    return snapshot.remember(
        ("open questions", tuple(one.key + str(one.revoked) for one in decided.corrections)),
        lambda: choose([item for item in items if not ours.intersection(item.corrected)], decided.corrections),
    )


def _items(snapshot: Snapshot) -> Iterator[Item]:
    groups: dict[str, list[Item]] = {}
    asked: set[tuple[int, str]] = set()
    for row in snapshot.rows(_DECISIONS):
        item = _decided(snapshot, row)
        if (row["document_id"], item.id) not in asked:  # one that stands for several places of a document counts once
            asked.add((row["document_id"], item.id))
            groups.setdefault(item.id, []).append(item)
    yield from map(_join, groups.values())
    for row in snapshot.rows(_INDICATORS):
        yield from _doubted(snapshot, row)


def _decided(snapshot: Snapshot, row: Row) -> Item:
    single = row["subject"] in ("region", "period")
    target = snapshot.key(row["target"]) if row["target"] else None
    own = (row["sha256"],) if single else (row["mention"], target or row["sha256"])
    place = Place(row["sha256"], row["title"], row["file"], None, None, None, "", row["mention"])
    return Item(
        id=item_id(row["subject"], *own),
        subject=row["subject"],
        mention=row["mention"],
        verdict=VERDICTS[row["verdict"]],
        open=True,
        weight=row["weight"] or 0,
        key=target,
        candidates=tuple(map(snapshot.key, row["candidates"])),
        reasons=(row["reason"],),
        count=row["count"],
        places=(place,),
    )


def _join(members: Sequence[Item]) -> Item:
    """Return one question for the same words with the same conclusion in several documents."""
    first = members[0]
    return Item(
        first.id,
        first.subject,
        first.mention,
        first.verdict,
        True,
        max(one.weight for one in members),
        first.key,
        first.candidates,
        tuple(dict.fromkeys(reason for one in members for reason in one.reasons)),
        sum(one.count for one in members),
        tuple(place for one in members for place in one.places),
    )


def _doubted(snapshot: Snapshot, row: Row) -> Iterator[Item]:
    period = (row["first"], row["last"]) if row["first"] and row["last"] else None
    doubts = list(find_doubts(row, {"period": period}))
    if doubts:
        place = Place(
            row["sha256"], row["title"], row["file"], row["quote_start"], row["quote_end"], None, row["quote"], row["quote"]
        )
        yield Item(
            id=item_id("indicator", row["sha256"], row["quote_start"], row["quote_end"], row["name"]),
            subject="indicator",
            mention=row["name"],
            verdict=DOUBTFUL,
            open=True,
            weight=sum(doubt.weight for doubt in doubts),
            key=None,
            candidates=(),
            reasons=tuple(doubt.words for doubt in doubts),
            count=1,
            places=(place,),
            corrected=(snapshot.key(row["correction"]),) if row["correction"] else (),
        )
