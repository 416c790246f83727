"""What the program could not decide, or read with doubts: the questions of ``zeren review``, gathered from the tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from kg.explorer.choices import Choice
from kg.explorer.findings.open_items import list_open
from kg.explorer.params import Params
from kg.explorer.records import Cut, DocumentEntry, Quote
from kg.explorer.snapshot import Snapshot
from kg.review import Item
from kg.review.candidates import Things
from kg.review.items import OPEN
from kg.store import open_store

PAGE, MOST = 50, 2_000  # entries of a page
_PLACES = {
    "unit": ("assignments", "unit_written", "NOT inherited AND quote IS NOT NULL"),
    "policy": ("citations", "title_written", "true"),
    "metric": ("indicators", "name", "true"),
}
_PLACE = """
SELECT document_id, {words} AS mention,
    arg_min(struct_pack(a := quote_start, z := quote_end, quote, task, page, rule), quote_start) AS first
FROM {table} WHERE {test} AND list_contains($mentions, {words}) AND list_contains($documents, document_id) GROUP BY ALL
"""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that waits for a person."""

    item: Item
    documents: tuple[DocumentEntry, ...]
    quote: Quote | None  # where the words stand first
    task: str | None  # IRI
    candidates: Mapping[str, str]  # names by key
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Questions:
    """A page of the open questions."""

    questions: tuple[Question, ...]
    counts: Mapping[str, int]  # by subject, as `zeren review` counts them
    subject: str
    words: str
    document: str
    page: int
    pages: int
    cut: Cut
    view: str = "questions"


def count_questions(snapshot: Snapshot) -> Mapping[str, int]:
    """Return how many questions on each subject wait for a person."""
    counts = Counter(item.subject for item in list_open(snapshot))
    return {subject: counts[subject] for subject in OPEN if counts[subject]}


def gather_questions(snapshot: Snapshot, params: Params) -> Questions:
    """Return the open questions in the order of ``zeren review``: the heaviest of each subject first."""
    subject, words, document = params.choice("subject", OPEN), params.one("q"), params.one("document")
    sha256 = _digests(snapshot)[snapshot.document(document).key] if document else ""
    found = [item for item in list_open(snapshot) if subject in ("", item.subject) and words in item.mention]
    found = [item for item in found if not sha256 or any(place.sha256 == sha256 for place in item.places)]
    size = params.number("rows", PAGE, least=1, most=MOST)
    pages = max(1, -(-len(found) // size))
    page = params.number("page", 1, least=1, most=pages)
    shown = found[(page - 1) * size : page * size]
    questions = tuple(_questions(snapshot, shown))
    cut = Cut(len(shown), len(found))
    return Questions(questions, count_questions(snapshot), subject, words, document, page, pages, cut)


def _questions(snapshot: Snapshot, items: Sequence[Item]) -> Iterator[Question]:
    by_digest = {sha256: key for key, sha256 in _digests(snapshot).items()}
    places = _find_places(snapshot, items, by_digest)
    labels = _label(snapshot, items, by_digest)
    for item in items:
        documents = tuple(dict.fromkeys(snapshot.documents[by_digest[place.sha256]] for place in item.places))
        quote, task = places.get(item.id, (None, None))
        yield Question(item, documents, quote, task, labels[item.id], tuple(_choices(item, labels[item.id])))


def _digests(snapshot: Snapshot) -> Mapping[str, str]:
    return {part.source.key: part.source.sha256 for part in snapshot.generation.manifest.documents}


def _find_places(snapshot: Snapshot, items: Sequence[Item], by_digest: Mapping[str, str]) -> dict[str, tuple[Quote, str | None]]:
    found: dict[str, tuple[Quote, str | None]] = {}
    homes = {item.id: snapshot.documents[by_digest[item.places[0].sha256]] for item in items}
    for item in items:
        place = item.places[0]
        if place.start is not None and place.end is not None:
            found[item.id] = Quote(place.text, homes[item.id].key, place.start, place.end, file=place.file), None
    for subject, (table, words, test) in _PLACES.items():
        wanted = [item for item in items if item.subject == subject]
        if not wanted:
            continue
        numbers = sorted({homes[item.id].number for item in wanted})
        sql = _PLACE.format(words=words, table=table, test=test)
        rows = snapshot.rows(sql, mentions=[item.mention for item in wanted], documents=numbers)
        known = {(row["document_id"], row["mention"]): row for row in rows}
        for item in wanted:
            if row := known.get((homes[item.id].number, item.mention)):
                first, place = row["first"], item.places[0]
                where = homes[item.id].key, first["a"], first["z"], first["page"], first["rule"], place.file
                found[item.id] = Quote(first["quote"], *where), first["task"]
    return found


def _label(snapshot: Snapshot, items: Sequence[Item], by_digest: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return what people call the candidates of each question."""
    things: list[Things] = []

    def name_all(item: Item) -> dict[str, str]:
        if not item.candidates:
            return {}
        if not things:
            things.append(Things(open_store(snapshot.generation), snapshot.base))
        region = snapshot.documents[by_digest[item.places[0].sha256]].region
        return things[0].labels(item.subject, item.candidates, item.mention, region)

    return {item.id: snapshot.remember(("candidates", item.id), partial(name_all, item)) for item in items}


def _choices(item: Item, labels: Mapping[str, str]) -> Iterator[Choice]:
    subject, known = item.subject, f"{item.subject}-as"
    for key, label in labels.items():
        yield Choice(known, item.id, key, label)
    match subject:
        case "unit" | "policy" | "metric":
            yield Choice(known, item.id)
            if subject != "policy":
                yield Choice(f"{subject}-new", item.id)
                if not labels:
                    yield Choice(f"{subject}-accept", item.id)
            if subject != "metric":
                yield Choice(f"{subject}-reject", item.id)
        case "region":
            yield Choice("region-as", item.id)
        case "period":
            yield Choice("period", item.id)
        case "indicator":
            yield from (Choice(f"indicator-{how}", item.id) for how in ("accept", "correct", "reject"))
