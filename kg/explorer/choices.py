"""What a person may say, by name: which action of ``zeren review`` it is, and what has to be given with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.correction import Action

_VALUES = ("name", "op", "value", "unit", "year")
CHOICES: Mapping[str, tuple[Action, tuple[str, ...]]] = {
    "duty-reject": ("reject", ()),
    "gap-dismiss": ("reject", ()),
    "gap-justify": ("justify", ()),
    "indicator-accept": ("accept", ()),
    "indicator-correct": ("correct", _VALUES),
    "indicator-reject": ("reject", ()),
    "metric-accept": ("accept", ()),
    "metric-as": ("accept", ("target", "extent")),
    "metric-new": ("accept", ("new", "extent")),
    "period": ("correct", ("period",)),
    "policy-as": ("accept", ("target", "extent")),
    "policy-reject": ("reject", ("extent",)),
    "region-as": ("accept", ("target",)),
    "role": ("correct", ("role",)),
    "task-add": ("add", ("words", "role")),
    "task-reject": ("reject", ()),
    "unit-accept": ("accept", ()),
    "unit-as": ("accept", ("target", "extent")),
    "unit-new": ("accept", ("new", "extent")),
    "unit-reject": ("reject", ("extent",)),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that a person may say of a question."""

    name: str  # "unit-as"
    item: str  # id of the question: "u-7f3a2c91b0"
    target: str = ""  # key of a candidate, where the choice is this one
    label: str = ""  # what people call it

    @property
    def action(self) -> Action:
        """The action of ``zeren review``."""
        return CHOICES[self.name][0]

    @property
    def wants(self) -> tuple[str, ...]:
        """The fields that go with it."""
        return tuple(name for name in CHOICES[self.name][1] if not (self.target and name == "target"))

    @property
    def has_extent(self) -> bool:
        """Whether it may hold in all documents, or in this one only."""
        return "extent" in self.wants

    @property
    def code(self) -> str:
        """The choice as a form sends it: ``unit-as:u-7f3a2c91b0``, or ``unit-as:u-7f3a2c91b0:130100/water``."""
        return f"{self.name}:{self.item}" + (f":{self.target}" if self.target else "")


def read_choice(code: str) -> Choice | None:
    """Return the choice that a form has sent; ``None`` for anything else.

    >>> read_choice("unit-as:u-7f3a2c91b0:130100/water").target, read_choice("rm -rf:u-7f3a2c91b0")
    ('130100/water', None)
    """
    name, _, rest = code.partition(":")
    item, _, target = rest.partition(":")
    known = name in CHOICES and item.replace("-", "", 1).isalnum() and len(item) < 40
    return Choice(name, item, target, target) if known else None
