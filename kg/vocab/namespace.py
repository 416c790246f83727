"""The terms of one vocabulary as attributes of a class, each declared before it can be used."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

BASE = "https://w3id.org/zeren/"


class Namespace:
    """The terms of one vocabulary as attributes; a term that was not declared is an ``AttributeError``.

    >>> from kg.vocab import ZR
    >>> ZR.leadUnit.value
    'https://w3id.org/zeren/ns#leadUnit'
    """

    iri: str

    def __init_subclass__(cls, *, iri: str) -> None:
        cls.iri = iri
        for name in cls.__annotations__:
            setattr(cls, name, NamedNode(iri + name))

    @classmethod
    def terms(cls) -> Iterator[NamedNode]:
        """Yield the declared terms in the order of declaration."""
        return (getattr(cls, name) for name in cls.__annotations__)
