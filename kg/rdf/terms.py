"""Python values as RDF terms, and quads in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad

from kg.vocab import XSD


@dataclass(slots=True)
class Graph:
    """Quads of one graph as they are collected."""

    graph: NamedNode
    base: str
    quads: list[Quad] = field(default_factory=list)

    def add(self, subject: NamedNode, predicate: NamedNode, *values: NamedNode | Literal | None) -> None:
        """State the values; ``None`` states nothing."""
        self.quads += [Quad(subject, predicate, value, self.graph) for value in values if value is not None]


def sort_quads(quads: Iterable[Quad]) -> list[Quad]:
    """Return the quads once each, in the order of their N-Quads lines."""
    return sorted(set(quads), key=str)


def chinese(words: str | None) -> Literal | None:
    """Return words of a document as a literal, or ``None`` where there are none."""
    return Literal(words, language="zh") if words else None


def text(words: str | None) -> Literal | None:
    """Return a code or a number as written as a plain literal, or ``None`` where there is none."""
    return Literal(words) if words else None


def integer(value: int | None) -> Literal | None:
    """Return a whole number as a literal."""
    return None if value is None else Literal(str(value), datatype=XSD.integer)


def decimal(value: Decimal | None) -> Literal | None:
    """Return a number in its canonical form, which is what stores turn it into anyway.

    >>> decimal(Decimal("95.50")).value, decimal(Decimal("1E+3")).value
    ('95.5', '1000')
    """
    if value is None:
        return None
    plain = f"{value:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return Literal("0" if plain == "-0" else plain, datatype=XSD.decimal)


def boolean(value: bool) -> Literal:
    """Return true or false as a literal."""
    return Literal("true" if value else "false", datatype=XSD.boolean)


def day(value: date | None) -> Literal | None:
    """Return a date as a literal."""
    return None if value is None else Literal(value.isoformat(), datatype=XSD.date)
