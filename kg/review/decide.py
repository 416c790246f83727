"""From what a person says to a correction on file: which question, how far it holds, who, when, why, and on which words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from kg.analysis import measure_gaps, open_columns
from kg.correction import Action, Correction, Extent, Field, Subject, correction_key
from kg.errors import CorrectionError
from kg.model import Metric, Organization, Policy, Region
from kg.rdf.correction_file import is_value
from kg.resolve.regions import Scope
from kg.review.candidates import Thing, Things
from kg.review.gaps import GapQuestion, find_gap, justify, list_gaps
from kg.review.items import LETTERS, OPEN, Item, Place, item_id, list_items, names_document
from kg.review.words import Texts
from kg.store import Generation, open_store

ROLES = {"牵头": "lead", "责任": "responsible", "配合": "support"}
FIELDS: Mapping[Subject, tuple[Field, ...]] = {
    "indicator": ("name", "op", "value", "unit", "year"),
    "assignment": ("role",),
    "period": ("period",),
}
REJECTED: Mapping[Subject, str] = {
    "unit": "不是机构", "policy": "不是政策文件", "indicator": "不是指标", "assignment": "不承担此任务", "task": "不是任务",
    "gap": "不算缺口",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Order:
    """What a person wants, in the words of the command line or of a row of a table."""

    action: Action
    item: str  # an id, or an id@place
    by: str
    why: str
    target: str | None = None  # --as
    new: str | None = None
    function: str | None = None
    region: str | None = None
    extent: Extent | None = None
    document: str | None = None
    words: str | None = None  # of the text that name an added body
    changes: Mapping[Field, str] = field(default_factory=dict)


class Desk:
    """A built graph with its questions, at which orders become corrections."""

    def __init__(self, generation: Generation, ledger: Mapping[str, Any]) -> None:
        """Take a generation and its ledger."""
        self.generation, self.ledger, self.base = generation, ledger, generation.manifest.base
        self.things = Things(open_store(generation), self.base)
        self.texts = Texts(generation, ledger)

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every question by its id."""
        return {item.id: item for item in list_items(self.ledger)}

    @cached_property
    def gaps(self) -> Mapping[str, GapQuestion]:
        """Every gap by the id of its question."""
        with open_columns(self.generation) as columns:
            if len(self.ledger["documents"]) < len(self.generation.manifest.documents):
                keys = [entry["key"] for entry in self.ledger["documents"]]
                found = columns.execute("SELECT document_id FROM documents WHERE list_contains($keys, key)", {"keys": keys})
                columns.keep_documents(number for (number,) in found.fetchall())
            return {question.item.id: question for question in list_gaps(measure_gaps(columns), self.ledger)}

    def questions(self, subject: str | None = None, *, settled: bool = False) -> list[Item]:
        """Return the questions on one subject or on all; without the settled ones, none on what is never open."""
        if subject == "gap":
            return [question.item for question in self.gaps.values()]
        subjects = (subject,) if subject else tuple(LETTERS) if settled else OPEN
        return list_items(self.ledger, subjects)

    def decide(self, order: Order, when: str) -> Correction:
        """Return the correction that an order means.

        :raises CorrectionError: it is incomplete, speaks of nothing, or of several things.
        """
        if not order.by.strip() or not order.why.strip():
            raise CorrectionError("a correction needs who (--by NAME, or ZEREN_USER) and why (--because TEXT); give both")
        if order.action in ("merge", "split"):
            return self._rejoin(order, when)
        if order.action == "justify" or (order.action == "reject" and order.item.startswith(f"{LETTERS['gap']}-")):
            found = find_gap(order.item, self.gaps, self.things.graph)
            return justify(found, self.texts, order.by, order.why, when, dismiss=order.action == "reject")
        item, place = self.find(order.item)
        if item.subject == "gap":
            raise CorrectionError(f"{item.id}: a gap is justified, dismissed, or mended in the document; use justify or reject")
        extent, place = self._extent(order, item, place)
        match order.action:
            case "accept":
                return self._accept(order, item, place, extent, when)
            case "reject":
                if item.subject not in REJECTED:
                    other = "correct" if item.subject == "period" else "accept"
                    raise CorrectionError(f"{item.id}: a {item.subject} cannot be rejected, only put right; use {other}")
                return self._make(order, item, place, extent, when, verdict=REJECTED[item.subject])
            case "correct":
                return self._correct(order, item, place, extent, when)
            case _:
                return self._add(order, item, place, when)

    def find(self, address: str) -> tuple[Item, Place | None]:
        """Return the question of an id, and the place if one is named behind it; a beginning of an id will do.

        :raises CorrectionError: there is none, or several.
        """
        if address.startswith(f"{LETTERS['gap']}-"):
            return find_gap(address, self.gaps, self.things.graph).item, None
        name, _, where = address.strip().partition("@")
        found = [self.items[name]] if name in self.items else [i for key, i in self.items.items() if key.startswith(name)]
        if len(found) != 1 or len(name) < 4:
            what = "no question has" if not found else f"{len(found)} questions have"
            raise CorrectionError(f"{address}: {what} this id; see `zeren review --all` for the ids of this graph")
        places = [place for place in found[0].places if place.address == where]
        if where and not places:
            shown = ", ".join(place.address for place in found[0].places[:5])
            raise CorrectionError(f"{address}: it does not stand there; its places: {shown}")
        return found[0], places[0] if where else None

    def _extent(self, order: Order, item: Item, place: Place | None) -> tuple[Extent, Place]:
        """Return how far the order holds, and the first place that it speaks of; never further than was said."""
        places = [p for p in item.places if order.document is None or names_document(p, order.document)]
        if not places:
            raise CorrectionError(f"{item.id}: does not stand in {order.document}; it stands in {'、'.join(item.documents[:3])}")
        homes = {p.sha256 for p in places}
        single = item.subject in ("indicator", "assignment", "task")
        if place is not None or single:
            return "mention", place or places[0]
        if order.extent == "mention" and len(places) > 1:
            shown = " ".join(f"{item.id}@{p.address}" for p in places[:4])
            raise CorrectionError(f"{item.id}: stands in {len(places)} places; name one: {shown}")
        if order.extent == "everywhere" and item.subject in ("region", "period"):
            raise CorrectionError(f"{item.id}: a {item.subject} is one document's; leave --scope out")
        if order.extent is None and len(homes) > 1:
            raise CorrectionError(f"{item.id}: stands in {len(homes)} documents; add --scope everywhere, or --document TITLE")
        if order.extent == "document" and len(homes) > 1:
            raise CorrectionError(f"{item.id}: stands in {len(homes)} documents; say which: --document TITLE")
        return order.extent or "document", places[0]

    def _accept(self, order: Order, item: Item, place: Place, extent: Extent, when: str) -> Correction:
        if extent == "mention" and item.subject in ("policy", "metric"):
            raise CorrectionError(f"{item.id}: in one document these words mean one {item.subject}; leave the place out")
        if order.target is None and order.new is None:
            if len(item.candidates) > 1:
                choices = "；".join(f"--as {key}（{label}）" for key, label in self.labels(item).items())
                raise CorrectionError(f"{item.id}: say which: {choices}")
            return self._make(order, item, place, extent, when, verdict="无误")
        if item.subject in ("indicator", "task", "period"):
            raise CorrectionError(f"{item.id}: --as and --new are for bodies, regions, policies and metrics; see `correct`")
        thing = self._thing(order, item.subject, place, self.labels(item))
        if item.subject == "assignment":
            unit, at = self._unit_of(item, place)
            return self._make(order, unit, at, "mention", when, verdict=_name(thing), target=thing)
        return self._make(order, item, place, extent, when, verdict=_name(thing), target=thing)

    def _unit_of(self, item: Item, place: Place) -> tuple[Item, Place]:
        """Return the mention behind an assignment: which body it is, is asked of the words."""
        unit = self.items.get(item_id("unit", item.mention, item.key or place.sha256), item)
        return unit, place

    def _correct(self, order: Order, item: Item, place: Place, extent: Extent, when: str) -> Correction:
        allowed = FIELDS.get(item.subject, ())
        if not order.changes or set(order.changes) - set(allowed):
            wanted = ", ".join(f"--{name}" for name in allowed) or "nothing here; use accept --as"
            raise CorrectionError(f"{item.id}: new values of a {item.subject} are: {wanted}")
        verdict = "，".join(f"{_FIELD_WORDS[name]} {value}" for name, value in order.changes.items())
        return self._make(order, item, place, extent, when, verdict=verdict)

    def _add(self, order: Order, item: Item, place: Place, when: str) -> Correction:
        """Put a body on a task; its words must stand in the text."""
        if item.subject != "task" or not order.words:
            raise CorrectionError(
                f"{order.item}: add wants a task (t-…, see `zeren review --all --subject task`) and --unit WORDS"
            )
        anchor = self.texts.find(order.words, place)
        if anchor is None:
            raise CorrectionError(
                f"--unit {order.words}: does not stand in the task “{item.mention}”; give the words of the text"
            )
        changes: dict[Field, str] = {"role": order.changes.get("role", "responsible")}
        verdict = f"补充 {_FIELD_WORDS['role']} {changes['role']}"
        made = self._make(order, item, place, "mention", when, verdict=verdict, subject="assignment", changes=changes)
        key = correction_key(made.key, order.words)
        return replace(made, key=key, mention=order.words, anchor=anchor, task=made.anchor, before="未读出")

    def _rejoin(self, order: Order, when: str) -> Correction:
        """Say that two things are one, or that one is another in a document."""
        item, _ = self.find(order.item)
        if item.subject not in ("unit", "policy", "metric") or item.key is None:
            raise CorrectionError(f"{item.id}: only bodies, policies and metrics are merged or split; give the id of one")
        if order.action == "split":
            extent, place = self._extent(order, item, None)
            if extent == "everywhere":
                raise CorrectionError(f"{item.id}: a split holds in one document; give --document TITLE")
        else:
            extent, place = "everywhere", item.places[0]
        thing = self._thing(order, item.subject, place, self.labels(item))
        if isinstance(thing, Region) or thing.key == item.key:
            raise CorrectionError(f"{item.id}: is {_name(thing)} already; name another one with --as")
        return self._make(order, item, place, extent, when, verdict=_name(thing), target=thing)

    def _thing(self, order: Order, subject: Subject, place: Place, choices: Mapping[str, str]) -> Thing:
        scope = self.scope(place)
        if order.new is not None:
            return self.things.new(subject, order.new, scope, order.function, order.region)
        if order.target is None:
            raise CorrectionError(f"{order.item}: say what it is: --as NAME-OR-KEY, or --new NAME")
        if order.target.strip() in self.items:  # of the other one, as a question
            other = self.items[order.target.strip()]
            thing = self.things.find(subject, other.key or "", other.mention, None)
            if other.subject == subject and thing is not None:
                return thing
        return self.things.named(subject, order.target, scope, choices, place.words)

    def labels(self, item: Item) -> dict[str, str]:
        """Return the candidates of a question by key, with what people call them."""
        region = self.entry(item.places[0].sha256)["region_code"]
        return self.things.labels(item.subject, item.candidates, item.mention, region)

    def entry(self, sha256: str) -> Mapping[str, Any]:
        """Return a document's entry in the ledger."""
        return self.texts.entries[sha256]

    def scope(self, place: Place) -> Scope:
        """Return where a document speaks from."""
        entry = self.entry(place.sha256)
        region = self.things.registry.regions.get(entry["region_code"] or "")
        year = int(entry["date"][:4]) if entry["date"] else entry["period"][0] if entry["period"] else None
        anonymous = region.code if region else f"doc-{place.sha256[:10]}"
        return Scope(region, region.level if region else "unknown", year, anonymous, entry["issuer"])

    def _make(
        self,
        order: Order,
        item: Item,
        place: Place,
        extent: Extent,
        when: str,
        *,
        verdict: str,
        target: Thing | None = None,
        subject: Subject | None = None,
        changes: Mapping[Field, str] | None = None,
    ) -> Correction:
        values = dict(order.changes if changes is None else changes)
        for name, value in values.items():
            if not is_value(name, value):
                raise CorrectionError(f"--{name} {value}: is no {name}; {_EXAMPLES[name]}")
        found = Correction(
            key="",
            item=item.id,
            subject=subject or item.subject,
            action=order.action,
            extent=extent,
            mention=item.mention,
            by=" ".join(order.by.split()),
            when=when,
            why=" ".join(order.why.split()),
            before=self._before(item),
            verdict=verdict,
            anchor=self.texts.anchor(place, opening=item.subject == "task"),
            instead=item.key if item.subject in ("unit", "policy", "metric", "region") else None,
            target=target,
            changes=tuple(sorted(values.items())),
        )
        parts = (found.item, found.action, extent, found.anchor, target, found.changes, found.by, when, found.why)
        return replace(found, key=correction_key(*parts))

    def _before(self, item: Item) -> str:
        if item.key is not None and item.subject in ("unit", "policy", "metric", "region"):
            return f"{item.verdict}：{self.things.label(item.subject, item.key, item.mention)}"
        return f"{item.verdict}{'：' if item.key else ''}{item.key or ''}"


_FIELD_WORDS: Mapping[Field, str] = {
    "name": "名称", "op": "比较关系", "period": "时期", "role": "角色", "unit": "单位", "value": "数值", "year": "年份",
}  # fmt: skip
_EXAMPLES: Mapping[Field, str] = {
    "name": "give the indicator's name",
    "op": "one of >= > <= < = += -= ~",
    "period": "give a year or 2021-2025",
    "role": "one of lead, responsible, support",
    "unit": "give a unit of measure, such as %",
    "value": "give a number, such as 97.5",
    "year": "give a year, such as 2025",
}


def _name(thing: Thing) -> str:
    match thing:
        case Organization() | Metric():
            return thing.label
        case Policy():
            return thing.title
        case Region():
            return thing.name
