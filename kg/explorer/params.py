"""What an address asks: the thing that its path names, and the words of its query string, read with care."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from kg.analysis.columns import Period

_LONGEST = 200  # characters of a value; names and words are shorter


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of the graph that a screen is about; all empty: the whole graph."""

    region: str | None = None  # code
    period: Period | None = None
    documents: tuple[str, ...] = ()  # keys

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return self == Scope()


@dataclass(frozen=True, slots=True)
class Params:
    """The state that an address holds. Whatever does not fit is read as if it were not there.

    >>> params = Params("130100/water", {"role": ("lead",), "page": ("2",), "region": ("130100",)})
    >>> params.choice("role", ("lead", "support")), params.number("page", 1, least=1), params.scope.region
    ('lead', 2, '130100')
    """

    key: str = ""  # of the thing that the path names, as it stands in its IRI
    query: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def one(self, name: str, default: str = "") -> str:
        """Return a value, the last one if it is said several times."""
        values = self.query.get(name) or (default,)
        return values[-1].strip()[:_LONGEST]

    def many(self, name: str) -> tuple[str, ...]:
        """Return all values, each once: ``x=a&x=b`` and ``x=a,b`` say the same."""
        parts = (part.strip()[:_LONGEST] for value in self.query.get(name, ()) for part in value.split(","))
        return tuple(dict.fromkeys(part for part in parts if part))

    def choice(self, name: str, allowed: Collection[str], default: str = "") -> str:
        """Return a value that is one of a few."""
        value = self.one(name)
        return value if value in allowed else default

    def number(self, name: str, default: int, *, least: int = 0, most: int = 1_000_000) -> int:
        """Return a whole number within bounds."""
        value = self.one(name)
        return min(max(int(value), least), most) if value.isascii() and value.isdecimal() and len(value) < 10 else default

    @property
    def scope(self) -> Scope:
        """The part of the graph: ``region=130100``, ``period=2021-2025``, ``document=KEY`` (several)."""
        first, _, last = self.one("period").partition("-")
        years = first.isascii() and first.isdecimal() and last.isascii() and last.isdecimal() and len(first + last) == 8
        return Scope(self.one("region") or None, (int(first), int(last)) if years else None, self.many("document"))
