"""The picture of what the documents rest on: policies by level on the left, documents on the right."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from markupsafe import Markup

from kg.report import DocumentRow, ParentRow
from viz.report.evidence import Evidence
from viz.report.svg import chart, cut, link, tag
from viz.report.words import Words

LEVELS = ("national", "province", "prefecture", "county", "unknown")
MOST_DOCUMENTS = 8


def draw_lineage(
    key: str, parents: Sequence[ParentRow], documents: Sequence[DocumentRow], evidence: Evidence, words: Words
) -> Markup:
    """Return the policies as a tree towards the documents that rest on them."""
    row, gap, left, right = 19.0, 12.0, 312.0, 424.0
    named = [document for document in documents if any(document.number in parent.documents for parent in parents)]
    named = named[:MOST_DOCUMENTS]
    drawn, y = [], 6.0
    places: list[tuple[ParentRow, float]] = []
    for level in LEVELS:
        own = sorted(
            (parent for parent in parents if (parent.reach.level or "unknown") == level), key=lambda parent: parent.documents[:1]
        )  # beside each other what leads to the same document
        if own:
            drawn.append(tag("text", words.term("level", level), x=0, y=y + 13, class_="level"))
            drawn.append(tag("line", x1=0, x2=left, y1=y + 1, y2=y + 1, class_="rule"))
        for parent in own:
            places.append((parent, y + row / 2))
            y += row
        y += gap if own else 0
    height = max(y, len(named) * 40.0)
    step = height / max(len(named), 1)
    named.sort(key=lambda document: (_middle(document.number, places), document.number))
    ends = {document.number: (place + 0.5) * step for place, document in enumerate(named)}
    for parent, at in places:
        drawn += [_curve(left + 6, at, right - 6, ends[number]) for number in parent.documents if number in ends]
    for parent, at in places:
        name = tag("text", tag("title", parent.title), cut(parent.title, 21.5), x=left - 8, y=at + 4, text_anchor="end")
        target = evidence.target(parent.tasks, parent.title, "lineage")
        drawn.append(link(target, name))
        drawn.append(tag("circle", cx=left + 2, cy=at, r=3.2, class_="held" if parent.reach.here else "lost"))
    for document in named:
        at = ends[document.number]
        drawn.append(tag("rect", x=right - 4, y=at - 15, width=3, height=30, class_="bar"))
        for line, text in enumerate(_two_lines(f"{document.number}　{document.title}", 18.5)):
            drawn.append(link("#p-sources", tag("text", tag("title", document.title), text, x=right + 6, y=at - 3 + line * 15)))
    drawn += _legend(words, left, height + 8)
    return chart(key, words["part_lineage"], words["lineage_desc"], height + 24, *drawn)


def _middle(number: int, places: Sequence[tuple[ParentRow, float]]) -> float:
    """Return where the lines to a document begin on average, so that few cross."""
    return fmean(at for parent, at in places if number in parent.documents)


def _legend(words: Words, left: float, y: float) -> list[Markup]:
    held, lost = (words.say("lineage_held"), words.say("lineage_lost"))
    return [
        tag("circle", cx=left - 190, cy=y + 8, r=3.2, class_="held"),
        tag("text", held, x=left - 182, y=y + 12, class_="level"),
        tag("circle", cx=left + 2, cy=y + 8, r=3.2, class_="lost"),
        tag("text", lost, x=left + 10, y=y + 12, class_="level"),
    ]


def _curve(x: float, y: float, to_x: float, to_y: float) -> Markup:
    middle = (x + to_x) / 2
    return tag("path", d=f"M{x:.1f} {y:.1f}C{middle:.1f} {y:.1f} {middle:.1f} {to_y:.1f} {to_x:.1f} {to_y:.1f}", class_="tie")


def _two_lines(text: str, ems: float) -> list[str]:
    first = cut(text, ems)
    if first == text:
        return [text]
    head = text[: len(first)]
    return [head, cut(text[len(head) :], ems)]
