"""The file of people's corrections: Turtle that people read and may edit, to which the program only ever adds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, cast, get_args
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg import vocab
from kg.correction import Action, Anchor, Correction, Extent, Field, Revocation, Subject
from kg.errors import CorrectionError
from kg.model import Level, Metric, Organization, Policy, Region
from kg.rdf.corrections import CHANGES, KINDS, Fact, correction_facts, facts_of_revoking, target_facts
from kg.vocab import DCTERMS, ELI, OA, PROV, RDF, RDFS, SCHEMA, SKOS, XSD, ZR

HEADER = """\
# 人工更正 What people decided about this graph. `zeren review` adds to the end; nothing is ever taken out: undo revokes.
# 每条更正须有何人 (prov:wasAttributedTo)、何时 (prov:generatedAtTime)、为何 (zr:reason)。
# 可手工编辑；`zeren build` 照此改定，有错则指明行号。
"""
Facts = Mapping[str, Mapping[NamedNode, Sequence[NamedNode | Literal]]]
_LOCAL = re.compile(r"[A-Za-z][\w-]*")
_LINE = re.compile(r"(?:line |error at )(\d+)")
_WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_NAMES = {"unit": "org", "assignment": "org", "policy": "policy", "metric": "metric", "region": "region"}


def read_corrections(path: Path, base: str = vocab.BASE) -> tuple[Correction, ...]:
    """Return the corrections of a file in the order in which they were made; none where there is no file.

    :raises CorrectionError: it is no Turtle, or a correction lacks something; the message names the line.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise CorrectionError(f"{path}: cannot be read ({error.strerror}); check the path and its permissions") from error
    return parse_corrections(content, str(path), base)


def parse_corrections(content: bytes, where: str, base: str = vocab.BASE) -> tuple[Correction, ...]:
    """Return the corrections that a file's bytes state.

    :raises CorrectionError: as :func:`read_corrections`.
    """
    reader = _Reader(content, where, base)
    found = [reader.correction(subject) for subject, facts in reader.facts.items() if ZR.Correction in facts.get(RDF.type, ())]
    return tuple(sorted(found, key=lambda correction: (correction.when, correction.key)))


def add_to_file(content: bytes, correction: Correction, base: str = vocab.BASE) -> bytes:
    """Return the file with one more correction at its end; what people wrote into it stays as it is."""
    facts = [*correction_facts(correction, base), *target_facts(correction, base)]
    return _append(content, facts, f"# {correction.when[:10]} {correction.by}", base)


def add_revocation(content: bytes, key: str, revoked: Revocation, base: str = vocab.BASE) -> bytes:
    """Return the file with a correction taken back at its end."""
    return _append(content, facts_of_revoking(key, revoked, base), f"# {revoked.when[:10]} {revoked.by}", base)


def _append(content: bytes, facts: Iterable[Fact], comment: str, base: str) -> bytes:
    known = {(t.subject, t.predicate, t.object) for t in parse(input=content, format=RdfFormat.TURTLE)} if content else set()
    prefixes = _prefixes(base)
    body = []
    for subject, group in groupby(facts, key=lambda fact: fact[0]):
        new: dict[NamedNode, list[str]] = defaultdict(list)
        for fact in group:
            if fact not in known:
                new[fact[1]].append(_term(fact[2], prefixes))
        if new:
            lines = (f"{_term(predicate, prefixes)} {', '.join(values)}" for predicate, values in new.items())
            body.append(f"{_term(subject, prefixes)} " + " ;\n    ".join(lines) + " .\n")
    before = content.decode() if content else HEADER
    wanted = (f"@prefix {name}: <{iri}> ." for name, iri in prefixes.items())
    head = "\n".join((before.rstrip("\n"), *(line for line in wanted if line not in before)))
    return f"{head}\n\n{' '.join(comment.split())}\n{''.join(body)}".encode()


def _prefixes(base: str) -> dict[str, str]:
    ours = {name: vocab.PREFIXES[name] for name in ("zr", "prov", "oa", "dcterms", "eli", "org", "skos", "rdfs", "schema", "xsd")}
    lists = {"action": "correction-action", "extent": "correction-extent", "gap": "gap", "level": "level"}
    schemes = {name: f"{vocab.BASE}scheme/{scheme}/" for name, scheme in lists.items()}
    return ours | schemes | {"correction": f"{base}id/correction/"}


def _term(term: NamedNode | Literal, prefixes: Mapping[str, str]) -> str:
    if isinstance(term, NamedNode):
        if term == RDF.type:
            return "a"
        for name, iri in prefixes.items():
            if term.value.startswith(iri) and _LOCAL.fullmatch(term.value[len(iri) :]):
                return f"{name}:{term.value[len(iri) :]}"
        return str(term)
    if term.datatype == XSD.integer and term.value.isdecimal():
        return term.value
    plain, mark, _ = str(term).rpartition("^^")
    return f"{plain}^^{_term(term.datatype, prefixes)}" if mark and str(term).endswith(">") else str(term)


class _Reader:
    """Reads records out of what a file states, and says where it is at fault."""

    def __init__(self, content: bytes, where: str, base: str) -> None:
        self.where, self.base = where, base
        self.text = content.decode("utf-8", "replace")
        facts: dict[str, dict[NamedNode, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
        try:
            for triple in parse(input=content, format=RdfFormat.TURTLE):
                if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
                    values = facts[triple.subject.value][triple.predicate]
                    if triple.object not in values:
                        values.append(triple.object)
        except SyntaxError as error:
            found = _LINE.search(str(error))
            line = error.lineno or (int(found[1]) if found else None)
            raise self.fault(f"is no Turtle ({' '.join(str(error).split())[:120]})", line) from error
        self.facts: Facts = facts

    def fault(self, what: str, line: int | None) -> CorrectionError:
        place = f"{self.where}, line {line}" if line else self.where
        return CorrectionError(f"{place}: {what}; mend the file, nothing in it was changed or lost")

    def line_of(self, subject: str) -> int | None:
        """Return the first line that names a subject."""
        name = re.escape(subject.rpartition("/")[2])
        for number, line in enumerate(self.text.splitlines(), 1):
            if re.search(rf"(?<![\w-]){name}(?![\w-])", line) and not line.lstrip().startswith("#"):
                return number
        return None

    def one(self, subject: str, predicate: NamedNode) -> str | None:
        """Return the only value that a subject has, or ``None``."""
        values = self.facts.get(subject, {}).get(predicate, ())
        if len(values) > 1:
            name = predicate.value.replace("#", "/").rpartition("/")[2]
            raise self.fault(
                f"{subject.rpartition('/')[2]} has {len(values)} values of {name}, one is allowed", self.line_of(subject)
            )
        return values[0].value if values else None

    def best(self, subject: str, predicate: NamedNode) -> str | None:
        """Return the fullest value: of a thing that several corrections name, each in its words."""
        values = self.facts.get(subject, {}).get(predicate, ())
        return max((value.value for value in values), key=lambda text: (len(text), text), default=None)

    def need(self, subject: str, predicate: NamedNode, words: str) -> str:
        """Return the only value, which must be there."""
        value = self.one(subject, predicate)
        if value is None or not value.strip():
            raise self.fault(f"{subject.rpartition('/')[2]} has no {words}; add it", self.line_of(subject))
        return value

    def code(self, subject: str, predicate: NamedNode, words: str, allowed: Sequence[str]) -> str:
        value = self.need(subject, predicate, words).rpartition("/")[2]
        if value not in allowed:
            wanted = ", ".join(allowed)
            raise self.fault(f"{subject.rpartition('/')[2]}: {words} '{value}' is none of {wanted}", self.line_of(subject))
        return value

    def correction(self, subject: str) -> Correction:
        """Return one correction, whole."""
        about = cast(Subject, self.code(subject, ZR.subject, "zr:subject", get_args(Subject)))
        action = cast(Action, self.code(subject, ZR.action, "zr:action", get_args(Action)))
        extent = cast(Extent, self.code(subject, ZR.extent, "zr:extent", get_args(Extent)))
        when = self.need(subject, PROV.generatedAtTime, "time (prov:generatedAtTime)")
        if not _WHEN.fullmatch(when):
            raise self.fault(f"{subject.rpartition('/')[2]}: '{when}' is no xsd:dateTime with a zone", self.line_of(subject))
        anchor = self.anchor(subject, OA.hasTarget)
        if anchor is None and extent != "everywhere":
            raise self.fault(
                f"{subject.rpartition('/')[2]} has no words of the text (oa:hasTarget); add them", self.line_of(subject)
            )
        task = self.anchor(subject, ZR.onTask)
        if action == "add" and task is None:
            raise self.fault(f"{subject.rpartition('/')[2]} names no task (zr:onTask); add it", self.line_of(subject))
        instead = self.one(subject, ZR.insteadOf)
        found = Correction(
            key=unquote(subject.rpartition("/")[2]),
            item=self.one(subject, ZR.item) or "",
            subject=about,
            action=action,
            extent=extent,
            mention=self.one(subject, ZR.mention) or "",
            by=self.person(self.need(subject, PROV.wasAttributedTo, "person (prov:wasAttributedTo)")),
            when=when,
            why=self.need(subject, ZR.reason, "reason (zr:reason)"),
            before=self.one(subject, ZR.priorText) or "",
            verdict=self.one(subject, ZR.targetText) or "",
            anchor=anchor,
            task=task,
            instead=self.key(subject, instead, about) if instead else None,
            target=self.target(subject, about),
            changes=tuple(self.changes(subject)),
            gap=self.gap(subject, about),
            rests_on=self.one(subject, ZR.evidenceDigest),
            revoked=self.revocation(subject),
        )
        self.check(found, subject)
        return found

    def check(self, found: Correction, subject: str) -> None:
        """Fault what cannot be applied: a merger into nothing, a new value of none."""
        line, name = self.line_of(subject), subject.rpartition("/")[2]
        if found.action in ("merge", "split") and (found.target is None or found.instead is None):
            raise self.fault(f"{name}: a {found.action} needs zr:insteadOf and zr:target; add both", line)
        if found.action in ("correct", "add") and not found.changes and found.subject != "region":
            raise self.fault(f"{name}: changes nothing; add a new value (zr:newValue, zr:newRole, …)", line)
        for field, value in found.changes:
            if not is_value(field, value):
                raise self.fault(f"{name}: '{value}' is no {field}", line)

    def changes(self, subject: str) -> Iterator[tuple[Field, str]]:
        for field, predicate in CHANGES.items():
            value = self.one(subject, predicate)
            if value is not None:
                yield field, value

    def gap(self, subject: str, about: Subject) -> str | None:
        """Return the kind of gap that a justification or a dismissal speaks of."""
        if about != "gap":
            return None
        self.need(subject, ZR.evidenceDigest, "digest of what the gap showed in (zr:evidenceDigest)")
        return self.need(subject, ZR.gapKind, "kind of gap (zr:gapKind)").rpartition("/")[2]

    def person(self, node: str) -> str:
        label = self.one(node, RDFS.label)
        return label or (unquote(node.partition("id/person/")[2]) if "id/person/" in node else node)

    def revocation(self, subject: str) -> Revocation | None:
        activity = self.one(subject, PROV.wasInvalidatedBy)
        if activity is None:
            return None
        who = self.need(activity, PROV.wasAssociatedWith, "person (prov:wasAssociatedWith)")
        when = self.need(subject, PROV.invalidatedAtTime, "time of its revocation (prov:invalidatedAtTime)")
        return Revocation(self.person(who), when, self.need(activity, ZR.reason, "reason (zr:reason)"))

    def anchor(self, subject: str, predicate: NamedNode) -> Anchor | None:
        node = self.one(subject, predicate)
        if node is None:
            return None
        offsets = []
        for name in (OA.start, OA.end):
            value = self.need(node, name, f"oa:{name.value.rpartition('#')[2]}")
            if not value.isdecimal() or len(value) > 12:
                raise self.fault(f"{node.rpartition('/')[2]}: '{value[:20]}' is no offset", self.line_of(node))
            offsets.append(int(value))
        return Anchor(
            self.need(node, SCHEMA.sha256, "schema:sha256"),
            self.one(node, ZR.documentPath) or "",
            self.one(node, ZR.documentTitle) or "",
            offsets[0],
            offsets[1],
            self.need(node, OA.exact, "oa:exact"),
            self.one(node, OA.prefix) or "",
            self.one(node, OA.suffix) or "",
        )

    def key(self, subject: str, iri: str, about: str) -> str:
        kind = _NAMES.get(about)
        start = f"{self.base}id/{kind}/"
        if kind is None or not iri.startswith(start):
            raise self.fault(f"{subject.rpartition('/')[2]}: <{iri}> does not begin with {start}", self.line_of(subject))
        return unquote(iri[len(start) :])

    def named(self, thing: str, predicate: NamedNode) -> str:
        """Return the name of a thing that was decided for."""
        name = self.best(thing, predicate)
        if not name:
            raise self.fault(f"<{thing}> has no name ({predicate.value.rpartition('/')[2]}); add it", self.line_of(thing))
        return name

    def target(self, subject: str, about: Subject) -> Organization | Policy | Region | Metric | None:
        iri = self.one(subject, ZR.target)
        if iri is None:
            return None
        key = self.key(subject, iri, about)
        place = self.best(iri, DCTERMS.spatial)
        region = self.key(subject, place, "region") if place else None
        types = self.facts.get(iri, {}).get(RDF.type, ())
        match about:
            case "region":
                return Region(key, self.one(subject, ZR.targetText) or key, "unknown", None)
            case "policy":
                level = cast(Level, (self.best(iri, ZR.level) or "unknown").rpartition("/")[2])
                return Policy(
                    key,
                    self.named(iri, DCTERMS.title),
                    level,
                    region,
                    self.best(iri, ZR.issuerName),
                    self.best(iri, ELI.id_local),
                )
            case "metric":
                direction: Any = self.best(iri, ZR.direction)
                return Metric(key, self.named(iri, SKOS.prefLabel), direction)
            case _:
                function = self.best(iri, ZR.function)
                kind: Any = next((kind for kind, node in KINDS.items() if node in types), "organization")
                name = unquote(function.partition("id/function/")[2]) if function else None
                return Organization(key, self.named(iri, SKOS.prefLabel), (), kind, name, region)


def is_value(field: Field, value: str) -> bool:
    """Say whether a new value is one of its field.

    >>> is_value("year", "2025"), is_value("period", "2021-2025"), is_value("value", "九十"), is_value("role", "boss")
    (True, True, False, False)
    """
    forms: Mapping[Field, str] = {
        "name": r"\S.{0,199}",
        "op": r">=|>|<=|<|=|\+=|-=|~",
        "period": r"[12]\d{3}(?:-[12]\d{3})?",
        "role": "lead|responsible|support",
        "unit": r"\S.{0,29}",
        "value": r"-?\d{1,18}(?:\.\d{1,9})?",
        "year": r"[12]\d{3}",
    }
    if not re.fullmatch(forms[field], value):
        return False
    first, _, last = value.partition("-") if field == "period" else ("", "", "")
    return not last or first <= last
