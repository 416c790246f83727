"""Other documents that the text names, with what they are named for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.cues import first, load_cues
from kg.extract.citations.marked import MarkedTitle
from kg.extract.citations.numbers import CUES, find_numbers, normalize_number
from kg.extract.citations.own import NOBODY, Own
from kg.extract.citations.relations import issuer_before, issuer_in_title, issuer_of_number, relate
from kg.extract.citations.short_names import Names, back_references, bare, names_in
from kg.extract.citations.spans import Spans
from kg.extract.citations.unmarked import find_proper, find_unmarked
from kg.extract.citations.whose import level_of
from kg.model import Citation, Place, Relation
from kg.text import MappedText

CLAUSE = 120  # characters of a citation's words that are quoted before its title
_OF_A_TIER = re.compile("(?:制定|制订|编制|出台|公布|发布|印发)(?:[省市县区州镇乡]级|本[省市县区]|我[省市县区])(?:的)?$")
_BETWEEN = {"、", "和", "及", "以及", "与"}  # 国办发〔2020〕5号、冀政发〔2021〕3号 share the verb
BACK = 600  # characters within which 该意见 looks for the 意见


def find_citations(copy: MappedText, start: int, end: int, where: Place | None, own: Own = NOBODY) -> Iterator[Citation]:
    """Yield the documents named in a stretch of the working copy; ``own``: which document it is (relation *self*).

    A document is named once for what it is; that it is also mentioned goes without saying where it is carried out.
    """
    reader = _Reader(copy, start, end, where, own)
    found = [*reader.marked(), *reader.unmarked(), *reader.numbers(), *reader.back_references()]
    acts = {citation.title for citation in found if citation.relation != "reference"}
    said: set[tuple[str, Relation]] = set()
    for citation in found:
        key = (citation.title, citation.relation)
        if key not in said and not (citation.relation == "reference" and citation.title in acts):
            said.add(key)
            yield citation


class _Reader:
    """Reads one stretch; what one way of naming has taken, the next one leaves alone."""

    def __init__(self, copy: MappedText, start: int, end: int, where: Place | None, own: Own) -> None:
        self.copy, self.text = copy, copy.text
        self.start, self.end = start, end
        self.where = where
        self.names: Names = names_in(copy.text, own)
        self.own = own
        self.taken = Spans()
        self.cited: set[str] = set()

    def marked(self) -> Iterator[Citation]:
        """Yield the titles in 《》."""
        for found in self.names.within(self.start, self.end):
            self.taken.take(found.start, found.end)
            if re.search(r"[简统合下]称[为：:]?新?$", self.text[max(0, found.start - 6) : found.start]):
                continue  # it is what the title before goes by
            named = self.names.full(found.title, found.number, found.start)
            if named is None or not self.is_document(found, named[0]):
                continue
            title, number = named
            if title != found.title and _OF_A_TIER.search(self.text[max(0, found.start - 6) : found.start]):
                continue  # 公布市级《目录》 is not the province's, for which 《目录》 is short
            relation = self.relation(found.start, found.end, title, number)
            yield self.cite(title, number, relation, found.start, found.end, "citations.marked", marked=True)

    def is_document(self, found: MarkedTitle, title: str) -> bool:
        """Say whether what stands in marks is a document of a government: no newspaper, certificate, form, book or film."""
        cues = load_cues(CUES)
        around = f"{self.text[max(0, found.start - 24) : found.start]}｜{self.text[found.end : found.end + 10]}"
        if first(cues["undertaking"], title):
            return relate(self.text, self.start, found.start, found.end, title) == "basis"
        if first(cues["no_policy"], title) or (first(cues["no_policy_context"], around) and "关于" not in title):
            return False
        if first(cues["document_noun"], title) or found.number:
            return True
        return relate(self.text, self.start, found.start, found.end, title) in ("basis", "creates")

    def relation(self, at: int, behind: int, title: str, number: str | None) -> Relation:
        if self.names.is_own(title, issuer_before(self.text, self.start, at), number):
            return "self"
        if self.names.is_passed_on(title):
            return "basis"
        found = relate(self.text, self.start, at, behind, title)
        if found == "creates" and self.where == "preamble" and not first(load_cues(CUES)["to_come"], self.before(at)):
            return "reference"  # what the text says of its own past is no work to be done
        return found

    def unmarked(self) -> Iterator[Citation]:
        """Yield the documents that are named without 《》, where verb and wording show a proper title."""
        for title in (*find_proper(self.text, self.start, self.end), *find_unmarked(self.text, self.start, self.end)):
            a, b = title.span
            if (
                self.is_taken(a, b)
                or self.names.is_own(title.words)
                or (title.relation == "creates" and self.ends_own(title.words))
            ):
                continue
            self.taken.take(a, b)
            yield self.cite(title.words, title.number, title.relation, a, b, f"citations.{title.rule}", since=title.since)

    def ends_own(self, title: str) -> bool:
        """Say whether the document's own title ends so: 制定甲县实施办法, in 节水行动甲县实施办法."""
        return self.where == "preamble" and bare(self.own.title or "").endswith(bare(title))

    def numbers(self) -> Iterator[Citation]:
        """Yield the documents that are named by their number alone: 按照国发〔2018〕39号文件."""
        last = self.start
        for a, b in find_numbers(self.text, self.start, self.end):
            before = re.split("[，。；\n|]", self.text[max(self.start, a - 24) : a])[-1]
            opens = a == 0 or self.text[a - 1] in "\n|"  # 国发〔2018〕39号 on a line of its own is the document's own
            around = f"{'' if opens else before}｜{self.text[b : b + 12]}"
            listed = a - last <= 2 and self.text[last:a] in _BETWEEN
            if self.is_taken(a, b) or not (listed or first(load_cues(CUES)["number_alone"], around)):
                continue
            last = b
            self.taken.take(a, b)
            number = self.text[a:b]
            relation = relate(self.text, self.start, a, b, number)
            yield self.cite(normalize_number(number), number, relation, a, b, "citations.number")

    def back_references(self) -> Iterator[Citation]:
        """Yield 按照本方案 and 该意见, once a stretch and document."""
        for cue, match in back_references(self.text, self.start, self.end):
            a, b = match.span("words")
            title, number, relation = None, None, relate(self.text, self.start, a, b, match["words"])
            if cue.says == "self":
                title, relation = self.names.own_named(match["sort"]), "self"
            elif (before := self.names.antecedent(match["sort"], a)) and a - before.end <= BACK:
                title, number = (None, None) if self.names.is_own(before.title) else (before.title, before.number)
            if title is not None and title not in self.cited and not self.is_taken(a, b):
                yield self.cite(title, number, relation, a, b, "citations.back_reference")

    def is_taken(self, a: int, b: int) -> bool:
        return self.taken.hold(a, b)

    def cite(
        self,
        title: str,
        number: str | None,
        relation: Relation,
        a: int,
        b: int,
        rule: str,
        *,
        marked: bool = False,
        since: int | None = None,
    ) -> Citation:
        self.cited.add(title)
        issuer = issuer_before(self.text, self.start, a) if marked else None
        issuer = issuer or issuer_in_title(title)
        level = level_of(title, issuer, number, relation, self.own, self.before(a))
        begin = self.clause(a) if since is None else since
        return Citation(
            title,
            relation,
            level,
            issuer or issuer_of_number(number),
            marked,
            self.where,
            self.copy.evidence(begin, b, rule),
            number,
        )

    def before(self, at: int) -> str:
        """Return the words of the sentence before a title."""
        return re.split("[。；\n]", self.text[max(self.start, at - CLAUSE) : at])[-1]

    def clause(self, at: int) -> int:
        """Return where the clause before ``at`` begins, as far as it is worth quoting."""
        start = max(self.start, at - CLAUSE)
        return max(stop + 1 for stop in (start - 1, *(self.text.rfind(mark, start, at) for mark in "。；;！？\n，,：:")))
