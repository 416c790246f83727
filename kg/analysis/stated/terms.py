"""Numbers and triples as the derived graph has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Triple

from kg.vocab import XSD

Value = NamedNode | Literal | int | float | bool | None


def describe(subject: NamedNode, facts: Mapping[NamedNode, Value]) -> Iterator[Triple]:
    """Yield what is known of a thing; ``None`` is not known."""
    for term, value in facts.items():
        if value is not None:
            yield Triple(subject, term, literal(value))


def literal(value: NamedNode | Literal | int | float | bool) -> NamedNode | Literal:
    """Return a value as it is stated; a number with a point is a decimal, never in scientific form.

    >>> literal(1.8333), literal(2), literal(0.5).value, literal(3.0).value
    (<Literal value=1.8333 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#decimal>>, \
<Literal value=2 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#integer>>, '0.5', '3')
    """
    if isinstance(value, NamedNode | Literal):
        return value
    if isinstance(value, bool):
        return Literal("true" if value else "false", datatype=XSD.boolean)
    if isinstance(value, int):
        return Literal(str(value), datatype=XSD.integer)
    text = f"{Decimal(repr(value)):f}"
    return Literal(text.rstrip("0").rstrip(".") if "." in text else text, datatype=XSD.decimal)
