"""Gaps as questions for a person, who may give the reason why one stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.analysis import Gap, gap_kinds
from kg.ask import resolve_value
from kg.correct.justify import entry_ground
from kg.correction import Action, Correction, correction_key
from kg.errors import CorrectionError
from kg.ledger import name_document
from kg.queryable import Queryable
from kg.review.items import Item, Place, item_id
from kg.review.words import Texts

JUSTIFIED, DISMISSED = "已说明理由", "不算缺口"
_WEIGHTS = {"high": 3, "medium": 2, "low": 1}


@dataclass(frozen=True, slots=True)
class GapQuestion:
    """A gap with its question, and what the ledger says of the task or the indicator."""

    item: Item
    gap: Gap
    part: Mapping[str, Any]


def list_gaps(gaps: Iterable[Gap], ledger: Mapping[str, Any]) -> Iterator[GapQuestion]:
    """Yield the question of each gap; a justified one is settled."""
    parts = {part["id"]: (entry, task, part) for entry in ledger["documents"] for task, part in _parts(entry)}
    for gap in gaps:
        entry, task, part = parts[gap.of]
        name, sha256 = part.get("title") or part.get("name") or part["text"][:20], str(entry["sha256"])
        text = str((task or part).get("text") or part["quote"])
        begins = task["start"] if task else None
        place = Place(sha256, name_document(entry), entry["file"], part["start"], part["end"], begins, text, name)
        own = (gap.kind,) if gap.indicator is None else (gap.kind, name, part["end"])
        said = (gap.reason.words,) if gap.reason else ()
        key = gap.reason.correction.rpartition("/")[2] if gap.reason else None
        item = Item(
            id=item_id("gap", sha256, part["start"], *own),
            subject="gap",
            mention=name,
            verdict=JUSTIFIED if gap.reason else f"{gap.kind_words}（{gap.severity_words}）",
            open=gap.reason is None,
            weight=_WEIGHTS[gap.severity],
            key=gap.kind,
            candidates=(),
            reasons=(gap.words, f"可以：{gap.advice}", *said),
            count=1,
            places=(place,),
            corrected=(key,) if key else (),
        )
        yield GapQuestion(item, gap, part)


def find_gap(address: str, gaps: Mapping[str, GapQuestion], graph: Queryable) -> GapQuestion:
    """Return the gap of an id, or of a task and a kind: 工作要点#8:no-lead.

    :raises CorrectionError: there is none, or several.
    """
    name = address.strip()
    what, _, kind = name.rpartition(":")
    if what and kind in gap_kinds():
        task = resolve_value(graph, "task", what)
        found = [one for one in gaps.values() if one.gap.kind == kind and one.gap.task == getattr(task, "value", None)]
    else:
        found = [one for key, one in gaps.items() if key.startswith(name) and len(name) >= 4]
    if len(found) != 1:
        often = "no gap is" if not found else f"{len(found)} gaps are"
        raise CorrectionError(f"{address}: {often} called so; see `zeren review --subject gap --all` for the ids of this graph")
    return found[0]


def justify(question: GapQuestion, texts: Texts, by: str, why: str, when: str, *, dismiss: bool = False) -> Correction:
    """Return the verdict that a gap stays as it is, for this reason or, dismissed, that it is none.

    :raises CorrectionError: nobody or no reason is named.
    """
    item, gap = question.item, question.gap
    if not by.strip() or not why.strip():
        raise CorrectionError("a justification needs who (--by NAME, or ZEREN_USER) and why (--because TEXT); give both")
    anchor = texts.anchor(item.places[0], opening=gap.indicator is None)
    by, why = " ".join(by.split()), " ".join(why.split())
    action: Action = "reject" if dismiss else "justify"
    return Correction(
        key=correction_key(item.id, action, anchor, by, when, why),
        item=item.id,
        subject="gap",
        action=action,
        extent="mention",
        mention=item.mention,
        by=by,
        when=when,
        why=why,
        before=gap.words,
        verdict=DISMISSED if dismiss else JUSTIFIED,
        anchor=anchor,
        gap=gap.kind,
        rests_on=entry_ground(gap.kind, question.part),
    )


def _parts(entry: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any] | None, Mapping[str, Any]]]:
    """Yield each task and each indicator of a document, an indicator with its task."""
    yield from ((None, part) for part in entry["indicators"])
    for task in entry["tasks"]:
        yield task, task
        yield from ((task, part) for part in task["indicators"])
