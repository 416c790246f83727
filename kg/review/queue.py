"""Which questions are asked, in which order, and the command lines that would answer them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from kg.correct import fingerprint, gather_states
from kg.correction import Correction, State
from kg.review.decide import REJECTED, Desk
from kg.review.items import Item, is_about

# what weighs most when it stays open comes first; a metric that no catalogue has is a metric all the same
ORDER = ("region", "unit", "period", "policy", "indicator", "metric", "gap", "assignment", "task")
_MOST = 4  # candidates that get a line each


def choose(
    items: Iterable[Item],
    book: Iterable[Correction] = (),
    *,
    subject: str | None = None,
    document: str | None = None,
    words: str | None = None,
    everything: bool = False,
) -> list[Item]:
    """Return the open questions, or all: of each subject the heaviest and most frequent first.

    What a correction of the book has answered already waits for the next build only, and is left out.
    """
    answered = {(c.item, c.anchor.sha256 if c.anchor and c.extent == "document" else None) for c in book if _answers(c)}
    found = [
        item
        for item in items
        if subject in (None, item.subject)
        and (everything or (item.open and not _is_answered(item, answered)))
        and (document is None or is_about(item, document))
        and (words is None or words in item.mention)
    ]
    return sorted(found, key=lambda item: (ORDER.index(item.subject), -item.weight, -item.count, item.mention, item.id))


def _answers(correction: Correction) -> bool:
    return correction.revoked is None and (
        correction.extent != "mention" or correction.subject in ("indicator", "assignment", "task", "gap")
    )


def _is_answered(item: Item, answered: set[tuple[str, str | None]]) -> bool:
    """Say whether the book answers a question everywhere, or in each of its documents."""
    return (item.id, None) in answered or all((item.id, place.sha256) in answered for place in item.places)


def commands_for(item: Item, desk: Desk) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the words after ``zeren review`` that would decide an item, with what they mean; who and why is still to be said."""
    several = len({place.sha256 for place in item.places}) > 1
    scope = ("--scope", "everywhere") if several else ()
    labels = desk.labels(item)
    for key, label in list(labels.items())[:_MOST]:
        yield ("accept", item.id, "--as", key, *scope), f"是{label}"
    match item.subject:
        case "unit" | "policy" | "metric":
            yield ("accept", item.id, "--as", "名称或键", *scope), "是已有的这一个"
            if item.subject != "policy":
                yield ("accept", item.id, "--new", "正式名称", *scope), "是新的一个"
            if not labels:
                yield ("accept", item.id, *scope), "照现在这样，没有错"
        case "region":
            yield ("accept", item.id, "--as", "地名或代码"), "是这个地方的文件"
        case "period":
            yield ("correct", item.id, "--period", "2021-2025"), "是这个时期的文件"
        case "indicator":
            yield ("accept", item.id), "读得没有错"
            yield ("correct", item.id, "--value", "数值", "--unit", "单位", "--year", "年份"), "改正其中几项"
        case "assignment":
            yield ("correct", item.id, "--role", "lead"), "改角色"
        case "gap":
            yield ("justify", item.id), "照现在这样，说明理由"
        case "task":
            yield ("add", item.id, "--unit", "原文中的单位", "--role", "lead"), "补上漏读的单位"
    if item.subject in REJECTED:
        yield ("reject", item.id, *scope), REJECTED[item.subject]


def stand(desk: Desk, book: Iterable[Correction]) -> dict[str, tuple[State | Literal["waiting"], tuple[str, ...]]]:
    """Return of each correction what became of it, with notes; one that the graph was built without is waiting."""
    book = tuple(book)
    built = (desk.generation.manifest.extra.get("corrections") or {}).get("known", {})
    found: dict[str, tuple[State | Literal["waiting"], tuple[str, ...]]] = {}
    states = gather_states(book, desk.ledger["documents"])
    for correction in book:
        state, notes, _ = states[correction.key]
        known = built.get(correction.key) == fingerprint([correction])
        found[correction.key] = (state, notes) if known else ("waiting", ())
    return found
