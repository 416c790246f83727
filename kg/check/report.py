"""What a check found, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, Self

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode, Store

from kg.vocab import DCTERMS, RDFS, SKOS, ZR

Severity = Literal["violation", "warning", "info"]
Part = Literal["queries", "shapes", "evidence", "logic", "files"]

_ORDER: tuple[Severity, ...] = ("violation", "warning", "info")
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


@dataclass(frozen=True, slots=True)
class Skipped:
    """A part of the check that could not be done, and why."""

    part: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a check found, the gravest first."""

    findings: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]

    @classmethod
    def of(cls, findings: Iterable[Finding], skipped: Iterable[Skipped], graph: Store) -> Self:
        """Return a report in a fixed order, with the names that the graph has for things."""
        ordered = sorted(findings, key=lambda found: (_ORDER.index(found.severity), found.name, found.where))
        return cls(tuple(replace(found, label=_label(graph, found.where)) for found in ordered), tuple(skipped))

    @property
    def counts(self) -> Mapping[Severity, int]:
        """How many findings there are of each severity."""
        numbers = Counter(finding.severity for finding in self.findings)
        return {severity: numbers[severity] for severity in _ORDER}

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong; gaps do not count."""
        return self.counts["violation"] == 0

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain values, for JSON."""
        return {"ok": self.ok, "counts": dict(self.counts), **asdict(self)}


def _label(graph: Store, where: str) -> str:
    if "://" not in where:
        return ""
    node = NamedNode(where)
    for name in _NAMES:
        words = sorted(
            quad.object.value for quad in graph.quads_for_pattern(node, name, None) if isinstance(quad.object, RdfLiteral)
        )
        if words:
            return words[0]
    return ""
