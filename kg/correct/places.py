"""Where the words of a correction stand today: in which document, and at which place of a text that may have changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.correction import Anchor, Correction
from kg.model import Document, Span

MANY = 1000  # places of the same words; more of them say nothing


def locate(anchor: Anchor, document: Document) -> Span | None:
    """Return where the anchor's words stand in the document; ``None`` if they are gone, or stand in several places.

    In the text that they were read in, they stand where they stood. In another, the place with the same words around it
    counts, then the only one with the same words on one side, then the only one at all.

    >>> anchor = Anchor("old", "a.txt", "", 9, 13, "市水利局", "单位：", "，")
    >>> locate(anchor, Document("a.txt", "new", "utf-8", "1.防汛。责任单位：市水利局，市气象局。2.市水利局另报。"))
    Span(start=10, end=14)
    >>> locate(anchor, Document("a.txt", "new", "utf-8", "市水利局、市水利局")) is None
    True
    """
    text = document.text
    there = Span(anchor.start, anchor.end)
    if anchor.sha256 == document.sha256 and anchor.exact and there.of(text) == anchor.exact:
        return there
    places = list(_places(anchor.exact, text)) if anchor.exact else []
    before = {span for span in places if text.endswith(anchor.prefix, 0, span.start)}
    after = {span for span in places if text.startswith(anchor.suffix, span.end)}
    for fitting in (before & after, before | after, places):
        if fitting:
            return next(iter(fitting)) if len(fitting) == 1 else None
    return None


def _places(words: str, text: str) -> Iterable[Span]:
    start = text.find(words)
    for _ in range(MANY):
        if start < 0:
            return
        yield Span(start, start + len(words))
        start = text.find(words, start + 1)


def share_out(
    corrections: Iterable[Correction], documents: Sequence[tuple[str, str, str | None]]
) -> Mapping[str, list[Correction]]:
    """Return the corrections on single documents by their SHA-256; one whose document is not among them is left out.

    ``documents`` are (SHA-256, path, title). A document that has changed is known by its path, or by a title that no
    other one has.
    """
    known = {sha256 for sha256, _, _ in documents}
    by_path, by_title = defaultdict(set), defaultdict(set)
    for sha256, path, title in documents:
        by_path[path].add(sha256)
        if title:
            by_title[title].add(sha256)
    shared: dict[str, list[Correction]] = defaultdict(list)
    for correction in corrections:
        anchor = correction.anchor
        if anchor is None or correction.extent == "everywhere":
            continue
        likely = ({anchor.sha256} & known, by_path.get(anchor.file, set()), by_title.get(anchor.title, set()))
        found = next((shas for shas in likely if len(shas) == 1), None)
        if found:
            shared[next(iter(found))].append(correction)
    return shared
