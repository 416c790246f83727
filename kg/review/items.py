"""Everything that a person can decide on, each by an id made of what it is: the same question has it in every build."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kg.correction import Subject, digest
from kg.ledger import name_document
from kg.review.doubts import find_doubts

Entry = Mapping[str, Any]
LETTERS: Mapping[Subject, str] = {
    "unit": "u", "region": "r", "period": "y", "policy": "p", "metric": "m", "indicator": "i", "assignment": "a", "task": "t",
    "gap": "g",
}  # fmt: skip
OPEN: tuple[Subject, ...] = ("region", "unit", "period", "policy", "indicator", "metric")  # what the program may leave open
VERDICTS = {"matched": "已识别", "ambiguous": "多个候选", "unknown": "未识别", "stated": "声明", "overruled": "人工更正"}
DOUBTFUL, READ = "存疑", "已读出"
_AROUND = 24  # characters of the text that are shown on either side of a mention


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words of a question stand."""

    sha256: str
    document: str  # the title as people know it
    file: str
    start: int | None
    end: int | None
    task: int | None  # where the task that they stand in begins
    text: str  # that they are shown in
    words: str

    @property
    def address(self) -> str:
        """What is put behind an item's id to speak of this place alone."""
        return f"{self.sha256[:8]}:{self.start}"

    @property
    def context(self) -> str:
        """Return a line of the text with the words marked.

        >>> Place("0", "", "", 0, 4, None, "1.防汛。（责任单位：市水利局）", "市水利局").context
        '1.防汛。（责任单位：【市水利局】）'
        """
        at = self.text.find(self.words)
        if at < 0 or not self.words:
            return f"【{self.words}】{'：' if self.text else ''}{self.text[: 2 * _AROUND]}"
        end = at + len(self.words)
        before, after = self.text[max(0, at - _AROUND) : at], self.text[end : end + _AROUND]
        cut = ("…" if at > _AROUND else "", "…" if len(self.text) > end + _AROUND else "")
        return " ".join(f"{cut[0]}{before}【{self.words}】{after}{cut[1]}".split())


@dataclass(frozen=True, slots=True)
class Item:
    """A question that a person can decide, settled by the program or not."""

    id: str
    subject: Subject
    mention: str
    verdict: str  # in words
    open: bool  # waits for a person
    weight: int  # of two open ones the heavier comes first: more doubts, more tasks that hang on it
    key: str | None  # what the program came to
    candidates: tuple[str, ...]  # keys
    reasons: tuple[str, ...]
    count: int
    places: tuple[Place, ...]
    corrected: tuple[str, ...] = ()  # keys of corrections that hold for it

    @property
    def documents(self) -> tuple[str, ...]:
        """Return the titles of the documents that it stands in."""
        return tuple(dict.fromkeys(place.document for place in self.places))


def list_items(ledger: Entry, subjects: Iterable[str] | None = None) -> list[Item]:
    """Return what can be decided in a ledger, the same words with the same conclusion in several documents as one."""
    wanted: set[str] = set(LETTERS if subjects is None else subjects)
    groups: dict[str, list[Item]] = {}
    for entry in ledger["documents"]:
        for item in _items(entry, wanted):
            groups.setdefault(item.id, []).append(item)
    return [_join(members) for members in groups.values()]


def item_id(subject: Subject, *parts: object) -> str:
    """Return the id of a question.

    >>> item_id("unit", "市局", "130100/x-1")
    'u-0d27563049'
    """
    return f"{LETTERS[subject]}-{digest(subject, *parts)}"


def _join(members: Sequence[Item]) -> Item:
    first = members[0]
    if len(members) == 1:
        return first
    return Item(
        first.id,
        first.subject,
        first.mention,
        first.verdict,
        any(item.open for item in members),
        max(item.weight for item in members),
        first.key,
        first.candidates,
        tuple(dict.fromkeys(reason for item in members for reason in item.reasons)),
        sum(item.count for item in members),
        tuple(place for item in members for place in item.places),
        tuple(dict.fromkeys(key for item in members for key in item.corrected)),
    )


def _items(entry: Entry, wanted: set[str]) -> Iterator[Item]:
    document = _Document(entry)
    asked: dict[str, Item] = {}
    for decision in entry["decisions"]:
        if decision["subject"] in wanted and (item := document.decided(decision)) is not None:
            known = asked.setdefault(item.id, item)  # a verdict on one place stands behind the one on the whole document
            asked[item.id] = replace(known, corrected=tuple(dict.fromkeys(known.corrected + item.corrected)))
    yield from asked.values()
    if "indicator" in wanted:
        yield from document.indicators()
    if "assignment" in wanted:
        yield from document.assignments()
    if "task" in wanted:
        for task in entry["tasks"]:
            place = document.place(task, task, task["title"] or task["text"][:20])
            yield Item(
                item_id("task", document.sha256, task["start"]), "task", place.words, READ, False, 0, None, (), (), 1, (place,)
            )


class _Document:
    """One entry of the ledger, with the places of its mentions at hand."""

    def __init__(self, entry: Entry) -> None:
        self.entry, self.sha256 = entry, str(entry["sha256"])
        self.title = name_document(entry)
        self.mentions: dict[tuple[str, str], list[Place]] = {}
        for task in entry["tasks"]:
            for unit in task["assignments"]:
                if not unit["inherited"]:
                    self._note("unit", unit["unit"], unit, task)
        for task, part in _parts(entry, "citations"):
            self._note("policy", part["title"], part, task)
        for task, part in _parts(entry, "indicators"):
            self._note("metric", part["name"], part, task)

    def _note(self, subject: str, mention: str, part: Entry, task: Entry | None) -> None:
        self.mentions.setdefault((subject, mention), []).append(self.place(part, task, mention))

    def place(self, part: Entry, task: Entry | None, words: str) -> Place:
        entry = self.entry
        text = str(task["text"] if task else part.get("quote") or "")
        start, begins = part.get("start"), task["start"] if task else None
        return Place(self.sha256, self.title, entry["file"], start, part.get("end"), begins, text, words)

    def decided(self, decision: Entry) -> Item | None:
        """Return the question behind a decision, as it was before any person answered it."""
        subject, mention = decision["subject"], decision["mention"]
        first = decision["before"] or decision
        places = self.mentions.get((subject, mention), [])
        if subject in ("region", "period"):
            name = item_id(subject, self.sha256)
            opening = self.entry["opening"]
            places = [self.place(opening, None, opening["quote"])]
        elif subject == "policy" and first["target"] == self.entry["key"] and not places:
            return None  # the document's own title: nothing to choose
        else:
            name = item_id(subject, mention, first["target"] or self.sha256)
            opening = {"start": None, "end": None, "quote": mention}
            places = places or [self.place(opening, None, mention)]
        corrected = (decision["correction"]["key"],) if decision["correction"] else ()
        undecided = first["verdict"] in ("ambiguous", "unknown") and not corrected
        verdict = VERDICTS[decision["verdict"]]
        candidates = tuple(first["candidates"])
        weight = len(self.entry["tasks"]) if subject in ("region", "period") else 0
        reasons = (decision["reason"],)
        return Item(
            name, subject, mention, verdict, undecided, weight, first["target"], candidates, reasons, decision["count"],
            tuple(places), corrected,
        )  # fmt: skip

    def indicators(self) -> Iterator[Item]:
        for task, part in _parts(self.entry, "indicators"):
            place = self.place(part, task, part["quote"])
            ours = part["correction"] and next(
                (c for c in self.entry["corrections"] if c["key"] == part["correction"]["key"] and c["subject"] == "indicator"),
                None,
            )
            doubts = list(find_doubts(part, self.entry))
            named = ours["mention"] if ours else part["name"]  # a new name does not make it another question
            name = item_id("indicator", self.sha256, part["start"], part["end"], named)
            verdict = VERDICTS["overruled"] if ours else DOUBTFUL if doubts else READ
            weight, reasons = sum(doubt.weight for doubt in doubts), tuple(doubt.words for doubt in doubts)
            corrected = (ours["key"],) if ours else ()
            yield Item(
                name, "indicator", named, verdict, bool(doubts) and not ours, weight, None, (), reasons, 1, (place,), corrected
            )

    def assignments(self) -> Iterator[Item]:
        for task in self.entry["tasks"]:
            for unit in task["assignments"]:
                inherited = unit["inherited"] or unit["start"] is None
                part = unit if unit["start"] is not None else {"start": task["start"], "end": None}
                place = self.place(part, task, unit["unit"])
                name = item_id("assignment", self.sha256, part["start"], unit["unit"])
                if not inherited or unit["start"] is None:
                    yield Item(
                        name, "assignment", unit["unit"], READ, False, 0, unit["unit_key"], (), (unit["role"],), 1, (place,)
                    )


def _parts(entry: Entry, name: str) -> Iterator[tuple[Entry | None, Entry]]:
    yield from ((None, part) for part in entry[name])
    yield from ((task, part) for task in entry["tasks"] for part in task[name])


def is_about(item: Item, document: str) -> bool:
    """Say whether an item stands in a document that is named by title, file or the beginning of its SHA-256."""
    return any(names_document(place, document) for place in item.places)


def names_document(place: Place, document: str) -> bool:
    """Say whether the words name the document of a place: its title, a part of it, its file, its SHA-256."""
    file = place.file.rpartition("/")[2]
    by_sha = len(document) >= 6 and place.sha256.startswith(document.lower())
    return bool(document) and (document in place.document or document in (place.file, file) or by_sha)
