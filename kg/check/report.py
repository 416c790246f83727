"""What a check found, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, Self

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode, QuerySolutions

from kg import data
from kg.ask.places import put_terms
from kg.queryable import Queryable
from kg.vocab import DCTERMS, RDFS, SKOS, ZR

Severity = Literal["violation", "warning", "info"]
Part = Literal["queries", "gaps", "derived", "shapes", "evidence", "logic", "files"]

_ORDER: tuple[Severity, ...] = ("violation", "warning", "info")
_AT_ONCE = 200  # things asked about in one query
_NAMES = (RDFS.label, DCTERMS.title, SKOS.prefLabel, ZR.asWritten, ZR.mention)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong (violation), missing (warning) or worth knowing (info)."""

    severity: Severity
    name: str  # of the rule: "assignment-without-organization"
    zh: str  # the rule in Chinese
    en: str  # the rule in English
    where: str  # IRI or file
    part: Part
    detail: str = ""  # what was found there
    label: str = ""  # what the thing is called, where it has a name
    justified: str = ""  # why a gap stays as it is: the reason, who gave it and when


@dataclass(frozen=True, slots=True)
class Skipped:
    """A part of the check that could not be done, and why."""

    part: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A part of the check that was done, and on how many files, rules or documents."""

    part: str  # in both languages: "引文 evidence"
    number: int


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a check found, the gravest first."""

    findings: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]
    checked: tuple[Checked, ...] = ()  # what was looked at, so that silence can be told from not looking

    @classmethod
    def of(
        cls, findings: Iterable[Finding], skipped: Iterable[Skipped], graph: Queryable, checked: Iterable[Checked] = ()
    ) -> Self:
        """Return a report in a fixed order, with the names that the graph has for things."""
        findings = tuple(findings)
        labels = _labels(graph, (found.where for found in findings))
        ordered = sorted(findings, key=lambda found: (_ORDER.index(found.severity), found.name, found.where))
        named = tuple(replace(found, label=labels.get(found.where, "")) for found in ordered)
        return cls(named, tuple(skipped), tuple(checked))

    @property
    def counts(self) -> Mapping[Severity, int]:
        """How many findings there are of each severity; gaps that a person justified are counted apart."""
        numbers = Counter(finding.severity for finding in self.findings if not finding.justified)
        return {severity: numbers[severity] for severity in _ORDER}

    @property
    def justified(self) -> int:
        """How many gaps a person gave the reason for."""
        return sum(1 for finding in self.findings if finding.justified)

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong; gaps do not count."""
        return self.counts["violation"] == 0

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain values, for JSON."""
        return {"ok": self.ok, "counts": dict(self.counts), "justified": self.justified, **asdict(self)}


def _labels(graph: Queryable, wheres: Iterable[str]) -> Mapping[str, str]:
    """Return what the things are called: by the first of the properties that says so, the first word by order."""
    nodes = [NamedNode(where) for where in sorted(set(wheres)) if "://" in where]
    text = (data.QUERIES / "lookup" / "words.rq").read_text("utf-8")
    found: dict[str, tuple[int, str]] = {}
    for start in range(0, len(nodes), _AT_ONCE):
        bound = put_terms(text, {"item": nodes[start : start + _AT_ONCE], "name": _NAMES})
        rows = graph.query(bound, use_default_graph_as_union=True)
        assert isinstance(rows, QuerySolutions)
        for row in rows:
            item, name, words = row["item"], row["name"], row["words"]
            assert isinstance(item, NamedNode)
            assert isinstance(name, NamedNode)
            assert isinstance(words, RdfLiteral)
            word = (_NAMES.index(name), words.value)
            found[item.value] = min(word, found.get(item.value, word))
    return {where: words for where, (_, words) in found.items()}
