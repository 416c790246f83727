"""The kinds of gap as ``ontology/schemes.ttl`` lists them: how grave, how told in a sentence, what to do."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode, RdfFormat, parse

from kg import data, vocab
from kg.errors import KnowledgeError
from kg.vocab import SKOS, ZR

Severity = Literal["high", "medium", "low"]
Language = Literal["zh", "en"]
SEVERITIES: Mapping[Severity, str] = {"high": "严重", "medium": "一般", "low": "提示"}
_WITHOUT_VALUE: Mapping[str, Mapping[Language, str]] = {  # by kind of indicator
    "trend": {"zh": "只说方向，没有数值", "en": "it tells the direction only, no value"},
    "delegated": {"zh": "数值由别处规定，本文件没有写明", "en": "its value is set elsewhere, not in this document"},
    "placeholder": {"zh": "数值被隐去", "en": "its value is redacted"},
}
_BRACES = re.compile(r"\{(count|names|name|detail)\}")
_NO_VALUE: Mapping[Language, str] = {"zh": "没有数值", "en": "it has no value"}


@dataclass(frozen=True, slots=True)
class GapKind:
    """A sort of gap; its texts by language."""

    code: str
    severity: Severity
    titles: Mapping[Language, str]
    definitions: Mapping[Language, str]
    wordings: Mapping[Language, str]  # with braces for count, names, name and detail
    advices: Mapping[Language, str]  # what to do

    @property
    def title(self) -> str:
        """The title in Chinese."""
        return self.titles["zh"]

    def say(
        self,
        language: Language = "zh",
        *,
        count: int | None = None,
        names: Sequence[str] = (),
        name: str | None = None,
        detail: str | None = None,
    ) -> str:
        """Return the sentence that tells one gap; ``detail`` is the kind of the indicator.

        >>> gap_kinds()["no-lead"].say(count=3)
        '3 个主体共同承担，没有牵头单位'
        >>> gap_kinds()["unknown-unit"].say(names=["循环化工园区"])
        '“循环化工园区”未能对应到机构'
        >>> gap_kinds()["indicator-without-value"].say("en", name="造林", detail="placeholder")
        'target “造林”: its value is redacted'
        """
        quoted = ("、" if language == "zh" else ", ").join(f"“{one}”" for one in names)
        why = _WITHOUT_VALUE.get(detail or "", _NO_VALUE)[language]
        parts = {"count": str(count), "names": quoted, "name": name or "", "detail": why}
        # all braces in one go: a name may hold braces of its own
        return _BRACES.sub(lambda found: parts[found[1]], self.wordings[language])


@cache
def gap_kinds() -> Mapping[str, GapKind]:
    """Return the kinds by code, the gravest first; of one severity, in the order of the list.

    :raises KnowledgeError: an entry lacks something.
    """
    facts: dict[NamedNode, dict[NamedNode, list[NamedNode | RdfLiteral]]] = defaultdict(lambda: defaultdict(list))
    for triple in parse(path=data.ONTOLOGY / "schemes.ttl", format=RdfFormat.TURTLE):
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | RdfLiteral):
            facts[triple.subject][triple.predicate].append(triple.object)
    kinds = [_kind(node, said) for node, said in facts.items() if vocab.scheme("gap") in said[SKOS.inScheme]]
    order = list(SEVERITIES)
    return {kind.code: kind for kind in sorted(kinds, key=lambda kind: order.index(kind.severity))}


def _kind(node: NamedNode, said: Mapping[NamedNode, Sequence[NamedNode | RdfLiteral]]) -> GapKind:
    def texts(predicate: NamedNode) -> Mapping[Language, str]:
        found = {term.language: term.value for term in said.get(predicate, ()) if isinstance(term, RdfLiteral)}
        if not {"zh", "en"} <= found.keys():
            raise KnowledgeError(f"ontology/schemes.ttl: {node.value} has no {predicate.value} in zh and en; state both")
        return cast("Mapping[Language, str]", found)

    severities = {vocab.concept("severity", code).value: code for code in SEVERITIES}
    severity = next((severities[term.value] for term in said.get(ZR.severity, ()) if term.value in severities), None)
    if severity is None:
        raise KnowledgeError(f"ontology/schemes.ttl: {node.value} has no zr:severity; state high, medium or low")
    return GapKind(
        node.value.rpartition("/")[2],
        severity,
        *(texts(predicate) for predicate in (SKOS.prefLabel, SKOS.definition, ZR.wording, ZR.advice)),
    )
