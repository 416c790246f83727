"""The gaps of a graph as rows that are filtered and counted in one go: found once, each with what people said of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.explorer.decided import Decided, read_decided
from kg.explorer.gaps import hold_gaps
from kg.explorer.params import Params
from kg.explorer.records import NotHereError
from kg.explorer.snapshot import Row, Snapshot

STATES = ("open", "waiting", "justified", "dismissed")
# what people said since the build is looked up by kind, place and, of two targets in the same words, by name
_STATED = """
WITH said AS (
    SELECT unnest($kinds) AS kind, unnest($shas) AS sha256, unnest($starts) AS quote_start, unnest($mentions) AS mention
),
stated AS (
    SELECT *, CASE
        WHEN correction IS NOT NULL THEN if(list_contains($dismissed, correction), 'dismissed', 'justified')
        WHEN EXISTS (
            SELECT 1 FROM said WHERE said.kind = found_gaps.kind AND said.sha256 = found_gaps.sha256
                AND said.quote_start = found_gaps.quote_start AND (indicator IS NULL OR mention = name)
        ) THEN 'waiting'
        ELSE 'open'
    END AS state
    FROM found_gaps
    WHERE ($region = '' OR region_code = $region)
        AND (len($documents) = 0 OR list_contains($documents, document_key))
        AND ($body = '' OR task_id IN (SELECT task_id FROM assignments WHERE organization = $body))
)
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which gaps an address asks."""

    region: str = ""  # code
    documents: tuple[str, ...] = ()  # keys
    department: str = ""  # key of a body
    state: str = ""  # one of STATES; empty: all

    @property
    def is_whole(self) -> bool:
        """Whether it asks of all."""
        return self == Asked()


def read_asked(snapshot: Snapshot, params: Params) -> Asked:
    """Return what an address asks of.

    :raises NotHereError: there is no such region, document or body.
    """
    asked = Asked(params.one("region"), params.many("document"), params.one("department"), params.choice("state", STATES))
    if asked.region and asked.region not in {region.code for region in snapshot.regions}:
        raise NotHereError("region", asked.region)
    for key in asked.documents:
        snapshot.document(key)
    return asked


def select(snapshot: Snapshot, asked: Asked, sql: str, **more: Any) -> Iterator[Row]:
    """Yield the rows of a query over ``stated``: the gaps that are asked of, each with its state."""
    hold_gaps(snapshot)
    body = snapshot.iri("org", asked.department) if asked.department else ""
    given = {"region": asked.region, "documents": list(asked.documents), "body": body, **_said(read_decided(snapshot), snapshot)}
    return snapshot.rows(_STATED + sql, None, **given, **more)


def _said(decided: Decided, snapshot: Snapshot) -> Mapping[str, list[Any]]:
    """Return what people said of gaps since the build, and which of the reasons before call a gap none."""
    gaps = [one for one in decided.corrections if one.subject == "gap"]
    new = [one for one in gaps if one.anchor and one.gap and one.revoked is None and decided.is_waiting(one)]
    return {
        "kinds": [one.gap for one in new],
        "shas": [one.anchor.sha256 for one in new if one.anchor],
        "starts": [one.anchor.start for one in new if one.anchor],
        "mentions": [one.mention for one in new],
        "dismissed": [snapshot.iri("correction", one.key) for one in gaps if one.action == "reject"],
    }
