"""What a query found, and the forms in which people and programs want it."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, serialize
from pyoxigraph import Literal as RdfLiteral

from kg import vocab
from kg.ask.names import PREFIXES
from kg.formulas import guard

Term = NamedNode | BlankNode | RdfLiteral | Triple
_XSD = vocab.XSD.iri
_INTEGERS = {_XSD + name for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger")}
_LONGEST_FIRST = sorted(PREFIXES.items(), key=lambda item: (-len(item[1]), item[0]))


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """The rows of a SELECT; the yes or no of an ASK; the triples of a CONSTRUCT or DESCRIBE."""

    variables: tuple[str, ...]
    terms: tuple[tuple[Term | None, ...], ...]  # None: unbound
    kind: Literal["select", "ask", "graph"] = "select"
    narrow: tuple[str, ...] | None = None  # None: these are all rows; else more exist, and these parameters ask for less

    @property
    def cut(self) -> bool:
        """Whether more rows exist than these."""
        return self.narrow is not None

    @property
    def rows(self) -> list[tuple[Any, ...]]:
        """The rows as Python values: numbers, dates and booleans as such, IRIs and other literals as ``str``."""
        return [tuple(to_python(term) for term in row) for row in self.terms]

    @property
    def boolean(self) -> bool:
        """The answer to an ASK; of another query, whether anything was found."""
        return bool(to_python(self.terms[0][0])) if self.kind == "ask" else bool(self.terms)

    def __repr__(self) -> str:
        if self.kind == "ask":
            return f"<Answer: {'yes' if self.boolean else 'no'}>"
        more = " and more" if self.cut else ""
        return f"<Answer: {len(self)} rows{more} of {', '.join(self.variables)}>"

    def _repr_html_(self) -> str:
        from kg.ask.shown import SHOWN, html_table

        return html_table(self.variables, ([to_text(term) for term in row] for row in self.terms[:SHOWN]), len(self))

    def __len__(self) -> int:
        return len(self.terms)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self.rows)

    def records(self) -> list[dict[str, Any]]:
        """Return one dictionary a row, by variable."""
        return [dict(zip(self.variables, row, strict=True)) for row in self.rows]

    def to_table(self) -> list[tuple[str, ...]]:
        """Return the cells as short text without the header: IRIs with prefix, nothing for what is unbound."""
        return [tuple(to_text(term) for term in row) for row in self.terms]

    def to_json(self, form: Literal["records", "sparql"] = "records") -> str:
        """Return the rows as plain records, or as SPARQL 1.1 Query Results JSON.

        A list; where rows are missing an object, which no program takes for the whole: the rows and what became of the rest.
        """
        content: Any = self._sparql() if form == "sparql" else [_plain(record) for record in self.records()]
        if form == "records" and self.narrow is not None:
            content = {"cut": {"shown": len(self), "more": True, "narrow": list(self.narrow)}, "rows": content}
        return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"

    def _sparql(self) -> dict[str, Any]:
        if self.kind == "ask":
            return {"head": {}, "boolean": self.boolean}
        bindings = [
            {name: _describe(term) for name, term in zip(self.variables, row, strict=True) if term is not None}
            for row in self.terms
        ]
        return {"head": {"vars": list(self.variables)}, "results": {"bindings": bindings}}

    def to_csv(self, bom: bool = False) -> str:
        """Return a header and the rows; ``bom`` puts the mark in front by which Excel knows UTF-8.

        A cell that a spreadsheet would take for a formula starts with ``'``.
        """
        target = io.StringIO()
        writer = csv.writer(target)
        writer.writerow(self.variables)
        writer.writerows([_safe_cell(term) for term in row] for row in self.terms)
        return ("\ufeff" if bom else "") + target.getvalue()

    def to_rdf(self, format: RdfFormat = RdfFormat.TURTLE) -> str:
        """Return the triples of a CONSTRUCT in an RDF syntax, sorted."""
        if self.kind != "graph":
            raise ValueError("only CONSTRUCT and DESCRIBE answer with RDF")
        triples = sorted((Triple(*row) for row in self.terms), key=str)  # type: ignore[arg-type]  # whole by construction
        return (serialize(triples, format=format, prefixes=PREFIXES) or b"").decode()


def to_python(term: Term | None) -> Any:
    """Return a term as a Python value.

    >>> to_python(RdfLiteral("95.0", datatype=vocab.XSD.decimal))
    Decimal('95.0')
    >>> to_python(RdfLiteral("市生态环境局", language="zh"))
    '市生态环境局'
    """
    if isinstance(term, RdfLiteral):
        return _value(term.value, term.datatype.value)
    if isinstance(term, NamedNode | BlankNode):
        return term.value
    return None if term is None else str(term)


def _value(text: str, datatype: str) -> Any:
    try:
        if datatype in _INTEGERS:
            return int(text)
        if datatype == _XSD + "decimal":
            return Decimal(text)
        if datatype in (_XSD + "double", _XSD + "float"):
            return float(text)
        if datatype == _XSD + "date":
            return date.fromisoformat(text)
    except (ValueError, ArithmeticError):
        return text  # ill-typed, or with a time zone
    if datatype == _XSD + "boolean":
        return text in ("true", "1")
    return text


def to_text(term: Term | None) -> str:
    """Return a term as a person reads it.

    >>> to_text(vocab.organization("130100/ecology-environment"))
    'id:org/130100/ecology-environment'
    """
    if isinstance(term, RdfLiteral):
        return term.value
    if isinstance(term, NamedNode):
        return shorten_iri(term.value)
    return "" if term is None else str(term)


def shorten_iri(iri: str) -> str:
    """Return an IRI with a prefix where one fits."""
    for prefix, start in _LONGEST_FIRST:
        if iri.startswith(start) and len(iri) > len(start):
            return f"{prefix}:{iri[len(start) :]}"
    return iri


def _safe_cell(term: Term | None) -> str:
    return guard(term.value if isinstance(term, NamedNode | BlankNode | RdfLiteral) else to_text(term))


def _describe(term: Term) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, RdfLiteral):
        found = {"type": "literal", "value": term.value}
        if term.language is not None:
            found["xml:lang"] = term.language
        elif term.datatype.value != _XSD + "string":
            found["datatype"] = term.datatype.value
        return found
    return {"type": "literal", "value": str(term)}


def _plain(record: dict[str, Any]) -> dict[str, Any]:
    return {name: _json_value(value) for name, value in record.items()}


def _json_value(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None  # JSON has no word for it
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value
